"""The site of a press office: papers that it lists, and single pages that it rewrites in place.

A paper is known by its day and title, never by its address: the sites of these offices are rebuilt every year or two, and then every
deep link breaks (facts 4). One that stands elsewhere under the same day and title, or elsewhere with the same words, has moved: it comes again under
its name, with the address where it stood, and is neither withdrawn nor new. One that is not there any more is waited for, and then told.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from archive.errors import Refused
from archive.records import Capture
from crawlers.events import Counted
from crawlers.families.release_answers import Paper, accept_list, paper
from crawlers.families.release_likeness import ALIKE, alike, sketch
from crawlers.families.release_lists import Listed, slug_of
from crawlers.families.release_settings import ReleaseList, ReleaseSettings, WatchedPage
from crawlers.visit import Unchanged, Visit

_MOST_PAGES = 20  # of a list, after an absence: about two hundred papers
_WAITED = 3  # times that a paper may be missing before that is told (facts 4)

Memory = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A press office: the source, and the path that its works stand under (``us/bis``)."""

    source: str
    under: str


@dataclass(slots=True)
class _Crawl:
    """One crawl of an office. ``known`` is what is remembered of each document by name: its address, its words' digest, validators."""

    visit: Visit
    office: Office
    settings: ReleaseSettings
    known: dict[str, Memory] = field(default_factory=dict)
    lists: dict[str, Memory] = field(default_factory=dict)
    appeared: set[str] = field(default_factory=set)  # what came onto a list that was known

    async def papers(self) -> AsyncIterator[Capture]:
        """The documents that are not held as they now are."""
        wanted: dict[str, Listed | WatchedPage] = {name_of(page): page for page in self.settings.pages}
        for each in self.settings.lists:
            try:
                wanted |= self._named(await self._listed(each), wanted)
            except Refused as refused:
                self.visit.gap(refused)
        for done, (name, item) in enumerate(wanted.items()):
            self.visit.progress(done, len(wanted), name)
            if not self._is_due(name, item):
                self.visit.unchanged()
                continue
            try:
                capture = await self._look(name, item, wanted)
            except Refused as refused:
                self.visit.gap(refused)
                continue
            if capture is not None:
                yield capture
        held = self.visit.state.documents
        passed = (
            {name for name, known in self.known.items() if known.get("about") is False}
            - wanted.keys()
            - held.keys()
        )
        self.visit.remember(
            papers={name: known for name, known in self.known.items() if name not in passed}, lists=self.lists
        )
        self.visit.progress(len(wanted), len(wanted), "papers")

    # ── what is listed ─────────────────────────────────────────────────────────────────────────────

    async def _listed(self, what: ReleaseList) -> list[Listed]:
        """What a list has, back to what it had last time, or as deep as a first run goes. Raises ``Refused``."""
        last = self.lists.get(what.url, {})
        before = {str(name) for name in last.get("names", ())} | set(self.visit.state.documents)
        items, is_same = await self._page_of(what, what.url, last)
        if is_same:
            return items
        listed_then = {str(name) for name in last.get("names", ())}
        first_run = not last and not any(item.name in before for item in items)
        number = 1
        while what.more and not (
            number >= self.settings.depth if first_run else any(item.name in before for item in items)
        ):
            number += 1
            if number > _MOST_PAGES:
                break
            more, _ = await self._page_of(what, what.more.format(page=number), {})
            items += [item for item in more if item not in items]
        if last:
            self.appeared |= {item.name for item in items} - listed_then
        if not first_run and not any(item.name in before for item in items):
            self.visit.gap(
                Refused(
                    "SuspiciousShrink",
                    f"SuspiciousShrink: the list has none of the {len(last.get('names', ()))} papers that it had: what stood between was not seen",
                    thing=what.url,
                    mend="Look at the older pages of the list; what is listed now is taken",
                )
            )
        return items

    async def _page_of(self, what: ReleaseList, url: str, last: Memory) -> tuple[list[Listed], bool]:
        """One page of a list, and whether it is as it was."""
        try:
            answer, found = await self.visit.fetch(
                url,
                partial(accept_list, what=what, official=self.visit.official),
                etag=str(last.get("etag", "")),
                modified=str(last.get("modified", "")),
            )
        except Unchanged:
            return [_item(*row) for row in last["items"]], True
        items = list(found)
        if url == what.url:
            self.lists[url] = {
                "names": [item.name for item in items],
                "items": [[item.title, item.url, item.day and item.day.isoformat()] for item in items],
                "etag": answer.headers.get("etag", ""),
                "modified": answer.headers.get("last-modified", ""),
            }
        return items, False

    def _named(
        self, items: Iterable[Listed], taken: Mapping[str, Listed | WatchedPage]
    ) -> dict[str, Listed | WatchedPage]:
        """Each paper under its name: the one it has had, where it still stands at its address under other words."""
        by_url = {str(known.get("url")): name for name, known in self.known.items()}
        found: dict[str, Listed | WatchedPage] = {}
        for item in items:
            if any(one.url == item.url for one in taken.values()):
                continue
            name = by_url.get(item.url, item.name)
            if name in found:  # two papers of one day under one title
                name = f"{item.name}-{slug_of(urlsplit(item.url).path.rstrip('/').rsplit('/', 1)[-1])}"
            found[name] = item
        return found

    # ── one document ───────────────────────────────────────────────────────────────────────────────

    def _is_due(self, name: str, item: Listed | WatchedPage) -> bool:
        """Whether to ask for it: new, moved, rewritten in place, or young enough to be edited still."""
        known = self.known.get(name, {})
        if isinstance(item, WatchedPage) or item.day is None or known.get("url") != item.url:
            return True
        if name not in self.visit.state.documents and known.get("about") is not False:
            return True
        return (self.visit.today - item.day).days <= self.settings.again

    async def _look(
        self, name: str, item: Listed | WatchedPage, wanted: Mapping[str, Listed | WatchedPage]
    ) -> Capture | None:
        """A document, if it is new or not as it is held. Raises ``Refused``."""
        held, known = self.visit.state.documents.get(name), self.known.get(name, {})
        passed = known.get("about") is False
        is_known = known.get("url") == item.url and (
            passed or (held is not None and held.sha256 == known.get("sha256"))
        )
        validators = {key: str(known.get(key, "")) if is_known else "" for key in ("etag", "modified")}
        try:
            found = await paper(self.visit, item, **validators)
        except Unchanged:
            self.known[name] = {**known, "url": item.url, "missed": 0}
            self.visit.unchanged()
            return None
        except Refused as refused:
            if not self._is_waited_for(name, refused):
                raise
            return None
        now = self._known_of(item, found)
        if not self._is_about(item, found):
            self.known[name] = {**now, "sketch": [], "about": False}
            self.visit.unchanged()
            return None
        if held is None and (other := self._moved(now, wanted, item)):
            self.known.pop(name, None)
            name, known, held = other, self.known[other], self.visit.state.documents.get(other)
        moved_from = "" if known.get("at") in ("", None, now["at"]) else str(known["at"])
        digest = str(now["sha256"])
        is_same = held is not None and (known.get("text") == now["text"] or held.sha256 == digest)
        if held is not None and is_same and not moved_from:
            self.known[name] = {**now, "sha256": held.sha256}
            self.visit.unchanged()
            return None
        self.known[name] = now
        return self._capture(name, item, found, moved_from, is_new=held is None)

    def _known_of(self, item: Listed | WatchedPage, found: Paper) -> Memory:
        answer = found.answer
        digest = hashlib.sha256(answer.body).hexdigest()
        return {
            "url": item.url,
            "at": answer.url,
            "day": item.day.isoformat() if isinstance(item, Listed) and item.day else "",
            "sha256": digest,
            "text": hashlib.sha256(found.words.encode()).hexdigest() if found.words else digest,
            "sketch": sketch(found.words),
            "etag": answer.headers.get("etag", ""),
            "modified": answer.headers.get("last-modified", ""),
            "missed": 0,
        }

    def _is_about(self, item: Listed | WatchedPage, found: Paper) -> bool:
        if not self.settings.about or isinstance(item, WatchedPage):
            return True
        words = "|".join(re.escape(word) for word in self.settings.about)
        return re.search(rf"\b(?:{words})\b", f"{item.title}\n{found.words}", re.I) is not None

    def _moved(
        self, now: Memory, wanted: Mapping[str, Listed | WatchedPage], item: Listed | WatchedPage
    ) -> str:
        """The held document that a new one is, at another address: the same words, or nearly those on the same day; "" for none. One that
        still stands listed at its own address is another."""
        here = {one.url for one in wanted.values() if one is not item}
        for name, known in self.known.items():
            if name not in self.visit.state.documents or known.get("url") in here:
                continue
            if known.get("text") == now["text"]:
                return name
            same_day = bool(now["day"]) and known.get("day") == now["day"]
            if same_day and alike(known.get("sketch", ()), now["sketch"]) >= ALIKE:
                return name
        return ""

    def _is_waited_for(self, name: str, refused: Refused) -> bool:
        """Whether a document that is held and not there is only waited for: sites lose pages for a day while they are rebuilt."""
        known = self.known.get(name)
        if known is None or refused.kind not in ("NotFound", "EmptyDocument"):
            return False
        known["missed"] = int(known.get("missed", 0)) + 1
        if known["missed"] >= _WAITED:
            return False
        self.visit.remark(f"{name} is not there: {refused.line()}")
        return True

    def _capture(
        self, name: str, item: Listed | WatchedPage, found: Paper, moved_from: str, *, is_new: bool
    ) -> Capture:
        answer, today = found.answer, self.visit.today
        day = item.day if isinstance(item, Listed) else None
        meta: dict[str, Any] = {"work": f"{self.office.under}/{name}"}
        if isinstance(item, Listed):
            meta |= {"listed_as": item.title, "listed_on": day.isoformat() if day else None}
        meta |= {"moved_from": moved_from} if moved_from else {}
        meta |= {"appeared": True} if is_new and name in self.appeared else {}
        return answer.captured(
            source=self.office.source,
            document=name,
            as_of=min(day, today) if day and is_new else today,
            meta=meta,
        )


async def crawl_releases(visit: Visit, office: Office, settings: ReleaseSettings) -> AsyncIterator[Capture]:
    """The papers and pages of an office that are not held as they now are."""
    memory = visit.state.memory
    known = {str(name): dict(each) for name, each in dict(memory.get("papers", {})).items()}
    async for capture in _Crawl(visit, office, settings, known, dict(memory.get("lists", {}))).papers():
        yield capture


async def count_releases(
    visit: Visit, settings: ReleaseSettings, first: date, last: date
) -> AsyncIterator[Counted]:
    """Each day on which the lists have papers: how many, and which of them are not held. A list tells only of what it still has; one that is
    chosen by its words counts none that was looked at and is about something else."""
    memory: Mapping[str, Any] = visit.state.memory
    known: Mapping[str, Any] = memory.get("papers", {})
    by_url = {str(each.get("url")): name for name, each in known.items()}
    days: dict[date, set[str]] = {}
    for what in settings.lists:
        if visit.state.is_fresh and what.url in memory.get("lists", {}):
            items = [_item(*row) for row in memory["lists"][what.url]["items"]]
        else:
            _, found = await visit.fetch(what.url, partial(accept_list, what=what, official=visit.official))
            items = list(found)
        visit.speaks_of(since=_speaks_since(items, by_url, visit))
        for item in items:
            name = by_url.get(item.url, item.name)
            if item.day and first <= item.day <= last and known.get(name, {}).get("about") is not False:
                days.setdefault(item.day, set()).add(name)
    for day, names in sorted(days.items()):
        missing = tuple(sorted(name for name in names if name not in visit.state.documents))
        yield Counted(
            day=day, what="papers", published=len(names), held=len(names) - len(missing), missing=missing
        )


def _speaks_since(items: Sequence[Listed], by_url: Mapping[str, str], visit: Visit) -> date:
    """The first day of which a list says all: that of the oldest paper on it; today where it has one without a day that is not held."""
    held = visit.state.documents
    unplaced = any(item.day is None and by_url.get(item.url, item.name) not in held for item in items)
    days = [item.day for item in items if item.day is not None]
    return visit.today if unplaced or not days else min(days)


def name_of(page: WatchedPage) -> str:
    """The name of a page that is watched: its path, whichever host of the office it stands on."""
    return urlsplit(page.url).path.strip("/") or "home"


def _item(title: str, url: str, day: str | None) -> Listed:
    return Listed(title=title, url=url, day=date.fromisoformat(day) if day else None)
