"""The numbering of Chinese law: 编章节 over 条, 款 without numbers, （一） 项, 1. 目; and the numbers of announcements, 一、（一）1.（1）.

An address follows the citation: 第四条 is ``art-4``, its second paragraph (第二款) ``art-4.p2``, the third item of that (第三项)
``art-4.p2.3``; 第二章第一节 is ``ch-2.sec-1``. The first paragraph of an article is the article's own text, so that
第四条第三项 is ``art-4.3``. A code of the dual-use list is cited without its place and stands alone: ``1C902.a``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.vocabulary.japanese_numerals import to_int

_NUMERAL = "[一二三四五六七八九十百千零〇两兩○0-9０-９]+"
DIVISION = re.compile(
    rf"第(?P<number>{_NUMERAL})(?P<unit>部分|[编編篇章节節])(?:\s+|(?=\W)|$|(?=[^\s的规規所之]))(?P<words>.{{0,60}})$"
)
ARTICLE = re.compile(
    rf"(?P<num>第(?P<number>{_NUMERAL})[条條](?:之(?P<of>{_NUMERAL}))?)(?P<gap>[\s　：:]+|(?=【)|$)"
)
#: When a text was made, published or amended: the line under the title of a statute, rewritten by each amendment.
PROMULGATION = re.compile(r"[（(]?\s*\d{4}年\d{1,2}月\d{1,2}日.*(?:公布|发布|通过|修订|修正|令)")
ANNEX = re.compile(
    rf"(?P<num>附\s*[件录錄表](?:\s*(?P<number>{_NUMERAL}))?)(?:\s*[：:]\s*|\s+|$)(?P<words>.{{0,120}})$"
)
DATE_LINE = re.compile(rf"(?:{_NUMERAL}|[0-9０-９]{{4}})\s*年\s*{_NUMERAL}\s*月\s*{_NUMERAL}\s*日")
#: A paragraph that speaks of the whole document: from when it applies, what it repeals, that it is hereby announced (特此公告).
CLOSING = re.compile(
    r"(?:本(?:公告|决定|決定|通知|通告|公示|令|规定|規定|办法|辦法|条例|條例|清单|清單|目录|名单|措施|规则|细则)[^：:]*[。；;.]$"
    r"|(?:上述|以上|前述)(?:公告|决定|规定|措施|事项|要求|内容)?[^：:]*(?:施行|实施|執行|执行|生效)[^：:]*[。；;.]$"
    r"|自(?:公布|发布|發布|印发|即日|本公告)[^：:]*起[^：:]*(?:施行|实施|执行|生效|有效)[^：:]*[。；;.]$"
    r"|(?:特此|现予|現予)(?:公告|公布|通知|通告|公示|发布)[。.!！]?$)"
)
_CODE = re.compile(
    r"(?P<code>[0-9][A-E][0-9]{3}(?:\.[a-z](?:\.\d{1,2}(?:\.[a-z])?)?)?)(?P<end>[.．、:：]?)(?=[\s　\u4e00-\u9fff（(“\"]|$)\s*"
)

DIVISIONS = {
    "部分": ("part", "part"),
    "编": ("part", "book"),
    "編": ("part", "book"),
    "篇": ("part", "book"),
    "章": ("ch", "chapter"),
    "节": ("sec", "division"),
    "節": ("sec", "division"),
}
DIVISION_RANKS = {"部分": 1, "编": 1, "編": 1, "篇": 1, "章": 2, "节": 3, "節": 3}

# The styles of item marks, from the highest as announcements use them. Each: its name, its pattern.
_STYLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("一、", re.compile(r"(?P<num>(?P<n>[一二三四五六七八九十百零〇]{1,5})、)\s*")),
    ("（一）", re.compile(r"(?P<num>[（(]\s*(?P<n>[一二三四五六七八九十百零〇]{1,5})\s*[)）])\s*")),
    ("1.", re.compile(r"(?P<num>(?P<n>[0-9０-９]{1,4})\s*(?:[.．](?![0-9０-９])|、))\s*")),
    ("1.1", re.compile(r"(?P<num>(?P<n>[0-9]{1,3}(?:\.[0-9]{1,3}){1,3})\.?)(?=[\s　])\s*")),
    ("（1）", re.compile(r"(?P<num>[（(]\s*(?P<n>[0-9０-９]{1,3})\s*[)）])\s*")),
    ("1）", re.compile(r"(?P<num>(?P<n>[0-9０-９]{1,3})[)）])\s*")),
    ("①", re.compile(r"(?P<num>(?P<n>[①-⑳]))\s*")),
    ("a.", re.compile(r"(?P<num>(?P<n>[a-zA-Z])[.．、)）])(?=\s|[\u4e00-\u9fff])\s*")),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A mark at the start of a line: its ``style``, as printed (``num``), what it adds to an address, and the ``text`` after it."""

    style: str
    num: str
    segment: str
    text: str


def read_mark(line: str) -> Mark | None:
    """The item mark or code that ``line`` opens with."""
    if found := _CODE.match(line):
        return Mark(
            style="code",
            num=found["code"] + found["end"],
            segment=found["code"],
            text=line[found.end() :],
        )
    for style, pattern in _STYLES:
        if found := pattern.match(line):
            return Mark(style=style, num=found["num"], segment=_segment(found["n"]), text=line[found.end() :])
    return None


def number_of(numeral: str) -> str:
    """``十二`` → ``12``; what is no numeral stays."""
    value = to_int(numeral.replace("零", "").replace("○", "〇").replace("两", "二"))
    return str(value) if value is not None else numeral


def _segment(sign: str) -> str:
    if len(sign) == 1 and "①" <= sign <= "⑳":
        return str(ord(sign) - ord("①") + 1)
    if re.fullmatch(r"[0-9.]+|[a-zA-Z]", sign):
        return sign.replace(".", "-")
    return number_of(sign)
