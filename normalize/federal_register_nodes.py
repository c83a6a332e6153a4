"""A paper while it is read: nodes that grow, and the provisions with unique, telling addresses that they become."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from archive.records import Provision

_LONGEST_SLUG = 40
_NOT_WORD = re.compile(r"[^0-9a-z]+")

#: How a unit that has no name of its own is counted in its parent: ``background.p3``.
_SHORT = {"paragraph": "p", "row": "r", "footnote": "fn", "heading": "heading-", "list": "list-"}


@dataclass(slots=True)
class Node:
    """A provision in the making. ``name`` is its part of the address; an ``anchor`` stands for itself, without its parent's."""

    unit: str
    name: str = ""
    anchor: bool = False
    num: str = ""
    heading: str = ""
    text: str = ""
    children: list[Node] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.num or self.heading or self.text or self.children)

    @property
    def is_bare(self) -> bool:
        """Whether nothing stands in it yet that a heading could not come before."""
        return not (self.heading or self.text or self.children)

    def lift_first_paragraph(self) -> None:
        """A footnote's first paragraph is the footnote's own text; further ones stay under it."""
        if self.text or not self.children:
            return
        first = self.children[0]
        if first.unit == "paragraph" and not (first.num or first.heading):
            self.text = first.text
            self.children = [*first.children, *self.children[1:]]

    def lift_only_paragraph(self) -> Node | None:
        """A block with one paragraph is that paragraph: its text becomes the block's own. Gives the paragraph, if it was so."""
        if self.text or len(self.children) != 1:
            return None
        only = self.children[0]
        if only.unit != "paragraph" or only.num or only.heading:
            return None
        self.text = only.text
        self.children = only.children
        return only


def slug(words: str) -> str:
    """Words as a part of an address: ``A. Advanced Computing`` → ``a-advanced-computing``; cut at a word after 40 letters."""
    whole = _NOT_WORD.sub("-", words.lower()).strip("-")
    if len(whole) <= _LONGEST_SLUG:
        return whole
    cut = whole[: _LONGEST_SLUG + 1].rsplit("-", 1)[0]
    return cut[:_LONGEST_SLUG]


def provisions(roots: list[Node]) -> tuple[Provision, ...]:
    """The provisions of ``roots``, each address used once: a second one by the same name gets ``-2``. Without recursion."""
    names = _Names()
    top: list[Provision] = []
    # An item is a node to open (its own list still None), or one whose children are all built by now.
    stack: list[tuple[Node, str, list[Provision], list[Provision] | None]] = []
    stack.extend((node, eid, top, None) for node, eid in reversed(names.of(roots, "")))
    while stack:
        node, eid, siblings, children = stack.pop()
        if children is None and node.children:
            children = []
            stack.append((node, eid, siblings, children))
            stack.extend(
                (child, name, children, None) for child, name in reversed(names.of(node.children, eid))
            )
            continue
        siblings.append(
            Provision(
                eid=eid,
                unit=node.unit,
                num=node.num,
                heading=node.heading,
                text=node.text,
                children=tuple(children or ()),
            )
        )
    return tuple(top)


class _Names:
    """Hands out addresses, each once."""

    def __init__(self) -> None:
        self._used: dict[str, int] = {}

    def of(self, nodes: list[Node], parent: str) -> list[tuple[Node, str]]:
        counts: Counter[str] = Counter()
        named: list[tuple[Node, str]] = []
        for node in nodes:
            own = node.name
            if not own:
                counts[node.unit] += 1
                own = f"{_SHORT.get(node.unit, node.unit + '-')}{counts[node.unit]}"
            named.append((node, self._unused(own if node.anchor or not parent else f"{parent}.{own}")))
        return named

    def _unused(self, wanted: str) -> str:
        eid = wanted
        while eid in self._used:
            self._used[wanted] += 1
            eid = f"{wanted}-{self._used[wanted]}"
        self._used[eid] = 1
        return eid
