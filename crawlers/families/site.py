"""A publisher's site that has neither versions nor a counter: pages that are watched, and lists whose items are documents.

What stood there between two crawls is not known, so each is observed as often as the source runs. A document keeps the name of the address
where it was first seen: one that the site redirects, or lists under the same words at another address and no more at the old one, has moved;
it is neither withdrawn nor new. One that no list has any more is asked for again in turn; it is withdrawn once its address says three times that it
is not there (docs/adr/0010).
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from archive.errors import Refused
from archive.records import Capture
from crawlers.families.page_answers import HTML_TYPES, followed, markup_of, moved, plain, whole, words_of
from crawlers.families.site_documents import Site, charset, document
from crawlers.families.site_lists import Item, items_of
from crawlers.families.site_memory import KeptList, Memory
from crawlers.settings import CrawlSettings, meaning
from crawlers.visit import Answer, Unchanged, Visit
from crawlers.walls import named, refusal

__all__ = ["Site", "SiteSettings", "crawl_site"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSettings(CrawlSettings):
    """What is watched on a site."""

    pages: tuple[str, ...] = field(
        default=(), metadata=meaning("addresses of pages and PDFs that are watched")
    )
    lists: tuple[str, ...] = field(
        default=(), metadata=meaning("addresses of lists and feeds; {year} stands for the present year")
    )
    words: tuple[str, ...] = field(
        default=(),
        metadata=meaning("of what is listed, that with one of these words in its title is taken; none: all"),
    )
    revisits: int = field(
        default=20,
        metadata=meaning(
            "documents that no list has any more which are asked for again in one crawl, in turn; 0 for none"
        ),
    )

    def problems(self) -> tuple[tuple[str, str], ...]:
        """Also: addresses that are none, and nothing to watch."""
        found = list(CrawlSettings.problems(self))
        for name in ("pages", "lists"):
            for number, url in enumerate(getattr(self, name)):
                parts = urlsplit(url)
                if parts.scheme not in ("https", "http") or not parts.hostname:
                    found.append(
                        (
                            f"{name}[{number}]",
                            f"{url!r} is no address; write it like https://example.gov/page",
                        )
                    )
        if self.revisits < 0:
            found.append(("revisits", "must not be negative"))
        if not self.pages and not self.lists:
            found.append(("pages", "must name a page, or lists a list"))
        return tuple(found)


async def crawl_site(visit: Visit, site: Site, settings: SiteSettings) -> AsyncIterator[Capture]:
    """The watched pages and the listed documents that are not held as they now are."""
    memory = Memory.of(visit.state.memory)
    listed: list[Item] = []
    complete = True
    for url in settings.lists:
        address = url.replace("{year}", str(visit.today.year))
        try:
            listed += await _list(visit, site, settings, memory, address)
        except Refused as refused:
            visit.gap(refused)
            complete = False
    places = {url: Item(title="", url=url) for url in settings.pages}
    places |= {item.url: item for item in listed if item.url not in places}
    names = memory.named(tuple(places.values()), gone=complete)
    for done, (name, item) in enumerate(names):
        visit.progress(done, len(names), name)
        try:
            capture = await document(visit, site, memory, name, item)
        except Refused as refused:
            visit.gap(refused)
            continue
        if capture is not None:
            yield capture
    if complete:
        async for capture in _left(visit, site, memory, settings.revisits):
            yield capture
    visit.remember(**memory.told())
    visit.progress(len(names), len(names), "documents")


async def _left(visit: Visit, site: Site, memory: Memory, most: int) -> AsyncIterator[Capture]:
    """What became of documents that no list has any more: those that were not there first, then those that were not asked for longest. A
    list keeps its newest items only, so most of them stand where they stood."""
    for name, known in memory.left(visit.state.documents, most=most):
        memory.asked(name, visit.now())
        try:
            item = Item(title=known.title, url=known.url)
            capture = await document(visit, site, memory, name, item, listed=False)
        except Refused as refused:
            # Nobody says where it went: that it is elsewhere, or behind a page of excuse, is no gap of what is published.
            if refused.kind in ("RedirectedAway", "EmptyDocument", "NotFound"):
                visit.remark(f"{known.url} is listed no more: {refused.line()}")
            else:
                visit.gap(refused)
            continue
        if capture is not None:
            yield capture


async def _list(
    visit: Visit, site: Site, settings: SiteSettings, memory: Memory, url: str
) -> tuple[Item, ...]:
    """What a list has of this source's documents that is wanted. Raises ``Refused``."""
    kept = memory.lists.get(url)
    pattern = site.documents.pattern
    try:
        items = await _read_list(visit, site, memory, url, kept if kept and kept.by == pattern else None)
    except Unchanged:
        assert kept is not None
        items = kept.items
    wanted = tuple(plain(word) for word in settings.words)
    return tuple(
        item
        for item in items
        if not wanted
        or any(word in plain(item.title) for word in wanted)
        or (site.always is not None and site.always.search(item.url))
    )


async def _read_list(
    visit: Visit, site: Site, memory: Memory, url: str, kept: KeptList | None
) -> tuple[Item, ...]:
    """The documents of a list that is not as it was read last. Raises ``Refused`` and ``Unchanged``."""
    expected = f"the list {url}"
    if site.posted is not None and site.posted.search(url):
        address, _, query = url.partition("?")
        answer = await visit.fetch(address, lambda one: _whole(one, expected), form=dict(parse_qsl(query)))
    else:
        etag, modified = (kept.etag, kept.modified) if kept else ("", "")
        answer = await followed(
            visit, url, lambda one: _accept_list(one, visit, expected), etag=etag, modified=modified
        )
    if answer.media_type in HTML_TYPES and not site.landmark.search(
        words_of(markup_of(answer, forced=charset(answer, site)))
    ):
        raise named(
            answer, expected=expected, found="a page without the words that each page of the site has"
        )
    items = tuple(
        item
        for item in items_of(answer, visit.official, expected=expected, forced=charset(answer, site))
        if site.documents.search(item.url) and visit.knows(item.url)
    )
    before = {item.url for item in memory.lists[url].items} if url in memory.lists else set()
    now = {item.url for item in items}
    if not items:
        raise refusal(
            answer,
            "EmptyDocument",
            f"{expected} lists no document",
            "Look at the list: its addresses may have a new form",
        )
    if len(now) * 2 < len(before):
        message = f"{expected} has {len(now)} documents, it had {len(before)}"
        raise refusal(
            answer, "SuspiciousShrink", message, "Wait for the next run; if it lasts, look at the list"
        )
    if len(before) > 4 and not now & before:
        visit.gap(
            Refused(
                "ListGap",
                "ListGap: the list has nothing of what it had: what stood on it in between was not seen",
                thing=url,
                mend="Look at the publisher's archive for the days since the last crawl; crawl more often",
            )
        )
    if before:
        memory.appeared |= now - before
    memory.lists[url] = KeptList(
        items=items,
        by=site.documents.pattern,
        etag=answer.headers.get("etag", ""),
        modified=answer.headers.get("last-modified", ""),
    )
    return items


def _accept_list(answer: Answer, visit: Visit, expected: str) -> Answer | str:
    if not answer.cut and (place := moved(answer, visit.official)):
        return place
    return _whole(answer, expected)


def _whole(answer: Answer, expected: str) -> Answer:
    whole(answer, expected)
    return answer
