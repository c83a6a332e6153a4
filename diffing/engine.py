"""Two expressions of one work as changes: align, name the kind, redline, judge, measure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archive.records import Change, Enclosing, Expression, LimitChange
from archive.uncollected import uncollected
from diffing.align import align
from diffing.applicability import applicability_changed
from diffing.classify import Judgement, judge_pair, judge_whole
from diffing.context import Context
from diffing.kinds import Relation, relations
from diffing.limits import limits_of_pair, limits_of_whole
from diffing.nodes import Node, Tree, unchanged
from diffing.pairing import NONE, Paired, Pairing
from diffing.text import Redline, likeness, redline

ENGINE = "tocsin-diff/2"


def compare(before: Expression, after: Expression) -> tuple[Change, ...]:
    """What changed from ``before`` to ``after``, in the document order of ``after``; a repealed provision stands where it stood.

    Pure and deterministic: the same input gives the same changes in the same order.
    """
    # A tenth of the time went into looking for cycles among nodes, of which there are none.
    with uncollected():
        return in_order(Comparison(before, after).changes())


Place = tuple[int, int, int]
"""Where a change stands among those of its comparison."""


def in_order(found: Iterable[tuple[Place, Change]]) -> tuple[Change, ...]:
    """Changes in their order, whoever judged them."""
    return tuple(change for _, change in sorted(found, key=lambda placed: placed[0]))


class Comparison:
    """Two expressions, aligned. ``relations`` are what became of their provisions; each is judged by itself, so that several can share the work."""

    relations: tuple[Relation, ...] = ()

    def __init__(self, before: Expression, after: Expression, paired: Paired | None = None) -> None:
        """``paired`` is how they were aligned before, if they were."""
        if unchanged(before, after):
            return
        old, new = Tree(before), Tree(after)
        self._pairing = align(old, new) if paired is None else Pairing.of(old, new, paired)
        self.relations = tuple(one for one in relations(self._pairing) if not _untouched(one, old, new))
        self._context = Context(self._pairing)
        self._places = _Places(self._pairing)

    def changes(self, first: int = 0, last: int | None = None) -> Iterator[tuple[Place, Change]]:
        """What the relations from ``first`` to before ``last`` (all by default) changed, in no order."""
        for relation in self.relations[first:last]:
            change = _change(relation, self._pairing, self._context)
            if change is not None:
                yield self._places.of(relation), change

    def paired(self) -> Paired:
        """How they were aligned, for whoever shares the work. Of two that differ."""
        return self._pairing.paired()

    def length(self, relation: Relation) -> int:
        """How many characters a relation has on both of its sides."""
        sides = ((self._pairing.old, relation.before), (self._pairing.new, relation.after))
        return sum(len(tree.nodes[at].text) for tree, at in sides if at != NONE)


def document_appeared(expression: Expression) -> Change:
    """The one change that a new document is: its whole text, inserted."""
    text = "\n".join(node.text for node in Tree(expression).nodes if node.text)
    return Change(
        kind="insertion",
        materiality="substantive",
        reason="a new document",
        heading=expression.title,
        text_after=text,
        ops=(("+", text),) if text else (),
    )


def _untouched(relation: Relation, old: Tree, new: Tree) -> bool:
    """Whether a pair is the same to the last eid below it, with no date on it that could have passed."""
    if relation.kind:
        return False
    node = new.nodes[relation.after]
    return node.whole == old.nodes[relation.before].whole and not node.provision.applicability


def _change(relation: Relation, pairing: Pairing, context: Context) -> Change | None:
    if relation.before == NONE:
        return _one_sided(
            "insertion", pairing.new.nodes[relation.after], pairing.new, pairing.to_old, context
        )
    if relation.after == NONE:
        return _one_sided("repeal", pairing.old.nodes[relation.before], pairing.old, pairing.to_new, context)
    return _two_sided(relation, pairing, context)


def _one_sided(kind: str, node: Node, tree: Tree, partners: list[int], context: Context) -> Change:
    text = node.text
    judgement = judge_whole(kind, node, context)
    inserted = kind == "insertion"
    return Change(
        kind=kind,
        materiality=judgement.materiality,
        reason=judgement.reason,
        old_eid=None if inserted else node.eid,
        new_eid=node.eid if inserted else None,
        unit=node.provision.unit,
        num=node.provision.num,
        heading=node.provision.heading,
        text_before="" if inserted else text,
        text_after=text if inserted else "",
        ops=(("+" if inserted else "-", text),) if text else (),
        limits=limits_of_whole(kind, node, tree, _highest(node, tree, partners)),
        path=_path(tree, node.index),
        applicability=node.provision.applicability,
    )


def _highest(node: Node, tree: Tree, partners: list[int]) -> int:
    """The highest provision above a new one, or itself, that is new too."""
    highest = node.index
    for above in tree.ancestors(node.index):
        if partners[above] != NONE:
            break
        highest = above
    return highest


def _two_sided(relation: Relation, pairing: Pairing, context: Context) -> Change | None:
    old, new = pairing.old.nodes[relation.before], pairing.new.nodes[relation.after]
    before, after = old.text, new.text
    if old.eid == new.eid and old.provision.num != new.provision.num and relation.kind in ("", "move"):
        before, after = _with_num(old), _with_num(new)
    in_force = applicability_changed(
        old.provision, new.provision, pairing.old.expression.as_of, pairing.new.expression.as_of
    )
    same = _same_text(before, after, old.is_row and new.is_row)
    if same and not relation.kind and not in_force:
        return None
    compared = redline(before, after)
    own = compared if before == old.text and after == new.text else redline(old.text, new.text)
    judgement = judge_pair(relation, old, new, own, context)
    kind = _kind(relation, old, new, same)
    if in_force:
        judgement = Judgement("substantive", in_force if same else f"{judgement.reason}; {in_force}")
    return Change(
        kind=kind,
        materiality=judgement.materiality,
        reason=judgement.reason,
        old_eid=old.eid,
        new_eid=new.eid,
        unit=new.provision.unit,
        num=new.provision.num,
        heading=new.provision.heading,
        text_before=before,
        text_after=after,
        ops=compared.ops,
        likeness=likeness(before, after),
        carried=relation.carried,
        limits=_limits(relation, own, pairing, context),
        path=_path(pairing.new, new.index),
        applicability=new.provision.applicability,
    )


def _limits(relation: Relation, own: Redline, pairing: Pairing, context: Context) -> tuple[LimitChange, ...]:
    """The limits that moved; those of a split or join are told once, with the pair that the alignment kept."""
    node = pairing.new.nodes[relation.after]
    if relation.kind not in ("split", "join"):
        return limits_of_pair(node, own, pairing.new)
    if pairing.to_new[relation.before] != relation.after:
        return ()
    _, marked = context.whole(relation).redlines
    return limits_of_pair(node, marked, pairing.new)


def _same_text(before: str, after: str, in_row: bool) -> bool:
    """Whether nothing is to be told of two texts: a line break for a blank is the typesetter's, in a cell runs of blanks are too."""
    if before == after or (in_row and before.split() == after.split()):
        return True
    return "\n" in before + after and before.replace("\n", " ") == after.replace("\n", " ")


def _kind(relation: Relation, old: Node, new: Node, same: bool) -> str:
    """The structural kind, or what became of the text in its place."""
    if relation.kind in ("move", "split", "join"):
        return relation.kind
    if new.placeholder and not old.placeholder and old.key:
        return "repeal"
    if old.placeholder and not new.placeholder and new.key:
        return "insertion"
    if relation.kind:
        return relation.kind
    return "applicability" if same else "substitution"


def _with_num(node: Node) -> str:
    return " ".join(part for part in (node.provision.num, node.text) if part)


def _path(tree: Tree, index: int) -> tuple[Enclosing, ...]:
    """What encloses a node, root first."""
    above = [tree.nodes[at].provision for at in tree.ancestors(index)]
    return tuple(Enclosing(eid=p.eid, unit=p.unit, num=p.num, heading=p.heading) for p in reversed(above))


class _Places:
    """The order of changes: by the new text; what is gone stands after what it followed."""

    def __init__(self, pairing: Pairing) -> None:
        self.before = []
        last = -1
        for after in pairing.to_new:
            last = after if after != NONE else last
            self.before.append(last)

    def of(self, relation: Relation) -> Place:
        if relation.after == NONE:
            return (self.before[relation.before], 1, relation.before)
        return (relation.after, 0, relation.before)
