"""Fold long unchanged stretches of a redline; changed words are never folded."""

from __future__ import annotations

from collections.abc import Iterable

from archive.records import Operation

FOLDED = "…"
_KEEP = 120  # characters left standing on either side of a change
_WORTH_FOLDING = 3 * _KEEP


def folded(ops: Iterable[Operation]) -> tuple[Operation, ...]:
    """The operations with the middle of long equal stretches cut to ``…`` under the sign ``…``."""
    steps = list(ops)
    if all(sign == "=" for sign, _ in steps):
        return tuple(steps)
    shown: list[Operation] = []
    for at, (sign, text) in enumerate(steps):
        if sign != "=" or len(text) <= _WORTH_FOLDING:
            shown.append((sign, text))
            continue
        if at > 0:
            shown.append(("=", _head(text)))
        shown.append((FOLDED, FOLDED))
        if at + 1 < len(steps):
            shown.append(("=", _tail(text)))
    return tuple(shown)


def _head(text: str) -> str:
    """The first words, cut at a blank where one is near."""
    cut = text.rfind(" ", _KEEP - 30, _KEEP)
    return text[: cut if cut > 0 else _KEEP] + " "


def _tail(text: str) -> str:
    start = len(text) - _KEEP
    cut = text.find(" ", start, start + 30)
    return " " + text[cut + 1 if cut > 0 else start :]
