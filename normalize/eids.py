"""Addresses of provisions: short, unique in a document, saying the citation, and the same whatever is inserted beside."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from normalize.markers import roman

_WORDS = re.compile(r"[^\W_]+")
_WORDS_CEILING = 5
_LENGTH_CEILING = 60
_KEY_CEILING = 90
# A slug that could be the mark of a paragraph would claim its address.
_LIKE_A_MARK = re.compile(r"[a-z]|([a-z])\1|\d{1,3}")


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """``text`` in lower case without accents and apostrophes, for slugs alone."""
    decomposed = unicodedata.normalize("NFKD", text)
    kept = "".join(one for one in decomposed if not unicodedata.combining(one))
    return kept.replace("'", "").replace("\u2019", "").casefold()


def slug(text: str, *, words: int = _WORDS_CEILING) -> str:
    """The first words of ``text`` joined by hyphens: ``Agreement for cooperation`` → ``agreement-for-cooperation``.

    Never something that could be the mark of a paragraph: the term *i* becomes ``text-i``. "" for a text without a
    letter or digit.
    """
    found = _WORDS.findall(fold(text))[:words]
    made = "-".join(found)[:_LENGTH_CEILING].rstrip("-")
    return f"text-{made}" if _LIKE_A_MARK.fullmatch(made) or roman(made) else made


def key(text: str) -> str:
    """The letters and digits of ``text`` and nothing else: the same under every edit of punctuation, blanks and dashes.

    >>> key("Huawei Technologies Co., Ltd.") == key("HUAWEI Technologies Co. Ltd")
    True
    """
    return "".join(_WORDS.findall(fold(text)))[:_KEY_CEILING]


def join(parent: str, segment: str) -> str:
    """``744.11.a`` and ``1`` → ``744.11.a.1``."""
    if not parent:
        return segment
    return f"{parent}.{segment}" if segment else parent


class Register:
    """Gives each provision of a document an address of its own; a second one by the same name gets ``-2``."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._next: dict[str, int] = {}

    def take(self, wanted: str) -> str:
        """``wanted``, or ``wanted-2``, ``wanted-3`` … where it is taken."""
        if wanted not in self._taken:
            self._taken.add(wanted)
            return wanted
        number = self._next.get(wanted, 2)
        while (made := f"{wanted}-{number}") in self._taken:
            number += 1
        self._next[wanted] = number + 1
        self._taken.add(made)
        return made
