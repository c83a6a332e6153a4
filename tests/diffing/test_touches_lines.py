"""A new line begins a new cell, row or name: what stands there does not belong to the country's name before it, nor the other way round."""

from __future__ import annotations

import pytest

from diffing.touches.engine import touches_in_text


def _countries(text: str, language: str = "en") -> list[str]:
    return [touch.id for touch in touches_in_text(text, language=language) if touch.type == "country"]


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Argentina\nAustralia\nKorea, Republic of\nLatvia\nThe Philippines\nUnited Kingdom", "AR AU KR LV PH GB"),
        ("IRAQ\nOre Hill Trading, 4 Harbour Road, Tehran, Iran\nPaya Complex, Dubai, U.A.E.\nNext Row LLC", "IQ IR AE"),
        ("12 Ore Street, Kunming, Yunnan China; and 3 Rue Ardent, L-2418 Luxembourg (see above).", "CN LU"),
        ("7 Hill Lane, Montreal, QC, Canada H3H 2P2 and 1 Dock Row, London, United Kingdom EC1Y 4YX.", "CA GB"),
        ("shipped to the United\nArab Emirates and South\nSudan", "AE SS"),
        ("the Central Bank of\nSyria and the Ministry of\nDefence of Chad", ""),
        ("COMMERCIAL BANK OF SYRIA\nCENTRAL BANK OF IRAQ\nTURKEY LANE ROAD", ""),
        ("—NORTHWIND France; and\n—NORTHWIND Technology.", ""),
        ("Crimean-Congo haemorrhagic fever virus; Malte Ober, Zurich, Switzerland", "CH"),
    ],
)  # fmt: skip
def test_a_name_is_read_within_its_line(text: str, countries: str) -> None:
    assert _countries(text) == countries.split()


def test_initials_plurals_and_sights_are_no_technology() -> None:
    text = "Invasive species (AIS), A.I. Ober, A.I.S., Inc., a reticle sight, Trade Policy and Programs (TPP)."
    assert [touch.id for touch in touches_in_text(text) if touch.type == "technology"] == []


def test_a_product_group_before_an_entry_is_no_country_group() -> None:
    text = "Note to Category 3 Product Group E:\n3E001 and 3E905, see Country Group E:\n1A, and D:\n5A002"
    assert [touch.id for touch in touches_in_text(text) if touch.type == "group"] == []


def test_a_code_whose_cell_ran_into_the_next_is_still_read() -> None:
    touches = touches_in_text("controlled by 9A101MT Column 1. AT applies to entire entry; model 9A101MX")
    assert [touch.id for touch in touches if touch.type == "code"] == ["9A101"]
