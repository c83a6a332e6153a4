"""The spellings of one word in katakana, and the words that compounds are made with."""

from __future__ import annotations

import pytest

from archive.vocabulary.katakana import is_of_compounds, spellings


@pytest.mark.parametrize(
    ("term", "also"),
    [
        ("ウエハープローバ", "ウェーハプローバー"),
        ("ブレイン・マシン・インターフェース", "ブレインマシンインターフェイス"),
        ("量子コンピュータ", "量子コンピューター"),
        ("リソグラフィー", "リソグラフィ"),
        ("高帯域幅メモリ", "高帯域幅メモリー"),
    ],
)
def test_a_term_is_known_in_the_other_spelling_too(term: str, also: str) -> None:
    assert also in spellings(term)
    assert spellings(term)[0] == term


@pytest.mark.parametrize("term", ["半導体製造装置", "EUV", "量子暗号", "additive manufacturing"])
def test_a_term_without_katakana_has_one_spelling(term: str) -> None:
    assert spellings(term) == (term,)


@pytest.mark.parametrize(
    ("run", "known"),
    [
        ("システム", True),
        ("リソグラフィー", True),
        ("ソフトウェアツール", True),
        ("コンテスト", False),
        ("ド", False),
    ],
)
def test_some_words_make_compounds_with_a_term_and_others_another_word(run: str, known: bool) -> None:
    assert is_of_compounds(run) is known
