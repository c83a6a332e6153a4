"""An old page of e-Gov as a flat run of blocks: each division with its class, the bold mark it begins with, and its words.

The pages close divisions that they never opened and leave paragraphs open, so what counts is where a division begins, not how deep
it lies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from normalize.inline import tag_of
from normalize.japan_inline import SCRIPTS

# The names of the anchors say what begins: 0 contents, 3 別表 and forms, 5 附則, 9 the enacting words. Between them there are only line
# breaks.
_BEGINS = re.compile(r"[0359][0-9]{70,90}")
BLANK = " \u3000\t\r\n"
_BLOCKS = frozenset(
    {"div", "p", "center", "blockquote", "hr", "table", "h1", "h2", "h3", "ul", "ol", "li", "pre"}
)


@dataclass(slots=True)
class Block:
    """``kind`` is the class of the division (``item``, ``number``, ``para1`` …), "" for words between divisions, ``table`` for a table (in
    ``table``); ``mark`` the bold words it begins with; ``words`` a ``Sentence`` with the rest; ``anchor`` the name or target of the link
    that it begins in."""

    kind: str
    words: etree._Element = field(default_factory=lambda: etree.Element("Sentence"))
    mark: str = ""
    anchor: str = ""
    table: etree._Element | None = None

    @property
    def text(self) -> str:
        """The words without blanks at the ends."""
        return "".join(str(run) for run in self.words.itertext()).strip(BLANK)

    @property
    def is_empty(self) -> bool:
        return (
            self.table is None
            and not self.mark.strip(BLANK)
            and not self.text
            and self.words.find(".//img") is None
        )


def blocks(page: etree._Element) -> Iterator[Block]:
    """The blocks of a page in document order, none of them empty."""
    writer = _Writer()
    for event, value in _events(page):
        if isinstance(value, str):
            writer.text(value)
        elif event == "open":
            yield from writer.open(value)
        else:
            yield from writer.close(value)
    yield from writer.end()


def _events(page: etree._Element) -> Iterator[tuple[str, etree._Element | str]]:
    """Openings, texts and closings in document order; a table is opened and closed without what is in it."""
    stack: list[tuple[str, etree._Element]] = [("open", page)]
    while stack:
        event, element = stack.pop()
        yield event, element
        if event == "close":
            if element is not page and element.tail:
                yield "text", element.tail
            continue
        stack.append(("close", element))
        if tag_of(element) == "table":
            continue
        if element.text and tag_of(element):
            yield "text", element.text
        stack.extend(("open", child) for child in reversed(element))


class _Writer:
    def __init__(self) -> None:
        self._block: Block | None = None
        self._targets: list[etree._Element] = []
        self._anchors: list[str] = []
        self._bold = 0
        self._worded = False  # whether the block has words besides its mark
        self._kind = ""  # of the division that has just begun, until its first words

    def open(self, element: etree._Element) -> Iterator[Block]:
        tag = tag_of(element)
        if tag in _BLOCKS:
            yield from self.end()
            self._kind = (element.get("class") or "").lower() if tag == "div" else ""
            if tag == "table":
                yield Block("table", table=element)
        elif tag == "br" and self._block is not None:
            self._worded = True
            etree.SubElement(self._targets[-1], "br")
        elif tag == "b":
            self._bold += 1
        elif tag == "a":
            if _BEGINS.match(element.get("name") or ""):
                yield from self.end()
            self._anchors.append(element.get("name") or element.get("href") or "")
        elif tag == "img" or tag in SCRIPTS:
            self._begun()
            inner = etree.SubElement(self._targets[-1], tag)
            if tag == "img":
                inner.set("src", element.get("src", ""))
            else:
                self._targets.append(inner)

    def close(self, element: etree._Element) -> Iterator[Block]:
        tag = tag_of(element)
        if tag in _BLOCKS:
            yield from self.end()
            self._kind = ""
        elif tag == "b":
            self._bold -= 1
        elif tag == "a" and self._anchors:
            self._anchors.pop()
        elif tag in SCRIPTS and len(self._targets) > 1:
            self._targets.pop()

    def text(self, text: str) -> None:
        if self._block is None and not text.strip(BLANK):
            return
        block = self._begun()
        if self._bold and not self._worded:
            block.mark += text
        else:
            self._worded = self._worded or bool(text.strip(BLANK))
            append(self._targets[-1], text)

    def end(self) -> Iterator[Block]:
        block, self._block, self._targets = self._block, None, []
        if block is not None and not block.is_empty:
            yield block

    def _begun(self) -> Block:
        if self._block is None:
            self._block = Block(
                self._kind, anchor=next((name for name in reversed(self._anchors) if name), "")
            )
            self._targets, self._worded = [self._block.words], False
            self._kind = ""
        return self._block


def append(element: etree._Element, text: str) -> None:
    """Adds ``text`` at the end of what ``element`` holds."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text
