"""One paper's elements as a tree: preamble blocks, headings nested by their level, amendments with the text they set."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from normalize.audit import Account
from normalize.federal_register_nodes import Node, slug
from normalize.federal_register_tables import table_node
from normalize.federal_register_vocabulary import (
    INLINE,
    KNOWN,
    PAPERS,
    PICTURES,
    PREAMBLE,
    PREAMBLE_HEADINGS,
    TRANSPARENT,
    UNITS,
)
from normalize.inline import inline_text

STARS = "* * * * *"

#: What ends a heading or an amendment that is still open beside it.
_CLOSING = frozenset("SIG LSTSUB LISTSUB REGTEXT FRDOC FILED SUPLINF PREAMHD PRIACT".split())
#: Blocks whose first heading is another heading, not their own.
_NO_HEADING = frozenset({"REGTEXT", "SECTION", "EXTRACT", "SIG", *PAPERS, *TRANSPARENT})
#: What is never one paragraph: its place in the text is an address of its own.
_STRUCTURES = frozenset({"SECTION", "REGTEXT", "SUPLINF", "EXTRACT", "CONTENTS", *PAPERS, *TRANSPARENT})
#: Text in which a picture is a token of the line.
_LINES = frozenset({"P", "FP", "HD", "AMDPAR", "SUBJECT"})
_BLOCKS = KNOWN - INLINE

_AMENDMENT = 0.2  # the rank of a numbered instruction; its lettered and roman parts come below, headings of its text below those
_LETTERED, _ROMAN = 0.3, 0.4
_DEEPEST = 9.0
_RANKS = {"HED": 0.0, "HED1": 0.5, "HD1": 1.0, "THED": 0.0, "TSECT": 1.0}

_MARK = re.compile(r"(\([0-9A-Za-z]{1,5}\))\s+")
_NUMBERED = re.compile(r"(\d{1,3}\.|[a-z]{1,4}\.)\s+")
_ROMAN_ONLY = re.compile(r"[ivx]+")
_FOOTNOTE = re.compile(r"\^(?:\{([^}]+)\}|([0-9A-Za-z*†‡§#]+))\s*")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_SECTION_NUMBER = re.compile(r"[^\s§]+")


@dataclass(slots=True)
class _Frame:
    """An element that is being read: the node its content goes to, and the headings and amendments open in it."""

    tag: str
    node: Node
    content: Iterator[etree._Element]
    open: list[tuple[float, Node]] = field(default_factory=list)
    resume: Node | None = None  # after a footnote: the text that the next footnote belongs to

    def parent(self) -> Node:
        return self.open[-1][1] if self.open else self.node

    def close(self, rank: float) -> None:
        while self.open and self.open[-1][0] >= rank:
            self.open.pop()

    def content_parent(self) -> Node:
        """Where text goes: under the numbered instruction rather than under its last lettered part."""
        while self.open and self.open[-1][0] in (_LETTERED, _ROMAN):
            self.open.pop()
        return self.parent()


def paper_nodes(paper: etree._Element, account: Account) -> list[Node]:
    """The nodes of a prepared ``paper`` (see ``normalize.federal_register_markup``), in document order."""
    return _Body(account).read(paper)


class _Body:
    def __init__(self, account: Account) -> None:
        self._account = account
        self._stack: list[_Frame] = []
        self._last_text: Node | None = None  # what a footnote belongs to

    def read(self, paper: etree._Element) -> list[Node]:
        root = Node(unit="paper")
        self._enter(paper, root)
        while self._stack:
            frame = self._stack[-1]
            element = next(frame.content, None)
            if element is None:
                self._leave(self._stack.pop())
            else:
                self._block(frame, element)
        return root.children

    # ── elements that hold others ──────────────────────────────────────────────────────────────────

    def _enter(self, element: etree._Element, node: Node) -> None:
        """Opens ``element`` with ``node`` for its content; its own direct text becomes the node's."""
        pictures = frozenset() if element.tag in _LINES else PICTURES
        held = [
            child for child in element if child.tag in _BLOCKS and (child.tag not in PICTURES or pictures)
        ]
        text = _direct_text(element, without=frozenset(child.tag for child in held))
        if text:
            self._say(element, node, text)
        self._stack.append(_Frame(tag=str(element.tag), node=node, content=iter(held)))

    def _say(self, element: etree._Element, node: Node, text: str) -> None:
        if element.tag in _LINES or not any(child.tag in _BLOCKS for child in element):
            node.text = text
            return
        self._account.remark(element, "text that stands outside of its paragraphs is read before them")
        node.children.append(Node(unit="paragraph", text=text))

    def _leave(self, frame: _Frame) -> None:
        node = frame.node
        if frame.tag == "FTNT":
            _number_footnote(node)
            self._last_text = frame.resume
        elif (
            frame.tag not in _STRUCTURES
            and (lifted := node.lift_only_paragraph())
            and lifted is self._last_text
        ):
            self._last_text = node

    # ── one element ────────────────────────────────────────────────────────────────────────────────

    def _block(self, frame: _Frame, element: etree._Element) -> None:
        tag = str(element.tag)
        if tag in _CLOSING or (tag == "BILCOD" and frame.tag != "SUPLINF"):
            frame.close(0.0)
        if tag == "HD":
            self._heading(frame, element)
        elif tag == "AMDPAR":
            self._amendment(frame, element)
        elif tag == "STARS":
            frame.content_parent().children.append(Node(unit="stars", text=STARS))
        elif tag == "GPOTABLE":
            frame.content_parent().children.append(table_node(element, self._account))
        elif tag == "FTNT":
            self._footnote(frame, element)
        elif tag == "SECTNO":
            self._section_number(frame, element)
        elif tag == "SUBJECT" and self._takes_subject(frame, element):
            pass
        elif tag in TRANSPARENT and any(child.tag in _BLOCKS for child in element):
            self._transparent(frame, element)
        elif frame.tag == "SIG":
            self._line(frame, element)
        else:
            self._provision(frame, element)

    def _transparent(self, frame: _Frame, element: etree._Element) -> None:
        """Its content is read as that of what encloses it."""
        held = [child for child in element if child.tag in _BLOCKS]
        if text := _direct_text(element, without=frozenset(child.tag for child in held)):
            self._account.remark(element, "text that stands outside of its paragraphs is read before them")
            frame.parent().children.append(Node(unit="paragraph", text=text))
        self._stack.append(_Frame(tag=str(element.tag), node=frame.parent(), content=iter(held)))

    def _provision(self, frame: _Frame, element: etree._Element) -> None:
        tag = str(element.tag)
        node = _named(element, top=frame.tag in PAPERS or frame.tag in TRANSPARENT)
        parent = frame.content_parent()
        if tag in PICTURES:
            node.text = (
                inline_text(element) if tag in ("GPH", "MATH") else f"[graphic {inline_text(element)}]"
            )
        elif any(child.tag in _BLOCKS for child in element) and not _only_pictures(element):
            parent.children.append(node)
            self._last_text = node
            self._enter(element, node)
            return
        else:
            node.text = inline_text(element)
            if frame.tag == "SECTION" and (mark := _MARK.match(node.text)):
                node.num, node.text = mark.group(1), node.text[mark.end() :]
        if not node.is_empty:
            parent.children.append(node)
            self._last_text = node

    def _line(self, frame: _Frame, element: etree._Element) -> None:
        """A signature is one text, a line for each element."""
        if any(child.tag in _BLOCKS for child in element) and not _only_pictures(element):
            self._provision_in_signature(frame, element)
            return
        if text := inline_text(element):
            frame.node.text = f"{frame.node.text}\n{text}" if frame.node.text else text
            self._last_text = frame.node

    def _provision_in_signature(self, frame: _Frame, element: etree._Element) -> None:
        node = _named(element, top=False)
        frame.node.children.append(node)
        self._enter(element, node)

    # ── headings, sections, amendments, footnotes ──────────────────────────────────────────────────

    def _heading(self, frame: _Frame, element: etree._Element) -> None:
        text = inline_text(element)
        if not text:
            return
        source = element.get("SOURCE", "HED" if frame.tag not in _NO_HEADING else "HD1")
        own = frame.tag not in _NO_HEADING and source in ("HED", "HED1", "THED")
        if own and not frame.open and frame.node.is_bare:
            frame.node.heading = text
            _name_by_heading(frame.node, text)
            self._last_text = frame.node
            return
        rank = _RANKS.get(source, float(source[2:]) if source[2:].isdigit() else 1.0)
        frame.close(rank)
        node = Node(unit="heading", name=slug(text), heading=text)
        parent = frame.parent()
        node.anchor = parent.unit in ("supplementary", "paper")
        if frame.tag in PAPERS or frame.tag in TRANSPARENT:
            _name_by_words(node, text)
        parent.children.append(node)
        # A bare block of the preamble ("DATES:") holds paragraphs only: whatever heading comes next ends it.
        frame.open.append((_DEEPEST if node.unit == "preamble" else rank, node))
        self._last_text = node

    def _section_number(self, frame: _Frame, element: etree._Element) -> None:
        number = inline_text(element)
        if frame.tag == "SECTION" and not frame.node.num:
            frame.node.num = number
            return
        # A table of contents: numbers and subjects in turn.
        frame.content_parent().children.append(Node(unit="li", num=number))

    def _takes_subject(self, frame: _Frame, element: etree._Element) -> bool:
        if any(child.tag in _BLOCKS - PICTURES for child in element):
            return False
        if frame.tag == "SECTION" and not frame.node.heading:
            frame.node.heading = inline_text(element)
            self._last_text = frame.node
            return True
        siblings = frame.parent().children
        if siblings and siblings[-1].unit == "li" and not siblings[-1].text:
            siblings[-1].text = inline_text(element)
            return True
        return False

    def _amendment(self, frame: _Frame, element: etree._Element) -> None:
        node = Node(unit="amendment")
        text = _direct_text(element, without=frozenset())
        if not text:
            return
        mark = _NUMBERED.match(text)
        label = mark.group(1).rstrip(".") if mark else ""
        if mark:
            node.num, node.text = mark.group(1), text[mark.end() :]
        else:
            node.text = text
        rank = _AMENDMENT
        above = [rank_ for rank_, _ in frame.open]
        if label.isalpha() and _AMENDMENT in above:
            rank = _ROMAN if _is_roman(label, frame) else _LETTERED
        frame.close(rank)
        node.name = label if rank > _AMENDMENT else (f"amd-{label}" if label else "")
        node.anchor = rank == _AMENDMENT and bool(node.name) and frame.tag != "REGTEXT"
        frame.parent().children.append(node)
        frame.open.append((rank, node))
        self._last_text = node

    def _footnote(self, frame: _Frame, element: etree._Element) -> None:
        node = Node(unit="footnote")
        belongs_to = self._last_text or frame.parent()
        belongs_to.children.append(node)
        self._enter(element, node)
        self._stack[-1].resume = belongs_to


def _is_roman(label: str, frame: _Frame) -> bool:
    """``i.`` after ``h.`` is a letter, after ``b.`` the first of the roman numbers under it."""
    if not _ROMAN_ONLY.fullmatch(label):
        return False
    if len(label) > 1:
        return True
    marks = {rank: node.num.rstrip(".") for rank, node in frame.open}
    if label == "i":
        return marks.get(_LETTERED, "h") != "h"
    return marks.get(_ROMAN) == {"v": "iv", "x": "ix"}.get(label)


def _only_pictures(element: etree._Element) -> bool:
    return element.tag in _LINES and all(
        child.tag in PICTURES or child.tag not in _BLOCKS for child in element
    )


def _direct_text(element: etree._Element, *, without: frozenset[str]) -> str:
    if not without and len(element) == 0:
        return " ".join((element.text or "").split())
    if (element.text or "").strip() or any(
        (child.tail or "").strip() or child.tag not in without for child in element
    ):
        return inline_text(element, without=without)
    return ""


def _named(element: etree._Element, *, top: bool) -> Node:
    """An empty node for ``element``: its unit, and the address that its kind gives it."""
    tag = str(element.tag)
    if tag == "SUPLINF":
        return Node(unit="supplementary", name="supplementary", anchor=True)
    if tag == "REGTEXT":
        title, part = element.get("TITLE", ""), element.get("PART", "")
        return Node(unit="regulation", name=f"cfr-{slug(title)}-{slug(part)}".rstrip("-"), anchor=True)
    if tag == "SECTION":
        number = next(iter(element.iter("SECTNO")), None)
        found = _SECTION_NUMBER.findall(inline_text(number)) if number is not None else []
        # GPO wrote numbers with an en dash until March 2024 and re-processed its older files since (facts 1.7): one address for both.
        name = found[0].rstrip(".").translate(_DASHES) if found else ""
        return Node(unit="section", name=name, anchor=bool(found))
    if tag == "SIG":
        return Node(unit="signature", name="signature", anchor=True)
    if tag in PREAMBLE and (top or tag not in ("CFR", "DATE", "SUBJECT", "RIN", "AGENCY")):
        return Node(unit="preamble", name=PREAMBLE[tag], anchor=True)
    if tag in PICTURES:
        return Node(unit="graphic")
    unit = UNITS.get(tag, "paragraph")
    anchor = unit in ("filing", "billing", "subjects")
    return Node(unit=unit, name=unit if anchor else "", anchor=anchor)


def _name_by_heading(node: Node, heading: str) -> None:
    """Blocks that say in their heading what they are: ``PREAMHD`` ("TIME AND DATE:"), parts, appendices."""
    if node.unit == "preamble" and not node.name:
        node.name, node.anchor = slug(heading), True
    elif node.unit in ("part", "subpart", "appendix", "chapter") and (
        found := re.match(r"(?i)(part|subpart|appendix|supplement no\.|chapter)\s+([0-9A-Za-z.]+)", heading)
    ):
        node.name = slug(found.group())


def _name_by_words(node: Node, heading: str) -> None:
    """A bare heading that opens a block of the preamble gets that block's address."""
    name = PREAMBLE_HEADINGS.get(heading.strip(" :.").lower())
    if name:
        node.unit, node.name, node.anchor = "preamble", name, True
    elif heading.strip(" :.").lower() == "supplementary information":
        node.unit, node.name, node.anchor = "supplementary", "supplementary", True


def _number_footnote(node: Node) -> None:
    node.lift_first_paragraph()
    if found := _FOOTNOTE.match(node.text):
        node.num = found.group(1) or found.group(2)
        node.text = node.text[found.end() :]
        node.name = f"fn{slug(node.num) or '-mark'}"
