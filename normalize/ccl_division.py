"""What stands under a heading above the entries: notes to a category or a group, the numbered list of an annex, the history at the end."""

from __future__ import annotations

from collections.abc import Sequence

from normalize.audit import Account
from normalize.ccl_lines import HEADING, HISTORY, NOTE, TABLE, Line
from normalize.ccl_note_writer import NoteWriter, note_key
from normalize.ccl_notes import NoteHeading, note_heading, note_parts
from normalize.ccl_tables import add_table
from normalize.ccl_tree import Node, Tree, slug

_HISTORY = {
    "CITA": ("citation", "citation"),
    "EDNOTE": ("editorial-note", "note"),
    "EFFDNOT": ("effective-date-note", "note"),
    "AUTH": ("authority", "authority"),
    "SECAUTH": ("authority", "authority"),
    "PARAUTH": ("authority", "authority"),
    "SOURCE": ("source", "source"),
    "APPRO": ("approval", "source"),
    "FTNT": ("footnote", "footnote"),
}


def write_division(tree: Tree, node: Node, body: Sequence[Line], account: Account) -> None:
    """The lines under a heading: notes are children with what is in them, a numbered list is one of paragraphs (of an annex:
    of items), anything else is text of the heading."""
    unit = "item" if node.unit == "annex" else "paragraph"
    writer = NoteWriter(tree, node, account, unit=unit)
    last: NoteWriter | None = None
    for line in body:
        if line.kind == NOTE:
            heading, parts = note_parts(line.element, account)
            head = note_heading(heading) or NoteHeading(heading, heading, "", "")
            if last is not None and (not heading or last.resumes(parts)):
                inner = _open(tree, last.here, head, account, outer=last) if heading else last
            else:
                inner = _open(tree, node, head, account)
            inner.write_body(parts)
            last = inner.active
        elif line.kind == TABLE:
            add_table(tree, writer.here, line.element)
        elif line.kind == HISTORY:
            write_history(tree, node, line, account)
        elif line.kind == HEADING:
            tree.add(node, f"{node.eid}.heading-{slug(line.text)}", "heading", heading=line.text)
        elif plain := note_heading(line.text):
            writer = _open(tree, node, plain, account)
        else:
            writer.write(line.text, line.element)


def write_history(tree: Tree, node: Node | None, line: Line, account: Account) -> None:
    """A citation, an editorial or effective-date note, an authority, a footnote: under ``node``, of the list itself for None."""
    name, unit = _HISTORY[line.tag]
    eid = f"{node.eid}.{name}" if node is not None else name
    heading, parts = note_parts(line.element, account)
    made = tree.add(node, eid, unit, heading=heading)
    NoteWriter(tree, made, account).write_body(parts)


def _open(
    tree: Tree, node: Node, head: NoteHeading, account: Account, *, outer: NoteWriter | None = None
) -> NoteWriter:
    made = tree.add(node, f"{node.eid}.{note_key(head.heading)}", "note", heading=head.heading)
    writer = NoteWriter(tree, made, account, outer=outer)
    writer.write(head.rest)
    return writer
