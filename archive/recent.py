"""What changed lately, for people who look through it: transitions with how much weight they have, changes page by page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any

from archive import changes, instants
from archive.below import at_or_below
from archive.changes_read import read_in_parts
from archive.records import StoredChange
from archive.store import Archive
from archive.weights import weights


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
    columns = "transition.id, path, title, transition.source, jurisdiction, before, after, observed_at"
    found = _analyses(archive, wanted, columns)
    return tuple(_moved(row, numbers) for _, row, numbers in islice(found, limit))


def _moved(row: Sequence[Any], numbers: Mapping[str, int]) -> Moved:
    key, work, title, source, jurisdiction, before, after, observed = row
    return Moved(
        id=key,
        work=work,
        title=title,
        source=source,
        jurisdiction=jurisdiction,
        before=date.fromisoformat(before) if before else None,
        after=date.fromisoformat(after),
        observed_at=instants.read(observed),
        substantive=numbers.get("substantive", 0),
        editorial=numbers.get("editorial", 0),
        technical=numbers.get("technical", 0),
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


def count(archive: Archive, wanted: Wanted) -> dict[str, int]:
    """How many such changes there are, by materiality."""
    found: dict[str, int] = {}
    for _, _, numbers in _analyses(archive, wanted):
        for materiality, number in numbers.items():
            found[materiality] = found.get(materiality, 0) + number
    return found


def page(archive: Archive, wanted: Wanted, *, start: int = 0, limit: int = 50) -> tuple[StoredChange, ...]:
    """Such changes, the last observed first, those of one transition in document order."""
    condition, values = _of_changes(wanted)
    chosen: list[int] = []
    for changeset, _, numbers in _analyses(archive, wanted):
        number = sum(numbers.values())
        if number > start:
            rows = archive.database.execute(
                f"""
                SELECT change.id FROM change JOIN changeset ON changeset.id = change.changeset
                WHERE changeset = ? AND {condition} ORDER BY position LIMIT ? OFFSET ?
                """,  # noqa: S608
                (changeset, *values, limit - len(chosen), start),
            )
            chosen += (key for (key,) in rows)
        start = max(start - number, 0)
        if len(chosen) >= limit:
            break
    return tuple(read_in_parts(archive.database, iter(chosen)))


def _analyses(
    archive: Archive, wanted: Wanted, columns: str = "NULL"
) -> Iterator[tuple[int, list[Any], dict[str, int]]]:
    """The newest analyses of such transitions that found such changes, the last observed first: their numbers, some columns, and how many such changes
    each found, by materiality."""
    condition, values = _of_transitions(wanted)
    rows = archive.database.execute(
        f"SELECT changeset.id, {columns} {_ANALYSED} WHERE {condition} ORDER BY observed_at DESC, transition.rowid DESC",
        values,
    ).fetchall()
    # They are weighed after they were found: none of them is missing then.
    found = _touched(archive, wanted.touching) if wanted.touching else weights(archive)
    for changeset, *row in rows:
        numbers: dict[str, int] = {}
        for (kind, materiality), number in found.get(changeset, {}).items():
            if wanted.kind in ("", kind) and (not wanted.materiality or materiality in wanted.materiality):
                numbers[materiality] = numbers.get(materiality, 0) + number
        if numbers:
            yield changeset, row, numbers


def _touched(archive: Archive, touching: tuple[str, str]) -> dict[int, dict[tuple[str, str], int]]:
    """The same as ``weights``, of the changes that touch something."""
    condition, values = _of_changes(Wanted(touching=touching))
    found: dict[int, dict[tuple[str, str], int]] = {}
    for changeset, kind, materiality, number in archive.database.execute(
        f"""
        SELECT changeset, kind, materiality, count(*) FROM change JOIN changeset ON changeset.id = change.changeset
        WHERE newest = 1 AND {condition} GROUP BY changeset, kind, materiality
        """,  # noqa: S608
        values,
    ):
        found.setdefault(changeset, {})[kind, materiality] = number
    return found


def _of_transitions(wanted: Wanted) -> tuple[str, list[Any]]:
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
    ):
        if value:
            conditions.append(f"{column} = ?")
            values.append(value)
    if wanted.work:
        conditions.append(at_or_below("path"))
        values += [wanted.work] * 3
    return " AND ".join(conditions), values


def _of_changes(wanted: Wanted) -> tuple[str, list[Any]]:
    conditions, values = ["1"], list[Any]()
    if wanted.kind:
        conditions.append("kind = ?")
        values.append(wanted.kind)
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


_ANALYSED = """
    FROM transition
    JOIN work ON work.id = transition.work
    JOIN changeset ON changeset.transition_id = transition.id
"""
_JOINED = f"{_ANALYSED} JOIN change ON change.changeset = changeset.id"
_CODED = at_or_below("touch.id", ".")
# The first condition is found by an index, the second says which reading of the touches counts.
_TOUCHED = f"""
    change.id IN
        (SELECT touch.change FROM touch WHERE touch.type = ? AND {_CODED})
    AND EXISTS
        (SELECT 1 FROM touch WHERE touch.change = change.id AND touch.reference = changeset.reference
            AND touch.type = ? AND {_CODED})
"""  # noqa: S608 - a column of ours
