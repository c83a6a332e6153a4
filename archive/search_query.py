"""What a person looks for: words, phrases in quotes, words that must not be there. Anything else is an ordinary character."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.errors import BadInput
from archive.search_words import contains, folded, has_words, set_apart

LONGEST = 400
MOST_TERMS = 16

_TERM = re.compile(
    r"""(?P<sign>(?<!\S)-)?(?:"(?P<a>[^"]*)"?|“(?P<b>[^”]*)”?|「(?P<c>[^」]*)」?|『(?P<d>[^』]*)』?|(?P<word>[^\s"“「『]+))"""
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Folded words that stand next to each other; ``open_end`` lets the last one go on (``semiconduct*``)."""

    words: str
    open_end: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether the index alone decides of it: it keeps words of ASCII letters and figures as they are."""
        return self.words.isascii() and self.words.isalnum()

    def is_in(self, text: str) -> bool:
        """Whether a folded text has it."""
        return contains(text, self.words, open_end=self.open_end)

    def match(self) -> str:
        """It as SQLite's full-text search reads it: a string, in which nothing is an operator."""
        return '"' + set_apart(self.words).replace('"', '""') + '"' + ("*" if self.open_end else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """``wanted`` are alternatives that must all be met by a provision's number, heading or text; ``unwanted`` must not be there."""

    wanted: tuple[tuple[Phrase, ...], ...] = ()
    unwanted: tuple[Phrase, ...] = ()

    def match(self) -> str:
        """What narrows the search; the texts themselves decide (``is_met``)."""
        return " AND ".join(f"({' OR '.join(one.match() for one in some)})" for some in self.wanted)

    @property
    def is_plain(self) -> bool:
        """Whether the index alone decides."""
        return not self.unwanted and all(one.is_plain for some in self.wanted for one in some)

    def is_met(self, fields: tuple[str, ...]) -> bool:
        """Whether the folded number, heading and text of a provision meet it."""
        return all(_any_in(some, fields) for some in self.wanted) and not _any_in(self.unwanted, fields)


def _any_in(phrases: tuple[Phrase, ...], fields: tuple[str, ...]) -> bool:
    # The names of a country or the words of a technology are hundreds, of which a text has one or two.
    return any(one.words in text and one.is_in(text) for text in fields for one in phrases)


def read_query(said: str) -> Query:
    """A query from what was typed. Raises ``BadInput`` for one that is too long, or with nothing in it that could be looked for."""
    if len(said) > LONGEST:
        raise BadInput(
            f"the query has {len(said):,} characters", mend=f"Look for at most {LONGEST:,} at a time"
        )
    wanted: list[tuple[Phrase, ...]] = []
    unwanted: list[Phrase] = []
    for found in _TERM.finditer(said):
        phrase = _phrase(found)
        if not has_words(phrase.words):
            continue
        if found["sign"]:
            unwanted.append(phrase)
        else:
            wanted.append((phrase,))
    if len(wanted) + len(unwanted) > MOST_TERMS:
        raise BadInput(
            f"the query has {len(wanted) + len(unwanted)} terms",
            mend=f"Use at most {MOST_TERMS}, or put a phrase into quotes",
        )
    if unwanted and not wanted:
        raise BadInput("the query only says what must not be there", mend="Name a word that has to be there")
    if said.strip() and not wanted:
        raise BadInput("the query has no word or number in it", mend='Write words, or a phrase in "quotes"')
    return Query(wanted=tuple(wanted), unwanted=tuple(unwanted))


def any_of(said: tuple[str, ...]) -> tuple[Phrase, ...]:
    """Phrases of which one has to be there."""
    return tuple(Phrase(words=words) for words in dict.fromkeys(map(folded, said)) if has_words(words))


def _phrase(found: re.Match[str]) -> Phrase:
    quoted = next((found[name] for name in "abcd" if found[name] is not None), None)
    if quoted is not None:
        return Phrase(words=folded(quoted))
    word = found["word"]
    return Phrase(words=folded(word.rstrip("*")), open_end=word.endswith("*"))
