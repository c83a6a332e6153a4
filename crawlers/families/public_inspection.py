"""The desk of the Federal Register: papers that are filed and will be printed a day or more later, through its API (facts 1.5).

Rules of BIS commonly take effect on filing, so the desk is the earliest legal signal. The whole desk is one answer; what it says of a paper
is taken again when the paper was edited there, and no more once it is printed: then the Federal Register's own source has it, under the same number.
"""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any

from archive.errors import Refused
from archive.records import Capture
from crawlers.acceptance import shrunk, whole_json, whole_text, wrong
from crawlers.families.federal_register_search import BASE
from crawlers.settings import CrawlSettings, meaning
from crawlers.visit import Answer, Visit
from crawlers.walls import WALLS

Record = Mapping[str, Any]
URL = f"{BASE}/public-inspection-documents/current.json"

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# What the desk tells of its readers, and what differs with every answer.
_PASSING = frozenset({"page_views", "excerpts", "last_public_inspection_issue"})


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskSettings(CrawlSettings):
    """Whose papers are taken."""

    agencies: tuple[str, ...] = field(
        default=(
            "industry-and-security-bureau",
            "foreign-assets-control-office",
            "international-investment-office",
        ),
        metadata=meaning("agencies by their slug in the API"),
    )

    def problems(self) -> tuple[tuple[str, str], ...]:
        """Also: slugs that are none."""
        found = list(CrawlSettings.problems(self))
        found += [("agencies", f"{slug!r} is no slug") for slug in self.agencies if not _SLUG.fullmatch(slug)]
        if not self.agencies:
            found.append(("agencies", "must not be empty"))
        return tuple(found)


async def crawl(visit: Visit, settings: DeskSettings) -> AsyncIterator[Capture]:
    """The papers on the desk that are not held as they now are, by filing."""
    desk = await visit.fetch(URL, accept_desk)
    mine = [record for record in desk if _agencies(record) & set(settings.agencies)]
    _tell_withdrawn(visit, mine)
    visit.remember(desk={str(one["document_number"]): one.get("publication_date") for one in mine})
    new = []
    for record in sorted(mine, key=lambda one: (edited(one), str(one["document_number"]))):
        held = visit.state.documents.get(str(record["document_number"]))
        if held is None or held.as_of < edited(record):
            new.append(record)
    visit.unchanged(len(mine) - len(new))
    walled = False
    for done, record in enumerate(new):
        visit.progress(done, len(new), str(record["document_number"]))
        try:
            answer, walled = await _text(visit, record, walled)
        except Refused as refused:
            visit.gap(refused)
        else:
            yield _paper(visit, record, answer)
    visit.progress(len(new), len(new), "papers on the desk")


def accept_desk(answer: Answer) -> list[Record]:
    """All papers on the desk: as many as it counts, each with its number, its filing and its agencies."""
    expected = "the desk of public inspection"
    value = whole_json(answer, expected=expected)
    count = value.get("count") if isinstance(value, dict) else None
    results = value.get("results", []) if isinstance(value, dict) else None
    if not isinstance(count, int) or not isinstance(results, list):
        raise wrong(answer, f"{expected} has no count or no list")
    if len(results) != count:
        raise shrunk(answer, f"{expected} says that it has {count} papers and lists {len(results)}")
    for row in results:
        try:
            if not row["document_number"] or not isinstance(row["agencies"], list):
                raise KeyError("document_number")
            edited(row)
        except (KeyError, TypeError, ValueError) as error:
            raise wrong(answer, f"{expected} lists a paper without {error}") from None
    if len({row["document_number"] for row in results}) != len(results):
        raise wrong(answer, f"{expected} lists a paper twice")
    return results


def edited(record: Record) -> date:
    """The day on which a paper was filed, or last changed on the desk if that is later."""
    instants = [datetime.fromisoformat(str(record["filed_at"]))]
    if record.get("pdf_updated_at"):
        instants.append(datetime.fromisoformat(str(record["pdf_updated_at"])))
    return max(instant.date() for instant in instants)


async def _text(visit: Visit, record: Record, walled: bool) -> tuple[Answer | None, bool]:
    """The text of a paper where the desk has one that can be had, and whether its pages stand behind a wall.

    They do for most programs, all of them together: one that was met in this run is not run against again, since refusals in a row end a crawl,
    and what the API says of a paper is news enough.
    """
    number, link = str(record["document_number"]), str(record.get("raw_text_url") or "")
    if walled or not link or not visit.knows(visit.official(link)):
        return None, walled
    try:
        return await visit.fetch(visit.official(link), partial(_accept_text, record=record)), False
    except Refused as refused:
        if refused.kind != "NotFound" and refused.kind not in WALLS:
            raise
        visit.remark(f"the text of paper {number} on the desk cannot be had: {refused.line()}")
        return None, refused.kind in WALLS


def _paper(visit: Visit, record: Record, answer: Answer | None) -> Capture:
    """The text of a paper, else what the desk says of it."""
    said = {name: _official(visit, value) for name, value in record.items() if name not in _PASSING}
    number = str(said["document_number"])
    own = f"{BASE}/public-inspection-documents/{number}.json"
    return Capture(
        source="us_public_inspection",
        document=number,
        url=answer.url if answer else str(said.get("json_url") or own),
        body=answer.body
        if answer
        else json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True).encode(),
        as_of=edited(record),
        fetched_at=answer.fetched_at if answer else visit.now(),
        media_type=answer.media_type if answer else "application/json",
        headers=tuple(sorted(answer.headers.items())) if answer else (),
        request=answer.request if answer else None,
        meta=said,
    )


def _accept_text(answer: Answer, record: Record) -> Answer:
    """The text of a paper: it carries the paper's number, or its title, and has some lines for every page that the desk counts."""
    number = str(record["document_number"])
    expected = f"the text of paper {number} on the desk"
    text = whole_text(answer, types={"text/plain"}, expected=expected)
    plain = " ".join(text.split()).casefold()
    if (
        number.casefold() not in plain
        and " ".join(str(record.get("title") or number).split()).casefold() not in plain
    ):
        raise wrong(answer, f"{expected} has neither its number nor its title")
    pages = record.get("num_pages")
    if isinstance(pages, int) and len(plain) < 250 * (pages - 1):
        raise shrunk(answer, f"{expected} has {len(plain):,} characters on {pages} pages")
    return answer


def _tell_withdrawn(visit: Visit, mine: list[Record]) -> None:
    """A paper that left the desk before the day of its printing was withdrawn, or its printing put off."""
    here = {str(record["document_number"]) for record in mine}
    for number, day in dict(visit.state.memory.get("desk", {})).items():
        if number not in here and day and date.fromisoformat(day) > visit.today:
            visit.remark(f"paper {number} left the desk before {day}, the day it was to be printed")


def _agencies(record: Record) -> set[str]:
    return {str(agency.get("slug")) for agency in record["agencies"] if isinstance(agency, Mapping)}


def _official(visit: Visit, value: Any) -> Any:
    if isinstance(value, str):
        return visit.official(value)
    if isinstance(value, Mapping):
        return {key: _official(visit, each) for key, each in value.items()}
    return [_official(visit, each) for each in value] if isinstance(value, list) else value
