"""Sentences that the code says in English, known again by their wording and said in the language of the reader.

    Sayings(mark("no watch was ever called {name}")).said(say, "no watch was ever called 'chips'")

An error, or a reason that is kept, is said in English where it arises, to logs and programs as well. What is not known here stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from alerts.language import Texts

Naming = Callable[[Texts, str], str]
"""What a value that stands in a sentence is called in a language."""
LONGEST = 2_000
"""Characters of a sentence that is looked at."""


class Sayings:
    """Sentences with places for values, ``{name}``. ``naming`` says values by the name of their place; others stay as they stand."""

    def __init__(self, texts: Iterable[str], naming: Mapping[str, Naming] | None = None) -> None:
        self.texts = tuple(texts)
        self._patterns = tuple((re.compile(_pattern(text), re.DOTALL), text) for text in self.texts)
        self._naming = naming or {}

    def said(self, say: Texts, sentence: str) -> str:
        """The sentence in a language, "" where none of these is it."""
        for pattern, text in self._patterns if len(sentence) <= LONGEST else ():
            found = pattern.fullmatch(sentence)
            if found:
                named = {
                    name: self._naming[name](say, value) if name in self._naming else value
                    for name, value in found.groupdict().items()
                }
                return say(text, **named)
        return ""


def _pattern(text: str) -> str:
    parts = re.split(r"\{(\w+)\}", text)
    return "".join(f"(?P<{part}>.+?)" if at % 2 else re.escape(part) for at, part in enumerate(parts))
