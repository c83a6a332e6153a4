"""What a pattern cannot be found without: texts of which one stands in every text that the pattern is found in. An index lists the pattern there.

Only what is plain in RE2's syntax is read; for all else the answer is that nothing is known, and the index asks RE2 itself. Case is folded away
whatever the pattern says of case, so that a literal may be found where the pattern is not, and never the other way round.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

MOST = 50
"""Literals of one pattern beyond which it is not worth listing: a choice of so many says little."""

Literals = frozenset[str]
_NONE: Literals = frozenset()
_GROUP = re.compile(r"\((?:\?P?<\w+>|\?[ims]*(?:-[ims]+)?:)?(?!\?)")
_FLAGS = re.compile(r"\(\?[ims]*(?:-[ims]+)?\)")
_CLASS = re.compile(r"\[\^?+\]?+(?:\\[^QEpPx0-9]|\[:\^?\w+:\]|[^\]\\\[]|\[(?!:))*+\]")
_REPEAT = re.compile(r"(?:[*?]|\{(?P<least>\d+)(?:,\d*)?\}|\+)\??")
_ESCAPED = re.compile(r"\\(?:(?P<plain>[^\w\s])|[abBdDsSwWntfrvAz])")


class _NotPlain(Exception):
    """Syntax that is left to RE2."""


def required_literals(pattern: str) -> Literals:
    """Texts, :func:`literal_form` applied, of which every text that ``pattern`` (valid RE2) is found in has one; none where nothing is known."""
    try:
        scanner = _Scanner(pattern)
        found = scanner.choice()
        return found if scanner.at == len(pattern) else _NONE
    except (_NotPlain, RecursionError):
        return _NONE


def literal_form(text: str) -> str:
    """The form in which literals are looked for in a text."""
    return text.casefold()


@dataclass(slots=True)
class _Run:
    """A sequence as far as it was read: the literal that is open, and the best that is closed."""

    open: str = ""
    best: Literals = _NONE

    def add(self, mark: str) -> None:
        self.open += literal_form(mark)

    def close(self) -> None:
        if self.open:
            self.offer(frozenset({self.open}))
        self.open = ""

    def offer(self, literals: Literals) -> None:
        if _worth(literals) > _worth(self.best):
            self.best = literals


@dataclass(slots=True)
class _Scanner:
    pattern: str
    at: int = field(default=0)

    def choice(self) -> Literals:
        """``a|b|c`` up to the bracket that closes it: what any of them needs, nothing where one needs nothing."""
        branches = [self._sequence()]
        while self.pattern.startswith("|", self.at):
            self.at += 1
            branches.append(self._sequence())
        return _any_of(branches)

    def _sequence(self) -> Literals:
        run = _Run()
        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            self._element(run)
        run.close()
        return run.best

    def _element(self, run: _Run) -> None:
        mark, rest = self.pattern[self.at], self.pattern
        if flags := _FLAGS.match(rest, self.at):
            self.at = flags.end()
        elif mark == "(":
            self._group(run)
        elif mark == "[":
            found = _CLASS.match(rest, self.at)
            if found is None:
                raise _NotPlain
            self.at = found.end()
            self._repeat()
            run.close()
        elif mark == "\\":
            found = _ESCAPED.match(rest, self.at)
            if found is None:
                raise _NotPlain
            self.at = found.end()
            self._mark(run, found["plain"] or "")
        else:
            self.at += 1
            self._mark(run, "" if mark in ".^$" else mark)

    def _group(self, run: _Run) -> None:
        opened = _GROUP.match(self.pattern, self.at)
        if opened is None:
            raise _NotPlain
        self.at = opened.end()
        inside = self.choice()
        if not self.pattern.startswith(")", self.at):
            raise _NotPlain
        self.at += 1
        run.close()
        if self._repeat():
            run.offer(inside)

    def _mark(self, run: _Run, mark: str) -> None:
        """One character with what repeats it, "" for one that may be many or none at all."""
        many = self._is_repeated()
        needed = self._repeat()
        if not mark or not _is_caseless_or_ascii(mark):
            run.close()
        elif not many:
            run.add(mark)
        elif needed:  # at least once: what was open goes on to here, and what follows is apart
            run.add(mark)
            run.close()
        else:
            run.close()

    def _is_repeated(self) -> bool:
        return _REPEAT.match(self.pattern, self.at) is not None

    def _repeat(self) -> bool:
        """Take what repeats the element before, if anything does; whether the element is there once at least."""
        found = _REPEAT.match(self.pattern, self.at)
        if found is None:
            return True
        self.at = found.end()
        return found[0][0] == "+" or int(found["least"] or 0) > 0


def _any_of(branches: Iterable[Literals]) -> Literals:
    union: set[str] = set()
    for literals in branches:
        if not literals:
            return _NONE
        union |= literals
    return frozenset(union) if len(union) <= MOST else _NONE


def _worth(literals: Literals) -> tuple[int, int]:
    """The length of the shortest literal, then fewer rather than more."""
    return (min(map(len, literals)), -len(literals)) if literals else (0, 0)


def _is_caseless_or_ascii(mark: str) -> bool:
    """Whether folding a character is the same as what RE2 means by ignoring its case."""
    return mark.isascii() or mark.lower() == mark.upper() == mark.casefold() == mark
