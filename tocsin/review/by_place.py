"""What was said or found at the places of a transition, found again by place: ids of changes differ from one engine to another, places do not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from archive.counted import Eids

Thing = TypeVar("Thing")
_Entry = tuple[int, Thing]
"""A thing, after its order among all."""


class ByPlace(Generic[Thing]):
    """Things, each with the id of a change and the eids of its place (None: not known any more). Two places are one if the same eid stands there
    afterwards, or, where nothing does on one side, if the same stood there before."""

    def __init__(self, things: Iterable[tuple[str, Eids | None, Thing]]) -> None:
        self._of_change: dict[str, list[_Entry[Thing]]] = {}
        self._before: dict[str | None, list[_Entry[Thing]]] = {}
        self._after: dict[str, list[_Entry[Thing]]] = {}
        # Apart from those before: thousands of insertions stand at no place before.
        self._gone: dict[str | None, list[_Entry[Thing]]] = {}
        for order, (change, eids, thing) in enumerate(things):
            entry = (order, thing)
            self._of_change.setdefault(change, []).append(entry)
            if eids is not None:
                before, after = eids
                self._before.setdefault(before, []).append(entry)
                if after is None:
                    self._gone.setdefault(before, []).append(entry)
                else:
                    self._after.setdefault(after, []).append(entry)

    def at(self, change: str, eids: Eids | None) -> list[Thing]:
        """The things of a change or of its place, in the order in which they were given."""
        own, same = self._of_change.get(change, ()), self._at(eids)
        if len(own) == 1 and len(same) == 1 and own[0] is same[0]:
            return [own[0][1]]
        found = dict([*own, *same])
        return [found[order] for order in sorted(found)]

    def _at(self, eids: Eids | None) -> Sequence[_Entry[Thing]]:
        if eids is None:
            return ()
        before, after = eids
        if after is None:
            return self._before.get(before, ())
        here, gone = self._after.get(after, ()), self._gone.get(before)
        return [*here, *gone] if gone else here


def is_same_place(one: Eids, other: Eids) -> bool:
    """Whether two changes are of the same place."""
    if one[1] is None or other[1] is None:
        return one[0] == other[0]
    return one[1] == other[1]
