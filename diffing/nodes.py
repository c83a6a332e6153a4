"""An expression as a flat table of nodes: what aligning walks instead of the tree."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from operator import attrgetter

from archive.records import Expression, Provision
from archive.vocabulary.folding import cached_key
from diffing.placeholders import is_placeholder
from diffing.tokens import content_tokens

ROOT = -1
# A footnote that carries its mark in its text is the same footnote under another mark.
_FOOTNOTE_MARK = re.compile(r"^(?:\^?\d{1,3}[.)]?|[*†‡]+) ")
_SUBTREE_TOKENS = 3000  # enough to recognise a container by what it holds
_OWN = attrgetter("eid", "unit", "num", "heading", "text", "applicability")
_CHILDREN = attrgetter("children")
_NO_CHILDREN: list[int] = []  # one for all leaves; nothing is ever added to it


class Node:
    """A provision with its place. ``index`` counts in document order; the root above all has index -1."""

    __slots__ = (
        "_content",
        "_key",
        "_words",
        "children",
        "depth",
        "eid",
        "end",
        "index",
        "parent",
        "position",
        "provision",
        "whole",
    )

    def __init__(self, provision: Provision, index: int, parent: int, position: int, depth: int) -> None:
        self.provision = provision
        self.eid = provision.eid
        self.index = index
        self.parent = parent
        self.position = position
        self.depth = depth
        self.children: list[int] = [] if provision.children else _NO_CHILDREN
        self.end = index + 1  # one past the last node under this one
        self.whole = 0  # hash of the whole subtree, eids included
        self._key: str | None = None
        self._content: int | None = None
        self._words: tuple[str, ...] | None = None

    @property
    def text(self) -> str:
        """Heading and text as a reader sees them, joined by a newline where both are."""
        provision = self.provision
        if provision.heading and provision.text:
            return f"{provision.heading}\n{provision.text}"
        return provision.heading or provision.text

    @property
    def key(self) -> str:
        """The comparison key of heading and text."""
        if self._key is None:
            self._key = cached_key(self.text)
            if "footnote" in self.provision.unit and not self.provision.num:
                self._key = _FOOTNOTE_MARK.sub("", self._key)
        return self._key

    @property
    def words(self) -> tuple[str, ...]:
        """The tokens that carry content, for likeness in aligning."""
        if self._words is None:
            self._words = cached_words(self.key)
        return self._words

    @property
    def placeholder(self) -> bool:
        """Whether ``[Reserved]``, 削除 or the like stands where a text could, under its old heading or none."""
        provision = self.provision
        if provision.heading and provision.text:
            return len(provision.text) < 80 and is_placeholder(cached_key(provision.text))
        return is_placeholder(self.key)

    @property
    def is_row(self) -> bool:
        """Whether this is a row of cells, by its text or its unit."""
        return " | " in self.provision.text or self.provision.unit in ("row", "header")


@lru_cache(maxsize=1 << 15)
def cached_words(key: str) -> tuple[str, ...]:
    """:func:`content_tokens`, remembered."""
    return tuple(content_tokens(key))


class Tree:
    """All nodes of an expression in document order, and the ways to them."""

    def __init__(self, expression: Expression) -> None:
        self.expression = expression
        self.nodes: list[Node] = []
        self.roots: list[int] = []
        self.by_eid: dict[str, int] = {}
        self.parents: list[int] = []  # the nodes with children, in document order
        self._keys: Counter[str] | None = None
        nodes, by_eid = self.nodes, self.by_eid
        levels = [(iter(expression.provisions), ROOT, self.roots)]
        while levels:
            inside, parent, siblings = levels[-1]
            for provision in inside:
                index = len(nodes)
                node = Node(provision, index, parent, len(siblings), len(levels) - 1)
                nodes.append(node)
                siblings.append(index)
                by_eid.setdefault(node.eid, index)
                if provision.children:
                    self.parents.append(index)
                    levels.append((iter(provision.children), index, node.children))
                    break
            else:
                levels.pop()
        for node in reversed(nodes):
            node.whole = hash(_OWN(node.provision))
            if node.children:
                node.end = nodes[node.children[-1]].end
                node.whole = hash((node.whole, *[nodes[child].whole for child in node.children]))

    def __len__(self) -> int:
        return len(self.nodes)

    def children_of(self, index: int) -> list[int]:
        """The children of a node, or the roots for :data:`ROOT`."""
        return self.roots if index == ROOT else self.nodes[index].children

    def ancestors(self, index: int) -> Iterator[int]:
        """The nodes above one, nearest first, without the root."""
        parent = self.nodes[index].parent
        while parent != ROOT:
            yield parent
            parent = self.nodes[parent].parent

    def content(self, index: int) -> int:
        """A hash of the comparison keys of a subtree, blind to eids and numbers: equal content is the same text."""
        node = self.nodes[index]
        if node._content is None:
            for at in range(node.end - 1, index - 1, -1):
                inner = self.nodes[at]
                if inner._content is None:
                    inner._content = hash(
                        (inner.key, tuple(self.nodes[child]._content for child in inner.children))
                    )
        assert node._content is not None
        return node._content

    def says(self, key: str) -> int:
        """How many nodes have these words."""
        if self._keys is None:
            self._keys = Counter(node.key for node in self.nodes)
        return self._keys[key]

    def weight(self, index: int) -> int:
        """How much text a subtree holds, in characters; an ideograph counts twice, for it says twice as much."""
        return sum(weight(self.nodes[at].key) for at in range(index, self.nodes[index].end))

    def subtree_words(self, index: int) -> tuple[str, ...]:
        """The content words of a node and of all under it, up to a bound."""
        node = self.nodes[index]
        if node.end == index + 1:
            return node.words
        words: list[str] = []
        for at in range(index, node.end):
            words += self.nodes[at].words
            if len(words) > _SUBTREE_TOKENS:
                break
        return tuple(words)


def unchanged(before: Expression, after: Expression) -> bool:
    """Whether two expressions are the same to the last mark, with no date on any provision that could have passed between
    them. Compared level by level before anything is built: what a check for changes finds on most days."""
    dated = before.as_of != after.as_of
    old, new = before.provisions, after.provisions
    while old or new:
        if len(old) != len(new) or list(map(_OWN, old)) != list(map(_OWN, new)):
            return False
        if dated and any(provision.applicability for provision in new):
            return False
        under, inner = list(map(_CHILDREN, old)), list(map(_CHILDREN, new))
        if list(map(len, under)) != list(map(len, inner)):
            return False
        old, new = tuple(chain.from_iterable(under)), tuple(chain.from_iterable(inner))
    return True


def weight(key: str) -> int:
    """The length of a key, ideographs counted twice."""
    return len(key) if key.isascii() else sum(2 if character >= "\u3000" else 1 for character in key)
