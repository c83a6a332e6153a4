"""Cells for spreadsheets. What begins like a formula is run by the program that opens the file, whoever wrote it: a title of a fetched page must
not be able to."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

# OWASP, "CSV Injection": a cell that begins with one of these is a formula, or becomes one when the first mark is dropped. The wide forms are read
# by spreadsheets in East Asian settings as the narrow ones are.
_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def safe_cell(value: object) -> str:
    """A value as text that no spreadsheet runs: led by an apostrophe where it could be a formula. Numbers stay numbers."""
    text = "" if value is None else str(value)
    if isinstance(value, int | float) or not text.lstrip(" \u00a0\u3000").startswith(_STARTS):
        return text
    return text if _is_number(text) else f"'{text}"


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV (RFC 4180), every cell safe."""
    out = io.StringIO()
    csv.writer(out).writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue()


def _is_number(text: str) -> bool:
    """Whether it is a plain signed number, ``-4800`` or ``+1.5``, which harms nobody and is to be counted with."""
    digits = text[1:].replace(".", "", 1)
    return text[:1] in ("-", "+") and digits.isascii() and digits.isdigit()
