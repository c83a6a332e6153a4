"""Japanese numbers in every style, and marks that look like other characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.vocabulary.japanese_numerals import IROHA, iroha_range, to_int, to_iroha

_KANJI = "〇一二三四五六七八九"


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("七", 7), ("十", 10), ("十六", 16), ("二十一", 21), ("一六", 16), ("一〇", 10), ("二三〇", 230), ("百二", 102), ("16", 16),
     ("四二", 42), ("千", 1000), ("ニ", 2), ("ハ", 8), ("ー", 1), ("零", 0), ("項", None), ("", None), ("イ", None)],
)  # fmt: skip
def test_a_numeral_of_any_style_has_one_value(numeral: str, value: int | None) -> None:
    assert to_int(numeral) == value


@given(st.integers(0, 9999))
def test_positional_kanji_and_digits_agree(number: int) -> None:
    assert to_int("".join(_KANJI[int(digit)] for digit in str(number))) == to_int(str(number)) == number


@given(st.integers(1, 99))
def test_numbers_with_ten_and_positional_numbers_agree(number: int) -> None:
    tens, ones = divmod(number, 10)
    with_ten = (
        ("" if tens < 2 else _KANJI[tens]) + ("十" if tens else "") + ("" if not ones else _KANJI[ones])
    )
    assert to_int(with_ten) == number


@pytest.mark.parametrize(("seen", "mark"), [("口", "ロ"), ("二", "ニ"), ("八", "ハ"), ("へ", "ヘ"), ("力", "カ"), ("夕", "タ"), ("卜", "ト"), ("イ", "イ"), ("ア", "ア"), ("章", None)])  # fmt: skip
def test_a_look_alike_in_the_place_of_a_mark_is_the_mark(seen: str, mark: str | None) -> None:
    assert to_iroha(seen) == mark


def test_ranges_go_in_the_order_of_the_iroha() -> None:
    assert iroha_range("イ", "ホ") == ["イ", "ロ", "ハ", "ニ", "ホ"]
    assert iroha_range("ハ", "イ") == []
    assert len(set(IROHA)) == len(IROHA) == 47
