"""Numbers and marks of Japanese law: read and written back in every style, look-alikes told by their neighbours."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.vocabulary.japanese_numerals import IROHA
from normalize.japan_identity import LawNumber, era_date, law_id, law_number
from normalize.japan_numbers import read_number, resolve, signs, to_full_width, to_kanji, to_positional

STYLES = {
    "kanji": to_kanji,
    "positional": to_positional,
    "full width": to_full_width,
    "arabic": str,
    "bracketed": lambda number: f"（{to_kanji(number)}）",
    "half brackets": lambda number: f"({number})",
    "article": lambda number: f"第{to_kanji(number)}条",
}
numbers = st.integers(1, 9999)


@settings(max_examples=1000, deadline=None)
@given(numbers, st.sampled_from(sorted(STYLES)))
def test_a_number_written_in_any_style_is_read_back(number: int, style: str) -> None:
    assert read_number(STYLES[style](number)) == str(number)


@settings(deadline=None)
@given(
    st.lists(st.integers(1, 120), min_size=2, max_size=4),
    st.sampled_from([to_kanji, to_positional, to_full_width]),
)
def test_branches_are_read_back(parts: list[int], write: object) -> None:
    assert callable(write)
    assert read_number("の".join(write(part) for part in parts)) == "_".join(map(str, parts))


@settings(deadline=None)
@given(numbers, numbers)
def test_ranges_are_read_back(first: int, last: int) -> None:
    assert read_number(f"{to_kanji(first)}から{to_kanji(last)}まで") == f"{first}:{last}"
    assert read_number(f"第{to_kanji(first)}条から第{to_kanji(last)}条まで") == f"{first}:{last}"


@pytest.mark.parametrize("number", [0, -1, 100_000_000])
def test_what_no_mark_reaches_is_not_written(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        to_kanji(number)


@pytest.mark.parametrize("text", ["", "銃砲", "甲", "第", "の", "十の", "二六三・三", "から"])
def test_what_is_no_number_is_not_read(text: str) -> None:
    assert read_number(text) is None


@pytest.mark.parametrize(
    ("marks", "segments"),
    [
        (["イ", "口", "八", "二", "ホ", "へ", "卜"], ["イ", "ロ", "ハ", "ニ", "ホ", "ヘ", "ト"]),
        (["一", "ニ", "三", "四"], ["1", "2", "3", "4"]),
        (["ー", "二", "三"], ["1", "2", "3"]),
        (["七", "ハ", "九"], ["7", "8", "9"]),
        (["ワ", "力", "ヨ", "夕", "レ"], ["ワ", "カ", "ヨ", "タ", "レ"]),
        (["ニ"], ["ニ"]),
        (["二"], ["2"]),
        (["一", "一の二", "二"], ["1", "1_2", "2"]),
        (["イ", "ロ及びハ", "ニ"], ["イ", "ロ:ハ", "ニ"]),
        (["（ｉ）", "（ｉｉ）", "（ｉｉｉ）", "（ｉｖ）"], ["i", "ii", "iii", "iv"]),
        (["ア", "イ", "ウ", "エ"], ["ア", "イ", "ウ", "エ"]),
        (["①", "②"], ["1", "2"]),
    ],
)
def test_marks_are_read_in_the_light_of_their_neighbours(marks: list[str], segments: list[str]) -> None:
    assert [sign.segment if sign else None for sign in resolve(marks)] == segments


@settings(deadline=None)
@given(st.integers(2, len(IROHA)))
def test_the_whole_iroha_is_read_as_it_stands(count: int) -> None:
    assert [sign.segment for sign in resolve(list(IROHA[:count])) if sign] == list(IROHA[:count])


def test_a_mark_that_is_none_has_no_reading_and_disturbs_no_other() -> None:
    assert signs("備考") == ()
    assert [sign.segment if sign else None for sign in resolve(["一", "備考", "二"])] == ["1", None, "2"]


@pytest.mark.parametrize(
    ("text", "short", "identity", "day"),
    [
        ("昭和五六年九月一四日政令第二七八号", "昭和56年政令第278号", "356CO0000000278", date(1981, 9, 14)),
        (
            "平成三年十月十四日通商産業省令第四十九号",
            "平成3年通商産業省令第49号",
            "403M50000400049",
            date(1991, 10, 14),
        ),
        ("昭和二十四年法律第二百二十八号", "昭和24年法律第228号", "324AC0000000228", None),
        ("令和元年政令第七十一号", "令和1年政令第71号", "501CO0000000071", None),
        ("（平成15年内閣府・経済産業省令第3号）", "平成15年内閣府・経済産業省令第3号", None, None),
    ],
)
def test_the_number_of_a_law_tells_its_short_name_and_its_id(
    text: str, short: str, identity: str | None, day: date | None
) -> None:
    number = law_number(text)
    assert isinstance(number, LawNumber)
    assert (number.short, law_id(number), number.day) == (short, identity, day)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("令和八年二月十四日", date(2026, 2, 14)),
        ("平成25年9月13日", date(2013, 9, 13)),
        ("令和元年六月一日", date(2019, 6, 1)),
        ("令和八年二月三十日", None),
        ("二月十四日", None),
    ],
)
def test_dates_of_the_eras(text: str, day: date | None) -> None:
    assert era_date(text) == day
