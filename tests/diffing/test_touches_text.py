"""What texts name: regimes, series, groups, dates, spans, and the order of the answer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.records import Touch
from diffing.touches.engine import touches_in_text


def _of(type_: str, text: str, **known: object) -> list[Touch]:
    return [touch for touch in touches_in_text(text, **known) if touch.type == type_]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "known", "regime"),
    [
        ("ECCN 3A001 is listed.", {}, "ear"),
        ("3A001 of Annex I to Regulation (EU) 2021/821", {}, "eu"),
        ("Nummer 3A001 des Anhangs I", {"language": "de"}, "eu"),
        ("管制编码3A001", {}, "cn"),
        ("3A001", {"source": "us_ecfr"}, "ear"),
        ("3A001", {"source": "uk_legislation"}, "uk"),
        ("3A001", {"source": "cn_mofcom"}, "cn"),
        ("3A001", {"work": "eu/reg/2021/821"}, "eu"),
        ("3A1906 der Ausfuhrliste", {"source": "de_awv"}, "de"),
    ],
)  # fmt: skip
def test_the_same_code_is_law_of_the_regime_it_stands_in(
    text: str, known: dict[str, str], regime: str
) -> None:
    assert [touch.regime for touch in _of("code", text, **known)] == [regime]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Items in the 600 series and 9x515 items", ["600 series", "9x515"]),
        ("EAR99 and 0x5zz commodities", ["EAR99", "0x5zz"]),
        ("Category 3, Product Group B of the CCL", ["3B"]),
        ("Category 3 (Electronics), Product Group D", ["3D"]),
        ("Category 5e cable and a Category 4 hurricane", []),
        ("room 3B and clause 2A", []),
    ],
)
def test_series_are_touches_of_their_own(text: str, ids: list[str]) -> None:
    assert [touch.id for touch in _of("series", text)] == ids


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Country Groups D:1, D:4, and D:5", ["group:D:1", "group:D:4", "group:D:5"]),
        ("Macau or a destination specified in Country Group D:5", ["group:D:5"]),
        ("the odds were A:1 in a ratio", []),
        ("at 12:30 in drive D:1", []),
        (
            "輸出令別表第三に掲げる地域又は別表第三の二に掲げる地域",
            ["group:輸出令/別表3", "group:輸出令/別表3_2"],
        ),
        ("輸出令別表第二の四に掲げる国", ["group:輸出令/別表2_4"]),
        ("い地域①、ろ地域又は「は地域②」を仕向地とする", ["group:い地域①", "group:ろ地域", "group:は地域②"]),
        ("特に地域を限らず、国は地域の実情に応じ、高い地域に", []),
        (
            "Country Groups D:1–D:4 and A:6",
            ["group:D:1", "group:D:2", "group:D:3", "group:D:4", "group:A:6"],
        ),
    ],
)
def test_groups_of_countries_are_named_as_written(text: str, ids: list[str]) -> None:
    assert [touch.id for touch in _of("group", text)] == ids


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("effective January 13, 2025", "2025-01-13"), ("on 13 January 2025", "2025-01-13"), ("am 13. Januar 2025", "2025-01-13"), ("le 1er mars 2025", "2025-03-01"),
        ("2025年11月10日", "2025-11-10"), ("令和七年五月二十八日", "2025-05-28"), ("令和元年五月一日", "2019-05-01"), ("二〇二六年十一月十日", "2026-11-10"), ("by 2026-12-31 at the latest", "2026-12-31"), ("31.12.2026", "2026-12-31"),
    ],
)  # fmt: skip
def test_days_are_read_in_every_language(text: str, day: str) -> None:
    assert [touch.id for touch in _of("date", text)] == [day]


def test_a_day_that_no_calendar_has_is_none() -> None:
    assert _of("date", "February 30, 2025 and 2025-13-01 and 31.02.2026") == []


def test_tolerated_forms_are_less_sure_than_proper_ones() -> None:
    proper, typo = _of("code", "ECCN 3A090.a"), _of("code", "ECCN 4A090a")
    assert proper[0].confidence == 1.0
    assert (typo[0].id, typo[0].confidence < 0.8) == ("4A090.a", True)


def test_neighbouring_codes_are_never_confused() -> None:
    named = ["3A090", "3A990", "5A002", "5A992", "3B001", "3D001"]
    for code in named:
        assert [touch.id for touch in _of("code", f"controlled under ECCN {code} only")] == [code]


def test_spans_point_at_the_words_in_the_text_as_given() -> None:
    text = "Ｅxport of ３Ａ０９０．ａ to Côte d’Ivoire\u200b, quantum\u00adcomputing aside"
    for touch in touches_in_text(text):
        assert 0 <= touch.start < touch.end <= len(text)
    assert [text[t.start : t.end] for t in _of("country", text)] == ["Côte d’Ivoire"]
    assert [text[t.start : t.end] for t in _of("code", text)] == ["３Ａ０９０．ａ"]


@given(st.text(max_size=200))
def test_any_text_is_answered_in_order_with_spans_inside_it(text: str) -> None:
    touches = touches_in_text(text)
    assert all(0 <= touch.start < touch.end <= len(text) for touch in touches)
    assert [touch.start for touch in touches] == sorted(touch.start for touch in touches)


_PIECES = st.sampled_from(
    [
        "3A090.a",
        "3B001.a, b",
        "except ",
        "China",
        " and ",
        "別表第一の七の項（十六）",
        "除",
        "以外",
        "(",
        ")",
        ", ",
        "ML10",
        "Article 5(1)",
        "AI Act ",
        "to ",
        "D:5",
        "\n",
        "XI(c)",
        "第六条",
        "Category ",
    ]
)


@given(st.lists(_PIECES, max_size=12).map("".join))
def test_pieces_of_law_in_any_order_are_read_without_a_slip(text: str) -> None:
    once = touches_in_text(text)
    assert once == touches_in_text(text)
    assert all(touch.id for touch in once)


def test_the_answer_does_not_depend_on_the_seed_of_the_hashes() -> None:
    program = (
        "import json,sys,dataclasses;from diffing.touches.engine import touches_in_text;"
        "print(json.dumps([dataclasses.asdict(t) for t in touches_in_text(sys.stdin.read())], ensure_ascii=True))"
    )
    text = "Quantum computing, AI chips under 3B001.a to d for Kazakstan, China, Hong Kong and D:5 (except ML4) by May 1, 2026. 量子计算 日本"
    answers = {
        subprocess.run(
            [sys.executable, "-c", program], input=text, capture_output=True, text=True, check=True,
            cwd=Path(__file__).parents[2], env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
        ).stdout
        for seed in ("1", "2", "3")
    }  # fmt: skip
    assert len(answers) == 1
    assert len(json.loads(answers.pop())) > 10
