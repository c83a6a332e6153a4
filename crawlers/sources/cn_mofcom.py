"""China's export control: announcements of the Ministry of Commerce, and its bureau's lists of law (facts 8.4)."""

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
    source="cn_mofcom",
    landmark=re.compile("商务部|出口管制|国家互联网信息办公室"),
    documents=re.compile(
        r"://\w+\.mofcom\.gov\.cn/(?:.*/)?art/\d{4}/art_[0-9a-f]{32}\.html"
        r"|://exportcontrol\.mofcom\.gov\.cn/article/.+\.s?html"
        r"|://www\.cac\.gov\.cn/\d{4}-\d{2}/\d{2}/c_\d+\.htm"
    ),
    # The laws, regulations and rules of the ministry's own site on export control are on that matter whatever they are called.
    always=re.compile(r"://exportcontrol\.mofcom\.gov\.cn/article/"),
    posted=re.compile(r"://exportcontrol\.mofcom\.gov\.cn/edi_ecms_web_front/"),
    has_shells=True,
)
_COLUMN = (
    "http://exportcontrol.mofcom.gov.cn/edi_ecms_web_front/front/column/getColumnList?pageNumber=1&columnID="
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MofcomSettings(SiteSettings):
    """Of the announcements, those on export control and on entities are taken."""

    lists: tuple[str, ...] = field(
        # Columns 13 to 15 are laws, regulations and rules, 1 and 2 what is new.
        default=(
            "https://www.mofcom.gov.cn/zcfb/blgg/gg/{year}/index.html",
            *(f"{_COLUMN}{number}" for number in (13, 14, 15, 1, 2)),
        ),
        metadata=meaning(
            "addresses of lists and feeds; {year} stands for the present year; those of exportcontrol.mofcom.gov.cn are asked by a form"
        ),
    )
    words: tuple[str, ...] = field(
        default=(
            "出口管制",
            "两用物项",
            "管控名单",
            "关注名单",
            "不可靠实体",
            "禁止出口",
            "限制出口",
            "稀土",
            "许可证管理目录",
            "人工智能",
            "暂停实施",
        ),
        metadata=meaning("of what is listed, that with one of these words in its title is taken; none: all"),
    )


async def crawl(visit: Visit, settings: MofcomSettings) -> AsyncIterator[Capture]:
    """The announcements that are not held as they now are."""
    async for capture in crawl_site(visit, SITE, settings):
        yield capture


CARD = SourceCard(
    id="cn_mofcom",
    title="商务部公告: announcements on export control",
    jurisdiction="CN",
    publisher="商务部 (Ministry of Commerce)",
    hosts=(
        "www.mofcom.gov.cn",
        "http://aqygzj.mofcom.gov.cn",
        "http://exportcontrol.mofcom.gov.cn",
        "www.cac.gov.cn",
    ),
    kind="document",
    # Announcements appear at any hour of a Beijing day and nothing counts them, so: observed every 6 hours. The hosts refuse
    # foreign addresses now and then: that is a gap in what was observed, never a withdrawal.
    cadence="03:05 09:05 15:05 21:05 Asia/Shanghai daily",
    landmark="the name of the ministry or of the matter on each page",
    legal_status="The ministry's own publication of its announcements, which have force of law as published. Observed every 6 hours.",
    beyond=(
        "The lists of the Bureau of Security and Control (aqygzj.mofcom.gov.cn), whose addresses hold ids that are not published: name them in lists. "
        "Of exportcontrol.mofcom.gov.cn the first page of each column, and no article that a script fills. Annexes as DOC or OFD."
    ),
    licence="Not subject to copyright (Copyright Law of the People's Republic of China, article 5)",
    language="zh-Hans",
    crawl=crawl,
    settings=MofcomSettings,
    by_default=False,
)
