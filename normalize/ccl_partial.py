"""Items whose labels print only their last level ("1.", "a."): the reading of the whole list that costs least.

Genuine editions label items in full but for a few entries (7A101 on 2026-06-24); editions rebuilt from parsed units mix both. One
label alone is ambiguous (after b.2.b, "c." is b.2.c or c), so every reading is weighed to its end and a wrong turn shows by
what follows. The costs, by name:

====================  ====  ==========================================================================================
next-sibling          0     "2." after "1." on an open level
first-child           0     "a." or "1." below the last item
written-out           0     "b.2.a." below an item that stands there; 3 where none does
note-goes-on          0     the list of the open note goes on; 0.5 where it would begin
text-order            1-1.5 "10." after "1.", "1." after "19.": lists that were sorted as text
gap                   2-4   "d." after "a."
odd-child             2.5   a list that begins with "10." (sorted as text); 5 with any other mark that is no first, or with a
                            number below a number (1A607.f.2.1)
backward              3     "1." after "12."
no place              6     every place is taken
list-is-full          +1.5  another item, although the last but one ended in "or" or "and"
list-is-not-full      +2    the list is left, although its last item ends in "or" or "and"
nothing-below         +1.5  an item that ends in a colon is left without items below it
no-colon              +1    items below one that does not end in a colon
elsewhere             +3    a note comes that names an item which is not open
other-style           +2    a bare label on a level whose items are labelled in full
====================  ====  ==========================================================================================
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple

from normalize.ccl_items import Label, Path, common, order, successor
from normalize.ccl_lists import Level as ListLevel
from normalize.ccl_lists import Mark, Numbering, is_first

_KEPT = 8
_DEEPEST = 12
_MORE_TO_COME = re.compile(r"[;,:]\s+(?:and|or)$")
_RESERVED = re.compile(r"\W*(?:\[reserved\]|reserved)\W*", re.IGNORECASE)


class LabelEvent(NamedTuple):
    """A labelled paragraph: ``mark`` is its label as one of a note's list, None where it cannot be one."""

    label: Label
    words: str
    mark: Mark | None


class NoteEvent(NamedTuple):
    """A plain note begins (``plain``), or any note or block ends one; ``target`` is the item it names, () for none; ``announces``
    says that a list has to follow (nothing stands behind its heading, or it ends in a colon)."""

    plain: bool
    target: Path
    announces: bool = False


class Placement(NamedTuple):
    """Where a labelled paragraph stands: an item at ``path``, or in the note before it."""

    path: Path
    in_note: bool = False
    forced: bool = False


class _Item(NamedTuple):
    """What a labelled paragraph says of its place, read once."""

    label: Label
    part: str
    mark: Mark | None
    reserved: bool
    more: bool
    colon: bool


class _Level(NamedTuple):
    part: str
    bare: bool
    more: bool  # its last item ends in "or" or "and"
    full: bool  # the item before did, and the last does not
    colon: bool  # its last item ends in a colon
    below: bool  # and has items below it
    used: frozenset[str]  # the marks that stand on it


class _State(NamedTuple):
    """One reading so far. ``placed`` is where it put the last paragraph, the ones before are found by ``before``."""

    cost: float
    path: Path
    levels: tuple[_Level, ...]
    note: tuple[ListLevel, ...] | None
    placed: Placement | None
    before: _State | None


# A way to go on: what the reading costs then, and the state to make if it is among the cheapest.
_Way = tuple[float, Callable[[], _State]]


def placements(events: Iterable[LabelEvent | NoteEvent]) -> list[Placement]:
    """One placement for each label, in order."""
    states = [_State(0.0, (), (), None, None, None)]
    for event in events:
        if isinstance(event, NoteEvent):
            states = [_with_note(state, event) for state in states]
        else:
            item = _item(event)
            ways = [way for state in states for way in _ways(state, item)]
            states = _cheapest(ways)
    found: list[Placement] = []
    state: _State | None = states[0]
    while state is not None and state.placed is not None:
        found.append(state.placed)
        state = state.before
    found.reverse()
    return found


def _item(event: LabelEvent) -> _Item:
    words = event.words
    return _Item(
        label=event.label,
        part=event.label.path[-1],
        mark=event.mark,
        reserved=_RESERVED.fullmatch(words) is not None,
        more=_MORE_TO_COME.search(words[-6:]) is not None,
        colon=words.endswith((":", "following")) or " as follows" in words[-60:],
    )


def _cheapest(ways: list[_Way]) -> list[_State]:
    """The cheapest readings, one for each position in the list."""
    kept: dict[object, _State] = {}
    for _, make in sorted(ways, key=lambda way: way[0]):
        state = make()
        kept.setdefault((state.levels, state.note), state)
        if len(kept) == _KEPT:
            break
    return sorted(kept.values(), key=lambda state: state.cost)


def _with_note(state: _State, event: NoteEvent) -> _State:
    target = event.target
    path, levels, cost = state.path, state.levels, state.cost
    if target and path[: len(target)] == target:
        path, levels = (
            target,
            levels[: len(target)],
        )  # what stands below is over when a note to the item comes
    elif target:
        cost += 3.0
    note: tuple[ListLevel, ...] | None = () if event.plain and event.announces else None
    return state._replace(cost=cost, path=path, levels=levels, note=note)


def _ways(state: _State, item: _Item) -> Iterator[_Way]:
    part = item.part
    some = False
    if len(item.label.path) > 1:
        yield _written_out(state, item)
        return
    for depth, level in enumerate(state.levels):
        if level.part.isdigit() == part.isdigit() and part not in level.used:
            cost = state.cost + _step(level.part, part) + _leaving(state, depth, level)
            yield cost, partial(_placed, state, item, depth, cost)
            some = True
    if (child := _child_cost(state, part)) is not None:
        yield state.cost + child, partial(_placed, state, item, len(state.levels), state.cost + child)
        some = True
    if (noted := _in_note(state, item)) is not None:
        yield noted
        some = True
    if not some:
        cost = state.cost + 6.0
        if part.isalpha():
            yield cost, partial(_placed, state, item, 0, cost, forced=True)
        else:
            forced = Placement(item.label.path, forced=True)
            yield cost, lambda: state._replace(cost=cost, placed=forced, before=state)


def _in_note(state: _State, item: _Item) -> _Way | None:
    """The paragraph as one of the open note's list, None where the list can neither go on nor begin with it."""
    if state.note is None or item.mark is None:
        return None
    numbering = Numbering()
    numbering.levels = list(state.note)
    goes_on = numbering.continues(item.mark)
    if not goes_on and not is_first(item.mark):
        return None
    numbering.take(item.mark)
    cost = state.cost + (0.0 if goes_on else 0.5)
    note = tuple(numbering.levels)
    return cost, lambda: state._replace(
        cost=cost, note=note, placed=Placement((), in_note=True), before=state
    )


def _step(before: str, part: str) -> float:
    if part == successor(before):
        return 0.0
    if part.isdigit() and before.startswith(part):
        return 1.0
    if part.isdigit() and part > before:  # as text
        return 1.5
    if order(part) > order(before):
        gap = int(part) - int(before) if part.isdigit() else ord(part) - ord(before)
        return 2.0 + min(gap - 1, 4) * 0.5
    return 3.0


def _leaving(state: _State, depth: int, level: _Level) -> float:
    cost = (0.0 if level.bare else 2.0) + (1.5 if level.full else 0.0)
    cost += sum(2.0 for below in state.levels[depth + 1 :] if below.more)
    last = state.levels[-1]
    return cost + (1.5 if last.colon and not last.below else 0.0)


def _child_cost(state: _State, part: str) -> float | None:
    last = state.levels[-1] if state.levels else None
    if len(state.levels) >= _DEEPEST:
        return None
    if last is None:
        return None if part.isdigit() else (0.0 if part == "a" else 1.0)
    first = part in ("a", "1")
    if last.part.isdigit() == part.isdigit():
        return 5.0 if part == "1" else None
    return (0.0 if first else 2.5 if part == "10" else 5.0) + (0.0 if last.colon else 1.0)


def _written_out(state: _State, item: _Item) -> _Way:
    path = item.label.path
    parent = path[:-1]
    shared = len(common((state.path, parent)))
    beside = state.levels[shared].used if len(state.levels) > shared else frozenset()
    if shared == len(parent) and path[-1] in beside:
        cost = state.cost + 6.0
        forced = Placement(path, forced=True)
        return cost, lambda: state._replace(cost=cost, note=None, placed=forced, before=state)
    cost = state.cost
    if shared < len(parent):
        cost += 1.0 if parent[shared] in beside else 3.0
    opened = tuple(
        _Level(part, False, False, False, False, True, frozenset((part,))) for part in parent[shared:]
    )
    same = state.levels[len(parent) : len(path)] if shared == len(parent) else ()
    at = state._replace(path=(*parent, *path[-1:]), levels=(*state.levels[:shared], *opened, *same))
    return cost, partial(_placed, at, item, len(parent), cost, before=state)


def _placed(
    state: _State,
    item: _Item,
    depth: int,
    cost: float,
    *,
    forced: bool = False,
    before: _State | None = None,
) -> _State:
    """The state after an item at ``depth`` of the open levels."""
    above = state.levels[:depth]
    if above and not above[-1].below:
        above = (*above[:-1], above[-1]._replace(below=True))
    same = state.levels[depth] if len(state.levels) > depth else None
    more = same.more if item.reserved and same is not None else item.more
    full = same is not None and same.more and not more and not item.reserved
    parent = state.path[:depth]
    first = last = item.part
    used = {first}
    while item.label.last and order(last) < order(item.label.last[-1]):
        last = successor(last)
        used.add(last)
    on_level = same.used | used if same is not None else frozenset(used)
    level = _Level(last, len(item.label.path) == 1, more, full, item.colon, False, on_level)
    placed = Placement((*parent, first), forced=forced)
    return _State(cost, (*parent, last), (*above, level), None, placed, before or state)
