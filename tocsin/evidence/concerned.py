"""Which rows of the archive a change rests on, and which followed from it."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from archive.errors import BadInput
from archive.store import Archive

_SHORTEST = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Concerned:
    """The numbers of the rows by their sort (``archive.batch_rows``), in order. ``change`` is the id in full, ``place`` its position in its analysis."""

    change: str
    place: int
    rows: Mapping[str, tuple[int, ...]]


def concerned(archive: Archive, change: str) -> Concerned:
    """All that concerns a change by its id, or the start of it. Raises ``BadInput``."""
    database = archive.database
    key = _key(database, change)
    analysis, place, transition = database.execute(_ANALYSIS, {"key": key}).fetchone()
    names = {"key": key, "analysis": analysis, "transition": transition}
    rows = {
        "analyses": (analysis,),
        **{sort: tuple(number for (number,) in database.execute(sql, names)) for sort, sql in _ROWS.items()},
    }
    return Concerned(
        change=key, place=place, rows={sort: numbers for sort, numbers in rows.items() if numbers}
    )


def _key(database: sqlite3.Connection, start: str) -> str:
    found = database.execute(
        "SELECT DISTINCT key FROM change WHERE key >= ? AND key < ? || '~' LIMIT 2", (start, start)
    ).fetchall()
    if len(start) < _SHORTEST or len(found) != 1:
        raise BadInput(
            f"several changes begin with {start!r}" if len(found) > 1 else f"{start!r} names no change",
            thing="change",
            mend=f"Give the first {_SHORTEST} or more characters of an id; 'tocsin changes --json' prints them",
        )
    return str(found[0][0])


# Of the analyses that found it the newest, as archive.changes.change takes it.
_ANALYSIS = """
    SELECT changeset.id, change.position, transition_id FROM change JOIN changeset ON changeset.id = change.changeset
    WHERE change.key = :key ORDER BY changeset.id DESC LIMIT 1
"""
# On each side the newest edition of that day that was read from those bytes.
_SIDE = """
    SELECT max(edition.id) AS id FROM transition
    JOIN series ON series.work = transition.work JOIN edition ON edition.series = series.id JOIN capture ON capture.id = edition.capture
    WHERE transition.id = :transition AND edition.as_of = {0} AND capture.sha256 = {0}_sha256
"""
_EDITIONS = f"SELECT id FROM ({_SIDE.format('before')} UNION {_SIDE.format('after')}) WHERE id IS NOT NULL"  # noqa: S608
_CAPTURES = f"SELECT DISTINCT capture FROM edition WHERE id IN ({_EDITIONS})"  # noqa: S608 - no word of it comes from outside
_TOLD = """
    SELECT position, key, watch, enqueued_at FROM delivery
    WHERE (transition_id = :transition OR transition_id NOT IN (SELECT id FROM transition))
        AND EXISTS (SELECT 1 FROM json_each(delivery.changes) WHERE value = :key)
"""
_ROWS = {
    "runs": f"SELECT DISTINCT run FROM capture WHERE id IN ({_CAPTURES}) AND run IS NOT NULL ORDER BY run",  # noqa: S608
    "attempts": f"""
        SELECT attempt.id FROM attempt JOIN capture ON capture.run = attempt.run AND capture.url = attempt.url
        WHERE capture.id IN ({_CAPTURES}) GROUP BY attempt.id ORDER BY attempt.id
    """,  # noqa: S608
    "captures": f"{_CAPTURES} ORDER BY capture",
    "editions": f"{_EDITIONS} ORDER BY id",
    "readings": "SELECT id FROM analysis_history WHERE changeset = :analysis ORDER BY id",
    "wordings": f"""
        SELECT DISTINCT (SELECT max(id) FROM watch_wording WHERE watch_wording.watch = told.watch AND watch_wording.at <= told.enqueued_at) AS id
        FROM ({_TOLD}) AS told WHERE id IS NOT NULL ORDER BY id
    """,  # noqa: S608
    "owed": f"SELECT position FROM ({_TOLD}) ORDER BY position",  # noqa: S608
    "sends": f"SELECT id FROM delivery_order WHERE delivery IN (SELECT key FROM ({_TOLD})) ORDER BY id",  # noqa: S608
    "acknowledgements": "SELECT id FROM acknowledgement WHERE transition_id = :transition ORDER BY id",
}
