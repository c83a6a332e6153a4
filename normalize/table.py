"""Tables as a grid of cells with their spans resolved: HTML's TABLE and the Government Publishing Office's GPOTABLE."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from normalize.inline import inline_text, tag_of

JOINT = " | "

# A hostile colspan="99999999" must not become that many cells, nor thousands of cells that span each other. Beyond these, spans
# are taken for one cell; no text is lost by it.
_SPAN_CEILING = 1000
_COLUMNS_CEILING = 256
_CELLS_CEILING = 400_000
_BOX_LEVEL = re.compile(r"\d+")
_NAMES = {
    spelt: name
    for name in ("td", "th", "tr", "thead", "tbody", "tfoot", "caption")
    for spelt in (name, name.upper())
}
_GROUPS = {"thead": "head", "tbody": "body", "tfoot": "foot"}


class Cell(NamedTuple):
    """One place of the grid. ``text`` is "" where ``continued`` says that a cell from above or from the left reaches here,
    so that each character of the source is in one cell. ``of`` is the text of the cell that governs the place."""

    text: str
    column: int
    of: str = ""
    head: bool = False
    continued: bool = False
    columns: int = 1
    rows: int = 1


class Row(NamedTuple):
    """The cells of one line of the grid, from the left, one per column. ``place`` is the element it was read from."""

    cells: tuple[Cell, ...]
    place: etree._Element

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple([cell.text for cell in self.cells])

    @property
    def governing(self) -> tuple[str, ...]:
        """The text that holds in each column, that of a merged cell repeated wherever it reaches."""
        return tuple([cell.of for cell in self.cells])

    @property
    def joined(self) -> str:
        """The own texts with `` | `` between them, as a Provision carries a row."""
        return JOINT.join(self.texts)

    @property
    def is_empty(self) -> bool:
        return not any(self.texts)

    @property
    def spans_all(self) -> bool:
        """Whether one cell takes the whole width: a label or a footnote, not data."""
        return len(self.cells) > 1 and self.cells[0].columns >= len(self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """``caption`` has the lines above the columns (title, description), ``head`` the rows of column headings."""

    caption: str = ""
    head: tuple[Row, ...] = ()
    body: tuple[Row, ...] = ()
    foot: tuple[Row, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The heading of each column, those of several levels joined from the top: "National security NS 1"."""
        width = max((len(row.cells) for row in self.head), default=0)
        names: list[list[str]] = [[] for _ in range(width)]
        for row in self.head:
            for cell in row.cells:
                if cell.of and cell.of not in names[cell.column][-1:]:
                    names[cell.column].append(cell.of)
        return tuple(" ".join(name) for name in names)


def read_table(element: etree._Element) -> Table:
    """A ``TABLE`` (any case, with or without THEAD, TBODY, TFOOT) or a ``GPOTABLE``, whichever ``element`` is."""
    return _gpo_table(element) if element.tag == "GPOTABLE" else _html_table(element)


# ── HTML ───────────────────────────────────────────────────────────────────────────────────────────


def _html_table(element: etree._Element) -> Table:
    captions: list[str] = []
    groups: dict[str, list[etree._Element]] = {"head": [], "body": [], "foot": []}
    bare: list[etree._Element] = []
    for child in element:
        tag = _name(child)
        if group := _GROUPS.get(tag):
            groups[group] += [row for row in child if _name(row) == "tr"]
        elif tag == "tr":
            bare.append(child)
        elif tag == "caption":
            captions.append(inline_text(child))
    if bare and not groups["head"]:
        # The older shape has no groups: the first rows made of TH alone are the head.
        while bare and all(_name(cell) == "th" for cell in bare[0].iterchildren()) and len(bare[0]):
            groups["head"].append(bare.pop(0))
    groups["body"] = bare + groups["body"] if bare else groups["body"]
    return Table(
        caption="\n".join(filter(None, captions)),
        head=_grid(groups["head"]),
        body=_grid(groups["body"]),
        foot=_grid(groups["foot"]),
    )


def _name(element: etree._Element) -> str:
    return _NAMES.get(element.tag) or tag_of(element).lower()


def _grid(rows: list[etree._Element]) -> tuple[Row, ...]:
    """Lays the cells of ``rows`` out; a cell that spans fills its further places with continued cells."""
    if not rows:
        return ()
    reaching: dict[int, tuple[int, str, bool]] = {}  # column → (rows it still reaches into, text, heading)
    grid: list[list[Cell]] = []
    room = _CELLS_CEILING
    for row in rows:
        line: list[Cell] = []
        for source in row:
            if (name := _name(source)) != "td" and name != "th":
                continue
            if reaching:
                _fill(line, reaching)
            head = name == "th"
            across, down = source.get("colspan"), source.get("rowspan")
            text = inline_text(source)
            if across is None and down is None:  # as nearly all are
                line.append(Cell(text, len(line), text, head))
                continue
            wide = min(_span(across), max(room, 1), max(_COLUMNS_CEILING - len(line), 1))
            tall = _span(down) if room > 0 and len(line) < _COLUMNS_CEILING else 1
            for step in range(wide):
                cell = Cell(
                    text="" if step else text,
                    column=len(line),
                    of=text,
                    head=head,
                    continued=bool(step),
                    columns=1 if step else wide,
                    rows=tall,
                )
                if tall > 1:
                    reaching[cell.column] = (tall - 1, text, head)
                line.append(cell)
        if reaching:
            _fill(line, reaching)
        if room <= 0:
            reaching.clear()
        grid.append(line)
        room -= len(line)
    width = min(max((len(line) for line in grid), default=0), _COLUMNS_CEILING)
    for line in grid if width * len(grid) <= _CELLS_CEILING else ():
        if len(line) < width:
            line.extend(Cell(text="", column=column) for column in range(len(line), width))
    return tuple([Row(tuple(line), row) for line, row in zip(grid, rows, strict=True)])


def _fill(line: list[Cell], reaching: dict[int, tuple[int, str, bool]]) -> None:
    """Continues the cells from above that reach into the next places of ``line``."""
    while reached := reaching.get(len(line)):
        left, text, head = reached
        column = len(line)
        line.append(Cell(text="", column=column, of=text, head=head, continued=True))
        if left > 1:
            reaching[column] = (left - 1, text, head)
        else:
            del reaching[column]


def _span(said: str | None) -> int:
    said = said.strip() if said else ""
    return min(max(int(said), 1), _SPAN_CEILING) if said.isascii() and said.isdigit() else 1


# ── GPOTABLE ───────────────────────────────────────────────────────────────────────────────────────


def _gpo_table(element: etree._Element) -> Table:
    captions: list[str] = []
    notes: list[str] = []
    head: tuple[Row, ...] = ()
    rows: list[Row] = []
    declared = element.get("COLS", "")
    width = min(int(declared), _COLUMNS_CEILING) if declared.isascii() and declared.isdigit() else 0
    if len(element) * width > _CELLS_CEILING:
        width = 0
    for child in element.iterchildren():
        tag = tag_of(child)
        if tag == "BOXHD":
            head = _box_head(child, width)
            width = max(width, len(head[0].cells) if head else 0)
        elif tag == "ROW":
            rows.append(_gpo_row(child, width))
        elif tag in ("TTITLE", "TDESC"):
            captions.append(inline_text(child))
        elif tag:  # TNOTE, SIGDAT and whatever else stands under the rows
            notes.append(inline_text(child))
    return Table(
        caption="\n".join(filter(None, captions)),
        head=head,
        body=tuple(rows),
        notes=tuple(filter(None, notes)),
    )


def _gpo_row(row: etree._Element, width: int) -> Row:
    line: list[Cell] = []
    for entry in row.iterchildren("ENT"):
        text = inline_text(entry)
        wide = min(1 + _gpo_span(entry.get("A", ""), width), max(_COLUMNS_CEILING - len(line), 1))
        for step in range(wide):
            line.append(
                Cell(
                    text="" if step else text,
                    column=len(line),
                    of=text,
                    continued=bool(step),
                    columns=1 if step else wide,
                )
            )
    line.extend(Cell(text="", column=column) for column in range(len(line), width))
    return Row(cells=tuple(line), place=row)


def _gpo_span(said: str, width: int) -> int:
    """How many further columns an entry takes: ``A="2"``, ``A="L02"`` (the letter is its alignment)."""
    digits = _BOX_LEVEL.search(said)
    return min(int(digits.group()), max(width - 1, 0)) if digits else 0


def _box_head(box: etree._Element, width: int) -> tuple[Row, ...]:
    """Column headings are one list with levels: a heading of level 1 spans those of level 2 that follow it."""
    heads = [(_level(column), inline_text(column)) for column in box.iterchildren("CHED")]
    if not heads:
        return ()
    depth = max(level for level, _ in heads)
    grid: list[list[Cell]] = [[] for _ in range(depth)]
    for level, text, leaves in _with_leaves(heads):
        line, wide = grid[level - 1], max(leaves, 1)
        for step in range(wide):
            own = "" if step else text
            cell = Cell(text=own, column=len(line), of=text, head=True, continued=bool(step), columns=wide)
            line.append(cell)
        for lower in grid[level:] if not leaves else ():
            lower.append(Cell(text="", column=len(lower), of=text, head=True, continued=True))
    longest = max(width, *(len(line) for line in grid))
    for line in grid:
        line.extend(Cell(text="", column=column, head=True) for column in range(len(line), longest))
    return tuple(Row(cells=tuple(line), place=box) for line in grid)


def _level(column: etree._Element) -> int:
    digits = _BOX_LEVEL.search(column.get("H", "1"))
    return min(max(int(digits.group()), 1), 9) if digits else 1


def _with_leaves(heads: list[tuple[int, str]]) -> Iterator[tuple[int, str, int]]:
    """Each heading with the number of lowest headings under it: 0 where it is one itself."""
    for index, (level, text) in enumerate(heads):
        leaves = 0
        for after in range(index + 1, len(heads)):
            if heads[after][0] <= level:
                break
            following = heads[after + 1][0] if after + 1 < len(heads) else 0
            leaves += following <= heads[after][0]
        yield level, text, leaves
