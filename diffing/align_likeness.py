"""Pair what is left across the whole text by likeness: a paragraph that moved and was edited on the way.

Only nodes that share rare words are compared, never all with all.
"""

from __future__ import annotations

from collections import defaultdict

from diffing.align_rows import cells
from diffing.nodes import Node, cached_words
from diffing.pairing import NONE, Pairing, likeness_of_words

_ENOUGH = 0.65
_ENOUGH_UNDER_ONE_EID = 0.35
_SHORTEST = 5  # content words: below this, likeness is chance
_SAME_KEY = 0.5
_RARE = 6
_CANDIDATES = 12


def pair_by_likeness(pairing: Pairing) -> None:
    """The most alike first; of equals the one under the same eid, then in document order."""
    split, joined = pairing.parts_new(), pairing.parts_old()
    old = [node for node in pairing.old_left() if not node.placeholder and node.index not in joined]
    new = [node for node in pairing.new_left() if not node.placeholder and node.index not in split]
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for j, node in enumerate(new):
        for word in set(node.words):
            holders[word].append(j)
    scored: list[tuple[float, int, int]] = []
    for node in old:
        if len(node.words) < _SHORTEST:
            continue
        rare = sorted(
            (word for word in set(node.words) if word in holders), key=lambda word: (len(holders[word]), word)
        )
        candidates = {j for word in rare[:_RARE] for j in holders[word][:_CANDIDATES]}
        for j in candidates:
            other = new[j]
            if len(other.words) < _SHORTEST:
                continue
            same = node.eid == other.eid
            enough = _ENOUGH_UNDER_ONE_EID if same else _ENOUGH
            likeness = likeness_of_words(node.words, other.words, enough=enough)
            if likeness >= enough and (same or not _other_rows(node, other)):
                scored.append((-likeness - 0.25 * same, node.index, other.index))
    for _, before, after in sorted(scored):
        if pairing.to_new[before] == NONE == pairing.to_old[after]:
            pairing.pair(before, after)


def _other_rows(old: Node, new: Node) -> bool:
    """Whether two rows are of two things: their key cells differ, however alike the cells are that every row has."""
    if not (old.is_row and new.is_row):
        return False
    key, other = cached_words(cells(old)[0]), cached_words(cells(new)[0])
    return likeness_of_words(key, other) <= _SAME_KEY
