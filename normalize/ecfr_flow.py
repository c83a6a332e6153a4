"""The flat run of blocks in a section, an appendix, a note or an extract, turned into provisions at their levels."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from normalize import ecfr_elements as tags
from normalize.audit import Account
from normalize.draft import Draft
from normalize.ecfr_notes import (
    is_note_label,
    labels_a_note,
    named_category,
    named_paragraph,
    names_a_definition,
    names_the_section,
    note_segment,
)
from normalize.eids import slug
from normalize.inline import inline_text
from normalize.markers import ITALIC_END, ITALIC_START, Lead, Mark, plain, read_lead
from normalize.outline import IRREGULAR, Event, Placed, Sort, place
from normalize.table import JOINT

#: The name of the discard rule for the dash between the number and the words of a heading.
HEADING_DASH = "heading-dash"

_ANNOUNCES = (":", "—", "–", ":]")
_PART_NUMBER = re.compile(
    r"(?P<num>(?P<kind>Category|Part|Subpart|Annex|Appendix|Chapter|Section|Group|Step|Table|Schedule)\s+(?P<sign>[IVXLC]+|\d+|[A-Z]))"
    r"\s*(?P<dash>[—–.:-]+|(?=\[))\s*(?P<words>.+)",
    re.DOTALL,
)
_ITALIC_LABEL = re.compile(rf"{ITALIC_START}[^{ITALIC_START}{ITALIC_END}]{{4,120}}{ITALIC_END}[:.—]?(?=\s|$)")
_COUNTRY_GROUP = re.compile(r"(?P<num>Country Group (?P<sign>[A-Z])\.?)\s*(?P<words>\[[Rr]eserved\]\.?)?")
_OUTLINE_NUMBER = re.compile(r"(?P<num>(?P<sign>[IVX]+|[A-Z]|\d{1,2})\.)\s+(?P<words>.+)", re.DOTALL)
_FOOTNOTE = re.compile(r"(?P<num>\^\{?(?P<sign>[\w*†‡]+)\}?)\s*(?P<words>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What holds in one unit (a section, an appendix): where to report to, its address, whether marks like ``1.`` count there,
    and who reads the blocks that are not paragraphs."""

    account: Account
    base: str
    dotted: bool
    read_block: Callable[[etree._Element, Context], Draft | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One block of the run: a paragraph with its lead, a heading with its words, or a draft that is ready."""

    element: etree._Element
    lead: Lead | None = None
    head: str = ""
    rank: int = 0
    ready: Draft | None = None


def read_flow(elements: Iterable[etree._Element], root: Draft, context: Context) -> None:
    """Builds the provisions of ``elements`` under ``root``. The first unmarked words become ``root``'s own text."""
    items = list(_items(elements, context))
    events: list[Event] = []
    announced = False
    for item in items:
        events.extend(_events(item, announced))
        if item.lead is not None:
            announced = item.lead.text.endswith(_ANNOUNCES)
        elif item.ready is None:
            announced = False
    builder = _Builder(root, context, iter(place(events)))
    for item in items:
        builder.take(item)


def flatten(container: etree._Element, account: Account) -> Iterator[etree._Element]:
    """The blocks of ``container`` in order, those of layout wrappers (``DIV class="gpotbl_div"``) in their place. Words that stand
    between the blocks are reported: no law is printed there."""
    account.leftover(container, container.text or "")
    stack = list(reversed(container))
    while stack:
        element = stack.pop()
        if element.tail and element.tail.strip():
            account.leftover(element, element.tail)
        if _is_wrapper(element):
            account.leftover(element, element.text or "")
            stack.extend(reversed(element))
        else:
            yield element


def _is_wrapper(element: etree._Element) -> bool:
    if element.tag in tags.WRAPPERS:
        return True
    # An extract that opens with a heading is the text itself (22 CFR 121.1), not a quotation in a paragraph.
    return (
        element.tag == "EXTRACT"
        and len(element) > 0
        and element[0].tag in tags.HEADINGS
        and not labels_a_note(inline_text(element[0]))
    )


def _items(elements: Iterable[etree._Element], context: Context) -> Iterator[Item]:
    note: Draft | None = None  # a note whose label is set as a heading: its words are the paragraph after it
    for element in elements:
        tag = element.tag
        labelled, note = note, None
        if tag in tags.PARAGRAPHS:
            text = inline_text(element, italics=(ITALIC_START, ITALIC_END))
            lead = read_lead(text, dotted=context.dotted)
            if "gpotbl_note" in element.get("class", ""):
                yield Item(element=element, ready=footnote(lead.text, element, context))
            elif labelled is not None and not lead.marks and not lead.term:
                labelled.text = lead.text
            elif not lead.marks and (ready := _italic_note(text, element)):
                yield Item(element=element, ready=ready)
            elif lead.marks or lead.text:
                yield Item(element=element, lead=lead)
        elif tag in tags.HEADINGS:
            words = inline_text(element)
            if labels_a_note(words):
                note = Draft(segment=note_segment(words), unit="note", heading=words, place=element)
                yield Item(element=element, ready=note)
            elif words:
                yield Item(element=element, head=words, rank=tags.HEADINGS[tag])
        elif (draft := context.read_block(element, context)) is not None:
            yield Item(element=element, ready=draft)


def _italic_note(text: str, element: etree._Element) -> Draft | None:
    """A note set as a paragraph with its label in italics: ``Technical Note: The peak …``."""
    found = _ITALIC_LABEL.match(text)
    if not found or not labels_a_note(label := plain(found.group())):
        return None
    return Draft(
        segment=note_segment(label),
        unit="note",
        heading=label,
        text=plain(text[found.end() :]),
        place=element,
    )


def footnote(text: str, element: etree._Element, context: Context) -> Draft:
    """A footnote, its mark as its number: ``^1`` → ``744.2.fn-1``."""
    found = _FOOTNOTE.match(text)
    segment = f"{context.base}.fn-{found['sign']}" if found else f"{context.base}.fn-{slug(text, words=3)}"
    return Draft(
        segment=segment,
        absolute=True,
        unit="footnote",
        num=found["num"] if found else "",
        text=found["words"] if found else text,
        place=element,
    )


def _events(item: Item, announced: bool) -> Iterator[Event]:
    if item.head:
        yield Event(sort=Sort.HEAD, rank=item.rank)
    elif item.lead is not None:
        if item.lead.term:
            yield Event(sort=Sort.TERM)
        for index, mark in enumerate(item.lead.marks):
            inner = index > 0 or bool(item.lead.term)
            glued = index > 0 and not item.lead.marks[index - 1].heading
            yield Event(
                sort=Sort.MARK, mark=mark, inner=inner, announced=announced and not inner, glued=glued
            )


def heading_draft(words: str, element: etree._Element, account: Account) -> Draft:
    """A printed heading as a unit: ``Category XI—Military Electronics`` is the category XI."""
    if found := _PART_NUMBER.match(words):
        kind = found["kind"].lower()
        if found["dash"]:
            account.discard(HEADING_DASH, element, found["dash"])
        category = kind == "category"
        return Draft(
            segment=found["sign"] if category else f"{kind}-{found['sign']}",
            unit="category" if category else "heading",
            num=found["num"],
            heading=found["words"],
            place=element,
        )
    if found := _COUNTRY_GROUP.fullmatch(words):
        return Draft(
            segment=f"group-{found['sign']}",
            unit="heading",
            num=found["num"],
            heading=found["words"] or "",
            place=element,
        )
    if found := _OUTLINE_NUMBER.match(words):
        return Draft(
            segment=found["sign"], unit="heading", num=found["num"], heading=found["words"], place=element
        )
    return Draft(segment=slug(words) or "heading", unit="heading", heading=words, place=element)


def _term_draft(lead: Lead, element: etree._Element) -> Draft:
    """A definition, called by its term; or a note that is set as a paragraph with its label in italics."""
    if is_note_label(lead.term) and lead.text.startswith(lead.term):
        words = lead.text[len(lead.term) :].strip()
        return Draft(
            segment=note_segment(lead.term), unit="note", heading=lead.term, text=words, place=element
        )
    return Draft(
        segment=slug(lead.term, words=8) or "text",
        unit="paragraph",
        text=lead.before or lead.text,
        place=element,
    )


class _Builder:
    """Hangs items under the level that is open. ``open`` runs parallel to the stack of the outline."""

    def __init__(self, root: Draft, context: Context, placed: Iterator[Placed]) -> None:
        self._root = root
        self._context = context
        self._placed = placed
        self._open: list[Draft] = []
        self._by_path: dict[str, Draft] = {}

    @property
    def _deepest(self) -> Draft:
        return self._open[-1] if self._open else self._root

    def take(self, item: Item) -> None:
        if item.head:
            self._open_level(
                next(self._placed), heading_draft(item.head, item.element, self._context.account)
            )
            self._forget_paths()
        elif item.ready is not None:
            self._hang(item.ready, item.element)
        elif item.lead is not None and item.lead.term:
            self._open_level(next(self._placed), _term_draft(item.lead, item.element))
            self._forget_paths()
            if item.lead.marks:
                self._marked(item.lead, item.element)
        elif item.lead is not None and item.lead.marks:
            self._marked(item.lead, item.element)
        elif item.lead is not None:
            self._unmarked(item.lead.text, item.element)

    def _forget_paths(self) -> None:
        """A heading or a term that closes all numbers begins them anew."""
        if not any(one.num for one in self._open if one.unit == "paragraph"):
            self._by_path.clear()

    def _open_level(self, placed: Placed, draft: Draft) -> None:
        del self._open[placed.depth - 1 :]
        self._deepest.add(draft)
        self._open.append(draft)

    def _marked(self, lead: Lead, element: etree._Element) -> None:
        before, current = "", None
        for mark in lead.marks:
            placed = next(self._placed)
            words = f"{mark.num} {mark.heading}".strip()
            if placed.depth:
                current = Draft(
                    segment=self._segment(mark, placed.depth),
                    unit="paragraph",
                    num=mark.num,
                    heading=mark.heading,
                    text=before,
                    place=element,
                )
                before = ""
                self._open_level(placed, current)
                self._by_path[self._path()] = current
                self._report(mark, placed, element)
            elif current is not None:
                current.text = f"{current.text} {words}".strip()
            else:
                before = f"{before} {words}".strip()
        if current is not None:
            current.text = f"{current.text} {lead.text}".strip()
        else:
            self._unmarked(f"{before} {lead.text}".strip(), element)

    def _segment(self, mark: Mark, depth: int) -> str:
        """What the mark adds to the address: of a decimal number under its own number the last part alone (``1.2`` under ``1.``)."""
        above, _, last = mark.sign.rpartition(".")
        if not above:
            return mark.segment
        parent = self._open[depth - 2].num.rstrip(".") if 1 < depth <= len(self._open) + 1 else ""
        return last if parent == above else mark.sign

    def _report(self, mark: Mark, placed: Placed, element: etree._Element) -> None:
        if placed.cost >= IRREGULAR:
            self._context.account.remark(
                element,
                f"the number {mark.num} does not follow the ones before it ({placed.rule}): read as {self._path()}",
            )

    def _path(self) -> str:
        """The marks that are open since the last heading: ``(a)(5)``."""
        marks: list[str] = []
        for draft in reversed(self._open):
            if draft.unit in ("category", "heading") or not draft.num:
                break
            marks.append(f"({draft.segment})")
        return "".join(reversed(marks))

    def _unmarked(self, text: str, element: etree._Element) -> None:
        parent = self._deepest
        if element.tag == "LDRFIG":  # the right end of a line with leaders: a fee, a page
            last = parent.children[-1] if parent is self._root and parent.children else parent
            last.text = f"{last.text}{JOINT}{text}" if last.text else text
            return
        if not parent.text and not parent.children:
            parent.text = text
            return
        if flows_on(text, element) and self._open and parent.num and not parent.children:
            parent = self._open[-2] if len(self._open) > 1 else self._root
        parent.add(Draft(segment=slug(text) or "text", unit="text", text=text, place=element))

    def _hang(self, draft: Draft, element: etree._Element) -> None:
        """Where it stands; a note goes to the paragraph or the category it names, while that is open."""
        if draft.unit in ("list", "footnotes"):
            self._deepest.children.extend(draft.children)
            return
        if draft.unit == "table" and _COUNTRY_GROUP.search(draft.heading):
            self._open.clear()  # the table of one group ends the list of another (part 740, Supplement No. 1)
        target = self._root if element.tag in tags.OF_THE_UNIT else self._named(draft)
        if target is None:
            self._deepest.add(draft)
        elif target is self._root or target in self._open:
            target.add(draft)
        else:
            draft.beside = target
            self._deepest.add(draft)

    def _named(self, draft: Draft) -> Draft | None:
        if draft.unit != "note" or not draft.heading:
            return None
        if names_a_definition(draft.heading):
            return next(
                (one for one in reversed(self._open) if one.unit == "paragraph" and not one.num), None
            )
        if path := named_paragraph(draft.heading):
            return self._by_path.get(path)
        if names_the_section(draft.heading):
            return self._root
        category = named_category(draft.heading)
        return next((one for one in self._open if category and one.num == category), None)


def flows_on(text: str, element: etree._Element) -> bool:
    """Whether an unmarked paragraph goes on with the sentence that a list interrupted: it is set flush and begins in lower case."""
    return element.tag in ("FP", "FP-1", "FP1-2") and text[:1].islower()
