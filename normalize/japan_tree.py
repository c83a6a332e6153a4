"""From the elements of the standard XML to provisions: units at their depth, with the addresses that people cite.

An address inside a law is what follows the law's short name in a citation: ``6/16_4/イ/1/1`` (article, item, iroha mark, bracket, number),
``別表1/7/16``, ``附則/昭和56年政令第278号/1``. The first paragraph of an article is the article itself, the others are ``6/項2``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from lxml import etree

from normalize.audit import Account
from normalize.draft import Draft
from normalize.eids import Register
from normalize.inline import tag_of
from normalize.japan_identity import law_number
from normalize.japan_inline import text_of, tidy
from normalize.japan_markup import (
    APPENDED,
    CAPTIONS,
    DIVISIONS,
    LISTED,
    MARKS,
    SENTENCES,
    TRANSPARENT,
    UNITS,
)
from normalize.japan_numbers import read_number, resolve
from normalize.japan_running import split_list
from normalize.japan_tables import add_listed, table_rows
from normalize.japan_words import words_key

_APPENDED_NUMBER = re.compile(r"第?([0-9〇一二三四五六七八九十百千]+(?:の[0-9〇一二三四五六七八九十百千]+)*)")
_TITLE = re.compile(r"(?P<num>[^\s（(]*)[\s]*(?P<heading>.*)", re.DOTALL)
# Paragraphs that stand right under these are cited by their number alone: 附則第二項.
_NUMBERED_WITHIN = {"law", "supplementary", "appendix", "form"} | {kind.unit for kind in DIVISIONS.values()}


@dataclass(slots=True)
class _Work:
    """An element that is still to be read: into which draft it goes, and what numbers articles there begin with."""

    element: etree._Element
    parent: Draft
    scope: str
    segment: str = ""
    appended: bool = False


class Builder:
    """Builds the drafts of one law. ``roots`` are its highest units in document order."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._top = Draft(segment="", unit="law")
        self._supplements = Register()
        self._stack: list[_Work] = []

    def build(self, law: etree._Element) -> list[Draft]:
        self._stack = [_Work(law, self._top, "")]
        while self._stack:
            work = self._stack.pop()
            self._read(work)
        return self._top.children

    # ── one element ────────────────────────────────────────────────────────────────────────────────

    def _read(self, work: _Work) -> None:
        element = work.element
        tag = tag_of(element)
        if tag in TRANSPARENT:
            self._contents(work, work.parent)
        elif tag == "LawNum":
            number = Draft(
                segment="法令番号", unit="citation", num=text_of(element, self._account), place=element
            )
            work.parent.add(number)
        elif tag == "TOC":
            self._account.discard("contents", element, "".join(str(run) for run in element.itertext()))
        elif tag == "LawTitle":
            heading = text_of(element, self._account)
            work.parent.add(Draft(segment="題名", unit="title", heading=heading, place=element))
        elif tag in UNITS:
            self._unit(work, tag)
        else:
            self._account.leftover(element, "".join(str(run) for run in element.itertext()))

    def _unit(self, work: _Work, tag: str) -> None:
        element, kind = work.element, UNITS[tag]
        if tag == "Paragraph" and self._merges(work):
            self._contents(work, work.parent)
            return
        if tag == "Item" and _is_mere_words(element):
            self._contents(work, work.parent)
            return
        if tag in ("TableStruct", "Table") and self._rows_go_up(work):
            self._contents(work, work.parent)
            return
        draft = Draft(
            segment=work.segment or kind.segment,
            unit=kind.unit,
            place=element,
            quiet=work.segment in ("", kind.segment),
        )
        work.parent.add(draft)
        inner = _Work(element, draft, work.scope, appended=work.appended or tag in APPENDED)
        if tag == "SupplProvision":
            inner.scope = draft.segment = self._supplement(element)
            draft.absolute = True
        elif tag == "Article":
            draft.segment = _joined(work.scope, self._article_number(element))
            draft.absolute = True
        elif tag == "Paragraph":
            self._number_paragraph(draft, work)
        elif tag == "PendingLaw":
            number = law_number("".join(str(run) for run in element.itertext()))
            draft.segment = number.short if number else kind.segment
        elif tag in DIVISIONS:
            draft.segment = kind.segment + (self._number(element, f"{tag}Title") or "")
        elif tag in APPENDED:
            draft.segment = _joined(work.scope, self._appended(element, tag))
            draft.absolute = True
            inner.scope = draft.segment
        self._contents(inner, draft)
        if tag in DIVISIONS or tag in APPENDED:
            _part_title(draft)

    def _contents(self, work: _Work, draft: Draft) -> None:
        """Reads what stands in ``work.element`` into ``draft``; the units in it are put on the stack."""
        element = work.element
        if element.tag == "Table":
            for row in table_rows(element, self._account):
                draft.add(row.draft)
                self._stack.extend(
                    _Work(unit, row.draft, work.scope, segment, work.appended)
                    for unit, segment in reversed(row.units)
                )
            return
        pieces: list[str] = [element.text or ""]
        below: list[etree._Element] = []
        for child in element.iterchildren():
            tag = tag_of(child)
            if tag in MARKS:
                draft.num = _joint(draft.num, text_of(child, self._account), " ")
            elif tag in CAPTIONS:
                draft.heading = _joint(draft.heading, text_of(child, self._account), " ")
            elif tag in SENTENCES:
                parting = "\u3000" if tag == "Column" and pieces[-1:] != [""] else ""
                pieces.append(parting + text_of(child, self._account))
            elif tag:
                below.append(child)
            pieces.append(child.tail or "")
        self._words(draft, "".join(piece if piece.strip() else "" for piece in pieces), work, below)
        segments = _segments(below)
        self._stack.extend(
            _Work(child, draft, work.scope, segments.get(id(child), ""), work.appended)
            for child in reversed(below)
        )

    def _words(self, draft: Draft, text: str, work: _Work, below: list[etree._Element]) -> None:
        text = text.strip(" \u3000\t\r\n")
        if not text:
            return
        lists = not any(child.tag in LISTED for child in below) and (work.appended or "\n" in text)
        intro, listed = split_list(text, running=work.appended) if lists else (text, [])
        draft.text = _joint(draft.text, intro, "\n")
        add_listed(draft, listed)

    # ── numbers and addresses ──────────────────────────────────────────────────────────────────────

    def _merges(self, work: _Work) -> bool:
        """Whether a paragraph is the first of its article (or of an appended table) and has no mark: then it is that unit itself."""
        element = work.element
        previous = element.getprevious()
        return (
            work.parent.unit in ("article", "appendix", "form", "note")
            and not (previous is not None and previous.tag == "Paragraph")
            and not (element.findtext("ParagraphNum") or "").strip()
            and element.find("ParagraphCaption") is None
            and element.get("Num", "1") == "1"
        )

    def _number_paragraph(self, draft: Draft, work: _Work) -> None:
        printed = read_number(work.element.findtext("ParagraphNum") or "")
        number = printed or work.element.get("Num", "")
        if work.parent.unit == "article":
            draft.segment = f"項{number}"
        elif work.parent.unit in _NUMBERED_WITHIN:
            draft.segment, draft.absolute = _joined(work.scope, number or "項"), True
        else:
            draft.segment = f"項{number}"
        draft.quiet = not printed

    def _article_number(self, element: etree._Element) -> str:
        number = self._number(element, "ArticleTitle")
        declared = element.get("Num", "")
        if number is None and not declared:
            self._account.remark(element, f"the article {_printed(element, 'ArticleTitle')!r} has no number")
        return number or declared or "条"

    def _number(self, element: etree._Element, title: str) -> str | None:
        printed = _printed(element, title)
        return read_number(printed.split()[0]) if printed.split() else None

    def _supplement(self, element: etree._Element) -> str:
        """The address of a 附則: by the law that brought it; the one of the law itself, or one whose law is not told, by its order."""
        said = f"{element.get('AmendLawNum', '')} {_printed(element, 'SupplProvisionLabel')}"
        number = law_number(said)
        return self._supplements.take(f"附則/{number.short}" if number else "附則")

    def _appended(self, element: etree._Element, tag: str) -> str:
        kind = APPENDED[tag].segment
        printed = unicodedata.normalize("NFKC", _printed(element, f"{tag}Title"))
        name = re.split(r"[\s(]", printed.strip(), maxsplit=1)[0]
        number = _APPENDED_NUMBER.search(name)
        read = read_number(number.group(1)) if number else None
        if read is None and name and len(name) > 8:
            return f"{kind}/{words_key(name)}"
        return kind + (read or "")

    def _rows_go_up(self, work: _Work) -> bool:
        """Whether a table is the only one of what it stands in and has no title: then its rows are cited by that unit (別表第一の七の項)."""
        element, parent = work.element, work.element.getparent()
        if element.tag == "Table":
            return parent is not None and parent.tag == "TableStruct"
        if parent is None or parent.tag not in APPENDED:
            return False
        first = parent.find("TableStruct")
        return first is element and not _printed(element, "TableStructTitle")


def settle_addresses(roots: list[Draft], account: Account) -> None:
    """Gives every draft its address. A collision is told, unless the draft has no name of its own."""
    register = Register()
    stack = [(draft, "") for draft in reversed(roots)]
    while stack:
        draft, parent = stack.pop()
        wanted = draft.segment if draft.absolute else _joined(parent, draft.segment)
        draft.eid = register.take(wanted)
        if draft.eid != wanted and not draft.quiet:
            place = draft.place if draft.place is not None else wanted
            account.remark(place, f"the address {wanted} is taken, so this one is {draft.eid}")
        stack.extend((child, draft.eid) for child in reversed(draft.children))


def _segments(elements: list[etree._Element]) -> dict[int, str]:
    """The segments of neighbouring items, each mark read in the light of the others."""
    listed = [element for element in elements if element.tag in LISTED]
    marks = [_printed(element, f"{element.tag}Title") for element in listed]
    found: dict[int, str] = {}
    for element, mark, sign in zip(listed, marks, resolve(marks), strict=True):
        declared = element.get("Num", "")
        found[id(element)] = (
            sign.segment if sign else words_key(mark) or declared or LISTED[element.tag].segment
        )
    return found


def _is_mere_words(item: etree._Element) -> bool:
    """Whether an item has neither a mark nor neighbours: some tables' words are set so."""
    parent, before, after = item.getparent(), item.getprevious(), item.getnext()
    if parent is None or any(one is not None and one.tag == "Item" for one in (before, after)):
        return False
    return not _printed(item, "ItemTitle") and not parent.findtext("ParagraphSentence/Sentence")


def _part_title(draft: Draft) -> None:
    """第一章　総則 is a number and a heading; 別表第一　（第一条関係） likewise."""
    split = _TITLE.fullmatch(draft.num)
    if split is not None and split["num"]:
        draft.heading = _joint(split["heading"].strip(), draft.heading, " ")
        draft.num = split["num"]


def _printed(element: etree._Element, title: str) -> str:
    found = element.find(title)
    if found is None:
        return ""
    return tidy("".join(str(run) for run in found.itertext()) if len(found) else found.text or "")


def _joined(above: str, segment: str) -> str:
    return f"{above}/{segment}" if above and segment else above or segment


def _joint(first: str, second: str, by: str) -> str:
    return f"{first}{by}{second}" if first and second else first or second
