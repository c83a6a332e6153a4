"""METI's pages on security export control: what is new, notices, press releases, calls for comments (facts 6.5 and 6.6)."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from archive.records import Capture
from crawlers.card import SourceCard
from crawlers.families.site import Site, SiteSettings, crawl_site
from crawlers.settings import meaning
from crawlers.visit import Visit

SITE = Site(
    source="jp_meti",
    landmark=re.compile("経済産業省|パブリック・?コメント|ministry of economy, trade and industry"),
    documents=re.compile(
        r"://www\.meti\.go\.jp/(?:policy/anpo/.+|press/\d{4}/\d{2}/\d+/\d+\.html|english/.*trade_control/.+|(?:english/)?press/.+\.pdf)"
        r"|://public-comment\.e-gov\.go\.jp/.*detail\?.*id=\d+"
    ),
    # Every notice (通達, 告示) that a page of this matter links is one of it, whatever its link says.
    always=re.compile(r"://www\.meti\.go\.jp/policy/anpo/law_document/.+\.pdf", re.I),
)
_ANPO = "https://www.meti.go.jp/policy/anpo"
_ENGLISH = "https://www.meti.go.jp/english/policy/external_economy/trade_control/index.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class MetiSettings(SiteSettings):
    """Of press releases and calls for comments, those on export control are taken."""

    pages: tuple[str, ...] = field(
        default=(
            f"{_ANPO}/index.html",
            f"{_ANPO}/law00.html",
            f"{_ANPO}/law05.html",
            f"{_ANPO}/law09.html",
            f"{_ANPO}/law09-2.html",
            _ENGLISH,
        ),
        metadata=meaning("addresses of pages and PDFs that are watched"),
    )
    lists: tuple[str, ...] = field(
        # The notices in force stand on law00 and law05, amendments on law09; the English page has the Foreign End User List, at a new address with
        # every revision; calls for comments and their results are feeds of the whole government.
        default=(
            f"{_ANPO}/law00.html",
            f"{_ANPO}/law05.html",
            f"{_ANPO}/law09.html",
            f"{_ANPO}/law09-2.html",
            _ENGLISH,
            "https://www.meti.go.jp/ml_index_release_atom.xml",
            "https://public-comment.e-gov.go.jp/rss/pcm_list.xml",
            "https://public-comment.e-gov.go.jp/rss/pcm_result.xml",
        ),
        metadata=meaning("addresses of lists and feeds; {year} stands for the present year"),
    )
    words: tuple[str, ...] = field(
        default=(
            "安全保障貿易",
            "輸出貿易管理",
            "外国為替",
            "外為法",
            "外為令",
            "輸出令",
            "貨物等省令",
            "運用通達",
            "役務通達",
            "役務取引",
            "外国ユーザーリスト",
            "キャッチオール",
            "経済安全保障",
            "輸出管理",
            "輸出者等遵守基準",
            "人工知能",
            "end user list",
        ),
        metadata=meaning("of what is listed, that with one of these words in its title is taken; none: all"),
    )


async def crawl(visit: Visit, settings: MetiSettings) -> AsyncIterator[Capture]:
    """The pages and notices that are not held as they now are."""
    async for capture in crawl_site(visit, SITE, settings):
        yield capture


CARD = SourceCard(
    id="jp_meti",
    title="安全保障貿易管理: METI's pages, notices and press releases",
    jurisdiction="JP",
    publisher="経済産業省 (Ministry of Economy, Trade and Industry)",
    hosts=("www.meti.go.jp", "public-comment.e-gov.go.jp"),
    kind="document",
    # Pages change at any hour of a Tokyo working day and nothing counts the changes, so: observed every 6 hours.
    cadence="03:15 09:15 15:15 21:15 Asia/Tokyo daily; 11:15 13:15 17:15 Asia/Tokyo on working days",
    landmark="the name of the ministry, or of the public comment system, on each page",
    legal_status="Notices (通達) and pages of the ministry: the orders and ordinances in the Official Gazette prevail. Observed every 6 hours.",
    beyond="The Official Gazette (官報), tables as Excel files, pages that none of the watched pages and lists links.",
    licence="政府標準利用規約 2.0 (compatible with CC BY 4.0)",
    language="ja",
    crawl=crawl,
    settings=MetiSettings,
    by_default=False,
)
