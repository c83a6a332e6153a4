"""Tables of gii-norm.dtd (the CALS model: tgroup, colspec, row, entry with namest, nameend, morerows) as provisions, row by row."""

from __future__ import annotations

from lxml import etree

from normalize.draft import Draft
from normalize.eids import key
from normalize.inline import inline_text, tag_of
from normalize.table import Cell, Row

_SPAN_CEILING = 200


def table_draft(table: etree._Element) -> Draft:
    """The table with a child for each heading row and each row; rows are keyed by their first cell that has words."""
    draft = Draft(segment="tabelle", unit="table", place=table, quiet=True)
    lines: list[str] = []
    for child in table:
        tag = tag_of(child)
        if tag == "tgroup":
            _group(child, draft)
        elif tag and (text := inline_text(child)):
            lines.append(text)
    draft.text = "\n".join(lines)
    return draft


def _group(group: etree._Element, draft: Draft) -> None:
    names = [column.get("colname") or f"col{place}" for place, column in enumerate(group.iter("colspec"), 1)]
    for part in group:
        if tag_of(part) not in ("thead", "tbody", "tfoot"):
            continue
        for row in grid(part, names):
            if not row.is_empty:
                unit = "header" if part.tag == "thead" else "row"
                draft.add(Draft(segment=_key(row), unit=unit, text=row.joined, place=row.place, quiet=True))


def _key(row: Row) -> str:
    first = next((cell for cell in row.texts if key(cell)), "")
    return key(first)[:40] or "zeile"


def grid(part: etree._Element, names: list[str]) -> tuple[Row, ...]:
    """The rows of a part of a table with their spans resolved: each character of the source is in one cell."""
    columns = {name: place for place, name in enumerate(names)}
    reaching: dict[int, tuple[int, str]] = {}
    rows: list[Row] = []
    for source in part.iterchildren("row"):
        cells: dict[int, Cell] = {}
        for column, (left, text) in list(reaching.items()):
            cells[column] = Cell(text="", column=column, of=text, continued=True)
            if left > 1:
                reaching[column] = (left - 1, text)
            else:
                del reaching[column]
        at = 0
        for entry in source.iterchildren("entry"):
            while at in cells:
                at += 1
            at = columns.get(entry.get("namest") or entry.get("colname") or "", at)
            while at in cells:  # two entries that claim one column: the second goes on to the right
                at += 1
            end = columns.get(entry.get("nameend") or "", at)
            text, tall = _words(entry), _more(entry)
            for column in range(at, max(at, end) + 1):
                own = column == at
                cells[column] = Cell(text=text if own else "", column=column, of=text, continued=not own)
                if tall:
                    reaching[column] = (tall, text)
            at = max(at, end) + 1
        width = max(len(names), max(cells, default=-1) + 1)
        line = tuple(cells.get(column, Cell(text="", column=column)) for column in range(width))
        rows.append(Row(cells=line, place=source))
    return tuple(rows)


def _words(entry: etree._Element) -> str:
    """The words of a cell; each item of a list in it on a line of its own, parted from its mark."""
    for mark in list(entry.iter("DT")):
        mark.tail = f" {mark.tail or ''}"
        mark.addprevious(etree.Element("br"))
    return inline_text(entry)


def _more(entry: etree._Element) -> int:
    said = entry.get("morerows", "0").strip()
    return min(int(said), _SPAN_CEILING) if said.isascii() and said.isdigit() else 0
