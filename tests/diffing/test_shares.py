"""A comparison judged in shares, by several who each aligned it for themselves, in any order: the same changes in the same order."""

from __future__ import annotations

import msgspec

from diffing.engine import Comparison, compare, in_order
from diffing.pairing import Paired
from tests.labelled import cases


def test_shares_together_are_the_whole_in_every_labelled_case() -> None:
    divided = 0
    for case in cases():
        one, other = (Comparison(case.before, case.after) for _ in range(2))
        middle = len(one.relations) // 2
        later = [*other.changes(middle)]
        earlier = [found for at in reversed(range(middle)) for found in one.changes(at, at + 1)]
        assert in_order([*later, *earlier]) == compare(case.before, case.after), case.id
        divided += middle > 0
    assert divided > 100


def test_an_alignment_that_is_handed_on_gives_the_same_relations_and_changes() -> None:
    parted = 0
    for case in cases():
        one = Comparison(case.before, case.after)
        if not one.relations:
            continue
        paired = msgspec.msgpack.decode(msgspec.msgpack.encode(one.paired()), type=Paired)
        other = Comparison(case.before, case.after, paired)
        assert other.relations == one.relations, case.id
        assert in_order(other.changes()) == in_order(one.changes()), case.id
        parted += bool(paired.splits) + bool(paired.joins)
    assert parted > 5


def test_a_comparison_says_how_much_of_text_each_relation_has() -> None:
    for case in cases()[::10]:
        comparison = Comparison(case.before, case.after)
        sides = [one for text in (case.before, case.after) for root in text.provisions for one in root.walk()]
        longest = sum(len(f"{one.heading}\n{one.text}") for one in sides)
        lengths = [comparison.length(relation) for relation in comparison.relations]
        assert all(0 <= length <= longest for length in lengths)
        assert bool(lengths) or not compare(case.before, case.after)
