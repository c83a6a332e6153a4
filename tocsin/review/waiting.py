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
from tocsin.review.items import Item, Said, items_of_each, said_of, told_of

_KEPT = 2_000
"""Transitions of digests that are remembered."""
_DIGESTS = 4
"""Digests that are remembered as a whole, as they stood last."""


@dataclass(frozen=True, slots=True)
class Live:
    """Of the changes that a digest tells, in its order: the ids by which what is at their places now goes (none: there is nothing any more), whether there
    is something to decide of it; and of those of which somebody said something, by that order, what there is to decide, with how it stands. ``words`` is
    by transition what was said of it."""

    changes: tuple[tuple[str, ...], ...]
    is_to_decide: tuple[bool, ...]
    said: Mapping[int, tuple[Item, ...]]
    words: Mapping[str, Said]


@dataclass(frozen=True, slots=True)
class _Of:
    """Of the places of one transition what is at each of them now, by its order in ``found``, and by its id; whether there is something to decide of it;
    and the watches that were told of it."""

    found: tuple[Standing, ...]
    at: tuple[tuple[int, ...], ...]
    changes: tuple[tuple[str, ...], ...]
    is_to_decide: tuple[bool, ...]
    told: ByPlace[str]


@dataclass(frozen=True, slots=True)
class _Whole:
    """The same of all transitions of a digest that are analysed, each with the orders of its changes; and of all its changes together."""

    transitions: Mapping[str, tuple[Sequence[int], _Of]]
    changes: tuple[tuple[str, ...], ...]
    is_to_decide: tuple[bool, ...]


_State = tuple[int, int, int]
_Key = tuple[Path, str, str, _State]
_lock = threading.Lock()
_lately: OrderedDict[_Key, _Of] = OrderedDict()
_digests: OrderedDict[tuple[Path, str, tuple[tuple[str, _State], ...]], _Whole] = OrderedDict()


def live(archive: Archive, digest: str, told: Sequence[Telling]) -> Live:
    """How what a digest (by its version) tells stands now."""
    transitions = list(dict.fromkeys(one.transition for one in told))
    analyses = counting(archive, transitions)
    owed = _owed(archive, transitions)
    spoken = _spoken(archive, transitions)
    states = tuple((one, (analyses[one], *owed.get(one, (0, 0)))) for one in transitions if one in analyses)
    whole = _whole(archive, digest, states, told)
    words: dict[str, Said] = {}
    said: dict[int, tuple[Item, ...]] = {}
    for transition, (orders, here) in whole.transitions.items():
        if transition not in spoken:
            nothing = Said(
                transition=transition, known=None, told=here.told, made=ByPlace(()), given=ByPlace(())
            )
            words[transition] = nothing
            continue
        words[transition] = said_of(archive, transition, told=here.told)
        touched = {order for order, one in enumerate(here.found) if words[transition].speaks_of(one)}
        some = [order for order, at in zip(orders, here.at, strict=True) if not touched.isdisjoint(at)]
        groups = [whole.changes[order] for order in some]
        said |= zip(some, items_of_each(archive, words[transition], groups), strict=True)
    return Live(whole.changes, whole.is_to_decide, said, words)


def _whole(
    archive: Archive, digest: str, states: tuple[tuple[str, _State], ...], told: Sequence[Telling]
) -> _Whole:
    key = (archive.folder, digest, states)
    with _lock:
        kept = _digests.get(key)
        if kept is not None:
            _digests.move_to_end(key)
            return kept
    by_transition: dict[str, list[int]] = {}
    for order, one in enumerate(told):
        by_transition.setdefault(one.transition, []).append(order)
    changes: list[tuple[str, ...]] = [()] * len(told)
    is_to_decide = [False] * len(told)
    transitions: dict[str, tuple[Sequence[int], _Of]] = {}
    for transition, state in states:
        orders = by_transition[transition]
        here = _kept((archive.folder, digest, transition, state), archive, [told[order] for order in orders])
        transitions[transition] = orders, here
        for order, at, is_ in zip(orders, here.changes, here.is_to_decide, strict=True):
            changes[order], is_to_decide[order] = at, is_
    made = _Whole(transitions, tuple(changes), tuple(is_to_decide))
    with _lock:
        _digests[key] = made
        while len(_digests) > _DIGESTS:
            _digests.popitem(last=False)
    return made


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
    watches = told_of(archive, transition)
    to_decide = {
        order for order, one in enumerate(found) if one.is_substantive or watches.at(one.change, one.eids)
    }
    return _Of(
        found,
        at,
        tuple(tuple(found[one].change for one in orders) for orders in at),
        tuple(not to_decide.isdisjoint(orders) for orders in at),
        watches,
    )


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
