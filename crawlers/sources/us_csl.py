"""The Consolidated Screening List: a dozen lists of parties in one file, by the International Trade Administration."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import date

from archive.records import Capture
from crawlers.card import SourceCard
from crawlers.events import Counted
from crawlers.families.bulk_list import BulkList, ListSettings, count_list, crawl_list
from crawlers.families.bulk_list_answers import accept_csl
from crawlers.settings import meaning
from crawlers.visit import Visit

LIST = BulkList(
    source="us_csl",
    document="consolidated",
    url="https://data.trade.gov/downloadable_consolidated_screening_list/v1/consolidated.csv",
    accept=accept_csl,
    name="the Consolidated Screening List",
    # The lists that it always had; SDN, ISN and DTC have each been missing for a day (facts 5.1).
    parts=("(EL)", "(DPL)", "(UVL)", "(SDN)", "(ISN)", "(DTC)"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CslSettings(ListSettings):
    """The whole list had 14,160 entries in May 2022 and has grown since."""

    floor: int = field(
        default=10_000, metadata=meaning("entries that the whole list has at least; a shorter one is held")
    )


async def crawl(visit: Visit, settings: CslSettings) -> AsyncIterator[Capture]:
    """The list, if it is not the one that is held."""
    async for capture in crawl_list(visit, settings, LIST):
        yield capture


async def count(visit: Visit, _settings: CslSettings, _first: date, _last: date) -> AsyncIterator[Counted]:
    """Entries as published now: the list keeps no past."""
    async for counted in count_list(visit, LIST):
        yield counted


CARD = SourceCard(
    id="us_csl",
    title="Consolidated Screening List",
    jurisdiction="US",
    publisher="International Trade Administration",
    hosts=("data.trade.gov",),
    kind="consolidated",
    # Refreshed daily at about 05:00 in Washington, 09:00 or 10:00 UTC.
    cadence="05:30 11:30 America/New_York daily",
    landmark="the header of the list, every record whole, each of its lists as long as before",
    legal_status=(
        "A copy for convenience: the lists of BIS, Treasury and State prevail. Changes of lists are not a screening of parties."
    ),
    licence="Public domain (17 U.S.C. 105)",
    crawl=crawl,
    settings=CslSettings,
    moves=10,
    count=count,
)
