"""What was published against what is held: each source's own count, by a way that is not the one by which its documents come."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from archive import clock, ledger
from archive.incidents import GAP, incidents
from archive.ledger import Unobserved
from archive.store import Archive
from crawlers.card import SourceCard
from crawlers.crawl import crawl
from crawlers.events import Counted, Finished
from tocsin.config import Config
from tocsin.jobs import crawl_job, days_held
from tocsin.observed import Observed, observed


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """One source over some days. ``days`` are its counts; ``healed`` how many documents of these days were refused or missed at first and
    are held now; ``unobserved`` the spans of them in which a source that tells only how it stands could not be looked at; ``observed`` how closely a source
    without a counter was looked at, None for one that has a counter; ``since`` and ``until`` the first and the last day of which the counter says
    anything, None where it says of all; ``beyond`` what it does not observe at all; ``failure`` why the source could not be
    counted, "" if it could."""

    source: str
    days: tuple[Counted, ...] = ()
    healed: int = 0
    unobserved: tuple[Unobserved, ...] = ()
    observed: Observed | None = None
    since: date | None = None
    until: date | None = None
    beyond: str = ""
    failure: str = ""

    @property
    def published(self) -> int:
        """How many documents the source says it published."""
        return sum(day.published for day in self.days)

    @property
    def held(self) -> int:
        """How many of them the archive holds."""
        return sum(day.held for day in self.days)

    @property
    def missing(self) -> int:
        """How many it does not hold, and those that it holds and the source no longer has."""
        return sum(max(day.published - day.held, len(day.missing)) for day in self.days)

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing, as far as the source could be asked."""
        return not self.failure and not self.missing and (self.observed is None or self.observed.looks > 0)


def coverage(config: Config, archive: Archive, card: SourceCard, first: date, last: date) -> Coverage:
    """Asks a source for its count of the days from ``first`` to ``last``; of one that has none, the ledger says how closely it was observed."""
    if card.count is None:
        return Coverage(
            source=card.id,
            healed=healed(archive, card.id, first, last),
            unobserved=_unobserved(archive, card.id, first, last),
            observed=observed(ledger.looks(archive, card.id), first, last, now=clock.now()),
            beyond=card.beyond,
        )
    days: list[Counted] = []
    failure = ""
    spoken: tuple[date | None, date | None] = (None, None)
    with tempfile.TemporaryDirectory(prefix="tocsin-") as spool:
        job = crawl_job(config, archive, card, Path(spool), today=clock.now().date())
        held = days_held(archive, card.id)
        job = replace(job, task="count", first=first, last=last, state=replace(job.state, editions=held))
        for event in crawl(job):
            if isinstance(event, Counted):
                days.append(event)
            elif isinstance(event, Finished):
                spoken = event.spoken_since, event.spoken_until
                if event.outcome != "complete":
                    failure = event.reason or f"the count ended as {event.outcome}"
    return Coverage(
        source=card.id,
        days=tuple(days),
        healed=healed(archive, card.id, first, last),
        unobserved=() if any(day.is_dated for day in days) else _unobserved(archive, card.id, first, last),
        since=spoken[0],
        until=spoken[1],
        beyond=card.beyond,
        failure=failure,
    )


def _unobserved(archive: Archive, source: str, first: date, last: date) -> tuple[Unobserved, ...]:
    return tuple(
        span
        for span in ledger.unobserved(archive, source)
        if span.since.date() <= last and (span.until is None or span.until.date() >= first)
    )


def healed(archive: Archive, source: str, first: date, last: date) -> int:
    """How many published captures of these days were refused at least once before they came, or were found missing by a count."""
    found = {
        (row[0], row[1])
        for row in archive.database.execute(_REFUSED, (source, first.isoformat(), last.isoformat()))
    }
    for one in incidents(archive, source=source, sort=GAP, closed=True):
        if one.closed_at is not None and one.day is not None and first <= one.day <= last:
            found.add((one.subject.removesuffix(f" of {one.day}"), one.day.isoformat()))
    return len(found)


_REFUSED = """
        SELECT DISTINCT capture.document, capture.as_of FROM capture JOIN attempt ON attempt.url = capture.url AND attempt.source = capture.source
        WHERE capture.source = ? AND capture.state = 'published' AND capture.as_of BETWEEN ? AND ?
            AND attempt.outcome NOT IN ('accepted', 'unchanged')
        """


def told(found: Coverage) -> Iterator[str]:
    """The coverage of a source in lines: the sum, then each day on which something is missing."""
    if found.failure:
        yield f"{found.source}: could not be counted: {found.failure}"
    if found.observed is not None:
        yield f"{found.source}: {found.observed.line()}"
    else:
        yield _sum(found)
    if found.beyond:
        yield f"  not observed at all: {found.beyond}"
    for span in found.unobserved:
        until = f"{span.until:%Y-%m-%d %H:%M}" if span.until else "now"
        yield f"  not observed from {span.since:%Y-%m-%d %H:%M} to {until}: {span.failures:,} runs did not get through"
    for day in found.days:
        if day.missing:
            names = ", ".join(day.missing[:5]) + (
                f" and {len(day.missing) - 5} more" if len(day.missing) > 5 else ""
            )
            yield f"  {day.day}  {day.held:,} of {day.published:,} {day.what}, missing: {names}"


def _sum(found: Coverage) -> str:
    return f"{found.source}: {found.published:,} published, {found.held:,} held, {found.missing:,} missing, {found.healed:,} healed"
