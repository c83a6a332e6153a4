"""Pair the provisions of two expressions: the cheapest explanation of how one became the other.

The stages, each on what the ones before left over: what did not change; the same words under the same eid; the same words elsewhere
(a paragraph inserted before (c) is one insertion and a run of renumberings, so content beats eids); siblings by sequence and
likeness; containers by what they hold; splits and joins; likeness across the text by shared rare words; and last the same
eid with other words. Nothing depends on what an eid looks like.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from diffing.align_likeness import pair_by_likeness
from diffing.align_parts import find_parts
from diffing.align_siblings import pair_siblings
from diffing.nodes import ROOT, Node, Tree, weight
from diffing.pairing import NONE, Pairing, likeness_of_words

# Below this weight equal words in two places are a coincidence ("None.", "Lasers;"), not a text that moved.
TELLING = 24
_EDITED = 0.6  # likeness of a text edited in its place
_NAME = 4  # weight of the shortest name: Iran, 日本
_PHRASE = 16  # weight of a text of several words that no one writes twice by chance


def align(old: Tree, new: Tree) -> Pairing:
    """The pairing of two trees."""
    pairing = Pairing(old, new)
    _pair_unchanged(pairing)
    _pair_same_words_same_eid(pairing)
    _pair_same_content(pairing)
    pair_siblings(pairing)
    _pair_containers(pairing)
    pair_siblings(pairing)
    _pair_same_words_elsewhere(pairing)
    _pair_containers(pairing)
    pair_siblings(pairing)
    find_parts(pairing)
    pair_by_likeness(pairing)
    pair_siblings(pairing)
    _pair_names_elsewhere(pairing)
    _pair_shifted_placeholders(pairing)
    _pair_same_eid(pairing)
    pair_siblings(pairing)
    _pair_placeholders(pairing)
    return pairing


def _pair_unchanged(pairing: Pairing) -> None:
    """Subtrees that are equal to the last eid, under the same words or said nowhere else."""
    new, by_eid = pairing.new.nodes, pairing.new.by_eid
    done = 0
    for node in pairing.old.nodes:
        if node.index < done:
            continue
        twin = by_eid.get(node.eid, NONE)
        if (
            twin != NONE
            and new[twin].whole == node.whole
            and pairing.to_old[twin] == NONE
            and (_same_chapeau(pairing, node, new[twin]) or _only(pairing, node))
        ):
            pairing.pair_subtrees(node.index, twin)
            done = node.end


def _pair_same_words_same_eid(pairing: Pairing) -> None:
    """Same eid, same comparison key. A container whose words others share too ("as follows:") waits for what it holds."""
    old_left, new_left = pairing.old_left(), pairing.new_left()
    old_keys = Counter(node.key for node in old_left)
    new_keys = Counter(node.key for node in new_left)
    for node in old_left:
        after = pairing.new.by_eid.get(node.eid, NONE)
        if after == NONE or pairing.to_old[after] != NONE:
            continue
        twin = pairing.new.nodes[after]
        if twin.key != node.key or (node.placeholder and not node.children):
            continue
        leaves = not node.children and not twin.children and _same_chapeau(pairing, node, twin)
        alone = bool(node.key) and old_keys[node.key] == new_keys[node.key] == 1
        whole = bool(node.children) and pairing.old.content(node.index) == pairing.new.content(after)
        if alone or (leaves and (node.key or not twin.key)) or whole:
            pairing.pair(node.index, after)


def _only(pairing: Pairing, node: Node) -> bool:
    """Whether the words of a node stand once on each side."""
    return pairing.old.says(node.key) == 1 == pairing.new.says(node.key)


def _same_chapeau(pairing: Pairing, old: Node, new: Node) -> bool:
    """Whether two nodes stand under the same words. Two lists may share items: (1)(a) is not (1)(a) once (2) has become (1)."""
    if ROOT in (old.parent, new.parent):
        return old.parent == new.parent
    above, below = pairing.old.nodes[old.parent], pairing.new.nodes[new.parent]
    return above.text == below.text or above.key == below.key


def _pair_same_content(pairing: Pairing) -> None:
    """Whole subtrees of the same words under other eids, where there is just one on each side."""
    old, new = pairing.old, pairing.new
    seen_old = _by_content(old, pairing.old_left())
    seen_new = _by_content(new, pairing.new_left())
    for content, before in seen_old.items():
        after = seen_new.get(content, [])
        if len(before) == len(after) == 1 and pairing.to_new[before[0]] == NONE == pairing.to_old[after[0]]:
            if old.nodes[before[0]].placeholder or old.weight(before[0]) < TELLING:
                continue
            if _edited_in_place(pairing, after[0]):
                continue
            pairing.pair_subtrees(before[0], after[0])


def _edited_in_place(pairing: Pairing, after: int) -> bool:
    """Whether a leaf is better told as the edit of what stood in its place than as words from elsewhere: the words of
    the old place are nowhere now, and these are nearly the same."""
    node = pairing.new.nodes[after]
    before = pairing.old.by_eid.get(node.eid, NONE)
    if before == NONE or pairing.to_new[before] != NONE or node.children:
        return False
    old = pairing.old.nodes[before]
    return (
        not old.children
        and _same_chapeau(pairing, old, node)
        and likeness_of_words(old.words, node.words) >= _EDITED
        and pairing.new.says(old.key) == 0
    )


def _by_content(tree: Tree, nodes: Iterable[Node]) -> dict[int, list[int]]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    for node in nodes:
        found[tree.content(node.index)].append(node.index)
    return found


def _pair_same_words_elsewhere(pairing: Pairing) -> None:
    """The same telling words anywhere: equally many on both sides are paired in order, children or not."""
    by_key: defaultdict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for node in pairing.old_left():
        by_key[node.key][0].append(node.index)
    for node in pairing.new_left():
        by_key[node.key][1].append(node.index)
    for key, (before, after) in by_key.items():
        if (
            len(before) == len(after)
            and weight(key) >= TELLING
            and not pairing.old.nodes[before[0]].placeholder
        ):
            for one, other in zip(before, after, strict=True):
                pairing.pair(one, other)


def _pair_names_elsewhere(pairing: Pairing) -> None:
    """A short text that each side has once: a country that went from one group to another, an item that went under a new
    paragraph. One word alone that turns up under a new parent is a coincidence, unless a sibling went the same way."""
    there = {node.key: node for node in pairing.new_left() if not node.children}
    for node in pairing.old_left():
        twin = there.get(node.key)
        if twin is None or node.children or node.placeholder or pairing.to_old[twin.index] != NONE:
            continue
        if weight(node.key) < _NAME:
            continue
        several = weight(node.key) >= _PHRASE and len(set(node.words)) > 1
        if (several or _parents_stayed(pairing, node, twin) or _went_along(pairing, node, twin)) and _only(
            pairing, node
        ):
            pairing.pair(node.index, twin.index)


def _parents_stayed(pairing: Pairing, old: Node, new: Node) -> bool:
    if ROOT in (old.parent, new.parent):
        return False
    return pairing.to_new[old.parent] != NONE != pairing.to_old[new.parent]


def _went_along(pairing: Pairing, old: Node, new: Node) -> bool:
    """Whether a sibling of the old node stands beside the new one now."""
    if ROOT in (old.parent, new.parent):
        return False
    beside = pairing.new.children_of(new.parent)
    return any(
        pairing.to_old[child] != NONE and pairing.old.nodes[pairing.to_old[child]].parent == old.parent
        for child in beside
    )


def _pair_containers(pairing: Pairing) -> None:
    """A container that holds, for the greater part, what another held, whatever its own words."""
    for node in reversed(pairing.old_left()):
        if not node.children:
            continue
        votes: Counter[int] = Counter()
        for child in node.children:
            became = pairing.to_new[child]
            if became != NONE:
                votes[pairing.new.nodes[became].parent] += 1
        for parent, count in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0])):
            if parent == ROOT or pairing.to_old[parent] != NONE:
                continue
            held = max(len(node.children), len(pairing.new.nodes[parent].children))
            if count * 2 > held or (count * 2 == held and node.eid == pairing.new.nodes[parent].eid):
                pairing.pair(node.index, parent)
                break


def _pair_shifted_placeholders(pairing: Pairing) -> None:
    """``[Reserved]`` between siblings that were renumbered was renumbered with them; it was not filled in."""
    for before, after in list(pairing.parents()):
        siblings = pairing.old.children_of(before)
        new_siblings = pairing.new.children_of(after)
        for place, child in enumerate(siblings):
            if pairing.to_new[child] != NONE or not pairing.old.nodes[child].placeholder:
                continue
            following = next((c for c in siblings[place + 1 :] if pairing.to_new[c] != NONE), NONE)
            if following == NONE:
                continue
            became = pairing.new.nodes[pairing.to_new[following]]
            if became.parent != after or became.eid == pairing.old.nodes[following].eid:
                continue
            previous = new_siblings[became.position - 1] if became.position else NONE
            if (
                previous != NONE
                and pairing.new.nodes[previous].placeholder
                and pairing.to_old[previous] == NONE
            ):
                pairing.pair(child, previous)


def _pair_same_eid(pairing: Pairing) -> None:
    """What is left under one eid on both sides: another text in the same place."""
    split, joined = pairing.parts_new(), pairing.parts_old()
    for node in pairing.old_left():
        after = pairing.new.by_eid.get(node.eid, NONE)
        if after == NONE or pairing.to_old[after] != NONE or node.index in joined or after in split:
            continue
        pairing.pair(node.index, after)


def _pair_placeholders(pairing: Pairing) -> None:
    """``[Reserved]`` that shifted with its siblings: those left under one parent are paired in order."""
    for before, after in list(pairing.parents()):
        old = [
            c
            for c in pairing.old.children_of(before)
            if pairing.to_new[c] == NONE and pairing.old.nodes[c].placeholder
        ]
        new = [
            c
            for c in pairing.new.children_of(after)
            if pairing.to_old[c] == NONE and pairing.new.nodes[c].placeholder
        ]
        if len(old) == len(new):
            for one, other in zip(old, new, strict=True):
                pairing.pair(one, other)
