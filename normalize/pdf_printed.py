"""What is printed on the pages of a PDF, as records: lines with their place, tables with their cells.

They are made by a process of its own (``normalize.pdf_child``) and come back as JSON; what they mean is made of them here at home.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from normalize.table import Cell, Row, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A run of text on one line: its box in points from the lower left of its page, and the size of its type. ``soft`` says that it ends
    within a word that is parted by a soft hyphen."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    page: int
    soft: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """``number`` from 1; ``ruled`` says that it draws enough lines for a table; ``pictured`` that it holds a picture."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    ruled: bool
    pictured: bool
    characters: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTable:
    """The cells of a ruled table, None for one that another one reaches over, and its box in points from the lower left of its page."""

    cells: tuple[tuple[str | None, ...], ...]
    left: float
    bottom: float
    right: float
    top: float

    def holds(self, line: Line) -> bool:
        """Whether the middle of ``line`` stands in the table."""
        middle = (line.left + line.right) / 2, (line.bottom + line.top) / 2
        return self.left <= middle[0] <= self.right and self.bottom <= middle[1] <= self.top

    def table(self) -> Table:
        """Its rows as every other table has them."""
        place = etree.Element("table")
        rows: list[Row] = []
        for line in self.cells:
            texts = [" ".join((cell or "").split()) for cell in line]
            cells = tuple(
                Cell(text=text, column=column, of=text, continued=cell is None)
                for column, (cell, text) in enumerate(zip(line, texts, strict=True))
            )
            rows.append(Row(cells=cells, place=place))
        return Table(body=tuple(rows))


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """All pages of a document, and the tables by the number of their page."""

    pages: tuple[Page, ...]
    tables: Mapping[int, tuple[FoundTable, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Why a PDF cannot be read, where, and what to do: the parts of an ``UnreadableDocument``."""

    message: str
    place: str = ""
    mend: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the process says: what is printed, or why it is refused."""

    printed: Printed | None = None
    refused: Refused | None = None
