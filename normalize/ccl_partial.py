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
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from normalize.ccl_items import Label, Path, order, successor
from normalize.ccl_lists import Level as ListLevel
from normalize.ccl_lists import Mark, Numbering

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


class _Level(NamedTuple):
    part: str
    bare: bool
    more: bool  # its last item ends in "or" or "and"
    full: bool  # the item before did, and the last does not
    colon: bool  # its last item ends in a colon
    below: bool  # and has items below it


class _State(NamedTuple):
    cost: float
    levels: tuple[_Level, ...]
    taken: frozenset[Path]
    note: tuple[ListLevel, ...] | None
    placed: tuple[Placement, ...]  # the last one; the rest by ``before``
    before: _State | None


def placements(events: Iterable[LabelEvent | NoteEvent]) -> list[Placement]:
    """One placement for each label, in order."""
    states = [_State(0.0, (), frozenset(), None, (), None)]
    for event in events:
        if isinstance(event, NoteEvent):
            states = [_with_note(state, event) for state in states]
            continue
        following = sorted(
            (after for state in states for after in _readings(state, event)), key=lambda state: state.cost
        )
        states = _different(following)
    found: list[Placement] = []
    state: _State | None = states[0]
    while state is not None:
        found.extend(state.placed)
        state = state.before
    found.reverse()
    return found


def _different(states: list[_State]) -> list[_State]:
    """The cheapest readings, one for each position in the list."""
    kept: dict[object, _State] = {}
    for state in states:
        kept.setdefault((state.levels, state.note), state)
        if len(kept) == _KEPT:
            break
    return list(kept.values())


def _with_note(state: _State, event: NoteEvent) -> _State:
    target = event.target
    levels, cost = state.levels, state.cost
    if target and _path(levels[: len(target)]) == target:
        levels = levels[: len(target)]  # what stands below the item is over when a note to it comes
    elif target:
        cost += 3.0
    return state._replace(cost=cost, levels=levels, note=() if event.plain and event.announces else None)


def _readings(state: _State, event: LabelEvent) -> Iterator[_State]:
    path, part = event.label.path, event.label.path[-1]
    some = False
    if len(path) > 1:
        yield _written_out(state, event)
        some = True
    else:
        for depth, level in enumerate(state.levels):
            place = (*_path(state.levels[:depth]), part)
            if level.part.isdigit() == part.isdigit() and place not in state.taken:
                yield _placed(state, event, depth, _step(level.part, part) + _leaving(state, depth, level))
                some = True
        if (cost := _child_cost(state, part)) is not None:
            yield _placed(state, event, len(state.levels), cost)
            some = True
    if state.note is not None and event.mark is not None:
        numbering = Numbering()
        numbering.levels = list(state.note)
        goes_on = numbering.continues(event.mark)
        begins = event.mark.parts[-1] in ("a", "1", "i", "A")
        if goes_on or begins:
            numbering.take(event.mark)
            yield _State(
                state.cost + (0.0 if goes_on else 0.5),
                state.levels,
                state.taken,
                tuple(numbering.levels),
                (Placement((), in_note=True),),
                state,
            )
            some = True
    if not some and part.isalpha():
        again = _placed(state, event, 0, 6.0)
        yield again._replace(placed=(Placement(path, forced=True),))
    elif not some:
        forced = (Placement(path, forced=True),)
        yield _State(state.cost + 6.0, state.levels, state.taken, state.note, forced, state)


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
    if len(state.levels) >= _DEEPEST or (*_path(state.levels), part) in state.taken:
        return None
    if last is None:
        return None if part.isdigit() else (0.0 if part == "a" else 1.0)
    first = part in ("a", "1")
    if last.part.isdigit() == part.isdigit():
        return 5.0 if part == "1" else None
    return (0.0 if first else 2.5 if part == "10" else 5.0) + (0.0 if last.colon else 1.0)


def _written_out(state: _State, event: LabelEvent) -> _State:
    path = event.label.path
    parent = path[:-1]
    if path in state.taken:
        return _State(
            state.cost + 6.0, state.levels, state.taken, None, (Placement(path, forced=True),), state
        )
    shared = 0
    for level, part in zip(state.levels, parent, strict=False):
        if level.part != part:
            break
        shared += 1
    cost = 0.0 if shared == len(parent) else 1.0 if parent in state.taken else 3.0
    kept = state.levels[:shared]
    opened = tuple(_Level(part, False, False, False, False, True) for part in parent[shared:])
    return _placed(
        state._replace(levels=(*kept, *opened, *state.levels[len(path) - 1 : len(path)])),
        event,
        len(parent),
        cost,
    )


def _placed(state: _State, event: LabelEvent, depth: int, cost: float) -> _State:
    """The state after an item at ``depth`` of the open levels."""
    label, words = event.label, event.words
    above = state.levels[:depth]
    if above:
        above = (*above[:-1], above[-1]._replace(below=True))
    same = state.levels[depth] if len(state.levels) > depth else None
    reserved = _RESERVED.fullmatch(words) is not None
    more = _MORE_TO_COME.search(words) is not None
    if reserved and same is not None:
        more = same.more
    full = same is not None and not more and not reserved and same.more
    part = label.path[-1]
    path = (*_path(above), part)
    taken = state.taken | {path}
    last = label.last[-1] if label.last else part
    while order(part) < order(last):
        part = successor(part)
        taken |= {(*path[:-1], part)}
    colon = words.endswith((":", "following")) or " as follows" in words[-60:]
    level = _Level(part, len(label.path) == 1, more, full, colon, False)
    return _State(state.cost + cost, (*above, level), taken, None, (Placement(path),), state)


def _path(levels: tuple[_Level, ...]) -> Path:
    return tuple(level.part for level in levels)
