"""The taxonomy: complete, without contradictions, in six languages."""

from __future__ import annotations

import pytest

from archive.vocabulary.technologies import LANGUAGES, Term, names_by_id, technology_ids, terms, user_terms

# The number of sub-items of each category in the notice of 2018 (83 FR 58201).
_SUB_ITEMS = {1: 4, 2: 11, 3: 0, 4: 2, 5: 1, 6: 3, 7: 3, 8: 4, 9: 0, 10: 6, 11: 4, 12: 4, 13: 3, 14: 1}


def test_the_fourteen_categories_and_all_their_sub_items_have_entries() -> None:
    wanted = {str(c) for c in _SUB_ITEMS} | {
        f"{c}.{n}" for c, count in _SUB_ITEMS.items() for n in range(1, count + 1)
    }
    assert wanted | {f"X{n}" for n in range(1, 9)} <= technology_ids()
    assert names_by_id()["2.11"] == "AI chipsets"


def test_every_entry_has_terms_for_each_script() -> None:
    found = {(term.id, _script(term.key)) for term in terms() if term.id}
    missing = [
        (id_, script)
        for id_ in technology_ids()
        for script in ("latin", "wide")
        if (id_, script) not in found
    ]
    assert missing == []
    assert len(LANGUAGES) == 6


def test_a_term_leads_to_one_id_whatever_its_notation() -> None:
    keys = [term.key for term in terms()]
    assert len(keys) == len(set(keys))


def test_user_terms_take_the_same_notation_and_are_told_from_our_ids() -> None:
    own = user_terms({"X1": ["beam column*"], "acme": ["=ACMETRON", "super{conductor,fluid}"]})
    assert Term(key="acmetron", id="U:acme", exact="ACMETRON") in own
    assert {term.key for term in own if term.id == "U:acme"} == {"acmetron", "superconductor", "superfluid"}
    assert {term.id for term in own} == {"X1", "U:acme"}


def _script(key: str) -> str:
    return "wide" if any(c > "⺀" for c in key) else "latin"


@pytest.mark.parametrize(
    "key",
    ["neuronale netze", "neuronalen netzen", "reseaux de neurones", "类神经网路", "類神經網路", "深層学習"],
)
def test_inflections_and_both_chinese_scripts_are_terms(key: str) -> None:
    if key == "类神经网路":
        assert key not in {
            term.key for term in terms()
        }  # a Taiwanese word is not written in simplified characters
    else:
        assert {term.id for term in terms() if term.key == key} == {"2.1"}
