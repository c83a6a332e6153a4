"""Writes notes into the tree: labelled paragraphs as children, others as lines of the paragraph before them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from lxml import etree

from normalize.audit import Account
from normalize.ccl_lines import HEADING, PARAGRAPH, TABLE, Line
from normalize.ccl_lists import Mark, Numbering, is_first, read_mark
from normalize.ccl_notes import NoteHeading, note_heading
from normalize.ccl_tables import add_table
from normalize.ccl_tree import Node, Tree, slug
from normalize.inline import inline_text


class NoteWriter:
    """The paragraphs of one note, under its node.

    ``outer`` is the note before it where the source lets its list go on inside this one (5A002: a technical note stands between
    a.1 and a.2 of Note 2, and "a.2" stands in its element): what this note's list cannot take and the other's can is written there.
    """

    def __init__(
        self,
        tree: Tree,
        node: Node,
        account: Account,
        *,
        unit: str = "paragraph",
        outer: NoteWriter | None = None,
    ) -> None:
        self._tree = tree
        self._node = node
        self._account = account
        self._unit = unit
        self._outer = outer
        self._resumed = False
        self._here = node
        self._paragraph = node  # what a note in the note belongs to
        self._inner: NoteWriter | None = None
        self._numbering = Numbering()
        self._nodes: dict[tuple[str, ...], Node] = {}

    @property
    def active(self) -> NoteWriter:
        """The note that takes the next paragraph: this one, or the outer one once its list has gone on."""
        return self._outer.active if self._resumed and self._outer is not None else self

    @property
    def here(self) -> Node:
        """The paragraph written last, the note itself before the first."""
        return self.active._here

    def resumes(self, body: Sequence[Line]) -> bool:
        """Whether in another note with these paragraphs the list of this one goes on."""
        inner = Numbering()
        for line in body:
            marked = read_mark(line.text) if line.kind == PARAGRAPH else None
            if marked is None:
                continue
            if not inner.fits(marked[0]):
                return self._numbering.continues(marked[0])
            inner.take(marked[0])
        return False

    def write(self, text: str, place: etree._Element | None = None) -> None:
        """One paragraph."""
        if self._resumed and (active := self.active) is not self:
            active.write(text, place)
            return
        marked = read_mark(text)
        if marked is None:
            self._here.write(text)
            return
        mark, rest = marked
        if self._inner is not None and self._inner.takes(mark):
            self._inner.write(text, place)
            self._here = self._inner.here
            return
        self._inner = None
        if (
            self._outer is not None
            and not self._numbering.fits(mark)
            and self._outer._numbering.continues(mark)
        ):
            self._resumed = True
            self.active.write(text, place)
            return
        self._labelled(mark, rest, place)

    def takes(self, mark: Mark) -> bool:
        """Whether the list of this note goes on with ``mark``, or its text announces one that begins so."""
        if self._numbering.levels:
            return self._numbering.fits(mark)
        return is_first(mark) and self._here.announces

    def _labelled(self, mark: Mark, rest: str, place: etree._Element | None) -> None:
        fits = self._numbering.fits(mark)
        path = self._numbering.take(mark)
        if not fits and not is_first(mark) and place is not None:
            self._account.remark(place, f"{mark.printed!r} follows nothing in the list of {self._node.eid}")
        above = (path[:size] for size in range(len(path) - 1, 0, -1))
        parent = next((self._nodes[prefix] for prefix in above if prefix in self._nodes), self._node)
        eid = f"{self._node.eid}.{'.'.join(path)}"
        self._here = self._tree.add(parent, eid, self._unit, num=mark.printed, text=rest)
        self._nodes[path] = self._paragraph = self._here

    def write_note(self, head: NoteHeading) -> None:
        """A note inside the note, under the paragraph that it follows."""
        active = self.active
        above = active._paragraph
        eid = f"{above.eid}.{note_key(head.name)}"
        node = self._tree.add(above, eid, "note", heading=head.heading, text=head.rest)
        active._here = node
        active._inner = NoteWriter(self._tree, node, self._account)

    def write_body(self, body: Sequence[Line]) -> None:
        """The blocks of a NOTE element; one that begins with a heading of a note is a note in the note."""
        for line in body:
            if line.kind in (PARAGRAPH, HEADING):
                head = note_heading(line.text)
                if head and (head.rest or head.target):
                    self.write_note(head)
                else:
                    self.write(line.text, line.element)
            elif line.kind == TABLE:
                add_table(self._tree, self.here, line.element)
            else:
                self.write(inline_text(line.element), line.element)


@lru_cache(maxsize=1024)
def note_key(name: str) -> str:
    """The last part of a note's address: ``Technical Note 1:`` → ``technical-note-1``, ``N.B.`` → ``nb``, ``2.`` → ``note-2``."""
    made = slug(name.replace("N.B.", "NB").replace("n.b.", "nb"))
    return f"note-{made}" if made.isdigit() else made or "note"
