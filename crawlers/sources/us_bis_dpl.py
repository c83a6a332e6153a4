"""The Denied Persons List of the Bureau of Industry and Security, as the tab-separated file it has always been."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import date

from archive.records import Capture
from crawlers.card import SourceCard
from crawlers.events import Counted
from crawlers.families.bulk_list import BulkList, ListSettings, count_list, crawl_list
from crawlers.families.bulk_list_answers import accept_dpl
from crawlers.settings import meaning
from crawlers.visit import Visit

LIST = BulkList(
    source="us_bis_dpl",
    document="dpl",
    url="https://www.bis.doc.gov/dpl/dpl.txt",
    accept=accept_dpl,
    name="the Denied Persons List",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DplSettings(ListSettings):
    """The list had 545 orders in July 2019, 665 in November 2023."""

    floor: int = field(
        default=300, metadata=meaning("entries that the whole list has at least; a shorter one is held")
    )


async def crawl(visit: Visit, settings: DplSettings) -> AsyncIterator[Capture]:
    """The list, if it is not the one that is held."""
    async for capture in crawl_list(visit, settings, LIST):
        yield capture


async def count(visit: Visit, _settings: DplSettings, _first: date, _last: date) -> AsyncIterator[Counted]:
    """Entries as published now: the list keeps no past."""
    async for counted in count_list(visit, LIST):
        yield counted


CARD = SourceCard(
    id="us_bis_dpl",
    title="Denied Persons List",
    jurisdiction="US",
    publisher="Bureau of Industry and Security",
    hosts=("www.bis.doc.gov",),
    kind="consolidated",
    cadence="06:45 17:45 America/New_York daily",
    landmark="the header of the list, every record whole, most of the orders of the last one",
    legal_status=(
        "A list for convenience: the denial orders as published in the Federal Register are official. "
        "Changes of lists are not a screening of parties."
    ),
    licence="Public domain (17 U.S.C. 105)",
    crawl=crawl,
    settings=DplSettings,
    count=count,
)
