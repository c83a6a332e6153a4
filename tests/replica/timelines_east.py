"""The sites of METI and MOFCOM, with all that can happen to a paper."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tests.replica.faults import Reply
from tests.replica.script import DAYS, POINTS, Script, page, step
from tests.replica.sites import atom, framed, links, pdf, rdf
from tests.replica.timeline import Paper, Row, Step

# ── 経済産業省 ─────────────────────────────────────────────────────────────────────────────────────

_METI, _CALLS = "www.meti.go.jp", "public-comment.e-gov.go.jp"
_LAW09, _PRESS = f"{_METI}/policy/anpo/law09.html", f"{_METI}/ml_index_release_atom.xml"
_TRADE = f"{_METI}/english/policy/external_economy/trade_control/index.html"
_COMMENTS = f"{_CALLS}/rss/pcm_list.xml"
_TUTATU = f"{_METI}/policy/anpo/law_document/tutatu"


def _meti(title: str, *words: str) -> Reply:
    more = (f"第{n}に、見本の貨物の区分{n}について定める。" for n in range(1, 7))
    return page(title, *words, *more, site="経済産業省", language="ja")


def _release(number: int, day: int, *words: str) -> tuple[Step, ...]:
    at = f"{_METI}/press/2031/04/2031040{number}001/2031040{number}001.html"
    return (step(day, at, _meti("安全保障貿易管理の見本", *words)),)


def meti() -> Script:
    """A notice that is replaced and then moves, a list of end users with a new address at every revision, a page of answers that goes and comes back."""
    qanda = f"{_METI}/policy/anpo/qanda.html"
    answers = _meti("見本Q&A", "問一　見本は何をいうか。", "答　水時計をいう。")
    notice = (
        step(
            0,
            f"{_TUTATU}/31fy/unyou.pdf",
            pdf("Notice on sextants", *POINTS, "A licence is needed for 3 or more."),
        ),
        step(
            1,
            f"{_TUTATU}/31fy/unyou.pdf",
            pdf("Notice on sextants", *POINTS, "A licence is needed for 2 or more."),
        ),
        step(
            2,
            f"{_TUTATU}/32fy/unyou.pdf",
            pdf("Notice on sextants", *POINTS, "A licence is needed for 2 or more."),
        ),
    )
    users = tuple(
        step(
            day,
            f"{_METI}/english/press/2031/pdf/{name}.pdf",
            pdf("End users", *POINTS, f"Total {total} entities."),
        )
        for day, name, total in ((0, "0402_001a", 835), (2, "0404_001a", 837))
    )
    papers = (
        Paper(
            title="",
            steps=(
                step(
                    0, f"{_METI}/policy/anpo/index.html", _meti("安全保障貿易管理", "窓口は午前十時に開く。")
                ),
                step(
                    1, f"{_METI}/policy/anpo/index.html", _meti("安全保障貿易管理", "窓口は午前九時に開く。")
                ),
            ),
        ),
        Paper(title="見本の運用通達", lists=(_LAW09,), steps=notice),
        Paper(
            title="輸出管理の見本Q&A",
            lists=(_LAW09,),
            steps=(step(0, qanda, answers), step(3), step(7, qanda, answers)),
        ),
        Paper(title="様式", lists=(_LAW09,), steps=(step(0, f"{_TUTATU}/form.pdf", pdf("Form", *POINTS)),)),
        Paper(title="Foreign End User List", lists=(_TRADE,), steps=users),
        Paper(
            title="安全保障貿易の見本を公表しました",
            lists=(_PRESS,),
            steps=(
                *_release(1, 0, "見本を公表した。"),
                Step(
                    day=DAYS[2],
                    at=_release(1, 0, "見本を公表した。")[0].at,
                    reply=_release(1, 0, "見本を公表した。")[0].reply,
                    listed=False,
                ),
                Step(
                    day=DAYS[4],
                    at=_release(1, 0)[0].at,
                    reply=_release(1, 0, "見本を公表し、後に訂正した。")[0].reply,
                    listed=False,
                ),
            ),
        ),
        Paper(title="輸出貿易管理令の見本改正", lists=(_PRESS,), steps=_release(3, 1, "見本を改正した。")),
        # The same words as last week's, and another paper: that one stands where it stood.
        Paper(
            title="安全保障貿易の見本を公表しました",
            lists=(_PRESS,),
            steps=_release(5, 4, "次の見本を公表した。"),
        ),
        Paper(title="米の見本市", lists=(_PRESS,), steps=_release(2, 0, "米。"), wanted=False),
        Paper(
            title="輸出貿易管理令の見本改正案に対する意見募集",
            lists=(_COMMENTS,),
            steps=(
                step(
                    0,
                    f"{_CALLS}/pcm/detail?CLASSNAME=PCMMSTDETAIL&id=595000001",
                    page(
                        "意見募集",
                        *("意見を受け付ける。",) * 7,
                        site="e-Govパブリック・コメント",
                        language="ja",
                    ),
                ),
            ),
        ),
    )
    return Script(
        source="jp_meti",
        papers=papers,
        listings={
            _LAW09: lambda rows: framed("改正情報", links(rows), site="経済産業省", language="ja"),
            _TRADE: lambda rows: framed(
                "Trade control", links(rows), site="Ministry of Economy, Trade and Industry"
            ),
            _PRESS: lambda rows: atom("報道発表", rows),
            _COMMENTS: lambda rows: rdf("意見募集", rows),
        },
        settings={
            "pages": [f"https://{_METI}/policy/anpo/index.html"],
            "lists": [f"https://{one}" for one in (_LAW09, _TRADE, _PRESS, _COMMENTS)],
        },
    )


# ── 商务部 ─────────────────────────────────────────────────────────────────────────────────────────

_MOFCOM, _BUREAU, _CONTROL = "www.mofcom.gov.cn", "aqygzj.mofcom.gov.cn", "exportcontrol.mofcom.gov.cn"
_YEAR = f"{_MOFCOM}/zcfb/blgg/gg/2031/index.html"
_UNIT = f"{_BUREAU}/api-gateway/jpaas-publish-server/front/page/build/unit?pageId=1"
_COLUMN = f"{_CONTROL}/edi_ecms_web_front/front/column/getColumnList?pageNumber=1&columnID=13"


def _mofcom(title: str, *words: str, **how: Any) -> Reply:
    more = (f"（{one}）第{one}种样品。" for one in "一二三四五六")
    return page(
        title, *words, *more, "本公告自公布之日起施行。", site="中华人民共和国商务部", language="zh-CN", **how
    )


def _columns(rows: Sequence[Row]) -> Reply:
    said = [
        {
            "title": title,
            "url": url.partition(_CONTROL)[2],
            "publishTimeStr": day,
            "source": "商务部",
            "id": n,
        }
        for n, (url, title, day) in enumerate(rows)
    ]
    return Reply(
        body=json.dumps({"pageInfo": {"rows": said}}, ensure_ascii=False).encode(),
        media_type="application/json",
    )


def _wrapped(rows: Sequence[Row]) -> Reply:
    said = {"success": True, "data": {"html": links(rows)}}
    return Reply(body=json.dumps(said, ensure_ascii=False).encode(), media_type="application/json")


def mofcom() -> Script:
    """Announcements by the year, rules of the bureau in GB2312, laws that are asked for by a form, one of the unreliable entity list that is withdrawn."""

    def announcement(number: int, title: str, day: int, *words: str) -> Paper:
        at = f"{_MOFCOM}/zcfb/blgg/art/2031/art_{number:032x}.html"
        head = f"商务部公告2031年第{number}号 {title}"
        return Paper(title=head, lists=(_YEAR,), steps=(step(day, at, _mofcom(head, *words)),))

    rules = f"{_BUREAU}/flzc/gzjgfxwj/art/2031/art_{2:032x}.html"
    law = f"{_CONTROL}/article/zcfg/gnzcfg/flfg/203103/{{}}.html"
    unreliable = f"{_MOFCOM}/zcfb/blgg/art/2031/art_{7:032x}.html"
    entity = _mofcom(
        "不可靠实体清单工作机制公告〔2031〕2号", "决定将样品公司（Sample Corp.）列入不可靠实体清单。"
    )
    papers = (
        announcement(9, "公布对六分仪实施出口管制的决定", 0, "一、六分仪。"),
        announcement(12, "公布对水时计实施出口管制的决定", 1, "一、水时计。"),
        announcement(13, "关于暂停实施商务部公告2031年第9号的决定", 4, "一、自即日起暂停实施。"),
        replace(announcement(8, "关于地毯展览会的公告", 0, "一、地毯。"), wanted=False),
        Paper(
            title="不可靠实体清单工作机制公告〔2031〕2号",
            lists=(_YEAR,),
            steps=(step(0, unreliable, entity), step(3), step(7, unreliable, entity)),
        ),
        Paper(
            title="两用物项出口管制见本规定",
            lists=(_UNIT,),
            steps=tuple(
                step(
                    day, rules, _mofcom("两用物项出口管制见本规定", f"一、不得借给{whom}。", charset="gb2312")
                )
                for day, whom in ((0, "他人"), (2, "任何人"))
            ),
        ),
        Paper(
            title="样品管理法",
            lists=(_COLUMN,),
            steps=(
                step(0, law.format("1001"), _mofcom("样品管理法", "一、样品应当登记。")),
                step(2, law.format("1009"), _mofcom("样品管理法", "一、样品应当登记。")),
            ),
        ),
        Paper(
            title="样品检验法",
            lists=(_COLUMN,),
            steps=(step(1, law.format("1002"), _mofcom("样品检验法", "一、样品应当检验。")),),
        ),
    )
    return Script(
        source="cn_mofcom",
        papers=papers,
        listings={
            _YEAR: lambda rows: framed("公告", links(rows), site="商务部", language="zh-CN"),
            _UNIT: _wrapped,
            _COLUMN: _columns,
        },
        settings={
            "lists": [
                f"https://{_MOFCOM}/zcfb/blgg/gg/{{year}}/index.html",
                f"http://{_UNIT}",
                f"http://{_COLUMN}",
            ]
        },
        scheme="http",
    )
