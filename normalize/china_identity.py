"""What a Chinese document is called: announcements by their number, statutes by their name, other pages by their address."""

from __future__ import annotations

import re
from datetime import date

from archive.records import Fact
from normalize.china_marks import number_of
from normalize.page_identity import work_of
from normalize.page_profile import PageProfile
from normalize.profile import Hints

# The number is the identity, one series for each issuing body and year: 商务部 海关总署公告2025年第18号, 公告〔2025〕1号.
_ANNOUNCEMENT = re.compile(
    r"(?P<issuer>[\u4e00-\u9fff\s、]{2,40}?)?公\s*告\s*[〔\[（(]?\s*(?P<year>\d{4})\s*[〕\]）)]?\s*年?\s*第?\s*(?P<number>[0-9一二三四五六七八九十百零〇]{1,6})\s*号"
)
_STATUTE = re.compile(
    r"[\u4e00-\u9fff（）()《》〈〉、\s]{2,60}(?:法|条例|规定|办法|细则|决定|目录|清单)(?:（[^）]{1,20}）)?"
)
_STATE = "中华人民共和国"
_UNRELIABLE = "不可靠实体清单工作机制"
_MOFCOM = ("商务部", "exportcontrol.mofcom.gov.cn", "mofcom.gov.cn")
_BLANK = re.compile(r"\s+")
# 自即日起至2026年11月10日，暂停实施商务部公告2025年第55号: a suspension ends on a day with no edit (facts 8.4).
_SUSPENDED = re.compile(
    r"(?:至|截至|到)\s*(?P<y>\d{4})年(?P<m>\d{1,2})月(?P<d>\d{1,2})日[^。；]{0,40}?(?:暂停|停止|中止)"
    r"|(?:暂停|停止|中止)[^。；]{0,80}?(?:至|截至|到)\s*(?P<y2>\d{4})年(?P<m2>\d{1,2})月(?P<d2>\d{1,2})日"
)
_EFFECTIVE = re.compile(
    r"(?:自|于)\s*(?P<y>\d{4})年(?P<m>\d{1,2})月(?P<d>\d{1,2})日(?:起)?(?:施行|实施|生效|正式实施|执行)|本(?:公告|办法|规定|条例|法)自(?P<now>(?:公布|发布)之日)起"
)


def china_work(title: str, opening: str, hints: Hints, profile: PageProfile) -> tuple[str, str]:
    """The path of the work and its kind: ``cn/mofcom/2025/18`` for an announcement, ``cn/law/<name>`` for a statute handed in without
    an address, else ``cn/<host>/<path>``."""
    said = hints.meta.get("work")
    if isinstance(said, str) and said:
        return said, "document"
    for text in (title, opening):
        if found := _ANNOUNCEMENT.search(text):
            issuer = "".join((found["issuer"] or "").split())
            body = _body(issuer, hints.url)
            return f"cn/{body}/{found['year']}/{number_of(found['number'])}", "document"
    name = _BLANK.sub("", title).removeprefix(_STATE).strip("《》")
    if "://" not in (hints.url or hints.document) and _STATUTE.fullmatch(_BLANK.sub("", title)):
        return f"cn/law/{name}", "consolidated"
    work = work_of(hints, profile, title)
    work = work if work.startswith("cn/") else f"cn/{work.split('/', 1)[1]}"
    return work, "consolidated" if _STATUTE.fullmatch(_BLANK.sub("", title)) else "document"


def _body(issuer: str, url: str) -> str:
    if _UNRELIABLE in issuer:
        return "uel"
    if any(name in issuer for name in _MOFCOM) or not issuer:
        return "mofcom"
    return re.split(r"[、\s]", issuer)[0][-20:]


def china_facts(text: str) -> tuple[Fact, ...]:
    """From when it applies, and until when it suspends another, as its own words say."""
    facts: list[Fact] = []
    for found in _EFFECTIVE.finditer(text):
        if found["y"] and (day := _day(found["y"], found["m"], found["d"])):
            facts.append(Fact(name="effective", value=day, words=found.group()))
    for found in _SUSPENDED.finditer(text):
        year, month, number = (found[name] or found[f"{name}2"] for name in "ymd")
        if day := _day(year, month, number):
            facts.append(Fact(name="suspended_until", value=day, words=found.group()))
    return tuple(dict.fromkeys(facts))


def _day(year: str, month: str, day: str) -> str:
    """As ISO has it, "" for what is no day."""
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""
