"""The elements of gii-norm.dtd: what they are, and their running text with the blocks that stand inside it.

The DTD (http://www.gesetze-im-internet.de/dtd/1.01/gii-norm.dtd) puts lists, tables and citations inside paragraphs, with words of
the paragraph before, between and after them.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from normalize.audit import Account
from normalize.inline import inline_text, tag_of

#: Blocks that stand inside running text.
BLOCKS = frozenset({"DL", "table", "kommentar", "Footnotes", "Title", "P", "Revision"})
_INLINE = frozenset(
    "BR B I U F SP small big SUB SUP NB noindex IMG FILE FnR FnArea ABWFORMAT pre Split Accolade img sup".split()
)
_STRUCTURE = frozenset(
    "dokumente norm metadaten textdaten text fussnoten Content TOC Ident LA DT DD DL Footnote tgroup colspec thead tbody tfoot row "
    "entry jurabk amtabk ausfertigung-datum fundstelle periodikum zitstelle langue kurzue standangabe standtyp standkommentar "
    "enbez titel gliederungseinheit gliederungskennzahl gliederungsbez gliederungstitel anlageabgabe dokst abgabedat".split()
)
_KNOWN = BLOCKS | _INLINE | _STRUCTURE
_BOLD = "B"


def prepare(root: etree._Element, account: Account) -> None:
    """Makes of pictures, enclosed files and references to footnotes what ``normalize.inline`` reads: ``img`` with its file's name,
    raised marks. Tells of elements that no rule here knows; their words are read where they stand."""
    marks = {note.get("ID", ""): note.get("FnZ", "") for note in root.iter("Footnote")}
    for element in root.iter("IMG", "FILE"):
        element.tag = "img"
        element.set("src", element.get("SRC", ""))
    for element in root.iter("FnR"):
        element.tag = "sup"
        element.text = marks.get(element.get("ID", ""), "") or "*"
    for tag in sorted({tag_of(one) for one in root.iter()} - _KNOWN - {""}):
        account.remark(next(root.iter(tag)), f"the element {tag} is not known; its words are read in place")


def pieces(element: etree._Element) -> Iterator[str | etree._Element]:
    """The runs of text of ``element`` and the blocks between them, in order. A run has its inline markup resolved; empty runs
    are left out."""
    if not any(tag_of(one) in BLOCKS for one in element.iterdescendants()):
        if text := inline_text(element):
            yield text
        return
    run = etree.Element("run")
    run.text = element.text
    for child in list(element):
        if tag_of(child) in BLOCKS:
            if text := inline_text(run):
                yield text
            yield child
            run = etree.Element("run")
            run.text = child.tail
        elif any(tag_of(one) in BLOCKS for one in child.iterdescendants()):
            if text := inline_text(run):
                yield text
            yield from pieces(child)  # a block inside emphasis or noindex; the depth of the tree is bounded
            run = etree.Element("run")
            run.text = child.tail
        else:
            run.append(deepcopy(child))
    if text := inline_text(run):
        yield text


def is_bold(element: etree._Element) -> bool:
    """Whether all that ``element`` prints is bold: how the publisher sets the headings of an annex."""
    if (element.text or "").strip():
        return False
    bold = False
    for child in element:
        tag = tag_of(child)
        if (child.tail or "").strip() or tag not in (_BOLD, "BR"):
            return False
        bold = bold or (tag == _BOLD and bool(inline_text(child)))
    return bold


def is_italic_list(element: etree._Element) -> bool:
    """Whether the items of a list are set in italics, as those of a note are."""
    first = element.find("DD")
    return first is not None and first.get("Font") == "italic"
