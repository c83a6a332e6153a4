"""Citations, dockets, catalogue numbers, files and floats hold no codes."""

from __future__ import annotations

import pytest

from archive.vocabulary.traps import is_labelled_otherwise, masked


@pytest.mark.parametrize(
    "trap",
    ["83 FR 58201", "89 Fed. Reg. 96790", "15 CFR 774.1(a)", "50 U.S.C. 4801", "RIN 0694-AJ90", "Docket No. 250509-0083", "FR Doc. 2024-02930",
     "7440-61-1", "HS code 8542.31", "https://example.org/3A001", "3A001.pdf", "0x3A001", "1.5E100", "mail@3A001.example", "UN 1263"],
)  # fmt: skip
def test_the_whole_of_a_trap_is_masked(trap: str) -> None:
    text = f"see {trap} now"
    assert any(start <= 4 and end >= 4 + len(trap) for start, end in masked(text))


def test_plain_words_are_not_masked() -> None:
    assert masked("Items controlled under ECCN 3A090.a are listed, see 3B001.c.1.a.") == []


@pytest.mark.parametrize(
    "before",
    [
        "in room ",
        "invoice no. ",
        "Part number: ",
        "the flight is ",
        "Raum ",
        "Rechnung Nr. ",
        "salle ",
        "facture n° ",
        "会議室",
        "型番：",
        "发票号",
        "型號",
    ],
)
def test_a_label_before_a_thing_says_that_it_is_no_code(before: str) -> None:
    assert is_labelled_otherwise(before)


@pytest.mark.parametrize(
    "before", ["controlled under ECCN ", "items of ", "Nummer ", "rubrique ", "管制编码", "see "]
)
def test_words_of_control_are_no_such_label(before: str) -> None:
    assert not is_labelled_otherwise(before)
