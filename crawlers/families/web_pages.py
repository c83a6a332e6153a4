"""Pages that a user names: an address, words that only the real page has, and how often it is asked. No code.

A page of the open web proves itself by its landmark alone: a wall, a soft 404 or the shell of a script does not have the words. Pages are asked
one after another, those of one host no faster than its budget allows; a page that fails is a gap and the others go on.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from archive.errors import Refused
from archive.records import Capture
from crawlers.families.page_answers import (
    PDF_TYPE,
    followed,
    markup_of,
    moved,
    plain,
    refuse_other,
    whole,
    whole_pdf,
    words_of,
)
from crawlers.settings import CrawlSettings, meaning
from crawlers.visit import Answer, Unchanged, Visit
from crawlers.walls import named

_EVERY = re.compile(r"\s*([1-9]\d*)\s*([hd])\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page: ``landmark`` words of it that stand there whatever changes, ``selector`` the CSS selector of its content ("" to find it),
    ``every`` how often it is asked (``6h``, ``1d``), ``work`` the path of its work ("" for one made of the address)."""

    url: str
    landmark: str
    selector: str = ""
    every: str = "1d"
    work: str = ""

    @property
    def document(self) -> str:
        """Its name among the documents of the source."""
        return self.url.removeprefix("https://")

    @property
    def interval(self) -> timedelta:
        """How long an answer is good for."""
        hit = _EVERY.fullmatch(self.every)
        if hit is None:
            raise ValueError(self.every)
        return timedelta(hours=int(hit[1]) * (24 if hit[2] == "d" else 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSettings(CrawlSettings):
    """Which pages are watched."""

    pages: tuple[Page, ...] = field(
        default=(), metadata=meaning("tables of url, landmark, and optionally selector, every and work")
    )

    share: float = field(
        default=600.0,
        metadata=meaning("seconds of one run; pages that are left then are asked first in the next"),
    )

    def problems(self) -> tuple[tuple[str, str], ...]:
        """Also: addresses, landmarks and intervals that are none."""
        found = list(CrawlSettings.problems(self))
        for number, page in enumerate(self.pages):
            place = f"pages[{number}]"
            parts = urlsplit(page.url)
            if parts.scheme != "https" or not parts.hostname or "." not in parts.hostname:
                found.append(
                    (f"{place}.url", f"{page.url!r} is no address; write it like https://example.gov/page")
                )
            if len(page.landmark.split()) == 0:
                found.append((f"{place}.landmark", "must be words that only the real page has"))
            if not _EVERY.fullmatch(page.every):
                found.append((f"{place}.every", f"{page.every!r} is no interval; write it like 6h or 1d"))
        if not self.share > 0:
            found.append(("share", "must be more than 0"))
        addresses = [page.url for page in self.pages]
        found += [
            ("pages", f"{url} is named twice")
            for url in sorted({u for u in addresses if addresses.count(u) > 1})
        ]
        return tuple(found)


async def crawl(visit: Visit, settings: PageSettings) -> AsyncIterator[Capture]:
    """The pages that are due and are not as they are held, those first that were asked longest ago. When the share of a run is spent, the rest waits
    for the next one and comes first there: many pages, or slow ones, keep no other source from its turn."""
    began = time.monotonic()
    memory: dict[str, dict[str, str]] = {
        page.document: dict(visit.state.memory.get("pages", {}).get(page.document, {}))
        for page in settings.pages
    }
    due = [page for page in settings.pages if _is_due(visit, page, memory[page.document])]
    due.sort(key=lambda page: max(memory[page.document].get(when, "") for when in ("asked", "refused")))
    for done, page in enumerate(due):
        visit.progress(done, len(due), page.document)
        if done and time.monotonic() - began > settings.share:
            visit.remark(
                f"{len(due) - done:,} pages wait for the next run: this one took its {settings.share:g} s"
            )
            break
        known = memory[page.document]
        try:
            capture = await _page(visit, page, known)
        except Refused as refused:
            known["refused"] = visit.now().isoformat()
            visit.gap(refused)
            continue
        known["asked"] = visit.now().isoformat()
        visit.remember(pages=memory)
        if capture is not None:
            yield capture
    visit.remember(pages=memory)
    visit.progress(len(due), len(due), "pages")


def _is_due(visit: Visit, page: Page, known: dict[str, str]) -> bool:
    """A page that is held is asked again after its interval, less a little, so that a daily run does not skip a day for seconds."""
    if page.document not in visit.state.documents or "asked" not in known:
        return True
    return visit.now() - datetime.fromisoformat(known["asked"]) >= page.interval * 0.9


async def _page(visit: Visit, page: Page, known: dict[str, str]) -> Capture | None:
    held = visit.state.documents.get(page.document)
    same = held is not None and bool(held.sha256) and held.sha256 == known.get("sha256")
    try:
        answer = await _fetched(
            visit,
            page,
            etag=known.get("etag", "") if same else "",
            modified=known.get("modified", "") if same else "",
        )
    except Unchanged:
        visit.unchanged()
        return None
    digest = hashlib.sha256(answer.body).hexdigest()
    known |= {
        "sha256": digest,
        "etag": answer.headers.get("etag", ""),
        "modified": answer.headers.get("last-modified", ""),
    }
    if held is not None and held.sha256 == digest:
        visit.unchanged()
        return None
    meta: dict[str, Any] = {"selector": page.selector, "work": page.work, "moved_to": answer.url}
    if answer.url == page.url:
        del meta["moved_to"]
    return answer.captured(
        source="web_page",
        document=page.document,
        url=page.url,
        as_of=visit.today,
        meta={name: value for name, value in meta.items() if value},
    )


async def _fetched(visit: Visit, page: Page, *, etag: str, modified: str) -> Answer:
    return await followed(
        visit, page.url, partial(_accept, visit=visit, page=page), etag=etag, modified=modified
    )


def _accept(answer: Answer, visit: Visit, page: Page) -> Answer | str:
    """The page, or another address of its own site where it now stands."""
    expected = f"the page with {page.landmark!r}"
    if not answer.cut and (place := moved(answer, visit.official)):
        return place
    whole(answer, expected)
    refuse_other(answer, expected)
    if answer.media_type == PDF_TYPE:
        whole_pdf(answer, expected)
        return answer  # its words are packed: the reader looks at them
    if plain(page.landmark) not in words_of(markup_of(answer)):
        raise named(answer, expected=expected, found="a page without these words")
    return answer
