"""How a text is read for searching: folded, and with its Chinese, Japanese and Korean characters set apart, so that every word is found.

The tokenizer of SQLite parts words at blanks and punctuation, which those scripts do not write: it would keep a whole sentence as one word. Set
apart, each character is a word of its own, and a word of two characters is two words in a row.
"""

from __future__ import annotations

import re
import unicodedata

_CHARACTERS = (
    "\u1100-\u11ff\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_CHARACTER = re.compile(f"([{_CHARACTERS}])")


def folded(text: str) -> str:
    """What counts as the same for searching: full and half width, case, and any run of blanks are one; marks that nobody sees are gone."""
    plain = text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()
    if plain.isprintable():  # all blanks in it are plain ones
        return " ".join(plain.split()) if "  " in plain else plain.strip()
    for mark in set(plain):
        if not mark.isprintable() and not mark.isspace():
            plain = plain.replace(mark, "")
    return " ".join(plain.split())


def set_apart(text: str) -> str:
    """A folded text as the tokenizer is given it."""
    return _CHARACTER.sub(r" \1 ", text)


def has_words(text: str) -> bool:
    """Whether a folded text has anything that the tokenizer would keep."""
    return any(unicodedata.category(mark)[0] in "LN" or unicodedata.category(mark) == "Co" for mark in text)


def contains(text: str, phrase: str, *, open_end: bool = False) -> bool:
    """Whether a folded text has a folded phrase, not cut out of a longer word (``ear`` is not in ``year``); with ``open_end`` its last word may go on."""
    at = text.find(phrase)
    while at >= 0:
        end = at + len(phrase)
        if not _inside_word(text, at) and (open_end or not _inside_word(text, end)):
            return True
        at = text.find(phrase, at + 1)
    return False


def _inside_word(text: str, at: int) -> bool:
    """Whether the place between two characters lies inside a word of letters or figures."""
    if at <= 0 or at >= len(text):
        return False
    left, right = text[at - 1], text[at]
    return left.isalnum() and right.isalnum() and not _CHARACTER.match(left) and not _CHARACTER.match(right)
