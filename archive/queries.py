"""Questions that cut across the tables: what stood at an address over time, what came from a document, how much there is."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlite_utils import Database

from archive import instants, outbox
from archive.changes import supersede_transitions
from archive.editions import edition_at
from archive.records import Applicability
from archive.store import Archive
from archive.trees import digest, states

__all__ = [
    "Interval",
    "database",
    "overview",
    "roots",
    "standing",
    "supersede_transitions",
    "timeline",
    "works_of_document",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """What stood at an address from ``from_date`` until the day before ``to_date`` (None: until further notice), as it was held true from
    ``known_from`` until ``known_to`` (None: it still is). ``parent`` is the eid it stood under, "" for a root."""

    recipe: str
    language: str
    eid: str
    parent: str
    unit: str
    num: str
    heading: str
    text: str
    applicability: tuple[Applicability, ...]
    from_date: date
    to_date: date | None
    known_from: datetime
    known_to: datetime | None


def timeline(archive: Archive, work: str, eid: str, *, all_knowledge: bool = False) -> tuple[Interval, ...]:
    """What stood at an address, oldest first, as it is held true now; with ``all_knowledge`` also what was held true once. A gap means that
    nothing stood there. Intervals that say the same next to each other (a text that was told again) are one."""
    found = _intervals(archive, work, eid, "(? OR known_to IS NULL)", all_knowledge)
    return tuple(found) if all_knowledge else _joined(found)


def standing(
    archive: Archive, work: str, eid: str, *, on: date | None = None, known: datetime | None = None
) -> Interval | None:
    """What stood at an address on a day (by default in the latest edition), as far as was known at an instant (by default now), without
    what stood under it; None for nothing. The row that ``editions.expression`` would have, without reading the rest."""
    found = edition_at(archive, work, on=on, known=known)
    if found is None:
        return None
    day, instant = found.edition.as_of.isoformat(), found.known
    at_once = "series.id = ? AND from_date <= ? AND (to_date IS NULL OR to_date > ?)"
    if instant is None:
        rows = _intervals(archive, work, eid, f"{at_once} AND known_to IS NULL", found.series, day, day)
    else:
        knew = "known_from <= ? AND (known_to IS NULL OR known_to > ?)"
        rows = _intervals(
            archive, work, eid, f"{at_once} AND {knew}", found.series, day, day, instant, instant
        )
    return rows[0] if rows else None


def roots(archive: Archive, work: str, unit: str) -> frozenset[str]:
    """The eids of a unit in the latest edition of a work (the entries of a control list), whether they are roots of the tree or of
    what stands under a heading; empty where none is held."""
    found = edition_at(archive, work)
    if found is None:
        return frozenset()
    day = found.edition.as_of.isoformat()
    rows = archive.database.execute(
        """
        SELECT eid FROM provision JOIN address ON address.id = provision.address
        WHERE series = ? AND known_to IS NULL AND from_date <= ? AND (to_date IS NULL OR to_date > ?) AND unit = ?
        """,
        (found.series, day, day, unit),
    )
    return frozenset(eid for (eid,) in rows)


def works_of_document(archive: Archive, source: str, document: str) -> tuple[str, ...]:
    """The works whose newest edition was read from a document of a source and has text, by path."""
    rows = archive.database.execute(
        """
        SELECT path FROM (
            SELECT work.path, capture.source, document, edition.digest, max(edition.as_of)
            FROM work
            JOIN series ON series.work = work.id
            JOIN edition ON edition.series = series.id AND known_to IS NULL
            JOIN capture ON capture.id = edition.capture
            WHERE work.id IN (
                SELECT series.work FROM capture
                JOIN edition ON edition.capture = capture.id
                JOIN series ON series.id = edition.series
                WHERE capture.source = ? AND document = ?
            )
            GROUP BY work.id
        )
        WHERE source = ? AND document = ? AND digest <> ? ORDER BY path
        """,
        (source, document, source, document, digest(())),
    )
    return tuple(path for (path,) in rows)


def overview(archive: Archive) -> Mapping[str, int]:
    """How much there is: rows by table, bytes kept and captured, deliveries by state (``deliveries dead`` waits for a person)."""
    counts = {
        name: database(archive)[name].count
        for name in ("work", "edition", "provision", "text", "capture", "transition", "run", "attempt")
    }
    counts["bytes captured"], counts["bytes kept"] = archive.captures.sizes()
    return counts | {f"deliveries {state}": number for state, number in outbox.counts(archive).items()}


def database(archive: Archive) -> Database:
    """``archive.db`` through sqlite-utils, for reading: its writing helpers commit by themselves."""
    connection: sqlite3.Connection = archive.database
    return Database(connection)


def _intervals(archive: Archive, work: str, eid: str, condition: str, *values: object) -> list[Interval]:
    rows = archive.database.execute(
        f"""
        SELECT recipe, series.language, parent.eid, unit, num, heading.body, words.body, applicability,
            from_date, to_date, known_from, known_to
        FROM address
        JOIN work ON work.id = address.work
        JOIN provision ON provision.address = address.id
        JOIN series ON series.id = provision.series
        LEFT JOIN address AS parent ON parent.id = provision.parent
        LEFT JOIN text AS heading ON heading.id = provision.heading
        LEFT JOIN text AS words ON words.id = provision.text
        WHERE path = ? AND address.eid = ? AND {condition}
        ORDER BY series.id, from_date, known_from, provision.id
        """,  # noqa: S608
        (work, eid, *values),
    )
    return [
        Interval(
            recipe=recipe,
            language=language,
            eid=eid,
            parent=parent or "",
            unit=unit,
            num=num,
            heading=heading or "",
            text=text or "",
            applicability=states(applicability) if applicability else (),
            from_date=date.fromisoformat(begin),
            to_date=date.fromisoformat(end) if end else None,
            known_from=instants.from_microseconds(known_from),
            known_to=None if known_to is None else instants.from_microseconds(known_to),
        )
        for recipe, language, parent, unit, num, heading, text, applicability, begin, end, known_from, known_to in rows
    ]


def _joined(intervals: list[Interval]) -> tuple[Interval, ...]:
    joined: list[Interval] = []
    for interval in intervals:
        if joined and joined[-1].to_date == interval.from_date and _says(joined[-1]) == _says(interval):
            earlier = joined.pop()
            known = min(earlier.known_from, interval.known_from)
            interval = replace(interval, from_date=earlier.from_date, known_from=known)
        joined.append(interval)
    return tuple(joined)


def _says(interval: Interval) -> tuple[object, ...]:
    return tuple(
        getattr(interval, name)
        for name in ("recipe", "language", "parent", "unit", "num", "heading", "text", "applicability")
    )
