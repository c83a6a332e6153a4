"""Whether a changed cross-reference still points at the same provision.

A reference that merely follows a renumbering points, before and after, at provisions that are paired. It is looked for in the
nearest scope first, as a reader does: "paragraph (c)" is the one of this section.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property

from diffing.nodes import ROOT, Tree
from diffing.pairing import Pairing
from diffing.reference_text import Marks, Reference, canonical_mark


class References:
    """The provisions of two paired trees by their marks."""

    def __init__(self, pairing: Pairing) -> None:
        self._pairing = pairing

    @cached_property
    def _old(self) -> _Marks:
        return _Marks(self._pairing.old)

    @cached_property
    def _new(self) -> _Marks:
        return _Marks(self._pairing.new)

    def follows(self, before: int, after: int, old: Reference, new: Reference) -> bool:
        """Whether ``old``, said in old node ``before``, and ``new``, said in new node ``after``, name the same provisions one by
        one, some of them numbered otherwise now."""
        if old.words != new.words or len(old.members) != len(new.members) or old.members == new.members:
            return False
        return all(
            self._same_place(before, after, was, now)
            for was, now in zip(old.members, new.members, strict=True)
        )

    def _same_place(self, before: int, after: int, was: Marks, now: Marks) -> bool:
        old = self._old.point(before, was)
        new = self._new.point(after, now) if old is not None else None
        if old is None or new is None:
            return False
        pairing = self._pairing
        became = {pairing.to_new[old], *pairing.splits.get(old, ())}
        became.update(whole for whole, parts in pairing.joins.items() if old in parts)
        return new in became


_MARK = re.compile(r"\w+")


class _Marks:
    """One tree: the way of marks to each node, and back."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._own: list[Marks] = []
        self._paths: dict[int, Marks] = {ROOT: ()}
        self._by_last: defaultdict[str, list[int]] = defaultdict(list)
        for node in tree.nodes:
            num = node.provision.num
            own = canonical_mark(num) if num else ()
            if not own and "." in node.provision.eid:
                own = tuple(_MARK.findall(node.provision.eid))
            if not own and self._is_first_unnumbered(node.index):
                own = ("1",)
            self._own.append(own)
            if own:
                self._by_last[own[-1]].append(node.index)

    def _path(self, index: int) -> Marks:
        """All marks down to a node, worked out when first asked for."""
        waiting = []
        while index not in self._paths:
            waiting.append(index)
            index = self._tree.nodes[index].parent
        path = self._paths[index]
        for at in reversed(waiting):
            own = self._own[at]
            # "a.1" under "a" says the way again; "三" under 第三条 does not
            shared = next((k for k in range(min(len(own) - 1, len(path)), 0, -1) if path[-k:] == own[:k]), 0)
            path = self._paths[at] = path + own[shared:]
        return path

    def _is_first_unnumbered(self, index: int) -> bool:
        """Whether a node is a first paragraph that prints no number while the second prints 2, as in Japanese law."""
        node = self._tree.nodes[index]
        siblings = self._tree.children_of(node.parent)
        if node.position or len(siblings) < 2 or not node.text:
            return False
        return canonical_mark(self._tree.nodes[siblings[1]].provision.num) == ("2",)

    def point(self, citing: int, marks: Marks) -> int | None:
        """The one node that marks point at from where they are said, or None."""
        if marks[0][0] in "前次":
            return self._neighbour(citing, marks)
        fitting = [
            index
            for index in self._by_last.get(marks[-1], ())
            if index != citing and _ends_with(self._path(index), marks)
        ]
        if not fitting:
            return None
        tree = self._tree
        above = set(tree.ancestors(citing))  # a provision is seldom named from inside itself
        fitting = [index for index in fitting if index not in above] or fitting
        near = {above: depth for depth, above in enumerate(reversed([citing, *tree.ancestors(citing)]), 1)}
        closeness = {
            index: max((near.get(above, 0) for above in (index, *tree.ancestors(index))), default=0)
            for index in fitting
        }
        closest = max(closeness.values())
        nearest = [index for index in fitting if closeness[index] == closest]
        shallow = min(tree.nodes[index].depth for index in nearest)
        nearest = [index for index in nearest if tree.nodes[index].depth == shallow]
        return nearest[0] if len(nearest) == 1 else None

    def _neighbour(self, citing: int, marks: Marks) -> int | None:
        """What 前条 or 次項第二号 names: the neighbour of the article (paragraph, item) it is said in, or a place inside that."""
        tree, (said, *inner) = self._tree, marks
        levels = [at for at in (citing, *tree.ancestors(citing)) if said[1] in tree.nodes[at].provision.num]
        node = tree.nodes[levels[0] if levels else citing]
        siblings = tree.children_of(node.parent)
        at = node.position + (-1 if said[0] == "前" else 1)
        if not 0 <= at < len(siblings):
            return None
        if not inner:
            return siblings[at]
        found = [
            index
            for index in range(siblings[at] + 1, tree.nodes[siblings[at]].end)
            if _ends_with(self._path(index), tuple(inner))
        ]
        return found[0] if len(found) == 1 else None


def _ends_with(path: Marks, marks: Marks) -> bool:
    """Whether marks are in a path in order, the last at its end."""
    if not path or path[-1] != marks[-1]:
        return False
    rest = iter(reversed(path[:-1]))
    return all(any(mark == step for step in rest) for mark in reversed(marks[:-1]))
