"""A list that is published whole at one address: asked under the conditions of what we hold, proven, and weighed against the list before.

A list that arrives whole and is suspiciously less than before is not refused but brought with its doubts, so that it is held and a person
can look at it: whole parts of the Consolidated Screening List have been missing for a day (facts 5.1). No disappearance of that size is
ever told as a delisting.
"""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from email.utils import parsedate_to_datetime
from functools import partial
from typing import Any
from urllib.parse import urljoin

from archive.errors import Refused
from archive.records import Capture
from crawlers.events import Counted
from crawlers.settings import CrawlSettings, meaning
from crawlers.visit import Answer, Unchanged, Visit
from crawlers.walls import by_status

SAMPLE = 300
"""Entries of a list that are remembered, to be met again in the next."""

_FEW = 5  # entries that a list may lose on one day, however short it is
_HOPS = 3
_HALF_YEAR = 182.5  # days


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSettings(CrawlSettings):
    """What a list must show before it is believed."""

    floor: int = field(
        default=0, metadata=meaning("entries that the whole list has at least; a shorter one is held")
    )
    kept: float = field(
        default=0.8,
        metadata=meaning(
            "share of the last list, and of each part of it, that must be there again within half a year; else it is held"
        ),
    )

    def problems(self) -> tuple[tuple[str, str], ...]:
        """Also: shares that are none."""
        found = list(CrawlSettings.problems(self))
        if self.floor < 0:
            found.append(("floor", "must not be negative"))
        if not 0 < self.kept <= 1:
            found.append(("kept", "must be more than 0 and at most 1"))
        return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A list that passed its acceptance: the key of each entry by the part of the list it stands in, the day that the list states, and where
    it is torn, "" for a whole one."""

    parts: Mapping[str, tuple[str, ...]]
    day: date | None = None
    torn: str = ""

    @property
    def counts(self) -> dict[str, int]:
        """Entries of each part."""
        return {name: len(keys) for name, keys in sorted(self.parts.items())}

    def sample(self) -> list[str]:
        """Digests of some entries: those whose digest is lowest, so that two lists that are alike have samples that are alike."""
        return sorted(self.digests())[:SAMPLE]

    def digests(self) -> set[str]:
        """A digest of each entry."""
        named = (f"{name}|{key}" for name, keys in self.parts.items() for key in keys)
        return {hashlib.sha256(one.encode()).hexdigest()[:12] for one in named}


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkList:
    """One list: the source, the name of its one document, its official address, the gate for its answers, the words for it, and the parts
    without which it is not whole."""

    source: str
    document: str
    url: str
    accept: Callable[[Answer], Listed]
    name: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Sent:
    """The host sends us to the file itself."""

    url: str


async def crawl_list(visit: Visit, settings: ListSettings, what: BulkList) -> AsyncIterator[Capture]:
    """The list, if it is not the one that is held."""
    visit.progress(0, 1, what.name)
    held, memory = visit.state.documents.get(what.document), visit.state.memory
    same = held is not None and held.sha256 and held.sha256 == memory.get("sha256")
    known = {key: str(memory.get(key, "")) if same else "" for key in ("etag", "modified")}
    try:
        listed, answer = await _fetched(visit, what, **known)
    except Unchanged:
        visit.unchanged()
        return
    digest = hashlib.sha256(answer.body).hexdigest()
    visit.remember(
        sha256=digest,
        etag=answer.headers.get("etag", ""),
        modified=answer.headers.get("last-modified", ""),
        counts=listed.counts,
        sample=listed.sample(),
    )
    if held is not None and held.sha256 == digest:
        visit.unchanged()
        return
    day = listed.day or _modified(answer) or visit.today
    if day > visit.today:
        day = visit.today
    if held is not None and day < held.as_of:
        raise Refused(
            "WrongDocument",
            f"WrongDocument: {what.name} of {day} came, and that of {held.as_of} is held: an older copy",
            thing=what.url,
            mend="Wait for the next run",
        )
    apart = (day - held.as_of).days if held is not None else 0
    doubts = tuple(doubts_about(listed, memory, settings, what.parts, days=apart))
    for doubt in doubts:
        visit.remark(doubt)
    yield answer.captured(
        source=what.source,
        document=what.document,
        url=what.url,
        as_of=day,
        meta={"counts": listed.counts, **({"doubts": list(doubts)} if doubts else {})},
    )
    visit.progress(1, 1, what.name)


def doubts_about(
    listed: Listed,
    memory: Mapping[str, Any],
    settings: ListSettings,
    parts: Iterable[str] = (),
    *,
    days: int = 0,
) -> list[str]:
    """Why a list must not be published unseen, each in a sentence: too short, without a part of it, or too little of what the last one had,
    ``days`` ago: orders expire, and from one half-year to the next as much may go again."""
    kept = settings.kept ** max(1.0, days / _HALF_YEAR)
    found = [f"the list is torn, {listed.torn}"] if listed.torn else []
    total = sum(listed.counts.values())
    if total < settings.floor:
        found.append(f"the list has {total:,} entries, a whole one has {settings.floor:,} or more")
    lacking = [part for part in parts if not any(part in name for name in listed.parts)]
    if lacking:
        found.append(f"the list lacks {', '.join(lacking)}")
    for name, before in dict(memory.get("counts", {})).items():
        now = listed.counts.get(name, 0)
        if now == 0 or (now < before * kept and before - now > _FEW):
            found.append(f"{name} went from {before:,} to {now:,} entries")
    sample = list(memory.get("sample", ()))
    again = len(listed.digests() & set(sample))
    if again < len(sample) * kept and len(sample) - again > _FEW:
        found.append(f"only {again:,} of {len(sample):,} entries that the last list had are in it")
    return found


async def count_list(visit: Visit, what: BulkList) -> AsyncIterator[Counted]:
    """How many entries each part of the list has now, and how many the one has that was taken in last. A list that was seen a moment ago is not
    asked for again."""
    memory, held = visit.state.memory, visit.state.documents.get(what.document)
    is_it = held is not None and held.sha256 in ("", memory.get("sha256", ""))
    known: dict[str, int] = dict(memory.get("counts", {})) if is_it else {}
    counts = (
        dict(memory.get("counts", {})) if visit.state.is_fresh else (await _fetched(visit, what))[0].counts
    )
    for name in sorted({*counts, *known}):
        published, here = counts.get(name, 0), int(known.get(name, 0))
        told = (f"{abs(published - here):,} entries of {name}",) if published != here else ()
        yield Counted(
            day=visit.today,
            what=name,
            published=published,
            held=min(here, published),
            missing=told,
            is_dated=False,
        )


async def _fetched(
    visit: Visit, what: BulkList, *, etag: str = "", modified: str = ""
) -> tuple[Listed, Answer]:
    taken: list[Answer] = []

    def accept(answer: Answer) -> Listed | _Sent:
        if answer.status in (301, 302, 303, 307, 308) and "location" in answer.headers and not answer.cut:
            return _sent(visit, answer, what)
        listed = what.accept(answer)
        taken[:] = [answer]
        return listed

    found = await visit.fetch(what.url, accept, etag=etag, modified=modified)
    for _ in range(_HOPS):
        if isinstance(found, Listed):
            return found, taken[0]
        found = await visit.fetch(found.url, partial(accept), etag=etag, modified=modified)
    raise Refused(
        "RedirectedAway",
        f"RedirectedAway: the host sends us on and on instead of {what.name}",
        thing=what.url,
        mend="Look whether the source has moved",
    )


def _sent(visit: Visit, answer: Answer, what: BulkList) -> _Sent:
    """Where the host keeps the file: another address of its own, or of a store of files that the source names. Raises ``Refused``."""
    place = visit.official(urljoin(answer.url, answer.headers["location"]))
    if place == answer.url or not visit.knows(place):
        raise by_status(answer, expected=what.name)
    return _Sent(place)


def _modified(answer: Answer) -> date | None:
    try:
        return parsedate_to_datetime(answer.headers["last-modified"]).date()
    except (KeyError, TypeError, ValueError):
        return None
