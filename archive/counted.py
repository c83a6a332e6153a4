"""What the analysis of a transition found that counted at an instant, where in its work, without the redlines: for those who are bound to the place and
the law text, whatever engine or recipe found them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from archive import codec, instants
from archive.store import Archive
from archive.stored_changes import Details

Eids = tuple[str | None, str | None]
"""Of a change the eids before and after; None on the side where there is nothing."""
_FOR_EVER = "9999"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One change by its id, and where it is: the eids, those that went along under it, the law text on both sides (its own heading and text)."""

    change: str
    transition_id: str
    work: str
    before: date | None
    after: date
    observed_at: datetime
    kind: str
    materiality: str
    reason: str
    old_eid: str | None
    new_eid: str | None
    carried: tuple[tuple[str, str], ...]
    text_before: str
    text_after: str

    @property
    def eids(self) -> tuple[str | None, str | None]:
        """Where it is: the eids before and after."""
        return self.old_eid, self.new_eid


def found_in(
    archive: Archive, transition_id: str, *, known: datetime | None = None
) -> tuple[Found, ...] | None:
    """What the analysis of a transition found that counted at an instant (by default now), in document order; None where none counted: it was not
    analysed yet, or an edition in between has taken its place."""
    changeset = _counted(archive, transition_id, known)
    if changeset is None:
        return None
    rows = archive.database.execute(f"{_CHANGES} ORDER BY change.position", (changeset,))
    return tuple(_found(one) for one in rows)


def found_of(
    archive: Archive, transition_id: str, changes: Collection[str], *, known: datetime | None = None
) -> tuple[Found, ...]:
    """Of the same only the changes of these ids."""
    changeset = _counted(archive, transition_id, known) if changes else None
    if changeset is None:
        return ()
    rows = archive.database.execute(_CHANGES_OF, (changeset, codec.dumps(sorted(changes))))
    return tuple(_found(one) for one in rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Of a change only what it is called, where it is, and whether it has weight."""

    change: str
    eids: Eids
    is_substantive: bool


def standing_in(
    archive: Archive, transition_id: str, *, known: datetime | None = None
) -> tuple[Standing, ...]:
    """Of the same all changes, only where they stand."""
    rows = archive.database.execute(
        "SELECT key, old_eid, new_eid, materiality = 'substantive' FROM change WHERE changeset = ? ORDER BY position",
        (_counted(archive, transition_id, known),),
    )
    return tuple(
        Standing(change=key, eids=(old, new), is_substantive=bool(weighty)) for key, old, new, weighty in rows
    )


def counting(archive: Archive, transitions: Iterable[str]) -> dict[str, int]:
    """Of transitions the numbers of the analyses that count now; those that have none are left out."""
    rows = archive.database.execute(_COUNTING, (codec.dumps(sorted(set(transitions))),))
    return {transition: int(changeset) for transition, changeset in rows}


def places(archive: Archive, keys: Iterable[str]) -> dict[str, tuple[str | None, str | None]]:
    """Of changes by their ids the eids before and after, also of those that only an older analysis found."""
    rows = archive.database.execute(
        "SELECT key, old_eid, new_eid FROM change WHERE key IN (SELECT value FROM json_each(?))",
        (codec.dumps(sorted(set(keys))),),
    )
    return {key: (old, new) for key, old, new in rows}


def found_later(
    archive: Archive,
    transition_id: str,
    eids: Collection[str],
    *,
    since: datetime,
    known: datetime | None = None,
) -> tuple[Found, ...]:
    """What later transitions of the same work did at any of these eids (of none: anywhere in it), as far as it came to be known after ``since`` and by
    ``known``; the oldest first."""
    bound = instants.written(known) if known else _FOR_EVER
    later = archive.database.execute(
        _LATER, {"transition": transition_id, "since": instants.written(since), "known": bound}
    ).fetchall()
    wanted = codec.dumps(sorted(eids))
    found: list[Found] = []
    for (one,) in later:
        changeset = _counted(archive, one, known)
        rows = archive.database.execute(_CHANGES_AT, (changeset, not eids, wanted, wanted))
        found += [_found(each) for each in rows]
    return tuple(found)


def since_when_none_counts(
    archive: Archive, transition_id: str, *, known: datetime | None = None
) -> datetime | None:
    """Since when no analysis of a transition counts any more, as known at an instant; None where one does, or none ever did."""
    bound = instants.written(known) if known else _FOR_EVER
    (at,) = archive.database.execute(
        "SELECT max(at) FROM analysis_history WHERE transition_id = ? AND at <= ?", (transition_id, bound)
    ).fetchone()
    if at is None or _counted(archive, transition_id, known) is not None:
        return None
    return instants.read(at)


def _counted(archive: Archive, transition_id: str, known: datetime | None) -> int | None:
    """The number of the analysis that counted."""
    if known is None:
        return counting(archive, [transition_id]).get(transition_id)
    values = {"transition": transition_id, "known": instants.written(known)}
    row = archive.database.execute(_COUNTED, values).fetchone()
    return None if row is None else int(row[0])


def _found(row: tuple[Any, ...]) -> Found:
    key, transition, work, before, after, observed, kind, materiality, old_eid, new_eid, details, old, new = (
        row
    )
    rest = codec.loads(details, Details)
    return Found(
        change=key,
        transition_id=transition,
        work=work,
        before=date.fromisoformat(before) if before else None,
        after=date.fromisoformat(after),
        observed_at=instants.read(observed),
        kind=kind,
        materiality=materiality,
        reason=rest.reason,
        old_eid=old_eid,
        new_eid=new_eid,
        carried=rest.carried,
        text_before=old,
        text_after=new,
    )


# The latest row of an analysis that is not after the instant says whether it counted then.
_COUNTED = """
    SELECT changeset FROM (
        SELECT changeset, newest, max(id) FROM analysis_history WHERE transition_id = :transition AND at <= :known GROUP BY changeset
    ) WHERE newest = 1
"""
_CHANGES = """
    SELECT change.key, transition.id, work.path, before, after, observed_at, change.kind, materiality, old_eid, new_eid, details,
        text_before, text_after
    FROM change_in_full AS change
    JOIN changeset ON changeset.id = change.changeset
    JOIN transition ON transition.id = changeset.transition_id
    JOIN work ON work.id = transition.work
    WHERE change.changeset = ?
"""
_CHANGES_AT = f"""
    {_CHANGES} AND (? OR old_eid IN (SELECT value FROM json_each(?)) OR new_eid IN (SELECT value FROM json_each(?)))
    ORDER BY change.position
"""  # noqa: S608 - no word of it comes from outside
# By the index of the ids: a plus hides a column from the planner, who would rather read the whole analysis in its order.
_CHANGES_OF = f"""
    {_CHANGES.replace("WHERE ", "WHERE +")} AND change.key IN (SELECT value FROM json_each(?)) ORDER BY +change.position
"""  # noqa: S608
_COUNTING = """
    SELECT transition_id, id FROM changeset WHERE newest = 1 AND transition_id IN (SELECT value FROM json_each(?))
"""
_LATER = """
    SELECT later.id FROM transition AS later JOIN transition AS this ON this.work = later.work
    WHERE this.id = :transition AND later.id <> this.id AND later.observed_at > :since AND later.observed_at <= :known
        AND (later.after > this.after OR (later.after = this.after AND later.observed_at > this.observed_at))
    ORDER BY later.observed_at, later.rowid
"""
