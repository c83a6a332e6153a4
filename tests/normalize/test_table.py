"""Tables as grids: spans, groups, captions, in HTML's shape and the Printing Office's."""

from __future__ import annotations

import pytest
from lxml import etree

from normalize.table import Table, read_table


def _table(xml: str) -> Table:
    return read_table(etree.fromstring(xml))


def test_spans_are_resolved_and_each_text_stands_in_one_cell() -> None:
    table = _table(
        '<TABLE><THEAD><TR><TH rowspan="2">A</TH><TH colspan="2">B</TH></TR><TR><TH>b1</TH><TH>b2</TH></TR></THEAD>'
        '<TBODY><TR><TD rowspan="2">x</TD><TD>1</TD><TD>2</TD></TR><TR><TD colspan="2">y</TD></TR></TBODY></TABLE>'
    )
    assert table.columns == ("A", "B b1", "B b2")
    assert [row.texts for row in table.body] == [("x", "1", "2"), ("", "y", "")]
    assert [row.governing for row in table.body] == [("x", "1", "2"), ("x", "y", "y")]
    assert table.body[0].joined == "x | 1 | 2"


def test_a_span_down_and_across_at_once() -> None:
    table = _table('<TABLE><TR><TD rowspan="2" colspan="2">x</TD><TD>1</TD></TR><TR><TD>2</TD></TR></TABLE>')
    assert [row.governing for row in table.body] == [("x", "x", "1"), ("x", "x", "2")]
    assert [row.texts for row in table.body] == [("x", "", "1"), ("", "", "2")]


@pytest.mark.parametrize("span", ["0", "-1", "x", "", "99999999", "2.5", "²"])
def test_a_senseless_span_neither_crashes_nor_fills_the_memory(span: str) -> None:
    table = _table(f'<TABLE><TR><TD colspan="{span}">x</TD><TD>y</TD></TR></TABLE>')
    assert table.body[0].texts[0] == "x"
    assert "y" in table.body[0].texts
    assert len(table.body[0].cells) <= 257


@pytest.mark.parametrize(
    "xml",
    [
        "<TABLE>" + '<TR><TD colspan="200" rowspan="200">x</TD></TR>' * 2000 + "</TABLE>",
        "<TABLE><TR>"
        + '<TD colspan="200" rowspan="200">x</TD>' * 500
        + "</TR>"
        + "<TR></TR>" * 1500
        + "</TABLE>",
        "<TABLE><TR>" + "<TD>x</TD>" * 2000 + "</TR>" + "<TR><TD>x</TD></TR>" * 2000 + "</TABLE>",
        '<GPOTABLE COLS="9999">' + '<ROW><ENT A="9999">x</ENT></ROW>' * 3000 + "</GPOTABLE>",
    ],
    ids=["each row reaches into the next", "one row reaches far", "one row is wide", "GPOTABLE"],
)
def test_cells_that_span_each_other_are_bounded_and_keep_their_texts(xml: str) -> None:
    table = _table(xml)
    assert sum(len(row.cells) for row in table.body) <= 900_000
    assert "".join(text for row in table.body for text in row.texts).count("x") == xml.count("x<")


def test_the_older_shape_without_groups_has_its_leading_rows_of_th_as_head() -> None:
    table = _table("<TABLE><TR><TH>Light</TH><TH>Fee</TH></TR><TR><TD>Lamp</TD><TD>$1</TD></TR></TABLE>")
    assert table.columns == ("Light", "Fee")
    assert [row.texts for row in table.body] == [("Lamp", "$1")]


def test_short_rows_are_filled_up() -> None:
    table = _table("<TABLE><TR><TD>1</TD><TD>2</TD><TD>3</TD></TR><TR><TD>1</TD></TR></TABLE>")
    assert table.body[1].texts == ("1", "", "")


def test_line_breaks_blanks_and_no_break_spaces_in_cells() -> None:
    table = _table(
        "<TABLE><TR><TD>Chart<br></br>(see\n 738)</TD><TD>&#160;</TD><TD/><TD> a&#160;b </TD></TR></TABLE>"
    )
    assert table.body[0].texts == ("Chart\n(see 738)", "", "", "a b")


def test_caption_and_foot() -> None:
    table = _table(
        "<TABLE><CAPTION><P>Table 1</P><P>Limits</P></CAPTION><TBODY><TR><TD>x</TD></TR></TBODY>"
        '<TFOOT><TR><TD colspan="3"><sup>1</sup> Note.</TD></TR></TFOOT></TABLE>'
    )
    assert table.caption == "Table 1\nLimits"
    assert table.foot[0].spans_all
    assert table.foot[0].texts[0] == "^1 Note."


def test_a_gpotable_with_levels_of_headings_spans_and_notes() -> None:
    table = _table(
        '<GPOTABLE COLS="4"><TTITLE>Table 2</TTITLE><TDESC>[In lamps]</TDESC><BOXHD><CHED H="1">A</CHED>'
        '<CHED H="1">Number of<LI>lamps</LI></CHED><CHED H="2">lit</CHED><CHED H="2">dark</CHED><CHED H="1">A</CHED></BOXHD>'
        '<ROW><ENT I="01">x</ENT><ENT A="1">q</ENT><ENT/></ROW><ROW><ENT I="22">y</ENT></ROW><TNOTE>End.</TNOTE></GPOTABLE>'
    )
    assert table.caption == "Table 2\n[In lamps]"
    assert table.columns == ("A", "Number of\nlamps lit", "Number of\nlamps dark", "A")
    assert [row.texts for row in table.body] == [("x", "q", "", ""), ("y", "", "", "")]
    assert table.body[0].governing == ("x", "q", "q", "")
    assert table.notes == ("End.",)


def test_comments_and_instructions_in_a_table_are_no_cells() -> None:
    table = _table("<TABLE><!-- x --><TR><?pi y?><TD>1<!-- z --></TD></TR></TABLE>")
    assert [row.texts for row in table.body] == [("1",)]
