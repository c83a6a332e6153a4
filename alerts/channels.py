"""How much a channel takes: a text split at line ends within a limit. Pure.

Nothing is ever cut without a word: what does not fit is replaced by a notice that counts it and links to the whole.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from itertools import islice

from alerts.language import ENGLISH, Texts

PARTS = 10
"""Messages into which one is split for a channel that takes only so much at a time."""

Size = Callable[[str], int]
"""How long a channel takes a text to be: never less than its letters."""


def units(text: str) -> int:
    """The length of a text as services count it at the most: in units of UTF-16, of which an emoji is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def split(text: str, limit: int, size: Size = units) -> tuple[str, ...]:
    """``text`` in parts of at most ``limit`` by ``size``, cut after a line end where one can be had, else after a blank, else
    between two letters, never inside one. Joined, the parts are the text. ``limit`` has room for a few letters."""
    return tuple(_parts(text, limit, size))


def fit(
    text: str, limit: int, most: int, link: str, size: Size = units, say: Texts = ENGLISH
) -> tuple[str, ...]:
    """The parts of ``text``, at most ``most`` of them; if there were more, the last ends in a notice with ``link``, as long as the
    limit has room for it."""
    parts = tuple(islice(_parts(text, limit, size), most + 1))
    if len(parts) <= most:
        return parts
    kept = parts[: most - 1]
    rest = text[sum(map(len, kept)) :]
    for notice in _NOTICES:
        room = limit - size(notice(len(rest), link, say))
        if room >= min(limit // 4, 40):
            last = next(_parts(rest, room, size))
            return (
                *kept,
                last + notice(len(rest) - len(last), link, say),
            )  # of a smaller number, so no longer
    return (*kept, next(_parts(rest, limit, size)))


def _parts(text: str, limit: int, size: Size) -> Iterator[str]:
    while len(text) > limit or size(text) > limit:
        end = _cut(text, limit, size)
        yield text[:end]
        text = text[end:]
        if not text:
            return
    yield text


def _counted(missing: int, link: str, say: Texts) -> str:
    return f"\n{say('[… {number} characters more not shown here …]', number=missing)} {link}".rstrip() + "\n"


def _linked(missing: int, link: str, say: Texts) -> str:
    return f"\n[…] {link}".rstrip() + "\n"


def _bare(missing: int, link: str, say: Texts) -> str:
    return "\n[…]"


_NOTICES = (_counted, _linked, _bare)  # from the one that says most to the shortest


def _cut(text: str, limit: int, size: Size) -> int:
    """Where the first part ends: the most that fits, taken back to a line end or a blank of its last half."""
    low, high = 1, min(len(text), limit)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if size(text[:middle]) <= limit else (low, middle - 1)
    most = low
    for border in ("\n", " "):
        at = text.rfind(border, most // 2, most)
        if at >= 0:
            return at + 1
    end = most
    while end > 1 and end < len(text) and unicodedata.combining(text[end]):
        end -= 1
    return end if end > 1 else most
