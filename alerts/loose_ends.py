"""Words cut out of a sentence, as a title can say them: without the commas and conjunctions that tied them to their neighbours."""

from __future__ import annotations

import re

_POINTS = r"[\s,;:、，；：。・]"
_WORDS = r"and/or|and|or(?! (?:more|less|greater|fewer|above|below|earlier|later)\b)|nor|und|oder|sowie|et(?! al\b)|ou"
"""In small letters: a capital begins a name (OR, the river Oder)."""
_SIGNS = r"及び|又は|並びに|若しくは|以及|或者"
_ONE_SIGN = "和|及|与|與|或|又"
"""At the end alone: at the beginning they may be the first sign of a word (和平, 及时)."""
_BEFORE = re.compile(rf"(?:{_POINTS}|(?:{_WORDS})(?![\w-])|{_SIGNS})+")
_AFTER = re.compile(rf"(?:{_POINTS}|(?<![\w-])(?:{_WORDS})|{_SIGNS}|{_ONE_SIGN}|(?<=\w{{4}})\.)+$")
"""A full stop belongs to a short word before it (``No.``, ``U.S.``)."""
_LONGEST = 60
"""Signs of loose ends that anybody writes; a long text is not searched from each of its own."""


def trimmed(words: str) -> str:
    """``to Thailand`` of ``and to Thailand,``. Where points and conjunctions are all there is, they are what changed and stay."""
    begun = _BEFORE.match(words)
    rest = words[begun.end() :] if begun else words
    ended = _AFTER.search(rest, max(0, len(rest) - _LONGEST))
    return (rest[: ended.start()] if ended else rest) or words.strip(" ,;:、，；：。・\n\t") or words.strip()
