"""A change as plain text: readable without colour, in a mail, a terminal, a screen reader."""

from __future__ import annotations

from collections.abc import Iterable

from archive.records import Change, Operation
from diffing.render.fold import FOLDED, folded
from diffing.render.said import carried_line, headline, limit_line

Marks = tuple[str, str, str, str]

# The first set that cannot be taken for text is used.
_MARKS: tuple[Marks, ...] = (("[-", "-]", "[+", "+]"), ("{-", "-}", "{+", "+}"))
ENGLISH = ("deleted", "added")
_SIGNS = ("-", "+", "−", "–")


def marks_for(ops: Iterable[Operation], called: tuple[str, str] = ENGLISH) -> Marks:
    """Opening and closing marks of deleted and of added words, such that the text itself holds none of them and no
    changed word begins or ends with a sign of its own (``[--40-]``). ``called`` is what the two are called in the reader's language."""
    steps = tuple(ops)
    spelt = (f"⟦{called[0]}: ", "⟧", f"⟦{called[1]}: ", "⟧")
    if any(sign != "=" and (words.startswith(_SIGNS) or words.endswith(_SIGNS)) for sign, words in steps):
        return spelt
    texts = ["".join(words for sign, words in steps if sign in ("=", side)) for side in "-+"]
    return next(
        (marks for marks in _MARKS if not any(mark in text for mark in marks for text in texts)), spelt
    )


def legend(ops: Iterable[Operation], called: tuple[str, str] = ENGLISH) -> str:
    """How to read the marks: ``[-deleted-] [+added+]``."""
    start_del, end_del, start_ins, end_ins = marks_for(ops, called)
    return f"{start_del}{called[0]}{end_del} {start_ins}{called[1]}{end_ins}"


def redline_plain(ops: Iterable[Operation], called: tuple[str, str] = ENGLISH) -> str:
    """Operations as text with marks; ``called`` is what deleted and added are called where the marks are spelt out."""
    steps = tuple(ops)
    start_del, end_del, start_ins, end_ins = marks_for(steps, called)
    pieces: list[str] = []
    for sign, words in folded(steps):
        if sign == "-":
            piece = f"{start_del}{words}{end_del}"
        elif sign == "+":
            # A deletion and what replaces it stand apart, or 4800 and 2400 would read as one number.
            gap = " " if pieces and pieces[-1].endswith(end_del) and not words[:1].isspace() else ""
            piece = f"{gap}{start_ins}{words}{end_ins}"
        else:
            piece = f" [{FOLDED}] " if sign == FOLDED else words
        pieces.append(piece)
    return "".join(pieces)


def plain(change: Change) -> str:
    """Headline, redline with its legend, limits and what went along, a line each."""
    lines = [headline(change)]
    if any(sign != "=" for sign, _ in change.ops):
        lines += [redline_plain(change.ops), f"({legend(change.ops)})"]
    elif change.text_after:
        lines.append(_shortened(change.text_after))
    lines += [limit_line(limit) for limit in change.limits]
    if change.carried:
        lines.append(carried_line(change))
    return "\n".join(lines)


def _shortened(text: str) -> str:
    return text if len(text) <= 400 else f"{text[:400].rsplit(' ', 1)[0]} […]"
