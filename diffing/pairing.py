"""Which provision became which: the result of aligning."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from diffing.nodes import ROOT, Node, Tree

NONE = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Paired:
    """A pairing without its trees: whoever has the same two expressions needs not align them again."""

    to_new: tuple[int, ...]
    splits: dict[int, list[int]]
    joins: dict[int, list[int]]


class Pairing:
    """A one-to-one matching of the nodes of two trees, and the splits and joins besides.

    ``to_new[i]`` is the node that old node ``i`` became, or -1; ``to_old`` the reverse. ``splits`` maps an old node to the
    new nodes its text went to, ``joins`` a new node to the old ones its text came from, both in document order.
    """

    def __init__(self, old: Tree, new: Tree) -> None:
        self.old = old
        self.new = new
        self.to_new = [NONE] * len(old)
        self.to_old = [NONE] * len(new)
        self.splits: dict[int, list[int]] = {}
        self.joins: dict[int, list[int]] = {}

    @classmethod
    def of(cls, old: Tree, new: Tree, paired: Paired) -> Pairing:
        """The pairing of two trees that was found before. Raises ``ValueError`` where it is not of trees like these."""
        made = cls(old, new)
        if len(paired.to_new) != len(old) or max(paired.to_new, default=NONE) >= len(new):
            raise ValueError("an alignment of other trees than these")
        for before, after in enumerate(paired.to_new):
            if after != NONE:
                made.pair(before, after)
        made.splits, made.joins = paired.splits, paired.joins
        return made

    def paired(self) -> Paired:
        """It without the trees."""
        return Paired(to_new=tuple(self.to_new), splits=self.splits, joins=self.joins)

    def pair(self, before: int, after: int) -> None:
        """Record that one became the other."""
        assert self.to_new[before] == NONE
        assert self.to_old[after] == NONE
        self.to_new[before] = after
        self.to_old[after] = before

    def pair_subtrees(self, before: int, after: int) -> None:
        """Pair two subtrees of equal shape, node by node, leaving alone what is paired already."""
        size = self.old.nodes[before].end - before
        if size == 1 and self.to_new[before] == NONE == self.to_old[after]:
            self.to_new[before], self.to_old[after] = after, before
            return
        here, there = slice(before, before + size), slice(after, after + size)
        if self.to_new[here].count(NONE) == size == self.to_old[there].count(NONE):
            self.to_new[here], self.to_old[there] = range(after, after + size), range(before, before + size)
            return
        for offset in range(size):
            if self.to_new[before + offset] == NONE and self.to_old[after + offset] == NONE:
                self.pair(before + offset, after + offset)

    def parts_new(self) -> set[int]:
        """New nodes that are parts of a split old one."""
        return {part for parts in self.splits.values() for part in parts}

    def parts_old(self) -> set[int]:
        """Old nodes that are parts of a joined new one."""
        return {part for parts in self.joins.values() for part in parts}

    def old_left(self) -> list[Node]:
        """The old nodes without a partner."""
        return [self.old.nodes[before] for before in _places(NONE, self.to_new)]

    def new_left(self) -> list[Node]:
        """The new nodes without a partner."""
        return [self.new.nodes[after] for after in _places(NONE, self.to_old)]

    def parents(self) -> Iterator[tuple[int, int]]:
        """All pairs that have children on both sides, the root first."""
        yield (ROOT, ROOT)
        for before in self.old.parents:
            after = self.to_new[before]
            if after != NONE and self.new.nodes[after].children:
                yield (before, after)

    def kept(self, before: int) -> bool:
        """Whether a paired old node and all under it became, one by one, the same provisions under the same eids."""
        node, after = self.old.nodes[before], self.to_new[before]
        if node.whole != self.new.nodes[after].whole:
            return False
        return not node.children or self.to_new[before : node.end] == [
            *range(after, after + node.end - before)
        ]


def _places(value: int, values: list[int]) -> Iterator[int]:
    """Where a value stands in a list. Few nodes are left after the first stage, and a search for them looks at no other."""
    at = -1
    with suppress(ValueError):
        while True:
            at = values.index(value, at + 1)
            yield at


def likeness_of_words(first: tuple[str, ...], second: tuple[str, ...], *, enough: float = 0.0) -> float:
    """2·M/T over tokens, M the length of a longest common subsequence; 0 where it cannot be ``enough``."""
    if not first and not second:
        return 0.0
    enough -= (
        1e-6  # rapidfuzz 3.14 rounds a cut-off that lies within 1e-9 of the score to the wrong side of it
    )
    if 2 * min(len(first), len(second)) < enough * (len(first) + len(second)):
        return 0.0
    return float(Indel.normalized_similarity(first, second, score_cutoff=max(enough, 0.0)))
