"""Text as terms and codes are looked for in it, with the way back to the characters it came from.

Distinct from the comparison key: that one decides whether two texts are the same law and so folds little; this one
only finds words, and folds width, invisible characters, dashes, blanks, case and accents.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

_DASHES = "‐‑‒–—―−﹣－⁃"
_QUOTES = "‘’‚‛ʼ′＇`´"
_BLANKS = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\r\v\f"
# Characters without width, and combining accents: they vanish. So does a line break between ideographs.
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u0300-\u036f"
_WIDE = "\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff"
# A long line of ideographs or kana goes on in the next; a short one is an item of a list, a cell, a heading.
_WRAPPED = rf"[\u3001-\u3020{_WIDE}\uff01-\uff5e0-9()]{{19}}[{_WIDE}]"
_IRREGULAR = re.compile(
    rf"[{_INVISIBLE}]+|[ﬀ-ﬆⅠ-ⅿ㌀-㏿]|[ｦ-ﾟ]+|[か-ヿ][\u3099\u309a]|(?<={_WRAPPED})\n(?=[{_WIDE}])|[ \u00a0]{{2,}}"
)

_IRREGULAR_LATIN = re.compile(rf"[{_INVISIBLE}]+|[ﬀ-ﬆⅠ-ⅿ㌀-㏿]|[ \u00a0]{{2,}}")
_WIDE_LETTER = re.compile(rf"[{_WIDE}\uff66-\uff9f\u3099\u309a]")
_NOT_PLAIN = re.compile(r"[^\n !-_a-~]+")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")


@cache
def _regular() -> dict[int, str]:
    table = {ord(c): "-" for c in _DASHES} | {ord(c): "'" for c in _QUOTES} | {ord(c): " " for c in _BLANKS}
    for code in (*range(0xFF01, 0xFF5F), *range(0x2F00, 0x2FE0), *range(0xF900, 0xFB00)):
        if code not in table:
            folded = unicodedata.normalize("NFKC", chr(code))
            if len(folded) == 1:
                table[code] = folded
    return table


@cache
def _small() -> dict[int, str]:
    """Lower case without accents for every letter of one character in both forms; ideographs and kana stay."""
    table = {}
    for code in range(0xC0, min(0x2000, sys.maxunicode)):
        character = chr(code)
        lowered = character.lower()
        bare = "".join(c for c in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(c))
        if len(bare) == 1 and bare != character:
            table[code] = bare
    return table | {ord("ø"): "o", ord("Ø"): "o", ord("ł"): "l", ord("Ł"): "l", ord("ı"): "i", ord("İ"): "i"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """``cased`` is the text with width, dashes, blanks and invisible characters folded; ``small`` the same in lower case
    without accents; both of one length. ``original`` is what it was made of."""

    original: str
    cased: str
    small: str
    pieces: tuple[tuple[int, int], ...]  # (offset in cased, offset in original) from which both count in step

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of ``original`` behind a span of ``cased``."""
        if len(self.pieces) == 1:
            return start, end
        return self._origin(start), self._origin(max(start, end - 1)) + 1

    def _origin(self, at: int) -> int:
        offset, origin = self.pieces[bisect_right(self.pieces, (at, sys.maxsize)) - 1]
        return origin + at - offset


def plain(text: str) -> Plain:
    """``text`` made ready for looking words up in it. Linear in its length."""
    if text.isascii() and "  " not in text:
        cased = text.translate(_regular()) if "\t" in text or "\r" in text or "`" in text else text
        return Plain(original=text, cased=cased, small=cased.lower(), pieces=((0, 0),))
    parts: list[str] = []
    pieces = [(0, 0)]
    length = done = 0
    for hit in (_IRREGULAR if _WIDE_LETTER.search(text) else _IRREGULAR_LATIN).finditer(text):
        folded = _folded(hit[0])
        parts += (text[done : hit.start()], folded)
        length += hit.start() - done + len(folded)
        done = hit.end()
        if len(folded) > 1:
            # Each character of an expansion leads back to the start of what was expanded.
            pieces += [
                (length - len(folded) + k, hit.start() + min(k, len(hit[0]) - 1)) for k in range(len(folded))
            ]
        pieces.append((length, done))
    parts.append(text[done:])
    # Most characters of a European text are ASCII: only the runs of others are looked up.
    cased = _NOT_PLAIN.sub(lambda run: run[0].translate(_regular()), "".join(parts))
    small = _NOT_ASCII.sub(lambda run: run[0].translate(_small()), cased).lower()
    if len(small) != len(cased):  # a letter that lowers into two; none is known beside İ
        small = "".join(c.lower()[:1] for c in cased)
    return Plain(original=text, cased=cased, small=small, pieces=tuple(pieces))


def fold(term: str) -> str:
    """``term`` as it stands in ``Plain.small``."""
    term = term.strip()
    if (
        term.isascii() and term.isprintable() and "`" not in term and "  " not in term
    ):  # most terms are plain already
        return term.lower()
    return plain(term).small


def _folded(run: str) -> str:
    if run[0] in " \u00a0":
        return " "
    if run == "\n" or re.fullmatch(rf"[{_INVISIBLE}]+", run):
        return ""
    return unicodedata.normalize("NFKC", run) if run[0] not in "か" else unicodedata.normalize("NFC", run)
