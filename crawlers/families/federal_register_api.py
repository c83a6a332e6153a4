"""The Federal Register: search by agency and by CFR part, united by number and date; the full text of each new paper.

Many notices cite no CFR part and many papers on a part are another agency's, so both searches are needed (facts 1.2). The searches
overlap with what was listed before, for papers appear late and a list that lost its known members is no list.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from datetime import date
from functools import partial
from typing import TypeVar

from archive.errors import Refused
from archive.records import Capture
from crawlers.families.federal_register_answers import (
    Record,
    accept_paper,
    accept_rendition,
    document,
    speaks_for_itself,
)
from crawlers.families.federal_register_search import BASE, Listing
from crawlers.families.federal_register_settings import FederalRegisterSettings
from crawlers.visit import Answer, Visit

Taken = TypeVar("Taken")


async def crawl(visit: Visit, settings: FederalRegisterSettings) -> AsyncIterator[Capture]:
    """The papers that are not held yet, oldest first."""
    listing = Listing(visit, settings)
    await listing.read()
    new = [record for name, record in listing.papers.items() if name not in visit.state.documents]
    new.sort(key=lambda record: (record["publication_date"], record["document_number"]))
    visit.unchanged(len(listing.papers) - len(new))
    newest = max(
        (date.fromisoformat(one["publication_date"]) for one in listing.papers.values()), default=visit.today
    )
    first_text_day = settings.first_text_day(newest)
    visit.remember(pending=listing.pending | {document(record): record["publication_date"] for record in new})
    for done, record in enumerate(new):
        visit.progress(done, len(new), str(record["document_number"]))
        try:
            whole = date.fromisoformat(record["publication_date"]) >= first_text_day
            yield await paper(visit, record) if whole else _capture(visit, record, None)
        except Refused as refused:
            visit.gap(refused)
    visit.progress(len(new), len(new), "papers")


async def paper(visit: Visit, record: Record) -> Capture:
    """The full text of a paper, or where the API has none its record."""
    link = record.get("full_text_xml_url")
    if not link:
        return _capture(visit, record, None)
    taken: list[Answer] = []
    root = await visit.fetch(str(link), _keeping(taken, partial(accept_paper, record=record)))
    if not speaks_for_itself(root, record):
        text = record.get("raw_text_url")
        try:
            if text:
                await visit.fetch(str(text), partial(accept_rendition, root=root, record=record))
        except Refused as refused:
            if refused.kind != "NotFound":
                raise
            visit.remark(f"paper {record['document_number']} has no plain text to compare it with")
    return _capture(visit, record, taken[-1])


def _keeping(taken: list[Answer], accept: Callable[[Answer], Taken]) -> Callable[[Answer], Taken]:
    def kept(answer: Answer) -> Taken:
        value = accept(answer)
        taken.append(answer)
        return value

    return kept


def _capture(visit: Visit, record: Record, answer: Answer | None) -> Capture:
    day = date.fromisoformat(record["publication_date"])
    body = (
        answer.body if answer else json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True).encode()
    )
    own = f"{BASE}/documents/{record['document_number']}.json?publication_date={day}"
    return Capture(
        source="us_federal_register",
        document=document(record),
        url=answer.url if answer else str(record.get("json_url") or own),
        body=body,
        as_of=day,
        fetched_at=answer.fetched_at if answer else visit.now(),
        media_type=answer.media_type if answer else "application/json",
        headers=tuple(sorted(answer.headers.items())) if answer else (),
        request=answer.request if answer else None,
        meta=record,
    )
