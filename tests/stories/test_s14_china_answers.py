"""S14: China announces controls, then suspends them until a day: the codes and names in Chinese, the end of the suspension in the calendar."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from tests.replica.sites import framed, links, paragraphs
from tests.sources.cn_mofcom import replica as mofcom
from tests.stories.running import story

NEXT = timedelta(days=1)
SUSPENDED = "/zcfb/blgg/art/2031/art_3123456789abcdef0123456789abcdef.html"
SETTINGS = {"lists": mofcom.SETTINGS["lists"][:1]}


def listed(*items: tuple[str, str, str]) -> object:
    return framed("公告", links(items), site=mofcom.SITE, language="zh-CN")


def test_an_announcement_and_its_suspension_are_told_in_chinese_and_its_end_is_in_the_calendar(
    tmp_path: Path,
) -> None:
    with mofcom.server() as replica:
        first = replica.pages.pop(mofcom.HOST + mofcom.SEXTANTS)
        carpets = (mofcom.CARPETS, "商务部公告2031年第8号 关于两用物项许可证管理的公告", "2031-03-31")
        replica.pages[mofcom.HOST + mofcom.CARPETS] = framed(
            "商务部公告2031年第8号",
            paragraphs("现公布许可证的办理时间。"),
            site=mofcom.SITE,
            language="zh-CN",
        )
        replica.pages[mofcom.HOST + mofcom.LIST] = listed(carpets)
        told = story(
            tmp_path,
            replica,
            "cn_mofcom",
            SETTINGS,
            all={"sources": ["cn_mofcom"]},
            americans={"countries": ["US"]},
            optics={"technologies": ["X1"]},
        )
        assert told.on(mofcom.DAY) == []

        replica.pages[mofcom.HOST + mofcom.SEXTANTS] = framed(
            "商务部公告2031年第9号 公布对极紫外光刻设备相关物项实施出口管制的决定",
            paragraphs(
                "一、1C901.a 镓相关物项（参考海关商品编号：2804619011）。",
                "二、极紫外光刻设备。",
                "三、原则上不予许可向美国军事用户出口。",
                "本公告自公布之日起施行。",
            ),
            site=mofcom.SITE,
            language="zh-CN",
        )
        sextants = (
            mofcom.SEXTANTS,
            "商务部公告2031年第9号 公布对极紫外光刻设备相关物项实施出口管制的决定",
            "2031-04-03",
        )
        replica.pages[mofcom.HOST + mofcom.LIST] = listed(sextants, carpets)
        announced = told.on(mofcom.DAY + NEXT)
        codes = told.touched("code")

        replica.pages[mofcom.HOST + SUSPENDED] = framed(
            "商务部公告2031年第12号 关于暂停实施商务部公告2031年第9号的决定",
            paragraphs("自即日起至2031年11月10日，暂停实施商务部公告2031年第9号。"),
            site=mofcom.SITE,
            language="zh-CN",
        )
        replica.pages[mofcom.HOST + mofcom.LIST] = listed(
            (SUSPENDED, "商务部公告2031年第12号 关于暂停实施商务部公告2031年第9号的决定", "2031-04-10"),
            sextants,
            carpets,
        )
        suspended = told.on(mofcom.DAY + 8 * NEXT)
        calendar = told.place.run("calendar").stdout
        soon = told.on(date(2031, 11, 3))
    assert first.body
    assert {alert["watch"] for alert in announced} == {"all", "americans", "optics"}
    assert any("1C901" in code for code in codes), codes
    assert "暂停实施" in str(suspended)
    assert "2031-11-10" in calendar
    assert any("2031-11-10" in str(alert) for alert in soon), "seven days ahead, though no text changed"
