"""A day of the Federal Register as GPO's bulk file: the papers that our conditions select, cut out of it (facts 3).

The text of a paper there is that of the API's full text. What the API tells beside the text is read from the issue: its table of contents names the
papers of each agency, in the words of which the API makes its slugs, and is the inventory of the issue.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from lxml import etree

from archive.errors import TocsinError
from crawlers.acceptance import shrunk, whole_json, whole_xml, wrong
from crawlers.families.federal_register_settings import FederalRegisterSettings
from crawlers.families.release_lists import slug_of
from crawlers.visit import Answer
from normalize.audit import Account
from normalize.federal_register_issue import papers_of
from normalize.federal_register_record import NUMBER, cfr_parts_in, plain_number
from normalize.profile import Hints

BULK = "https://www.govinfo.gov/bulkdata"

# The contents list presidential papers under this head; the API gives them to the office that signs.
_PRESIDENTIAL = {"presidential-documents": "executive-office-of-the-president"}
_FILE = re.compile(r"FR-(\d{4}-\d{2}-\d{2})\.xml")
_NUMBER = re.compile(rf"FR\s*Doc\.?\s*(?:No\.?\s*)?({NUMBER})")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_LOST = 10  # one in so many papers of the contents may be missing before the issue is no longer believed


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A paper of an issue: its number, the page it begins on as a citation, the agencies as slugs, the parts of the CFR, its text folded, its XML."""

    number: str
    citation: str
    agencies: frozenset[str]
    parts: frozenset[str]
    words: str
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A day: its papers, and the numbers that the contents have and no paper carries."""

    day: date
    papers: tuple[Printed, ...]
    missing: Mapping[str, frozenset[str]]


def folder(month: date) -> str:
    """The address of the list of a month's issues."""
    return f"{BULK}/json/FR/{month:%Y/%m}"


def address(day: date) -> str:
    """The address of an issue."""
    return f"{BULK}/FR/{day:%Y/%m}/FR-{day}.xml"


def accept_folder(answer: Answer, month: date) -> dict[date, str]:
    """The issues of a month, each with the mark of its last change."""
    expected = f"the issues of {month:%Y-%m}"
    value = whole_json(answer, expected=expected)
    rows = value.get("files") if isinstance(value, dict) else None
    if not isinstance(rows, list):
        raise wrong(answer, f"{expected} are no list of files")
    found: dict[date, str] = {}
    for row in rows:
        hit = _FILE.fullmatch(str(row.get("name") or "")) if isinstance(row, Mapping) else None
        if hit:
            found[date.fromisoformat(hit[1])] = str(row.get("formattedLastModifiedTime") or "")
    if any((day.year, day.month) != (month.year, month.month) for day in found):
        raise wrong(answer, f"{expected} are of other months, too")
    return found


def accept_issue(answer: Answer, day: date) -> Issue:
    """The whole issue of a day: it says so, and has the papers that its own contents name."""
    expected = f"the issue of {day}"
    root, _ = whole_xml(answer, roots={"FEDREG"}, expected=expected, lenient=True)
    contents = _contents(root)
    try:
        issue = papers_of(root, Hints(as_of=date.min), Account(frozenset({"issue-frame", "issue-contents"})))
    except TocsinError as error:
        raise shrunk(answer, f"{expected}: {error.message}") from None
    if issue.day != day:
        raise wrong(answer, f"the issue of {issue.day} came instead of that of {day}")
    papers = [
        _printed(one.element, one.citation, number, contents)
        for one in issue.papers
        if (number := _number(one.element))
    ]
    missing = {
        number: agencies
        for number, agencies in contents.items()
        if number not in {one.number for one in papers}
    }
    if len(missing) * _LOST > len(contents):
        raise shrunk(
            answer, f"{expected} lacks {len(missing)} of the {len(contents)} papers that its contents name"
        )
    return Issue(day=day, papers=tuple(papers), missing=missing)


def is_selected(paper: Printed, settings: FederalRegisterSettings) -> bool:
    """Whether the conditions of the Federal Register's source select a paper: an agency, an agency and words, or a part of the CFR."""
    for agency, words in settings.chosen_agencies():
        if agency in paper.agencies and (not words or any(word.casefold() in paper.words for word in words)):
            return True
    return any(_overlaps(mine, theirs) for mine in settings.parts for theirs in paper.parts)


def record(paper: Printed, day: date) -> dict[str, Any]:
    """What the issue tells of a paper, in the fields of the API."""
    page = paper.citation.rpartition(" ")[2]
    return {
        "document_number": paper.number,
        "publication_date": day.isoformat(),
        "citation": paper.citation or None,
        "start_page": int(page) if page.isdigit() else None,
        "html_url": f"https://www.federalregister.gov/d/{paper.number}",
    }


def _contents(root: etree._Element) -> dict[str, frozenset[str]]:
    """The papers that the table of contents names, each with its agencies and those that these belong to."""
    numbers: dict[str, set[str]] = {}
    parents: dict[str, set[str]] = {}
    for agency in root.iter("AGCY"):
        own = slug_of(_words(agency.find("HD")))
        own = _PRESIDENTIAL.get(own, own)
        for said in agency.iter("FRDOCBP"):
            numbers.setdefault(plain_number(_words(said)), set()).add(own)
        for child in agency.iterfind("SEE/P"):
            parents.setdefault(slug_of(_words(child)), set()).add(own)
    return {
        number: frozenset(agencies | {parent for one in agencies for parent in parents.get(one, ())})
        for number, agencies in numbers.items()
        if number
    }


def _printed(
    element: etree._Element, citation: str, number: str, contents: Mapping[str, frozenset[str]]
) -> Printed:
    cited = [part for said in element.iter("CFR") for part in cfr_parts_in(_words(said))]
    regulations = [
        f"{one.get('TITLE')}/{one.get('PART')}" for one in element.iter("REGTEXT") if one.get("TITLE")
    ]
    named = {
        slug_of(" ".join(reversed(re.split(r"\s+of\s+(?:the\s+)?", _words(one), maxsplit=1, flags=re.I))))
        for one in element.iter("AGENCY", "SUBAGY")
    }
    return Printed(
        number=number,
        citation=citation,
        agencies=contents.get(number, frozenset()) | named,
        parts=frozenset(cited) | frozenset(regulations),
        words=_words(element).casefold(),
        body=etree.tostring(element, encoding="UTF-8", xml_declaration=True, with_tail=False),
    )


def _number(element: etree._Element) -> str:
    for mark in element.iter("FRDOC"):
        if hit := _NUMBER.search(_words(mark).translate(_DASHES)):
            return plain_number(hit[1])
    return ""


def _overlaps(mine: str, theirs: str) -> bool:
    """Whether ``15/730-774`` and ``15/744`` have a part in common."""
    (title, one), (other, two) = mine.split("/", 1), theirs.split("/", 1)
    spans = [_span(said) for said in (one, two)]
    return title == other and spans[0][0] <= spans[1][1] and spans[1][0] <= spans[0][1]


def _span(said: str) -> tuple[int, int]:
    numbers = [int(number) for number in re.findall(r"\d+", said)[:2]]
    return (numbers[0], numbers[-1]) if numbers else (0, -1)


def _words(element: etree._Element | None) -> str:
    return " ".join(" ".join(map(str, element.itertext())).split()) if element is not None else ""
