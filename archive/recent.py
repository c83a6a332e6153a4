"""What changed lately, for people who look through it: transitions with how much weight they have, changes page by page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from archive import changes, instants
from archive.below import at_or_below
from archive.records import StoredChange
from archive.store import Archive


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A transition with the number of its changes by materiality; ``before`` is None for a document that appeared."""

    id: str
    work: str
    title: str
    source: str
    jurisdiction: str
    before: date | None
    after: date
    observed_at: datetime
    substantive: int
    editorial: int
    technical: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which changes: observed from ``since`` to ``until`` (days, UTC), written after the first ``beyond`` transitions (see ``archive.visits``), of a jurisdiction (``US``), a source, a work with all below it, a transition, of a kind, of
    some materialities, touching a type and an id with all below it (``("code", "3A090")``); all for what is not said."""

    since: date | None = None
    until: date | None = None
    beyond: int = 0
    jurisdiction: str = ""
    source: str = ""
    work: str = ""
    transition: str = ""
    kind: str = ""
    materiality: tuple[str, ...] = ()
    touching: tuple[str, str] | None = None


def transitions(archive: Archive, wanted: Wanted, *, limit: int = 50) -> tuple[Moved, ...]:
    """The transitions that have such changes, the last observed first."""
    condition, values = _conditions(wanted)
    rows = archive.database.execute(
        f"""
        SELECT transition.id, path, title, transition.source, jurisdiction, before, after, observed_at,
            sum(materiality = 'substantive'), sum(materiality = 'editorial'), sum(materiality = 'technical')
        {_JOINED} WHERE {condition}
        GROUP BY transition.id ORDER BY observed_at DESC, transition.rowid DESC LIMIT ?
        """,
        (*values, limit),
    )
    return tuple(
        Moved(
            id=key,
            work=work,
            title=title,
            source=source,
            jurisdiction=jurisdiction,
            before=date.fromisoformat(before) if before else None,
            after=date.fromisoformat(after),
            observed_at=instants.read(observed),
            substantive=substantive,
            editorial=editorial,
            technical=technical,
        )
        for key, work, title, source, jurisdiction, before, after, observed, substantive, editorial, technical in rows
    )


def beside(archive: Archive, stored: StoredChange) -> tuple[StoredChange, ...]:
    """Of a split the other parts, of a join the other sources, in document order; () for any other change."""
    column = {"split": "old_eid", "join": "new_eid"}.get(stored.change.kind)
    if column is None:
        return ()
    keys = archive.database.execute(
        f"""
        SELECT change.key {_JOINED}
        WHERE changeset.newest = 1 AND transition.id = ? AND change.kind = ? AND {column} = ? AND change.key <> ? ORDER BY position
        """,
        (stored.transition_id, stored.change.kind, getattr(stored.change, column), stored.id),
    ).fetchall()
    found = (changes.change(archive, key) for (key,) in keys)
    return tuple(one for one in found if one is not None)


def count(archive: Archive, wanted: Wanted) -> int:
    """How many such changes there are."""
    condition, values = _conditions(wanted)
    row = archive.database.execute(f"SELECT count(*) {_JOINED} WHERE {condition}", values).fetchone()
    return int(row[0])


def page(archive: Archive, wanted: Wanted, *, start: int = 0, limit: int = 50) -> tuple[StoredChange, ...]:
    """Such changes, the last observed first, those of one transition in document order."""
    condition, values = _conditions(wanted)
    keys = archive.database.execute(
        f"""
        SELECT change.key {_JOINED} WHERE {condition}
        ORDER BY observed_at DESC, transition.rowid DESC, position LIMIT ? OFFSET ?
        """,
        (*values, limit, start),
    ).fetchall()
    found = (changes.change(archive, key) for (key,) in keys)
    return tuple(one for one in found if one is not None)


def _conditions(wanted: Wanted) -> tuple[str, list[Any]]:
    conditions, values = ["changeset.newest = 1"], list[Any]()
    if wanted.since is not None:
        conditions.append("observed_at >= ?")
        values.append(_start(wanted.since))
    if wanted.until is not None:
        conditions.append("observed_at < ?")
        values.append(_start(wanted.until + timedelta(days=1)))
    if wanted.beyond:
        conditions.append("transition.rowid > ?")
        values.append(wanted.beyond)
    for column, value in (
        ("jurisdiction", wanted.jurisdiction),
        ("transition.source", wanted.source),
        ("transition.id", wanted.transition),
        ("change.kind", wanted.kind),
    ):
        if value:
            conditions.append(f"{column} = ?")
            values.append(value)
    if wanted.work:
        conditions.append(at_or_below("path"))
        values += [wanted.work] * 3
    if wanted.materiality:
        conditions.append(f"materiality IN ({','.join('?' * len(wanted.materiality))})")
        values += wanted.materiality
    if wanted.touching is not None:
        kind, identity = wanted.touching
        conditions.append(_TOUCHED)
        values += [kind, *[identity] * 3] * 2
    return " AND ".join(conditions), values


def _start(day: date) -> str:
    return instants.written(datetime.combine(day, time(), UTC))


_JOINED = """
    FROM transition
    JOIN work ON work.id = transition.work
    JOIN changeset ON changeset.transition_id = transition.id
    JOIN change ON change.changeset = changeset.id
"""
_CODED = at_or_below("touch.id", ".")
# The first condition is found by an index, the second says which reading of the touches counts.
_TOUCHED = f"""
    change.id IN
        (SELECT touch.change FROM touch WHERE touch.type = ? AND {_CODED})
    AND EXISTS
        (SELECT 1 FROM touch WHERE touch.change = change.id AND touch.reference = changeset.reference
            AND touch.type = ? AND {_CODED})
"""  # noqa: S608 - a column of ours
