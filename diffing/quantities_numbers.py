"""Numbers as regulations write them, and what they are worth: 35 000 000, 1,5, 5 × 10^-6, 四、八〇〇, 一〇のマイナス六乗, (1.7 + L/1,000).

A power whose caret was lost on the way (``7 × 10 6``, ``10- 14``) is read where it can be nothing else; ``5 × 105`` stays what it says.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain

from diffing.number_words import number_words, spelt, spelt_numbers
from diffing.numerals import arabic_decimal

KANJI = "〇零一二三四五六七八九十百千万萬億亿兆"
_PLACE = "〇零一二三四五六七八九"
_EXPONENT = r"(?:\^[-−–]?\d+|[-−–] ?\d{1,2}(?![\d.])| [-−–]\d{1,2}(?![\d.])| \d{1,2}(?![\d.,]))"
# What a number begins with. A search for one character skips letters twenty times as fast as one for a number.
_START = re.compile(r"[\d.\-−–〇零一二三四五六七八九十百千万萬億亿兆两兩マ負]")
_NUMBER = re.compile(
    rf"(?:(?P<power>(?<![A-Za-z_^\d])\d+(?:[.,]\d+)* ?[×xX·] ?10{_EXPONENT}"
    r"|(?<![\w.,])\d(?:\.\d+)? ?[×x] ?10(?:[2-9]|[12]\d)(?![\d.,])"
    r"|(?<![\w.,])10(?:\^[-−–]?\d+|[-−] \d{1,2}(?![\d.])|−\d{1,2}(?![\d.])))"
    rf"|(?P<raised>(?:[{_PLACE}\d、・十百千]+(?:×|掛ける))?(?:10|１０|一〇|十)(?:の|的)(?:マイナス|負)?[{_PLACE}十百\d]+(?:乗|次方|次冪|次幂))"
    r"|(?P<ratio>(?<![\d:])\d+(?:\.\d+)? ?: ?\d+(?:\.\d+)?(?![\d:A-Za-z]))"
    r"|(?P<fraction>(?<![\d/])\d+/\d+(?![\d/]))"
    r"|(?P<number>(?<![\w)\]])[-−–]\d[\d.,]*\d|(?<![\w)\]])[-−–]\d|(?<![\w.])\.\d+|(?<![A-Za-z_^\d])(?<![A-Za-z\d]\.)(?:\d{1,3}(?:[  \u202f]\d{3})+(?!\d)(?:[.,]\d+)?|\d[\d.,]*\d|\d))"
    rf"|(?P<share>[{_PLACE}、十百千万]+分の[{_PLACE}、十百千万]+)"
    rf"|(?P<kanji>(?:零下|マイナス|負)?(?:[{_PLACE}]{{1,3}}(?:、[{_PLACE}]{{3}}(?![{_PLACE}]))+|[{KANJI}]+|[两兩])(?:・[{_PLACE}]+)?))"
)
# A sum with a length in it is one value; so is a bracket after a comparator, and a part of the wavelength.
_FORMULA = re.compile(
    r"(?=[\dλ(\-−–]| \()(?:(?<![\w(.,])(?P<sum>\d+(?:\.\d+)? ?\+ ?[A-Z]/\d[\d,]*)(?![\w.]*\d)|(?:(?<=than )|(?<=exceeding )|(?<=of )|(?<=to )|(?<=als )|(?<=à )|(?<=[<>≤≥=])|(?<=[<>≤≥=] ))"
    r"(?P<formula>λ ?/ ?\d+|[-−–]? ?\((?=[^a-km-z]{0,40}[A-Zlf])[\dA-Zλfnlog.,+\-−–×x*·/^_ ]{3,40}(?:\([\dA-Z.,+\-−–×x*·/^_ ]{3,30}\))?[\dA-Z ]{0,8}\)(?:/\d[\d,]*)?))"
)


def _in_figures(text: str) -> Iterator[re.Match[str]]:
    start = _START.search(text)
    while start:
        found = _NUMBER.match(text, start.start())
        if found:
            yield found
        start = _START.search(text, (found or start).end())


_BEFORE_A_FORMULA = ("than", "exceeding", "of", "to", "als", "à", "<", ">", "≤", "≥", "=")


def _can_hold_a_formula(text: str) -> bool:
    if "λ" in text or "+" in text:
        return True
    at = text.find("(")
    while at >= 0 and not text[max(0, at - 16) : at].rstrip(" -−–").endswith(_BEFORE_A_FORMULA):
        at = text.find("(", at + 1)
    return at >= 0


def numbers(text: str, language: str) -> Iterator[re.Match[str]]:
    """All numbers of a text in order, in figures and spelt out; the group that matched is the sort of number."""
    found = _in_figures(text)
    others = [spelt_numbers(text, language)]
    if _can_hold_a_formula(text):
        others.append(match for match in _FORMULA.finditer(text) if re.search(r"\d", match[0]))
    return iter(sorted(chain(*others, found), key=re.Match.start))


def value_of(number: str, sort: str, language: str) -> str | None:
    """The arabic value of a number of a sort (``power``, ``ratio``, ``number``, ``kanji`` …), None where it has none.

    >>> value_of("1.234,5", "number", "de"), value_of("5 × 10 −6", "power", "fr"), value_of("一〇の二六乗", "raised", "ja")
    ('1234.5', '5*10^-6', '10^26')
    """
    if sort == "number" and number.isascii() and number.isdigit():
        return number
    if sort == "word":
        return spelt(number, language)
    if sort == "share":
        bottom, _, top = number.partition("分の")
        below, above = arabic_decimal(bottom), arabic_decimal(top)
        return f"{above}/{below}" if above and below else None
    if sort == "raised":
        return _raised(number)
    if sort == "kanji":
        negative = re.match("零下|マイナス|負", number)
        value = arabic_decimal(number[negative.end() :] if negative else number)
        return f"-{value}" if negative and value else value
    number = re.sub("[−–]", "-", number)
    if sort in ("formula", "sum"):
        return _formula(number)
    if sort == "power":
        product = re.fullmatch(r"(\d(?:\.\d+)?) ?[×x] ?(10\d{1,2})", number)
        if product:  # the text says 5 × 105, whatever it may have said in print
            return f"{product[1]}*{product[2]}"
        mantissa, star, _ = re.sub(r" ?[×xX·] ?", "*", number).rpartition("*")
        power = "10^" + re.sub(r"^.*10[\^ ]*(-?) ?(\d+)$", r"\1\2", number)
        return f"{_decimal(mantissa, language)}*{power}" if star else power
    if sort in ("ratio", "fraction"):
        return number.replace(" ", "")
    return _decimal(number, language)


def _formula(number: str) -> str:
    """A formula with one blank on either side of a sum, and without its outer brackets unless a sign stands before them."""
    tight = re.sub(r"(?<=\d),(?=\d{3})", "", re.sub(r"\s", "", number))
    tight = tight[1:-1] if tight.startswith("(") and tight.endswith(")") else tight
    return re.sub(r"(?<=[\w)])([+-])", r" \1 ", tight)


def _raised(number: str) -> str:
    base, _, power = re.split("(の|的)", number, maxsplit=1)
    sign = "-" if re.match("マイナス|負", power) else ""
    exponent = arabic_decimal(re.sub("^(?:マイナス|負)|[乗次方冪幂]+$", "", power))
    mantissa, times, _ = re.split("(×|掛ける)", base) if re.search("×|掛ける", base) else ("", "", "")
    raised = f"10^{sign}{exponent}"
    return f"{arabic_decimal(mantissa)}*{raised}" if times else raised


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


_TWICE = re.compile(r" ?\((?P<figures>\d+|[a-zà-ÿ -]{3,20})\)(?= |$)", re.IGNORECASE)


def said_twice(value: str, right: str, language: str) -> int:
    """How much of ``right`` says the same number once more: thirty (30) days, 30 (thirty) days."""
    twice = _TWICE.match(right)
    if twice is None:
        return 0
    figures, words = twice["figures"], number_words(language)
    if words is not None and words.fullmatch(figures):
        figures = spelt(figures, language)
    return twice.end() if figures == value else 0


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


def multiplied(value: str, sort: str, right: str) -> tuple[str, int]:
    """A value with the million or 万 that follows it multiplied in, and how much of ``right`` that took.

    >>> multiplied("1.5", "number", " million dollars"), multiplied("5", "number", " W")
    (('1500000', 9), ('5', 0))
    """
    length = 0
    if sort == "number" and right[:1] in _MYRIADS:
        value, length = str(Decimal(value) * _MYRIADS[right[0]]), 1
        right = right[1:]
    large = _LARGE.match(right) if sort in ("number", "word") and not _UNIT_OF_LARGE.match(right) else None
    if large:
        value = _plain(Decimal(value) * _multiple(large[1]))
        length += large.end()
    return value, length


def _multiple(word: str) -> int:
    """What a word such as million or Milliarden multiplies by."""
    word = word.lower()
    return 10**9 if word.startswith(("milliar", "miljard")) else _MULTIPLES[word[:4]]


def _plain(value: Decimal) -> str:
    """A number without an exponent and without idle zeros."""
    return format(value.normalize(), "f")
