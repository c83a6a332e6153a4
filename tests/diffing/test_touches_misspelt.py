"""Countries' names with a slip of the pen, and the words near them that are none."""

from __future__ import annotations

import pytest

from diffing.touches.engine import touches_in_text


def _countries(text: str) -> dict[str, float]:
    return {
        touch.id: touch.confidence
        for touch in touches_in_text(text, language="en")
        if touch.type == "country"
    }


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Kazahkstan", "KZ"),
        ("Kyrgizstan", "KG"),
        ("Azerbijan", "AZ"),
        ("Rusia", "RU"),
        ("Turky", "TR"),
        ("United Kindom", "GB"),
        ("Saudi Arabai", "SA"),
        ("Singapor", "SG"),
    ],
)
def test_a_slip_is_read_with_less_confidence(word: str, code: str) -> None:
    found = _countries(f"The goods were sold to {word} last year.")
    assert set(found) == {code}
    assert found[code] < 0.8


@pytest.mark.parametrize(
    "word",
    [
        "Armenian",
        "Nigerians",
        "Columbia",
        "Granada",
        "Inland",
        "Panamax",
        "Georgiev",
        "Siberia",
        "Armani",
        "Islands",
        "Jordon",
    ],
)
def test_demonyms_and_other_words_are_no_slips(word: str) -> None:
    assert _countries(f"The goods of {word} origin were sold.") == {}


def test_a_code_is_never_read_from_a_likeness() -> None:
    assert [t.id for t in touches_in_text("ECCN 3F090 and 3A09 and A3090") if t.type == "code"] == []
