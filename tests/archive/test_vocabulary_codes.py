"""One code at a time: what each regime's grammar takes, and what covers what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.vocabulary.eccn import REGIMES, covers, parse_code
from archive.vocabulary.nearest import nearest


@pytest.mark.parametrize(
    ("text", "regime", "code"),
    [
        ("3A090", "ear", "3A090"),
        (" 3a090.A.1. ", "ear", "3A090.a.1"),
        ("6A001.a.1.a.2.b.4.c", "ear", "6A001.a.1.a.2.b.4.c"),
        ("1A607.f.2.1", "ear", "1A607.f.2.1"),
        ("3A001a1", "eu", "3A001.a.1"),
        ("3A1906", "de", "3A1906"),
        ("3A1906", "ear", None),
        ("3A09", "ear", None),
        ("3F090", "ear", None),
        ("3A090..a", "ear", None),
        ("", "ear", None),
        ("XI(c)(4)", "usml", "USML:XI.c.4"),
        ("Category XII(c)(2)(iii)", "usml", "USML:XII.c.2.iii"),
        ("USML:VIII.h.1", "usml", "USML:VIII.h.1"),
        ("XXII(a)", "usml", None),
        ("ML10c", "ml", "ML10.c"),
        ("ML 4 (b)", "ml", "ML4.b"),
        ("ML23", "ml", None),
        ("PL9009a", "ml", "PL9009.a"),
        ("AIA:art5.1.h", "aia", "AIA:art5.1.h"),
        ("Article 50(2)", "aia", "AIA:art50.2"),
        ("Annex III(1)(a)", "aia", "AIA:annexIII.1.a"),
        ("Article 240", "aia", None),
        ("輸出令/別表1/7/16", "jp", "輸出令/別表1/7/16"),
        ("貨物等省令/6/16_4/イ/1/1", "jp", "貨物等省令/6/16_4/イ/1/1"),
        ("輸出令/7/16", "jp", None),
        ("1C901", "cn", "1C901"),
    ],
)
def test_a_code_is_canonical_or_none(text: str, regime: str, code: str | None) -> None:
    assert parse_code(text, regime) == code


def test_an_unknown_regime_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="'us' is no regime; one of ear"):
        parse_code("3A001", "us")


@pytest.mark.parametrize(
    ("watched", "code", "covered"),
    [
        ("3A090", "3A090.a.1", True),
        ("3A090", "3A090", True),
        ("3A090", "3A091", False),
        ("3A090.a", "3A090.aa", False),
        ("3A090.a", "3A090", False),
        ("3B", "3B001.a", True),
        ("3B", "3A001", False),
        ("Category 3", "3E001", True),
        ("Category 3", "4E001", False),
        ("600 series", "9A610.x", True),
        ("600 series", "9A515", False),
        ("9x515", "9D515.b", True),
        ("0x5zz", "0A501.a", True),
        ("0x521", "0D521", True),
        ("輸出令/別表1/7", "輸出令/別表1/7/16", True),
        ("輸出令/別表1/1", "輸出令/別表1/16", False),
        ("USML:XI.c", "USML:XI.c.4", True),
        ("AIA:art5", "AIA:art50.2", False),
    ],
)
def test_a_watched_code_covers_what_stands_under_it_and_no_neighbour(
    watched: str, code: str, covered: bool
) -> None:
    assert covers(watched, code) is covered


_LEVELS = st.lists(st.one_of(st.sampled_from("abcxyz"), st.integers(1, 99).map(str)), max_size=5)


@given(root=st.from_regex(r"[0-9][A-E][0-9]{3}", fullmatch=True), levels=_LEVELS)
def test_a_canonical_code_reads_as_itself_and_is_covered_by_its_parents(root: str, levels: list[str]) -> None:
    code = ".".join([root, *levels])
    assert parse_code(code) == code
    assert all(covers(".".join([root, *levels[:depth]]), code) for depth in range(len(levels) + 1))


@given(text=st.text(max_size=12), regime=st.sampled_from(REGIMES))
def test_any_text_is_a_canonical_code_or_none_and_reading_twice_changes_nothing(
    text: str, regime: str
) -> None:
    code = parse_code(text, regime)
    assert code is None or parse_code(code, regime) == code


def test_the_nearest_value_is_named_and_ties_go_by_the_alphabet() -> None:
    assert nearest("subsantive", ["editorial", "substantive", "technical"]) == "substantive"
    assert nearest("zz", ["ab", "aa"]) == nearest("zz", ["aa", "ab"])
    assert nearest("x", []) == ""
