"""Papers of some days of the past: how many there were, by the Register's own count, and those that are not held.

The count is that of the API's daily facets under the same conditions as each search, which is another way to it than the list of papers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Mapping
from datetime import date
from functools import partial
from urllib.parse import urlencode

from archive.errors import Refused
from archive.records import Capture
from crawlers.acceptance import whole_json, wrong
from crawlers.events import Counted
from crawlers.families.federal_register_answers import Record, document
from crawlers.families.federal_register_api import paper
from crawlers.families.federal_register_search import BASE, must_belong, official, search
from crawlers.families.federal_register_settings import Conditions, FederalRegisterSettings
from crawlers.visit import Answer, Visit


async def count(
    visit: Visit, settings: FederalRegisterSettings, first: date, last: date
) -> AsyncIterator[Counted]:
    """Each day on which there were papers: how many, and which of them are not held. A paper that the count has and the list lacks is
    missing without a name."""
    listed: dict[str, Record] = {}
    unlisted: Counter[date] = Counter()
    for name, conditions in settings.searches().items():
        records = await search(visit, conditions, first, last)
        must_belong(records, conditions, name)
        listed |= {document(record): record for record in records}
        told = await _daily(visit, conditions, first, last)
        here = Counter(date.fromisoformat(record["publication_date"]) for record in records)
        for day, number in told.items():
            unlisted[day] = max(unlisted[day], number - here[day])
    days: dict[date, list[str]] = {day: [] for day, number in unlisted.items() if number > 0}
    for name, record in listed.items():
        days.setdefault(date.fromisoformat(record["publication_date"]), []).append(name)
    for day, names in sorted(days.items()):
        missing = sorted(name for name in names if name not in visit.state.documents)
        more = max(0, unlisted[day])
        yield Counted(
            day=day,
            what="papers",
            published=len(names) + more,
            held=len(names) - len(missing),
            missing=(*missing, *(["and a paper that the list does not show"] * more)),
        )


async def backfill(
    visit: Visit, settings: FederalRegisterSettings, first: date, last: date
) -> AsyncIterator[Capture]:
    """The papers of these days that are not held, oldest first, with their full texts."""
    listed: dict[str, Record] = {}
    for name, conditions in settings.searches().items():
        records = await search(visit, conditions, first, last)
        must_belong(records, conditions, name)
        listed |= {document(record): official(visit, record) for record in records}
    new = [record for name, record in listed.items() if name not in visit.state.documents]
    new.sort(key=lambda record: (record["publication_date"], record["document_number"]))
    visit.unchanged(len(listed) - len(new))
    for done, record in enumerate(new):
        visit.progress(done, len(new), str(record["document_number"]))
        try:
            yield await paper(visit, record)
        except Refused as refused:
            visit.gap(refused)
    visit.progress(len(new), len(new), "papers")


async def _daily(visit: Visit, conditions: Conditions, first: date, last: date) -> Mapping[date, int]:
    query = [
        *conditions,
        ("conditions[publication_date][gte]", first.isoformat()),
        ("conditions[publication_date][lte]", last.isoformat()),
    ]
    url = f"{BASE}/documents/facets/daily?{urlencode(query)}"
    return await visit.fetch(url, partial(_accept_daily, first=first, last=last))


def _accept_daily(answer: Answer, first: date, last: date) -> dict[date, int]:
    expected = "the number of papers a day"
    value = whole_json(answer, expected=expected)
    try:
        found = {date.fromisoformat(day): int(row["count"]) for day, row in value.items()}
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise wrong(answer, f"{expected} is told in another form ({error})") from None
    if any(not first <= day <= last for day in found):
        raise wrong(answer, f"{expected} is told of other days than was asked for")
    return found
