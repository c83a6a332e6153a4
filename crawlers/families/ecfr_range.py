"""Editions of the past: on which days the watched parts were issued, by the title's change log, and those editions that are not held.

An edition that was taken on any day before the next issue has the text of that issue.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import AsyncIterator, Sequence
from datetime import date, timedelta
from functools import partial

from archive.errors import Refused
from archive.records import Capture
from crawlers.events import Counted
from crawlers.families.ecfr_answers import Version, accept_titles, live
from crawlers.families.ecfr_api import BASE, TitleWalk
from crawlers.families.ecfr_memory import Known, document
from crawlers.families.ecfr_settings import EcfrSettings
from crawlers.visit import Visit

_SHORT = timedelta(
    days=92
)  # a title's change log of more days than these is told in parts, or refused (facts 2.1)


async def count(visit: Visit, settings: EcfrSettings, first: date, last: date) -> AsyncIterator[Counted]:
    """Each day on which a watched part was issued: how many parts, and which of those editions are not held."""
    days: dict[date, tuple[int, list[str]]] = {}
    logs = _lately(visit, settings, first) if visit.today - first <= _SHORT else _parts(visit, settings)
    async for walk, part, versions in logs:
        due = _issues(versions, first, last, walk.up_to)
        missing = set(_missing(visit, document(walk.number, part), versions, due))
        for day in due:
            number, lacking = days.get(day, (0, []))
            days[day] = (number + 1, lacking + ([document(walk.number, part)] if day in missing else []))
    for day, (number, lacking) in sorted(days.items()):
        yield Counted(
            day=day, what="editions", published=number, held=number - len(lacking), missing=tuple(lacking)
        )


async def backfill(visit: Visit, settings: EcfrSettings, first: date, last: date) -> AsyncIterator[Capture]:
    """The editions of these days that are not held, part by part, oldest first, each with the one that stood when they begin."""
    async for walk, part, versions in _parts(visit, settings):
        issued = sorted({version.issued for version in versions})
        begin = max((day for day in issued if day <= first), default=first)
        due = _issues(versions, begin, last, walk.up_to)
        missing = _missing(visit, document(walk.number, part), versions, due)
        visit.unchanged(len(due) - len(missing))
        for done, day in enumerate(missing):
            visit.progress(done, len(missing), f"{document(walk.number, part)} of {day}")
            if not live(versions, day):
                visit.remark(f"{document(walk.number, part)} had no text on {day}")
                continue
            try:
                yield await walk.edition(part, day, versions)
            except Refused as refused:
                visit.gap(refused)


async def _parts(visit: Visit, settings: EcfrSettings) -> AsyncIterator[tuple[TitleWalk, str, list[Version]]]:
    """Each watched part that ever had text, with its change log."""
    ranges = settings.ranges()
    titles = await visit.fetch(f"{BASE}/titles.json", partial(accept_titles, wanted=ranges))
    for number, parts in sorted(ranges.items()):
        if titles[number].up_to is None:
            continue
        visit.speaks_of(until=titles[number].up_to)
        known = Known(visit.state, number, parts)
        walk = TitleWalk(visit, settings, titles[number], known)
        for part in known.watched:
            if part not in known.absent and (versions := await walk.versions(part=part)):
                yield walk, part, versions


async def _lately(
    visit: Visit, settings: EcfrSettings, first: date
) -> AsyncIterator[tuple[TitleWalk, str, list[Version]]]:
    """The same of the days since ``first`` alone, by one change log a title: which issue an edition belongs to is told by those days."""
    ranges = settings.ranges()
    titles = await visit.fetch(f"{BASE}/titles.json", partial(accept_titles, wanted=ranges))
    for number, parts in sorted(ranges.items()):
        if titles[number].up_to is None:
            continue
        visit.speaks_of(until=titles[number].up_to)
        known = Known(visit.state, number, parts)
        walk = TitleWalk(visit, settings, titles[number], known)
        log = await walk.versions(**{"issue_date[gte]": first.isoformat()})
        for part in known.watched:
            versions = [version for version in log if version.part == part]
            if versions and part not in known.absent:
                yield walk, part, versions


def _issues(versions: Sequence[Version], first: date, last: date, up_to: date | None) -> list[date]:
    last = min(last, up_to) if up_to else last
    return sorted({version.issued for version in versions if first <= version.issued <= last})


def _missing(visit: Visit, name: str, versions: Sequence[Version], due: Sequence[date]) -> list[date]:
    """The issues without an edition that was taken on their day or before the next issue."""
    issued = sorted({version.issued for version in versions})
    held = {bisect_right(issued, day) for day in visit.state.editions.get(name, ())}
    return [day for day in due if bisect_right(issued, day) not in held]
