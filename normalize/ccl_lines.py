"""The children of the Commerce Control List's DIV9 as one stream of lines, each of a kind that the reader knows.

In eCFR the list is flat: HD1 to HD3, FP-2 (headings of entries), FP-1, FP and P, NOTE, tables in DIVs, pictures, and at the
end CITA and EDNOTE. What has no kind here is reported as a leftover with its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from normalize.audit import Account
from normalize.inline import graphic_name, inline_text, script_mark

HEADING, PARAGRAPH, NOTE, TABLE, HISTORY = "heading", "paragraph", "note", "table", "history"

_KINDS = {
    **dict.fromkeys(("HEAD", "HD1", "HD2", "HD3", "HD4", "HD5", "HD6", "HED", "HED1", "SUBJECT"), HEADING),
    **dict.fromkeys(
        ("P", "P-1", "P-2", "P-3", "FP", "FP-1", "FP-2", "FP-3", "FP1", "FP1-2", "FP-DASH", "PSPACE", "LI"),
        PARAGRAPH,
    ),
    **dict.fromkeys(("MATH", "LDRFIG", "STARS", "RESERVED", "CROSSREF", "FTREF", "XREF", "LDRWK"), PARAGRAPH),
    **dict.fromkeys(("img", "IMG", "GPH", "GID", "MID"), PARAGRAPH),
    **dict.fromkeys(("NOTE", "HNOTE"), NOTE),
    **dict.fromkeys(("TABLE", "table", "GPOTABLE"), TABLE),
    **dict.fromkeys(
        ("CITA", "EDNOTE", "EFFDNOT", "AUTH", "SOURCE", "SECAUTH", "PARAUTH", "APPRO", "FTNT"), HISTORY
    ),
}
# Wrappers with nothing of their own: what is in them is read as if it stood in their place.
_TRANSPARENT = frozenset({"DIV", "div", "EXTRACT", "SCOL2", "SCOL3", "EXAMPLE", "BOXTXT"})
_PICTURES = frozenset({"img", "IMG", "GID", "MID"})
_STRING = etree.XPath("string()", smart_strings=False)
_EMPHASIS = frozenset({"I", "B", "E", "em", "strong"})
_SLANTED_E = frozenset({"03", "7462", "7152"})


class Line(NamedTuple):
    """One block of the source. ``slanted`` and ``bold`` say whether its first word is in italics or in bold type."""

    kind: str
    tag: str
    text: str
    slanted: bool
    bold: bool
    element: etree._Element


def lines(root: etree._Element, account: Account) -> Iterator[Line]:
    """Every block in ``root``, in document order; text between blocks and unknown elements go to ``account``."""
    if root.text and not root.text.isspace():
        account.leftover(root, root.text)
    stack = list(reversed(root))
    while stack:
        element = stack.pop()
        if (tail := element.tail) and not tail.isspace():
            account.leftover(element, tail)
        tag = element.tag
        kind = _KINDS.get(tag, "")
        if kind is PARAGRAPH or kind is HEADING:
            if len(element) or tag in _PICTURES:
                yield _line(kind, tag, element)
            else:
                yield Line(kind, tag, " ".join((element.text or "").split()), False, False, element)
        elif kind:
            yield Line(kind, tag, "", False, False, element)
        elif tag in _TRANSPARENT:
            if element.text and not element.text.isspace():
                account.leftover(element, element.text)
            stack.extend(reversed(element))
        elif not callable(tag):  # as it is of a comment or a processing instruction
            unknown = loose_text(element)
            if unknown and not unknown.isspace():
                account.leftover(element, unknown)
                account.remark(element, f"the element {tag} is not known in a control list")


def _line(kind: str, tag: str, element: etree._Element) -> Line:
    """A block with more in it than plain words."""
    if tag in _PICTURES:
        return Line(kind, tag, f"[graphic {graphic_name(element)}]", False, False, element)
    before, first = element.text or "", element[0]
    face = ""
    if not before or before.isspace():
        face = first.tag if first.tag != "E" else ("I" if first.get("T") in _SLANTED_E else "")
    # Nearly all have one emphasised run, which leaves no mark; any other is for the reader of inline markup.
    if len(element) == 1 and _only_emphasis(first):
        text = " ".join(f"{before}{first.text or ''}{first.tail or ''}".split())
    else:
        text = inline_text(element)
    return Line(kind, tag, text, face == "I" or face == "em", face == "B" or face == "strong", element)


def _only_emphasis(element: etree._Element) -> bool:
    tag = element.tag
    return tag in _EMPHASIS and not len(element) and not (tag == "E" and script_mark(element))


def loose_text(element: etree._Element) -> str:
    """All words in ``element``, as they stand."""
    return str(_STRING(element))
