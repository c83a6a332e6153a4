"""Numbers spelt out, up to hundreds: five years, forty-five days, one hundred eighty days; drei Jahre, dix ans, vijf jaar."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diffing.lowercase import lowercase

_ENGLISH = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_OTHERS = {
    "de": "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    "fr": "zéro une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze",
    "nl": "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien",
}
_ROUND = {
    "de": {"fünfzehn": 15, "zwanzig": 20, "dreißig": 30, "vierzig": 40, "fünfzig": 50, "sechzig": 60, "neunzig": 90, "hundert": 100},
    "fr": {"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "cent": 100},
    "nl": {"twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50, "zestig": 60, "negentig": 90, "honderd": 100},
}  # fmt: skip
_VALUES: dict[str, dict[str, int]] = {
    language: {word: value for value, word in enumerate(words.split()) if value != 1} | _ROUND[language]
    for language, words in _OTHERS.items()
}

_SMALL = "|".join(sorted(_ENGLISH, key=len, reverse=True))
_TEN = "|".join(_TENS)
_UNDER_HUNDRED = rf"(?:(?:{_TEN})(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|{_SMALL})"
_PATTERNS = {"en": re.compile(rf"\b(?P<word>(?:{_SMALL}) hundred(?: (?:and )?{_UNDER_HUNDRED})?|{_UNDER_HUNDRED})\b", re.IGNORECASE)} | {
    language: re.compile(
        rf"\b(?P<word>{'|'.join(sorted(words, key=len, reverse=True))})\b", re.IGNORECASE
    )
    for language, words in _VALUES.items()
}  # fmt: skip


def number_words(language: str) -> re.Pattern[str] | None:
    """The pattern of spelt numbers of a language (its group is ``word``), None where it writes none."""
    return _PATTERNS.get(language[:2])


_LETTERS = re.compile(r"[^\W\d_]+")
_FIRST_WORDS = {"en": frozenset(_ENGLISH) | frozenset(_TENS)} | {
    language: frozenset(words) for language, words in _VALUES.items()
}


def spelt_numbers(text: str, language: str) -> Iterator[re.Match[str]]:
    """The spelt numbers of a text in order. Most texts hold none, which their words tell sooner than the pattern."""
    words = _PATTERNS.get(language[:2])
    if words is None:
        return
    lower = lowercase(text)
    first = _FIRST_WORDS[language[:2]].intersection(_LETTERS.findall(lower))
    end = 0
    for start in sorted(place for word in first for place in _places(word, lower)):
        found = words.match(text, start) if start >= end else None
        if found:
            yield found
            end = found.end()


def _places(word: str, text: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def spelt(word: str, language: str) -> str:
    """The number a word says.

    >>> spelt("forty-five", "en"), spelt("one hundred and eighty", "en"), spelt("dix", "fr")
    ('45', '180', '10')
    """
    word = word.lower()
    values = _VALUES.get(language[:2])
    if values is not None:
        return str(values[word])
    total = 0
    for piece in re.split(r"[- ]", word):
        if piece == "hundred":
            total *= 100
        elif piece != "and":
            total += _TENS[piece] if piece in _TENS else _ENGLISH[piece]
    return str(total)
