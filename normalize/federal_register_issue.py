"""A whole day of the Federal Register (root FEDREG): the papers in it, and its frame set aside."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from lxml import etree

from archive.errors import UnreadableDocument
from normalize.audit import Account
from normalize.dates_paragraph import dates_in
from normalize.federal_register_markup import whole_text
from normalize.federal_register_vocabulary import ISSUE_CONTENTS, ISSUE_FRAME, ISSUE_GROUPS, PAPERS
from normalize.profile import Hints

_VOLUME = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuePaper:
    """One paper of the day; ``citation`` is the page it begins on (``89 FR 9968``), "" where no page mark tells."""

    element: etree._Element
    citation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    day: date
    papers: tuple[IssuePaper, ...]


def papers_of(root: etree._Element, hints: Hints, account: Account) -> Issue:
    """The papers of the issue ``root`` in the order of print. Heads, dates and part titles go by the rule ``issue-frame``, the
    table of contents by ``issue-contents``; anything else between the papers is a leftover. Raises ``UnreadableDocument``."""
    volume = next(
        (found.group() for item in root.iter("VOL") if (found := _VOLUME.search(item.text or ""))), ""
    )
    papers: list[etree._Element] = []
    groups = [root]
    for group in groups:  # grows while it is read: groups stand in groups, papers in neither order nor depth
        _stray(group.text, group, account)
        for element in group:
            tag = str(element.tag)
            _stray(element.tail, group, account)
            if tag in PAPERS and not (tag == "CORRECT" and any(child.tag in PAPERS for child in element)):
                papers.append(element)
            elif tag in ISSUE_GROUPS or tag == "CORRECT":
                groups.append(element)
            elif tag in ISSUE_CONTENTS:
                _discard("issue-contents", element, account)
            elif tag in ISSUE_FRAME:
                _discard("issue-frame", element, account)
            else:
                account.leftover(element, whole_text(element))
    if not papers:
        raise UnreadableDocument(
            "the issue has no paper in it",
            thing=hints.thing,
            place="/FEDREG",
            mend="Fetch it again: no day is empty",
        )
    pages = _pages(root, papers)
    ordered = [element for element in root.iter(*PAPERS) if element in pages]
    return Issue(
        day=_day(root) or hints.as_of,
        papers=tuple(
            IssuePaper(
                element=element, citation=f"{volume} FR {pages[element]}" if volume and pages[element] else ""
            )
            for element in ordered
        ),
    )


def _pages(root: etree._Element, papers: list[etree._Element]) -> dict[etree._Element, str]:
    """The page each paper begins on: the last mark before its first words."""
    wanted = set(papers)
    pages: dict[etree._Element, str] = {}
    page = ""
    waiting: etree._Element | None = None
    for element in root.iter():
        if element.tag == "PRTPAGE" and (said := element.get("P", "")).isdigit():
            page = said
        if waiting is not None and (element.text or "").strip():
            pages[waiting], waiting = page, None
        if element in wanted:
            if waiting is not None:
                pages[waiting] = page
            waiting = element
    if waiting is not None:
        pages[waiting] = page
    return pages


def _day(root: etree._Element) -> date | None:
    for element in root.iterchildren("DATE"):
        for span in dates_in(whole_text(element)):
            return span.day
    return None


def _discard(rule: str, element: etree._Element, account: Account) -> None:
    if (words := whole_text(element)).strip():
        account.discard(rule, element, words)


def _stray(text: str | None, group: etree._Element, account: Account) -> None:
    if text and text.strip():
        account.leftover(group, text)
