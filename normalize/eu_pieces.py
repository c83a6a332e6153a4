"""What stands in an element of a page, piece by piece: its blocks, and the runs of text between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from normalize.eu_notes import MARKER
from normalize.html import all_text, classes
from normalize.inline import tag_of

INLINE = frozenset(
    "span a b i em strong sup sub br u img small font abbr cite q code s del ins mark bdo wbr".split()
) | {MARKER}
_MARK = re.compile(r"[►▼◄▲](?:[BMCA]\d{0,4}\b)?(?:[\s\u00a0]*[—–-]{5,})?")
_CLOSED = re.compile(r"[\s\u00a0]*◄[\s\u00a0]*(?=[,.;:)’”])")
_DELETED = re.compile(r"[\s\u00a0]*(?:[—–-][\s\u00a0]?){4,}[\s\u00a0]*")
_BLANKS = re.compile(r" {2,}")


def pieces(element: etree._Element) -> Iterator[etree._Element]:
    """The children of ``element`` that are blocks, and between them each run of text and inline elements as a paragraph of its own."""
    run: etree._Element | None = None
    if (element.text or "").strip():
        run = etree.Element("p")
        run.text = element.text
    for child in element:
        if tag_of(child) in INLINE and not any(name in classes(child) for name in ("no-parag", "modref")):
            if run is None:
                run = etree.Element("p")
            run.append(deepcopy(child))
            continue
        if not tag_of(child):
            continue
        if run is not None and _prints(run):
            yield run
        run = None
        yield child
        if (child.tail or "").strip():
            run = etree.Element("p")
            run.text = child.tail
    if run is not None and _prints(run):
        yield run


def _prints(run: etree._Element) -> bool:
    return bool(all_text(run).strip()) or next(run.iter(MARKER, "img"), None) is not None


def table_of(row: etree._Element) -> etree._Element | None:
    for above in row.iterancestors("table"):
        return above
    return None


def holds_front(table: etree._Element) -> bool:
    """The table in front of a consolidation: ►B, the title, "amended by", and the Official Journal it stood in."""
    return any(
        classes(one) & {"title-doc-oj-reference", "title-fam-member", "title-fam-member-star", "arrow"}
        for one in table.iter("p")
    )


def without_marks(text: str) -> tuple[str, tuple[str, ...]]:
    """A line of a consolidated text without the marks of who changed it, and the marks: ``►M1 new ◄;`` → ``new;``.

    A line of dashes stands where a passage was taken out; it is a mark as well.
    """
    marks: tuple[str, ...] = ()
    if any(sign in text for sign in "►▼◄▲"):
        marks = tuple(_MARK.findall(text))
        text = _CLOSED.sub("", text)
        text = _BLANKS.sub(" ", _MARK.sub(" ", text)).strip()
    if len(text) > 3 and _DELETED.fullmatch(text):
        return "", (*marks, text)
    return text, marks
