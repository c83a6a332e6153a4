"""What a paper of the Federal Register announces that it amends, as places of works: read from its head and from the sentences that instruct.

A paper is one change, whose text is the whole of it. The parts stand in its head; below a part (a supplement, a section, an entry of the Commerce
Control List) only sentences that say that something is revised, added or removed count, so that a place that the preamble speaks of is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.records import StoredChange

_PART = re.compile(r"(?P<title>\d+)(?:/|\s*CFR\s*(?:Parts?\s*)?)(?P<part>\d+[a-z]?)", re.I)
_INSTRUCTS = re.compile(
    r"\b(?:(?:is|are)\s+(?:further\s+|hereby\s+)?(?:amended|revised|added|removed|redesignated|reserved|corrected|stayed|delayed)"
    r"|by\s+(?:revising|adding|removing|redesignating|reserving)|(?:[Rr]evise|[Aa]dd|[Rr]emove|[Rr]edesignate|[Aa]mend)\s)"
)
_SUPPLEMENT = re.compile(
    r"\bSupp(?:lement|\.)\s+No\.\s*(?P<number>\d+)\s+to\s+[Pp]art\s+(?P<part>\d+[a-z]?)", re.I
)
_SECTION = re.compile(
    r"(?:\bSections?\s+|§§?\s*)(?P<section>(?P<part>\d+[a-z]?)\.\d+[a-z]?)(?P<marks>(?:\([0-9A-Za-z]{1,5}\))*)",
    re.I,
)
_ENTRY = re.compile(r"(?<![0-9A-Za-z.])[0-9][A-E][0-9]{3}(?![0-9A-Za-z])")
_CONTROL_LIST = "us/cfr/15/774/supp-1"


def announced_places(stored: StoredChange) -> frozenset[str]:
    """Paths of parts and supplements, and addresses of sections, their paragraphs and entries, with all above them; none for what is no paper."""
    if not any(fact.name == "cfr_part" for fact in stored.facts):
        return frozenset()
    parts = {
        found["part"].casefold(): f"us/cfr/{found['title']}/{found['part']}"
        for fact in stored.facts
        if fact.name == "cfr_part"
        for found in _PART.finditer(fact.value)
    }
    lines = (line for line in stored.change.text_after.splitlines() if _INSTRUCTS.search(line))
    return frozenset(parts.values()) | {place for line in lines for place in _places(line, parts)}


def _places(line: str, parts: dict[str, str]) -> Iterator[str]:
    for found in _SUPPLEMENT.finditer(line):
        if work := parts.get(found["part"].casefold()):
            yield f"{work}/supp-{found['number']}"
    for found in _SECTION.finditer(line):
        if work := parts.get(found["part"].casefold()):
            address = f"{work}#{found['section']}"
            yield address
            for mark in re.findall(r"\(([^)]+)\)", found["marks"]):
                address += f".{mark}"
                yield address
    if "774" in parts:
        for found in _ENTRY.finditer(line):
            yield _CONTROL_LIST
            yield f"{_CONTROL_LIST}#{found[0]}"
