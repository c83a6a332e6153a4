"""Tables of a law: a row by its number (七の項) or by the words of its first cell, the numbered entries of its cells as provisions under it."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from normalize.audit import Account
from normalize.draft import Draft
from normalize.inline import tag_of
from normalize.japan_inline import text_of
from normalize.japan_markup import SENTENCES, UNITS
from normalize.japan_numbers import resolve
from normalize.japan_running import Listed, split_list
from normalize.japan_words import words_key
from normalize.table import JOINT

_SPAN_CEILING = 400
_CELLS = frozenset({"TableColumn", "TableHeaderColumn"})


@dataclass(slots=True)
class Row:
    """A row as a draft, and the units in its cells that are still to be read, each with the segment of its address."""

    draft: Draft
    units: list[tuple[etree._Element, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Cell:
    text: str = ""
    units: list[etree._Element] = field(default_factory=list)
    of: str = ""  # the text that governs the place, where a cell above reaches into it
    continued: bool = False


@dataclass(slots=True)
class _Line:
    place: etree._Element
    cells: list[_Cell]
    head: bool


def table_rows(table: etree._Element, account: Account) -> list[Row]:
    """The rows of a ``Table`` in document order."""
    lines = _grid(table, account)
    _carry_labels(lines)
    labels = [line.cells[0].of if line.cells else "" for line in lines]
    signs = resolve([label.removesuffix("の項") for label in labels])
    numbers = [sign.segment if sign is not None else "" for sign in signs]
    rows: list[Row] = []
    for index, (line, label, number) in enumerate(zip(lines, labels, numbers, strict=True)):
        head = line.head or (index == 0 and not number and any(numbers[1:2]))
        rows.append(_row(line, label, number, head))
    return rows


def _carry_labels(lines: list[_Line]) -> None:
    """A row whose first cell is empty goes on from the row above: merging is not always told by spans, but by borders left out."""
    above = ""
    for line in lines:
        if not line.cells or line.head:
            continue
        first = line.cells[0]
        if not first.of and above:
            first.of, first.continued = above, True
        above = first.of


def _row(line: _Line, label: str, number: str, head: bool) -> Row:
    draft = Draft(segment="", unit="header" if head else "row", place=line.place)
    row = Row(draft)
    texts: list[str] = []
    itemised = 0
    for column, cell in enumerate(line.cells):
        listed: list[Listed] = []
        text = cell.text
        if not head and column and not cell.continued:
            text, listed = split_list(cell.text)
            if len(listed) == 1 and not text and _own_label(line) == column:
                (only,) = listed
                number, draft.num = f"{number}/{only.segment}", only.mark
                text, listed = only.text, only.items
        texts.append(text)
        below = draft
        if listed or cell.units:
            itemised += 1
            if itemised > 1:
                below = draft.add(Draft(segment=f"欄{column + 1}", unit="cell", place=line.place))
        add_listed(below, listed)
        row.units.extend(_addressed(cell.units, column if itemised > 1 else 0))
    draft.text = JOINT.join(texts)
    draft.segment = _segment(line, label, number, head)
    draft.quiet = not number or bool(line.cells and line.cells[0].continued)
    return row


def _own_label(line: _Line) -> int:
    """The column that tells a row from the one above it where the label reaches down from there; 0 for the label itself."""
    return next((column for column, cell in enumerate(line.cells) if cell.text and not cell.continued), 0)


def _segment(line: _Line, label: str, number: str, head: bool) -> str:
    if head:
        return "欄"
    own = next((cell.text for cell in line.cells if cell.text and not cell.continued), "")
    if line.cells and line.cells[0].continued and "/" not in number:
        return "/".join(filter(None, (number or words_key(label), words_key(own) or "行")))
    return number or words_key(label) or words_key(own) or "行"


def _addressed(units: list[etree._Element], column: int) -> list[tuple[etree._Element, str]]:
    marks = [(unit.findtext(f"{unit.tag}Title") or "").strip() for unit in units]
    return [
        (
            unit,
            (f"欄{column + 1}/" if column else "") + (sign.segment if sign else words_key(mark))
            if mark
            else "",
        )
        for unit, mark, sign in zip(units, marks, resolve(marks), strict=True)
    ]


def add_listed(draft: Draft, listed: list[Listed]) -> None:
    """The items of a list in running text as provisions under ``draft``."""
    stack = [(draft, one, "item") for one in reversed(listed)]
    while stack:
        parent, one, unit = stack.pop()
        child = parent.add(
            Draft(segment=one.segment, unit=unit, num=one.mark, text=one.text, place=draft.place)
        )
        stack.extend((child, below, "subitem") for below in reversed(one.items))


def _grid(table: etree._Element, account: Account) -> list[_Line]:
    """The rows with their spans resolved: a place that a cell above reaches into is empty and ``continued``."""
    reaching: dict[int, tuple[int, str]] = {}
    lines: list[_Line] = []
    for source in table.iterchildren():
        tag = tag_of(source)
        if tag not in ("TableRow", "TableHeaderRow"):
            account.leftover(source, "".join(str(run) for run in source.itertext()))
            continue
        cells: list[_Cell] = []
        for column in source.iterchildren():
            if tag_of(column) not in _CELLS:
                account.leftover(column, "".join(str(run) for run in column.itertext()))
                continue
            _reach(cells, reaching)
            cell = _cell(column, account)
            wide, tall = _span(column, "colspan"), _span(column, "rowspan")
            for step in range(wide):
                if tall > 1:
                    reaching[len(cells)] = (tall - 1, cell.text)
                cells.append(_Cell(of=cell.text, continued=True) if step else cell)
        _reach(cells, reaching)
        lines.append(_Line(source, cells, tag == "TableHeaderRow"))
    return lines


def _reach(cells: list[_Cell], reaching: dict[int, tuple[int, str]]) -> None:
    while reached := reaching.get(len(cells)):
        left, text = reached
        if left > 1:
            reaching[len(cells)] = (left - 1, text)
        else:
            del reaching[len(cells)]
        cells.append(_Cell(of=text, continued=True))


def _cell(column: etree._Element, account: Account) -> _Cell:
    """A cell's own words, each sentence on a line, and the units in it."""
    pieces = [(column.text or "").strip()]
    units: list[etree._Element] = []
    for child in column.iterchildren():
        tag = tag_of(child)
        if tag in SENTENCES:
            own = text_of(child, account)
            block = tag in ("Sentence", "Column")
            if block or not pieces:
                pieces.append(own)
            else:
                pieces[-1] += own
        elif tag in UNITS:
            units.append(child)
        elif tag:
            account.leftover(child, "".join(str(run) for run in child.itertext()))
        if child.tail and child.tail.strip():
            pieces[-1] += child.tail.strip()
    text = "\n".join(filter(None, pieces))
    return _Cell(text=text, units=units, of=text)


def _span(cell: etree._Element, name: str) -> int:
    said = cell.get(name, "1").strip()
    return min(max(int(said), 1), _SPAN_CEILING) if said.isascii() and said.isdigit() and len(said) < 6 else 1
