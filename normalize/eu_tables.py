"""Tables of European Union acts: those that only lay an enumeration out, and those that hold data."""

from __future__ import annotations

from lxml import etree

from normalize.draft import Draft
from normalize.eids import slug
from normalize.eu_act import Act
from normalize.eu_marks import is_label, is_note_label
from normalize.html import all_text, classes
from normalize.inline import tag_of
from normalize.table import Row, read_table

_DATA = frozenset({"oj-table", "table", "borderOj", "border"})


def is_enumeration(table: etree._Element) -> bool:
    """Whether a table is the layout of list items: in every row a mark and what it marks, or a text alone."""
    if classes(table) & _DATA:
        return False
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    for row in rows:
        cells = [cell for cell in row if tag_of(cell) in ("td", "th")]
        if any(tag_of(cell) == "th" for cell in cells):
            return False
        filled = [cell for cell in cells if all_text(cell).strip()]
        if len(filled) > 2 or (
            len(filled) == 2
            and not (is_label(_first_words(filled[0])) or is_note_label(_first_words(filled[0])))
        ):
            return False
        if len(filled) == 1 and len(cells) == 1:
            return len(rows) == 1
    return True


def _first_words(cell: etree._Element) -> str:
    return " ".join(all_text(cell).split())


def add_table(act: Act, own: Draft, element: etree._Element) -> Draft:
    """A table of data under ``own``: its caption, and a provision for each row, keyed by the first cell."""
    here = act.place_of(own)
    here.tables += 1
    here.last = None if here.last is None else here.last
    read = read_table(element)
    table = own.add(
        Draft(
            segment="table" if here.tables == 1 else f"table-{here.tables}",
            unit="table",
            heading=read.caption,
            quiet=True,
            place=element,
        )
    )
    here.texts += 1
    for row in (*read.head, *read.body, *read.foot):
        if row.is_empty:
            continue
        head = row in read.head or _is_header(row)
        key = next((text for text in row.governing if text), "")
        table.add(
            Draft(
                segment="header" if head else slug(key, words=8) or "row",
                unit="header" if head else "row",
                text=row.joined,
                quiet=True,
                place=row.place,
            )
        )
    return table


def _is_header(row: Row) -> bool:
    lines = list(row.place.iter("p"))
    return bool(lines) and all(classes(line) & {"oj-tbl-hdr", "tbl-hdr"} for line in lines)
