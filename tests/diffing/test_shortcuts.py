"""The shortcuts that make comparing quick take nothing away: each against what it saves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.records import Applicability, Expression, Provision
from archive.vocabulary.folding import SPELLINGS, comparison_key
from diffing.nodes import unchanged
from diffing.number_words import number_words, spelt_numbers
from diffing.pairing import likeness_of_words
from diffing.text import redline
from diffing.tokens import tokenize

STAY = Applicability(state="stayed", start=date(2030, 1, 1), end=date(2030, 6, 1))
INNER = Provision(eid="a.1", num="(1)", text="The seal is broken.")
WHOLE = Provision(eid="a", num="(a)", heading="Seals", text="Seals are checked.", children=(INNER,))


def edition(*provisions: Provision, on: date = date(2030, 1, 1)) -> Expression:
    return Expression(work="xx/a", as_of=on, recipe="neutral/1", provisions=provisions)


def test_every_listed_spelling_folds_inside_a_sentence() -> None:
    missed = [
        variant
        for variant, kept in SPELLINGS.items()
        for sentence in ("§ 7 {} (2),", "“{}” – é", "x {}")
        if comparison_key(sentence.format(variant)) != comparison_key(sentence.format(kept))
    ]
    assert missed == []


@pytest.mark.parametrize(
    "other",
    [
        replace(WHOLE, eid="b"),
        replace(WHOLE, unit="note"),
        replace(WHOLE, num="(b)"),
        replace(WHOLE, heading="Locks"),
        replace(WHOLE, text="Seals are checked twice."),
        replace(WHOLE, applicability=(STAY,)),
        replace(WHOLE, children=()),
        replace(WHOLE, children=(INNER, INNER)),
        replace(WHOLE, children=(replace(INNER, text="The seal is whole."),)),
    ],
)
def test_any_difference_in_a_provision_is_seen_before_anything_is_built(other: Provision) -> None:
    assert unchanged(edition(WHOLE), edition(replace(WHOLE)))
    assert not unchanged(edition(WHOLE), edition(other))
    assert not unchanged(edition(other), edition(WHOLE))


def test_the_same_children_under_another_parent_are_a_difference() -> None:
    first, second = Provision(eid="a", children=(INNER,)), Provision(eid="b")
    assert not unchanged(
        edition(first, second), edition(replace(first, children=()), replace(second, children=(INNER,)))
    )


def test_a_date_on_a_provision_can_pass_between_two_equal_editions() -> None:
    stayed = replace(WHOLE, children=(replace(INNER, applicability=(STAY,)),))
    assert unchanged(edition(stayed), edition(stayed))
    assert not unchanged(edition(stayed), edition(stayed, on=date(2030, 7, 1)))
    assert unchanged(edition(WHOLE), edition(WHOLE, on=date(2030, 7, 1)))


@given(st.text(alphabet="ab5 .,-×^\n\t'(", max_size=40))
def test_a_line_is_cut_into_tokens_as_the_whole_text_is(text: str) -> None:
    found = redline(text, text)
    assert list(found.before) == [token for token in tokenize(text) if comparison_key(token)]
    assert (
        "".join(
            f"{blank}{token}" for blank, token in zip(found.before_blanks, (*found.before, ""), strict=True)
        )
        == text
    )


@example(["a", "a", "a", "a"], ["a", "b"], 1 / 3)
@given(
    st.lists(st.sampled_from("abcdef"), max_size=9),
    st.lists(st.sampled_from("abcdef"), max_size=9),
    st.floats(0, 1),
)
def test_likeness_that_is_enough_is_the_same_with_and_without_a_floor(
    first: list[str], second: list[str], enough: float
) -> None:
    exact = likeness_of_words(tuple(first), tuple(second))
    assert likeness_of_words(tuple(first), tuple(second), enough=enough) == exact or exact < enough


@pytest.mark.parametrize(
    ("text", "language"),
    [("keep it Forty-five days or one hundred", "en"), ("binnen vijf jaar", "nl"), ("no numbers here", "en")],
)
def test_spelt_numbers_are_those_of_the_pattern(text: str, language: str) -> None:
    pattern = number_words(language)
    assert pattern is not None
    found = [match.span() for match in spelt_numbers(text, language)]
    assert found == [match.span() for match in pattern.finditer(text)]
