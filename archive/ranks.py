"""Order among siblings that survives insertions: ranks are strings, and between any two there is room for more.

A rank is a fraction written in base 62 without the leading ``0.`` and without trailing zeros, so text order is numeric order. New siblings
take the shortest ranks that fit between their neighbours, spread evenly; those that keep their order keep their rank.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_VALUES = {digit: value for value, digit in enumerate(_DIGITS)}
_BASE = len(_DIGITS)
# Lists grow at their ends: siblings added there take one part in so many of the room that is left, so that it lasts.
_THRIFT = 32


def arrange(ranks: Sequence[str | None]) -> list[str]:
    """Ranks in strictly growing order for siblings that held ``ranks`` (None: new here). As few as possible change."""
    kept = _longest_growing(ranks)
    if len(kept) == len(ranks):
        return [rank for rank in ranks if rank is not None]
    arranged: list[str] = []
    low = ""
    waiting = 0
    for position, rank in enumerate(ranks):
        if rank is None or position not in kept:
            waiting += 1
            continue
        arranged += between(low, rank, waiting)
        arranged.append(rank)
        low, waiting = rank, 0
    return arranged + between(low, "", waiting)


def between(low: str, high: str, count: int) -> list[str]:
    """``count`` ranks above ``low`` ("" the bottom) and below ``high`` ("" the top), in order, as short as may be."""
    if count == 0:
        return []
    length = 0
    while True:
        length += 1
        bottom = _number(low, length)
        # A longer ``high`` lies above what is left of it when cut to this length, which is then free to take.
        top = _number(high, length) + (len(high) > length) if high else _BASE**length
        if low and not high:
            top = bottom + (top - bottom) * count // (count + _THRIFT)
        elif high and not low:
            bottom = top - (top - bottom) * count // (count + _THRIFT)
        if top - bottom > count:
            step = top - bottom
            return [_rank(bottom + index * step // (count + 1), length) for index in range(1, count + 1)]


def _number(rank: str, length: int) -> int:
    number = 0
    for digit in rank[:length].ljust(length, _DIGITS[0]):
        number = number * _BASE + _VALUES[digit]
    return number


def _rank(number: int, length: int) -> str:
    digits = []
    for _ in range(length):
        number, value = divmod(number, _BASE)
        digits.append(_DIGITS[value])
    return "".join(reversed(digits)).rstrip(_DIGITS[0])


def _longest_growing(ranks: Sequence[str | None]) -> set[int]:
    """Positions of a longest run of ranks that grow, not necessarily neighbours (patience sorting, O(n log n))."""
    tops: list[str] = []
    top_positions: list[int] = []
    before: dict[int, int] = {}
    for position, rank in enumerate(ranks):
        if rank is None:
            continue
        pile = bisect_left(tops, rank)
        if pile:
            before[position] = top_positions[pile - 1]
        tops[pile : pile + 1] = [rank]
        top_positions[pile : pile + 1] = [position]
    kept: set[int] = set()
    last = top_positions[-1] if top_positions else None
    while last is not None:
        kept.add(last)
        last = before.get(last)
    return kept
