"""Lists inside one run of text: what is a mark and what only refers to one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.japan_numbers import to_full_width, to_kanji
from normalize.japan_running import Listed, split_list


def shape(items: list[Listed]) -> list[object]:
    return [
        (item.segment, item.text, shape(item.items)) if item.items else (item.segment, item.text)
        for item in items
    ]


def test_a_reference_to_an_item_begins_none() -> None:
    intro, items = split_list(
        "次のもの（一）　五の項（二）に掲げるものを用いた甲（二）　（一）又は七の項（三）に掲げる乙（（三）に掲げるものを除く。）（三）　丙"
    )
    assert intro == "次のもの"
    assert [item.text for item in items] == [
        "五の項（二）に掲げるものを用いた甲",
        "（一）又は七の項（三）に掲げる乙（（三）に掲げるものを除く。）",
        "丙",
    ]


def test_marks_without_a_blank_after_them_are_marks_where_they_continue_the_count() -> None:
    assert shape(split_list("（一）甲（一の二）乙（二）丙")[1]) == [("1", "甲"), ("1_2", "乙"), ("2", "丙")]


def test_levels_open_and_close() -> None:
    _, items = split_list("（一）　甲１　乙２　丙イ　丁ロ　戊３　己（二）　庚１　辛")
    assert shape(items) == [
        ("1", "甲", [("1", "乙"), ("2", "丙", [("イ", "丁"), ("ロ", "戊")]), ("3", "己")]),
        ("2", "庚", [("1", "辛")]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "全地域",
        "別表第一の一の項（一）から（三）まで",
        "第二　の場合",
        "光ファイバー\nレーダー　類",
        "（注）",
    ],
)
def test_text_without_a_list_stays_whole(text: str) -> None:
    assert split_list(text) == (text, [])


def test_at_the_start_of_lines_alone_when_the_text_does_not_run() -> None:
    text = "次のものを除く。\nイ　甲のロ　乙\n口　丙"
    assert shape(split_list(text, running=False)[1]) == [("イ", "甲のロ　乙"), ("ロ", "丙")]


words = st.text(alphabet="甲乙丙丁の物又は装置、。", min_size=1, max_size=12).map(lambda text: f"物{text}物")


@settings(deadline=None)
@given(st.lists(words, min_size=1, max_size=60))
def test_a_list_written_in_one_run_comes_back_item_by_item(texts: list[str]) -> None:
    run = "次のもの" + "".join(f"（{to_kanji(n)}）　{text}" for n, text in enumerate(texts, 1))
    intro, items = split_list(run)
    assert intro == "次のもの"
    assert shape(items) == [(str(n), text) for n, text in enumerate(texts, 1)]


@settings(deadline=None)
@given(st.lists(st.lists(words, max_size=12), min_size=1, max_size=8))
def test_a_list_of_lists_comes_back(nested: list[list[str]]) -> None:
    run = "".join(
        f"（{to_kanji(n)}）　甲" + "".join(f"{to_full_width(m)}　{text}" for m, text in enumerate(inner, 1))
        for n, inner in enumerate(nested, 1)
    )
    _, items = split_list(run)
    assert [[below.text for below in item.items] for item in items] == nested


@settings(deadline=None)
@given(st.text(alphabet="（）()一二三十１２の項イロニ口　\n、からまで", max_size=80))
def test_no_character_is_lost_or_doubled(text: str) -> None:
    def written(items: list[Listed]) -> str:
        return "".join(item.mark + item.text + written(item.items) for item in items)

    intro, items = split_list(text)
    assert "".join((intro + written(items)).split()) == "".join(text.split())
