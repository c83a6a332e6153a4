"""Quantities in a text: comparator, value, unit, and where they stand.

A quantity is ``[comparator ]value[ unit]`` with an arabic value and a decimal point: ``>= 4800``, ``< 0.5 nm``, ``10^26``, ``5:1``, ``1/3``.
Dates, paragraph numbers, codes, citations, customs and registry numbers are none.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import chain

from diffing.comparators import AFTER, BEFORE
from diffing.number_words import number_words, spelt
from diffing.numerals import arabic_decimal
from diffing.units import CURRENCIES, PREFIX_CURRENCY, UNIT_AFTER, canonical_unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """``start`` to ``end`` is the whole phrase, comparator and unit included; ``at`` is where the number itself begins."""

    start: int
    end: int
    at: int
    comparator: str
    value: str
    unit: str

    def __str__(self) -> str:
        return " ".join(part for part in (self.comparator, self.value, self.unit) if part)


_KANJI = "〇零一二三四五六七八九十百千万萬億亿兆"
_PLACE = "〇零一二三四五六七八九"
# The look-ahead lets the search skip letters without trying every alternative: a third of the time of all limits on the CCL.
_NUMBER = re.compile(
    r"(?=[\d.\-−–〇零一二三四五六七八九十百千万萬億亿兆两兩マ負])(?:(?P<power>\d+(?:[.,]\d+)* ?[×x·] ?10\^[-−–]?\d+|10\^[-−–]?\d+)"
    r"|(?P<ratio>(?<![\d:])\d+(?:\.\d+)? ?: ?\d+(?:\.\d+)?(?![\d:]))"
    r"|(?P<fraction>(?<![\d/])\d+/\d+(?![\d/]))"
    r"|(?P<number>(?<![\w)\]])[-−–]\d[\d.,]*\d|(?<![\w)\]])[-−–]\d|(?<![\w.])\.\d+|(?<![A-Za-z_^])(?:\d{1,3}(?:[  \u202f]\d{3})+(?!\d)(?:[.,]\d+)?|\d[\d.,]*\d|\d))"
    rf"|(?P<raised>(?:[{_PLACE}、・十百千]+(?:×|掛ける))?(?:10|１０|一〇|十)(?:の|的)[{_PLACE}十百\d０-９]+(?:乗|次方|次冪|次幂))"
    rf"|(?P<share>[{_PLACE}、十百千万]+分の[{_PLACE}、十百千万]+)"
    rf"|(?P<kanji>(?:零下|マイナス|負)?(?:[{_PLACE}]{{1,3}}(?:、[{_PLACE}]{{3}}(?![{_PLACE}]))+|[{_KANJI}]+|[两兩])(?:・[{_PLACE}]+)?))"
)
# What makes a number no quantity: it names a place in a text, a thing, a day.
_NAMED_BEFORE = re.compile(
    r"(?:§§?|\b(?:sections?|paragraphs?|subparagraphs?|notes?|parts?|nos?\.?|numbers?|supplements?(?: no\.)?|categor(?:y|ies)|articles?|columns?|tables?|"
    r"executive orders?|orders?|proclamations?|resolutions?|regulations?|directives?|decisions?|public law|verordnung|richtlinie|règlement|verordening|figures?|footnotes?|iso|iec|type|class|annex(?:es)?|chapters?|titles?|rules?|groups?|e\.o\.|pub\. l\.|examples?|steps?|items?|schedules?|"
    r"eccns?|cas|version|room|floor|suite|block|building|unit|level|box|road|street|"
    r"artikeln?|artikels|art\.|absatz(?:es)?|absätzen?|abs\.|nummern?|nr\.|buchstabens?|satz(?:es)?|sätze|anlagen?|anhangs?|(?:abl\.|oj|jo|pb) [lc]|kapitel|titel|bgbl\. i s\.|"
    r"paragraphe|alinéa|annexe|chapitre|bijlage|hoofdstuk|lid|onderdeel|stb\.)) ?\(?$|[第の][ ]?$|\^$|(?-i:\b[A-Z]:$)|[A-Za-z]-$|(?-i:[#$]?\b[A-Z]{2,} ?$)",
    re.IGNORECASE,
)
_NAMED_AFTER = re.compile(
    r"(?:条|項|号|章|節|款|项|节|の[項〇一二三四五六七八九十]|表|FR\b|CFR\b|U\.S\.C|\)|[A-E]\d{3}|[A-Za-z]\d)|-\d{2}-\d\b|年(?:法律|政令|省令|条約)"
)
_DATE = re.compile(
    r"(?=[\dA-Zadfjmnos明大昭平令〇一二三四五六七八九十])(?:\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\.|Feb\.|Mar\.|Apr\.|Aug\.|Sept?\.|Oct\.|"
    r"Nov\.|Dec\.|Januar|Februar|März|Mai|Juni|Juli|Oktober|Dezember|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|"
    r"décembre|januari|februari|maart|mei|juni|juli|augustus)(?: \d{1,2}, \d{4}| \d{4})|\d{1,2}\.? (?:January|February|March|April|May|June|July|August|"
    r"September|October|November|December|Januar|Februar|März|Mai|Juni|Juli|Oktober|Dezember|janvier|février|mars|avril|mai|juin|juillet|août|"
    r"septembre|octobre|novembre|décembre|januari|februari|maart|mei|juni|juli|augustus)(?: \d{4})?|\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{2,4}"
    r"|\d{1,2}\.\d{1,2}\.\d{4}"
    rf"|(?:明治|大正|昭和|平成|令和)[{_KANJI}元\d]+年(?:[{_KANJI}\d]+月)?(?:[{_KANJI}\d]+日)?|\d{{4}}年(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?"
    r"|\d+ (?:FR|CFR|U\.S\.C\.|Stat\.) \d+[\w.()-]*|\d[A-E]\d{3}(?:\.[a-z0-9]+)*|\d+(?:\.\d+)*[a-z]?(?:\([A-Za-z0-9]{1,4}\))+"
    r"|\b\d{2,7}-\d{2}-\d\b|\b\d{4}(?:\.\d{2}){1,3}\b)"
)


@lru_cache(maxsize=1 << 12)
def quantities(text: str, language: str = "en") -> tuple[Quantity, ...]:
    """All quantities of a text, in order. ``language`` decides what a comma in a number is."""
    taken = [match.span() for match in _DATE.finditer(text)]
    found: list[Quantity] = []
    end = passed = 0
    words = number_words(language)
    numbers = list(_NUMBER.finditer(text))
    if words is not None:
        numbers = sorted(chain(numbers, words.finditer(text)), key=re.Match.start)
    for match in numbers:
        while passed < len(taken) and taken[passed][1] <= match.start():
            passed += 1
        if match.start() < end or (passed < len(taken) and taken[passed][0] <= match.start()):
            continue
        quantity = _quantity(text, match, language)
        if quantity is not None:
            if (
                found
                and quantity.comparator in ("", found[-1].comparator)
                and quantity.unit
                and _BRACKET.fullmatch(text, end, quantity.start)
            ):
                quantity = replace(quantity, comparator=found[-1].comparator)  # 450 K (177 °C)
            found.append(quantity)
            end = quantity.end
    return tuple(found)


def _quantity(text: str, match: re.Match[str], language: str) -> Quantity | None:
    kind = match.lastgroup or ""
    value = _value(match.group(), kind, language)
    if value is None:
        return None
    start, end = match.span()
    left, right = text[max(0, start - 60) : start], text[end : end + 60]
    if _starts_item(text, start, right):
        return None
    unit, length = "", 0
    if kind == "number" and right[:1] in _MYRIADS:
        value, length = str(Decimal(value) * _MYRIADS[right[0]]), 1
        right = right[1:]
    large = _LARGE.match(right) if kind in ("number", "word") and not _UNIT_OF_LARGE.match(right) else None
    if large:
        value = _plain(Decimal(value) * _multiple(large[1]))
        length += large.end()
        right = right[large.end() :]
    currency = PREFIX_CURRENCY.search(left, max(0, len(left) - 8))
    if currency:
        unit, start = CURRENCIES[currency[1].upper()], start - len(currency.group())
        left = text[max(0, start - 60) : start]
    after = UNIT_AFTER.match(right)
    if after:
        length += after.end()
        found = canonical_unit(after.group().strip())
        if found in _FRENCH and language != "fr":
            length -= after.end()
        else:
            unit = unit or found
    scale = _SCALE_BEFORE.search(left) if unit == "度" else None
    if scale:
        unit, start = _SCALES[scale[1]], start - len(scale.group())
        left = left[: -len(scale.group())]
    comparator = ""
    following = AFTER.match(text[end + length : end + length + 40])
    if following:
        comparator = _comparator(AFTER_SIGNS, following)
        if "(" not in following.group():
            length += following.end()
    before = BEFORE.search(left, max(0, len(left) - 48))
    if before and not comparator:
        comparator = _comparator(BEFORE_SIGNS, before)
        start = start - len(left) + before.start()
    if not comparator and not unit and left.rstrip().endswith(("(", "（")):
        return None  # the mark of an item
    if not comparator and (
        _NAMED_BEFORE.search(left, max(0, len(left) - 24)) or (not unit and _NAMED_AFTER.match(right))
    ):
        return None
    if kind in ("word", "kanji") and not (comparator or unit):
        return None
    if value == "1" and kind == "word" and comparator == ">=" and not unit:
        return None  # "one or more" is an article, not a limit
    if kind in ("ratio", "fraction") and not comparator and not unit and kind == "fraction":
        return None
    if re.fullmatch(r"(?:19|20)\d\d", value) and not (comparator or unit):
        return None
    return Quantity(
        start=start, end=end + length, at=match.start(), comparator=comparator, value=value, unit=unit
    )


def _starts_item(text: str, start: int, right: str) -> bool:
    """Whether a number counts an item of a list at the start of a line: ``1. A laser``."""
    line = text.rfind("\n", 0, start) + 1
    return not text[line:start].strip(" (") and bool(re.match(r"[.)]\s", right))


def _value(number: str, kind: str, language: str) -> str | None:
    if kind == "word":
        return spelt(number, language)
    if kind == "share":
        bottom, _, top = number.partition("分の")
        below, above = arabic_decimal(bottom), arabic_decimal(top)
        return f"{above}/{below}" if above and below else None
    if kind == "raised":
        base, _, power = re.split("(の|的)", number)
        exponent = arabic_decimal(power.rstrip("乗次方冪幂"))
        mantissa, times, _ = re.split("(×|掛ける)", base) if re.search("×|掛ける", base) else ("", "", "")
        return f"{arabic_decimal(mantissa)}*10^{exponent}" if times else f"10^{exponent}"
    if kind == "kanji":
        negative = re.match("零下|マイナス|負", number)
        value = arabic_decimal(number[negative.end() :] if negative else number)
        return f"-{value}" if negative and value else value
    number = re.sub("[−–]", "-", number)
    if kind == "power":
        number = re.sub(r" ?[×x·] ?", "*", number)
        mantissa, star, power = number.rpartition("*")
        return f"{_decimal(mantissa, language)}*{power}" if star else power
    if kind in ("ratio", "fraction"):
        return number.replace(" ", "")
    return _decimal(number, language)


_MYRIADS = {"万": 10**4, "萬": 10**4, "億": 10**8, "亿": 10**8}
_LARGE = re.compile(
    r"[ \u00a0\u202f-]?((?:thousand|[Mm]illionen|[Mm]illions?|Mio|[Bb]illions?|[Mm]illiarden?|[Mm]illiards?|Mrd|miljoen|miljard|mln|mld|Tausend)\b)\.?(?: (?:de |of |d['’](?=[a-z])))?"
)
_UNIT_OF_LARGE = re.compile(r"[ -]?(?:billion|million) words per second", re.IGNORECASE)
# By their first four letters. A billion is an English one: French and German texts of law write milliard and Milliarde.
_MULTIPLES = {
    "thou": 10**3, "taus": 10**3, "mill": 10**6, "mio": 10**6, "milj": 10**6, "mln": 10**6,
    "bill": 10**9, "mrd": 10**9, "mld": 10**9,
}  # fmt: skip


def _multiple(word: str) -> int:
    """What a word such as million or Milliarden multiplies by."""
    word = word.lower()
    return 10**9 if word.startswith(("milliar", "miljard")) else _MULTIPLES[word[:4]]


def _plain(value: Decimal) -> str:
    """A number without an exponent and without idle zeros."""
    return format(value.normalize(), "f")


_BRACKET = re.compile(r"\s?[(（]\s?")  # the same limit once more, in another unit
_FRENCH = ("an", "ans")  # "Absatz 1 an" has no years
_SCALE_BEFORE = re.compile(r"(摂氏|摄氏|攝氏|華氏|华氏) ?(?:零下|マイナス)?$")
_SCALES = {"摂氏": "degC", "摄氏": "degC", "攝氏": "degC", "華氏": "degF", "华氏": "degF"}
_COMMA_LANGUAGES = ("de", "fr", "nl")


def _decimal(number: str, language: str) -> str:
    """One number with a decimal point and no separators."""
    number = unicodedata.normalize("NFKC", re.sub(r"\s", "", number))
    if language[:2] in _COMMA_LANGUAGES:
        if "," in number:
            number = number.replace(".", "").replace(",", ".")
        elif re.fullmatch(r"-?\d{1,3}(?:\.\d{3})+", number):
            number = number.replace(".", "")
    elif re.fullmatch(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?", number):
        number = number.replace(",", "")
    return f"0{number}" if number.startswith(".") else number


def _comparator(signs: dict[str, str], match: re.Match[str]) -> str:
    return signs[match.lastgroup or ""]


BEFORE_SIGNS = {"ge": ">=", "gt": ">", "le": "<=", "lt": "<"}
AFTER_SIGNS = BEFORE_SIGNS
