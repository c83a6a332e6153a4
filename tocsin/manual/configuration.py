"""The keys of ``tocsin.toml``, table by table: type, default, and what the record that reads them says of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args, get_origin

import msgspec

from tocsin.config import ConfigFile, SourceSettings
from tocsin.config_keys import defaults_of, fields_of, is_record, record_in
from tocsin.config_people import Person
from tocsin.manual.markdown import code, page, prose, table

_PLAIN = {str: "text", int: "number", float: "number", bool: "true or false", Path: "path"}
_NAMED = {"people": Person, "sources": SourceSettings}


def configuration() -> str:
    """The page."""
    return page(
        "Configuration",
        "`tocsin.toml` is found by `--config`, by `TOCSIN_CONFIG`, or in the working directory; relative paths in it begin at its folder. An unknown key is "
        "an error that names the nearest one. `tocsin config show --origin` prints every key as it counts, and where it was said.",
        "## Top level",
        _keys(ConfigFile, skip_records=True),
        *_tables(ConfigFile, ""),
        "## Environment",
        table(
            ("variable", "meaning"),
            [
                (code("TOCSIN_CONFIG"), "the configuration, where `--config` does not name it"),
                (code("TOCSIN_LOG"), "the form of the log, `plain` or `json`, laid over `[service] log`"),
                (
                    code("TOCSIN_HOSTS"),
                    "JSON object: official host → base address that is asked in its place, laid over `[hosts]`",
                ),
                (
                    code("TOCSIN_NOW"),
                    "an instant (ISO 8601) that takes the place of the clock; what is written then is marked as replayed",
                ),
            ],
        ),
    )


def _tables(kind: type, place: str) -> Iterator[str]:
    for name, of in fields_of(kind).items():
        path = f"{place}.{name}" if place else name
        inner = record_in(of) or (of if is_record(of) else None) or (_NAMED.get(name) if not place else None)
        if inner is not None:
            yield f"## [{path}{'' if is_record(of) else '.NAME'}]"
            yield prose(inner.__doc__) if not (inner.__doc__ or "").startswith(f"{inner.__name__}(") else ""
            yield _keys(inner, skip_records=True)
            yield from _tables(inner, path)
        elif path in _MAPPINGS:
            yield f"## [{path}]"
            yield _MAPPINGS[path]


_MAPPINGS = {
    "hosts": "Official host → base address that is asked in its place: a mirror, or a stand-in of one's own.",
    "targets": "Name → where messages go: `console:`, `file:PATH`, or the address of a channel (mail, Slack, Teams, Discord, webhook). An address that "
    "holds a secret is written `env:NAME` or `file:PATH`, and read when it is used.",
}


def _keys(kind: type, *, skip_records: bool) -> str:
    defaults = dict(defaults_of(kind))
    return table(
        ("key", "type", "default"),
        [
            (code(name), _type(of), code(_shown(defaults[name])) if name in defaults else "must be said")
            for name, of in fields_of(kind).items()
            if not (skip_records and (is_record(of) or get_origin(of) in (dict, Mapping)))
        ],
    )


def _type(kind: Any) -> str:
    if kind in _PLAIN:
        return _PLAIN[kind]
    if get_origin(kind) in (tuple, list):
        return f"list of {_type(get_args(kind)[0])}s"
    return " or ".join(_type(one) for one in get_args(kind) if one is not type(None)) or str(kind)


def _shown(value: object) -> str:
    return json.dumps(msgspec.to_builtins(value), ensure_ascii=False)
