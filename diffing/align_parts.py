"""Splits and joins: a text whose words are found, in order, in several; and the reverse.

A part is a new provision whose words stand in an old one that no longer has them itself. If the old one still has them, it was a
copy, and a copy is an insertion.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from rapidfuzz.distance import LCSseq

from diffing.nodes import Node, Tree
from diffing.pairing import NONE, Pairing

_SHORTEST = 2  # content words of a part
_SHORT = 4  # parts under this have to account for nearly all of the whole
_CONTAINED = 0.8  # how much of a part has to stand in the whole
_COVERED = 0.75  # how much of the whole its parts have to make up
_COVERED_BY_SHORT = 0.8
_RARE = 4


def find_parts(pairing: Pairing) -> None:
    """Fill ``splits`` and ``joins`` of a pairing; the first part of an unpaired whole is paired with it."""
    for before, parts in _wholes(pairing.old, pairing.new, pairing.to_new, pairing.to_old).items():
        pairing.splits[before] = parts
        if pairing.to_new[before] == NONE:
            eid = pairing.old.nodes[before].eid
            pairing.pair(before, min(parts, key=lambda part: (pairing.new.nodes[part].eid != eid, part)))
    split = pairing.parts_new()
    for after, parts in _wholes(pairing.new, pairing.old, pairing.to_old, pairing.to_new).items():
        if after in split or any(part in pairing.splits for part in parts):
            continue
        pairing.joins[after] = parts
        if pairing.to_old[after] == NONE:
            eid = pairing.new.nodes[after].eid
            pairing.pair(min(parts, key=lambda part: (pairing.old.nodes[part].eid != eid, part)), after)


def _wholes(
    whole_tree: Tree, part_tree: Tree, to_parts: Sequence[int], to_wholes: Sequence[int]
) -> dict[int, list[int]]:
    """Each node of ``whole_tree`` that fell into two or more nodes of ``part_tree``, with those."""
    parts = [
        node
        for node, partner in zip(part_tree.nodes, to_wholes, strict=True)
        if partner == NONE and len(node.words) >= _SHORTEST and not node.placeholder and not node.is_row
    ]
    if not parts:
        return {}
    wholes = [
        node
        for node, partner in zip(whole_tree.nodes, to_parts, strict=True)
        if (
            partner == NONE
            or (node.whole != (other := part_tree.nodes[partner]).whole and other.text != node.text)
        )
        and not node.is_row
        and len(node.words) >= 2 * _SHORT
    ]
    holders: defaultdict[str, list[Node]] = defaultdict(list)
    asked = {word for part in parts for word in part.words}
    for node in wholes:
        for word in asked.intersection(node.words):
            holders[word].append(node)
    claimed: defaultdict[int, list[Node]] = defaultdict(list)
    for part in parts:
        whole = _best_whole(part, holders, part_tree, to_parts)
        if whole is not None:
            claimed[whole.index].append(part)
    found: dict[int, list[int]] = {}
    for index, claims in claimed.items():
        whole = whole_tree.nodes[index]
        partner = to_parts[index]
        members = sorted({*(part.index for part in claims), *((partner,) if partner != NONE else ())})
        joined = tuple(word for member in members for word in part_tree.nodes[member].words)
        short = any(len(part.words) < _SHORT for part in claims)
        covered = LCSseq.similarity(whole.words, joined) / len(whole.words)
        if len(members) > 1 and covered >= (_COVERED_BY_SHORT if short else _COVERED):
            found[index] = members
    return found


def _best_whole(
    part: Node, holders: dict[str, list[Node]], part_tree: Tree, to_parts: Sequence[int]
) -> Node | None:
    """The node that holds most of a part's words, unless its partner still has them."""
    words = part.words
    rare = sorted(
        (word for word in set(words) if word in holders), key=lambda word: (len(holders[word]), word)
    )
    candidates = {node.index: node for word in rare[:_RARE] for node in holders[word][:8]}
    enough = int(_CONTAINED * len(words))  # below it rapidfuzz may answer 0, sooner
    best: tuple[float, int, Node] | None = None
    for node in candidates.values():
        its_words = node.words
        if len(its_words) <= len(words):
            continue
        share = LCSseq.similarity(words, its_words, score_cutoff=enough) / len(words)
        partner = to_parts[node.index]
        if share < _CONTAINED:
            continue
        if partner != NONE:
            kept = LCSseq.similarity(words, part_tree.nodes[partner].words) / len(words)
            if kept > share - 0.4:
                continue
        if best is None or (share, -node.index) > (best[0], -best[1]):
            best = (share, node.index, node)
    return best[2] if best else None
