"""Many patterns at once: which of them could be found in the texts of a change, at a cost that does not grow with their number.

Where a pattern cannot be found without certain words, those are looked for (one Aho-Corasick automaton for all); the rest go to one set of RE2, and so do
those of a word that many patterns share ("firm" stands in "firmware"), where it is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import ahocorasick
import re2

from alerts.match_literals import literal_form, required_literals
from alerts.phrases import folded_pattern

_MEMORY = 64 << 20
"""Bytes that one set of patterns may use for its states; beyond, it gives up, which its sentinel shows."""
_TOGETHER = 500
"""Patterns of one set."""
_CROWDED = 8
"""Patterns of one word that are tried one by one: to ask a set costs about as much as that."""


class PatternIndex:
    """Patterns ready to be held against texts."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self._listed: dict[str, list[str]] = {}
        unlisted = []
        for pattern in dict.fromkeys(patterns):
            literals = required_literals(folded_pattern(pattern))
            for literal in literals:
                self._listed.setdefault(literal, []).append(pattern)
            if not literals:
                unlisted.append(pattern)
        self._automaton = _automaton(self._listed)
        self._sets = _together(unlisted)
        self._crowded = {
            literal: _together(listed) for literal, listed in self._listed.items() if len(listed) > _CROWDED
        }

    def possible(self, texts: Iterable[str]) -> set[str]:
        """The patterns that could be found in one of the texts: every one that is, and some that are not."""
        found: set[str] = set()
        for text in texts:
            if self._automaton is not None:
                for literal in {literal for _, literal in self._automaton.iter(literal_form(text))}:
                    if literal in self._crowded:
                        found.update(_found_in(text, self._crowded[literal]))
                    else:
                        found.update(self._listed[literal])
            found.update(_found_in(text, self._sets))
        return found


def _found_in(text: str, sets: Iterable[_Set]) -> Iterator[str]:
    for together in sets:
        yield from together.found_in(text)


def _together(patterns: list[str]) -> list[_Set]:
    """Sets that hold the patterns."""
    parts = (patterns[at : at + _TOGETHER] for at in range(0, len(patterns), _TOGETHER))
    return [one for part in parts for one in _sets(part)]


def _sets(patterns: list[str]) -> Iterator[_Set]:
    """Sets that hold the patterns, halved as long as one is too big."""
    try:
        yield _Set(patterns)
    except re2.error:
        if len(patterns) == 1:
            raise
        middle = len(patterns) // 2
        yield from _sets(patterns[:middle])
        yield from _sets(patterns[middle:])


class _Set:
    """Patterns that RE2 looks for in one pass. Its answer is empty both where none is found and where it ran out of memory; a pattern that is
    always found tells the two apart, and then every pattern is possible."""

    def __init__(self, patterns: list[str]) -> None:
        self._patterns = patterns
        options = re2.Options()
        options.log_errors = False
        options.max_mem = _MEMORY
        self._set = re2.Set.SearchSet(options)
        for pattern in patterns:
            self._set.Add(folded_pattern(pattern))
        self._sentinel = self._set.Add("")
        self._set.Compile()  # raises re2.error where they are too much for its memory

    def found_in(self, text: str) -> Iterator[str]:
        found = self._set.Match(text) or ()
        if self._sentinel not in found:
            yield from self._patterns
        yield from (self._patterns[at] for at in found if at != self._sentinel)


def _automaton(literals: Iterable[str]) -> ahocorasick.Automaton | None:
    automaton = ahocorasick.Automaton()
    for literal in literals:
        automaton.add_word(literal, literal)
    if not len(automaton):
        return None
    automaton.make_automaton()
    return automaton
