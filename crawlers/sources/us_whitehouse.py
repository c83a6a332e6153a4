"""The White House: executive orders and other presidential actions, and OMB's memoranda, on artificial intelligence and trade."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import date

from archive.records import Capture
from crawlers.card import SourceCard
from crawlers.events import Counted
from crawlers.families.release_settings import ReleaseList, ReleaseSettings
from crawlers.families.releases import Office, count_releases, crawl_releases
from crawlers.settings import meaning
from crawlers.visit import Visit

OFFICE = Office(source="us_whitehouse", under="us/whitehouse")


@dataclass(frozen=True, slots=True, kw_only=True)
class WhiteHouseSettings(ReleaseSettings):
    """A list of WordPress with its older pages, and one page with a link for each memorandum."""

    lists: tuple[ReleaseList, ...] = field(
        default=(
            ReleaseList(
                url="https://www.whitehouse.gov/presidential-actions/",
                links=r"//www\.whitehouse\.gov/presidential-actions/\d{4}/\d{2}/[^/?#]+/?$",
                least=5,
                more="https://www.whitehouse.gov/presidential-actions/page/{page}/",
            ),
            ReleaseList(
                url="https://www.whitehouse.gov/omb/information-resources/guidance/memoranda/",
                links=r"//www\.whitehouse\.gov/wp-content/uploads/\d{4}/\d{2}/M-\d{2}-\d{2}[^/?#]*\.pdf$",
            ),
        ),
        metadata=meaning("lists of papers: tables of url, links, and optionally least and more"),
    )
    about: tuple[str, ...] = field(
        default=tuple(
            "artificial intelligence|AI|machine learning|semiconductor|semiconductors|advanced computing|data center|data centers"
            "|export|exports|export control|export controls|import|imports|trade|tariff|tariffs|duties|sanction|sanctions"
            "|outbound investment|critical minerals|arms transfer|arms transfers|International Emergency Economic Powers Act".split(
                "|"
            )
        ),
        metadata=meaning("words of which a paper must have one, of a PDF its title; none: all are taken"),
    )


async def crawl(visit: Visit, settings: WhiteHouseSettings) -> AsyncIterator[Capture]:
    """The papers that are not held as they now are."""
    async for capture in crawl_releases(visit, OFFICE, settings):
        yield capture


async def count(
    visit: Visit, settings: WhiteHouseSettings, first: date, last: date
) -> AsyncIterator[Counted]:
    """The papers that the lists still have, day by day."""
    async for counted in count_releases(visit, settings, first, last):
        yield counted


CARD = SourceCard(
    id="us_whitehouse",
    title="White House: executive orders and OMB memoranda",
    jurisdiction="US",
    publisher="Executive Office of the President",
    hosts=("www.whitehouse.gov",),
    kind="document",
    # Orders appear days before the Federal Register prints them, often in the evening of Washington.
    cadence="10:35 13:35 16:35 18:35 20:35 America/New_York daily",
    landmark="lists with as many papers as they always have; each paper with the words of its title and text of its own",
    legal_status="Text as the White House publishes it; the Federal Register's print of a presidential document is the official one.",
    licence="Public domain (17 U.S.C. 105)",
    crawl=crawl,
    settings=WhiteHouseSettings,
    count=count,
)
