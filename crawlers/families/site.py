"""A publisher's site that has neither versions nor a counter: pages that are watched, and lists whose items are documents.

What stood there between two crawls is not known, so each is observed as often as the source runs. A document keeps the name of the address
where it was first seen: one that the site redirects, or lists under the same words at another address and no more at the old one, has moved;
it is neither withdrawn nor new.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from archive.errors import Refused
from archive.records import Capture
from crawlers.families.page_answers import (
    PDF_TYPE,
    content_words,
    followed,
    markup_of,
    moved,
    plain,
    refuse_other,
    says_not_there,
    whole,
    whole_pdf,
    words_of,
)
from crawlers.families.site_lists import Item, items_of
from crawlers.families.site_memory import Known, Memory, name_of
from crawlers.settings import CrawlSettings, meaning
from crawlers.visit import Answer, Unchanged, Visit
from crawlers.walls import named, refusal

_FEW_WORDS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What is known of a site: the words that each of its pages shows (``landmark``, any of them), which addresses are documents of it
    (``documents``, searched in the official address), and the character set of a host that declares another (``forced``)."""

    source: str
    landmark: re.Pattern[str]
    documents: re.Pattern[str]
    forced: str = ""


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
        if not self.pages and not self.lists:
            found.append(("pages", "must name a page, or lists a list"))
        return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A document's answer: where it stands in the end, and the words that count as its text."""

    answer: Answer
    text: bytes


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
            capture = await _document(visit, site, memory, name, item)
        except Refused as refused:
            visit.gap(refused)
            continue
        if capture is not None:
            yield capture
    visit.remember(**memory.told())
    visit.progress(len(names), len(names), "documents")


async def _list(
    visit: Visit, site: Site, settings: SiteSettings, memory: Memory, url: str
) -> tuple[Item, ...]:
    """What a list has of this source's documents. Raises ``Refused``."""
    expected = f"the list {url}"
    answer = await followed(visit, url, lambda one: _accept_list(one, visit, expected))
    items = [
        item
        for item in items_of(answer, visit.official, expected=expected, forced=site.forced)
        if site.documents.search(item.url) and visit.knows(item.url)
    ]
    before = memory.lists.get(url, ())
    if not items:
        raise refusal(
            answer,
            "EmptyDocument",
            f"{expected} lists no document",
            "Look at the list: its addresses may have a new form",
        )
    addresses = tuple(item.url for item in items)
    if len(addresses) * 2 < len(before):
        message = f"{expected} has {len(addresses)} documents, it had {len(before)}"
        raise refusal(
            answer, "SuspiciousShrink", message, "Wait for the next run; if it lasts, look at the list"
        )
    if len(before) > 4 and not set(addresses) & set(before):
        visit.gap(
            Refused(
                "ListGap",
                "ListGap: the list has nothing of what it had: what stood on it in between was not seen",
                thing=url,
                mend="Look at the publisher's archive for the days since the last crawl; crawl more often",
            )
        )
    if before:
        memory.appeared |= set(addresses) - set(before)
    memory.lists[url] = addresses
    wanted = tuple(plain(word) for word in settings.words)
    return tuple(item for item in items if not wanted or any(word in plain(item.title) for word in wanted))


def _accept_list(answer: Answer, visit: Visit, expected: str) -> Answer | str:
    if not answer.cut and (place := moved(answer, visit.official)):
        return place
    whole(answer, expected)
    return answer


async def _document(visit: Visit, site: Site, memory: Memory, name: str, item: Item) -> Capture | None:
    """A document if it is new or not as it is held. Raises ``Refused``."""
    known, held = memory.documents.get(name, Known()), visit.state.documents.get(name)
    same = held is not None and known.sha256 == held.sha256 and known.url == item.url
    try:
        found = await _fetched(visit, site, item.url, known if same else Known())
    except Unchanged:
        visit.unchanged()
        memory.keep(name, known, item)
        return None
    except Refused as refused:
        if memory.missed(name, refused.kind, known, item):
            visit.remark(
                f"{item.url} is not there ({refused.kind}); it is asked twice more before it counts as gone"
            )
            return None
        raise
    answer, digest = found.answer, hashlib.sha256(found.text).hexdigest()
    if not known.text and (twin := memory.twin(digest, besides=name)):
        name, known = twin, memory.documents[twin]
        held = visit.state.documents.get(name)
    moved_from = known.at if known.at and known.at != answer.url else ""
    stays = held is not None and known.text == digest and not moved_from
    memory.keep(
        name,
        Known(
            at=answer.url,
            sha256=held.sha256 if stays and held else hashlib.sha256(answer.body).hexdigest(),
            text=digest,
            etag=answer.headers.get("etag", ""),
            modified=answer.headers.get("last-modified", ""),
        ),
        item,
    )
    if stays:
        visit.unchanged()
        return None
    appeared = held is None and item.url in memory.appeared
    return _capture(visit, site, name, item, answer, moved_from, appeared=appeared)


def _capture(
    visit: Visit,
    site: Site,
    name: str,
    item: Item,
    answer: Answer,
    moved_from: str,
    *,
    appeared: bool,
) -> Capture:
    meta: dict[str, Any] = {"first_url": f"https://{name}"} if name != name_of(answer.url) else {}
    meta |= {"moved_from": moved_from} if moved_from else {}
    meta |= {"appeared": True} if appeared else {}
    meta |= {"listed_as": item.title} if item.title else {}
    meta |= {"listed_on": item.day.isoformat()} if item.day else {}
    return Capture(
        source=site.source,
        document=name,
        url=answer.url,
        body=answer.body,
        as_of=visit.today,
        fetched_at=answer.fetched_at,
        status=answer.status,
        media_type=answer.media_type,
        headers=tuple(sorted(answer.headers.items())),
        meta=meta,
    )


async def _fetched(visit: Visit, site: Site, url: str, known: Known) -> _Found:
    answer = await followed(
        visit, url, partial(_accept, visit=visit, site=site), etag=known.etag, modified=known.modified
    )
    if answer.media_type == PDF_TYPE:
        return _Found(answer=answer, text=answer.body)
    return _Found(answer=answer, text=content_words(markup_of(answer, forced=site.forced)).encode())


def _accept(answer: Answer, visit: Visit, site: Site) -> Answer | str:
    """A page that shows the site's words and has content, or a whole PDF."""
    expected = f"a page of {site.source}"
    if not answer.cut and (place := moved(answer, visit.official)):
        return place
    whole(answer, expected)
    refuse_other(answer, expected)
    if answer.media_type == PDF_TYPE:
        whole_pdf(answer, expected)
        return answer
    markup = markup_of(answer, forced=site.forced)
    if not site.landmark.search(words_of(markup)):
        raise named(
            answer, expected=expected, found="a page without the words that each page of the site has"
        )
    if says_not_there(markup):
        raise refusal(
            answer,
            "EmptyDocument",
            f"the site says of {answer.url} that it is not there",
            "Wait for the next run; if it lasts, the page has moved",
        )
    if len(content_words(markup)) < _FEW_WORDS:
        raise refusal(
            answer,
            "EmptyDocument",
            f"{expected} has no text",
            "Wait for the next run; the page may be filled by a script",
        )
    return answer
