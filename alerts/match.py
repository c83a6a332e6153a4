"""Which watches a change meets. The watches are compiled into one index, so that a change is held only against those
that it could meet: a watch on 3A090 costs nothing when the entry of another item changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from alerts.conditions import CODE_KEYS, Conditions, Watch
from alerts.match_patterns import PatternIndex
from alerts.outcomes import Reason, reasons_to_match
from alerts.phrases import plurals
from alerts.subject import Subject, party, prefixes, words_of
from archive.records import StoredChange

Anchor = tuple[str, str]  # (sort of place in the index, what stands there)

# How few changes a key lets through, best first: a watch is listed in the index under its most telling key alone.
_TELLING = (
    "counterparties",
    "parties",
    *CODE_KEYS,
    "technologies",
    "text",
    "regex",
    "groups",
    "works",
    "countries",
    "roles",
    "limits",
    "kinds",
    "sources",
    "jurisdictions",
    "materiality",
)

_FEW = 3
"""Watches that are tried one by one: to look a change up in the index costs more than that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """That a change meets a watch, and why: each condition with the term touched, by what, in which role."""

    watch: Watch
    change_id: str
    why: tuple[Reason, ...]


class WatchIndex:
    """Many watches, ready to be held against many changes."""

    def __init__(self, watches: Iterable[Watch]) -> None:
        self.watches = tuple(watches)
        self._index: dict[Anchor, list[int]] = {}
        self._everywhere: list[int] = []
        patterns: set[str] = set()
        for at, watch in enumerate(self.watches):
            _, anchors = _anchors(watch)
            for anchor in anchors or ():
                self._index.setdefault(anchor, []).append(at)
            patterns.update(value for sort, value in anchors or () if sort == "regex")
            if anchors is None:
                self._everywhere.append(at)
        self._sorts = frozenset(sort for sort, _ in self._index)
        self._patterns = PatternIndex(sorted(patterns)) if patterns else None

    def match(self, stored: StoredChange) -> tuple[Match, ...]:
        """The watches that the change meets, in the order in which they were given."""
        subject = Subject(stored)
        matches = []
        for at in self._candidates(subject) if len(self.watches) > _FEW else range(len(self.watches)):
            why = reasons_to_match(self.watches[at], subject)
            if why is not None:
                matches.append(Match(watch=self.watches[at], change_id=stored.id, why=why))
        return tuple(matches)

    def candidates(self, stored: StoredChange) -> tuple[int, ...]:
        """The places in ``watches`` of those that the index does not rule out: what matching the change costs."""
        return self._candidates(Subject(stored))

    def _candidates(self, subject: Subject) -> tuple[int, ...]:
        found = set(self._everywhere)
        for anchor in _presented(subject, self._sorts):
            found.update(self._index.get(anchor, ()))
        if self._patterns is not None:
            for pattern in self._patterns.possible(side.text for side in subject.sides):
                found.update(self._index["regex", pattern])
        return tuple(sorted(found))


def match(watches: WatchIndex | Iterable[Watch], stored: StoredChange) -> tuple[Match, ...]:
    """The watches that the change meets. For many changes hand in a :class:`WatchIndex`, made once."""
    index = watches if isinstance(watches, WatchIndex) else WatchIndex(watches)
    return index.match(stored)


def _anchors(conditions: Conditions) -> tuple[int, frozenset[Anchor] | None]:
    """The places of the index under which conditions are listed, of which every change that meets them presents at least
    one, with how telling they are (0 is best); None for conditions that only a look at the change can decide."""
    found: list[tuple[int, frozenset[Anchor]]] = []
    for key, values in conditions.values():
        if key in _TELLING and not (key == "text" and not all(map(words_of, values))):
            found.append((_TELLING.index(key), frozenset(_places(key, values))))
    for rank, anchors in map(_anchors, conditions.all):
        if anchors is not None:
            found.append((rank, anchors))
    branches = [_anchors(table) for table in conditions.any]
    if branches and all(anchors is not None for _, anchors in branches):
        union = frozenset(anchor for _, anchors in branches for anchor in anchors or ())
        found.append((max(rank for rank, _ in branches), union))
    return min(found, key=lambda one: (one[0], len(one[1])), default=(len(_TELLING), None))


def _places(key: str, values: tuple[str, ...]) -> Iterator[Anchor]:
    for value in values:
        if key in CODE_KEYS:
            yield "code", value
            yield from (("bare", above) for above in prefixes(value) if above != value)
        elif key == "text":
            yield from (("word", word) for word in _rarest(value))
        else:
            yield (
                key,
                party(value) if key == "parties" else value.casefold() if key == "counterparties" else value,
            )


def _rarest(phrase: str) -> Iterator[str]:
    """The longest word of a phrase, in every form in which the phrase can be found."""
    words = words_of(phrase)
    longest = max(words, key=len)
    if longest == words[-1]:
        yield from plurals(longest)
    else:
        yield longest


def _presented(subject: Subject, sorts: frozenset[str]) -> Iterator[Anchor]:
    """The places at which a change stands, of those ``sorts`` that cost something only where the index has them."""
    stored, change = subject.stored, subject.change
    yield "materiality", change.materiality
    yield "kinds", change.kind
    yield "sources", stored.source
    yield "jurisdictions", subject.jurisdiction
    yield from (("roles", role) for role in {touch.role for touch in stored.touches})
    if "works" in sorts:
        yield from (("works", place) for place in subject.places)
    yield from (("limits", limit.direction) for limit in change.limits)
    for kind, touches in subject.touches.items():
        for touch in touches:
            if kind == "code":
                yield from (("code", prefix) for prefix in prefixes(touch.id))
            elif kind == "technology":
                yield from (("technologies", prefix) for prefix in prefixes(touch.id))
            elif kind == "country":
                yield from (("countries", code) for code in {touch.id, touch.id.partition("-")[0]})
            elif kind in ("group", "series"):
                group = touch.id.removeprefix("group:")
                yield from (("groups", name) for name in {group, group.partition(":")[0]})
            elif kind == "party":
                yield "parties", party(touch.id)
            elif kind == "counterparty":
                yield from (("counterparties", name) for name in (touch.id.casefold(), "*"))
    yield from (("bare", touch.id) for touch in subject.bare_codes)
    if "word" in sorts:
        yield from (("word", word) for word in subject.words)
