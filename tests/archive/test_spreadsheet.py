"""Cells that no spreadsheet runs."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.spreadsheet import csv_text, safe_cell

hostile = st.text(alphabet=st.sampled_from("=+-@\t\r\n '\"|,;ab1＝\u3000!()"), max_size=30) | st.text(
    max_size=30
)


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        '+HYPERLINK("http://evil.example")',
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(1)",
        "\t=1",
        "\r=1",
        "  =1",
        "＝1",
        "-",
        "+1.2.3",
        "-١",
    ],
)
def test_what_could_be_a_formula_is_led_by_an_apostrophe(cell: str) -> None:
    assert safe_cell(cell) == f"'{cell}"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("4800 → 2400", "4800 → 2400"),
        ("-4800", "-4800"),
        ("+1.5", "+1.5"),
        (-3, "-3"),
        (None, ""),
        ("", ""),
        ("a=b", "a=b"),
    ],
)
def test_anything_else_stays_as_it_is(cell: object, text: str) -> None:
    assert safe_cell(cell) == text


@given(st.lists(st.lists(hostile, min_size=1, max_size=4), max_size=4))
def test_no_cell_of_a_file_begins_like_a_formula_and_no_word_is_lost(rows: list[list[str]]) -> None:
    read = list(csv.reader(io.StringIO(csv_text(rows), newline="")))
    assert [[cell.removeprefix("'") for cell in row] for row in read if row] == [
        [cell.removeprefix("'") for cell in row] for row in rows if row
    ]
    for row in read:
        for cell in row:
            begins = cell.lstrip(" \u00a0\u3000")[:1]
            assert begins not in tuple("=+-@\t\r\n＝＋－＠") or float(cell) is not None
