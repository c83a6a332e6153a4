"""The tree under construction: nodes that can still grow, and the addresses that are given out."""

from __future__ import annotations

import re

from archive.fresh_provisions import fresh_provision
from archive.records import Provision

_NOT_A_WORD = re.compile(r"[\W_]+")
_SLUG_LENGTH = 60


class Node:
    """A provision that can still grow."""

    __slots__ = ("_more", "children", "eid", "heading", "num", "text", "unit")

    def __init__(self, eid: str, unit: str, num: str, heading: str, text: str) -> None:
        self.eid = eid
        self.unit = unit
        self.num = num
        self.heading = heading
        self.text = text
        self._more: list[str] | None = None  # the paragraphs after the first
        self.children: list[Node] | None = None

    def write(self, text: str) -> None:
        """One more paragraph of its text."""
        if not text:
            return
        if not self.text:
            self.text = text
        elif self._more is None:
            self._more = [text]
        else:
            self._more.append(text)

    @property
    def announces(self) -> bool:
        """Whether its last paragraph ends in a colon."""
        return (self._more[-1] if self._more else self.text).endswith(":")

    def whole_text(self) -> str:
        return "\n".join((self.text, *self._more)) if self._more else self.text


class Tree:
    """The document so far, and the addresses in use. A root is finished when the next one is added: what it was made from is
    let go at once, which keeps the garbage collector away from half of the objects of a large list."""

    def __init__(self) -> None:
        self._finished: list[Provision] = []
        self._growing: list[Node] = []  # the last root and all under it, parents first
        self._given: dict[str, int] = {}  # each address, and the last ordinal given to another like it

    def add(
        self, parent: Node | None, eid: str, unit: str, *, num: str = "", heading: str = "", text: str = ""
    ) -> Node:
        """A new last child of ``parent`` (of the document for None). Where ``eid`` is in use already it gets an
        ordinal behind an underscore (``note_2``), so that it cannot be taken for the number of a "Note 2"."""
        node = Node(self._unused(eid), unit, num, heading, text)
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
        made: dict[str, Provision] = {}
        for node in reversed(self._growing):
            children = tuple([made.pop(child.eid) for child in node.children]) if node.children else ()
            made[node.eid] = fresh_provision(
                node.eid, node.unit, node.num, node.heading, node.whole_text(), children
            )
        self._finished.extend(made.values())
        self._growing.clear()

    def _unused(self, eid: str) -> str:
        given = self._given
        if eid not in given:
            given[eid] = 1
            return eid
        ordinal = given[eid] + 1
        while (found := f"{eid}_{ordinal}") in given:
            ordinal += 1
        given[eid] = ordinal
        given[found] = 1
        return found


def slug(text: str, length: int = _SLUG_LENGTH) -> str:
    """Words as a part of an address: ``RS applies to 3A090.b`` → ``rs-applies-to-3a090-b``; whole words, at most ``length`` characters."""
    made = _NOT_A_WORD.sub("-", text.lower()).strip("-")
    if len(made) <= length:
        return made
    return made[: length + 1].rpartition("-")[0] or made[:length]
