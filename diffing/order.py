"""The smallest set of moved siblings: what is left when the longest run in order stays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate


def longest_in_order(places: Sequence[int], bonus: Callable[[int], int]) -> set[int]:
    """Positions of a longest increasing subsequence of ``places`` (all different).

    Among the longest the one with the greatest sum of ``bonus`` over its positions is taken, so that of two neighbours that
    trade places the one that kept its number stays. A place above all before it and below all after it is in every
    longest one; only the runs between such places are searched.
    """
    count = len(places)
    lowest_after = list(accumulate(reversed(places), min))[::-1]
    kept: set[int] = set()
    loose: list[int] = []
    highest = -1
    for k, place in enumerate(places):
        if highest < place and (k + 1 == count or place < lowest_after[k + 1]):
            kept.add(k)
            if loose:
                kept |= _longest(loose, places, bonus)
                loose = []
        else:
            loose.append(k)
        highest = max(highest, place)
    return kept | _longest(loose, places, bonus)


def _longest(run: list[int], places: Sequence[int], bonus: Callable[[int], int]) -> set[int]:
    """The same for the positions of one run; O(n log n) with a Fenwick tree over (length, bonus)."""
    count = len(run)
    rank = {place: position + 1 for position, place in enumerate(sorted(places[k] for k in run))}
    best: list[tuple[int, int, int]] = [(0, 0, -1)] * (
        count + 1
    )  # (length, bonus, last element) up to a rank
    previous = dict.fromkeys(run, -1)
    overall = (0, 0, -1)
    for k in run:
        at = rank[places[k]]
        found = (0, 0, -1)
        cursor = at - 1
        while cursor > 0:
            if best[cursor][:2] > found[:2]:
                found = best[cursor]
            cursor -= cursor & -cursor
        previous[k] = found[2]
        state = (found[0] + 1, found[1] + bonus(k), k)
        if state[:2] > overall[:2]:
            overall = state
        cursor = at
        while cursor <= count:
            if state[:2] > best[cursor][:2]:
                best[cursor] = state
            cursor += cursor & -cursor
    kept: set[int] = set()
    k = overall[2]
    while k != -1:
        kept.add(k)
        k = previous[k]
    return kept
