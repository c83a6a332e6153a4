"""The blocks of eCFR XML that are not paragraphs: notes, statements, lists, tables, pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from normalize import ecfr_elements as tags
from normalize.audit import source_text
from normalize.draft import Draft
from normalize.ecfr_flow import Context, flatten, footnote, read_flow
from normalize.ecfr_notes import labels_a_note, note_segment
from normalize.ecfr_tables import table_draft
from normalize.eids import slug
from normalize.inline import graphic_name, inline_text

_AFTER_NOUN = re.compile(r"[(,;:\n^]")
# "Congo (Democratic Republic of)" is a name with its bracket; "Chile (For all activities …)" is one without.
_FORMAL_NAME = re.compile(
    r"[^(,;:\n]+\((?:[^)]*\b(?:Republic|States?|Kingdom|Federation|Islands?)\b[^)]*|[A-Z]{2,5})\)"
)


def read_block(element: etree._Element, context: Context) -> Draft | None:
    """The draft of one block, None for an empty one. Words in an element that is not known are reported as left over."""
    tag = element.tag
    if tag in tags.TABLES:
        return table_draft(element, context)
    if tag in tags.LISTS:
        return _list(element, context)
    if tag in tags.PICTURES:
        return _picture(element, context)
    if tag in tags.LINES:
        unit, segment = tags.LINES[tag]
        text = inline_text(element)
        return Draft(segment=segment, unit=unit, text=text, place=element, quiet=True) if text else None
    if tag == "FTNT":
        return _footnote(element, context)
    if tag in tags.LABELLED:
        return _labelled(element, context)
    if tag == "STARS":
        return Draft(segment="stars", unit="stars", text="* * *", place=element, quiet=True)
    if tag in ("FTREF", "PRTPAGE", "br", "hr"):
        return None
    _unknown(element, context)
    return None


def _unknown(element: etree._Element, context: Context) -> None:
    words = source_text(element)
    context.account.remark(element, f"the element {element.tag} is not known here")
    context.account.leftover(element, words)


def _labelled(element: etree._Element, context: Context) -> Draft:
    """A statement with a label (HED) and its words: AUTH, SOURCE, NOTE, EDNOTE, EFFDNOT, EXTRACT …"""
    unit, segment = tags.LABELLED[element.tag]
    draft = Draft(segment=segment, unit=unit, place=element, quiet=element.tag in ("EXTRACT", "CROSSREF"))
    blocks = list(flatten(element, context.account))
    label = inline_text(blocks[0]) if blocks and blocks[0].tag in tags.HEADINGS else ""
    if labels_a_note(label) and element.tag == "EXTRACT":
        draft.unit, draft.segment, draft.quiet = "note", note_segment(label), False
        draft.heading = label
        del blocks[0]
    elif (
        blocks
        and element.tag != "EXTRACT"
        and (blocks[0].tag in ("HED", "HED1") or label and element.tag == "NOTE")
    ):
        draft.heading = label
        del blocks[0]
        if element.tag == "NOTE":
            draft.segment = note_segment(draft.heading)
        elif element.tag == "EXAMPLE":
            draft.segment = slug(draft.heading) or segment
    inner = Context(
        account=context.account,
        base=context.base,
        dotted=element.tag not in ("AUTH", "SOURCE"),
        read_block=context.read_block,
    )
    read_flow(blocks, draft, inner)
    return draft


def _footnote(element: etree._Element, context: Context) -> Draft | None:
    """``FTNT`` holds one footnote or several (744.2), each a paragraph that begins with its mark."""
    found: list[Draft] = []
    for block in flatten(element, context.account):
        if block.tag not in tags.PARAGRAPHS:
            if (draft := context.read_block(block, context)) is not None:
                (found[-1].children if found else found).append(draft)
            continue
        text = inline_text(block)
        if text.startswith("^") or not found:
            found.append(footnote(text, block, context))
        else:
            found[-1].add(Draft(segment=slug(text) or "text", unit="text", text=text, place=block))
    if len(found) == 1:
        return found[0]
    return (
        Draft(segment="footnotes", unit="footnotes", children=found, place=element, quiet=True)
        if found
        else None
    )


def _list(element: etree._Element, context: Context) -> Draft | None:
    """A list in columns: each item is a provision by its own words (``app-A.thailand``), under the unit that prints it."""
    items = list(_list_items(element, context))
    return Draft(segment="", unit="list", children=items, place=element, quiet=True) if items else None


def _list_items(element: etree._Element, context: Context) -> Iterator[Draft]:
    for item in flatten(element, context.account):
        text = inline_text(item)
        if not text:
            continue
        formal = _FORMAL_NAME.match(text)
        noun = formal.group() if formal else _AFTER_NOUN.split(text, maxsplit=1)[0]
        segment = slug(noun, words=12) or slug(text, words=12) or "item"
        yield Draft(segment=segment, unit="item", text=text, place=item)


def _picture(element: etree._Element, context: Context) -> Draft | None:
    """A picture or a formula as a token with its name. Its address is its place, so that a swapped one is a substitution."""
    whole = element.tag in ("MATH", "GPH")
    text = inline_text(element) if whole else f"[graphic {graphic_name(element)}]"
    if not text:
        return None
    unit = "formula" if element.tag == "MATH" else "graphic"
    return Draft(segment=unit, unit=unit, text=text, place=element, quiet=True)
