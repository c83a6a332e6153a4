"""Pair what is left across the whole text by likeness: a paragraph that moved and was edited on the way.

Only nodes that share rare words are compared, never all with all.
"""

from __future__ import annotations

from collections import defaultdict

from diffing.pairing import NONE, Pairing, likeness_of_words

_ENOUGH = 0.65
_ENOUGH_UNDER_ONE_EID = 0.35
_SHORTEST = 5  # content words: below this, likeness is chance
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
            likeness = likeness_of_words(node.words, other.words)
            same = node.eid == other.eid
            if likeness >= (_ENOUGH_UNDER_ONE_EID if same else _ENOUGH):
                scored.append((-likeness - 0.25 * same, node.index, other.index))
    for _, before, after in sorted(scored):
        if pairing.to_new[before] == NONE == pairing.to_old[after]:
            pairing.pair(before, after)
