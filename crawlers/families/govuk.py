"""GOV.UK through its content API: collections, the pages in them, and the pages attached to those (facts 8.1)."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from archive.records import Capture
from crawlers.acceptance import whole_json, wrong
from crawlers.families.addressed import Address, Judged, crawl_addresses
from crawlers.settings import CrawlSettings, meaning
from crawlers.visit import Answer, Visit
from crawlers.walls import refusal

_PATH = re.compile(r"/[a-z0-9][a-z0-9/._-]*")
# What counts as the page; what else the record has (links, identifiers, updated_at) moves without a word of it.
_TEXT = ("title", "description", "details", "withdrawn_notice")


@dataclass(frozen=True, slots=True, kw_only=True)
class GovukSettings(CrawlSettings):
    """Which pages are watched."""

    pages: tuple[str, ...] = field(
        default=("/government/collections/notices-to-exporters",),
        metadata=meaning(
            "paths of pages and collections; the pages of a collection and those attached to a page come too"
        ),
    )

    def problems(self) -> tuple[tuple[str, str], ...]:
        """Also: paths that are none."""
        found = list(CrawlSettings.problems(self))
        if not self.pages:
            found.append(("pages", "must name at least one page"))
        found += [
            ("pages", f"{path!r} is no path of a page") for path in self.pages if not _PATH.fullmatch(path)
        ]
        return tuple(found)


async def crawl(visit: Visit, settings: GovukSettings) -> AsyncIterator[Capture]:
    """The pages that are not held as they now are."""
    async for capture in crawl_addresses(visit, "uk_notices", map(address_of, settings.pages), accept_page):
        yield capture


def address_of(path: str) -> Address:
    """Where the record of a page is."""
    return Address(document=path, url=f"https://www.gov.uk/api/content{path}")


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
