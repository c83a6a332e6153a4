"""Real pairs of the Code of Federal Regulations through their reader, and edits planted in them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from archive.records import Change, Expression, Provision
from diffing.engine import compare
from normalize.reading import Hints, read
from tests.corpus import corpus_file


@cache
def edition(title: int, part: int, day: str) -> dict[str, Expression]:
    path = corpus_file(f"files/www.ecfr.gov/ecfr/title-{title}_part-{part}.en.{day}.xml")
    hints = Hints(as_of=date.fromisoformat(day), document=f"title-{title}/part-{part}")
    return {
        expression.work: expression for expression in read("us_ecfr", path.read_bytes(), hints).expressions
    }


def changes_of(before: dict[str, Expression], after: dict[str, Expression]) -> list[Change]:
    assert before.keys() == after.keys()
    return [change for work in before for change in compare(before[work], after[work])]


def test_part_810_has_one_substantive_change_thailand() -> None:
    changes = changes_of(edition(10, 810, "2026-03-25"), edition(10, 810, "2026-06-18"))
    substantive = [change for change in changes if change.materiality == "substantive"]
    assert [(change.kind, change.text_after) for change in substantive] == [("insertion", "Thailand")]
    assert [change.unit for change in changes if change.materiality == "editorial"] == ["citation"]


def test_part_744_has_editorial_changes_only_and_they_are_listed() -> None:
    changes = changes_of(edition(15, 744, "2026-03-25"), edition(15, 744, "2026-07-18"))
    assert {change.materiality for change in changes} == {"editorial"}
    assert {change.kind for change in changes} == {"substitution"}
    assert sum(change.unit == "entry" or " | " in change.text_after for change in changes) == 173


def edited(provision: Provision, eid: str, old: str, new: str) -> Provision:
    """The tree with one word of one provision changed, once."""
    if provision.eid == eid:
        assert provision.text.count(old) >= 1, (eid, old)
        return replace(provision, text=provision.text.replace(old, new, 1))
    return replace(provision, children=tuple(edited(child, eid, old, new) for child in provision.children))


def planted(
    expressions: dict[str, Expression], find: str, old: str, new: str, *, row: bool
) -> tuple[dict[str, Expression], str]:
    """``expressions`` with ``old`` made ``new`` in the first provision that holds ``find``; and that provision's eid."""
    for work, expression in expressions.items():
        for provision in expression.walk():
            if find in provision.text and old in provision.text and (" | " in provision.text) == row:
                roots = tuple(edited(root, provision.eid, old, new) for root in expression.provisions)
                return expressions | {work: replace(expression, provisions=roots)}, provision.eid
    raise AssertionError(f"nothing holds {find!r} and {old!r}")


PLANTS = [
    ("a policy cell", "Presumption of denial", "Presumption of denial", "Case-by-case review", True),
    ("a duty", " shall ", " shall ", " may ", False),
    ("an alias", "a.k.a.", "a.k.a.", "a.k.a., Quillon Trading; a.k.a.", True),
    ("a number", " days", "30", "45", False),
]


def test_four_planted_edits_are_the_only_substantive_changes() -> None:
    before, after = edition(15, 744, "2026-03-25"), edition(15, 744, "2026-07-18")
    wanted = set()
    for _, find, old, new, row in PLANTS:
        after, eid = planted(after, find, old, new, row=row)
        wanted.add(eid)
    assert len(wanted) == 4
    found = [change for change in changes_of(before, after) if change.materiality == "substantive"]
    assert {change.new_eid for change in found} == wanted
    assert len(found) == 4


@pytest.mark.parametrize(("title", "part", "day"), [(15, 744, "2026-07-18"), (10, 810, "2026-06-18")])
def test_an_edition_compared_with_itself_is_unchanged(title: int, part: int, day: str) -> None:
    same = edition(title, part, day)
    assert changes_of(same, same) == []
