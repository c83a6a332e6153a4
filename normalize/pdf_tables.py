"""Ruled tables of PDF pages: where pdfplumber finds cells between rules, with the words that PDFium reads in them."""

from __future__ import annotations

import io
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pdfplumber
from lxml import etree

from archive.errors import UnreadableDocument
from normalize.pdf_pages import Line, Page
from normalize.table import Cell, Row, Table

_LEAST_ROWS, _LEAST_COLUMNS = 2, 2
# It tells of every odd number in every font; what matters of a page is told by the reader.
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTable:
    """A table and its box in points from the lower left of its page."""

    table: Table
    left: float
    bottom: float
    right: float
    top: float

    def holds(self, line: Line) -> bool:
        """Whether the middle of ``line`` stands in the table."""
        middle = (line.left + line.right) / 2, (line.bottom + line.top) / 2
        return self.left <= middle[0] <= self.right and self.bottom <= middle[1] <= self.top


def tables(body: bytes, pages: Sequence[Page], *, thing: str) -> Mapping[int, tuple[FoundTable, ...]]:
    """The tables of the pages that draw rules, by the number of the page. Raises ``UnreadableDocument``."""
    ruled = [page.number for page in pages if page.ruled]
    if not ruled:
        return {}
    try:
        return _tables(body, ruled)
    except (
        Exception
    ) as error:  # a damaged file makes it raise whatever Python has (seen: TypeError, AssertionError)
        raise UnreadableDocument(
            f"the PDF has ruled pages whose tables cannot be read: {type(error).__name__}: {error}",
            thing=thing,
            place=f"page {ruled[0]}" if len(ruled) == 1 else f"pages {ruled[0]} to {ruled[-1]}",
            mend="Fetch it again: the PDF is damaged",
        ) from None


def _tables(body: bytes, ruled: list[int]) -> Mapping[int, tuple[FoundTable, ...]]:
    found: dict[int, tuple[FoundTable, ...]] = {}
    place = etree.Element("table")
    with pdfplumber.open(io.BytesIO(body), pages=ruled) as document:
        for page in document.pages:
            made = (_table(table, float(page.height), place) for table in page.find_tables())
            if each := tuple(one for one in made if one is not None):
                found[page.page_number] = each
            page.close()
    return found


def _table(table: pdfplumber.table.Table, height: float, place: etree._Element) -> FoundTable | None:
    grid = table.extract()
    width = max((len(line) for line in grid), default=0)
    if len(grid) < _LEAST_ROWS or width < _LEAST_COLUMNS:
        return None
    rows = tuple(
        Row(
            cells=tuple(
                Cell(
                    text=" ".join((cell or "").split()),
                    column=column,
                    of=" ".join((cell or "").split()),
                    continued=cell is None,
                )
                for column, cell in enumerate(line)
            ),
            place=place,
        )
        for line in grid
    )
    left, top, right, bottom = table.bbox
    return FoundTable(
        table=Table(body=rows), left=left, right=right, bottom=height - bottom, top=height - top
    )
