"""Folding for look-up keeps the way back to the original characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.vocabulary.plain import fold, plain


@pytest.mark.parametrize(
    ("text", "cased"),
    [
        ("３Ａ０９０．ａ", "3A090.a"),
        ("3A\u200b090", "3A090"),
        ("3A\u00ad090", "3A090"),
        ("a\u00a0–\u2009b", "a - b"),
        ("Ⅺ(c)", "XI(c)"),
        (
            "对原产于下列国家的用于研究开发的先进量子\n计算设备",
            "对原产于下列国家的用于研究开发的先进量子计算设备",
        ),
        ("量子\n计算", "量子\n计算"),
        ("ﾃﾞﾝｼ", "デンシ"),
        ("x  y", "x y"),
        ("x\n\ny", "x\n\ny"),
    ],
)
def test_width_invisible_characters_dashes_and_blanks_are_folded(text: str, cased: str) -> None:
    assert plain(text).cased == cased


def test_accents_and_case_go_only_in_the_small_form() -> None:
    page = plain("Côte d’Ivoire İSTANBUL")
    assert (page.cased, page.small) == ("Côte d'Ivoire İSTANBUL", "cote d'ivoire istanbul")
    assert fold("  ÄRGER ") == "arger"


def test_a_span_leads_back_to_the_characters_it_came_from() -> None:
    text = "see\u200b 3A\u00ad090．ａ, ﾃﾞ"
    page = plain(text)
    start = page.cased.index("3A090.a")
    assert text[slice(*page.span(start, start + 7))] == "3A\u00ad090．ａ"
    start = page.cased.index("デ")
    assert text[slice(*page.span(start, start + 1))][:1] == "ﾃ"


@given(st.text(max_size=60))
def test_both_forms_have_one_length_and_every_span_lies_in_the_text(text: str) -> None:
    page = plain(text)
    assert len(page.cased) == len(page.small)
    for at in range(len(page.cased)):
        start, end = page.span(at, at + 1)
        assert 0 <= start < end <= len(text)


@given(st.text(alphabet="aZ é\u200bﬁ３ｶﾞ\n-–中", max_size=40))
def test_spans_never_go_backwards(text: str) -> None:
    page = plain(text)
    starts = [page.span(at, at + 1)[0] for at in range(len(page.cased))]
    assert starts == sorted(starts)
