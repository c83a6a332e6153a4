"""What a feed holds: the newest changes of everything, of a source, or of those that a watch met; the dates ahead; changes as JSON lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache, partial
from urllib.parse import urlencode

from alerts.atom import Feed, as_atom
from alerts.citations import cite_change
from alerts.conditions import Watch
from alerts.ics import as_ics
from alerts.match import WatchIndex
from alerts.messages import title_of
from alerts.narrowing import narrowing
from alerts.reminders import subject_of
from alerts.screening import TextScreen
from archive import calendar, changes, codec, editions
from archive.calendar import KeptFuse
from archive.instants import read
from archive.narrowing import touched
from archive.records import Expression, StoredChange
from archive.store import Archive
from tocsin.cli.changes import as_object

PAGE = 100
"""Entries of one page of a feed."""
_LOOK_BACK = timedelta(days=30)
_KEPT = timedelta(days=366)
"""How long a date stays in the calendar after its day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a feed is of: everything, one source, or what one watch met; ``materiality`` is the least weight, ``since`` the first day of observation,
    None for all."""

    source: str | None = None
    watch: Watch | None = None
    materiality: str = "substantive"
    since: date | None = None

    @property
    def id(self) -> str:
        """What names the feed, for good."""
        if self.watch is not None:
            return f"feed/watch/{self.watch.name}"
        return f"feed/source/{self.source}" if self.source else "feed/changes"

    @property
    def title(self) -> str:
        """What a reader shows."""
        if self.watch is not None:
            return f"tocsin: changes that the watch “{self.watch.name}” met"
        return f"tocsin: changes of {self.source}" if self.source else "tocsin: changes"


def newest(archive: Archive, wanted: Wanted) -> Iterator[StoredChange]:
    """The changes wanted, newest first, read as they are taken: the archive is asked for a stretch of days at a time, each longer than the last."""
    bounds = archive.database.execute("SELECT min(observed_at), max(observed_at) FROM transition").fetchone()
    if bounds[0] is None:
        return
    first, until = (read(said).date() for said in bounds)
    first, step = max(first, wanted.since or first), _LOOK_BACK
    while until >= first:
        since = max(until - step, first)
        yield from _observed(archive, wanted, since=since, until=until, newest_first=True)
        until, step = since - timedelta(days=1), step * 2


def _observed(
    archive: Archive,
    wanted: Wanted,
    *,
    since: date | None,
    until: date | None = None,
    newest_first: bool = False,
) -> Iterator[StoredChange]:
    """The changes wanted that were observed on some days; of those that a watch cannot have met most are not read."""
    asked = partial(
        changes.changes, archive, since=since, until=until, source=wanted.source, newest_first=newest_first
    )
    if wanted.watch is None:
        yield from asked(materiality=wanted.materiality)
        return
    watches, index = [wanted.watch], WatchIndex([wanted.watch])
    screen = TextScreen(watches)
    found = asked(
        need=narrowing(watches, partial(touched, archive)), screen=screen if screen.narrows else None
    )
    yield from (stored for stored in found if index.match(stored))


def atom(
    archive: Archive,
    wanted: Wanted,
    *,
    site: str,
    now: datetime,
    path: str = "",
    query: Mapping[str, str] | None = None,
    page: int = 1,
) -> str:
    """A page of a feed, the first is 1. ``site`` is the address of the front end, ``path`` and ``query`` those of the feed on it, "" where it is
    served by somebody else."""
    found: list[StoredChange] = []
    more = False
    for number, stored in enumerate(newest(archive, wanted)):
        if number >= page * PAGE:
            more = True
            break
        if number >= (page - 1) * PAGE:
            found.append(stored)

    def address(number: int) -> str:
        asked = {**(query or {}), "page": str(number)}
        if number == 1:
            del asked["page"]
        return f"{site}{path}?{urlencode(asked)}".rstrip("?") if site and path else ""

    feed = Feed(
        id=wanted.id,
        title=wanted.title,
        site=site,
        own=address(page),
        older=address(page + 1) if more else "",
        newer=address(page - 1) if page > 1 else "",
    )
    return as_atom(feed, found, now)


def ics(archive: Archive, wanted: Wanted, *, site: str, now: datetime) -> str:
    """The dates of the calendar from ``wanted.since`` on (a year back by default): of everything, of a source, or those that a watch is reminded of."""
    kept: Sequence[KeptFuse] = calendar.fuses(archive, since=wanted.since or now.date() - _KEPT)
    if wanted.source:
        kept = [one for one in kept if one.source == wanted.source]
    if wanted.watch is not None:
        index = WatchIndex([wanted.watch])

        @lru_cache(maxsize=8)
        def held(work: str, day: date) -> Expression | None:
            return editions.expression(archive, work, on=day)

        kept = [one for one in kept if index.match(subject_of(one, held(one.fuse.work, one.as_of), now))]
    return as_ics(kept, now, address=site)


def lines(archive: Archive, wanted: Wanted, *, site: str = "") -> Iterator[str]:
    """The changes as JSON lines, oldest first: the objects of ``tocsin changes --json`` with a title, a citation and a link."""
    for stored in _observed(archive, wanted, since=wanted.since):
        said = {
            **as_object(stored),
            "title": title_of([stored]),
            "citation": cite_change(stored),
            "link": f"{site}/change/{stored.id}" if site else "",
        }
        yield f"{codec.dumps(said)}\n"
