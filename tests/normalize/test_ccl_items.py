"""Items of the Commerce Control List: where a label stands, from its letters and from what stands around it."""

from __future__ import annotations

import pytest

from tests.normalize.ccl_reading import (
    by_eid,
    eids,
    read_items,
)


@pytest.mark.parametrize(
    ("paragraph", "eid"),
    [
        ("a. Kites", "3A700.a"),
        ("a.1.b.2.c.3.d. Deep", "3A700.a.1.b.2.c.3.d"),
        ("f.2.1. Number below number", "3A700.f.2.1"),
        ("z.2.a Without a period", "3A700.z.2.a"),
        ("b.2.a.. Two periods", "3A700.b.2.a"),
        ("a.1.c.'No blank' here", "3A700.a.1.c"),
        ("y.99. Many", "3A700.y.99"),
        ("b.-d. [Reserved]", "3A700.b-d"),
        ("b. through x. [Reserved]", "3A700.b-x"),
        ("b. to x. [Reserved].", "3A700.b-x"),
        ("y.2 through y.5. [Reserved]", "3A700.y.2-5"),
        ("q.1. and q.2. [RESERVED]", "3A700.q.1-2"),
        ("g. through .w [Reserved]", "3A700.g-w"),
        ("b., c., and d. [Reserved]", "3A700.b-d"),
        ("y.1, y.2, y.3 and y.4. [Reserved]", "3A700.y.1-4"),
    ],
)
def test_labels_of_items_are_their_addresses(paragraph: str, eid: str) -> None:
    provisions, account = read_items(paragraph)
    assert eids(provisions, "item") == [eid]
    assert account.leftovers == ()


@pytest.mark.parametrize(
    "paragraph", ["a kite is a toy.", "e.g. a kite.", "i.e. a toy.", "A. Kites.", "N.B. toys."]
)
def test_words_and_abbreviations_are_no_labels(paragraph: str) -> None:
    assert eids(read_items(paragraph)[0], "item") == []


def test_a_reserved_list_with_a_gap_is_no_range() -> None:
    provisions, account = read_items("a. Kites", "b., d., and f. [Reserved]")
    assert eids(provisions, "item") == ["3A700.a"]
    assert account.leftovers == ()


def test_items_that_skip_a_level_stand_under_the_nearest_printed_one() -> None:
    provisions, _ = read_items("z. Others:", "z.1.a First", "z.1.b Second")
    assert [child.eid for child in by_eid(provisions)["3A700.z"].children] == ["3A700.z.1.a", "3A700.z.1.b"]


def test_a_range_takes_every_place_in_it() -> None:
    provisions, account = read_items("a. Kites.", "b. through d. [Reserved]", "c. Again.")
    assert "the label 'c.' stands twice in 3A700" in [remark.message for remark in account.remarks]
    assert eids(provisions, "item") == ["3A700.a", "3A700.b-d", "3A700.c"]


@pytest.mark.parametrize(
    ("labels", "paths"),
    [
        ("a 1 2 b", "a a.1 a.2 b"),
        ("a 1 a b 2 b", "a a.1 a.1.a a.1.b a.2 b"),
        ("a 10 11 1 2 9 b", "a a.10 a.11 a.1 a.2 a.9 b"),
        ("f 1 2 1 2 g", "f f.1 f.2 f.2.1 f.2.2 g"),
        ("a 1 a.1.a a.1.b 2 b", "a a.1 a.1.a a.1.b a.2 b"),
        ("b 1 a b 2 a b c 1", "b b.1 b.1.a b.1.b b.2 b.2.a b.2.b c c.1"),
    ],
)
def test_bare_labels_are_placed_by_the_reading_that_costs_least(labels: str, paths: str) -> None:
    texts = {"c": "Third:", "b.2.b": "Last."}
    paragraphs = [
        f"{label}. {texts.get(path, 'Words;' if path != 'b.2.a' else 'Words; or')}"
        for label, path in zip(labels.split(), paths.split(), strict=True)
    ]
    provisions, account = read_items(*paragraphs)
    assert [eid.removeprefix("3A700.") for eid in eids(provisions, "item")] == paths.split()
    assert account.leftovers == ()
