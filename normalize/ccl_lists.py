"""Lists whose marks say only their last level: "1.", "a.", "(1)", "(i)". Their order tells where each stands.

Such lists are found inside notes of the Commerce Control List and in its annexes. The rules, in the order they are tried:

``next-sibling``    the mark follows the last one of its kind on an open level, the deepest first: "2." after "1." and its "a.", "b.";
                    after a mark that is written in full ("1.a.1.") the outermost first
``first-child``     "a.", "1.", "(i)" open a level below the last paragraph
``later-sibling``   a gap: "d." after "b." on an open level of its kind
``odd-child``       any other mark opens a level
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_MARK = re.compile(
    r"(?P<compound>(?:[a-z]|\d{1,2}(?=\.[a-z]))(?:\.(?:\d{1,3}|[a-z]))+\.?(?=\s))"
    r"|(?P<dotted>[a-z]|\d{1,3}|[A-Z])\.(?=\s|$)"
    r"|\((?P<bracketed>[ivx]{1,5}|[a-z]|\d{1,3}|[A-Z])\)(?=\s|$)"
)
_ROMAN = {"i": 1, "v": 5, "x": 10}
_DEEPEST = 12


class Mark(NamedTuple):
    """The mark of a paragraph: as printed, and its parts without punctuation (more than one for "c.2.a.")."""

    printed: str
    parts: tuple[str, ...]
    bracketed: bool


@lru_cache(maxsize=1024)  # of a line in a note it is asked three times
def read_mark(text: str) -> tuple[Mark, str] | None:
    """The mark that opens ``text`` and what follows it, None where it opens with a word."""
    found = _MARK.match(text)
    if found is None:
        return None
    said = found["compound"] or found["dotted"] or found["bracketed"]
    mark = Mark(found[0], tuple(said.strip(".").split(".")), found["bracketed"] is not None)
    return mark, text[found.end() :].strip()


class Level(NamedTuple):
    kind: str
    value: int
    part: str


class Numbering:
    """Where the paragraphs of one list stand. ``levels`` is the path to the last one."""

    def __init__(self) -> None:
        self.levels: list[Level] = []
        self._in_full = False

    def continues(self, mark: Mark) -> bool:
        """Whether ``mark`` is the next one on a level that is open."""
        part = mark.parts[-1]
        if len(mark.parts) > 1:
            depth = len(mark.parts) - 1
            parts = tuple(level.part for level in self.levels)
            return parts[:depth] == mark.parts[:-1] and len(parts) > depth and follows(parts[depth], part)
        return any(
            level.kind == kind and level.value + 1 == value
            for level in self.levels
            for kind, value in _readings(part, mark.bracketed)
        )

    def fits(self, mark: Mark) -> bool:
        """Whether ``mark`` goes on with the list, or begins one below its last paragraph."""
        if len(mark.parts) > 1:
            parts = tuple(level.part for level in self.levels)
            return self.continues(mark) or (is_first(mark) and parts == mark.parts[:-1])
        return self.continues(mark) or is_first(mark)

    def take(self, mark: Mark) -> tuple[str, ...]:
        """The path of the paragraph with this mark, which is the last one from now on."""
        part = mark.parts[-1]
        in_full, self._in_full = self._in_full, len(mark.parts) > 1
        if len(mark.parts) > 1:
            self.levels = [Level(*_readings(each, False)[0], each) for each in mark.parts[:_DEEPEST]]
            return mark.parts[:_DEEPEST]
        readings = _readings(part, mark.bracketed)
        depths = range(len(self.levels))
        for depth in depths if in_full else reversed(depths):
            level = self.levels[depth]
            for kind, value in readings:
                if level.kind == kind and value == level.value + 1:
                    return self._at(depth, kind, value, part)
        for kind, value in reversed(readings):
            if value == 1 and len(self.levels) < _DEEPEST:
                return self._at(len(self.levels), kind, value, part)
        for depth in range(len(self.levels) - 1, -1, -1):
            for kind, value in readings:
                if self.levels[depth].kind == kind and value > self.levels[depth].value:
                    return self._at(depth, kind, value, part)
        kind, value = readings[0]
        return self._at(min(len(self.levels), _DEEPEST), kind, value, part)

    def _at(self, depth: int, kind: str, value: int, part: str) -> tuple[str, ...]:
        self.levels[depth:] = [Level(kind, value, part)]
        return tuple(level.part for level in self.levels)


def is_first(mark: Mark) -> bool:
    """Whether the mark can begin a list."""
    return mark.parts[-1] in ("a", "1", "A") or (mark.bracketed and mark.parts[-1] == "i")


def follows(before: str, part: str) -> bool:
    """Whether ``part`` is the number or letter after ``before``."""
    if part.isdigit() and before.isdigit():
        return int(part) == int(before) + 1
    return len(part) == len(before) == 1 and ord(part) == ord(before) + 1


def _readings(part: str, bracketed: bool) -> tuple[tuple[str, int], ...]:
    """The kinds that a mark can be of, and its place in each: "(i)" is the ninth letter or the first roman number."""
    shape = "()" if bracketed else "."
    if part.isdigit():
        return ((f"1{shape}", int(part)),)
    if part.isupper():
        return ((f"A{shape}", ord(part) - ord("A") + 1),)
    letter = ((f"a{shape}", ord(part) - ord("a") + 1),) if len(part) == 1 else ()
    roman = ((f"i{shape}", _roman(part)),) if bracketed and set(part) <= set(_ROMAN) else ()
    return letter + roman


def _roman(text: str) -> int:
    total = 0
    for here, following in zip(text, f"{text[1:]} ", strict=True):
        value = _ROMAN[here]
        total += -value if value < _ROMAN.get(following, 0) else value
    return total
