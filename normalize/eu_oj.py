"""Acts as EUR-Lex and Cellar print them in HTML: the Official Journal of any generator with classes, and consolidated texts.

One walk for all of them, because they differ in the names of classes and in what encloses what, not in the order of an act: title,
preamble with recitals, divisions with articles, annexes. Enumerations are two-column tables (Official Journal), grids of
``div`` (consolidations), or paragraphs that begin with their mark (older pages).
"""

from __future__ import annotations

import re

from lxml import etree

from normalize import eu_classes
from normalize.audit import Account, source_text
from normalize.draft import Draft
from normalize.eu_act import Act, looks_like_section, looks_numbered
from normalize.eu_marks import (
    CITATION,
    CLOSING,
    PARAGRAPH,
    annex_segment,
    division,
    is_label,
    is_note_label,
)
from normalize.eu_notes import Footnotes
from normalize.eu_pieces import INLINE, holds_front, pieces, table_of, without_marks
from normalize.eu_tables import add_table, is_enumeration
from normalize.html import all_text, classes
from normalize.inline import inline_text, tag_of

_INLINE_LABEL = re.compile(
    r"\s*(?P<num>[‘“]?\(?(?:\d{1,3}[a-z]?|[a-z]{1,2}|[ivx]{1,6})\)|[—–•])[\s\u00a0]+(?=\S)"
)
_CODE_LINE = re.compile(r"(?P<code>[0-9][A-E][0-9]{3})[\s\u00a0]+(?=[^\s.,;:)a-z])")
_IMPRINT = re.compile(r"ELI:\s?http|ISSN\s\d{4}-\d{3}[\dX]")


class OfficialJournal:
    """Reads one page into an Act; see :func:`read_journal`."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.act = Act()
        self.notes = Footnotes()
        self.divisions: list[tuple[int, Draft]] = []
        self.headings: list[tuple[tuple[int, int], Draft]] = []
        self.article: Draft | None = None
        self.paragraph: Draft | None = None
        self.annex: Draft | None = None
        self.final = False
        self.fresh_annex = False
        self.last_division: Draft | None = None

    # ── where text goes at the top of the page ─────────────────────────────────────────────────────

    @property
    def target(self) -> Draft:
        if self.final:
            return self.act.part("final")
        if self.annex is not None:
            return self.headings[-1][1] if self.headings else self.annex
        if self.paragraph is not None:
            return self.paragraph
        if self.article is not None:
            return self.article
        if self.divisions:
            return self.divisions[-1][1]
        return self.act.part("preamble")

    @property
    def in_preamble(self) -> bool:
        return not (self.final or self.annex or self.article or self.divisions)

    # ── the walk ───────────────────────────────────────────────────────────────────────────────────

    def flow(self, element: etree._Element, own: Draft | None) -> None:
        """Reads what stands in ``element``: into ``own``, or with None wherever the act has got to."""
        for piece in pieces(element):
            if tag_of(piece) == "p" and len(piece) < 3 and element.tag == "div" and not classes(piece):
                label = inline_text(piece)
                if (
                    label
                    and is_label(label)
                    and any(tag_of(child) in ("p", "div", "table") for child in element)
                ):
                    # "1)" and a blank, then what it marks as blocks: consolidated texts of the older generator.
                    own = self.item(label, piece, "", own)
                    self.called(piece, own)
                    continue
            self.block(piece, own)

    def block(self, element: etree._Element, own: Draft | None) -> None:
        tag = tag_of(element)
        if tag in eu_classes.RULES:
            return
        named = frozenset(name.removeprefix("oj-") for name in classes(element))
        if named & eu_classes.MARKS and tag in ("p", "a"):
            self.drop("consolidation-mark", element)
        elif named & eu_classes.FRONT:
            self.drop("consolidation-front", element)
        elif any(name.startswith("hd-") for name in named):
            self.drop("journal-head", element)
        elif tag == "table":
            self.table(element, own)
        elif "grid-container" in named:
            self.grid(element, own)
        elif tag in ("ul", "ol", "dl"):
            self.html_list(element, own)
        elif tag == "p" or (tag != "div" and not any(tag_of(child) not in INLINE for child in element)):
            self.line(element, named, own)
        else:
            self.division_element(element, named, own)

    def division_element(self, element: etree._Element, named: frozenset[str], own: Draft | None) -> None:
        """A ``div``: some say by their id or class what they hold."""
        name = element.get("id") or ""
        if own is None and "final" in named:
            self.final = True
            self.flow(element, None)
            self.final = False
            return
        if own is None and self.in_preamble and name.startswith("cit_"):
            self.flow(element, self.act.citation(element))
            return
        numbers = [child for child in element if "no-parag" in classes(child)]
        if numbers and element[0] is numbers[0] and not (element.text or "").strip():
            self.numbered(element, numbers[0], own)
            return
        if not any(tag_of(child) not in INLINE for child in element):
            self.line(element, named, own)
            return
        if "enumeration-spacing" in named:
            self.spaced(element, own)
            return
        self.flow(element, own)

    def line(self, element: etree._Element, named: frozenset[str], own: Draft | None) -> None:
        """A paragraph of the page."""
        if named & eu_classes.NOTE:
            self.notes.add(element, own or self.target)
            return
        text = self.words(element)
        if own is None and _IMPRINT.match(text):
            self.drop("imprint", element)
            return
        if not text:
            self.notes.called(element, self.act.place_of(own or self.target).last or own or self.target)
            return
        if own is not None:
            self.inner(element, named, text, own)
            return
        level = next((found for name in named if (found := eu_classes.LEVEL.fullmatch(name))), None)
        if self._is_annex(named, text):
            self.annex, self.final = self.act.annex(text, element), False
            self.headings, self.fresh_annex, self.article, self.paragraph = [], True, None, None
            self.called(element, self.annex)
        elif self.annex is not None and (
            named & (eu_classes.TITLE | eu_classes.ANNEX_HEADING)
            or (self.fresh_annex and level and not self.annex.heading and not looks_numbered(text))
        ):
            self.annex.heading = f"{self.annex.heading}\n{text}".strip()
            self.called(element, self.annex)
        elif named & eu_classes.TITLE:
            self.called(element, self.act.add_title(text, element))
        elif named & eu_classes.DIVISION:
            self.open_division(element, text)
        elif named & eu_classes.DIVISION_HEADING and self.last_division is not None:
            self.last_division.heading = f"{self.last_division.heading}\n{text}".strip()
            self.called(element, self.last_division)
        elif named & eu_classes.ARTICLE:
            self.open_article(element, text)
        elif named & eu_classes.ARTICLE_HEADING and self.article is not None:
            self.article.heading = f"{self.article.heading}\n{text}".strip()
            self.called(element, self.article)
        elif level is not None:
            self.open_heading(element, text, int(level.group(1) or 1))
        else:
            self.fresh_annex = False
            self.say(element, text)

    def say(self, element: etree._Element, text: str) -> None:
        """A plain line where the act has got to: it may begin with the number of a paragraph or an item."""
        if self.in_preamble and CITATION.match(text):
            self.called(element, self.act.say(self.act.citation(element), text, element))
            return
        if self.article is not None and self.annex is None and CLOSING.match(text):
            self.final = True  # older pages have no element for what closes an act
        if self.article is not None and self.annex is None and not self.final:
            found = PARAGRAPH.match(all_text(element))
            if found and text.startswith(found["num"]):
                rest = text[len(found["num"]) :].strip()
                if found["num"][0].isdigit():
                    self.paragraph = self.act.paragraph(self.article, found["num"], element)
                    self.called(element, self.act.say(self.paragraph, rest, element))
                else:
                    quoted = self.act.quotation(self.target, found["num"], element)
                    self.called(element, self.act.say(quoted, rest, element))
                return
        if not self.final and (found := _INLINE_LABEL.match(text)):
            self.item(found["num"], element, text[found.end() :], None)
            return
        if self.annex is not None and (found := PARAGRAPH.match(text) or _CODE_LINE.match(text)):
            self.item(found[1], element, text[found.end() :], None)
            return
        self.called(element, self.act.say(self.target, text, element))

    def inner(self, element: etree._Element, named: frozenset[str], text: str, own: Draft) -> None:
        """A line inside an item, a paragraph or a cell."""
        if named & (eu_classes.ARTICLE | eu_classes.DIVISION | eu_classes.TITLE):
            self.called(element, self.act.say(own, text, element))
            return
        found = PARAGRAPH.match(all_text(element))
        if (
            found
            and not found["num"][0].isdigit()
            and found["num"][0] != "("
            and text.startswith(found["num"])
        ):
            quoted = self.act.quotation(own, found["num"], element)
            self.called(element, self.act.say(quoted, text[len(found["num"]) :].strip(), element))
            return
        if (labelled := _INLINE_LABEL.match(text)) and "norm" in named:
            self.item(labelled["num"], element, text[labelled.end() :], own)
            return
        self.called(element, self.act.say(own, text, element))

    # ── parts of an act ────────────────────────────────────────────────────────────────────────────

    def open_division(self, element: etree._Element, text: str) -> None:
        rank = division(text)[0]
        holder = element.getparent()
        name = (holder.get("id") or "").rpartition(".")[2] if holder is not None else ""
        if rank > 5 and name[:3] in eu_classes.ID_RANK:
            rank = eu_classes.ID_RANK[name[:3]][0]
        while self.divisions and self.divisions[-1][0] >= rank:
            self.divisions.pop()
        above = self.divisions[-1][1] if self.divisions else self.act.part("enacting-terms")
        self.last_division = self.act.division(above, text, element)
        self.divisions.append((rank, self.last_division))
        self.article = self.paragraph = self.annex = None
        self.called(element, self.last_division)

    def open_article(self, element: etree._Element, text: str) -> None:
        above = self.divisions[-1][1] if self.divisions else self.act.part("enacting-terms")
        holder = element.getparent()
        fallback = (holder.get("id") or "").replace("_", "") if holder is not None else ""
        self.article = self.act.article(above, text, element, fallback if fallback.startswith("art") else "")
        self.final = False
        self.paragraph = self.annex = None
        self.called(element, self.article)

    def open_heading(self, element: etree._Element, text: str, level: int) -> None:
        """A heading inside an annex (or between articles, where it is a heading of its own)."""
        self.fresh_annex = False
        if self.annex is None:
            self.called(element, self.act.say(self.target, text, element))
            return
        if self.headings and not looks_numbered(text):
            last = self.headings[-1][1]
            if last.unit == "section" and not (last.heading or last.text or last.children):
                last.heading = text  # "Section 1" on a line, what it is about on the next
                self.called(element, last)
                return
        rank = (level, 0 if looks_like_section(text) else 1 if looks_numbered(text) else 2)
        while self.headings and self.headings[-1][0] >= rank:
            self.headings.pop()
        above = self.headings[-1][1] if self.headings else self.annex
        made = self.act.heading(above, text, element)
        self.headings.append((rank, made))
        self.called(element, made)

    def item(self, num: str, element: etree._Element, text: str, own: Draft | None) -> Draft:
        """An item of an enumeration; in the preamble it is a recital."""
        number = num.strip()
        if own is None and self.in_preamble and number.strip("()").rstrip(".").isdigit():
            made = self.act.recital(number, element)
        else:
            made = self.act.point(own or self.target, number, element)
        self.fresh_annex = False
        if text:
            self.called(element, self.act.say(made, text, element))
        return made

    # ── enumerations ───────────────────────────────────────────────────────────────────────────────

    def table(self, element: etree._Element, own: Draft | None) -> None:
        if any("hd-" in name for one in element.iter("p") for name in classes(one)):
            self.drop("journal-head", element)
            return
        if holds_front(element):
            self.drop("consolidation-front", element)
            return
        if not is_enumeration(element):
            self.fresh_annex = False
            made = add_table(self.act, own or self.target, element)
            self.called(element, made)
            for note in element.iter("p"):
                if frozenset(name.removeprefix("oj-") for name in classes(note)) & eu_classes.NOTE:
                    self.account.remark(note, "a footnote stands in a table and is read as part of its row")
            return
        for row in element.iter("tr"):
            if table_of(row) is not element:
                continue
            cells = [cell for cell in row if tag_of(cell) in ("td", "th") and all_text(cell).strip()]
            if not cells:
                continue
            label = inline_text(cells[0])
            if len(cells) > 1 and is_note_label(label):
                made = self.act.note(own or self.target, label, "", row)
                self.called(cells[0], made)
                for cell in cells[1:]:
                    self.flow(cell, made)
            elif len(cells) > 1 and is_label(label):
                self.called(cells[0], made := self.item(label, row, "", own))
                for cell in cells[1:]:
                    self.flow(cell, made)
            elif len(cells) == 1 and is_label(label) and not cells[0].xpath(".//table"):
                self.item(label, row, "", own)
            else:
                for cell in cells:
                    self.flow(cell, own)

    def grid(self, element: etree._Element, own: Draft | None) -> None:
        """``grid-list-column-1`` is the mark, ``grid-list-column-2`` what it marks."""
        made: Draft | None = None
        for child in pieces(element):
            named = classes(child)
            if "grid-list-column-1" in named:
                made = self.item(self.words(child), child, "", own)
                self.called(child, made)
            elif "grid-list-column-2" in named and made is not None:
                self.flow(child, made)
            else:
                self.block(child, made if made is not None else own)

    def numbered(self, element: etree._Element, number: etree._Element, own: Draft | None) -> None:
        """``<span class="no-parag">1. </span>`` and the paragraph after it."""
        num = self.words(number)
        if own is None and self.article is not None and self.annex is None:
            made = self.paragraph = self.act.paragraph(self.article, num, element)
        else:
            made = self.act.point(own or self.target, num, element)
        self.called(number, made)
        for piece in pieces(element):
            if "no-parag" not in classes(piece):
                self.block(piece, made)

    def spaced(self, element: etree._Element, own: Draft | None) -> None:
        """An enumeration set as two inline paragraphs, mark and text (annexes of the Official Journal since 2023)."""
        parts = list(pieces(element))
        label = self.words(parts[0]) if parts else ""
        if len(parts) > 1 and is_label(label):
            made = self.item(label, element, "", own)
            self.called(parts[0], made)
            for part in parts[1:]:
                self.block(part, made)
            return
        for part in parts:
            self.block(part, own)

    def html_list(self, element: etree._Element, own: Draft | None) -> None:
        for child in pieces(element):
            if tag_of(child) in ("li", "dd", "dt"):
                self.flow(child, self.item("—" if element.tag == "ul" else "", child, "", own))
            else:
                self.block(child, own)

    # ── small things ───────────────────────────────────────────────────────────────────────────────

    def words(self, element: etree._Element) -> str:
        """The text of a line without the marks of a consolidation, which are discarded by name."""
        text, marks = without_marks(inline_text(element))
        for mark in marks:
            self.account.discard("consolidation-mark", element, mark)
        return text

    def called(self, element: etree._Element, by: Draft) -> None:
        self.notes.called(element, by)

    def drop(self, rule: str, element: etree._Element) -> None:
        if text := source_text(element).strip():
            self.account.discard(rule, element, text)
            if rule == "journal-head":
                self.act.heads.append(all_text(element, " "))

    def _is_annex(self, named: frozenset[str], text: str) -> bool:
        if "title-annex-1" in named:
            return True
        begun = self.annex is not None or self.article is not None or bool(self.act.parts.get("preamble"))
        return bool(named & {"doc-ti", "ti-annex"}) and annex_segment(text) is not None and begun


def read_journal(root: etree._Element, account: Account) -> Act:
    """The act that ``root`` (the content of a page, its typography set) prints."""
    reader = OfficialJournal(account)
    reader.flow(root, None)
    reader.notes.attach()
    return reader.act
