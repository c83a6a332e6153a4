"""An entry's lines, each with the part it plays: a block, an item, a note, a line of a note, a table, a heading, plain text.

Where a plain note ends (one that is no NOTE element) is decided by these rules, in this order:

``a block or heading ends it``
``italics stay``         an italic paragraph in an open note belongs to it, labelled or not
``labels that go on``    an upright label that the note's list could take, and that comes again later as a label of the
                         entry, is the note's (the later one is the item)
``items end it``         any other upright label with a free place among the items
``taken labels stay``    an upright label whose place is taken
``same face stays``      an unlabelled paragraph in the note's own face

An unlabelled paragraph in italics among the items, with no note open, is a note without the word: its text is the heading where
it ends with a colon ("Accompanying Technical Information to Table …:" in 2E003).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from normalize.audit import Account
from normalize.ccl_blocks import ITEMS, LIST_OF_ITEMS, Found, block_label, unfused
from normalize.ccl_items import Label, Path, Sequence, item_label
from normalize.ccl_lines import HEADING, NOTE, PARAGRAPH, TABLE, Line
from normalize.ccl_lists import Numbering, read_mark
from normalize.ccl_notes import NoteHeading, note_heading, note_parts, note_target
from normalize.ccl_partial import LabelEvent, NoteEvent, Placement, placements


class Step(NamedTuple):
    """One line of an entry and what it is: ``block item note plain-note in-note heading table text history``.

    ``path`` is an item's place in the entry, ``label`` its label, ``body`` the blocks of a NOTE element.
    """

    part: str
    line: Line
    text: str
    block: Found | None = None
    path: Path = ()
    label: Label | None = None
    head: NoteHeading | None = None
    body: tuple[Line, ...] = ()


class _Piece(NamedTuple):
    """A line before its part is decided: what its first words could be."""

    line: Line
    text: str
    block: Found | None
    head: NoteHeading | None
    label: Label | None
    words: str


def steps(code: str, entry_lines: Iterable[Line], account: Account) -> list[Step]:
    """The parts of the entry ``code``, in order."""
    pieces = [piece for line in entry_lines for piece in _pieces(line)]
    return list(_Parting(code, pieces, account).steps())


def _pieces(line: Line) -> list[_Piece]:
    if line.kind not in (PARAGRAPH, HEADING):
        return [_Piece(line, "", None, None, None, "")]
    text = line.text
    if labelled := item_label(text):
        return [_Piece(line, text, None, None, *labelled)]
    parts = unfused(text)
    if len(parts) > 1:
        return [piece for part in parts for piece in _pieces(line._replace(text=part))]
    block = block_label(text)
    if block is None:
        return [_Piece(line, text, None, note_heading(text), None, text)]
    behind = item_label(block.rest) if block.block.key in (ITEMS, LIST_OF_ITEMS) else None
    if behind is None:
        return [_Piece(line, text, block, None, None, block.rest)]
    upright = line._replace(text=block.rest, slanted=False)
    return [
        _Piece(line, text, block._replace(rest=""), None, None, ""),
        _Piece(upright, block.rest, None, None, *behind),
    ]


class _Parting:
    """Goes through the pieces of an entry once and says what each is."""

    def __init__(self, code: str, pieces: list[_Piece], account: Account) -> None:
        self._code = code
        self._pieces = pieces
        self._account = account
        blocks = [(index, piece.block.block.key) for index, piece in enumerate(pieces) if piece.block]
        # Labelled paragraphs are items behind "Items:" (anywhere, where an entry has no such line), and before the first block.
        self._start = next((index for index, key in blocks if key == ITEMS), -1)
        self._first_block = blocks[0][0] if blocks else len(pieces)
        self._last_upright = {
            piece.label.path: index
            for index, piece in enumerate(pieces)
            if piece.label is not None and not piece.line.slanted
        }
        self._twice: set[Path] = set()
        self._items = Sequence()
        self._placements = self._partial() if self._is_partial() else {}
        self._note: Numbering | None = None
        self._note_slanted = False
        self._note_announces = False

    def _among_items(self, index: int) -> bool:
        return index > self._start or index < self._first_block

    def _is_partial(self) -> bool:
        """Whether labels among the items print only their last level: one that is a bare number says so."""
        return any(
            piece.label is not None
            and piece.label.path[0].isdigit()
            and not piece.line.slanted
            and self._among_items(index)
            for index, piece in enumerate(self._pieces)
        )

    def _partial(self) -> dict[int, Placement]:
        """The placement of each upright label among the items, all weighed together."""
        events: list[LabelEvent | NoteEvent] = []
        places: list[int] = []
        for index, piece in enumerate(self._pieces):
            if piece.label is not None and self._among_items(index) and not piece.line.slanted:
                marked = read_mark(piece.text)
                events.append(LabelEvent(piece.label, piece.words, marked[0] if marked else None))
                places.append(index)
            elif piece.head is not None:
                target = note_target(piece.head, "", self._code)
                announces = piece.text.endswith(":") or not piece.head.rest
                events.append(NoteEvent(True, target or (), announces))
            elif piece.block is not None or piece.line.kind in (NOTE, HEADING):
                events.append(NoteEvent(False, ()))
        return dict(zip(places, placements(events), strict=True))

    def steps(self) -> Iterator[Step]:
        for index, piece in enumerate(self._pieces):
            if piece.line.kind == NOTE:
                yield from self._note_element(index, piece.line)
            else:
                yield self._step(index, piece)

    def _step(self, index: int, piece: _Piece) -> Step:
        line, text = piece.line, piece.text
        if piece.block is not None:
            self._note = None
            return Step("block", line, text, block=piece.block)
        if piece.label is not None:
            return self._labelled(index, piece, piece.label)
        if piece.head is not None:
            return self._open_note(piece, piece.head)
        if line.kind == PARAGRAPH:
            return self._unlabelled(piece)
        if line.kind == HEADING:
            self._note = None
            return Step("heading", line, text)
        return Step("table" if line.kind == TABLE else "history", line, "")

    def _labelled(self, index: int, piece: _Piece, label: Label) -> Step:
        if not self._among_items(index):
            return self._in_note(piece) if self._note is not None else Step("text", piece.line, piece.text)
        if self._note is not None and piece.line.slanted:
            return self._in_note(piece)
        placement = self._placements.get(index)
        if placement is None:
            free = self._items.is_free(label)
            if self._note is not None and (not free or self._note_takes(index, piece, label)):
                return self._in_note(piece)
            placement = Placement(label.path, forced=not free)
        elif placement.in_note:
            return self._in_note(piece)
        self._note = None
        if placement.forced:
            if label.path[0].isdigit():
                return Step("text", piece.line, piece.text)
            if label.path not in self._twice:
                self._twice.add(label.path)
                self._account.remark(
                    piece.line.element, f"the label {label.printed!r} stands twice in {self._code}"
                )
        self._items.take(placement.path, label)
        return Step("item", piece.line, piece.words, path=_ranged(placement.path, label), label=label)

    def _note_takes(self, index: int, piece: _Piece, label: Label) -> bool:
        """Whether the open note's list goes on with this upright label, although an item could stand there."""
        marked = read_mark(piece.text)
        if marked is None or self._note is None:
            return False
        mark = marked[0]
        first = mark.parts[-1] in ("a", "1") and self._note_announces and not self._note.levels
        if not (first or self._note.continues(mark)):
            return False
        return self._last_upright.get(label.path, -1) > index

    def _unlabelled(self, piece: _Piece) -> Step:
        if self._note is not None and (piece.line.slanted or not self._note_slanted):
            return self._in_note(piece)
        if self._start >= 0 and self._items.path and _all_italic(piece.line):
            announces = piece.text.endswith(":")
            head = NoteHeading(piece.text if announces else "", piece.text if announces else "note", "", "")
            return self._open_note(piece, head if announces else head._replace(rest=piece.text))
        self._note = None
        return Step("text", piece.line, piece.text)

    def _in_note(self, piece: _Piece) -> Step:
        marked = read_mark(piece.text)
        if marked is not None and self._note is not None:
            self._note.take(marked[0])
        self._note_announces = piece.text.endswith(":")
        return Step("in-note", piece.line, piece.text)

    def _open_note(self, piece: _Piece, head: NoteHeading) -> Step:
        self._note = Numbering()
        self._note_slanted = piece.line.slanted
        self._note_announces = piece.text.endswith(":")
        return Step("plain-note", piece.line, piece.text, head=head)

    def _note_element(self, index: int, line: Line) -> Iterator[Step]:
        heading, body = note_parts(line.element, self._account)
        escaped = self._escaped(body) if self._among_items(index) else len(body)
        yield Step("note", line, heading, head=note_heading(heading), body=tuple(body[:escaped]))
        if escaped == len(body):
            return
        self._note = None
        self._account.remark(
            body[escaped].element,
            f"{body[escaped].text[:40]!r} stands in a note, but is the next item of the entry and is read as that",
        )
        for inner in body[escaped:]:
            for piece in _pieces(inner):
                yield self._step(index, piece)

    def _escaped(self, body: list[Line]) -> int:
        """Where in a NOTE element the next item of the entry stands by a mistake of the markup (1C001.b and 6A002.a.3 on
        2026-06-24): the first upright paragraph after italic ones whose label follows the last item, and not the note's own
        list. Its length where there is none."""
        italic = False
        own = Numbering()
        for index, line in enumerate(body):
            marked = read_mark(line.text) if line.kind == PARAGRAPH else None
            if italic and marked and not line.slanted and not own.continues(marked[0]):
                label = item_label(line.text)
                if label and self._items.follows(label[0]):
                    return index
            italic = italic or line.slanted
            if marked:
                own.take(marked[0])
        return len(body)


def _all_italic(line: Line) -> bool:
    """Whether a paragraph has no upright word."""
    return line.slanted and not any((child.tail or "").strip() for child in line.element)


def _ranged(path: Path, label: Label) -> Path:
    """The path of an item; of a range the last level names both ends: ``b-d``."""
    return (*path[:-1], f"{path[-1]}-{label.last[-1]}") if label.last else path
