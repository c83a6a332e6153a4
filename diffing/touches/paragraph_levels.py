"""The levels of a paragraph below its entry (``b``, ``2``, ``c``): what lies between two of them, what a shorter form replaces."""

from __future__ import annotations

import re

Levels = tuple[str, ...]

LEVEL = re.compile(r"[A-Za-z]{1,2}|[0-9]{1,3}")


def replaced(current: Levels, levels: Levels) -> Levels:
    """``levels`` in place of the last of ``current`` that are of the same kinds (letters, numbers)."""
    for at in range(len(current) - len(levels), -1, -1):
        if all(a.isdigit() == b.isdigit() for a, b in zip(current[at:], levels, strict=False)):
            return (*current[:at], *levels)
    for at in range(len(current) - 1, -1, -1):
        if current[at].isdigit() == levels[0].isdigit():
            return (*current[:at], *levels)
    return (*current, *levels)


def between(first: Levels, last: Levels) -> list[Levels]:
    """What lies strictly between two siblings; nothing where they are none, or lie more than fifty apart."""
    if len(first) != len(last) or first[:-1] != last[:-1] or not first:
        return []
    low, high = first[-1], last[-1]
    if low.isdigit() and high.isdigit() and int(high) - int(low) <= 50:
        return [(*first[:-1], str(number)) for number in range(int(low) + 1, int(high))]
    if len(low) == len(high) == 1 and low.isalpha() and high.isalpha():
        return [(*first[:-1], chr(code)) for code in range(ord(low) + 1, ord(high))]
    return []


def code(root: str, levels: Levels) -> str:
    """``3A001`` and ``b``, ``2`` → ``3A001.b.2``."""
    return ".".join((root, *levels))
