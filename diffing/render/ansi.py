"""A change for a terminal: the plain form with colour, so that nothing is said by colour alone."""

from __future__ import annotations

from archive.records import Change
from diffing.render.fold import FOLDED, folded
from diffing.render.plain import legend, marks_for
from diffing.render.said import carried_line, headline, limit_line

_RED, _GREEN, _BOLD, _DIM, _OFF = "\x1b[31;9m", "\x1b[32;4m", "\x1b[1m", "\x1b[2m", "\x1b[0m"


def ansi(change: Change) -> str:
    """Headline, redline, limits and what went along. Control characters of the text are taken out."""
    lines = [f"{_BOLD}{_safe(headline(change))}{_OFF}"]
    changed = any(sign != "=" for sign, _ in change.ops)
    if changed:
        lines += [_redline(change), f"{_DIM}({legend(change.ops)}){_OFF}"]
    elif change.text_after:
        lines.append(_safe(change.text_after))
    lines += [_safe(limit_line(limit)) for limit in change.limits]
    if change.carried:
        lines.append(f"{_DIM}{_safe(carried_line(change))}{_OFF}")
    return "\n".join(lines)


def _redline(change: Change) -> str:
    start_del, end_del, start_ins, end_ins = marks_for(change.ops)
    pieces: list[str] = []
    for sign, words in folded(change.ops):
        words = _safe(words)
        if sign == "-":
            pieces.append(f"{_RED}{start_del}{words}{end_del}{_OFF}")
        elif sign == "+":
            pieces.append(f"{_GREEN}{start_ins}{words}{end_ins}{_OFF}")
        else:
            pieces.append(f" {_DIM}[{FOLDED}]{_OFF} " if sign == FOLDED else words)
    return "".join(pieces)


def _safe(text: str) -> str:
    """Text from a fetched page must not drive the terminal."""
    return "".join(c for c in text if c in "\n\t" or (c >= " " and c != "\x7f" and not "\x80" <= c <= "\x9f"))
