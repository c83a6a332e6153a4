"""A user's own terms: read from TOML, found like the taxonomy's, refused with the key that is wrong."""

from __future__ import annotations

import pytest

from archive.errors import BadInput
from archive.vocabulary.own_terms import read_terms
from diffing.touches.engine import Reference, touches_in_text


def test_own_terms_are_found_in_any_script_and_add_to_the_taxonomy() -> None:
    terms = read_terms(
        '[terms]\nphotonics = ["photonic chip", "=PIC", "光子芯片"]\nX4 = ["our accelerator"]\n'
    )
    text = "Photonic chips, a PIC, a pic and 光子芯片 feed our accelerator."
    found = [(t.id, text[t.start : t.end]) for t in touches_in_text(text, reference=Reference(terms=terms))]
    assert found == [
        ("U:photonics", "Photonic chips"),
        ("U:photonics", "PIC"),
        ("U:photonics", "光子芯片"),
        ("X4", "our accelerator"),
    ]


def test_the_table_may_be_left_out() -> None:
    assert [term.id for term in read_terms('a = ["b c"]')] == ["U:a"]


@pytest.mark.parametrize(
    ("text", "place"),
    [("a = 1", "a"), ("a = []", "a"), ('a = ["x"]', "a"), ("a = [", "TOML"), ("", "no terms"), ("terms = 3", "no terms")],
)  # fmt: skip
def test_what_is_no_list_of_words_is_said_with_its_key(text: str, place: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_terms(text, thing="terms.toml")
    assert place in caught.value.line()
