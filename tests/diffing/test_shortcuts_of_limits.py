"""The shortcuts that make reading limits quick take nothing away: each against the pattern or the whole text that it saves."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archive.records import Expression, Provision
from diffing import comparators, quantities_names, quantities_numbers
from diffing.changed_spans import changed_spans
from diffing.limits import limits_of_pair
from diffing.lowercase import lowercase
from diffing.nodes import Tree
from diffing.text import redline

FRAGMENTS = (
    "a peak power of more than 5 W; ", "an accuracy less (better) than ±0.5 µm\n", "see 85 FR 36719, 6/18/20; ",
    "under paragraphs (b)(2), 5 and 6; ", "having 4,096 elements or more, and ", "1. A laser; ", "thirty (30) days\n",
    "a wavelength of 193 nm (0.193 µm); ", "equal to (1.7 + L/1,000) µm; ", "specially designed for the things above, ",
    "gates and other parts of the same sort that hold them; ", "AT Column 1\n", "from 16 to\n18 GHz; ", "２０以上のもの。\n",
)  # fmt: skip
BEFORE_A_NUMBER = (
    "more than", "at least", "not exceeding", "less (better) than", "part", "Note", "±", "of", "is", "5", "−", "(", " (", ",", "'",
    "mehr als", "höchstens", "jusqu’à", "d’au moins", "至少", "=", "or equal to", "a factor of", "gleich", "facteur", "a", "\n", ">", "ISO",
)  # fmt: skip


def limits(before: str, after: str) -> object:
    provisions = (Provision(eid="a", unit="item", text=after),)
    tree = Tree(Expression(work="xx/a", as_of=date(2030, 1, 1), recipe="neutral/1", provisions=provisions))
    return limits_of_pair(tree.nodes[0], redline(before, after), tree)


@settings(deadline=None)
@example([0] + [10] * 30 + [0], [(31, 7)])
@given(
    st.lists(st.integers(0, len(FRAGMENTS) - 1), min_size=12, max_size=48),
    st.lists(st.tuples(st.integers(0, 47), st.integers(0, len(FRAGMENTS) - 1)), min_size=1, max_size=3),
)
def test_limits_are_those_of_the_whole_texts(parts: list[int], edits: list[tuple[int, int]]) -> None:
    changed = list(parts)
    for at, part in edits:
        changed[at % len(changed)] = part
    before, after = ("".join(FRAGMENTS[part] for part in side) for side in (parts, changed))
    found = limits(before, after)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("diffing.changed_spans._REACH", len(before) + len(after))
        assert found == limits(before, after)


def test_what_is_far_from_every_difference_is_not_read() -> None:
    filler = "gates and other parts of the same sort; " * 40
    spans = changed_spans(redline(f"more than 5 W; {filler} 9 mm", f"more than 6 W; {filler} 8 mm"))
    assert len(spans) == 2
    assert all(last - first < 300 for pair in spans for first, last in pair)


@given(
    st.lists(st.sampled_from(BEFORE_A_NUMBER), max_size=4), st.sampled_from(["", " ", " (", "(", "\n", "  "])
)
def test_a_comparison_is_looked_for_wherever_one_can_stand(words: list[str], end: str) -> None:
    left = " ".join(words) + end
    found, pattern = comparators.comparison_before(left), comparators._BEFORE.search(left.lower())
    assert (found and found.span()) == (pattern and pattern.span())
    assert comparators.is_stated(left) == bool(comparators._STATED.search(left))


@pytest.mark.parametrize(
    "left", ["paragraphs 3, 4 and ", "Notes 1 to ", "§ 744, ", "notes 3,\u00a04 und ", "see § 7 for the ", "a gate of ", "rules 3 OR "]
)  # fmt: skip
def test_a_list_of_references_is_found_as_by_its_pattern(left: str) -> None:
    assert quantities_names.names_a_thing(left, " x", measured=False) == bool(
        quantities_names._NAMED_IN_LIST.search(left)
        or quantities_names._NAMED_BEFORE.search(left.lower()[-24:])
    )


@given(
    st.lists(st.sampled_from(["than", "of", ">", "(", "2 λ)", "-", " ", "1.7", "+ L/1,000", "λ/4", "D x", ")", "to"]), max_size=8),
    st.sampled_from(["", " "]),
)  # fmt: skip
def test_no_formula_is_passed_over(words: list[str], blank: str) -> None:
    text = blank.join(words)
    holds = any(
        any(sign.isdigit() for sign in match[0]) for match in quantities_numbers._FORMULA.finditer(text)
    )
    assert quantities_numbers._can_hold_a_formula(text) or not holds


@example("İSTANBUL")
@given(st.text(max_size=20))
def test_lower_case_keeps_every_place(text: str) -> None:
    assert len(lowercase(text)) == len(text)
    assert all(one == letter.lower() for one, letter in zip(lowercase(text), text, strict=True) if len(letter.lower()) == 1 and letter != "Σ")  # fmt: skip
