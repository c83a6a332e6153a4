"""A stored change as a watch sees it: its touches by type, the words that changed, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from alerts.subject_announced import announced_places
from archive.identifiers import jurisdiction
from archive.records import StoredChange, Touch
from archive.vocabulary.party_names import party_key

# One character for one character, so that every span still points into the text: full-width forms of letters, digits
# and punctuation, the blanks, the dashes and the quotation marks of one sort.
_FOLD: dict[int, str] = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_FOLD |= dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000\n\t"), " ")
_FOLD |= dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
_FOLD |= dict.fromkeys(map(ord, "\u2018\u2019"), "'") | dict.fromkeys(map(ord, "\u201c\u201d"), '"')

_FOLDED = re.compile(f"[{''.join(map(re.escape, map(chr, _FOLD)))}]")
_WORD = re.compile(r"[0-9a-z]+|[^\W_0-9a-z]+")


@lru_cache(maxsize=65536)
def party(name: str) -> str:
    """What a name of a party is compared by: case, marks, spelling of other scripts and legal form aside."""
    return party_key(name)


def folded(text: str) -> str:
    """``text`` with look-alike blanks, dashes, quotes and widths as one, every character at its place."""
    if text.isascii() and "\n" not in text and "\t" not in text:
        return text
    return _FOLDED.sub(_folded_mark, text)


def _folded_mark(found: re.Match[str]) -> str:
    return _FOLD[ord(found[0])]


def lowered(text: str) -> str:
    """``text`` in lower case, every character at its place: the few whose lower case is longer stay as they are."""
    # The two that a whole text puts otherwise into lower case than they are alone: one becomes two, the other depends on what follows.
    if "\u0130" not in text and "\u03a3" not in text:
        return text.lower()
    return "".join(small if len(small := mark.lower()) == 1 else mark for mark in text)


def words_of(text: str) -> list[str]:
    """The words of a text, case aside, for an index: runs of ASCII letters and digits; of other letters every pair that
    stands together (and a lone one), because Chinese and Japanese are written without blanks."""
    words = []
    for run in _WORD.findall(lowered(folded(text))):
        if run.isascii() or len(run) == 1:
            words.append(run)
        else:
            words += (run[at : at + 2] for at in range(len(run) - 1))
    return words


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One text in which a phrase is looked for. A find counts if it meets one of ``spans``; an empty span is a place where
    words left or came on the other side, met by what stands across it."""

    via: str
    text: str
    lowered: str
    spans: tuple[tuple[int, int], ...]

    def meets(self, start: int, end: int) -> bool:
        """Whether a find from ``start`` to ``end`` takes in changed words."""
        return any(start < until and since < end for since, until in self.spans)


def _side(via: str, text: str, spans: tuple[tuple[int, int], ...]) -> Side:
    plain = folded(text)
    return Side(via=via, text=plain, lowered=lowered(plain), spans=spans)


@lru_cache(maxsize=4096)
def _heading(text: str) -> Side:
    """What encloses a change: every word of it counts. Hundreds of changes stand under the same headings."""
    return _side("enclosing", text, ((0, len(text)),))


class Subject:
    """A change, read once for all watches."""

    def __init__(self, stored: StoredChange) -> None:
        self.stored = stored
        self.change = stored.change
        self.jurisdiction = jurisdiction(stored.work)

    @cached_property
    def touches(self) -> dict[str, tuple[Touch, ...]]:
        """The touches by type."""
        found: dict[str, list[Touch]] = {}
        for touch in self.stored.touches:
            found.setdefault(touch.type, []).append(touch)
        return {kind: tuple(touches) for kind, touches in found.items()}

    @cached_property
    def bare_codes(self) -> tuple[Touch, ...]:
        """The codes that may stand for something under them: of the enclosing ones only the deepest, because a change in
        3A090.b stands inside 3A090 and says nothing of 3A090.a; of those that words name, all."""
        codes = self.touches.get("code", ())
        enclosing = [touch for touch in codes if touch.via == "enclosing"]
        return tuple(
            touch
            for touch in codes
            if touch.via != "enclosing"
            or not any(
                other.regime == touch.regime and stands_under(touch.id, other.id) for other in enclosing
            )
        )

    @cached_property
    def places(self) -> frozenset[str]:
        """Every work and address at or above the change, on both sides, and those that a document says it amends."""
        found = set(prefixes(self.stored.work, "/"))
        eids = [self.change.old_eid, self.change.new_eid, *(place.eid for place in self.change.path)]
        eids += [eid for pair in self.change.carried for eid in pair]
        for eid in filter(None, eids):
            found |= {f"{self.stored.work}#{above}" for above in prefixes(eid)}
        return frozenset(found | announced_places(self.stored))

    @cached_property
    def sides(self) -> tuple[Side, ...]:
        """The texts after and before with what changed in them, and what encloses the change, of which every word counts."""
        after, before = [], []
        new: list[tuple[int, int]] = []
        gone: list[tuple[int, int]] = []
        to, since = 0, 0
        for sign, text in self.change.ops:
            if sign != "-":
                after.append(text)
            if sign != "+":
                before.append(text)
            if sign == "+":
                new.append((to, to + len(text)))
                gone.append((since, since))
            elif sign == "-":
                gone.append((since, since + len(text)))
                new.append((to, to))
            to += len(text) if sign != "-" else 0
            since += len(text) if sign != "+" else 0
        moved = (("inserted", "".join(after), tuple(new)), ("deleted", "".join(before), tuple(gone)))
        return (
            *(_side(via, text, spans) for via, text, spans in moved if text),
            *(_heading(text) for text in dict.fromkeys(self._enclosing()) if text),
        )

    def _enclosing(self) -> Iterator[str]:
        for place in self.change.path:
            yield f"{place.num} {place.heading}".strip()
        yield f"{self.change.num} {self.change.heading}".strip()
        if self.change.unit == "row":
            for text in (self.change.text_after, self.change.text_before):
                yield text.split(" | ", 1)[0]

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of all sides, see :func:`words_of`, and of those that are not ASCII every character."""
        found = {word for side in self.sides for word in words_of(side.text)}
        return frozenset(found | {mark for word in found if not word.isascii() for mark in word})


def prefixes(code: str, separators: str = "./") -> Iterator[str]:
    """What a code stands under, and itself: ``3A090.a.1`` → ``3A090``, ``3A090.a``, ``3A090.a.1``."""
    for at, mark in enumerate(code):
        if mark in separators and at:
            yield code[:at]
    yield code


def stands_under(code: str, other: str) -> bool:
    """Whether ``other`` is a part of ``code``, and not ``code`` itself."""
    return other.startswith((f"{code}.", f"{code}/"))
