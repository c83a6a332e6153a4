"""Singapore Customs: strategic goods control, its circulars and notices (facts 8.3)."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from archive.records import Capture
from crawlers.card import SourceCard
from crawlers.families.site import Site, SiteSettings, crawl_site
from crawlers.settings import meaning
from crawlers.visit import Visit

_BASE = "https://www.customs.gov.sg"

SITE = Site(
    source="sg_customs",
    landmark=re.compile("singapore customs"),
    documents=re.compile(
        r"://(?:www\.customs\.gov\.sg|isomer-user-content\.by\.gov\.sg)/(?:.*circular.*|.*strategic-goods.*|.*sgc.*)",
        re.I,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomsSettings(SiteSettings):
    """Of the circulars, those on strategic goods are taken."""

    pages: tuple[str, ...] = field(
        default=(f"{_BASE}/businesses/strategic-goods-control/overview/",),
        metadata=meaning("addresses of pages and PDFs that are watched"),
    )
    lists: tuple[str, ...] = field(
        default=(f"{_BASE}/news-and-media/circulars/",),
        metadata=meaning("addresses of lists and feeds; {year} stands for the present year"),
    )
    words: tuple[str, ...] = field(
        default=(
            "strategic goods",
            "sanction",
            "export control",
            "UNSC",
            "DPRK",
            "Iran",
            "technology",
            "dual-use",
        ),
        metadata=meaning("of what is listed, that with one of these words in its title is taken; none: all"),
    )


async def crawl(visit: Visit, settings: CustomsSettings) -> AsyncIterator[Capture]:
    """The pages and circulars that are not held as they now are."""
    async for capture in crawl_site(visit, SITE, settings):
        yield capture


CARD = SourceCard(
    id="sg_customs",
    title="Singapore Customs: strategic goods circulars",
    jurisdiction="SG",
    publisher="Singapore Customs",
    hosts=("www.customs.gov.sg", "isomer-user-content.by.gov.sg"),
    kind="document",
    # Circulars appear a few times a month and nothing counts them, so: observed every 12 hours.
    cadence="09:35 21:35 Asia/Singapore daily",
    landmark="the name of the service on each page",
    legal_status="Circulars of the customs service: the Strategic Goods (Control) Act and its orders prevail. Observed every 12 hours.",
    beyond="The Strategic Goods (Control) Act and its orders (sso.agc.gov.sg), whose provisions a script loads; pages of MDDI, IMDA and PDPC on AI.",
    licence="As the publisher says: re-use with attribution",
    crawl=crawl,
    settings=CustomsSettings,
    by_default=False,
)
