"""Where each key of the configuration comes from: a line of its file, a variable of the environment, or a default.

The TOML reader tells no lines. So the file is read again and again, a line more each time: the key that is new then stands in the lines since the last
time that it could be read. That holds for every way of writing a key, because nobody here reads TOML but the reader of TOML.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from alerts.targets import Target
from crawlers.card import source_cards
from crawlers.settings import CrawlSettings
from tocsin.config import OF_EVERY_SOURCE, ConfigFile, SourceSettings
from tocsin.config_keys import defaults_of, fields_of, is_record
from tocsin.config_people import Person
from tocsin.service.masking import MASKED, Mask

DEFAULT = "default"
HOSTS = "TOCSIN_HOSTS"
_POINTERS = ("env:", "file:")
_SECRET = ("token", "password", "secret", "heartbeat", "heartbeat_failure")
"""Keys whose value is a secret, unless it points to one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One key with its value as it counts, JSON-ready and without secrets, and where it comes from (``tocsin.toml:12``, a variable, ``default``)."""

    key: str
    value: Any
    origin: str


def effective(path: Path, environment: Mapping[str, str] | None = None) -> tuple[Said, ...]:
    """Every key of a configuration that was found to be in order, with what it is by default where nobody says it. Sources that are neither named nor
    run by themselves are left out."""
    environment = os.environ if environment is None else environment
    text = path.read_text(encoding="utf-8")
    lines = lines_of(text)
    mask = Mask()

    def origin(key: tuple[str, ...]) -> str:
        if key[-1] == "contact" and key not in lines:
            key = ("contact",)  # tocsin.jobs hands it to every crawl
        line = next((lines[key[:depth]] for depth in range(len(key), 0, -1) if key[:depth] in lines), 0)
        return f"{path.name}:{line}" if line else DEFAULT

    found = []
    laid_over = msgspec.json.decode(environment.get(HOSTS, "").strip() or b"{}", type=dict[str, str])
    for key, value, is_said in _values(tomllib.loads(text)):
        if not (key[0] == "hosts" and len(key) == 2 and key[1] in laid_over):
            shown = mask.value(_shown(key, value))
            found.append(Said(key=_dotted(key), value=shown, origin=origin(key) if is_said else DEFAULT))
    found += [
        Said(key=_dotted(("hosts", host)), value=mask.value(base), origin=HOSTS)
        for host, base in laid_over.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.key.count(".") > 0, one.key)))


def lines_of(text: str) -> dict[tuple[str, ...], int]:
    """The line on which each key of a TOML text stands, tables by their header too."""
    known: set[tuple[str, ...]] = set()
    found: dict[tuple[str, ...], int] = {}
    begun = 1
    so_far = ""
    for number, line in enumerate(text.splitlines(keepends=True), start=1):
        so_far += line
        if not line.strip() or line.lstrip().startswith("#"):
            begun = begun if begun < number else number + 1
            continue
        try:
            now = set(_paths(tomllib.loads(so_far)))
        except tomllib.TOMLDecodeError:
            continue  # in the midst of a value of several lines
        for path in now - known:
            found[path] = begun
        known, begun = now, number + 1
    return found


def _paths(table: Mapping[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for key, value in table.items():
        yield (*above, key)
        if isinstance(value, Mapping):
            yield from _paths(value, (*above, key))


def _values(table: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Any, bool]]:
    """Each key with its value, and whether the file says it."""
    yield from _record(ConfigFile, table, (), ("sources", "people"))
    for name, person in table.get("people", {}).items():
        yield from _record(Person, person, ("people", name))
    cards = source_cards()
    for name, card in cards.items():
        said = table.get("sources", {}).get(name)
        if said is None and not card.by_default:
            continue
        own = {key: value for key, value in (said or {}).items() if key in OF_EVERY_SOURCE}
        rest = {key: value for key, value in (said or {}).items() if key not in OF_EVERY_SOURCE}
        yield from _record(SourceSettings, own, ("sources", name), ("settings",))
        if "contact" not in rest and table.get("contact"):
            rest = {**rest, "contact": table["contact"]}
        yield from _record(card.settings, rest, ("sources", name))


def _record(
    kind: type, table: Mapping[str, Any], above: tuple[str, ...], without: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Any, bool]]:
    defaults = dict(defaults_of(kind))
    for key, form in fields_of(kind).items():
        if key in without:
            continue
        here = (*above, key)
        value, is_said = (table[key], True) if key in table else (defaults.get(key), False)
        if is_record(form) and not issubclass(form, CrawlSettings):
            yield from _record(form, table.get(key, {}), here)
        elif isinstance(value, Mapping) and value:
            for name, one in value.items():
                yield (*here, name), one, is_said
        elif not isinstance(value, Mapping):
            yield here, msgspec.to_builtins(value, enc_hook=str), is_said


def _shown(key: tuple[str, ...], value: Any) -> Any:
    """What may be printed of a value: a pointer to a secret, of a channel its scheme."""
    if not isinstance(value, str) or value.startswith(_POINTERS) or not value:
        return value
    if key[0] == "targets":
        return Target(name=key[-1], said=value).shown
    if key[-1] in _SECRET and value != "off":
        return f"{value.partition('://')[0]}://{MASKED}" if "://" in value else MASKED
    return value


def _dotted(key: tuple[str, ...]) -> str:
    """As TOML writes it: what has other signs than letters, digits, ``_`` and ``-`` in quotes."""
    return ".".join(
        part if part and all(sign.isalnum() or sign in "_-" for sign in part) else f'"{part}"' for part in key
    )
