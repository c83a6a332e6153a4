"""The keys of the configuration: which there are, and that a person wrote no other. One that nobody reads would be a rule that nobody keeps."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import msgspec

from archive.errors import BadInput
from archive.vocabulary.nearest import nearest


def check_keys(table: Mapping[str, Any], kind: type, path: Path, place: str = "") -> None:
    """That a table, and those in it, have only keys that ``kind`` reads. Raises ``BadInput`` with the place and the nearest key that there is."""
    known = fields_of(kind)
    for key, value in table.items():
        here = f"{place}.{key}" if place else key
        if key not in known:
            raise BadInput(
                f"there is no such key as {key!r}",
                thing=str(path),
                place=here,
                mend=f"The nearest is {nearest(key, known)!r}; there are {', '.join(sorted(known))}",
            )
        if not isinstance(value, Mapping):
            continue
        if is_record(known[key]):
            check_keys(value, known[key], path, here)
        elif (inner := record_in(known[key])) is not None:
            for name, one in value.items():
                if isinstance(one, Mapping):
                    check_keys(one, inner, path, f"{here}.{name}")


def fields_of(kind: type) -> dict[str, Any]:
    """The keys of a record and their types."""
    hints = get_type_hints(kind)
    if dataclasses.is_dataclass(kind):
        return {each.name: hints[each.name] for each in dataclasses.fields(kind)}
    return {name: hints[name] for name in kind.__struct_fields__}  # type: ignore[attr-defined]


def defaults_of(kind: type) -> Iterator[tuple[str, Any]]:
    """The keys of a record that have a default, and the default."""
    if dataclasses.is_dataclass(kind):
        for each in dataclasses.fields(kind):
            if each.default is not dataclasses.MISSING:
                yield each.name, each.default
            elif each.default_factory is not dataclasses.MISSING:
                yield each.name, each.default_factory()
        return
    for info in msgspec.structs.fields(kind):
        if info.default is not msgspec.NODEFAULT:
            yield info.name, info.default
        elif info.default_factory is not msgspec.NODEFAULT:
            yield info.name, info.default_factory()


def is_record(kind: Any) -> bool:
    """Whether a type has keys of its own."""
    return isinstance(kind, type) and (dataclasses.is_dataclass(kind) or issubclass(kind, msgspec.Struct))


def record_in(kind: Any) -> type | None:
    """Of a mapping of names to records the record, None for any other type."""
    found = get_args(kind)[1] if get_origin(kind) in (dict, Mapping) and len(get_args(kind)) == 2 else None
    return found if is_record(found) else None
