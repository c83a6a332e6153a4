"""The decisions of the archive with their states, as they were known at an instant."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from archive import editions, reviews, watch_history
from archive.counted import found_later, since_when_none_counts
from archive.reviews import Decision
from archive.store import Archive
from tocsin.review.bonds import asked_by, bond_at, dated_facts, edited_keys, wording
from tocsin.review.lapses import Now, State, state_of


def states(
    archive: Archive, decisions: Iterable[Decision], *, known: datetime | None = None
) -> tuple[State, ...]:
    """Each decision with whether it stood at an instant (by default now)."""
    return tuple(state_of(one, surroundings(archive, one, known=known)) for one in decisions)


def standing_decisions(
    archive: Archive, *, transition: str | None = None, known: datetime | None = None
) -> tuple[Decision, ...]:
    """The decisions on a transition (on all) that no other one took the place of, in the order in which they were made."""
    made = reviews.decisions(archive, transition=transition, known=known)
    corrected = {one.corrects for one in made}
    return tuple(one for one in made if one.id not in corrected)


def surroundings(archive: Archive, decision: Decision, *, known: datetime | None = None) -> Now:
    """What a decision rests on as it was known at an instant (by default now)."""
    work, before, after = _transition(archive, decision.transition_id)
    bond = decision.bond
    at_place = bond_at(
        archive,
        transition_id=decision.transition_id,
        work=work,
        before=before,
        after=after,
        old_eid=bond.old_eid,
        new_eid=bond.new_eid,
        carried=bond.carried,
        watch=decision.watch,
        known=known,
    )
    place = bond.new_eid or bond.old_eid
    eids = {place, *bond.carried} if place else set()
    said = wording(archive, decision.watch, known)
    dates = dated_facts(
        archive, decision.transition_id, work, after, (bond.old_eid, bond.new_eid), known=known
    )
    then = set(bond.dates)
    return Now(
        bond=at_place,
        read_at=_read_at(archive, work, after, decision.at, known),
        watch_at=said.at if said else decision.at,
        date_at=max((one.since for one in dates if (one.name, one.day) not in then), default=decision.at),
        superseded_at=since_when_none_counts(archive, decision.transition_id, known=known),
        later=found_later(archive, decision.transition_id, eids, since=decision.at, known=known),
        watch_edits=_edits(archive, decision, said),
    )


def _transition(archive: Archive, key: str) -> tuple[str, date | None, date]:
    path, before, after = archive.database.execute(
        "SELECT path, before, after FROM transition JOIN work ON work.id = transition.work WHERE transition.id = ?",
        (key,),
    ).fetchone()
    return path, date.fromisoformat(before) if before else None, date.fromisoformat(after)


def _read_at(archive: Archive, work: str, on: date, decided: datetime, known: datetime | None) -> datetime:
    """Since when the edition of a day is read as it is; when it was decided, where it was read so before."""
    found = editions.edition_at(archive, work, on=on, known=known)
    return max(decided, found.edition.known_from) if found else decided


def _edits(archive: Archive, decision: Decision, said: watch_history.Wording | None) -> tuple[str, ...]:
    """The keys in which a watch asks for something else than what the decision was made for."""
    if said is None or not decision.bond.watch:
        return ()
    for earlier in watch_history.history(archive, decision.watch):
        if asked_by(earlier) == decision.bond.watch:
            return edited_keys(earlier.content, said.content)
    return ()
