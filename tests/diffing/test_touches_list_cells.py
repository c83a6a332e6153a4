"""Countries that the Consolidated Screening List gives as codes at the end of an address."""

from __future__ import annotations

import pytest

from diffing.touches.engine import touches_in_text

ROW = "Alpha Lathes | 1 Road, Town, CN; 2 Road, Kowloon, HK | 88 FR 100 | 2023-01-02 | Presumption of denial."


def countries(text: str, source: str) -> set[str]:
    return {
        touch.id for touch in touches_in_text(text, source=source, language="en") if touch.type == "country"
    }


def test_the_code_at_the_end_of_an_address_is_its_country() -> None:
    assert countries(ROW, "us_csl") == {"CN", "HK"}
    (first, *_) = [touch for touch in touches_in_text(ROW, source="us_csl") if touch.id == "CN"]
    assert ROW[first.start : first.end] == "CN"


@pytest.mark.parametrize("source", ["", "us_ecfr", "us_bis_dpl", "us_federal_register"])
def test_two_letters_elsewhere_are_no_country(source: str) -> None:
    assert countries(ROW, source) == set()


@pytest.mark.parametrize(
    "text", ["Alpha | 1 Road, Town, ZZ | x", "Alpha | Unit IN, Town | x", "Alpha | 5, CN street | x"]
)
def test_what_is_no_code_or_not_at_the_end_is_none(text: str) -> None:
    assert countries(text, "us_csl") == set()
