"""Phrases and patterns of a watch, looked for in the words of a change that moved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import re2

from alerts.subject import Side, folded, lowered

_FIRST_EAST_ASIAN = "\u2e80"
_MARK = re.compile(r"\\[\x00-\x7f]|\\?[^\x00-\x7f]")


class UnusablePattern(ValueError):
    """A pattern that RE2 does not take, or that would be found everywhere."""


def find_phrase(phrase: str, side: Side) -> str:
    """The words by which ``phrase`` meets what changed on ``side``, "" where it does not.

    Case, blanks, dashes, quotes and width aside; whole words only (``AI`` is not in ``said``), but a plural counts; a script
    without blanks has no words to be whole.
    """
    for found in phrase_pattern(phrase).finditer(side.lowered):
        start, end = found.span()
        if _is_whole(side.text, start, end) and side.meets(start, end):
            return side.text[start:end]
    return ""


def find_pattern(pattern: str, side: Side) -> str:
    """The words by which an RE2 pattern meets what changed on ``side``, "" where it does not."""
    for found in compiled(pattern).finditer(side.text):
        if side.meets(found.start(), found.end()):
            return str(found.group(0))
    return ""


@lru_cache(maxsize=65536)
def compiled(pattern: str) -> re2._Regexp:
    """The pattern, compiled by RE2, which runs in time linear in the text whatever the pattern. Raises ``UnusablePattern``."""
    options = re2.Options()
    options.log_errors = False
    try:
        expression = re2.compile(folded_pattern(pattern), options)
    except re2.error as error:
        reason = error.args[0]
        raise UnusablePattern(reason.decode() if isinstance(reason, bytes) else str(reason)) from None
    if expression.search("") is not None:
        raise UnusablePattern("it is found in an empty text, so it would be found everywhere")
    return expression


def folded_pattern(pattern: str) -> str:
    """The pattern for texts as they are searched: a mark that stands for another there (a curly quote, a full-width bracket) is that other, as a
    literal, whether it is escaped or not."""
    return _MARK.sub(_plain, pattern)


def _plain(found: re.Match[str]) -> str:
    mark = found[0][-1]
    plain = folded(mark)
    if plain == mark:
        return found[0]
    return plain if plain.isalnum() or plain.isspace() else f"\\{plain}"


@lru_cache(maxsize=65536)
def phrase_pattern(phrase: str) -> re.Pattern[str]:
    """The phrase as it stands in texts that are folded and in lower case, as a plural too, maybe within a longer word."""
    words = (re.escape(word) for word in lowered(folded(phrase)).split())
    plural = "(?:e?s)?" if phrase[-1:].isascii() and phrase[-1:].isalpha() else ""
    return re.compile(r"\s+".join(words) + plural)


def _is_whole(text: str, start: int, end: int) -> bool:
    return not any(_joins(text[at - 1 : at + 1]) for at in (start, end))


def _joins(pair: str) -> bool:
    """Whether the two characters around a border belong to one word."""
    return len(pair) == 2 and all(mark.isalnum() and mark < _FIRST_EAST_ASIAN for mark in pair)


def plurals(word: str) -> Iterator[str]:
    """The forms of a phrase's last word under which an index has to list it."""
    yield word
    if word[-1:].isascii() and word[-1:].isalpha():
        yield f"{word}s"
        yield f"{word}es"
