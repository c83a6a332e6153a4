"""The parts of two texts in which a quantity can differ: around their differences, from one semicolon or line to the next.

Long provisions change in a few places, and what stands far from all of them is read alike on both sides.
"""

from __future__ import annotations

from collections.abc import Iterator

from diffing.text import Redline

Span = tuple[int, int]

# How far from a difference a quantity may stand that reads otherwise for it, in characters. One looks at 60 before it and 100 after.
_REACH = 200
# No number, name or phrase of a quantity goes over one of these.
_ENDS = ";\n"


def changed_spans(compared: Redline) -> list[tuple[Span, Span]]:
    """The spans of both texts that hold all quantities that differ, pair by pair and in order."""
    before, after = compared.texts
    spans: list[tuple[Span, Span]] = []
    old_from = new_from = 0
    for (old_at, old_end), (new_at, new_end) in _equal_stretches(compared):
        if before[old_at:old_end] != after[new_at:new_end]:
            continue
        first = old_at if old_at == new_at == 0 else _end_after(before, old_at + _REACH)
        last = old_end if old_end == len(before) else _end_before(before, old_end - _REACH)
        if first < last:
            spans.append(((old_from, first), (new_from, first - old_at + new_at)))
            old_from, new_from = last, last - old_at + new_at
    spans.append(((old_from, len(before)), (new_from, len(after))))
    return spans


def _equal_stretches(compared: Redline) -> Iterator[tuple[Span, Span]]:
    """What stands before, between and after the differences, in both texts."""
    old, new = compared.before_starts, compared.after_starts
    i = j = old_from = new_from = 0
    for hunk in compared.hunks:
        if hunk.i1 > i:
            old_to = old[hunk.i1 - 1] + len(compared.before[hunk.i1 - 1])
            new_to = new[hunk.j1 - 1] + len(compared.after[hunk.j1 - 1])
            yield (old_from, old_to), (new_from, new_to)
        i, j = hunk.i2, hunk.j2
        old_from, new_from = (old[i] if i < len(old) else 0), (new[j] if j < len(new) else 0)
    if i < len(old):
        yield (old_from, len(compared.texts[0])), (new_from, len(compared.texts[1]))


def _end_after(text: str, at: int) -> int:
    """One past the first mark that ends a clause from a place on, the end of the text where none does."""
    return min((found for mark in _ENDS if (found := text.find(mark, at)) >= 0), default=len(text) - 1) + 1


def _end_before(text: str, at: int) -> int:
    """One past the last mark that ends a clause before a place, 0 where none does."""
    return max(text.rfind(mark, 0, max(at, 0)) for mark in _ENDS) + 1
