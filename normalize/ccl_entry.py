"""One entry of the Commerce Control List, from its lines to its branch of the tree.

Addresses: items by their legal citation (``3A090.a.1``); blocks by name under the entry (``3A090.controls``, ``3A090.related-controls``),
licence exceptions under their list (``3A090.license-exceptions.lvs``), rows by their left cell (``3A090.controls.rs-3a090-b``), notes
by their heading under what they belong to (``3A090.a.note-1``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from normalize.audit import Account
from normalize.ccl_blocks import (
    CONTROLS,
    ITEMS,
    LICENSE_EXCEPTIONS,
    LICENSE_REQUIREMENTS,
    SPECIAL_CONDITIONS,
    Found,
)
from normalize.ccl_headings import EntryHeading
from normalize.ccl_items import Path, common
from normalize.ccl_lines import Line
from normalize.ccl_note_writer import NoteWriter, note_key
from normalize.ccl_notes import NoteHeading, note_target
from normalize.ccl_steps import Step, steps
from normalize.ccl_tables import (
    add_control_line,
    add_control_rows,
    add_table,
    is_control_line,
    is_control_table,
)
from normalize.ccl_tree import Node, Tree, slug
from normalize.inline import inline_text
from normalize.table import read_table


def write_entry(tree: Tree, heading: EntryHeading, entry_lines: Sequence[Line], account: Account) -> None:
    """Adds the entry with this heading and these lines to the tree."""
    if tree.has(heading.code) and entry_lines:
        account.remark(entry_lines[0].element, f"a second entry {heading.code}")
    node = tree.add(None, heading.code, "entry", num=heading.num, heading=heading.words)
    _EntryWriter(tree, node, heading.code, account).write(steps(heading.code, entry_lines, account))


class _EntryWriter:
    """Writes the steps of one entry in order. Open at any time: a container of blocks, or the path of the last item, and the
    last note; ``here`` takes unlabelled paragraphs."""

    def __init__(self, tree: Tree, entry: Node, code: str, account: Account) -> None:
        self._tree = tree
        self._entry = entry
        self._code = code
        self._account = account
        self._container: Node | None = None
        self._kind = ""
        self._controls: Node | None = None
        self._items: dict[Path, Node] = {(): entry}
        self._path: Path = ()
        self._here = entry
        self._note: NoteWriter | None = None
        self._plain: NoteWriter | None = None

    def write(self, parts: list[Step]) -> None:
        following: dict[int, _Following] = {}
        for index, step in enumerate(parts):
            part = step.part
            if part == "item":
                self._item(step)
            elif part == "block" and step.block is not None:
                self._block(step.block)
            elif part == "note":
                coming = (following := following or _following(parts))[index]
                self._note_element(step, coming.path, inside=coming.plain_goes_on)
            elif part == "plain-note" and step.head is not None:
                coming = (following := following or _following(parts))[index]
                self._plain = self._note = self._open_note(step.head, "", coming.path)
                self._note.write(step.head.rest)
            elif part == "in-note" and self._plain is not None:
                self._plain.write(step.text, step.line.element)
                self._note = self._plain
            elif part == "table":
                self._table(step.line)
            elif part == "heading":
                self._close_note()
                eid = f"{self._entry.eid}.heading-{slug(step.text)}"
                self._here = self._tree.add(self._entry, eid, "heading", heading=step.text)
            elif part == "history":
                self._tree.add(
                    self._entry,
                    f"{self._entry.eid}.footnote",
                    "footnote",
                    text=inline_text(step.line.element),
                )
            else:
                self._text(step)

    # ── blocks ─────────────────────────────────────────────────────────────────────────────────────

    def _block(self, found: Found) -> None:
        self._note = self._plain = None
        block = found.block
        if not block.container:
            self._contain(block.key, found.label, found.rest)
            return
        excepts = block.container == LICENSE_EXCEPTIONS
        container = self._container
        # STA's own lines stand under "Special Conditions for STA", and are written like those of the other exceptions.
        fits = self._kind == block.container or (excepts and self._kind == SPECIAL_CONDITIONS)
        if container is None or not fits:
            container = self._contain(block.container)
        if block.key == CONTROLS:
            self._control_block(container, found)
            return
        eid = f"{container.eid if excepts else self._entry.eid}.{block.key}"
        unit = "license-exception" if excepts else block.key
        self._here = self._tree.add(container, eid, unit, "", found.label, found.rest)
        if block.key == ITEMS:
            self._container = None

    def _contain(self, key: str, label: str = "", text: str = "") -> Node:
        """Opens a container; one that the source does not print ("" for its label) takes up the last one of its kind."""
        if not label and self._entry.children and self._entry.children[-1].unit == key:
            self._container = self._entry.children[-1]
        else:
            self._container = self._tree.add(
                self._entry, f"{self._entry.eid}.{key}", key, heading=label, text=text
            )
            self._controls = None
        self._kind = key
        self._here = self._container
        return self._container

    def _control_block(self, container: Node, found: Found) -> None:
        """ "Control(s):" in prose. A second label ("Country Chart") goes on with the same block."""
        if self._controls is None:
            self._controls = self._tree.add(
                container, f"{self._entry.eid}.{CONTROLS}", CONTROLS, heading=found.label, text=found.rest
            )
        else:
            self._here.write(f"{found.label} {found.rest}".strip())
            return
        self._here = self._controls

    # ── items, text, tables ────────────────────────────────────────────────────────────────────────

    def _item(self, step: Step) -> None:
        self._note = self._plain = self._container = None
        path = step.path
        eid = ".".join((self._entry.eid, *path))
        printed = step.label.printed if step.label else ""
        above = self._items.get(path[:-1]) or self._under(path[:-1])
        self._here = self._items[path] = self._tree.add(above, eid, "item", printed, "", step.text)
        self._path = path

    def _text(self, step: Step) -> None:
        container = self._container if self._kind == LICENSE_REQUIREMENTS else None
        if container is not None and self._plain is None and is_control_line(step.text):
            if self._controls is None:
                self._controls = self._tree.add(container, f"{self._entry.eid}.{CONTROLS}", CONTROLS)
            self._here = add_control_line(self._tree, self._controls, step.text)
            return
        if self._note is not None and step.line.tag in ("img", "IMG", "GPH", "MATH"):
            self._note.here.write(step.text)  # a formula between two halves of a note
            return
        self._here.write(step.text)

    def _table(self, line: Line) -> None:
        table = read_table(line.element)
        before_items = self._path == () and self._kind in ("", LICENSE_REQUIREMENTS) and self._note is None
        if not before_items and not (is_control_table(table) and self._container is not None):
            here = self._note.here if self._note is not None else self._here
            add_table(self._tree, here, line.element, table)
            return
        container = self._container or self._contain(LICENSE_REQUIREMENTS)
        if self._controls is None:
            self._controls = self._tree.add(container, f"{self._entry.eid}.{CONTROLS}", CONTROLS)
        add_control_rows(self._tree, self._controls, table)
        self._here = container

    # ── notes ──────────────────────────────────────────────────────────────────────────────────────

    def _note_element(self, step: Step, following: Path | None, *, inside: bool) -> None:
        head = step.head or NoteHeading(step.text, step.text, "", "")
        if not step.text and self._note is not None:
            writer = self._note  # a NOTE without heading goes on with the note before the picture
        elif outer := self._around(step, inside=inside):
            above = outer.here
            node = self._tree.add(above, f"{above.eid}.{note_key(head.name)}", "note", heading=head.heading)
            writer = NoteWriter(self._tree, node, self._account, outer=outer)
        else:
            first = next((line.text for line in step.body if line.text), "")
            writer = self._open_note(head, first, following)
            self._plain = None
        writer.write(head.rest)
        writer.write_body(step.body)
        self._note = writer.active

    def _around(self, step: Step, *, inside: bool) -> NoteWriter | None:
        """The note that goes on after or inside this NOTE element, which therefore stands within it."""
        if inside and self._plain is not None:
            return self._plain
        return self._note if self._note is not None and self._note.resumes(step.body) else None

    def _open_note(self, head: NoteHeading, words: str, following: Path | None) -> NoteWriter:
        """The node of a note: under the block that is open, else under the item that its heading or its first words name.

        Never so deep or so high that the order of the document would change: it stays between the item before and the
        parent of the item after it.
        """
        if self._container is not None:
            parent, name = self._container, head.name or head.heading
        else:
            speaks_of = note_target(head, words, self._code)
            lowest = len(common((self._path, following[:-1]))) if following else 0
            wanted = self._path if speaks_of is None else common((self._path, speaks_of))
            path = self._path[: max(lowest, len(wanted))]
            parent = self._under(path)
            name = head.name if not head.target or speaks_of == path else head.heading
            self._path = path
        eid = f"{parent.eid}.{note_key(name or head.heading)}"
        node = self._tree.add(parent, eid, "note", heading=head.heading)
        return NoteWriter(self._tree, node, self._account)

    def _close_note(self) -> None:
        self._note = self._plain = None

    def _under(self, path: Path) -> Node:
        """The node of the nearest printed item at or above ``path``: levels that the source skips have none."""
        while path not in self._items:
            path = path[:-1]
        return self._items[path]


class _Following(NamedTuple):
    """What comes after a step: the path of the next item, and whether the plain note goes on behind the next NOTE elements."""

    path: Path | None
    plain_goes_on: bool


def _following(parts: list[Step]) -> dict[int, _Following]:
    """What comes after each note."""
    found: dict[int, _Following] = {}
    path: Path | None = None
    goes_on = False
    for index in range(len(parts) - 1, -1, -1):
        step = parts[index]
        part = step.part
        if part == "item":
            path, goes_on = step.path, False
        elif part == "note":
            found[index] = _Following(path, goes_on)
        else:
            if part == "plain-note":
                found[index] = _Following(path, goes_on)
            goes_on = part == "in-note"
    return found
