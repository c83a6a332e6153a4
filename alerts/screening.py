"""Whether watches could be met by a change, judged by the texts in it: the phrases and the patterns of all of them, looked for in one text after the
other, before anything else of a change is read. The words that changed decide later; here they may stand anywhere."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from alerts.conditions import Conditions
from alerts.match_patterns import PatternIndex
from alerts.phrases import compiled, phrase_pattern
from alerts.subject import folded, lowered

Found = frozenset[int]
_NOTHING: Found = frozenset()


class TextScreen:
    """The phrases and patterns of some watches. ``lets`` answers whether one of the watches could be met by texts that have some of them together."""

    def __init__(self, watches: Collection[Conditions]) -> None:
        self._watches = watches
        asked = list(dict.fromkeys(one for watch in watches for one in _asked(watch)))
        self._numbers = {one: number for number, one in enumerate(asked)}
        self._phrases = [
            (number, max(lowered(folded(said)).split(), key=len, default=""), phrase_pattern(said))
            for (sort, said), number in self._numbers.items()
            if sort == "text"
        ]
        patterns = [said for sort, said in asked if sort == "regex"]
        self._patterns = PatternIndex(patterns) if patterns else None

    @property
    def narrows(self) -> bool:
        """Whether it keeps anything back: not where a watch can be met without any of the texts."""
        return not self.lets(_NOTHING)

    def found(self, text: str) -> Found:
        """The numbers of the phrases and patterns that a text has."""
        plain = folded(text)
        low = lowered(plain)
        found = [number for number, word, pattern in self._phrases if word in low and pattern.search(low)]
        if self._patterns is not None:
            for said in self._patterns.possible((plain,)):
                if compiled(said).search(plain) is not None:
                    found.append(self._numbers["regex", said])
        return frozenset(found) if found else _NOTHING

    def lets(self, found: Collection[int]) -> bool:
        """Whether a watch could be met by a change whose texts have these."""
        return any(self._could_be_met(one, found) for one in self._watches)

    def _could_be_met(self, table: Conditions, found: Collection[int]) -> bool:
        for sort, said in (("text", table.text), ("regex", table.regex)):
            if said and not any(self._numbers[sort, one] in found for one in said):
                return False
        return all(self._could_be_met(one, found) for one in table.all) and (
            not table.any or any(self._could_be_met(one, found) for one in table.any)
        )


def _asked(table: Conditions) -> Iterator[tuple[str, str]]:
    """The phrases and patterns of a table and of those in it, but for those that must not be met: they keep nothing back."""
    yield from (("text", said) for said in table.text)
    yield from (("regex", said) for said in table.regex)
    inside: Iterable[Conditions] = (*table.all, *table.any)
    for one in inside:
        yield from _asked(one)
