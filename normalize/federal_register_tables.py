"""A GPOTABLE as provisions: its title is the heading, then the column heads, the rows, and the notes under it."""

from __future__ import annotations

from lxml import etree

from normalize.audit import Account, letters
from normalize.federal_register_markup import whole_text
from normalize.federal_register_nodes import Node
from normalize.inline import inline_text
from normalize.table import read_table

_READ = frozenset({"BOXHD", "ROW", "TTITLE", "TDESC"})


def table_node(element: etree._Element, account: Account) -> Node:
    """``element`` with all its words; what stands where ``normalize.table`` does not look is a leftover."""
    _tell_strays(element, account)
    table = read_table(element)
    node = Node(unit="table", heading=_words(element, "TTITLE"))
    if caption := _words(element, "TDESC"):
        node.children.append(Node(unit="caption", text=caption))
    for row in table.head:
        if not row.is_empty:
            node.children.append(Node(unit="header", text=row.joined))
    for row in table.body:
        if not row.is_empty:
            node.children.append(Node(unit="row", text=row.joined))
    for child in element.iterchildren():
        if isinstance(child.tag, str) and child.tag not in _READ and (text := inline_text(child)):
            node.children.append(Node(unit="note", text=text))
    return node


def _words(element: etree._Element, tag: str) -> str:
    return "\n".join(filter(None, (inline_text(child) for child in element.iterchildren(tag))))


def _tell_strays(element: etree._Element, account: Account) -> None:
    """Text between the parts of a table, and elements in a row or a head that are no cell."""
    for holder, parts in (
        (element, None),
        *((row, "ENT") for row in element.iterchildren("ROW")),
        *((box, "CHED") for box in element.iterchildren("BOXHD")),
    ):
        runs = [holder.text, *(child.tail for child in holder)]
        if letters(stray := " ".join(run for run in runs if run)):
            account.leftover(holder, stray)
        for child in holder:
            if parts is not None and child.tag != parts and letters(words := whole_text(child)):
                account.leftover(child, words)
