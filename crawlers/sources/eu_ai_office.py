"""The Commission's pages on the AI Act: guidelines, the code of practice, standards, questions and answers (facts 7.6)."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from archive.records import Capture
from crawlers.card import SourceCard
from crawlers.families.site import Site, SiteSettings, crawl_site
from crawlers.settings import meaning
from crawlers.visit import Visit

_DIGITAL = "https://digital-strategy.ec.europa.eu/en"
_DESK = "https://ai-act-service-desk.ec.europa.eu/en"

SITE = Site(
    source="eu_ai_office",
    landmark=re.compile("european commission|shaping europe.s digital future|ai act service desk"),
    documents=re.compile(
        r"://digital-strategy\.ec\.europa\.eu/en/(?:library|policies|faqs?|news|consultations|factpages|events)/.+"
        r"|://ai-act-service-desk\.ec\.europa\.eu/en/.+"
        r"|://ec\.europa\.eu/newsroom/dae/redirection/document/\d+"
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AiOfficeSettings(SiteSettings):
    """Of what the site lists, that on artificial intelligence is taken."""

    pages: tuple[str, ...] = field(
        default=(
            f"{_DIGITAL}/policies/regulatory-framework-ai",
            f"{_DIGITAL}/policies/ai-office",
            f"{_DIGITAL}/policies/guidelines-gpai-providers",
            f"{_DIGITAL}/policies/contents-code-gpai",
            f"{_DIGITAL}/policies/ai-act-standardisation",
            f"{_DESK}/faq",
        ),
        metadata=meaning("addresses of pages and PDFs that are watched"),
    )
    lists: tuple[str, ...] = field(
        default=(f"{_DIGITAL}/rss.xml",),
        metadata=meaning("addresses of lists and feeds; {year} stands for the present year"),
    )
    words: tuple[str, ...] = field(
        default=(
            "AI Act",
            "artificial intelligence",
            "general-purpose AI",
            "GPAI",
            "AI Office",
            "AI system",
            "AI model",
            "AI continent",
            "code of practice",
            "high-risk",
        ),
        metadata=meaning("of what is listed, that with one of these words in its title is taken; none: all"),
    )


async def crawl(visit: Visit, settings: AiOfficeSettings) -> AsyncIterator[Capture]:
    """The pages and papers that are not held as they now are."""
    async for capture in crawl_site(visit, SITE, settings):
        yield capture


CARD = SourceCard(
    id="eu_ai_office",
    title="AI Office: guidelines, codes of practice, standards and answers",
    jurisdiction="EU",
    publisher="European Commission, AI Office",
    hosts=("digital-strategy.ec.europa.eu", "ai-act-service-desk.ec.europa.eu", "ec.europa.eu"),
    kind="document",
    # Answers change silently and nothing counts the changes, so: observed every 6 hours.
    cadence="04:45 10:45 16:45 22:45 Europe/Brussels daily",
    landmark="the name of the Commission or of the site on each page",
    legal_status="Pages of the Commission: they explain the AI Act and are not law. Observed every 6 hours.",
    beyond="The press corner and the pages of other Directorates-General; documents that only a script lists.",
    licence="Commission Decision 2011/833/EU (re-use with attribution)",
    crawl=crawl,
    settings=AiOfficeSettings,
    by_default=False,
)
