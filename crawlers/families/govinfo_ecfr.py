"""A title of the eCFR as GPO's bulk file: its newest state, the watched parts cut out of it (facts 3).

The file tells up to which day it is amended (``AMDDATE``) and keeps no past. It changes on most business days without a word of a title, so a part is
known by the digest of its markup without the attributes that move (``NODE``).
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from lxml import etree

from crawlers.acceptance import shrunk, whole_xml, wrong
from crawlers.families.govinfo_register import BULK
from crawlers.families.release_lists import day_in
from crawlers.visit import Answer

_FRAMES = ("ECFRBRWS", "ECFR")
_NODE = re.compile(rb'\sNODE="[^"]*"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part as it stands in a bulk file: the day up to which it is amended, its XML, its digest, its units by name."""

    amended: date
    body: bytes
    digest: str
    units: Mapping[str, int]


def address(title: int) -> str:
    """Where the file of a title is."""
    return f"{BULK}/ECFR/title-{title}/ECFR-title{title}.xml"


def accept_title(
    answer: Answer, title: int, held: frozenset[str], watched: frozenset[str]
) -> dict[str, Part]:
    """The watched parts of a title's file. It must say that it is of this title, and have every part that is held."""
    expected = f"the file of title {title}"
    root, _ = whole_xml(answer, roots={"DLPSTEXTCLASS", "ECFR"}, expected=expected)
    if str(title) not in _titles(root):
        raise wrong(answer, f"{expected} is of title {', '.join(sorted(_titles(root))) or 'nothing'}")
    found: dict[str, Part] = {}
    for frame in root.iter(*_FRAMES):
        amended = day_in(frame.findtext("AMDDATE") or "")
        if amended is None:
            raise wrong(answer, f"{expected} does not say up to which day it is amended")
        for element in frame.iter("DIV5"):
            number = (element.get("N") or "").strip()
            if number not in watched:
                continue
            if number in found:
                raise wrong(answer, f"{expected} has part {number} twice")
            found[number] = _part(element, amended)
    lost = sorted(held - found.keys())
    if lost:
        raise shrunk(answer, f"{expected} lacks {len(lost)} parts that are held: {', '.join(lost[:5])}")
    return found


def _part(element: etree._Element, amended: date) -> Part:
    body = etree.tostring(element, encoding="UTF-8", xml_declaration=True, with_tail=False)
    units = Counter(
        {"DIV8": "section", "DIV9": "appendix"}[str(one.tag)] for one in element.iter("DIV8", "DIV9")
    )
    return Part(
        amended=amended,
        body=body,
        digest=hashlib.sha256(_NODE.sub(b"", body)).hexdigest(),
        units=dict(sorted(units.items())),
    )


def _titles(root: etree._Element) -> set[str]:
    """The titles that a file says it is of: its number, or that of its outermost division."""
    said = {(one.text or "").strip() for one in root.iter("IDNO") if one.get("TYPE") == "title"}
    for division in root.iter("DIV1"):
        said |= {division.get("NODE", "").partition(":")[0], division.get("N", "").strip()}
    return said - {""}
