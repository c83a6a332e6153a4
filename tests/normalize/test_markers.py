"""Marks at the start of paragraphs, and the numbers that they may stand for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.markers import ITALIC_END, ITALIC_START, Style, read_lead, readings, roman, to_roman


def _italic(words: str) -> str:
    return f"{ITALIC_START}{words}{ITALIC_END}"


@pytest.mark.parametrize(
    ("text", "nums", "headings", "rest"),
    [
        ("(a) Plain words.", ["(a)"], [""], "Plain words."),
        (
            f"(a)(1) {_italic('Introduction.')} In this part",
            ["(a)", "(1)"],
            ["", "Introduction."],
            "In this part",
        ),
        (f"(d) {_italic('Standards.')} (1) Applications", ["(d)", "(1)"], ["Standards.", ""], "Applications"),
        (f"(3) {_italic('Items.')} (i)(A) Any item", ["(3)", "(i)", "(A)"], ["Items.", "", ""], "Any item"),
        (
            f"(b) {_italic('Scope')}—(1) {_italic('General.')} All",
            ["(b)", "(1)"],
            ["Scope—", "General."],
            "All",
        ),
        (f"(4) {_italic('Makers of “lamps.”')} Any", ["(4)"], ["Makers of “lamps.”"], "Any"),
        ("(a) Scope. (1) This part applies", ["(a)", "(1)"], ["Scope.", ""], "This part applies"),
        (f"(B)({_italic('1')}) An item", ["(B)", "(1)"], ["", ""], "An item"),
        ("* (b) Fully automatic", ["* (b)"], [""], "Fully automatic"),
        ("*(b) Electronic systems", ["* (b)"], [""], "Electronic systems"),
        ("(j)-(w) [Reserved]", ["(j)-(w)"], [""], "[Reserved]"),
        ("(b) and (c) [Reserved]", ["(b) and (c)"], [""], "[Reserved]"),
        ("(2) through (5) [Reserved]", ["(2) through (5)"], [""], "[Reserved]"),
        ("(xviii) Radar", ["(xviii)"], [""], "Radar"),
        (f"(a) {_italic('See')} paragraph (b)", ["(a)"], [""], "See paragraph (b)"),
        (f"(a) {_italic('i.e.,')} lamps", ["(a)"], [""], "i.e., lamps"),
    ],
)
def test_the_marks_of_a_paragraph_are_taken_off_with_their_headings(
    text: str, nums: list[str], headings: list[str], rest: str
) -> None:
    lead = read_lead(text)
    assert [mark.num for mark in lead.marks] == nums
    assert [mark.heading for mark in lead.marks] == headings
    assert lead.text == rest


@pytest.mark.parametrize(
    "text",
    [
        "(See § 125.4 of this subchapter.)",
        "(s)he who",
        "(e.g., lamps)",
        "A. Hull built it",
        "Plain",
        "(12345) x",
    ],
)
def test_brackets_that_are_no_marks_stay_in_the_text(text: str) -> None:
    assert read_lead(text).marks == ()
    assert read_lead(text).text == text


@pytest.mark.parametrize(
    ("text", "num", "rest"),
    [
        ("1. Harbours", "1.", "Harbours"),
        ("A. Scope", "A.", "Scope"),
        ("IV. Rules", "IV.", "Rules"),
        ("b. through x. [Reserved]", "b. through x.", "[Reserved]"),
    ],
)
def test_marks_with_a_full_stop_count_where_the_unit_allows_them(text: str, num: str, rest: str) -> None:
    lead = read_lead(text, dotted=True)
    assert [mark.num for mark in lead.marks] == [num]
    assert lead.text == rest
    assert read_lead(text).marks == ()


def test_a_paragraph_that_begins_in_italics_defines_a_term() -> None:
    assert read_lead(f"{_italic('Fog')} means mist.").term == "Fog"
    assert read_lead(f"{_italic('See')} the almanac.").term == ""
    assert read_lead(f"{_italic('P')}_o = depth").term == "", "a variable of a formula is no term"


def test_an_ambiguous_mark_has_all_its_readings() -> None:
    found = {(one.style, one.ordinal) for one in readings("i", italic=False, dotted=False)}
    assert {(Style.LETTER, 9), (Style.ROMAN, 1)} <= found
    assert (Style.DIGIT, 1) in {(one.style, one.ordinal) for one in readings("l", italic=False, dotted=False)}
    italic = readings("2", italic=True, dotted=False)[0]
    assert (italic.style, italic.ordinal) == (Style.ITALIC_DIGIT, 2)


@given(st.integers(min_value=1, max_value=89))
def test_roman_numerals_come_back(value: int) -> None:
    assert roman(to_roman(value)) == value


@given(st.text(alphabet="ivxlc", min_size=1, max_size=8))
def test_only_canonical_roman_numerals_have_a_value(numeral: str) -> None:
    value = roman(numeral)
    assert value == 0 or to_roman(value) == numeral


@given(st.text(max_size=60))
def test_no_character_is_lost_in_taking_marks_off(text: str) -> None:
    def kept(words: str) -> list[str]:
        return sorted(words.replace(ITALIC_START, "").replace(ITALIC_END, "").replace(" ", "").split())

    lead = read_lead(text)
    pieces = [piece for mark in lead.marks for piece in (mark.num, mark.heading)]
    assert sorted("".join(kept("".join([*pieces, lead.text])))) == sorted("".join(kept(text)))
