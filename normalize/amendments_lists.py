"""What an instruction on a list of parties leaves to its paper: which list it is, and what the sibling before it said.

The lists of part 744 are supplements: the Entity List is No. 4, the Unverified List No. 6, the Military End User List No. 7 (15 CFR 744.11,
744.15, 744.21). A paper whose title names one of them alone, and whose instructions say only "under INDIA", means that one.
"""

from __future__ import annotations

import re
from dataclasses import replace

from archive.records import Expression
from normalize.amendments_said import Instruction, Said

_LISTS = (
    ("4", re.compile(r"\bEntity\s+List\b", re.I)),
    ("6", re.compile(r"\bUnverified\s+List\b", re.I)),
    ("7", re.compile(r"\bMilitary\s+End[- ]?Users?\b.*\bList\b|\bMEU\s+List\b", re.I)),
)
_LISTED = ("entry", "country")


def list_of(expression: Expression) -> str:
    """The supplement to part 744 whose list a paper is about: the one that its title names, else the only one that its words name; "" where
    nothing tells."""
    named = [number for number, name in _LISTS if name.search(expression.title)]
    if not named:
        named = [
            number for number, name in _LISTS if any(name.search(part.text) for part in expression.walk())
        ]
    return named[0] if len(named) == 1 else ""


def complete(read: Instruction, *, supplement: str, sibling: Instruction | None) -> None:
    """Fill in what the paper says elsewhere: the list (``supplement``, "" where nothing tells), and what a sibling called the thing that this
    one only quotes. An entry of part 744 that nothing puts into a list is a problem: it could be in any of three."""
    read.said = [_in_list(_named_like(said, sibling), supplement) for said in read.said]
    if _is_unplaced(read.context.part, read.context.section, read.context.supplement, read.context.under):
        read.context = replace(read.context, supplement=supplement)
    for said in read.said:
        place = said.place
        if said.unit in _LISTED and _is_unplaced(place.part, place.section, place.supplement, place.under):
            read.problems.append("an entry of which list?")


def _in_list(said: Said, supplement: str) -> Said:
    place = said.place
    if said.unit in _LISTED and _is_unplaced(place.part, place.section, place.supplement, place.under):
        said = replace(said, place=replace(place, supplement=supplement))
    if place.under and said.unit in _LISTED:  # printed so once: “Under Türkiye, Bagil Havacilik”
        said = replace(
            said, name=re.sub(rf"^under\s+{re.escape(place.under)},?\s+", "", said.name, flags=re.I)
        )
    return said


def _is_unplaced(part: str, section: str, supplement: str, under: str) -> bool:
    return part == "744" and bool(under) and not (section or supplement)


def _named_like(said: Said, sibling: Instruction | None) -> Said:
    """ "b. Revising the definition for “A”; c. Adding and “B”": a quotation alone is what the one before it was."""
    if sibling is None or said.unit != "words" or said.operation not in ("add", "remove") or said.place.marks:
        return said
    before = {one.unit for one in sibling.said if one.place == said.place}
    if len(before) == 1 and (unit := before.pop()) in ("definition", "entry"):
        return replace(said, unit=unit, name=said.name.strip(" ;,."))
    return said
