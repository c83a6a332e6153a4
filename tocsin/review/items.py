"""What there is to decide: each change with weight, once for each watch that was told of it, once for nobody's watch where none was."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from archive import changes, instants, reviews
from archive.counted import Found, found_in, places
from archive.errors import BadInput
from archive.records import StoredChange
from archive.store import Archive
from tocsin.review.by_place import ByPlace
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
    found = found_in(archive, transition_id, known=known) or ()
    if change:
        here = ByPlace((one.change, one.eids, one) for one in found)
        same = here.at(change, places(archive, [change]).get(change))
        found = tuple(one for one in same if one.change == change) or tuple(same)
    if not found:
        return ()
    made = ByPlace(
        (one.change, (one.bond.old_eid, one.bond.new_eid), one)
        for one in standing_decisions(archive, transition=transition_id, known=known)
    )
    told = _told(archive, transition_id, known)
    given = reviews.assignments(archive, transition=transition_id, known=known)
    where = places(archive, [*(one.change for one in given), *(key for key, _ in told)])
    watches_at = ByPlace((key, where.get(key), watch) for key, watch in told)
    given_at = ByPlace((one.change, where.get(one.change), one) for one in given)
    items = []
    for one in found:
        watches = dict.fromkeys(watches_at.at(one.change, one.eids))
        if not watches and one.materiality != "substantive":
            continue
        for watch in watches or {"": None}:
            decided = [each for each in made.at(one.change, one.eids) if each.watch == watch]
            persons = [each.person for each in given_at.at(one.change, one.eids) if each.watch == watch]
            items.append(
                Item(
                    found=one,
                    watch=watch,
                    state=next(iter(states(archive, decided[-1:], known=known)), None),
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
