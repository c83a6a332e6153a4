"""Where "to" after a number says where it goes and not how far a range reaches: "moves 7A611.a to 7A611.x", 「3A001.aから3A001.cへ移す」."""

from __future__ import annotations

import re

_MOVES = re.compile(
    r"\b(?:mov(?:e[ds]?|ing)|redesignat\w*|reclassif\w*|renumber\w*|relocat\w*|verschoben|verschiebt|umnummeriert|déplac\w+|renuméro\w+)\b[^.;:,]{0,60}$",
    re.I,
)
_REACHES = re.compile(r"through|thru|until|bis|[-~]", re.I)
_GOES_TO = re.compile(r"\s?(?:へ|に(?:移|変更|改め|統合|繰))")


def is_moved(text: str, start: int, end: int, joint: str) -> bool:
    """Whether what begins at ``start`` is said to move to what ends at ``end``; ``joint`` are the words between the two."""
    if _REACHES.search(joint):
        return False
    return bool(_MOVES.search(text, max(0, start - 90), start)) or bool(_GOES_TO.match(text, end))
