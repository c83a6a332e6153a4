"""Quantities in a text: comparator, value, unit, and where they stand.

A quantity is ``[comparator ]value[ unit]`` with an arabic value and a decimal point: ``>= 4800``, ``< 0.5 nm``, ``10^26``, ``5:1``, ``1/3``.
Dates, paragraph numbers, codes, citations, customs and registry numbers are none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from diffing.comparators import AFTER, comparison_before, is_stated
from diffing.quantities_names import is_year, marks_an_item, named_spans, names_a_thing
from diffing.quantities_numbers import multiplied, numbers, said_twice, value_of
from diffing.units import CURRENCIES, PREFIX_CURRENCY, UNIT_AFTER, canonical_unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """``start`` to ``end`` is the whole phrase, comparator and unit included; ``at`` is where the number itself begins.

    ``stated`` is one that is a quantity without comparator and unit too: a power, a ratio, a number after *equal to*.
    """

    start: int
    end: int
    at: int
    comparator: str
    value: str
    unit: str
    stated: bool = False

    def __str__(self) -> str:
        return " ".join(part for part in (self.comparator, self.value, self.unit) if part)

    @property
    def measured(self) -> bool:
        """Whether it is a limit by itself; a bare number is one only where another took its place."""
        return bool(self.comparator or self.unit or self.stated)

    def moved(self, by: int) -> Quantity:
        """The same quantity so many characters further on."""
        return replace(self, start=self.start + by, end=self.end + by, at=self.at + by)


# Full-width letters, digits and signs of Japanese and Chinese texts, one for one.
_WIDTH = {ord("！") + at: chr(0x21 + at) for at in range(94) if chr(0x21 + at) not in "!\"'(),:;?[]{}~"}
_POINT = re.compile(
    r"(?<![\d・])(\d+)・(\d+)(?![\d・])"
)  # １・５ is 1.5, １・３・５ the places of a chemical name
_WIDE = re.compile("[！-～]")


@lru_cache(maxsize=1 << 12)
def quantities(text: str, language: str = "en") -> tuple[Quantity, ...]:
    """All quantities of a text, in order. ``language`` decides what a comma in a number is."""
    if not text.isascii() and _WIDE.search(text):
        text = _POINT.sub(r"\1.\2", text.translate(_WIDTH))
    taken = named_spans(text)
    found: list[Quantity] = []
    end = passed = 0
    for match in numbers(text, language):
        while passed < len(taken) and taken[passed][1] <= match.start():
            passed += 1
        if match.start() < end or (passed < len(taken) and taken[passed][0] <= match.start()):
            continue
        quantity = _quantity(text, match, language)
        if quantity is None:
            continue
        if found and quantity.comparator in ("", found[-1].comparator):
            again = _BRACKET.fullmatch(text, end, quantity.start)
            if again and (quantity.unit or _UNIT_UNKNOWN.match(text, quantity.end)):
                quantity = replace(quantity, comparator=found[-1].comparator)  # 450 K (177 °C)
        found.append(quantity)
        end = quantity.end
    return tuple(found)


def _quantity(text: str, match: re.Match[str], language: str) -> Quantity | None:
    sort = match.lastgroup or ""
    value = value_of(match.group(), sort, language)
    if value is None:
        return None
    start, end = match.span()
    left, right = text[max(0, start - 60) : start], text[end : end + 60]
    value, length = multiplied(value, sort, right)
    length += said_twice(value, right, language) if right[:2].strip().startswith("(") else 0
    right = right[length:]
    unit = ""
    currency = PREFIX_CURRENCY.search(left, max(0, len(left) - 8))
    if currency:
        unit, start = CURRENCIES[currency[1].upper()], start - len(currency.group())
        left = text[max(0, start - 60) : start]
    after = UNIT_AFTER.match(right)
    if after and not _is_item_letter(after.group(), right[after.end() :]):
        found = canonical_unit(after.group().strip())
        if found not in _FRENCH or language == "fr":
            length += after.end()
            unit = unit or found
    elif not unit:
        unit = _unit_of_range(right, value)
    scale = _SCALE_BEFORE.search(left) if unit == "度" else None
    if scale:
        unit, start = _SCALES[scale[1]], start - len(scale.group())
        left = left[: -len(scale.group())]
    comparator = ""
    following = AFTER.match(text[end + length : end + length + 40])
    if following:
        comparator = _comparator(following)
        if "(" not in following.group():
            length += following.end()
    before = comparison_before(left)
    if before and not comparator:
        comparator = _comparator(before)
        start = start - len(left) + before.start()
    stated = (
        sort in ("power", "raised", "formula", "sum")
        or (sort == "ratio" and value.endswith(":1"))
        or is_stated(left)
    )
    quantity = Quantity(
        start=start,
        end=end + length,
        at=match.start(),
        comparator=comparator,
        value=value,
        unit=unit,
        stated=stated,
    )
    return None if _is_none(text, left, right, sort, quantity) else quantity


def _is_none(text: str, left: str, right: str, sort: str, quantity: Quantity) -> bool:
    """Whether a number that was read is no quantity at all."""
    if sort == "word" and not quantity.unit and _PLACED.search(left):
        return True
    if quantity.comparator:
        # "one or more", "zero or more" and "at least one" are articles, not limits
        return (
            quantity.value in ("0", "1")
            and sort == "word"
            and quantity.comparator == ">="
            and not quantity.unit
        )
    if marks_an_item(text, quantity.at, right) or names_a_thing(left, right, measured=bool(quantity.unit)):
        return True
    if not quantity.unit and left.rstrip().endswith(("(", "（")):
        return True  # the mark of an item
    if quantity.measured:
        return False
    return sort in ("word", "kanji", "fraction") or is_year(quantity.value, left)


def _is_item_letter(unit: str, right: str) -> bool:
    """Whether a letter that could be a unit is the mark of the next item: "2 b. Output"."""
    return bool(
        re.fullmatch(r" [a-z]", unit) and re.match(r"\.\d|\. [A-Z“\"'‘]", right) and unit.strip() not in "gms"
    )


_ONWARD = re.compile(
    r"\s?(?P<link>to|through|and|or|bis|und|oder|à|et|ou|tot|en|[-–—~×x]|至|到|から|又は|或)\s?(?:about |approximately )?[-−]?(?:\d[\d.,]*(?:[  \u202f]\d{3})*|[〇一二三四五六七八九十百千・]+)"
)


def _unit_of_range(right: str, value: str) -> str:
    """The unit that stands once after a range or a pair: from 16 to 18.5 GHz."""
    onward = _ONWARD.match(right)
    if onward is None or (onward["link"].isalpha() and re.fullmatch(r"(?:19|20)\d\d", value)):
        return ""
    after = UNIT_AFTER.match(right, onward.end())
    return canonical_unit(after.group().strip()) if after else ""


# Before a number spelt out without a unit these are of place, not of size: "under one of the three ways".
_PLACED = re.compile(r"\b(?:under|over|above|below|within|unter|über|sous|onder) $", re.IGNORECASE)
_BRACKET = re.compile(r"\s?[(（]\s?\+?")  # the same limit once more, in another unit
_UNIT_UNKNOWN = re.compile(r"\s[a-z]+(?:(?: per |/)[a-z]+)?\s?[)）]")
_FRENCH = ("an", "ans")  # "Absatz 1 an" has no years
_SCALE_BEFORE = re.compile(r"(摂氏|摄氏|攝氏|華氏|华氏) ?(?:零下|マイナス)?$")
_SCALES = {"摂氏": "degC", "摄氏": "degC", "攝氏": "degC", "華氏": "degF", "华氏": "degF"}
_SIGNS = {"ge": ">=", "gt": ">", "le": "<=", "lt": "<"}


def _comparator(match: re.Match[str]) -> str:
    return _SIGNS[match.lastgroup or ""]
