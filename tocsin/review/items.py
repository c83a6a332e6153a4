"""What there is to decide: each change with weight, once for each watch that was told of it, once for nobody's watch where none was."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from archive import changes, codec, instants, reviews
from archive.changes_read import read_in_parts
from archive.counted import Found, Standing, found_in, found_of, places, standing_in
from archive.errors import BadInput
from archive.records import StoredChange
from archive.reviews import Assignment, Decision
from archive.store import Archive
from tocsin.review.by_place import ByPlace, is_same_place
from tocsin.review.lapses import State
from tocsin.review.states import standing_decisions, states

_FOR_EVER = "9999"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One change for one watch ("" for none): the decision that was made last with its state (None: nobody has decided), and whose it is."""

    found: Found
    watch: str
    state: State | None = None
    assigned: str = ""

    @property
    def is_open(self) -> bool:
        """Whether somebody has to decide it, for the first time or again."""
        return self.state is None or self.state.is_open

    @property
    def waits(self) -> bool:
        """Whether it waits for somebody: it is open, its date is, or its action was not done."""
        return self.is_open or (
            self.state is not None
            and (self.state.is_date_open or self.state.decision.verdict == reviews.ACTION)
        )


def items_of(
    archive: Archive, transition_id: str, *, change: str = "", known: datetime | None = None
) -> tuple[Item, ...]:
    """What there is to decide of one transition (of one change of it, by any id that its place had), in document order, as it was known at an instant
    (by default now)."""
    if change:
        found = found_of(archive, transition_id, [change], known=known)
        found = found or _at_its_place(archive, transition_id, change, known)
    else:
        found = found_in(archive, transition_id, known=known) or ()
    return _items(archive, found, said_of(archive, transition_id, known=known)) if found else ()


def items_among(archive: Archive, said: Said, changes: Collection[str]) -> tuple[Item, ...]:
    """What there is to decide of some changes of a transition, by the ids that they have in the analysis that counts."""
    return items_of_each(archive, said, [changes])[0]


def items_of_each(
    archive: Archive, said: Said, groups: Sequence[Collection[str]]
) -> tuple[tuple[Item, ...], ...]:
    """The same of several groups of changes of one transition."""
    every = {change for group in groups for change in group}
    found = found_of(archive, said.transition, every, known=said.known)
    return tuple(_items(archive, (one for one in found if one.change in group), said) for group in groups)


def _at_its_place(
    archive: Archive, transition_id: str, change: str, known: datetime | None
) -> tuple[Found, ...]:
    eids = places(archive, [change]).get(change)
    if eids is None:
        return ()
    standing = standing_in(archive, transition_id, known=known)
    same = [one.change for one in standing if is_same_place(one.eids, eids)]
    return found_of(archive, transition_id, same, known=known)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """All that was said of the changes of a transition as it was known at an instant (None: now), by place: the watches that were ``told``, the decisions
    that stand, the assignments."""

    transition: str
    known: datetime | None
    told: ByPlace[str]
    made: ByPlace[Decision]
    given: ByPlace[Assignment]

    def speaks_of(self, one: Standing) -> bool:
        """Whether somebody decided a change, or was given it."""
        return bool(self.made.at(one.change, one.eids) or self.given.at(one.change, one.eids))


def said_of(
    archive: Archive, transition_id: str, *, known: datetime | None = None, told: ByPlace[str] | None = None
) -> Said:
    """The same of one transition; ``told`` where somebody has read already which watches were."""
    given = reviews.assignments(archive, transition=transition_id, known=known)
    where = places(archive, (one.change for one in given))
    return Said(
        transition=transition_id,
        known=known,
        told=told_of(archive, transition_id, known=known) if told is None else told,
        made=ByPlace(
            (one.change, (one.bond.old_eid, one.bond.new_eid), one)
            for one in standing_decisions(archive, transition=transition_id, known=known)
        ),
        given=ByPlace((one.change, where.get(one.change), one) for one in given),
    )


def told_of(archive: Archive, transition_id: str, *, known: datetime | None = None) -> ByPlace[str]:
    """The watches that were told of the changes of a transition, by place."""
    told = _told(archive, transition_id, known)
    where = places(archive, (key for key, _ in told))
    return ByPlace((key, where.get(key), watch) for key, watch in told)


def _items(archive: Archive, found: Iterable[Found], said: Said) -> tuple[Item, ...]:
    items = []
    for one in found:
        watches = dict.fromkeys(said.told.at(one.change, one.eids))
        if not watches and one.materiality != "substantive":
            continue
        for watch in watches or {"": None}:
            decided = [each for each in said.made.at(one.change, one.eids) if each.watch == watch]
            persons = [each.person for each in said.given.at(one.change, one.eids) if each.watch == watch]
            items.append(
                Item(
                    found=one,
                    watch=watch,
                    state=next(iter(states(archive, decided[-1:], known=said.known)), None),
                    assigned=persons[-1] if persons else "",
                )
            )
    return tuple(items)


def items_between(
    archive: Archive, *, since: datetime, until: datetime, known: datetime | None = None
) -> tuple[Item, ...]:
    """What there is to decide of the transitions that were observed from one instant up to but not including another, in that order."""
    rows = archive.database.execute(
        "SELECT id FROM transition WHERE observed_at >= ? AND observed_at < ? AND observed_at <= ? ORDER BY observed_at, rowid",
        (instants.written(since), instants.written(until), instants.written(known) if known else _FOR_EVER),
    ).fetchall()
    return tuple(item for (key,) in rows for item in items_of(archive, key, known=known))


def stored_change(archive: Archive, change: str) -> StoredChange:
    """The change of an id. Raises ``BadInput`` where there is none."""
    stored = changes.change(archive, change)
    if stored is None:
        raise BadInput(
            "the archive has no such change",
            thing=f"change {change}",
            mend="'tocsin review list' and 'tocsin changes --json' print the ids",
        )
    return stored


def stored_changes(archive: Archive, keys: Iterable[str]) -> dict[str, StoredChange]:
    """The changes of some ids, each by the newest analysis that found it; those that are not there are left out."""
    rows = archive.database.execute(
        "SELECT id, max(changeset) FROM change WHERE key IN (SELECT value FROM json_each(?)) GROUP BY key",
        (codec.dumps(sorted(set(keys))),),
    ).fetchall()
    return {one.id: one for one in read_in_parts(archive.database, iter([number for number, _ in rows]))}


def items_of_change(archive: Archive, change: str) -> tuple[Item, ...]:
    """What there is to decide of one change, by its id, also by one that only an older analysis has. Raises ``BadInput`` where there is nothing."""
    stored = stored_change(archive, change)
    same = items_of(archive, stored.transition_id, change=change)
    if not same:
        raise BadInput(
            "there is nothing to decide about it",
            thing=f"change {change}",
            mend="It has no weight and no watch was told of it, or another analysis has taken its place",
        )
    return same


def _told(archive: Archive, transition_id: str, known: datetime | None) -> list[tuple[str, str]]:
    """The ids of the changes of which watches were told, each with the name of one, by those names."""
    rows = archive.database.execute(
        "SELECT watch, changes FROM delivery WHERE transition_id = ? AND enqueued_at <= ? ORDER BY watch",
        (transition_id, instants.written(known) if known else _FOR_EVER),
    )
    return [(key, watch) for watch, keys in rows for key in json.loads(keys)]
