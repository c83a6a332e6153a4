"""After each run: the archive against the publisher's own counter, and what that means as incidents.

A crawl that reached its end counts, in the same child process, what the source says that it published since a day (``Job.reconcile``). What is
published and not held is a gap, an incident until it is held. A gap that the next crawl does not close by itself is fetched for (``to_heal``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from archive import editions, incidents, ledger
from archive.incidents import FAILING, GAP, HELD, UNCOUNTED, Step, Trouble, settle
from archive.store import Archive
from crawlers.card import SourceCard
from crawlers.events import Counted
from crawlers.settings import CrawlSettings

WINDOW = timedelta(days=30)
"""How far back each run counts: papers and editions appear late, and hardly later than that."""

PATIENCE = timedelta(days=1)
"""How long an incident may last before it is escalated."""

COUNTED, COUNTED_HELD = "published by the counter", "held by the counter"
"""The names, among the counts of a run, of what the publisher's counter said and how much of it was held."""


@dataclass(slots=True, kw_only=True)
class Reckoning:
    """What a run found out about itself: the days that were counted since ``first`` (``is_counted``: all of them), why they could not be
    (``uncounted``), and why the run as such failed (``failure``)."""

    first: date | None = None
    days: list[Counted] = field(default_factory=list)
    is_counted: bool = False
    uncounted: str = ""
    failure: str = ""

    @property
    def figures(self) -> dict[str, int]:
        """What the counter said, for the counts of the run; nothing where it was not asked to the end."""
        if not self.is_counted:
            return {}
        return {
            COUNTED: sum(day.published for day in self.days),
            COUNTED_HELD: sum(day.held for day in self.days),
        }


def first_day(archive: Archive, card: SourceCard, settings: CrawlSettings, today: date) -> date:
    """The day from which a run counts: a month back, but not before the source was first read as a whole, and so far that every open gap is in."""
    begun = ledger.first_success(archive, card.id)
    begins = settings.begins(today) or (begun.started_at.date() if begun else today)
    gaps = [one.day for one in incidents.incidents(archive, source=card.id, sort=GAP) if one.day]
    return min([max(today - WINDOW, begins), *gaps])


def reckon(archive: Archive, source: str, found: Reckoning, *, at: datetime) -> tuple[Step, ...]:
    """Open, escalate and close the incidents of a source after a run."""
    steps: list[Step] = []

    def now(sort: str, troubles: Iterable[Trouble], since: date = date.min) -> None:
        steps.extend(settle(archive, source, sort, troubles, at=at, patience=PATIENCE, since=since))

    now(FAILING, [Trouble(subject="", said=found.failure)] if found.failure else [])
    steps.extend(reckon_held(archive, source, at=at))
    if found.is_counted or found.uncounted:
        now(UNCOUNTED, [Trouble(subject="", said=found.uncounted)] if found.uncounted else [])
    if found.is_counted:
        now(GAP, _gaps(found.days), found.first or date.min)
    return tuple(steps)


def reckon_held(archive: Archive, source: str, *, at: datetime) -> tuple[Step, ...]:
    """The same for what waits for a person alone: after a run, and when somebody has decided."""
    troubles = [
        Trouble(
            subject=f"{one.document} of {one.as_of} ({one.sha256[:12]})",
            said=f"{one.document} of {one.as_of} waits for a person (capture {one.id}): {one.reason}",
        )
        for one in editions.held(archive)
        if one.source == source
    ]
    return settle(archive, source, HELD, troubles, at=at, patience=PATIENCE)


def to_heal(archive: Archive, card: SourceCard) -> tuple[date, date] | None:
    """The days to fetch anew because something of them is missing; None where nothing is, or where the source tells nothing of the past."""
    days = [one.day for one in incidents.incidents(archive, source=card.id, sort=GAP) if one.day]
    return (min(days), max(days)) if days and card.backfill is not None else None


def _gaps(days: Iterable[Counted]) -> Iterator[Trouble]:
    """One trouble for each document that is missing; a list that tells only how it stands has one for each of its parts."""
    found: dict[str, Trouble] = {}
    for one in days:
        if not one.is_dated and one.missing:
            subject = one.what
            found[subject] = Trouble(subject=subject, said=f"not held: {', '.join(one.missing)}")
        for name in one.missing if one.is_dated else ():
            subject = f"{name} of {one.day}"
            found[subject] = Trouble(
                subject=subject, said=f"{subject} is published and not held", day=one.day
            )
    yield from found.values()
