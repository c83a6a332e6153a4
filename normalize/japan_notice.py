"""Lines of a notice as provisions: under their headings, in the lists that their marks (第１, １, （１）, ア) make of them."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from normalize.draft import Draft
from normalize.japan_running import split_list
from normalize.japan_tables import add_listed
from normalize.japan_words import words_key
from normalize.page_blocks import Block
from normalize.page_tree import table_draft


class Notice:
    """Builds the drafts of a notice from its headings, lines and tables in order; :meth:`close` gives the highest ones."""

    def __init__(self) -> None:
        self._top = Draft(segment="", unit="page")
        self._open: list[tuple[int, Draft]] = []
        self._lines: list[tuple[str, str, etree._Element]] = []

    def read(self, blocks: Iterable[Block]) -> list[Draft]:
        """All blocks of a document that has no markup of its own, such as a PDF."""
        for block in blocks:
            if block.kind == "heading":
                self.heading(block.text, block.level, block.place)
            elif block.table is not None:
                table = table_draft(block.table)
                table.segment = words_key(block.table.caption) or "表"
                self.table(table)
            else:
                self.line("paragraph", block.text, block.place)
        return self.close()

    def heading(self, text: str, level: int, place: etree._Element) -> None:
        self._flush()
        if not text:
            return
        while self._open and self._open[-1][0] >= level:
            self._open.pop()
        segment = words_key(text) or "見出し"
        draft = self._under().add(
            Draft(segment=segment, unit="heading", heading=text, place=place, quiet=True)
        )
        self._open.append((level, draft))

    def line(self, unit: str, text: str, place: etree._Element) -> None:
        """A text, a provision or an item of a list for each of its lines."""
        self._lines.extend((unit, line, place) for line in text.split("\n") if line.strip(" \u3000"))

    def table(self, table: Draft) -> None:
        self._flush()
        self._under().add(table)

    def part(self) -> None:
        """Something else begins: the lines after this belong to no list before it."""
        self._flush()

    def close(self) -> list[Draft]:
        """The highest drafts, in document order."""
        self._flush()
        return self._top.children

    def _under(self) -> Draft:
        return self._open[-1][1] if self._open else self._top

    def _flush(self) -> None:
        """The lines since the last heading: what goes before their first mark as paragraphs, the rest as the list that it is."""
        lines, self._lines = self._lines, []
        if not lines:
            return
        parent = self._under()
        intro, listed = split_list("\n".join(text for _, text, _ in lines), running=False)
        before = len([line for line in intro.split("\n") if line.strip(" \u3000")]) if listed else len(lines)
        for unit, text, place in lines[:before]:
            self._add(parent, unit, text, place)
        holder = Draft(segment="", unit="list", place=lines[-1][2])
        add_listed(holder, listed)
        parent.children.extend(holder.children)

    def _add(self, parent: Draft, unit: str, text: str, place: etree._Element) -> None:
        parent.add(
            Draft(
                segment=words_key(text) or unit,
                unit=unit,
                text=text.strip(" \u3000"),
                place=place,
                quiet=True,
            )
        )
