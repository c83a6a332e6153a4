"""The answers of the Federal Register API, each taken only with its own proof. Facts of November 2026; base ``/api/v1/``.

A search carries ``count``; ``results`` is absent when nothing matches. A paper carries its number in ``FRDOC``. Nothing in a paper says
how much of it there should be, so a doubtful one is compared with its other rendition, the plain text.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from lxml import etree

from crawlers.acceptance import shrunk, whole_json, whole_text, whole_xml, wrong
from crawlers.visit import Answer
from crawlers.walls import named

Record = Mapping[str, Any]

WINDOW = 10_000
"""Results that a search can reach; its ``count`` stops there, too, without a word (facts 1.3)."""

ROOTS = frozenset({"RULE", "PRORULE", "NOTICE", "PRESDOCU", "CORRECT"})

_BLOCKS = ("AGY", "ACT", "SUM", "DATES", "EFFDATE", "ADD", "FURINF")
_DENSE = 2500  # characters a page: a full page has about 6,500, one that lost four fifths of it 1,300
_ALIKE = 0.7  # share of words that two renditions of one paper have in common, at least
_DATED_NUMBER = re.compile(r"(?:[A-Z]\d*-)?\d{4}-\d+")
_FRAME = 40  # words that a plain text has around the paper: volume, page, publisher, title


def document(record: Record) -> str:
    """The name of a paper among the documents of the source: its number, which before 2016 could be used again unless it
    begins with the year, so that those carry their date."""
    number, day = str(record["document_number"]), str(record["publication_date"])
    return number if day >= "2016" or _DATED_NUMBER.fullmatch(number) else f"{day}/{number}"


def accept_results(
    answer: Answer, *, page: int, per_page: int, since: date, until: date | None
) -> tuple[int, list[Record]]:
    """One page of a search: the count, and as many records as the count leaves for this page, all inside the dates asked for."""
    expected = f"page {page} of a search"
    value = whole_json(answer, expected=expected)
    count = value.get("count") if isinstance(value, dict) else None
    if not isinstance(count, int):
        raise wrong(answer, f"{expected} has no count")
    results = value.get("results", [])
    if not isinstance(results, list):
        raise wrong(answer, f"{expected} has no list of results")
    due = max(0, min(per_page, count - (page - 1) * per_page))
    if len(results) != due:
        raise shrunk(
            answer,
            f"{expected} says that {count} papers match and lists {len(results)} of the {due} due on it",
        )
    try:
        for row in results:
            day = date.fromisoformat(row["publication_date"])
            if not row["document_number"] or day < since or (until is not None and day > until):
                raise wrong(
                    answer, f"{expected} lists {row['document_number']} of {day}, outside the dates asked for"
                )
    except (KeyError, TypeError, ValueError) as error:
        raise wrong(answer, f"{expected} lists a paper without {error}") from None
    return count, results


def accept_paper(answer: Answer, record: Record) -> etree._Element:
    """The full text of a paper: one of the five roots, closed, with the paper's own number in it."""
    number = str(record["document_number"])
    root, _ = whole_xml(answer, roots=ROOTS, expected=f"paper {number}", lenient=True)
    told = " ".join("".join(map(str, mark.itertext())) for mark in root.iter("FRDOC"))
    if not told.strip():
        raise shrunk(answer, f"paper {number} lacks its last mark, FRDOC")
    if _canonical(number) not in {_canonical(word) for word in re.findall(r"[\w\u2010-\u2015-]+", told)}:
        raise wrong(answer, f"{' '.join(told.split())} came instead of paper {number}")
    return root


def speaks_for_itself(root: etree._Element, record: Record) -> bool:
    """Whether a paper shows by itself that nothing is missing: the blocks of its preamble are filled, and there is as much text
    as its pages hold. Free-form notices cannot show it, and papers that start or end in mid-page."""
    first, last = record.get("start_page"), record.get("end_page")
    if not isinstance(first, int) or not isinstance(last, int):
        return False
    blocks = [block for block in root.iter(*_BLOCKS) if block.find("HD") is not None]
    filled = [block for block in blocks if any(_words(child) for child in block if child.tag != "HD")]
    return len(filled) == len(blocks) >= 3 and len(_words(root)) >= _DENSE * (last - first + 1)


def accept_rendition(answer: Answer, root: etree._Element, record: Record) -> None:
    """The plain text of a paper, to which its XML must be alike: each holds the words of the other."""
    number = record["document_number"]
    expected = f"the plain text of paper {number}"
    text = whole_text(answer, types={"text/plain", "text/html"}, expected=expected)
    here = _counted(_words(root))
    there = _counted(html.unescape(re.sub(r"<[^>]{1,80}>", " ", text)))
    common = (here & there).total()
    if common < _ALIKE * here.total():
        if answer.media_type == "text/html":
            raise named(answer, expected=expected, found="another text")
        raise shrunk(answer, f"{expected} has only {common:,} of the {here.total():,} words of its XML")
    if there.total() - common > (1 - _ALIKE) * there.total() + _FRAME:
        raise shrunk(
            answer, f"paper {number} has {here.total():,} words as XML and {there.total():,} as plain text"
        )


def _words(element: etree._Element) -> str:
    return " ".join(" ".join(map(str, element.itertext())).split())


def _counted(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]{3,}", text.casefold()))


def _canonical(number: str) -> str:
    """Dashes of any kind as hyphens, without zero padding: both differ between the renditions (facts 1.4)."""
    parts = re.split(r"[\u2010-\u2015-]", number.upper())
    return "-".join(part.lstrip("0") for part in parts)
