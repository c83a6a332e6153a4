"""What happened to each provision, by structure alone: the kinds of change of Akoma Ntoso.

When several fit: move before split and join before renumbering before substitution.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from operator import lt

from diffing.nodes import ROOT, Node, Tree
from diffing.order import longest_in_order
from diffing.pairing import NONE, Pairing


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """One pair, or one node without a partner (-1), and its kind. ``kind`` is "" for a pair whose place and eid stayed.

    ``elsewhere`` says that a move went under another parent; a move among the same siblings does not.
    """

    kind: str
    before: int
    after: int
    elsewhere: bool = False
    carried: tuple[tuple[str, str], ...] = ()


def relations(pairing: Pairing) -> Iterator[Relation]:
    """Every node of both trees in exactly one relation, but parts of splits and joins, which share their whole. Subtrees
    that stayed what and where they were are left out."""
    displaced = _Displaced(pairing)
    split, joined = pairing.parts_new(), pairing.parts_old()
    for before, after in enumerate(pairing.to_new):
        if before in displaced.stayed and not pairing.new.nodes[after].provision.applicability:
            continue
        if before in pairing.splits:
            for part in pairing.splits[before]:
                yield Relation(
                    kind="split", before=before, after=part, elsewhere=displaced.part_elsewhere(before, part)
                )
        elif before in joined:
            continue
        elif after == NONE:
            yield Relation(kind="repeal", before=before, after=NONE)
        elif after not in split:
            kind, elsewhere = displaced.kind(before)
            carried = displaced.carried(before) if kind in ("move", "renumbering") else ()
            yield Relation(kind=kind, before=before, after=after, elsewhere=elsewhere, carried=carried)
    for after in range(len(pairing.new)):
        if after in pairing.joins:
            for part in pairing.joins[after]:
                yield Relation(
                    kind="join", before=part, after=after, elsewhere=displaced.join_elsewhere(part, after)
                )
        elif pairing.to_old[after] == NONE and after not in split:
            yield Relation(kind="insertion", before=NONE, after=after)


class _Displaced:
    """Which pairs moved or were renumbered, and which only went along."""

    def __init__(self, pairing: Pairing) -> None:
        self.pairing = pairing
        self.wholes = {part: before for before, parts in pairing.splits.items() for part in parts}
        self.joins = {part: after for after, parts in pairing.joins.items() for part in parts}
        self._kinds: dict[int, tuple[str, bool]] = {}
        self._along: set[int] = set()  # old nodes that are displaced, or go along with one that is
        self.stayed: set[int] = set()  # old nodes that are what and where they were
        kept = self._kept()
        self.out_of_order = self._out_of_order(kept)
        for before, after in enumerate(pairing.to_new):
            if after != NONE and before not in self.stayed:
                if before in kept and self._is_root_in_order(before, after):
                    self.stayed.update(kept[before])
                    continue
                self._kinds[before] = self._kind(before)
                if before in kept and before not in self._along:
                    self.stayed.update(kept[before])

    def kind(self, before: int) -> tuple[str, bool]:
        return self._kinds.get(before, ("", False))

    def became(self, parent: int) -> set[int]:
        """All that a parent became: its partner, the parts it fell into, the whole it was joined to."""
        if parent == ROOT:
            return {ROOT}
        found = {self.pairing.to_new[parent], *self.pairing.splits.get(parent, ())}
        if parent in self.joins:
            found.add(self.joins[parent])
        return found - {NONE}

    def _is_root_in_order(self, before: int, after: int) -> bool:
        """Whether a node stood and stands directly under the root and kept its order: with its eid the same, nothing became of it."""
        parents = (self.pairing.old.nodes[before].parent, self.pairing.new.nodes[after].parent)
        return parents == (ROOT, ROOT) and before not in self.out_of_order

    def _kind(self, before: int) -> tuple[str, bool]:
        pairing = self.pairing
        after = pairing.to_new[before]
        old, new = pairing.old.nodes[before], pairing.new.nodes[after]
        if not self._same_parent(old, new):
            self._along.add(before)
            return "move", True
        if before in self.out_of_order:
            self._along.add(before)
            return "move", False
        if old.parent in self._along and _same_mark(pairing.old, pairing.new, old, new):
            self._along.add(before)
            return "", False
        if old.eid != new.eid:
            self._along.add(before)
            return "renumbering", False
        return "", False

    def _same_parent(self, old: Node, new: Node) -> bool:
        if old.parent == ROOT or new.parent == ROOT:
            return old.parent == new.parent
        return self.pairing.to_new[old.parent] == new.parent or new.parent in self.became(old.parent)

    def _kept(self) -> dict[int, range]:
        """The subtrees that did not change, the topmost ones, by their top."""
        kept: dict[int, range] = {}
        end = 0
        for before, after in enumerate(self.pairing.to_new):
            if before >= end and after != NONE and self.pairing.kept(before):
                end = self.pairing.old.nodes[before].end
                kept[before] = range(before, end)
        return kept

    def _out_of_order(self, kept: dict[int, range]) -> set[int]:
        pairing = self.pairing
        moved: set[int] = set()
        end = ROOT
        for before, after in pairing.parents():
            if before in kept:
                end = kept[before].stop
            if before < end:
                continue
            stayed = [
                child
                for child in pairing.old.children_of(before)
                if (place := pairing.to_new[child]) != NONE and pairing.new.nodes[place].parent == after
            ]
            places = [pairing.to_new[child] for child in stayed]
            if not all(map(lt, places, places[1:])):
                in_order = longest_in_order(places, partial(self._same_eid, stayed))
                moved.update(child for k, child in enumerate(stayed) if k not in in_order)
        return moved

    def _same_eid(self, children: list[int], k: int) -> bool:
        before = children[k]
        pairing = self.pairing
        return pairing.old.nodes[before].eid == pairing.new.nodes[pairing.to_new[before]].eid

    def carried(self, before: int) -> tuple[tuple[str, str], ...]:
        """The eids of what went along under a displaced node, in document order."""
        pairing = self.pairing
        pairs: list[tuple[str, str]] = []
        stack = list(reversed(pairing.old.nodes[before].children))
        while stack:
            child = stack.pop()
            if child in self._along and self._kinds[child][0] == "" and child not in pairing.splits:
                node = pairing.old.nodes[child]
                pairs.append((node.eid, pairing.new.nodes[pairing.to_new[child]].eid))
                stack.extend(reversed(node.children))
        return tuple(pairs)

    def part_elsewhere(self, before: int, part: int) -> bool:
        """Whether a part of a split stands neither where the whole stood nor under another part of it."""
        parent = self.pairing.new.nodes[part].parent
        return (
            parent not in self.became(self.pairing.old.nodes[before].parent)
            and self.wholes.get(parent) != before
        )

    def join_elsewhere(self, part: int, after: int) -> bool:
        """Whether a part of a join came from neither the siblings of the whole nor from under another part of it."""
        parent = self.pairing.old.nodes[part].parent
        return (
            self.pairing.new.nodes[after].parent not in self.became(parent)
            and self.joins.get(parent) != after
        )


def _same_mark(old_tree: Tree, new_tree: Tree, old: Node, new: Node) -> bool:
    """Whether a node keeps its own number under a parent that was displaced."""
    if old.provision.num or new.provision.num:
        return old.provision.num == new.provision.num
    if old.eid == new.eid or old.parent == ROOT or new.parent == ROOT:
        return True
    above, below = old_tree.nodes[old.parent].eid, new_tree.nodes[new.parent].eid
    if old.eid.startswith(above) and new.eid.startswith(below):
        return old.eid[len(above) :] == new.eid[len(below) :]
    return True
