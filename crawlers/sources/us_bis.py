"""The site of the Bureau of Industry and Security: what never reaches the Federal Register, from press releases to advisory opinions."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import date

from archive.records import Capture
from crawlers.card import SourceCard
from crawlers.events import Counted
from crawlers.families.release_settings import ReleaseList, ReleaseSettings, WatchedPage
from crawlers.families.releases import Office, count_releases, crawl_releases
from crawlers.settings import meaning
from crawlers.visit import Visit

OFFICE = Office(source="us_bis", under="us/bis")


@dataclass(frozen=True, slots=True, kw_only=True)
class BisSettings(ReleaseSettings):
    """Addresses as they stood in 2026; the site has been rebuilt twice since 2024."""

    lists: tuple[ReleaseList, ...] = field(
        default=(
            ReleaseList(
                url="https://www.bis.gov/news-updates",
                links=r"//(?:www|media)\.bis\.gov/(?:press-release|news-updates)/(?!federal-register-notices)[^/?#]+/?$",
            ),
            ReleaseList(
                url="https://media.bis.gov/advisory-opinions",
                links=r"//(?:www|media)\.bis\.(?:gov|doc\.gov)/\S*(?:\.pdf|/media/\S+|advisory-opinions?/[^/?#]+/?)$",
            ),
        ),
        metadata=meaning("lists of papers: tables of url, links, and optionally least and more"),
    )
    pages: tuple[WatchedPage, ...] = field(
        default=(
            WatchedPage(
                url="https://www.bis.gov/licensing/guidance-on-end-user-and-end-use-controls-and-us-person-controls",
                landmark="end-use",
            ),
            WatchedPage(
                url="https://www.bis.gov/learn-support/encryption-controls",
                landmark="encryption",
            ),
        ),
        metadata=meaning("guidance and questions that are rewritten in place: tables of url and landmark"),
    )


async def crawl(visit: Visit, settings: BisSettings) -> AsyncIterator[Capture]:
    """The papers and pages that are not held as they now are."""
    async for capture in crawl_releases(visit, OFFICE, settings):
        yield capture


async def count(visit: Visit, settings: BisSettings, first: date, last: date) -> AsyncIterator[Counted]:
    """The papers that the lists still have, day by day."""
    async for counted in count_releases(visit, settings, first, last):
        yield counted


CARD = SourceCard(
    id="us_bis",
    title="Bureau of Industry and Security: press releases, guidance and advisory opinions",
    jurisdiction="US",
    publisher="Bureau of Industry and Security",
    hosts=("www.bis.gov", "media.bis.gov", "bis.gov", "www.bis.doc.gov"),
    kind="document",
    # Releases come at any hour of Washington's working day, and some announce policy before the rule is printed.
    cadence="08:25 10:25 12:25 14:25 16:25 18:25 America/New_York on working days; 12:25 America/New_York daily",
    landmark="lists with as many papers as they always have; each paper with the words of its title and text of its own",
    legal_status="A page of the agency: it explains or announces. The rules are those in the Federal Register and the CFR.",
    licence="Public domain (17 U.S.C. 105)",
    crawl=crawl,
    settings=BisSettings,
    count=count,
)
