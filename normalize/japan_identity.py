"""Which law a document is, and when: law numbers, dates of the eras, and the ids that the government gives its laws.

A law id is made of the law's number (324CO0000000378 = 昭和 24, cabinet order, 378), so that a page that prints the number tells it too.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from archive.vocabulary.japanese_numerals import to_int

_ERAS = {"明治": (1, 1867), "大正": (2, 1911), "昭和": (3, 1925), "平成": (4, 1988), "令和": (5, 2018)}
ERA_NAMES = {"Meiji": "明治", "Taisho": "大正", "Showa": "昭和", "Heisei": "平成", "Reiwa": "令和"}
_LETTERS = dict(zip("MTSHR", _ERAS, strict=True))
_N = r"[0-9〇零一二三四五六七八九十百千元]+"
_NUMBER = re.compile(
    rf"(?P<era>明治|大正|昭和|平成|令和)(?P<year>{_N})年(?:(?P<month>{_N})月(?P<day>{_N})日)?"
    rf"(?P<kind>(?:[^\s第年月日()]|第(?!{_N}号))+?)第(?P<number>{_N})号(?P<branch>(?:の{_N})*)"
)
_DATE = re.compile(rf"(?P<era>明治|大正|昭和|平成|令和)(?P<year>{_N})年(?P<month>{_N})月(?P<day>{_N})日")
LAW_ID = re.compile(
    r"[1-5][0-9]{2}(?:AC|CO|IO|RJ|M[0-9]|R|DF|CN)[0-9]{7,12}|[1-5][0-9]{2}[A-Z]{1,2}[0-9]{8,12}"
)
# The ministries that make the ordinances of this field: the code in a law id (e-Gov, list of laws).
_MINISTRIES = {
    "通商産業省令": "M50000400",
    "経済産業省令": "M60000400",
    "大蔵省令": "M50000040",
    "財務省令": "M60000040",
    "総理府令": "M50000002",
    "内閣府令": "M60000002",
    "運輸省令": "M50000800",
    "国土交通省令": "M60000800",
    "農林水産省令": "M50000200",
    "厚生省令": "M50000100",
    "厚生労働省令": "M60000100",
    "外務省令": "M50000020",
    "環境省令": "M60001000",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LawNumber:
    """平成三年十月十四日通商産業省令第四十九号 as parts; ``day`` is the date of promulgation where it is printed."""

    era: str
    year: int
    kind: str
    number: int
    day: date | None = None

    @property
    def short(self) -> str:
        """``平成3年通商産業省令第49号``: what an address says of it."""
        return f"{self.era}{self.year}年{self.kind}第{self.number}号"


def law_number(text: str) -> LawNumber | None:
    """The first law number in ``text``, in any style of numerals and with or without the day."""
    found = _NUMBER.search(re.sub(r"\s", "", unicodedata.normalize("NFKC", text)))
    if found is None:
        return None
    year, number = _int(found["year"]), _int(found["number"])
    if year is None or number is None:
        return None
    day = era_date(found.group()) if found["month"] else None
    return LawNumber(era=found["era"], year=year, kind=found["kind"], number=number, day=day)


def era_date(text: str) -> date | None:
    """The first date of the eras in ``text`` (令和八年二月十四日, 平成25年9月13日), None where there is none."""
    found = _DATE.search(re.sub(r"\s", "", unicodedata.normalize("NFKC", text)))
    if found is None:
        return None
    year, month, day = (_int(found[name]) for name in ("year", "month", "day"))
    if year is None or month is None or day is None:
        return None
    try:
        return date(_ERAS[found["era"]][1] + year, month, day)
    except ValueError:
        return None


def iso_date(value: object) -> date | None:
    """A date field of the API: ISO, or None where it is empty."""
    if not isinstance(value, str) or not value.strip():
        return None
    try:
        return date.fromisoformat(value.strip()[:10])
    except ValueError:
        return None


def law_id(number: LawNumber) -> str | None:
    """The government's id of a law, worked out from its number; None where the number does not tell it (joint ordinances, rules).
    An act is taken for one that the cabinet introduced (members' bills have another digit)."""
    head = f"{_ERAS[number.era][0]}{number.year:02d}"
    if number.year > 99:
        return None
    if number.kind == "法律":
        return f"{head}AC{number.number:010d}"
    if number.kind == "政令":
        return f"{head}CO{number.number:010d}"
    ministry = _MINISTRIES.get(number.kind)
    return f"{head}{ministry}{number.number:03d}" if ministry and number.number < 1000 else None


def id_in(text: str) -> str | None:
    """The law id in a document's name or address: ``324CO0000000378_20250411_507CO0000000177`` → ``324CO0000000378``."""
    found = LAW_ID.search(text)
    return found.group() if found else None


def _int(numeral: str) -> int | None:
    return 1 if numeral == "元" else to_int(numeral)
