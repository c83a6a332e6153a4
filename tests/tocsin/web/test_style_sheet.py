"""The one style sheet: enough contrast in light and dark (WCAG 2.2 AA), nothing by colour alone, a focus that is seen, nothing from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import tocsin.web

SHEET = (Path(tocsin.web.__file__).parent / "static" / "tocsin.css").read_text(encoding="utf-8")
LIGHT, DARK = re.findall(r":root \{([^}]*)\}", SHEET)[:2]
TEXT = (
    *((ink, paper) for ink in ("ink", "faint", "link", "heavy", "bad") for paper in ("paper", "raised")),
    ("ins-ink", "ins"),
    ("del-ink", "del"),
    ("ink", "mark"),
)
EDGES = (("edge", "paper"), ("edge", "raised"), ("focus", "paper"), ("focus", "raised"))


def colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6})", block))


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * one for one in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_measure_is_that_of_the_guidelines() -> None:
    assert contrast("#fff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("block", [LIGHT, DARK], ids=["light", "dark"])
def test_text_and_edges_stand_out(block: str) -> None:
    named = colours(block)
    for pairs, least in ((TEXT, 4.5), (EDGES, 3.0)):
        for one, other in pairs:
            assert contrast(named[one], named[other]) >= least, (
                one,
                other,
                contrast(named[one], named[other]),
            )


def test_what_went_and_what_came_differ_by_more_than_colour() -> None:
    assert "underline" in re.findall(r"^ins \{[^}]*\}", SHEET, re.M)[0]
    assert "line-through" in re.findall(r"^del \{[^}]*\}", SHEET, re.M)[0]
    assert 'content: " [added: "' in SHEET
    assert 'content: " [removed: "' in SHEET


def test_focus_is_seen_motion_is_asked_for_and_nothing_comes_from_elsewhere() -> None:
    assert ":focus-visible { outline: 3px solid" in SHEET
    assert "outline: none" not in SHEET
    assert "outline: 0" not in SHEET
    assert "@media print" in SHEET
    assert "prefers-reduced-motion" in SHEET
    assert "url(" not in SHEET
    assert "@import" not in SHEET
