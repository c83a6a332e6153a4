"""Ranks keep the order of siblings through any insertion and move, change as little as possible, and stay short."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from archive.ranks import arrange, between


def in_order(ranks: list[str]) -> bool:
    return all(left < right for left, right in pairwise(ranks))


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(1, 40)), max_size=25))
def test_insertions_anywhere_keep_the_order_and_never_touch_a_neighbour(
    insertions: list[tuple[int, int]],
) -> None:
    ranks: list[str] = []
    for place, count in insertions:
        place %= len(ranks) + 1
        wanted: list[str | None] = [*ranks[:place], *[None] * count, *ranks[place:]]
        arranged = arrange(wanted)
        assert in_order(arranged)
        assert [new for new, old in zip(arranged, wanted, strict=True) if old is not None] == ranks
        ranks = arranged


@given(st.permutations(range(40)))
def test_a_new_order_moves_the_fewest_siblings(order: list[int]) -> None:
    ranks = between("", "", 40)
    wanted = [ranks[position] for position in order]
    arranged = arrange([*wanted])
    assert in_order(arranged)
    stayed = sum(old == new for old, new in zip(wanted, arranged, strict=True))
    assert stayed >= longest_growing(order)


def longest_growing(order: list[int]) -> int:
    """By the textbook's quadratic way, to check the quick one."""
    best = [1] * len(order)
    for later in range(len(order)):
        for earlier in range(later):
            if order[earlier] < order[later]:
                best[later] = max(best[later], best[earlier] + 1)
    return max(best, default=0)


def test_no_rank_ends_in_zero_so_that_text_order_is_numeric_order() -> None:
    for count in (1, 61, 62, 3415):
        ranks = between("", "", count)
        assert in_order(ranks)
        assert not any(rank.endswith("0") or not rank for rank in ranks)


def test_a_bulk_of_thousands_gets_ranks_of_at_most_three_characters() -> None:
    assert max(map(len, between("", "", 35_000))) == 3
    assert max(map(len, between("V", "W", 3_000))) <= 4


def test_a_list_that_grows_at_its_end_a_thousand_times_keeps_short_ranks() -> None:
    ranks = between("", "", 3)
    for _ in range(1_000):
        ranks += between(ranks[-1], "", 1)
    assert in_order(ranks)
    assert len(ranks[-1]) <= 10


def test_a_list_that_grows_at_its_begin_a_thousand_times_keeps_short_ranks() -> None:
    ranks = between("", "", 3)
    for _ in range(1_000):
        ranks = between("", ranks[0], 1) + ranks
    assert in_order(ranks)
    assert len(ranks[0]) <= 10


def test_insertions_at_random_places_keep_ranks_short() -> None:
    ranks = between("", "", 100)
    place = 7
    for _ in range(2_000):
        place = place * 7919 % len(ranks)
        ranks[place:place] = between(ranks[place - 1] if place else "", ranks[place], 1)
    assert in_order(ranks)
    assert max(map(len, ranks)) <= 8
