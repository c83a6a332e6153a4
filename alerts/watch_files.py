"""The files of watches: TOML tables, each with the line on which it and its keys stand, for messages that a person can act on."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from archive.errors import BadInput
from archive.vocabulary.nearest import nearest

TABLE = "watch"

_HEADER = re.compile(r"\s*\[\[?\s*(?P<name>[^\[\]#]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"\s*[\"']?(?P<key>[A-Za-z0-9_-]+)[\"']?\s*[=.]")
_NOTHING: Mapping[Path, str] = MappingProxyType({})
_FENCES = ('"""', "'''")


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchTable:
    """One ``[[watch]]`` as it is written, the ``number``-th of its file (1 is the first); ``line`` and ``key_lines`` are 0 and
    empty where the lines cannot be told (tables written in line)."""

    file: Path
    number: int
    table: Mapping[str, Any]
    line: int = 0
    key_lines: Mapping[str, int] = field(default_factory=dict)

    def place(self, key: str = "") -> str:
        """``[[watch]] 2 "Thai desk", key eccn, line 14``."""
        name = self.table.get("name")
        parts = [f"[[{TABLE}]] {self.number}" + (f" {name!r}" if isinstance(name, str) and name else "")]
        if key:
            parts.append(f"key {key}")
        line = self.key_lines.get(key.partition(".")[0].partition("[")[0], self.line)
        if line:
            parts.append(f"line {line}")
        return ", ".join(parts)


def read_tables(place: Path, instead: Mapping[Path, str] = _NOTHING) -> tuple[WatchTable, ...]:
    """Every watch of a file, or of every ``*.toml`` in a folder, files by name. An empty file is valid, and so is a folder without. ``instead`` holds
    texts that are to take the place of files, to see whether they may.

    Raises ``BadInput`` with the file and the place for what cannot be read as tables of watches.
    """
    if place.is_file():
        return tuple(_tables_of(place, instead))
    if not place.is_dir():
        raise BadInput(
            "there are no watches here, neither a folder nor a file",
            thing=str(place),
            mend="Make the folder, with a .toml file of [[watch]] tables; an empty file is valid",
        )
    files = sorted(path for path in place.glob("*.toml") if path.is_file() and not path.name.startswith("."))
    return tuple(table for file in files for table in _tables_of(file, instead))


def tables_in(text: str, file: Path) -> tuple[WatchTable, ...]:
    """Every watch of a text that is, or is to be, such a file; ``file`` is what messages call it. Raises ``BadInput`` as ``read_tables``."""
    return tuple(_tables(text, file))


def _tables_of(file: Path, instead: Mapping[Path, str]) -> list[WatchTable]:
    return _tables(instead[file] if file in instead else text_of(file), file)


def _tables(text: str, file: Path) -> list[WatchTable]:
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said, _, place = str(error).partition(" (at ")
        raise BadInput(
            f"it is not valid TOML: {said[:1].lower()}{said[1:]}",
            thing=str(file),
            place=place.rstrip(")").replace(
                "end of document", f"line {len(text.splitlines())}, the end of the file"
            ),
            mend="Texts stand in quotes, lists in [ ], each watch under its own [[watch]]",
        ) from None
    for key in content:
        if key != TABLE:
            raise BadInput(
                f"there is no key {key!r} at the top of a file of watches",
                thing=str(file),
                place=_first_line(text, key),
                mend=f"Every key of a watch stands under a line [[{TABLE}]]",
            )
    tables = content.get(TABLE, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise BadInput(
            f"{TABLE} is not a list of tables",
            thing=str(file),
            place=f"key {TABLE}",
            mend=f"Write [[{TABLE}]], with two brackets",
        )
    lines = _lines_of(text)
    if len(lines) != len(tables):
        lines = [(0, {})] * len(tables)
    return [
        WatchTable(file=file, number=number, table=table, line=line, key_lines=keys)
        for number, (table, (line, keys)) in enumerate(zip(tables, lines, strict=True), 1)
    ]


def text_of(file: Path) -> str:
    """The text of a file of watches. Raises ``BadInput`` for one that is not UTF-8 or cannot be read."""
    try:
        # TOML ends its lines with \n or \r\n; a byte order mark is left by some editors.
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = file.read_bytes()[: error.start].count(b"\n") + 1
        raise BadInput(
            "it is not UTF-8", thing=str(file), place=f"line {line}", mend="Save it as UTF-8"
        ) from None
    except OSError as error:
        raise BadInput(f"it cannot be read ({error.strerror})", thing=str(file)) from None


def _lines_of(text: str) -> list[tuple[int, dict[str, int]]]:
    """The line of every ``[[watch]]`` header, with the lines of the keys under it (a nested table counts as a key)."""
    found: list[tuple[int, dict[str, int]]] = []
    fence = ""
    for number, line in enumerate(text.splitlines(), 1):
        if fence:
            fence = "" if fence in line else fence
            continue
        fence = next((mark for mark in _FENCES if line.count(mark) % 2), "")
        header = _HEADER.match(line)
        if header is not None:
            path = [part.strip(" \"'") for part in header["name"].split(".")]
            if path == [TABLE] and line.lstrip().startswith("[["):
                found.append((number, {}))
            elif path[0] == TABLE and found:
                found[-1][1].setdefault(path[1], number)
        elif found and (key := _KEY.match(line)) is not None:
            found[-1][1].setdefault(key["key"], number)
    return found


def _first_line(text: str, key: str) -> str:
    for number, line in enumerate(text.splitlines(), 1):
        if re.match(rf"\s*\[?\[?\s*[\"']?{re.escape(key)}\b", line):
            return f"line {number}"
    return f"key {key}"


def unknown_key(table: WatchTable, key: str, valid: tuple[str, ...], place: str = "") -> BadInput:
    """The refusal of a key that no watch has."""
    return BadInput(
        f"a watch has no key {key!r}",
        thing=str(table.file),
        place=table.place(place or key),
        mend=f"The nearest is {nearest(key, valid)!r}",
    )
