"""The tree under construction: nodes that can still grow, and the addresses that are given out."""

from __future__ import annotations

import re

from archive.fresh_provisions import fresh_provision
from archive.records import Provision

_NOT_A_WORD = re.compile(r"[\W_]+")
_SLUG_LENGTH = 60


class Node:
    """A provision that can still grow. ``made`` is what it became, once its root is finished."""

    __slots__ = ("children", "eid", "heading", "made", "more", "num", "text", "unit")

    made: Provision

    def __init__(self, eid: str, unit: str, num: str, heading: str, text: str) -> None:
        self.eid = eid
        self.unit = unit
        self.num = num
        self.heading = heading
        self.text = text
        self.more: list[str] | None = None  # the paragraphs after the first
        self.children: list[Node] | None = None

    def write(self, text: str) -> None:
        """One more paragraph of its text."""
        if not text:
            return
        if not self.text:
            self.text = text
        elif self.more is None:
            self.more = [text]
        else:
            self.more.append(text)

    @property
    def announces(self) -> bool:
        """Whether its last paragraph ends in a colon."""
        return (self.more[-1] if self.more else self.text).endswith(":")


class Tree:
    """The document so far, and the addresses in use. A root is finished when the next one is added: what it was made from is
    let go at once, which keeps the garbage collector away from half of the objects of a large list."""

    def __init__(self) -> None:
        self._finished: list[Provision] = []
        self._growing: list[Node] = []  # the last root and all under it, parents first
        self._given: dict[str, int] = {}  # each address, and the last ordinal given to another like it

    def add(
        self, parent: Node | None, eid: str, unit: str, num: str = "", heading: str = "", text: str = ""
    ) -> Node:
        """A new last child of ``parent`` (of the document for None). Where ``eid`` is in use already it gets an
        ordinal behind an underscore (``note_2``), so that it cannot be taken for the number of a "Note 2"."""
        given = self._given
        if eid in given:
            eid = self._another(eid)
        given[eid] = 1
        node = Node(eid, unit, num, heading, text)
        if parent is None:
            self._finish()
        elif parent.children is None:
            parent.children = [node]
        else:
            parent.children.append(node)
        self._growing.append(node)
        return node

    def has(self, eid: str) -> bool:
        return eid in self._given

    def provisions(self) -> tuple[Provision, ...]:
        """The finished tree."""
        self._finish()
        return tuple(self._finished)

    def _finish(self) -> None:
        """Without recursion: a parent is always made before its children."""
        for node in reversed(self._growing):
            inside, more = node.children, node.more
            node.made = fresh_provision(
                node.eid,
                node.unit,
                node.num,
                node.heading,
                node.text if more is None else "\n".join((node.text, *more)),
                () if inside is None else tuple([child.made for child in inside]),
            )
        self._finished += [node.made for node in self._growing[:1]]
        self._growing.clear()

    def _another(self, eid: str) -> str:
        """``eid`` with the next ordinal that nobody has."""
        given = self._given
        ordinal = given[eid] + 1
        while (found := f"{eid}_{ordinal}") in given:
            ordinal += 1
        given[eid] = ordinal
        return found


def slug(text: str, length: int = _SLUG_LENGTH) -> str:
    """Words as a part of an address: ``RS applies to 3A090.b`` → ``rs-applies-to-3a090-b``; whole words, at most ``length`` characters."""
    made = _NOT_A_WORD.sub("-", text.lower()).strip("-")
    if len(made) <= length:
        return made
    return made[: length + 1].rpartition("-")[0] or made[:length]
