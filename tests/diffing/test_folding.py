"""The comparison key by its table, and by what it must never fold."""

from __future__ import annotations

import pytest

from archive.vocabulary import editorial_pairs
from archive.vocabulary.folding import FOLDINGS, Folding, comparison_key


@pytest.mark.parametrize("folding", FOLDINGS, ids=lambda folding: folding.name)
def test_each_folding_holds_for_its_example_and_not_for_its_near_miss(folding: Folding) -> None:
    assert comparison_key(folding.example[0]) == comparison_key(folding.example[1])
    assert comparison_key(folding.counter[0]) != comparison_key(folding.counter[1])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“a”", "'a'"),
        ("−5", "5"),
        ("> 5", "≥ 5"),
        ("4.8", "4,8"),
        ("4,800", "4800"),
        ("mW", "MW"),
        ("10^26", "1026"),
        ("[Reserved]", ""),
        ("m²", "m2"),
        ("10²⁵", "1025"),
        ("5′", "5″"),
        ("(a)", "(A)"),
        ("二 三", "二三"),
        ("—5", "-5"),
    ],
)
def test_what_is_never_folded(one: str, other: str) -> None:
    assert comparison_key(one) != comparison_key(other)


def pairs(*lists: tuple[tuple[str, ...], ...]) -> list[tuple[str, str]]:
    return [(row[0], variant) for rows in lists for row in rows for variant in row[1:]]


JAPANESE = pairs(editorial_pairs.JAPANESE)
PAIRS = JAPANESE + pairs(
    editorial_pairs.CHINESE,
    editorial_pairs.ENGLISH,
    editorial_pairs.GERMAN,
    editorial_pairs.FRENCH,
    editorial_pairs.DUTCH,
)


@pytest.mark.parametrize("pair", PAIRS, ids="/".join)
def test_every_listed_pair_folds_in_a_sentence(pair: tuple[str, str]) -> None:
    sentence = "これは{}です" if pair in JAPANESE else "x {} y"
    assert comparison_key(sentence.format(pair[0])) == comparison_key(sentence.format(pair[1]))


def test_no_word_is_kept_in_one_row_and_folded_in_another() -> None:
    kept = {pair[0] for pair in PAIRS}
    assert {variant for _, variant in PAIRS} & kept == set()
