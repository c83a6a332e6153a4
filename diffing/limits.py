"""Limits that moved: quantities of the old and the new text paired through the redline, with the direction of the move."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from itertools import zip_longest

from archive.records import LimitChange
from archive.vocabulary.folding import cached_key
from diffing.changed_spans import Span, changed_spans
from diffing.direction import direction, direction_of_condition, direction_of_provision
from diffing.nodes import Node, Tree
from diffing.placeholders import is_placeholder
from diffing.quantities import Quantity, quantities
from diffing.text import Redline
from diffing.units import same_unit


def limits_of_pair(node: Node, compared: Redline, tree: Tree) -> tuple[LimitChange, ...]:
    """The quantities that differ between two texts, in the order of the new one.

    Quantities whose number stayed are paired by it; those inside one difference are paired in order, of one unit before others.
    """
    if not compared.hunks:
        return ()
    language = tree.expression.language
    before, after = compared.texts
    spans = changed_spans(compared)
    old = _quantities_in(before, [one for one, _ in spans], language)
    new = _quantities_in(after, [other for _, other in spans], language)
    if old == new:
        return ()
    whole = _taken_over(before, after, old, new, node, tree)
    if whole is not None:
        return whole
    old_slots = _slots(compared, old, old_side=True)
    new_slots = _slots(compared, new, old_side=False)
    found: list[LimitChange] = []
    for slot in sorted({*old_slots, *new_slots}):
        for one, other in _paired(old_slots.get(slot, []), new_slots.get(slot, [])):
            if one and other and _same(one, other):
                continue
            bare = not all(quantity is None or quantity.measured for quantity in (one, other))
            if bare and (node.is_row or one is None or other is None):
                continue
            found.append(_change(node, tree, compared, slot, one, other))
    return tuple(_without_moved(found))


def _quantities_in(text: str, spans: Iterable[Span], language: str) -> tuple[Quantity, ...]:
    """The quantities in parts of a text, with their places in the whole."""
    return tuple(
        found.moved(first) if first else found
        for first, last in spans
        for found in quantities(text[first:last], language)
    )


def _taken_over(
    before: str, after: str, old: tuple[Quantity, ...], new: tuple[Quantity, ...], node: Node, tree: Tree
) -> tuple[LimitChange, ...] | None:
    """The limits of a text that came or went with a placeholder in its place, None where neither side is one."""
    if is_placeholder(cached_key(after)):
        text, gone, came = before, old, False
    elif is_placeholder(cached_key(before)):
        text, gone, came = after, new, True
    else:
        return None
    return tuple(
        _whole(text, quantity, node, tree, came=came, root=node.index)
        for quantity in gone
        if quantity.measured
    )


def _without_moved(found: list[LimitChange]) -> list[LimitChange]:
    """Without the limits that only stand elsewhere in the same text now: the same number of the same thing, gone and come."""
    gone = Counter((change.quantity, change.old) for change in found if not change.new)
    come = Counter((change.quantity, change.new) for change in found if not change.old)
    moved = {True: gone & come, False: gone & come}
    kept = []
    for change in found:
        if change.old and change.new:
            kept.append(change)
            continue
        key = (change.quantity, change.old or change.new)
        if change.quantity and moved[bool(change.old)][key] > 0:
            moved[bool(change.old)][key] -= 1
        else:
            kept.append(change)
    return kept


def limits_of_whole(kind: str, node: Node, tree: Tree, root: int) -> tuple[LimitChange, ...]:
    """The quantities of a provision that came or went; a bare number without comparator or unit is none here.

    ``root`` is the highest provision that came or went with it.
    """
    text, came = node.text, kind == "insertion"
    return tuple(
        _whole(text, quantity, node, tree, came=came, root=root)
        for quantity in quantities(text, tree.expression.language)
        if quantity.measured
    )


def _whole(text: str, quantity: Quantity, node: Node, tree: Tree, *, came: bool, root: int) -> LimitChange:
    return LimitChange(
        eid=node.eid,
        quantity=_named(text, quantity),
        old="" if came else str(quantity),
        new=str(quantity) if came else "",
        direction=direction_of_provision(text, quantity, node, tree, came=came, root=root),
    )


def _same(one: Quantity, other: Quantity) -> bool:
    return (one.comparator, one.value, same_unit(one.unit)) == (
        other.comparator,
        other.value,
        same_unit(other.unit),
    )


def _change(
    node: Node, tree: Tree, compared: Redline, slot: int, old: Quantity | None, new: Quantity | None
) -> LimitChange:
    before, after = compared.texts
    if old and new:
        way = direction(before, after, old, new, node, tree)
    elif new:
        way = direction_of_condition(
            after, new, node, tree, came=True, beside=_beside(compared, slot, old_side=False)
        )
    elif old:
        way = direction_of_condition(
            before, old, node, tree, came=False, beside=_beside(compared, slot, old_side=True)
        )
    return LimitChange(
        eid=node.eid,
        quantity=_named(after, new) if new else _named(before, old),
        old=str(old) if old else "",
        new=str(new) if new else "",
        direction=way,
    )


def _beside(compared: Redline, slot: int, *, old_side: bool) -> str:
    """The words of the difference that a slot is in, on one side."""
    for hunk in compared.hunks:
        if 2 * hunk.j1 - 1 == slot:
            first, last = (hunk.i1, hunk.i2) if old_side else (hunk.j1, hunk.j2)
            tokens, blanks = (
                (compared.before, compared.before_blanks)
                if old_side
                else (compared.after, compared.after_blanks)
            )
            return _text(tokens[first:last], blanks[first : last + 1])
    return ""


def _slots(compared: Redline, found: tuple[Quantity, ...], *, old_side: bool) -> dict[int, list[Quantity]]:
    """Quantities by slot: the new index of an equal number token (even), or the difference their number is in (odd)."""
    starts = compared.before_starts if old_side else compared.after_starts
    slots: dict[int, list[Quantity]] = {}
    for quantity in found:
        token = bisect_right(starts, quantity.at) - 1
        slots.setdefault(_slot(compared, token, old_side), []).append(quantity)
    return slots


def _slot(compared: Redline, token: int, old_side: bool) -> int:
    shift = 0
    for hunk in compared.hunks:
        first, last = (hunk.i1, hunk.i2) if old_side else (hunk.j1, hunk.j2)
        if token < first:
            break
        if token < last:
            return 2 * hunk.j1 - 1
        shift = hunk.j2 - hunk.i2 if old_side else 0
    return 2 * (token + shift)


def _paired(old: list[Quantity], new: list[Quantity]) -> list[tuple[Quantity | None, Quantity | None]]:
    if len(old) == len(new):
        return list(zip(old, new, strict=True))
    pairs: list[tuple[Quantity | None, Quantity | None]] = []
    rest = list(new)
    left: list[Quantity] = []
    for one in old:
        twin = next(
            (other for other in rest if (other.unit, other.comparator[:1]) == (one.unit, one.comparator[:1])),
            None,
        )
        if twin is None:
            left.append(one)
        else:
            rest.remove(twin)
            pairs.append((one, twin))
    return pairs + list(zip_longest(left, rest))


def _text(tokens: tuple[str, ...], blanks: tuple[str, ...]) -> str:
    return "".join(blank + token for blank, token in zip(blanks, (*tokens, ""), strict=True))


_CLAUSE_END = re.compile(r"[;。\n]|(?<=[a-z)])\. ")
_TOPIC = re.compile(r"([^、。（）がはの]{1,20})[がは](?:[一-龯ァ-ヶー]+につき)?$")
_DELIMITER = re.compile(
    r"[,;:。、；：\n(（)]\s?|\.(?!\d)|\b(?:having|with|of which|whose|where|and|or|that|if|than|by|mit|und|oder|avec|et|ou|dont|met|en|of)\b|であって|のうち|かつ|又は",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"(?:\s+(?:of|a|an|the|is|are|be|to|equal|any|at|in|for|der|die|das|von|ist|sind|beträgt|de|est|sont|van|is|zijn|shall|must|may))+\s*$",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“\"‘']([^“”\"‘’']{3,60})[,.]?[”\"’']")


def _named(text: str, quantity: Quantity | None, start: int = 0) -> str:
    """The words that name a quantity: the nearest defined term before it in the clause, else the words just before it."""
    if quantity is None:
        return ""
    clause = text[max(start, quantity.start - 160) : quantity.start]
    clause = _CLAUSE_END.split(clause)[-1]
    if not clause.isascii() and (japanese := _TOPIC.search(clause)):
        return str(japanese[1])
    terms = _QUOTED.findall(clause)
    if terms:
        return str(terms[-1]).strip()
    for segment in reversed(_DELIMITER.split(clause)):
        words = _TRAILING.sub("", " " + segment).split()
        if any(len(word) > 2 and word.isalpha() for word in words):
            return " ".join(words[-6:]).strip("“”\"'‘’ ")
    return ""
