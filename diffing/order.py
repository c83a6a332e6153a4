"""The smallest set of moved siblings: what is left when the longest run in order stays."""

from __future__ import annotations

from collections.abc import Sequence


def longest_in_order(places: Sequence[int], bonus: Sequence[int]) -> set[int]:
    """Positions of a longest increasing subsequence of ``places`` (all different).

    Among the longest the one with the greatest sum of ``bonus`` is taken, so that of two neighbours that
    trade places the one that kept its number stays. O(n log n) with a Fenwick tree over (length, bonus).
    """
    count = len(places)
    if all(places[k] < places[k + 1] for k in range(count - 1)):
        return set(range(count))
    rank = {place: position + 1 for position, place in enumerate(sorted(places))}
    best: list[tuple[int, int, int]] = [(0, 0, -1)] * (
        count + 1
    )  # (length, bonus, last element) up to a rank
    previous = [-1] * count
    overall = (0, 0, -1)
    for k in range(count):
        at = rank[places[k]]
        found = (0, 0, -1)
        cursor = at - 1
        while cursor > 0:
            found = max(found, best[cursor], key=lambda state: state[:2])
            cursor -= cursor & -cursor
        previous[k] = found[2]
        state = (found[0] + 1, found[1] + bonus[k], k)
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
