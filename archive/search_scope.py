"""Where a search looks, as conditions on the places of the index: what a work, a source or a language narrows is a list of series, read once."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date

from archive import codec
from archive.below import at_or_below

Conditions = tuple[str, tuple[object, ...]]
_LISTED = "(SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Where to look: a work with all below it, a source, a jurisdiction (``US``), a language, an address and all below it in any work (``3A090``), what
    stood on a day; everything for "" and None. ``standing`` asks for what stands in the newest editions."""

    work: str = ""
    source: str = ""
    jurisdiction: str = ""
    language: str = ""
    below: str = ""
    on: date | None = None
    standing: bool = False


EVERYWHERE = Scope()


def conditions(database: sqlite3.Connection, scope: Scope) -> Conditions:
    """A scope as a condition on ``place``, with its values."""
    words, values = ["true"], list[object]()
    chosen = _series(database, scope)
    if chosen is not None:
        words.append(f"place.series IN {_LISTED}")
        values.append(codec.dumps(chosen))
    if scope.below:
        # "+": the sayings lead to the places, not the addresses.
        words.append(f"+place.address IN ({_BELOW})")
        values += [scope.below] * 3
    if scope.on is not None:
        words.append("from_date <= ? AND (to_date IS NULL OR to_date > ?)")
        values += [scope.on.isoformat()] * 2
    if scope.standing:
        words.append("to_date IS NULL")
    return " AND ".join(words), tuple(values)


def _series(database: sqlite3.Connection, scope: Scope) -> list[int] | None:
    """The series that a scope asks for, None for all."""
    words, values = list[str](), list[str]()
    if scope.work:
        words.append(at_or_below("work.path"))
        values += [scope.work] * 3
    for column, wanted in (
        ("work.source", scope.source),
        ("work.jurisdiction", scope.jurisdiction),
        ("series.language", scope.language),
    ):
        if wanted:
            words.append(f"{column} = ?")
            values.append(wanted)
    if not words:
        return None
    rows = database.execute(
        f"SELECT series.id FROM work JOIN series ON series.work = work.id WHERE {' AND '.join(words)}",  # noqa: S608
        values,
    )
    return [number for (number,) in rows]


# "." and "/" part the levels of an eid, and "0" comes after both. Each work is asked for its own eids: no index has them across works.
_BELOW = """
    SELECT address.id FROM work CROSS JOIN address ON address.work = work.id WHERE eid = ?
    UNION ALL
    SELECT address.id FROM work CROSS JOIN address ON address.work = work.id WHERE eid >= ? || '.' AND eid < ? || '0'
"""
