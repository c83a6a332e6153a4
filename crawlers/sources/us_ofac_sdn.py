"""Specially Designated Nationals: the list of the Office of Foreign Assets Control, from its Sanctions List Service."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import date

from archive.records import Capture
from crawlers.card import SourceCard
from crawlers.events import Counted
from crawlers.families.bulk_list import BulkList, ListSettings, count_list, crawl_list
from crawlers.families.bulk_list_answers import accept_sdn
from crawlers.settings import meaning
from crawlers.visit import Visit

LIST = BulkList(
    source="us_ofac_sdn",
    document="sdn",
    url="https://sanctionslistservice.ofac.treas.gov/api/download/SDN.XML",
    accept=accept_sdn,
    name="the list of Specially Designated Nationals",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SdnSettings(ListSettings):
    """The list had 10,026 entries in May 2022."""

    floor: int = field(
        default=8_000, metadata=meaning("entries that the whole list has at least; a shorter one is held")
    )


async def crawl(visit: Visit, settings: SdnSettings) -> AsyncIterator[Capture]:
    """The list, if it is not the one that is held."""
    async for capture in crawl_list(visit, settings, LIST):
        yield capture


async def count(visit: Visit, _settings: SdnSettings, _first: date, _last: date) -> AsyncIterator[Counted]:
    """Entries as published now: the list keeps no past."""
    async for counted in count_list(visit, LIST):
        yield counted


CARD = SourceCard(
    id="us_ofac_sdn",
    title="Specially Designated Nationals and Blocked Persons List",
    jurisdiction="US",
    publisher="Office of Foreign Assets Control",
    # The service answers a download by sending the client to its store of files (facts 5.2).
    hosts=("sanctionslistservice.ofac.treas.gov", "*.amazonaws.com"),
    kind="consolidated",
    # Published on any working day, several times on some.
    cadence="20 */3 * * *",
    landmark="sdnList with as many sdnEntry as its Record_Count says, each with its own uid, of the day that it states",
    legal_status="The list as OFAC publishes it as XML. Changes of lists are not a screening of parties.",
    licence="Public domain (17 U.S.C. 105)",
    crawl=crawl,
    settings=SdnSettings,
    count=count,
)
