"""The headings of the Commerce Control List: categories, parts, product groups, annexes, and the headings of entries.

A code at the head of a paragraph makes no entry ("0A521 commodities are subject to …", "7A003 does not apply to …"): an entry's
heading is set in bold type (638 of 638 on 2026-06-24: 637 in FP-2, 8D001 in FP-1), or stands in FP-2 or a heading element.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from normalize.ccl_lines import HEADING, Line
from normalize.ccl_tree import slug

_CODE = r"[0-9][A-E][0-9]{3}"
_ENTRY = re.compile(
    rf"(?P<num>(?:ECCN\s+)?(?P<code>{_CODE})\b"
    rf"(?:\s*(?:-|–|—|through|thru|to|and)\s*(?:ECCN\s+)?(?P<last>{_CODE})\b(?=\W*reserved\b))?"
    r"(?:\.|\s*[—–:]|\s*-(?=\s))?)\s*(?P<rest>.*)",
    re.DOTALL | re.IGNORECASE,
)
_BASKET = re.compile(r"(?P<num>EAR99)\b(?P<rest>.*)", re.DOTALL)
_CATEGORY = re.compile(
    r"(?P<num>category\s+(?P<number>\d+))\b\s*[—–:.-]?\s*(?P<rest>.*)", re.IGNORECASE | re.DOTALL
)
_PART = re.compile(
    r"(?P<num>part\s+(?P<number>\d+|[ivx]+))\b\s*[—–:.-]?\s*(?P<rest>.*)", re.IGNORECASE | re.DOTALL
)
_GROUP = re.compile(
    r"(?P<num>[A-E]\.(?=\s|\[)|(?i:product\s+group)\s+[A-E]\b\s*[.—–:-]?)\s*(?P<rest>.+)", re.DOTALL
)
_SUBGROUP = re.compile(r"(?P<num>[IVX]+\.)\s+(?P<rest>.+)", re.DOTALL)
_ANNEX = re.compile(r"annex\b.*", re.IGNORECASE | re.DOTALL)


class EntryHeading(NamedTuple):
    """``code`` is the ECCN, ``EAR99``, or both ends of a reserved run (``0A003-0A005``); ``num`` what is printed for it
    (``ECCN 0A021—``); ``words`` the rest."""

    code: str
    words: str
    num: str


class Division(NamedTuple):
    """A heading above entries: its unit (``category part group subgroup annex heading``), mark and words."""

    unit: str
    num: str
    words: str


def may_head_entry(line: Line) -> bool:
    """Whether a line is set as the heading of an entry is; that of the basket needs no setting."""
    return line.bold or line.tag == "FP-2" or line.kind is HEADING or line.text.startswith("EAR99 ")


def entry_heading(text: str) -> EntryHeading | None:
    """The heading of an entry or of the basket EAR99, None for any other text."""
    if found := _ENTRY.fullmatch(text):
        code = f"{found['code']}-{found['last']}" if found["last"] else found["code"]
        return EntryHeading(code.upper(), found["rest"].strip(), found["num"])
    if found := _BASKET.fullmatch(text):
        return EntryHeading(found["num"], found["rest"].strip(), found["num"])
    return None


def division(text: str) -> Division | None:
    """What a heading element that is no block of an entry opens; None where its words tell nothing."""
    if found := _CATEGORY.fullmatch(text):
        return Division("category", *_split(text, found))
    if found := _PART.fullmatch(text):
        return Division("part", *_split(text, found))
    if found := _GROUP.fullmatch(text):
        return Division("group", found["num"], found["rest"].strip())
    if found := _SUBGROUP.fullmatch(text):
        return Division("subgroup", found["num"], found["rest"].strip())
    if _ANNEX.fullmatch(text):
        return Division("annex", "", text)
    return None


def _split(text: str, found: re.Match[str]) -> tuple[str, str]:
    """The mark with the dash that follows it as printed, and the words: no character falls between the two."""
    start = found.start("rest")
    return text[:start].strip(), text[start:].strip()


class Place:
    """Where in the list the reader is: category, part, group. Gives divisions their addresses."""

    def __init__(self) -> None:
        self._levels: list[tuple[int, str]] = []

    def open(self, division: Division) -> str:
        """The address of a division, which is open from now on: ``category-5.part-2.group-a.i``."""
        rank = {"category": 0, "part": 1, "group": 2, "annex": 2, "subgroup": 3}.get(division.unit, 4)
        while self._levels and self._levels[-1][0] >= rank:
            self._levels.pop()
        mark = slug(division.num)
        name = {
            "category": mark,
            "part": mark,
            "group": f"group-{mark.rpartition('-')[2]}",
            "subgroup": mark,
            "annex": "annex",
        }.get(division.unit, slug(division.words) or "heading")
        self._levels.append((rank, name))
        return self.address()

    def address(self) -> str:
        """The address of the innermost open division, "" before the first."""
        return ".".join(name for _, name in self._levels)
