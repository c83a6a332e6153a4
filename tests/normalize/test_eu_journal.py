"""Acts of the Official Journal as pages: their tree, their addresses, and what stands around them."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.errors import UnreadableDocument
from archive.records import Expression
from archive.vocabulary.folding import comparison_key
from normalize.reading import Hints, read
from tests.normalize.eu_pages import BODY, HINTS, p, page, wrapped


def expression(body: bytes) -> Expression:
    reading = read("eu_ai_act", body, HINTS)
    assert reading.leftovers == ()
    return reading.expressions[0]


def outline(made: Expression) -> dict[str, tuple[str, str, str, str]]:
    return {
        one.eid: (one.unit, comparison_key(one.num), comparison_key(one.heading), comparison_key(one.text))
        for one in made.walk()
    }


def test_an_act_is_read_to_the_points_that_people_cite() -> None:
    found = outline(expression(page()))
    assert found["recital-2"] == ("recital", "(2)", "", "They should come back.")
    assert found["chapterI"] == ("chapter", "CHAPTER I", "LENDING", "")
    assert found["art1"] == ("article", "Article 1", "Subject matter", "This Regulation governs loans.")
    assert found["art2.1"] == ("paragraph", "1.", "", "A loan requires:")
    assert found["art2.1.a"] == ("point", "(a)", "", "a mass of at most 10^3 g;")
    assert found["art2.1.b.ii"] == ("point", "(ii)", "", "a guarantor.")
    assert found["art2.1.subpar-2"][3] == "Point (b) does not apply to schools."
    assert found["art3.quoted-4"] == ("paragraph", "'4.", "", "Sextants are exempt.'.")
    assert found["annexI"] == ("annex", "ANNEX I", "Instruments", "")
    assert found["annexI.sectionA.1"] == ("point", "1.", "", "Sextants;")
    assert found["annexI.sectionA.indent-2"] == ("indent", comparison_key("—"), "", "without.")
    assert found["annexI.sectionB.table.arc"] == ("row", "", "", "Arc | 40 g")


def test_the_work_its_day_and_its_facts_come_from_the_page() -> None:
    made = expression(page())
    assert (made.work, made.kind, made.language, made.scope) == ("eu/reg/2031/77", "document", "en", ())
    assert made.published == date(2031, 2, 14)
    assert made.title.endswith("on the loan of sextants")


def test_a_footnote_hangs_under_the_text_that_calls_it_and_its_mark_is_discarded() -> None:
    reading = read("eu_ai_act", page(), HINTS)
    found = outline(reading.expressions[0])
    assert found["citation-1"][3] == "Having regard to the opinion of the Committee,"
    assert found["citation-1.footnote"] == ("footnote", "(1)", "", "OJ C 5, 1.1.2030, p. 7.")
    assert [discard.text for discard in reading.discards if discard.rule == "footnote-mark"] == ["(1)"]


def test_a_site_around_the_act_changes_nothing_and_is_discarded_by_name() -> None:
    reading = read("eu_ai_act", wrapped(), HINTS)
    assert reading.leftovers == ()
    assert reading.expressions[0].provisions == expression(page()).provisions
    assert any("Sign in" in one.text for one in reading.discards if one.rule == "site-chrome")


@settings(max_examples=15, deadline=None)
@given(token=st.text("abcdef0123456789", min_size=1, max_size=12))
def test_two_downloads_with_different_tokens_are_one_text(token: str) -> None:
    assert outline(expression(wrapped(token=token))) == outline(expression(wrapped()))


def test_class_names_that_a_site_shares_with_the_act_do_not_make_the_site_a_part_of_it() -> None:
    site = '<div class="list"><ul class="table"><li class="note">Sign in</ul></div>'
    made = f"<html><body>{site}<div class=shell>{BODY}</div><div><p class=disclaimer>Cookies</p></div></body></html>"
    reading = read("eu_ai_act", made.encode(), HINTS)
    assert reading.leftovers == ()
    assert reading.expressions[0].provisions == expression(page()).provisions


@pytest.mark.parametrize("odd", ["<p<span>odd</p></b>", "a\x01b\x0cc</i>", "&#1;x"])
def test_names_and_characters_that_no_tree_can_hold_are_mended_and_told(odd: str) -> None:
    reading = read(
        "eu_ai_act", wrapped(BODY.replace("They should come back.", "They should come back. " + odd)), HINTS
    )
    assert reading.leftovers == ()
    assert any("match" in one.message or "control" in one.message for one in reading.remarks)


def test_content_that_moved_in_the_layout_has_the_same_text() -> None:
    moved = BODY.replace('<div class="eli-subdivision" id="art_1">', "<section><div>", 1)
    moved = moved.replace(
        "This Regulation governs loans.</p></div>", "This Regulation governs loans.</p></div></section>"
    )
    assert outline(expression(wrapped(moved))) == outline(expression(page()))


@pytest.mark.parametrize("prefix", ["", "oj-"])
def test_the_class_names_before_2023_are_read_like_those_after(prefix: str) -> None:
    assert outline(expression(page(BODY.replace('"oj-', f'"{prefix}')))) == outline(expression(page()))


def test_an_act_from_before_2004_is_read_by_its_words() -> None:
    lines = [
        "Council Regulation (EC) No 77/1999", "on buoys", "THE COUNCIL,", "Whereas:", "(1) Buoys float.", "CHAPTER I", "Scope",
        "Article 1", "This Regulation covers buoys.", "Article 2", "1. A buoy is:", "(a) round;", "(b) red.", "ANNEX", "1. One buoy.",
    ]  # fmt: skip
    body = f"<html><body><div id='menu'>Menu</div><div id='TexteOnly'><TXT_TE>{''.join(f'<p>{line}</p>' for line in lines)}</TXT_TE></div></body></html>"
    reading = read("eu_ai_act", body.encode(), dataclasses.replace(HINTS, document="31999R0077"))
    found = outline(reading.expressions[0])
    assert reading.leftovers == ()
    assert found["recital-1"][3] == "Buoys float."
    assert found["chapterI"][2] == "Scope"
    assert found["art2.1.b"][3] == "red."
    assert found["annex.1"][3] == "One buoy."


def test_another_act_than_was_asked_for_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match="eu/reg/2031/77, but it was handed in as eu/reg/2024/1689"):
        read("eu_ai_act", page(), dataclasses.replace(HINTS, document="32024R1689"))


def test_a_wrong_character_set_is_an_error_and_never_a_replacement() -> None:
    latin = page(BODY + p("façade")).decode().encode("cp1252", "xmlcharrefreplace")
    with pytest.raises(UnreadableDocument):
        read("eu_ai_act", latin, HINTS)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"just words", "no markup"),
        (b"%PDF-1.7 x", "PDF"),
        (b"<html><body><p>awsWafCookieDomainList</p></body></html>", "none of the marks"),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><html><body><p class='oj-normal'>&a;</p></body></html>", "entities"),
        (b"<html><body>" + b"<div class='oj-normal'>" * 100_000 + b"x", "nested"),
        (b"<html><body><div class='eli-container'><p class='oj-normal'> </p></div></body></html>", "no text"),
    ],
)
def test_hostile_or_empty_input_is_a_clear_error(body: bytes, said: str) -> None:
    with pytest.raises(UnreadableDocument, match=said) as refused:
        read("eu_ai_act", body, HINTS)
    assert refused.value.mend


def test_a_page_above_the_size_limit_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match="bytes, more than"):
        read("eu_ai_act", b"<html>" + b"<!-- -->" * 7_000_000, Hints(as_of=date(2031, 1, 1)))
