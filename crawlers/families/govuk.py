"""GOV.UK through its content API: collections, the pages in them, the pages attached to those, and what a search finds (facts 8.1)."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any

from archive.errors import Refused
from archive.records import Capture
from crawlers.acceptance import shrunk, whole_json, wrong
from crawlers.families.addressed import Address, Judged, crawl_addresses
from crawlers.settings import CrawlSettings, meaning
from crawlers.visit import Answer, Visit
from crawlers.walls import refusal

_PATH = re.compile(r"/[a-z0-9][a-z0-9/._-]*")
_API = "https://www.gov.uk/api"
_SEARCH = re.compile(r"\w+(?:\[\])?=[^&\s]+(?:&\w+(?:\[\])?=[^&\s]+)*")
_NEWEST = 100
# What counts as the page; what else the record has (links, identifiers, updated_at) moves without a word of it.
_TEXT = ("title", "description", "details", "withdrawn_notice")


@dataclass(frozen=True, slots=True, kw_only=True)
class GovukSettings(CrawlSettings):
    """Which pages are watched."""

    pages: tuple[str, ...] = field(
        # The notices, and the page of the consolidated control lists, which changes when a list is replaced.
        default=(
            "/government/collections/notices-to-exporters",
            "/government/publications/uk-strategic-export-control-lists-the-consolidated-list-of-strategic-military-and-dual-use-items-that-require-export-authorisation",
        ),
        metadata=meaning(
            "paths of pages and collections; the pages of a collection and those attached to a page come too"
        ),
    )

    searches: tuple[str, ...] = field(
        default=tuple(
            f"filter_organisations={body}&filter_content_store_document_type={kind}&q=artificial+intelligence"
            for body in ("department-for-science-innovation-and-technology", "ai-security-institute")
            for kind in ("policy_paper", "guidance", "open_consultation", "consultation_outcome")
        ),
        metadata=meaning(
            "searches of GOV.UK, by its own parameters: of the newest that each finds, the pages with one of the words in title or description"
        ),
    )
    words: tuple[str, ...] = field(
        default=("artificial intelligence", "AI"),
        metadata=meaning(
            "what a search finds is taken if its title or description has one of these, as a word"
        ),
    )

    def problems(self) -> tuple[tuple[str, str], ...]:
        """Also: paths that are none, searches without a parameter."""
        found = list(CrawlSettings.problems(self))
        if not self.pages and not self.searches:
            found.append(("pages", "must name at least one page, or searches a search"))
        found += [
            ("searches", f"{one!r} is no search; write it like filter_organisations=...&q=...")
            for one in self.searches
            if not _SEARCH.fullmatch(one)
        ]
        found += [
            ("pages", f"{path!r} is no path of a page") for path in self.pages if not _PATH.fullmatch(path)
        ]
        return tuple(found)


async def crawl(visit: Visit, settings: GovukSettings) -> AsyncIterator[Capture]:
    """The pages that are not held as they now are."""
    found: list[Address] = []
    whole = True
    for search in settings.searches:
        url = f"{_API}/search.json?{search}&order=-public_timestamp&count={_NEWEST}&fields=title,link,description"
        try:
            found += await visit.fetch(url, partial(accept_search, words=settings.words))
        except Refused as refused:
            visit.gap(refused)
            whole = False
    pages = map(address_of, settings.pages)
    async for capture in crawl_addresses(visit, "uk_notices", pages, accept_page, linked=found, whole=whole):
        yield capture


def address_of(path: str) -> Address:
    """Where the record of a page is."""
    return Address(document=path, url=f"{_API}/content{path}")


def accept_search(answer: Answer, words: Sequence[str]) -> list[Address]:
    """The pages that a search found and that speak of what is wanted. That there are none is no error: an institute may have published nothing."""
    expected = "what a search of GOV.UK found"
    value = whole_json(answer, expected=expected)
    rows, total = (value.get("results"), value.get("total")) if isinstance(value, dict) else (None, None)
    if not isinstance(rows, list) or not isinstance(total, int):
        raise wrong(answer, f"{expected} has no results or no total")
    if len(rows) < min(total, _NEWEST):
        raise shrunk(answer, f"{expected} counts {total:,} and has {len(rows):,}")
    wanted = re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.I)
    found = []
    for row in rows:
        path = str(row.get("link") or "") if isinstance(row, dict) else ""
        if not path:
            raise wrong(answer, f"{expected} has a result without a link")
        if _PATH.fullmatch(path) and wanted.search(f"{row.get('title')} {row.get('description')}"):
            found.append(address_of(path))
    return found


def accept_page(answer: Answer, address: Address) -> Judged:
    """The record of a page: its own path, a title, details with something in them; the day is that of its last update."""
    expected = f"the record of {address.document}"
    record = whole_json(answer, expected=expected)
    if not isinstance(record, dict) or not isinstance(record.get("details"), dict) or not record.get("title"):
        raise wrong(answer, f"{expected} has no title or no details")
    if record.get("base_path") != address.document:
        raise wrong(answer, f"{expected} is that of {record.get('base_path')}")
    details = record["details"]
    if not any(details.values()) and not record.get("description"):
        raise refusal(answer, "EmptyDocument", f"{expected} has no text", "Wait for the next run")
    try:
        day = _day(record)
    except ValueError as error:
        raise wrong(answer, f"{expected} has no date ({error})") from None
    text = json.dumps({name: record.get(name) for name in _TEXT}, ensure_ascii=False, sort_keys=True)
    return Judged(answer=answer, day=day, text=text.encode(), links=_links(record))


def _day(record: Mapping[str, Any]) -> date | None:
    """Small edits move ``updated_at`` alone."""
    said = record.get("updated_at") or record.get("public_updated_at")
    return datetime.fromisoformat(str(said)).date() if said else None


def _links(record: Mapping[str, Any]) -> tuple[Address, ...]:
    """The pages of a collection, and the pages attached to a publication."""
    links = record.get("links") or {}
    documents = links.get("documents", ()) if record.get("document_type") == "document_collection" else ()
    paths = [str(one.get("base_path") or "") for one in documents if isinstance(one, Mapping)]
    paths += [
        str(one.get("url") or "")
        for one in record["details"].get("attachments", ())
        if isinstance(one, Mapping)
    ]
    return tuple(address_of(path) for path in dict.fromkeys(paths) if _PATH.fullmatch(path))
