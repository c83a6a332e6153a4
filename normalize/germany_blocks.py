"""The content of one norm as provisions: Absätze, Nummern and Buchstaben, notes, headings, tables, citation lines."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from normalize.draft import Draft
from normalize.eids import slug
from normalize.germany_marks import (
    DEFINITION,
    PARAGRAPH,
    heading_rank,
    item_segment,
    list_number,
    note_segment,
)
from normalize.germany_markup import is_bold, is_italic_list, pieces
from normalize.germany_tables import table_draft
from normalize.inline import inline_text, tag_of


@dataclass(slots=True, kw_only=True)
class Content:
    """Fills ``norm`` from the blocks of its content. In an annex, headings open groups that hold what follows them."""

    norm: Draft
    annex: bool
    groups: list[tuple[int, Draft]] = field(default_factory=list)

    @property
    def container(self) -> Draft:
        """What a block at the top belongs to: the last heading, or the norm itself."""
        return self.groups[-1][1] if self.groups else self.norm

    def read(self, content: etree._Element) -> None:
        """Reads all blocks of a ``Content``, in order."""
        self._text(content.text)
        for block in content:
            tag = tag_of(block)
            if tag in ("P", "pre"):
                self._paragraph(block)
            elif tag == "Title":
                self._heading(block, titled=True)
            elif tag == "DL":
                self._list(block, self.container)
            elif tag == "table":
                self._last_paragraph().add(table_draft(block))
            else:
                for piece in pieces(block):
                    self._loose(piece, self.container)
            self._text(block.tail)

    # ── paragraphs and headings ────────────────────────────────────────────────────────────────────

    def _text(self, text: str | None) -> None:
        if text and text.strip():
            self._loose(" ".join(text.split()), self.container)

    def _paragraph(self, block: etree._Element) -> None:
        if self.annex and is_bold(block):
            self._heading(block, titled=False)
            return
        parts = list(pieces(block))
        owner: Draft | None = None
        for part in parts:
            if isinstance(part, str):
                if owner is not None and owner.children:
                    _closing(owner, part)
                elif owner is not None:
                    owner.text = f"{owner.text}\n{part}" if owner.text else part
                else:
                    owner = self._opened(part)
            elif part.tag == "DL":
                self._list(part, owner if owner is not None else self._last_paragraph())
            elif part.tag == "table":
                (owner if owner is not None else self._last_paragraph()).add(table_draft(part))
            else:
                self._loose(part, owner if owner is not None else self.container)

    def _opened(self, text: str) -> Draft:
        """The provision that a paragraph's first words open: an Absatz, a definition, or the norm's own text."""
        container = self.container
        if found := PARAGRAPH.match(text):
            number = found.group(1)
            words = text[found.end() :]
            return container.add(Draft(segment=number, unit="paragraph", num=f"({number})", text=words))
        if self.annex and (found := DEFINITION.match(text)):
            term = slug(found["term"], words=8) or "begriff"
            return container.add(Draft(segment=term, unit="definition", text=text, quiet=True))
        if not container.text and not container.children:
            container.text = text
            return container
        return container.add(Draft(segment=slug(text[:120]) or "text", unit="text", text=text, quiet=True))

    def _last_paragraph(self) -> Draft:
        """What a list or table that stands alone belongs to: the Absatz before it, in a norm that has Absätze."""
        container = self.container
        if not self.annex and container.children and container.children[-1].unit == "paragraph":
            return container.children[-1]
        return container

    def _heading(self, block: etree._Element, *, titled: bool, num: str = "") -> None:
        words = " ".join(inline_text(block).split())
        if not words and not num:
            return
        rank = heading_rank(num or words, titled=titled)
        while self.groups and self.groups[-1][0] >= rank:
            self.groups.pop()
        segment = slug(num) if num and len(num) > 2 else f"teil-{num.lower()}" if num else slug(words)
        group = Draft(
            segment=segment or "titel", unit="heading", num=num, heading=words, place=block, quiet=True
        )
        self.container.add(group)
        self.groups.append((rank, group))

    # ── lists ──────────────────────────────────────────────────────────────────────────────────────

    def _list(self, block: etree._Element, owner: Draft) -> None:
        at_top = owner is self.container or owner is self.norm
        mark: etree._Element | None = None
        for child in block:
            tag = tag_of(child)
            if tag == "DT":
                if mark is not None:
                    self._item(mark, None, owner, at_top)
                mark = child
            elif tag == "DD":
                self._item(mark, child, owner, at_top)
                mark = None
            else:
                for piece in pieces(child):
                    self._loose(piece, owner)
            if child.tail and child.tail.strip():
                _closing(self.container if at_top else owner, " ".join(child.tail.split()))
        if mark is not None:
            self._item(mark, None, owner, at_top)

    def _item(
        self, mark: etree._Element | None, body: etree._Element | None, owner: Draft, at_top: bool
    ) -> None:
        num = inline_text(mark) if mark is not None else ""
        if at_top:
            owner = self.container
        elif owner.children and _is_closing(owner.children[-1]) and num:
            owner = owner.children[-1]  # the words after a first list introduce the second
        if not num:
            # Lists without marks are layout: what they hold stands where they stand.
            if body is not None:
                self._unmarked(body, owner, at_top)
            return
        only = body[0] if body is not None and len(body) == 1 and body[0].tag == "LA" else None
        if (
            self.annex
            and at_top
            and mark is not None
            and is_bold(mark)
            and only is not None
            and is_bold(only)
        ):
            self._heading(only, titled=False, num=num)
            return
        if self.annex and at_top and (number := list_number(num)):
            draft = Draft(segment=number, unit="entry", num=num, absolute=True)
        elif note := note_segment(num):
            draft = Draft(segment=note, unit="note", num=num, quiet=True)
        else:
            segment = item_segment(num)
            draft = Draft(segment=segment, unit="item", num=num, quiet=segment in ("strich", "punkt"))
        draft.place = mark
        owner.add(draft)
        if body is not None:
            self._body(body, draft)

    def _unmarked(self, body: etree._Element, owner: Draft, at_top: bool) -> None:
        for line in body:
            if self.annex and at_top and is_bold(line):
                self._heading(line, titled=False)
                continue
            for piece in pieces(line):
                if not isinstance(piece, str) and piece.tag == "DL":
                    self._list(piece, self.container if at_top else owner)
                else:
                    self._loose(piece, self.container if at_top else owner)
        self._strays(body, owner)

    def _body(self, body: etree._Element, draft: Draft) -> None:
        """The lines (``LA``) of an item. A line that only names a note opens it; the note goes on to the end of the item, or to a
        list that is not set like a note."""
        note: Draft | None = None
        for line in body:
            parts = list(pieces(line)) if tag_of(line) not in ("DL", "table") else [line]
            if len(parts) == 1 and isinstance(parts[0], str) and (segment := note_segment(parts[0])):
                note = draft.add(Draft(segment=segment, unit="note", heading=parts[0], quiet=True))
                continue
            for part in parts:
                if isinstance(part, str):
                    _append(note if note is not None else draft, part)
                elif part.tag == "DL":
                    if note is not None and not is_italic_list(part):
                        note = None
                    self._list(part, note if note is not None else draft)
                else:
                    self._loose(part, note if note is not None else draft)
        self._strays(body, draft)

    def _strays(self, body: etree._Element, draft: Draft) -> None:
        for text in (body.text, *(line.tail for line in body)):
            if text and text.strip():
                _append(draft, " ".join(text.split()))

    def _loose(self, piece: str | etree._Element, owner: Draft) -> None:
        """A run of words or a block that has no mark of its own."""
        if isinstance(piece, str):
            if owner is self.norm or any(owner is group for _, group in self.groups):
                self._opened(piece)
            else:
                _append(owner, piece)
        elif piece.tag == "table":
            owner.add(table_draft(piece))
        elif piece.tag == "kommentar":
            kind = slug(piece.get("typ", "")) or "kommentar"
            owner.add(Draft(segment=kind, unit="citation", text=inline_text(piece), place=piece, quiet=True))
        elif piece.tag == "DL":
            self._list(piece, owner)
        elif piece.tag == "Title":
            self._heading(piece, titled=True)
        else:
            for part in pieces(piece):
                self._loose(part, owner)


def _append(draft: Draft, text: str) -> None:
    """Adds a line to a provision: to its own words, or after its items as the words that close it."""
    if draft.children and draft.children[-1].unit != "citation":
        _closing(draft, text)
    else:
        draft.text = f"{draft.text}\n{text}" if draft.text else text


def _closing(draft: Draft, text: str) -> None:
    """Words after the items of a list are cited by the item they follow: Satzteil nach Nummer 3 is ``nach-3``."""
    last = draft.children[-1] if draft.children else None
    if last is not None and _is_closing(last):
        _append(last, text)
        return
    after = last.segment.rsplit(".", 1)[-1] if last is not None else "text"
    draft.add(Draft(segment=f"nach-{after}", unit="text", text=text, quiet=True))


def _is_closing(draft: Draft) -> bool:
    return draft.unit == "text" and draft.segment.startswith("nach-")
