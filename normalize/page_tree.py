"""Blocks of a page as provisions: headings nest what follows them, items nest in lists, marked paragraphs nest by their marks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from normalize.draft import Draft
from normalize.eids import key, slug
from normalize.markers import Mark, read_lead, readings
from normalize.outline import IRREGULAR, Event, Sort, place
from normalize.page_blocks import Block
from normalize.table import Row, Table

_SECTION = re.compile(r"(?P<num>(?:Section|Sec\.|SECTION|SEC\.)\s+(?P<number>\d+[A-Za-z]?)\.)\s*")
_SHORT_HEADING = re.compile(r"(?P<words>[A-Z\"“][^.;:]{2,90}\.)\s+(?=[\"“(A-Z])")
_QUESTION = re.compile(r"(?:Q(?:uestion)?\.?\s*|FAQ\s*)#?(?P<number>\d{1,4}[a-z]?)\b", re.IGNORECASE)
_SECTION_LEVEL = 50
_KEY_CEILING = 40
_SLUG_FROM = 120  # characters: an address takes the first words only
_SERIAL = re.compile(r"(?:no\.?|nr\.?|#)?\s*\d{1,4}[.)]?", re.IGNORECASE)


@dataclass(slots=True)
class Tree:
    """Builds the roots from blocks. ``open_headings`` are those that the next block stands under; ``items`` the open item of each
    depth of list; ``marked`` the run of marked paragraphs that is being read."""

    roots: list[Draft] = field(default_factory=list)
    open_headings: list[tuple[int, Draft]] = field(default_factory=list)
    items: dict[int, Draft] = field(default_factory=dict)
    marked: list[tuple[Draft, Draft | None, list[Mark]]] = field(default_factory=list)

    def read(self, blocks: Iterable[Block]) -> list[Draft]:
        """All blocks, in order."""
        for block in blocks:
            if block.kind == "heading":
                self._heading(block.level, block.text)
            elif block.kind == "item":
                self._item(block)
            elif block.kind == "close":
                self.items = {depth: item for depth, item in self.items.items() if depth < block.level}
            elif block.kind == "table" and block.table is not None:
                self._under(block.level).append(table_draft(block.table))
            elif block.level and block.level in self.items:
                self._in_item(self.items[block.level], block.text)
            else:
                self._paragraph(block.text)
        self._settle_marks()
        return self.roots

    def _under(self, depth: int) -> list[Draft]:
        if depth and depth in self.items:
            return self.items[depth].children
        return self.open_headings[-1][1].children if self.open_headings else self.roots

    def _heading(self, level: int, text: str, num: str = "", segment: str = "") -> Draft:
        self._settle_marks()
        self.items.clear()
        while self.open_headings and self.open_headings[-1][0] >= level:
            self.open_headings.pop()
        if question := _QUESTION.match(text):
            segment = segment or f"q-{question['number'].lower()}"
        unit = "section" if num else "heading"
        draft = Draft(
            segment=segment or slug(text[:_SLUG_FROM]) or "heading",
            unit=unit,
            num=num,
            heading=text,
            absolute=True,
            quiet=True,
        )
        self._under(0).append(draft)
        self.open_headings.append((level, draft))
        return draft

    def _paragraph(self, text: str) -> None:
        self.items.clear()
        if section := _SECTION.match(text):
            rest = text[section.end() :]
            titled = _SHORT_HEADING.match(rest)
            heading = titled["words"] if titled else ""
            draft = self._heading(_SECTION_LEVEL, heading, section["num"], f"sec-{section['number'].lower()}")
            text = rest[len(heading) :].strip()
            lead = read_lead(text)
            if not lead.marks:
                draft.text = text
                return
        lead = read_lead(text)
        marks = [mark for mark in lead.marks if readings(mark.sign, italic=mark.italic, dotted=mark.dotted)]
        if not marks or len(marks) != len(lead.marks):
            self._under(0).append(
                Draft(segment=slug(text[:_SLUG_FROM]) or "text", unit="paragraph", text=text, quiet=True)
            )
            return
        chain: Draft | None = None
        for mark in marks:
            draft = Draft(
                segment=mark.segment, unit="paragraph", num=mark.num, heading=mark.heading, quiet=True
            )
            if chain is None:
                self._under(0).append(draft)
            self.marked.append((draft, chain, [mark]))
            chain = draft
        assert chain is not None
        chain.text = lead.text

    def _settle_marks(self) -> None:
        """Moves the marked paragraphs of the section that ends here under one another, by the cheapest reading of their run."""
        if self.marked:
            siblings = self._under(0)
            before: Draft | None = None
            events = []
            for _, inner, marks in self.marked:
                announced = before is not None and before.text.rstrip().endswith((":", "—", "–"))
                events.append(
                    Event(sort=Sort.MARK, mark=marks[0], inner=inner is not None, announced=announced)
                )
                before = _
            stack: list[Draft] = []
            places = place(events)
            if any(one.cost >= IRREGULAR for one in places):
                # Numbering that the run does not bear out is left as it stands, side by side.
                self._side_by_side(siblings)
                return
            for (draft, inner, _), placed in zip(self.marked, places, strict=True):
                if not placed.depth:
                    stack = stack[:0]
                    if inner is not None:
                        inner.children.append(draft)
                    continue
                del stack[placed.depth - 1 :]
                if stack:
                    if inner is None:
                        siblings.remove(draft)
                    stack[-1].children.append(draft)
                elif inner is not None:
                    siblings.insert(siblings.index(inner) + 1, draft)
                stack.append(draft)
            self.marked = []

    def _side_by_side(self, siblings: list[Draft]) -> None:
        for draft, inner, _ in self.marked:
            if inner is not None:
                inner.children.append(draft)
        self.marked = []

    def _item(self, block: Block) -> None:
        self.items = {depth: item for depth, item in self.items.items() if depth < block.level}
        above = self.items.get(block.level - 1)
        siblings = above.children if above is not None else self._under(0)
        segment = block.num.rstrip(".")
        draft = Draft(segment=segment, unit="item", num=block.num, quiet=True)
        siblings.append(draft)
        self.items[block.level] = draft

    def _in_item(self, item: Draft, text: str) -> None:
        if not item.text and not item.children:
            item.text = text
            item.segment = item.segment or slug(text[:_SLUG_FROM]) or "item"
        else:
            item.children.append(
                Draft(segment=slug(text[:_SLUG_FROM]) or "text", unit="paragraph", text=text, quiet=True)
            )


def table_draft(table: Table) -> Draft:
    """A table with a child for each row, keyed by its first cell with words that is no serial number."""
    draft = Draft(segment="table", unit="table", heading=table.caption, quiet=True)
    if table.caption:
        draft.segment = slug(table.caption) or "table"
    for row in table.head:
        _add(draft, row, "header", "header")
    for row in (*table.body, *table.foot):
        head = (
            bool(row.cells) and all(cell.head or not cell.text for cell in row.cells) and not draft.children
        )
        _add(draft, row, "header" if head else "row", "header" if head else _key(row))
    if table.notes:
        draft.text = "\n".join(table.notes)
    return draft


def _add(draft: Draft, row: Row, unit: str, segment: str) -> None:
    if not row.is_empty:
        draft.add(Draft(segment=segment, unit=unit, text=row.joined, quiet=True))


def _key(row: Row) -> str:
    worded = [cell[:_SLUG_FROM] for cell in row.texts if key(cell[:_SLUG_FROM])]
    named = next(
        (cell for cell in worded if not _SERIAL.fullmatch(cell.strip())), worded[0] if worded else ""
    )
    return key(named)[:_KEY_CEILING] or "row"
