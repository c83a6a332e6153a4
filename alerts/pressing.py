"""What cannot wait: a day on which law changes, or something is due, that would come while a message waits for its hour."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from alerts.hours import Hours
from alerts.language import ENGLISH, Texts, mark
from archive import calendar, changes
from archive.outbox import Owed
from archive.records import StoredChange
from archive.store import Archive

_DATED = {
    "effective": mark("it takes effect"),
    "applicable": mark("it applies"),
    "compliance": mark("compliance is due"),
    "comments_close": mark("comments close"),
    "expires": mark("it expires"),
}


def days_of(
    archive: Archive, stored: Sequence[StoredChange], rows: Sequence[Owed]
) -> tuple[tuple[date, str], ...]:
    """The days that a message is about, with what happens on each: those that the document states, those of what the watches met, those of a
    reminder."""
    found: dict[tuple[date, str], None] = {}
    met = {key for row in rows for key in row.delivery.changes}
    for one in stored:
        for fact in one.facts:
            if fact.name in _DATED and (day := _day(fact.value)):
                found[day, _DATED[fact.name]] = None
        for state in one.change.applicability if one.id in met else ():
            for bound, day in (("begins", state.start), ("ends", state.end)):
                if day:
                    found[day, f"{state.state} {bound}"] = None
    if not stored:
        for kept in calendar.fuses_named(archive, met):
            found[kept.fuse.day, kept.fuse.sort] = None
    return tuple(sorted(found))


def passing(
    days: Sequence[tuple[date, str]], hours: Hours, now: datetime, until: datetime, say: Texts = ENGLISH
) -> str:
    """What would come, or pass, between two instants by the clocks of a person: ``2026-06-20: comments close``; "" for nothing."""
    for day, what in days:
        over = hours.first_instant_of(day + timedelta(days=1)) if day < date.max else until
        if now < over and hours.first_instant_of(day) <= until:
            return say("{label}: {value}", label=say.day(day), value=say(what))
    return ""


def stored_of(archive: Archive, transition_id: str) -> tuple[StoredChange, ...]:
    """The changes that a message is about, () for one that is about none."""
    return changes.of_transition(archive, transition_id)


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None
