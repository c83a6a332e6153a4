"""How the changes that a digest tells stand now, for weeks with ten thousand of them: which there is still something to decide of is reckoned once for
each analysis that counts, and read anew is only what people said since."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from archive import codec
from archive.counted import Standing, counting, standing_in
from archive.store import Archive
from tocsin.digest.told import Telling
from tocsin.review.by_place import ByPlace
from tocsin.review.items import Item, items_among, said_of

_KEPT = 2_000
"""Transitions of digests that are remembered."""


@dataclass(frozen=True, slots=True)
class Live:
    """Of the changes that a digest tells, in its order: the ids by which what is at their places now goes (none: there is nothing any more), whether there
    is something to decide of it; and of those of which somebody said something, by that order, what there is to decide, with how it stands."""

    changes: tuple[tuple[str, ...], ...]
    is_to_decide: tuple[bool, ...]
    said: Mapping[int, tuple[Item, ...]]


@dataclass(frozen=True, slots=True)
class _Of:
    """Of the places of one transition what is at each of them now, by its order in ``found``; and whether there is something to decide of it."""

    found: tuple[Standing, ...]
    at: tuple[tuple[int, ...], ...]
    is_to_decide: tuple[bool, ...]


_Key = tuple[Path, str, str, tuple[int, int, int]]
_lock = threading.Lock()
_lately: OrderedDict[_Key, _Of] = OrderedDict()


def live(archive: Archive, digest: str, told: Sequence[Telling]) -> Live:
    """How what a digest (by its version) tells stands now."""
    by_transition: dict[str, list[int]] = {}
    for order, one in enumerate(told):
        by_transition.setdefault(one.transition, []).append(order)
    analyses = counting(archive, by_transition)
    owed = _owed(archive, list(by_transition))
    spoken = _spoken(archive, list(by_transition))
    changes: list[tuple[str, ...]] = [()] * len(told)
    is_to_decide = [False] * len(told)
    said: dict[int, tuple[Item, ...]] = {}
    for transition, orders in by_transition.items():
        if transition not in analyses:
            continue
        state = (analyses[transition], *owed.get(transition, (0, 0)))
        here = _kept((archive.folder, digest, transition, state), archive, [told[order] for order in orders])
        for order, at, is_ in zip(orders, here.at, here.is_to_decide, strict=True):
            changes[order] = tuple(here.found[one].change for one in at)
            is_to_decide[order] = is_
        if transition in spoken:
            words = said_of(archive, transition)
            touched = {order for order, one in enumerate(here.found) if words.speaks_of(one)}
            for order, at in zip(orders, here.at, strict=True):
                if not touched.isdisjoint(at):
                    said[order] = items_among(archive, words, changes[order])
    return Live(tuple(changes), tuple(is_to_decide), said)


def _kept(key: _Key, archive: Archive, told: Sequence[Telling]) -> _Of:
    with _lock:
        kept = _lately.get(key)
        if kept is not None:
            _lately.move_to_end(key)
            return kept
    made = _reckoned(archive, key[2], told)
    with _lock:
        _lately[key] = made
        while len(_lately) > _KEPT:
            _lately.popitem(last=False)
    return made


def _reckoned(archive: Archive, transition: str, told: Sequence[Telling]) -> _Of:
    found = standing_in(archive, transition)
    here = ByPlace((one.change, one.eids, order) for order, one in enumerate(found))
    at = tuple(tuple(here.at(one.change, one.eids)) for one in told)
    watches = said_of(archive, transition).told
    to_decide = {
        order for order, one in enumerate(found) if one.is_substantive or watches.at(one.change, one.eids)
    }
    return _Of(found, at, tuple(not to_decide.isdisjoint(orders) for orders in at))


def _owed(archive: Archive, transitions: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Of transitions how many messages about them were owed, and the last one: what watches were told of them is another thing with the next one."""
    rows = archive.database.execute(
        """
        SELECT transition_id, count(*), max(position) FROM delivery
        WHERE transition_id IN (SELECT value FROM json_each(?)) GROUP BY transition_id
        """,
        (codec.dumps(transitions),),
    )
    return {transition: (number, last) for transition, number, last in rows}


def _spoken(archive: Archive, transitions: Sequence[str]) -> frozenset[str]:
    """The transitions of which somebody said something."""
    rows = archive.database.execute(
        """
        WITH wanted(id) AS (SELECT value FROM json_each(?))
        SELECT transition_id FROM decision WHERE transition_id IN (SELECT id FROM wanted)
        UNION SELECT transition_id FROM assignment WHERE transition_id IN (SELECT id FROM wanted)
        """,
        (codec.dumps(transitions),),
    )
    return frozenset(transition for (transition,) in rows)
