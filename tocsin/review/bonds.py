"""What a decision is made on: the law text on both sides as it is read, what the watch asks for, and the dates. The same question asked later tells
whether it still stands.

The law text is taken from the editions and not from the redline: another engine may pair the words otherwise, and they are still the same words. It is
compared by its comparison key: what a new recipe folds or sets otherwise is the same text.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime

from archive import chain, editions, instants, queries, watch_history
from archive.counted import Found
from archive.records import Fact
from archive.reviews import Bond
from archive.store import Archive
from archive.vocabulary.folding import comparison_key

DATES = ("effective", "applicable", "compliance", "stayed", "expires", "comments_close")
"""Facts of a document that are dates on which something begins, ends or is due."""
_NOT_ASKED = ("name", "owner", "notify", "file", "line")
"""Keys of a watch that do not say what it asks for, or why."""
_FOR_EVER = "9999"


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedFact:
    """A date by its name, and since when it was known."""

    name: str
    day: str
    since: datetime


def bond_of(archive: Archive, found: Found, watch: str, *, known: datetime | None = None) -> Bond:
    """What a decision on a change, for a watch ("" for none), rests on as it was known at an instant (by default now)."""
    carried = tuple(eid for _, eid in found.carried)
    return bond_at(
        archive,
        transition_id=found.transition_id,
        work=found.work,
        before=found.before,
        after=found.after,
        old_eid=found.old_eid,
        new_eid=found.new_eid,
        carried=carried,
        watch=watch,
        known=known,
    )


def bond_at(
    archive: Archive,
    *,
    transition_id: str,
    work: str,
    before: date | None,
    after: date,
    old_eid: str | None,
    new_eid: str | None,
    carried: tuple[str, ...],
    watch: str,
    known: datetime | None,
) -> Bond:
    """The same of a place in a transition."""
    is_whole = old_eid is None and new_eid is None
    dates = dated_facts(archive, transition_id, work, after, (old_eid, new_eid), known=known)
    return Bond(
        old=_law_text(archive, work, old_eid, before, is_whole, known),
        new=_law_text(archive, work, new_eid, after, is_whole, known),
        old_eid=old_eid,
        new_eid=new_eid,
        carried=carried,
        watch=asked_by(wording(archive, watch, known)),
        dates=tuple(sorted({(one.name, one.day) for one in dates})),
    )


def wording(archive: Archive, watch: str, known: datetime | None) -> watch_history.Wording | None:
    """What a watch said at an instant, None for one that had said nothing by then."""
    if not watch:
        return None
    said = [one for one in watch_history.history(archive, watch) if known is None or one.at <= known]
    return said[-1] if said else None


def asked_by(said: watch_history.Wording | None) -> str:
    """The SHA-256 of what a watch asks for and why; "" for none, and for one that was taken out. Who is told where is not part of it, nor is a key
    that is empty: a release that adds one changes no watch."""
    if said is None or not said.content:
        return ""
    table = json.loads(said.content)
    return chain.digest_of({key: value for key, value in table.items() if value and key not in _NOT_ASKED})


def edited_keys(before: str, after: str) -> tuple[str, ...]:
    """The keys in which two wordings (JSON) ask for something else."""
    old, new = json.loads(before or "{}"), json.loads(after or "{}")
    return tuple(
        key
        for key in sorted({*old, *new})
        if key not in _NOT_ASKED and (old.get(key) or None) != (new.get(key) or None)
    )


def dated_facts(
    archive: Archive,
    transition_id: str,
    work: str,
    after: date,
    eids: tuple[str | None, ...],
    *,
    known: datetime | None = None,
) -> tuple[DatedFact, ...]:
    """The dates of a change: those that its document states, those in the calendar for its place, and those of later papers on the same act."""
    places = {eid or "" for eid in eids}
    return (
        *_stated(archive, work, after, known),
        *_in_calendar(archive, work, places, known),
        *_by_later_papers(archive, transition_id, known),
    )


def _law_text(
    archive: Archive, work: str, eid: str | None, on: date | None, is_whole: bool, known: datetime | None
) -> str:
    if on is None or (eid is None and not is_whole):
        return ""
    if eid is None:
        whole = editions.expression(archive, work, on=on, known=known)
        parts = [part for one in whole.walk() for part in (one.num, one.heading, one.text)] if whole else []
    else:
        stood = queries.standing(archive, work, eid, on=on, known=known)
        parts = [stood.heading, stood.text] if stood else []
    said = "\n".join(part for part in parts if part)
    return hashlib.sha256(comparison_key(said).encode()).hexdigest() if said else ""


def _stated(archive: Archive, work: str, on: date, known: datetime | None) -> list[DatedFact]:
    found = editions.edition_at(archive, work, on=on, known=known)
    return _dates(found.edition.facts, found.edition.known_from) if found else []


def _dates(facts: tuple[Fact, ...], since: datetime) -> list[DatedFact]:
    return [DatedFact(name=fact.name, day=fact.value, since=since) for fact in facts if fact.name in DATES]


def _in_calendar(archive: Archive, work: str, places: set[str], known: datetime | None) -> list[DatedFact]:
    rows = archive.database.execute(
        """
        SELECT sort, named, told.at FROM fuse JOIN work ON work.id = fuse.work
        JOIN fuse_history AS told ON told.id =
            (SELECT max(id) FROM fuse_history WHERE fuse_history.fuse = fuse.id AND at <= ?)
        WHERE path = ? AND told.gone IS NULL AND eid IN (SELECT value FROM json_each(?))
        """,
        (instants.written(known) if known else _FOR_EVER, work, json.dumps(sorted(places))),
    )
    names = {"comments close": "comments_close", "compliance due": "compliance"}
    return [
        DatedFact(name=names.get(sort, sort), day=named, since=instants.read(at)) for sort, named, at in rows
    ]


def _by_later_papers(archive: Archive, transition_id: str, known: datetime | None) -> list[DatedFact]:
    rows = archive.database.execute(
        """
        SELECT work.path, transition.after, stage.at FROM event_stage AS this
        JOIN event_stage AS stage ON stage.event = this.event AND stage.rowid > this.rowid AND stage.at <= ?
        JOIN transition ON transition.id = stage.transition_id JOIN work ON work.id = transition.work
        WHERE this.transition_id = ? AND stage.stage IN ('extended', 'stayed', 'corrected') AND work.kind = 'document'
        """,
        (instants.written(known) if known else _FOR_EVER, transition_id),
    ).fetchall()
    found = []
    for work, day, at in rows:
        held = editions.edition_at(archive, work, on=date.fromisoformat(day), known=known)
        if held:
            found += _dates(held.edition.facts, instants.read(at))
    return found
