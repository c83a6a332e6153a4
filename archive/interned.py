"""What changes share, as numbers: each part is stored once and made where it is new. Called inside a transaction of the one writer."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Sequence

from archive import codec
from archive.records import Enclosing, Touch
from archive.texts import known_text_ids, text_ids

Path = tuple[Enclosing, ...]
Lead = tuple[str | None, int | None]
"""What a text begins with, and the number of the wording after it: None for nothing."""
# A provision's heading stands before its text on a line of its own, its number with a blank.
_JOINTS = ("\n", " ")


def mark(content: str) -> int:
    """CRC-32 of a text, to find equal ones by."""
    return zlib.crc32(content.encode())


def leads(database: sqlite3.Connection, bodies: Iterable[str]) -> dict[str, Lead]:
    """Each text as what it begins with and a wording. A change shows a provision's number or heading and its text as one; where only what comes after
    is stored already, as the provision's own, the text is not stored again as a whole."""
    wanted = {body: _cuts(body) for body in bodies if body}
    known = known_text_ids(database, (end for body, cuts in wanted.items() for end in (body, *cuts)))
    found: dict[str, Lead] = {"": (None, None)}
    for body, cuts in wanted.items():
        end = next((end for end in (body, *cuts) if end in known), None)
        if end is not None:
            found[body] = (body[: len(body) - len(end)] or None, known[end])
    fresh = text_ids(database, (body for body in wanted if body not in found))
    return found | {body: (None, number) for body, number in fresh.items()}


def _cuts(body: str) -> tuple[str, ...]:
    """What is left of a text after its first line, and after its first word."""
    return tuple(end for joint in _JOINTS if (end := body.partition(joint)[2]))


def path_ids(database: sqlite3.Connection, paths: Iterable[Path]) -> dict[Path, int | None]:
    """The number of the innermost provision of each path; () has none."""
    wanted = list(dict.fromkeys(paths))
    above = list(dict.fromkeys(one for path in wanted for one in path))
    headings = text_ids(database, (one.heading for one in above))
    rows = database.execute(
        "SELECT id, above, eid, unit, num, heading FROM enclosing WHERE eid IN (SELECT value FROM json_each(?))",
        (codec.dumps(list({one.eid for one in above})),),
    )
    known = {tuple(row): number for number, *row in rows}
    (last,) = database.execute("SELECT coalesce(max(id), 0) FROM enclosing").fetchone()
    fresh: list[tuple[object, ...]] = []
    found: dict[Path, int | None] = {(): None}
    for path in wanted:
        number: int | None = None
        for one in path:
            row = (number, one.eid, one.unit, one.num, headings.get(one.heading))
            if row not in known:
                known[row] = last + len(fresh) + 1
                fresh.append((known[row], *row))
            number = known[row]
        found[path] = number
    database.executemany(
        "INSERT INTO enclosing (id, above, eid, unit, num, heading) VALUES (?, ?, ?, ?, ?, ?)", fresh
    )
    return found


def finding_ids(database: sqlite3.Connection, contents: Iterable[str]) -> dict[str, int]:
    """The number of each content of a finding."""
    wanted = {content: mark(content) for content in contents}
    rows = database.execute(
        "SELECT content, id FROM finding WHERE mark IN (SELECT value FROM json_each(?))",
        (codec.dumps(list(wanted.values())),),
    )
    found: dict[str, int] = {content: number for content, number in rows if content in wanted}
    (last,) = database.execute("SELECT coalesce(max(id), 0) FROM finding").fetchone()
    fresh = {
        content: number
        for number, content in enumerate((one for one in wanted if one not in found), start=last + 1)
    }
    database.executemany(
        "INSERT INTO finding (id, mark, content) VALUES (?, ?, ?)",
        ((number, wanted[content], content) for content, number in fresh.items()),
    )
    return found | fresh


def sort_of(touch: Touch) -> tuple[object, ...]:
    """What a touch has in common with thousands."""
    return (touch.type, touch.regime, touch.excluded, touch.role, touch.via, touch.confidence)


def sort_ids(
    database: sqlite3.Connection, touches: Sequence[tuple[Touch, ...]]
) -> dict[tuple[object, ...], int]:
    """The number of each sort among the touches; there are some hundred in all."""
    columns = "type, regime, excluded, role, via, confidence"
    wanted = dict.fromkeys(sort_of(touch) for found in touches for touch in found)
    database.executemany(
        f"INSERT INTO touch_sort ({columns}) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",  # noqa: S608
        wanted,
    )
    rows = database.execute(f"SELECT id, {columns} FROM touch_sort")  # noqa: S608
    return {tuple(row): number for number, *row in rows if tuple(row) in wanted}
