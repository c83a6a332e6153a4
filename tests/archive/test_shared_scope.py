"""Two editions are compared in what both of them print; of the rest it is said that it was not."""

from __future__ import annotations

from dataclasses import replace

from archive.records import Expression
from archive.shared_scope import shared, statement, within
from tests.archive.building import edition, item

WHOLE = edition(
    item("preamble", "whereas"),
    item("terms", "they agree", item("1", "one", item("1.a", "x")), item("2", "two")),
    item("annexes", "", item("I", "list")),
)


def eids(expression: Expression) -> list[str]:
    return [one.eid for one in expression.walk()]


def test_without_a_scope_all_is_compared() -> None:
    assert shared(WHOLE, WHOLE) == (WHOLE, WHOLE)


def test_a_part_that_one_edition_leaves_out_is_left_out_of_the_other() -> None:
    later = replace(edition(*WHOLE.provisions[1:]), scope=("terms", "annexes"))
    before, after = shared(WHOLE, later)
    assert eids(before) == eids(after) == ["terms", "1", "1.a", "2", "annexes", "I"]
    assert shared(later, WHOLE) == (after, before)


def test_of_two_scopes_what_both_have_is_compared() -> None:
    one, other = replace(WHOLE, scope=("preamble", "terms")), replace(WHOLE, scope=("terms", "annexes"))
    assert [eids(side) for side in shared(one, other)] == [["terms", "1", "1.a", "2"]] * 2


def test_a_section_stands_in_what_encloses_it_without_the_words_of_that() -> None:
    cut = within(WHOLE, ("1",))
    assert eids(cut) == ["terms", "1", "1.a"]
    assert [one.text for one in cut.walk()] == ["", "one", "x"]


def test_the_statement_says_what_was_not_compared_and_which_edition_lacks_it() -> None:
    standing = ("preamble", "terms", "annexes")
    said = statement((), ("terms", "annexes"), standing)
    assert said
    assert (said.name, said.value, said.words) == (
        "not compared",
        "preamble",
        "absent from the later edition",
    )
    earlier = statement(("terms",), (), standing)
    assert earlier
    assert (earlier.value, earlier.words) == ("preamble, annexes", "absent from the earlier edition")
    section = statement((), ("1",), standing)
    assert section
    assert section.value == "all but 1"
    assert statement((), (), standing) is None
    assert statement(standing, standing, standing) is None
