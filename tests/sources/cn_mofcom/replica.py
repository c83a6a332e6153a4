"""An invented year of announcements: one on export control in UTF-8 without a declaration, one in GB2312, one on carpets that is left out."""

import json
from datetime import date
from typing import Any

from tests.replica.faults import Reply
from tests.replica.server import Replica
from tests.replica.sites import framed, links, paragraphs

DAY = date(2031, 4, 2)
HOST, BUREAU = "www.mofcom.gov.cn", "aqygzj.mofcom.gov.cn"
SITE = "中华人民共和国商务部"
LIST = "/zcfb/blgg/gg/2031/index.html"
UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"
SEXTANTS, CARPETS, RULES = (
    "/zcfb/blgg/art/2031/art_0123456789abcdef0123456789abcdef.html",
    "/zcfb/blgg/art/2031/art_1123456789abcdef0123456789abcdef.html",
    "/flzc/gzjgfxwj/art/2031/art_2123456789abcdef0123456789abcdef.html",
)
SETTINGS: dict[str, Any] = {
    "lists": [f"https://{HOST}/zcfb/blgg/gg/{{year}}/index.html", f"http://{BUREAU}{UNIT}?pageId=1"]
}


def server() -> Replica:
    """The site as it is at first."""
    unit = {"success": True, "data": {"html": links([(RULES, "两用物项出口管制见本规定", "2031-03-30")])}}
    return Replica(
        today=DAY,
        pages={
            HOST + LIST: framed(
                "公告",
                links(
                    [
                        (SEXTANTS, "商务部公告2031年第9号 公布对六分仪实施出口管制的决定", "2031-04-01"),
                        (CARPETS, "商务部公告2031年第8号 关于地毯展览会的公告", "2031-03-31"),
                    ]
                ),
                site=SITE,
                language="zh-CN",
            ),
            HOST + SEXTANTS: framed(
                "商务部公告2031年第9号 公布对六分仪实施出口管制的决定",
                paragraphs(
                    "根据有关规定，决定对下列物项实施出口管制：",
                    "一、六分仪（参考海关商品编号：9014100000）。",
                    "二、出口经营者应当申请许可。",
                    "本公告自2031年5月1日起施行。",
                ),
                site=SITE,
                language="zh-CN",
                declared=False,
            ),
            BUREAU + UNIT: Reply(
                body=json.dumps(unit, ensure_ascii=False).encode(), media_type="application/json"
            ),
            BUREAU + RULES: framed(
                "两用物项出口管制见本规定",
                paragraphs("第一条　为了保管六分仪，制定本规定。", "第二条　六分仪不得借给他人。"),
                site=SITE,
                language="zh-CN",
                charset="gb2312",
            ),
        },
    )
