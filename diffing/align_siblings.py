"""Pair the children of two paired parents: the same words first, then in sequence by likeness.

Of all ways to pair what is left in order, the one with the greatest sum of likeness wins, so that
a run of renumbered paragraphs, each with an edit of its own, stays a run of renumbered paragraphs.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import product

from diffing.align_rows import pair_rows
from diffing.nodes import Node
from diffing.pairing import NONE, Pairing, likeness_of_words

# A pair in sequence needs this much likeness, of which a place or an eid in common makes up for some.
ENOUGH = 0.6
SAME_EID = 0.25
SAME_NUMBER = 0.1
SAME_NEIGHBOUR = 0.1
# Above this many comparisons the sequence is looked for among nodes that share a rare word only.
_MANY = 40_000


def pair_siblings(pairing: Pairing) -> None:
    """Go down from the root, through what gets paired on the way."""
    old_left, new_left = _by_parent(pairing.old_left()), _by_parent(pairing.new_left())
    waiting = list(pairing.parents())
    while waiting:
        found: list[tuple[int, int]] = []
        for before, after in waiting:
            if before in old_left and after in new_left:
                found += _pair_children(pairing, old_left[before], new_left[after])
        waiting = [
            (before, after)
            for before, after in found
            if pairing.old.nodes[before].children and pairing.new.nodes[after].children
        ]


def _by_parent(nodes: list[Node]) -> dict[int, list[Node]]:
    found: defaultdict[int, list[Node]] = defaultdict(list)
    for node in nodes:
        found[node.parent].append(node)
    return dict(found)


def _pair_children(pairing: Pairing, old: list[Node], new: list[Node]) -> list[tuple[int, int]]:
    """Pair the unpaired children of two nodes."""
    found = _same_words(pairing, old, new)
    old = [node for node in old if pairing.to_new[node.index] == NONE]
    new = [node for node in new if pairing.to_old[node.index] == NONE]
    rows = pair_rows(pairing, old, new)
    found += rows
    old = [node for node in old if pairing.to_new[node.index] == NONE and not node.is_row]
    new = [node for node in new if pairing.to_old[node.index] == NONE and not node.is_row]
    found += _in_sequence(pairing, old, new)
    return found


def _same_words(pairing: Pairing, old: list[Node], new: list[Node]) -> list[tuple[int, int]]:
    """Leaves of the same key: those of one eid first, the others in order."""
    by_key: defaultdict[str, list[Node]] = defaultdict(list)
    for node in new:
        if not node.children and node.key and not node.placeholder:
            by_key[node.key].append(node)
    found: list[tuple[int, int]] = []
    same = [node for node in old if not node.children and node.key in by_key]
    for by_eid in (True, False):
        for node in same:
            twins = [
                twin
                for twin in by_key[node.key]
                if pairing.to_old[twin.index] == NONE and (twin.eid == node.eid or not by_eid)
            ]
            if twins and pairing.to_new[node.index] == NONE:
                pairing.pair(node.index, twins[0].index)
                found.append((node.index, twins[0].index))
    return found


def _in_sequence(pairing: Pairing, old: list[Node], new: list[Node]) -> list[tuple[int, int]]:
    """The heaviest pairing in order."""
    if not old or not new:
        return []
    scores = _scores(pairing, old, new)
    width = len(new) + 1
    best = [[0.0] * width for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        row, below = best[i], best[i + 1]
        for j in range(len(new) - 1, -1, -1):
            score = scores.get((i, j), 0.0)
            row[j] = max(below[j], row[j + 1], below[j + 1] + score if score else 0.0)
    found: list[tuple[int, int]] = []
    i = j = 0
    while i < len(old) and j < len(new):
        score = scores.get((i, j), 0.0)
        if score and best[i][j] == best[i + 1][j + 1] + score:
            pairing.pair(old[i].index, new[j].index)
            found.append((old[i].index, new[j].index))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def _scores(pairing: Pairing, old: list[Node], new: list[Node]) -> dict[tuple[int, int], float]:
    old_words = [pairing.old.subtree_words(node.index) for node in old]
    new_words = [pairing.new.subtree_words(node.index) for node in new]
    old_left = [_left_neighbour(pairing, node) for node in old]
    new_left = [_right_of(pairing, node) for node in new]
    old_empty = [node.placeholder for node in old]
    new_empty = [node.placeholder for node in new]
    scores: dict[tuple[int, int], float] = {}
    for i, j in _worth_comparing(old_words, new_words):
        if old_empty[i] or new_empty[j]:
            continue
        one, other = old[i], new[j]
        support = SAME_EID * (one.eid == other.eid)
        if one.provision.num and one.provision.num == other.provision.num:
            support += SAME_NUMBER
        if old_left[i] != NONE and old_left[i] == new_left[j]:
            support += SAME_NEIGHBOUR
        likeness = likeness_of_words(old_words[i], new_words[j], enough=ENOUGH - support)
        if likeness and likeness + support >= ENOUGH:
            scores[i, j] = likeness + support
    return scores


def _left_neighbour(pairing: Pairing, node: Node) -> int:
    """The new index of the nearest paired sibling before an old node."""
    siblings = pairing.old.children_of(node.parent)
    places = range(node.position - 1, -1, -1)
    return next((pairing.to_new[siblings[at]] for at in places if pairing.to_new[siblings[at]] != NONE), NONE)


def _right_of(pairing: Pairing, node: Node) -> int:
    """The new index of the nearest paired sibling before a new node."""
    siblings = pairing.new.children_of(node.parent)
    places = range(node.position - 1, -1, -1)
    return next((siblings[at] for at in places if pairing.to_old[siblings[at]] != NONE), NONE)


def _worth_comparing(old: list[tuple[str, ...]], new: list[tuple[str, ...]]) -> list[tuple[int, int]]:
    """All pairs, or in a long list those that share a word few others have."""
    if len(old) * len(new) <= _MANY:
        return list(product(range(len(old)), range(len(new))))
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for j, words in enumerate(new):
        for word in set(words):
            holders[word].append(j)
    pairs: set[tuple[int, int]] = set()
    for i, words in enumerate(old):
        rare = sorted(
            (word for word in set(words) if word in holders), key=lambda word: (len(holders[word]), word)
        )
        for word in rare[:8]:
            pairs.update((i, j) for j in holders[word][:16])
    return sorted(pairs)
