"""What people decided, as a digest is told it: every decision, what opened it again, and what was given to somebody or still waits, as it was known at an
instant. Asked again for the same instant it answers the same, whatever was decided since. Comments are not part of it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime

from alerts.citations import cite
from archive import editions, reviews
from archive.counted import Found, found_of, standing_in
from archive.reviews import ACTION, DONE, Assignment, Decision
from archive.store import Archive
from tocsin.digest.records import Review
from tocsin.review.by_place import ByPlace
from tocsin.review.items import Item, items_among, said_of
from tocsin.review.lapses import State


def reviews_for_digest(
    archive: Archive, *, known: datetime, transitions: Collection[str] | None = None
) -> tuple[Review, ...]:
    """Every review (of some transitions, of all) that was known by an instant, oldest first; of several on one change the last one says how it stands. A
    change is named by the id that the analysis which counted then gives it."""
    made = [one for one in reviews.decisions(archive, known=known) if _of(one, transitions)]
    given = [one for one in reviews.assignments(archive, known=known) if _of(one, transitions)]
    by_transition: dict[str, list[Decision]] = {one.transition_id: [] for one in made}
    by_transition |= {one.transition_id: [] for one in given if one.transition_id not in by_transition}
    for one in made:
        by_transition[one.transition_id].append(one)
    told: list[Review] = []
    for transition, decisions in by_transition.items():
        told += _of_transition(archive, transition, decisions, known)
    return tuple(sorted(told, key=lambda review: review.at))


def _of(one: Decision | Assignment, transitions: Collection[str] | None) -> bool:
    return transitions is None or one.transition_id in transitions


def _of_transition(
    archive: Archive, transition: str, decisions: list[Decision], known: datetime
) -> list[Review]:
    # Only what somebody said something of: of a transition with ten thousand changes that is a handful.
    said = said_of(archive, transition, known=known)
    made = ByPlace((one.change, (one.bond.old_eid, one.bond.new_eid), one) for one in decisions)
    spoken = [
        one.change
        for one in standing_in(archive, transition, known=known)
        if said.speaks_of(one) or made.at(one.change, one.eids)
    ]
    found = found_of(archive, transition, spoken, known=known)
    places = ByPlace((one.change, one.eids, one) for one in found)
    items = items_among(archive, said, spoken)
    states = {item.state.decision.id: item.state for item in items if item.state}
    actions = {one.id: one for one in decisions if one.verdict == ACTION}
    told = [_made(archive, one, places, states, actions, known) for one in decisions]
    last = {one.change: one.at for one in told}
    by_change: dict[str, list[Item]] = {}
    for item in items:
        by_change.setdefault(item.found.change, []).append(item)
    for change, several in by_change.items():
        for one in (_open(archive, item, several, known) for item in several):
            if one is not None:
                told.append(replace(one, at=max(one.at, last.get(change, one.at))))
    return told


def _made(
    archive: Archive,
    one: Decision,
    places: ByPlace[Found],
    states: Mapping[str, State],
    actions: Mapping[str, Decision],
    known: datetime,
) -> Review:
    """A decision, under the id that its change has in the analysis that counts."""
    here = places.at(one.change, (one.bond.old_eid, one.bond.new_eid))
    lapses = states[one.id].lapses if one.id in states else ()
    moved = [lapse.why for lapse in lapses if lapse.date_only]
    action = actions.get(one.corrects or "", one) if one.verdict == DONE else one
    return Review(
        change=here[0].change if here else one.change,
        transition=one.transition_id,
        at=one.at,
        by=one.author,
        decision=ACTION if one.verdict == DONE else one.verdict,
        reason=" · ".join([one.reason, *moved] if one.reason else moved),
        assigned=action.person,
        due=action.due,
        done=one.verdict == DONE,
        citation=_cited(archive, here[0], known) if here else "",
    )


def _open(archive: Archive, item: Item, several: list[Item], known: datetime) -> Review | None:
    """That an item is open although something was said of it, or of the same change for another watch; None where nothing was, or it is decided."""
    if not item.is_open:
        return None
    if not item.assigned and not any(one.state for one in several):
        return None
    lapses = [lapse for lapse in item.state.lapses if not lapse.date_only] if item.state else []
    found = item.found
    given = [
        one.at
        for one in reviews.assignments(archive, transition=found.transition_id, known=known)
        if one.watch == item.watch and one.person == item.assigned
    ]
    begun = [lapses[0].at] if lapses else given
    return Review(
        change=found.change,
        transition=found.transition_id,
        at=begun[-1] if begun else found.observed_at,
        by=item.state.decision.author if item.state else "",
        reason=" · ".join(lapse.why for lapse in lapses),
        assigned=item.assigned,
        citation=_cited(archive, found, known),
    )


def _cited(archive: Archive, found: Found, known: datetime) -> str:
    held = editions.edition_at(archive, found.work, on=found.after, known=known)
    return cite(found.work, found.new_eid or found.old_eid or "", held.edition.title if held else "")
