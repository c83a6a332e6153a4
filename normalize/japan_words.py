"""Addresses of what has no number: the first letters of its words."""

from __future__ import annotations

import re
import unicodedata

_CEILING = 24
_PICTURE = re.compile(r"\[graphic [^\]]*\]")
_NOT_A_LETTER = re.compile(r"[\W_]+")


def words_key(text: str) -> str:
    """The first letters and digits of ``text``, width folded, without punctuation; "" for a text without any."""
    return _NOT_A_LETTER.sub("", unicodedata.normalize("NFKC", _PICTURE.sub("", text)))[:_CEILING]
