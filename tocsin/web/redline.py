"""A redline for a page: ``ins`` and ``del``, which the style sheet marks by lines as well as by colour, in one text or side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from itertools import groupby

from markupsafe import Markup, escape

from archive.records import Operation
from diffing.render.fold import FOLDED, folded
from diffing.text import redline

_LONGEST = 60_000
"""Characters of one text that a page shows; the rest is in its JSON."""


def inline(ops: Iterable[Operation], *, fold: bool = True, longest: int = _LONGEST) -> Markup:
    """Both sides in one text, of which so many characters are shown."""
    return Markup("").join(_marked(sign, text) for sign, text in _shown(ops, fold, longest))


def before(ops: Iterable[Operation], *, fold: bool = True) -> Markup:
    """The old side, with what went marked."""
    return Markup("").join(_marked(sign, text) for sign, text in _shown(ops, fold) if sign != "+")


def after(ops: Iterable[Operation], *, fold: bool = True) -> Markup:
    """The new side, with what came marked."""
    return Markup("").join(_marked(sign, text) for sign, text in _shown(ops, fold) if sign != "-")


def of_lines(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[Operation, ...]:
    """What went and came between two texts given as lines by address: lines of one address are compared by their words, the others came or went whole."""
    ops: list[Operation] = []
    order = SequenceMatcher(a=list(old), b=list(new), autojunk=False)
    for _, start, end, begin, stop in order.get_opcodes():
        here = list(new)[begin:stop]
        gone = [eid for eid in list(old)[start:end] if eid not in new]
        for eid in (*gone, *here):
            if eid in old and eid in new:
                ops += redline(old[eid], new[eid]).ops if old[eid] != new[eid] else [("=", old[eid])]
            else:
                ops.append(("-", old[eid]) if eid in old else ("+", new[eid]))
            ops.append(("=", "\n"))
    return tuple(_run_together(ops))


def _run_together(ops: Iterable[Operation]) -> Iterator[Operation]:
    """Neighbours of the same sign as one, so that long stretches fold."""
    for sign, some in groupby(ops, key=lambda one: one[0]):
        yield sign, "".join(text for _, text in some)


def _shown(ops: Iterable[Operation], fold: bool, longest: int = _LONGEST) -> Iterable[Operation]:
    left = longest
    for sign, text in folded(ops) if fold else ops:
        if left <= 0:
            yield FOLDED, FOLDED
            return
        yield sign, text[:left]
        left -= len(text)


def _marked(sign: str, text: str) -> Markup:
    said = Markup("<br>").join(escape(line) for line in _visible(text).split("\n"))
    if sign == "-":
        return Markup("<del>") + said + Markup("</del>")
    if sign == "+":
        return Markup("<ins>") + said + Markup("</ins>")
    if sign == FOLDED:
        return Markup(' <span class="faint">[…]</span> ')
    return said


def _visible(text: str) -> str:
    """Without the control characters that HTML does not allow, and the marks by which one text could turn another around."""
    return "".join(
        mark
        for mark in text
        if mark in "\n\t"
        or (mark.isprintable() or mark.isspace())
        and mark not in "\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029"
    )
