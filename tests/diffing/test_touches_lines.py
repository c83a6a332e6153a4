"""A new line begins a new cell, row or name: what stands there does not belong to the country's name before it, nor the other way round."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import archive.vocabulary as vocabulary
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


@pytest.mark.parametrize(
    ("text", "language", "countries"),
    [
        ("アルゼンチン\nオーストラリア\nタイ\n大韓民国\n英国", "ja", "AR AU TH KR GB"),
        ("美国\n商务部门\n中国\n银行业务", "zh", "US CN"),
        ("本规定自公布之日起施行，任何组织和个人不得向中华人\n民共和国境外提供相关物项。", "zh", "CN"),
    ],
)
def test_short_lines_of_kana_and_ideographs_are_items_and_long_ones_go_on(
    text: str, language: str, countries: str
) -> None:
    assert _countries(text, language) == countries.split()


def _every_name() -> list[tuple[str, str]]:
    """Each international English name with its code."""
    names = json.loads(
        (Path(vocabulary.__file__).parent / "countries_names.json").read_text(encoding="utf-8")
    )
    return [(name, code) for code, by in names.items() for name in by.get("en", ())[:1]]


def test_every_country_is_found_as_a_heading_in_capitals_and_in_an_exception() -> None:
    missed = [
        name
        for name, code in _every_name()
        if _countries(f"{name.upper()}\nOre Works LLC, 5 Hill Street") != [code]
        or [t.id for t in touches_in_text(f"All destinations except {name}.") if t.excluded] != [code]
    ]
    assert missed == ["Réunion"]  # in capitals it is the French word for a meeting


def test_initials_plurals_and_sights_are_no_technology() -> None:
    text = (
        "Invasive species (AIS), A.I. Ober, A.I.S., Inc., a reticle sight, Trade Policy and Programs (TPP)."
    )
    assert [touch.id for touch in touches_in_text(text) if touch.type == "technology"] == []


def test_a_product_group_before_an_entry_is_no_country_group() -> None:
    text = "Note to Category 3 Product Group E:\n3E001 and 3E905, see Country Group E:\n1A, and D:\n5A002"
    assert [touch.id for touch in touches_in_text(text) if touch.type == "group"] == []


def test_a_code_whose_cell_ran_into_the_next_is_still_read() -> None:
    touches = touches_in_text("controlled by 9A101MT Column 1. AT applies to entire entry; model 9A101MX")
    assert [touch.id for touch in touches if touch.type == "code"] == ["9A101"]
