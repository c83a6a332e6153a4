"""The labelled blocks of an entry: from "License Requirements" to "Items:".

Their spelling, case and punctuation vary from entry to entry and edition to edition, and so does the element they stand in
(FP-1, P, FP, HD1), so they are told by their words at the start of a line alone.
"""

from __future__ import annotations

import re
from typing import NamedTuple

LICENSE_REQUIREMENTS = "license-requirements"
LICENSE_EXCEPTIONS = "license-exceptions"
SPECIAL_CONDITIONS = "special-conditions"
LIST_OF_ITEMS = "list-of-items"
CONTROLS = "controls"
ITEMS = "items"


class Block(NamedTuple):
    """A kind of block: its address in the entry, and the container it stands in ("" for one that is a container itself)."""

    key: str
    container: str = ""


class Found(NamedTuple):
    """A block that a line opens: its label as printed, and the words behind it."""

    block: Block
    label: str
    rest: str


_EXCEPTION = "exception"
_BLOCKS = {
    "requirements": Block(LICENSE_REQUIREMENTS),
    "reason": Block("reason-for-control", LICENSE_REQUIREMENTS),
    "controls": Block(CONTROLS, LICENSE_REQUIREMENTS),
    "chart": Block(CONTROLS, LICENSE_REQUIREMENTS),
    "reporting": Block("reporting-requirements"),
    "exceptions": Block(LICENSE_EXCEPTIONS),
    "conditions": Block(SPECIAL_CONDITIONS),
    "list": Block(LIST_OF_ITEMS),
    "unit": Block("unit", LIST_OF_ITEMS),
    "eccn": Block("eccn-controls", LIST_OF_ITEMS),
    "related": Block("related-controls", LIST_OF_ITEMS),
    "definitions": Block("related-definitions", LIST_OF_ITEMS),
    "items": Block(ITEMS, LIST_OF_ITEMS),
}

# `(?=\s*$)`: a label without a colon counts only where it has the line for itself.
_LABEL = re.compile(
    r"""
      (?P<requirements> license\ requirements? (?: \s*: | (?=\s*$) ) )
    | (?P<reason>       reasons?\ for\ controls? (?: \s*: | (?=\s*$) ) )
    | (?P<controls>     controls?\s*\(s\) \s*:? )
    | (?P<chart>        country\ chart\b \s* (?:\(see[^)]*\))? [.:]? (?=\s*$) )
    | (?P<reporting>    reporting\ requirements? (?: \s*: | (?=\s*$) ) )
    | (?P<exceptions>   list[- ]based\ license\ exceptions?\b \s* (?:\([^)]*\))? [.:]? (?=\s*$)
                      | license\ exceptions? \s* (?:\(see[^)]*\))? [.:]? (?=\s*$) )
    | (?P<conditions>   special\ conditions?\ for\ (?:license\ exception\ )?
                        (?: STA | strategic\ trade\ authorization (?:\ \(STA\))? ) (?: \s*: | (?=\s*$) ) )
    | (?P<list>         list\ of\ items\ controlled (?: \s*[:.] | (?=\s*$) | (?=\s+[a-z]\.\s) ) )
    | (?P<unit>         units? \s*: )
    | (?P<eccn>         eccn\ controls? \s*: )
    | (?P<related>      related\ controls? (?: \s*: | (?=\s*$) ) )
    | (?P<definitions>  related\ definitions? (?: \s*: | (?=\s*$) ) )
    | (?P<items>        items? \s*: | items (?=\s*$) | items (?=\s+[a-z]\.\s) | items (?=\s+the\ list\ of\ items) )
    | (?P<exception>    (?-i: [A-Z]{3} (?: /[A-Z]{3} )* ) \s*: )
    """,
    re.IGNORECASE | re.VERBOSE,
)
# Two blocks run together in one paragraph: "… and 2B999. Related Definitions: N/A" (2B999's neighbour 2A999, 2026-06-24).
_FUSED = re.compile(
    r"(?<=[.;)\w]) (?=(?:Related Definitions?|Related Controls?|ECCN Controls|Items):(?:\s|$))"
)


def block_label(text: str) -> Found | None:
    """The block that a line with this text opens, None for any other line."""
    found = _LABEL.match(text)
    if found is None:
        return None
    name = found.lastgroup or ""
    label, rest = found[0].strip(), text[found.end() :].strip()
    if name == _EXCEPTION:
        return Found(Block(slug_of_exception(label), LICENSE_EXCEPTIONS), label, rest)
    return Found(_BLOCKS[name], label, rest)


def slug_of_exception(label: str) -> str:
    """``NAC/ACA:`` → ``nac-aca``."""
    return label.rstrip(": ").lower().replace("/", "-")


def unfused(text: str) -> list[str]:
    """The paragraphs that a line holds: one, but for blocks run together."""
    return _FUSED.split(text) if "Related Definition" in text or " Items:" in text else [text]
