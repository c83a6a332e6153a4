"""What was said or found at the places of a transition, found again by place: ids of changes differ from one engine to another, places do not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from archive.counted import Eids

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class _Entry(Generic[Thing]):
    order: int
    eids: Eids | None
    thing: Thing


class ByPlace(Generic[Thing]):
    """Things, each with the id of a change and the eids of its place (None: not known any more). Two places are one if the same eid stands there
    afterwards, or, where nothing does on one side, if the same stood there before."""

    def __init__(self, things: Iterable[tuple[str, Eids | None, Thing]]) -> None:
        self._by: Mapping[tuple[str, str | None], list[_Entry[Thing]]]
        by: dict[tuple[str, str | None], list[_Entry[Thing]]] = {}
        for order, (change, eids, thing) in enumerate(things):
            entry = _Entry(order, eids, thing)
            by.setdefault(("change", change), []).append(entry)
            if eids is not None:
                by.setdefault(("before", eids[0]), []).append(entry)
                # Apart from those: thousands of insertions stand at no place before.
                by.setdefault(("gone", eids[0]) if eids[1] is None else ("after", eids[1]), []).append(entry)
        self._by = by

    def at(self, change: str, eids: Eids | None) -> list[Thing]:
        """The things of a change or of its place, in the order in which they were given."""
        found = {entry.order: entry.thing for entry in self._by.get(("change", change), ())}
        if eids is not None:
            before, after = eids
            if after is None:
                same = self._by.get(("before", before), [])
            else:
                same = self._by.get(("after", after), []) + self._by.get(("gone", before), [])
            found |= {entry.order: entry.thing for entry in same}
        return [found[order] for order in sorted(found)]


def is_same_place(one: Eids, other: Eids) -> bool:
    """Whether two changes are of the same place."""
    if one[1] is None or other[1] is None:
        return one[0] == other[0]
    return one[1] == other[1]
