"""Tables of eCFR XML as provisions: the EAR's lists as entries by country and name, every other one row by row."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from lxml import etree

from normalize.draft import Draft
from normalize.ecfr_country_tables import is_country_table, read_country_table
from normalize.ecfr_lists import is_party_list, read_party_list
from normalize.eids import key, slug
from normalize.inline import tag_of
from normalize.table import JOINT, Row, Table, read_table

if TYPE_CHECKING:
    from normalize.ecfr_flow import Context

_OUTSIDE_CELLS = frozenset({"table", "thead", "tbody", "tfoot", "tr", "gpotable", "boxhd", "row"})
_WORDY = re.compile(r"[A-Za-z]{3}")
_NUMBERED = re.compile(r"(?:table|figure)\s+(?P<number>\d+|[A-Z]\b|[IVX]+\b)", re.I)
# One cell may hold several footnotes, each on a line of its own.
_NEXT_MARK = re.compile(r"\n(?=\^\{?(?:\d{1,2}|[a-z*†‡])\}?\s)")
_MARK = re.compile(r"(?P<num>\^\{?(?P<sign>\d{1,2}|[a-z*†‡])\}?)\s*(?P<words>.*)", re.DOTALL)


def table_draft(element: etree._Element, context: Context) -> Draft | None:
    """The table as a provision: its caption as heading, then its rows. None for one without a word."""
    table = read_table(element)
    _report_words_outside_cells(element, context)
    if not (table.caption or table.head or table.body or table.foot or table.notes):
        return None
    draft = Draft(
        segment=_name(table),
        unit="table",
        heading=table.caption,
        place=element,
        quiet=True,
    )
    for row in table.head:
        if not row.is_empty:
            draft.add(Draft(segment="header", unit="header", text=joined(row), place=row.place, quiet=True))
    body, footnotes = split_footnotes(table)
    if is_party_list(table):
        draft.segment, draft.transparent = "table", True
        read_party_list(body, table, draft, context)
    elif is_country_table(table):
        read_country_table(body, draft)
    else:
        _read_rows(body, draft)
    for row in footnotes:
        for text in _NEXT_MARK.split(joined(row)):
            draft.add(_footnote(text, row.place))
    for note in table.notes:
        draft.add(Draft(segment=f"note-{slug(note)}", unit="note", text=note, place=element, quiet=True))
    return draft


def joined(row: Row, first: int = 0) -> str:
    """The cells from column ``first`` on with `` | `` between them. Cells that one to the left reaches into are left out at the
    end of the row, so that a pointer across the whole width is one text."""
    cells = list(row.cells[first:])
    while len(cells) > 1 and cells[-1].continued:
        cells.pop()
    return JOINT.join(cell.text for cell in cells)


def split_footnotes(table: Table) -> tuple[list[Row], list[Row]]:
    """The rows of the body, and the footnotes: the TFOOT, and rows across the whole width at the end of the body that begin with
    a mark (Entity List before 2026: no country, though they stand in the first column)."""
    body = [row for row in table.body if not row.is_empty]
    footnotes = [row for row in table.foot if not row.is_empty]
    end = len(body)
    while end and body[end - 1].spans_all and re.match(r"\^|\d{1,2}\s+[A-Z]", body[end - 1].texts[0]):
        end -= 1
    return body[:end], body[end:] + footnotes


def _footnote(text: str, place: etree._Element) -> Draft:
    found = _MARK.match(text) or re.match(r"(?P<num>(?P<sign>\d{1,2}))\s+(?P<words>.*)", text, re.DOTALL)
    if not found:
        return Draft(segment=f"note-{slug(text)}", unit="note", text=text, place=place, quiet=True)
    return Draft(
        segment=f"fn-{found['sign']}",
        unit="footnote",
        num=found["num"],
        text=found["words"],
        place=place,
        quiet=True,
    )


def _name(table: Table) -> str:
    """``table-1`` by the number that the caption prints, else by the words of its caption or of its head, so that another table
    before it moves no address."""
    if found := _NUMBERED.match(table.caption):
        return f"table-{found['number'].lower()}"
    words = slug(table.caption or " ".join(text for row in table.head[:1] for text in row.texts))
    return f"table-{words}" if words else "table"


def _read_rows(rows: list[Row], draft: Draft) -> None:
    """Rows by the words of their first cell; where several have the same, also by those of the second, unless that is a value:
    a value that moves must not move the row."""
    firsts = [key(_cell(row, 0)) for row in rows]
    often = Counter(firsts)
    for row, first in zip(rows, firsts, strict=True):
        second = _cell(row, 1) if often[first] > 1 else ""
        name = first[:40] + (key(second)[:40] if _WORDY.search(second) else "")
        label = row.spans_all or all(cell.head for cell in row.cells)
        unit = "header" if label and len(row.cells) > 1 else "row"
        segment = f"row-{name}" if name else "row"
        draft.add(Draft(segment=segment, unit=unit, text=joined(row), place=row.place, quiet=True))


def _cell(row: Row, number: int) -> str:
    """The text that governs the row in its first, second … filled column."""
    filled = [text for text in row.governing if text]
    return filled[number] if number < len(filled) else ""


def _report_words_outside_cells(element: etree._Element, context: Context) -> None:
    """Text directly in a TABLE, a row or a group of rows belongs to no cell."""
    for one in element.iter():
        if tag_of(one).lower() in _OUTSIDE_CELLS:
            context.account.leftover(one, one.text or "")
            for child in one:
                context.account.leftover(child, child.tail or "")
