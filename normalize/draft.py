"""Provisions in the making: a tree that is still being built, and its freezing into records with addresses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from archive.records import Applicability, Provision
from normalize.audit import Account
from normalize.eids import Register, join


@dataclass(slots=True, kw_only=True, eq=False)
class Draft:
    """A provision whose address is not settled. ``segment`` is what it adds to its parent's address, or with
    ``absolute`` its whole address; ``beside`` is the provision whose address it continues, where that is not its
    parent (a note to a paragraph that is closed already); a ``transparent`` one adds nothing to the addresses below it
    (the rows of a list are cited by the list's unit, not by its table); ``place`` the element it was read from. Two drafts that say the
    same are still two."""

    segment: str
    unit: str
    num: str = ""
    heading: str = ""
    text: str = ""
    children: list[Draft] = field(default_factory=list)
    place: etree._Element | None = None
    absolute: bool = False
    quiet: bool = False
    transparent: bool = False
    beside: Draft | None = None
    eid: str = ""
    applicability: list[Applicability] = field(default_factory=list)

    def walk(self) -> Iterator[Draft]:
        stack = [self]
        while stack:
            draft = stack.pop()
            yield draft
            stack.extend(reversed(draft.children))

    def add(self, child: Draft) -> Draft:
        self.children.append(child)
        return child


def address(roots: list[Draft], account: Account) -> None:
    """Settles the address of every draft, in document order. A collision is told, unless the draft is ``quiet`` (a unit
    that has no name of its own, such as the third note of a table)."""
    register = Register()
    stack = [(draft, "") for draft in reversed(roots)]
    while stack:
        draft, parent = stack.pop()
        above = draft.beside.eid if draft.beside is not None and draft.beside.eid else parent
        wanted = draft.segment if draft.absolute else join(above, draft.segment or draft.unit)
        draft.eid = register.take(wanted)
        if draft.eid != wanted and not draft.quiet:
            place = draft.place if draft.place is not None else wanted
            account.remark(place, f"the address {wanted} is taken, so this one is {draft.eid}")
        below = above if draft.transparent else draft.eid
        stack.extend((child, below) for child in reversed(draft.children))


def freeze(roots: list[Draft]) -> tuple[Provision, ...]:
    """The records, from the leaves up; without recursion."""
    done: dict[int, Provision] = {}
    order = [draft for root in roots for draft in root.walk()]
    for draft in reversed(order):
        done[id(draft)] = Provision(
            eid=draft.eid,
            unit=draft.unit,
            num=draft.num,
            heading=draft.heading,
            text=draft.text,
            children=tuple(done[id(child)] for child in draft.children),
            applicability=tuple(draft.applicability),
        )
    return tuple(done[id(root)] for root in roots)
