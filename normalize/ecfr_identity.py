"""Which title, part and unit of the Code of Federal Regulations a document is."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass

from lxml import etree

from archive.errors import UnreadableDocument
from normalize.profile import Hints

_TITLE = re.compile(r"title-(\d{1,2})\b")
_PART = re.compile(r"(?:\bpart-|[?&]part=)(\d+[a-z]?)\b", re.I)
_CITATION_TITLE = re.compile(r"^(\d{1,2}) CFR\b|, Title (\d{1,2})$")
_SUPPLEMENT = re.compile(r"Supplement\s+No\.?\s*(?P<number>\d+)\s+to\s+Part\s+(?P<part>\d+[A-Za-z]?)", re.I)
_OF_PART = re.compile(r"\bto\s+(?:Subpart\s+\w+\s+of\s+)?Part\s+(\d+[A-Za-z]?)\b", re.I)
_APPENDIX = re.compile(
    r"(?P<kind>Appendixes|Appendices|Appendix|Supplement|Annex|Exhibit|Schedule|Attachment)s?"
    r"(?:\s+(?:Nos?\.?\s*)?(?P<sign>[A-Z0-9]{1,4}(?:[-–][A-Z0-9]{1,4})?)\b)?",
    re.I,
)
_SUBPART_OF = re.compile(r"\bto\s+Subpart\s+(\w+)", re.I)
_UNESCAPES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Title and part as strings, as cited: ("15", "744")."""

    title: str
    part: str

    @property
    def work(self) -> str:
        return f"us/cfr/{self.title}/{self.part}"


def identify(element: etree._Element, hints: Hints, *, among_others: bool = False) -> Identity:
    """The identity of a division, from its own attributes before all hints.

    Raises ``UnreadableDocument`` where nothing tells, and where the document is another one than was asked for.
    ``among_others``: the division is one of many parts of a bulk file, so it need not be the part that was asked for.
    """
    metadata = hierarchy(element)
    path, citation = str(metadata.get("path", "")), str(metadata.get("citation", ""))
    own_title = _first(_TITLE, path) or _cited_title(citation) or _node_title(element)
    own_part = _first(_PART, path) or part_of(element)
    hinted_title, hinted_part = hinted(hints)
    _agree("title", own_title, hinted_title, hints)
    if not among_others:
        _agree("part", own_part, hinted_part, hints)
    found = Identity(title=own_title or hinted_title, part=own_part or hinted_part)
    if not found.title or not found.part:
        missing = "title" if not found.title else "part"
        raise UnreadableDocument(
            f"nothing says which {missing} of the Code of Federal Regulations this is",
            thing=hints.thing,
            place=f"line {element.sourceline}: {element.tag}",
            mend="Hand in the whole part, or name the file like title-15_part-744.xml",
        )
    return found


def hierarchy(element: etree._Element) -> dict[str, object]:
    """The attribute ``hierarchy_metadata``, which is JSON escaped once on sections and appendices and twice on parts and subject
    groups; unescaped until it parses. Empty where there is none."""
    text = element.get("hierarchy_metadata", "")
    for _ in range(_UNESCAPES):
        try:
            found = json.loads(text)
        except ValueError:
            text = html.unescape(text)
            continue
        return found if isinstance(found, dict) else {}
    return {}


def part_of(element: etree._Element) -> str:
    """The part by a division's own number: 744 of ``DIV5 N="744"``, of section 744.11, of "Supplement No. 4 to Part 744"."""
    number = element.get("N", "")
    if element.tag == "DIV5":
        return number.strip()
    if element.tag == "DIV8":
        return section_number(element).split(".", 1)[0] if "." in section_number(element) else ""
    if element.tag == "DIV9":
        return _first(_OF_PART, number)
    inner = next(iter(element.iter("DIV8")), None)
    return part_of(inner) if inner is not None and inner is not element else ""


def section_number(element: etree._Element) -> str:
    """``744.11`` of a section; ``744.12-744.14`` of a reserved run. Bulk files write ``N="§ 744.11"``."""
    return re.sub(r"[^\w.\-–]", "", element.get("N", "")).replace("–", "-")


def supplement_number(element: etree._Element) -> str:
    """``4`` of "Supplement No. 4 to Part 744", which is a Work of its own; "" of any other appendix."""
    found = _SUPPLEMENT.match(element.get("N", "").strip())
    return found["number"] if found else ""


def appendix_segment(element: etree._Element) -> str:
    """``app-A`` of "Appendix A to Part 810"; ``app`` without a letter; ``app-A-to-subpart-B``; ``schedule-1``."""
    name = element.get("N", "")
    found = _APPENDIX.match(name.strip())
    if not found:
        return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:40] or "appendix"
    kind = "app" if found["kind"].casefold().startswith("append") else found["kind"].casefold()
    sign = found["sign"] if found["sign"] and found["sign"].casefold() not in ("to", "of") else ""
    made = f"{kind}-{sign.replace('–', '-')}" if sign else kind
    subpart = _SUBPART_OF.search(name)
    return f"{made}-to-subpart-{subpart[1]}" if subpart else made


def hinted(hints: Hints) -> tuple[str, str]:
    """Title and part as the hints name them, "" where they do not: by the index, the document's name, the URL."""
    title = str(hints.meta.get("title") or "") or _first(_TITLE, hints.document) or _first(_TITLE, hints.url)
    part = str(hints.meta.get("part") or "") or _first(_PART, hints.document) or _first(_PART, hints.url)
    return title, part


def _agree(what: str, own: str, hinted: str, hints: Hints) -> None:
    if own and hinted and own.casefold() != hinted.casefold():
        raise UnreadableDocument(
            f"the document is {what} {own}, not {what} {hinted}",
            thing=hints.thing,
            place="the root element",
            mend=f"Check the request: {what} {hinted} was asked for",
        )


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1] if found else ""


def _cited_title(citation: str) -> str:
    found = _CITATION_TITLE.search(citation)
    return (found[1] or found[2]) if found else ""


def _node_title(element: etree._Element) -> str:
    """Bulk files: ``NODE="37:1.0.1.1.1"`` begins with the title. Volatile beyond that."""
    head = element.get("NODE", "").split(":", 1)[0]
    return head if head.isdigit() else ""
