"""Tables of an entry: the control table ("RS applies to 3A090.b | To or within …") and those in the text of items."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree

from normalize.ccl_tree import Node, Tree, slug
from normalize.table import JOINT, Row, Table, read_table

_CONTROL_HEAD = re.compile(r"controls?\s*\(s\)|country\s+chart", re.IGNORECASE)
_CONTROL_LENGTH = 100
_GROUP_LENGTH = 30
_SENTENCE_END = re.compile(r"\.\s+(?=[A-Z])|,? and a license\b")
_APPLIES = re.compile(r"\bappl(?:ies|y)\s+to\b", re.IGNORECASE)
_PROSE_CONTROL = re.compile(r"[A-Z]{2}\d?(?:, [A-Z]{2})* (?:controls? )?appl(?:ies|y)\b")


def is_control_table(table: Table) -> bool:
    """Whether its head has one of the (33 on 2026-06-24) spellings of "Control(s) | Country Chart"."""
    return any(_is_control_head(text) for row in table.head for text in row.texts)


@lru_cache(maxsize=256)
def _is_control_head(text: str) -> bool:
    return _CONTROL_HEAD.search(text) is not None


def is_control_line(text: str) -> bool:
    """Whether a plain paragraph says a control: "CW applies to 1C350.b and .c. The Commerce Country Chart is not …"."""
    return _PROSE_CONTROL.match(text) is not None


@lru_cache(maxsize=4096)
def control_key(left: str) -> str:
    """The key of a control from its left cell or first sentence: ``RS applies to 3A090.b`` → ``rs-3a090-b``."""
    return slug(_APPLIES.sub(" ", left, count=1), _CONTROL_LENGTH) or "blank"


def add_control_rows(tree: Tree, parent: Node, table: Table) -> None:
    """The head and rows of a control table under ``parent``, each row keyed by its left cell."""
    if table.caption:
        parent.write(table.caption)
    for row in table.head:
        if not row.is_empty:
            tree.add(parent, f"{parent.eid}.header", "header", text=row.joined)
    for row in (*table.body, *table.foot):
        texts = row.texts
        if any(texts):
            key = control_key(texts[0] or JOINT.join(texts))
            tree.add(
                parent, f"{parent.eid}.{key}", "row", text=texts[0] if row.spans_all else JOINT.join(texts)
            )
    for note in table.notes:
        tree.add(parent, f"{parent.eid}.footnote", "footnote", text=note)


def add_control_line(tree: Tree, parent: Node, text: str) -> Node:
    """A control said in prose, keyed by its first sentence."""
    first = _SENTENCE_END.split(text, maxsplit=1)[0]
    return tree.add(parent, f"{parent.eid}.{control_key(first)}", "row", text=text)


def add_table(tree: Tree, parent: Node, element: etree._Element, table: Table | None = None) -> Node:
    """A table of the text under ``parent``: its caption is the heading; a row is keyed by its group (the last filled first
    cell) and its second cell."""
    table = read_table(element) if table is None else table
    node = tree.add(parent, f"{parent.eid}.table", "table", heading=table.caption)
    for row in table.head:
        if not row.is_empty:
            tree.add(node, f"{node.eid}.header", "header", text=_cells(row))
    group = ""
    for row in table.body:
        if row.is_empty:
            continue
        group = row.texts[0] or group
        key = (
            "-".join(filter(None, (slug(group, _GROUP_LENGTH), *(slug(text) for text in row.texts[1:2]))))
            or "row"
        )
        tree.add(node, f"{node.eid}.{key}", "row", text=_cells(row))
    for text in (*(_cells(row) for row in table.foot if not row.is_empty), *table.notes):
        tree.add(node, f"{node.eid}.footnote", "footnote", text=text)
    return node


def _cells(row: Row) -> str:
    """The cells joined; a cell over the whole width stands alone."""
    return row.texts[0] if row.spans_all else row.joined
