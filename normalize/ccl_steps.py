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

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from normalize.audit import Account
from normalize.ccl_blocks import ITEMS, Found
from normalize.ccl_items import Label, Path, Sequence, item_label
from normalize.ccl_lines import HEADING, NOTE, PARAGRAPH, TABLE, Line
from normalize.ccl_lists import Numbering, read_mark
from normalize.ccl_notes import NoteHeading, note_heading, note_parts, note_target
from normalize.ccl_openings import Opening, openings
from normalize.ccl_partial import LabelEvent, NoteEvent, Placement, placements


class Step(NamedTuple):
    """One line of an entry and what it is: ``block item note plain-note in-note heading table text history``.

    ``path`` is an item's place in the entry, ``label`` its label, ``body`` the blocks of a NOTE element.
    """

    part: str
    line: Line
    text: str
    path: Path = ()
    label: Label | None = None
    block: Found | None = None
    head: NoteHeading | None = None
    body: tuple[Line, ...] = ()


# A line, or a part of one, before its role is decided.
_Piece = tuple[Line, Opening]


def steps(code: str, entry_lines: Iterable[Line], account: Account) -> list[Step]:
    """The parts of the entry ``code``, in order."""
    pieces = [(line, opening) for line in entry_lines for opening in openings(line.text)]
    return _Parting(code, pieces, account).steps()


def _slanted(piece: _Piece) -> bool:
    line, opening = piece
    return line.slanted and not opening.behind


class _Parting:
    """Goes through the pieces of an entry once and says what each is."""

    def __init__(self, code: str, pieces: list[_Piece], account: Account) -> None:
        self._code = code
        self._pieces = pieces
        self._account = account
        # Labelled paragraphs are items behind "Items:" (anywhere, where an entry has no such line), and before the first block.
        self._start, self._first_block = -1, len(pieces)
        bare: list[int] = []
        for index, (line, opening) in enumerate(pieces):
            if (label := opening.label) is not None:
                if label.path[0].isdigit() and (opening.behind or not line.slanted):
                    bare.append(index)
            elif (found := opening.block) is not None:
                self._first_block = min(self._first_block, index)
                if found.block.key == ITEMS and self._start < 0:
                    self._start = index
        self._twice: set[Path] = set()
        self._items = Sequence()
        # Labels among the items print only their last level, where one of them is a bare number.
        self._placements = self._partial() if any(map(self._among_items, bare)) else {}
        self._note: Numbering | None = None
        self._note_slanted = False
        self._note_announces = False
        self._steps: list[Step] = []

    @cached_property
    def _last_upright(self) -> dict[Path, int]:
        """Where each label stands upright for the last time."""
        return {
            piece[1].label.path: index
            for index, piece in enumerate(self._pieces)
            if piece[1].label is not None and not _slanted(piece)
        }

    def _among_items(self, index: int) -> bool:
        return index > self._start or index < self._first_block

    def _partial(self) -> dict[int, Placement]:
        """The placement of each upright label among the items, all weighed together."""
        events: list[LabelEvent | NoteEvent] = []
        places: list[int] = []
        for index, piece in enumerate(self._pieces):
            line, opening = piece
            if opening.label is not None and self._among_items(index) and not _slanted(piece):
                marked = read_mark(opening.text)
                events.append(LabelEvent(opening.label, opening.words, marked[0] if marked else None))
                places.append(index)
            elif opening.head is not None:
                target = note_target(opening.head, "", self._code)
                announces = opening.text.endswith(":") or not opening.head.rest
                events.append(NoteEvent(True, target or (), announces))
            elif opening.block is not None or line.kind in (NOTE, HEADING):
                events.append(NoteEvent(False, ()))
        return dict(zip(places, placements(events), strict=True))

    def steps(self) -> list[Step]:
        add = self._steps.append
        for index, piece in enumerate(self._pieces):
            if piece[0].kind is NOTE:
                self._note_element(index, piece[0])
            else:
                add(self._step(index, piece))
        return self._steps

    def _step(self, index: int, piece: _Piece) -> Step:
        line, opening = piece
        if opening.block is not None:
            self._note = None
            return Step("block", line, opening.text, (), None, opening.block)
        if opening.label is not None:
            return self._labelled(index, piece, opening.label)
        if opening.head is not None:
            return self._open_note(piece, opening.head)
        if line.kind is PARAGRAPH:
            return self._unlabelled(piece)
        if line.kind is HEADING:
            self._note = None
            return Step("heading", line, opening.text)
        return Step("table" if line.kind is TABLE else "history", line, "")

    def _labelled(self, index: int, piece: _Piece, label: Label) -> Step:
        line, opening = piece
        if self._first_block <= index <= self._start:
            return self._in_note(piece) if self._note is not None else Step("text", line, opening.text)
        if self._note is not None and _slanted(piece):
            return self._in_note(piece)
        placement = self._placements.get(index) if self._placements else None
        if placement is None:
            path, forced = label.path, not self._items.is_free(label)
            if self._note is not None and (forced or self._note_takes(index, piece, label)):
                return self._in_note(piece)
        elif placement.in_note:
            return self._in_note(piece)
        else:
            path, forced = placement.path, placement.forced
        self._note = None
        if forced:
            if label.path[0].isdigit():
                return Step("text", line, opening.text)
            if label.path not in self._twice:
                self._twice.add(label.path)
                self._account.remark(
                    line.element, f"the label {label.printed!r} stands twice in {self._code}"
                )
        self._items.take(path, label)
        return Step("item", line, opening.words, _ranged(path, label) if label.last else path, label)

    def _note_takes(self, index: int, piece: _Piece, label: Label) -> bool:
        """Whether the open note's list goes on with this upright label, although an item could stand there."""
        marked = read_mark(piece[1].text)
        if marked is None or self._note is None:
            return False
        mark = marked[0]
        first = mark.parts[-1] in ("a", "1") and self._note_announces and not self._note.levels
        if not (first or self._note.continues(mark)):
            return False
        return self._last_upright.get(label.path, -1) > index

    def _unlabelled(self, piece: _Piece) -> Step:
        line, text = piece[0], piece[1].text
        if self._note is not None and (line.slanted or not self._note_slanted):
            return self._in_note(piece)
        if line.slanted and self._start >= 0 and self._items.path and _all_italic(line):
            announces = text.endswith(":")
            head = NoteHeading(text if announces else "", text if announces else "note", "", "")
            return self._open_note(piece, head if announces else head._replace(rest=text))
        self._note = None
        return Step("text", line, text)

    def _in_note(self, piece: _Piece) -> Step:
        line, text = piece[0], piece[1].text
        marked = read_mark(text)
        if marked is not None and self._note is not None:
            self._note.take(marked[0])
        self._note_announces = text.endswith(":")
        return Step("in-note", line, text)

    def _open_note(self, piece: _Piece, head: NoteHeading) -> Step:
        line, text = piece[0], piece[1].text
        self._note = Numbering()
        self._note_slanted = line.slanted
        self._note_announces = text.endswith(":")
        return Step("plain-note", line, text, head=head)

    def _note_element(self, index: int, line: Line) -> None:
        heading, body = note_parts(line.element, self._account)
        escaped = self._escaped(body) if self._among_items(index) else len(body)
        self._steps.append(
            Step("note", line, heading, head=note_heading(heading), body=tuple(body[:escaped]))
        )
        if escaped == len(body):
            return
        self._note = None
        self._account.remark(
            body[escaped].element,
            f"{body[escaped].text[:40]!r} stands in a note, but is the next item of the entry and is read as that",
        )
        for inner in body[escaped:]:
            self._steps += [self._step(index, (inner, opening)) for opening in openings(inner.text)]

    def _escaped(self, body: list[Line]) -> int:
        """Where in a NOTE element the next item of the entry stands by a mistake of the markup (1C001.b and 6A002.a.3 on
        2026-06-24): the first upright paragraph after italic ones whose label follows the last item, and not the note's own
        list. Its length where there is none."""
        italic = False
        own = Numbering()
        for index, line in enumerate(body):
            if line.kind is PARAGRAPH and (marked := read_mark(line.text)):
                mark = marked[0]
                if italic and not line.slanted and not own.continues(mark):
                    label = item_label(line.text)
                    if label and self._items.follows(label[0]):
                        return index
                own.take(mark)
            italic = italic or line.slanted
        return len(body)


def _all_italic(line: Line) -> bool:
    """Whether a paragraph has no upright word."""
    return line.slanted and not any((child.tail or "").strip() for child in line.element)


def _ranged(path: Path, label: Label) -> Path:
    """The path of a range of items, whose last level names both ends: ``b-d``."""
    return (*path[:-1], f"{path[-1]}-{label.last[-1]}")
