"""A title begins and ends at a word: commas and conjunctions that tied inserted words to their neighbours are not in it."""

from __future__ import annotations

import pytest

from alerts.loose_ends import trimmed


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("and to Thailand,", "to Thailand"),
        ("Thailand, and", "Thailand"),
        ("; or (ii) Laos; and", "(ii) Laos"),
        ("a license is required.", "a license is required"),
        ("及び半導体製造装置、", "半導体製造装置"),
        ("半導体又は", "半導体"),
        ("甲、乙及", "甲、乙"),
        ("以及泰国，", "泰国"),
        ("oder Laos,", "Laos"),
    ],
)
def test_what_ties_words_to_their_neighbours_is_left_out(words: str, said: str) -> None:
    assert trimmed(words) == said


@pytest.mark.parametrize(
    "words",
    [
        "or",
        "and",
        "or more",
        "U.S.",
        "et al.",
        "Oder GmbH",
        "Andorra",
        "band",
        "3A090.a",
        "和平条約",
        "及时",
        "or-gate",
    ],
)
def test_names_and_words_of_meaning_stay(words: str) -> None:
    assert trimmed(words) == words


def test_where_only_the_tie_changed_it_is_told() -> None:
    assert (trimmed(", and"), trimmed(" , "), trimmed("")) == ("and", ",", "")


def test_a_long_text_costs_no_more_than_its_length() -> None:
    assert trimmed("and, " * 100_000 + "Laos" + ", and" * 100_000).startswith("Laos")
