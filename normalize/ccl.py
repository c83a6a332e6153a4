"""The Commerce Control List (Supplement No. 1 to part 774 of title 15): from its DIV9 to provisions.

Entries are roots (unit ``entry``, eid the ECCN). Categories, parts, product groups and annexes are headings: provisions of their own
between the entries, with the notes that stand under them (``category-3``, ``category-3.group-a``, ``category-1.annex``). The basket at
the end of a category is ``category-3.ear99``.
"""

from __future__ import annotations

import re

from lxml import etree

from archive.records import Provision
from normalize.audit import Account
from normalize.ccl_blocks import block_label
from normalize.ccl_division import write_division, write_history
from normalize.ccl_entry import write_entry
from normalize.ccl_headings import EntryHeading, Place, division, entry_heading, may_head_entry
from normalize.ccl_lines import HEADING, HISTORY, PARAGRAPH, Line, lines, loose_text
from normalize.ccl_notes import note_heading
from normalize.ccl_tree import Node, Tree, slug

_EDITORIAL_NOTE = re.compile(r"editorial notes?:?", re.IGNORECASE)
_TELLING = frozenset("[eE")  # what begins one of these two, or the basket EAR99
_CITATION = re.compile(r"\[\d+ FR \d+,[^\]]*\]\.?")


def read_ccl(div: etree._Element, account: Account) -> tuple[Provision, ...]:
    """The provisions of the list whose DIV9 this is, in document order. What no rule takes goes to ``account``."""
    reader = _Reader(account)
    for line in lines(div, account):
        reader.read(line)
    return reader.finish()


class _Reader:
    """Cuts the stream of lines at the headings, and hands each stretch to the writer of its kind."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._tree = Tree()
        self._place = Place()
        self._entry: EntryHeading | None = None
        self._division: Node | None = None
        self._lines: list[Line] = []
        self._history: list[Line] = []

    def read(self, line: Line) -> None:
        kind, text = line.kind, line.text
        if kind is HISTORY:  # at the end of the list it is the list's, anywhere else its neighbour's
            self._history.append(line)
            return
        if self._history:
            self._lines.extend(self._history)
            self._history.clear()
        if kind is not HEADING and not line.bold and line.tag != "FP-2" and text[:1] not in _TELLING:
            self._lines.append(line)  # as nearly all are: none of what follows could be true of it
        elif line.tag == "HEAD":
            self._open_division("head", "heading", "", text)
        elif may_head_entry(line) and (head := entry_heading(text)):
            self._open_entry(head)
        elif not (kind is HEADING and self._heading(line)) and not (
            kind is PARAGRAPH and self._closing(line)
        ):
            if line.bold and line.tag == "FP-2":
                self._account.remark(
                    line.element, f"a heading in bold that names no ECCN is read as text: {text[:60]}"
                )
            self._lines.append(line)

    def finish(self) -> tuple[Provision, ...]:
        self._flush()
        for line in self._history:
            write_history(self._tree, None, line, self._account)
        return self._tree.provisions()

    def _heading(self, line: Line) -> bool:
        """Whether a heading element opens something above entries; else it belongs to the entry or division that is open."""
        if self._entry is not None and block_label(line.text) is not None:
            return False
        found = division(line.text) if line.tag == "HD1" else None
        if found is not None:
            self._flush()
            self._division = self._tree.add(
                None, self._place.open(found), found.unit, num=found.num, heading=found.words
            )
            self._entry = None
            return True
        if self._entry is not None and (self._entry.code != "EAR99"):
            return False
        unit = "note" if note_heading(line.text) else "heading"
        if self._division is not None and self._division.unit in (
            "annex",
            "category",
            "part",
            "group",
            "subgroup",
        ):
            return False
        self._open_division(
            f"{self._place.address()}.{slug(line.text) or unit}".strip("."), unit, "", line.text
        )
        return True

    def _closing(self, line: Line) -> bool:
        """Whether a paragraph opens what stands behind the last entry: the citation, the editorial note."""
        if _CITATION.fullmatch(line.text):
            self._open_division("citation", "citation", "", "")
            self._lines.append(line)
            return True
        if _EDITORIAL_NOTE.fullmatch(line.text):
            self._open_division("editorial-note", "note", "", line.text)
            return True
        return False

    def _open_division(self, eid: str, unit: str, num: str, heading: str) -> None:
        self._flush()
        self._entry = None
        self._division = self._tree.add(None, eid, unit, num=num, heading=heading)

    def _open_entry(self, head: EntryHeading) -> None:
        self._flush()
        self._entry, self._division = head, None
        if head.code == "EAR99":
            self._entry = None
            eid = f"{self._place.address()}.ear99".strip(".")
            self._division = self._tree.add(None, eid, "basket", num=head.code, heading=head.words)

    def _flush(self) -> None:
        if self._entry is not None:
            write_entry(self._tree, self._entry, self._lines, self._account)
        elif self._division is not None:
            write_division(self._tree, self._division, self._lines, self._account)
        else:
            for line in self._lines:
                self._account.leftover(line.element, line.text or loose_text(line.element))
        self._lines = []
