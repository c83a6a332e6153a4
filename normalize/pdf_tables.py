"""Ruled tables of PDF pages: where pdfplumber finds cells between rules, with the words that PDFium reads in them."""

from __future__ import annotations

import io
import logging
from collections.abc import Mapping, Sequence

import pdfplumber

from archive.errors import UnreadableDocument
from normalize.pdf_printed import FoundTable, Page

_LEAST_ROWS, _LEAST_COLUMNS = 2, 2
# It tells of every odd number in every font; what matters of a page is told by the reader.
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)


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
    with pdfplumber.open(io.BytesIO(body), pages=ruled) as document:
        for page in document.pages:
            made = (_table(table, float(page.height)) for table in page.find_tables())
            if each := tuple(one for one in made if one is not None):
                found[page.page_number] = each
            page.close()
    return found


def _table(table: pdfplumber.table.Table, height: float) -> FoundTable | None:
    grid = table.extract()
    width = max((len(line) for line in grid), default=0)
    if len(grid) < _LEAST_ROWS or width < _LEAST_COLUMNS:
        return None
    left, top, right, bottom = table.bbox
    return FoundTable(
        cells=tuple(tuple(line) for line in grid),
        left=left,
        right=right,
        bottom=height - bottom,
        top=height - top,
    )
