"""The body of a text of legislation.gov.uk: parts, sections, schedules, paragraphs to any depth, lists, tables, annotations."""

from __future__ import annotations

import re
from copy import deepcopy

from lxml import etree

from normalize.audit import Account
from normalize.draft import Draft
from normalize.eids import slug
from normalize.eu_act import Act
from normalize.html import all_text
from normalize.inline import inline_text, tag_of
from normalize.table import read_table
from normalize.uk_names import WORDS, counted, eid_of, mark, state_of

_INLINE = frozenset(
    "Citation CitationSubRef CitationListRef Term InternalLink ExternalLink Addition Substitution Repeal CommentaryRef MarginNoteRef FootnoteRef"
    " Acronym Abbreviation Emphasis Strong sup sub Superior Inferior SmallCaps Underline Definition InlineAmendment Span Character Expanded Proviso"
    " Hyphen BlockExtract em strong a span b i br img Image Uppercase Strike Underlined Citations Defines Abbreviations Year".split()
)
_NUMBERED = re.compile(r"P[1-9]$")
_GROUP = re.compile(r"P[1-9]group$")
_HEADED = {
    "Part": "part", "Chapter": "chapter", "Schedule": "schedule", "Appendix": "appendix", "EUPart": "part", "EUTitle": "title",
    "EUChapter": "chapter", "EUSection": "section", "EUSubsection": "subsection", "Division": "division", "Group": "group", "Annex": "annex",
    "Attachment": "attachment",
}  # fmt: skip
_BLOCKS = {"Pblock": "heading", "PsubBlock": "heading"}
_PARTS = {
    "PrimaryPrelims": "introduction", "SecondaryPrelims": "introduction", "EUPrelims": "introduction", "Contents": "contents",
    "ExplanatoryNotes": "explanatory-note", "EarlierOrders": "earlier-orders", "SignedSection": "signature", "Schedules": "",
    "Body": "", "EUBody": "", "Primary": "", "Secondary": "", "EURetained": "", "Attachments": "",
}  # fmt: skip
_CHARACTERS = {
    "EmSpace": " ",
    "EnSpace": " ",
    "NonBreakingSpace": "\u00a0",
    "ThinSpace": " ",
    "Minus": "\u2212",
    "LinePadding": " ",
    "DotPadding": " ",
    "BoxPadding": " ",
}


class LegislationBody:
    """Reads one document; see :meth:`read`."""

    def __init__(self, account: Account, root: etree._Element) -> None:
        self.account = account
        self.root = root
        self.act = Act()
        self.tops: list[Draft] = []
        self.title = ""
        self.commentaries = {
            one.get("id", ""): one
            for one in root.iter("Commentary", "Footnote", "MarginNote")
            if one.get("id")
        }
        self.hung: set[str] = set()
        self.annotations: list[tuple[Draft, Draft]] = []

    def read(self) -> list[Draft]:
        """The top provisions, in document order; annotations that nothing refers to at the end."""
        for element in list(self.root.iter("Superior", "Inferior", "Character", "th", "td")):
            if element.tag in ("Superior", "Inferior"):
                element.tag = "sup" if element.tag == "Superior" else "sub"
            elif element.tag == "Character":
                element.text = _CHARACTERS.get(element.get("Name", ""), element.text)
            else:
                for child in element:
                    child.tail = child.tail or " "
        for child in self.root:
            if tag_of(child) and child.tag not in (
                "Metadata",
                "Commentaries",
                "Footnotes",
                "MarginNotes",
                "Resources",
                "Versions",
            ):
                self.top(child)
        rest = [one for name, one in self.commentaries.items() if name not in self.hung]
        rest += [one for one in self.root.iter("Commentary") if not one.get("id")]
        if rest:
            holder = Draft(segment="annotations", unit="part", absolute=True)
            self.tops.append(holder)
            for one in rest:
                self.annotate(holder, one)
        for by, made in self.annotations:
            by.add(made)
        return self.tops

    # ── structure ──────────────────────────────────────────────────────────────────────────────────

    def top(self, element: etree._Element) -> None:
        """The frames have no provision of their own: what stands in them are the roots."""
        tag = tag_of(element)
        if tag in _PARTS and _PARTS[tag]:
            own = Draft(
                segment=_PARTS[tag],
                unit="preamble" if tag.endswith("Prelims") else "note",
                absolute=True,
                place=element,
            )
            if tag.endswith("Prelims"):
                self.title = " ".join("".join(element.findtext("Title") or "").split())
            self.tops.append(own)
            self.flow(element, own)
        elif tag in _PARTS:
            for child in element:
                if tag_of(child):
                    self.top(child)
            return
        else:
            holder = Draft(segment="", unit="")
            self.block(element, holder)
            self.tops.extend(holder.children)
            if holder.text:
                self.tops.append(
                    Draft(
                        segment="text",
                        unit="text",
                        text=holder.text,
                        absolute=True,
                        quiet=True,
                        place=element,
                    )
                )

    def block(self, element: etree._Element, own: Draft) -> None:
        tag = tag_of(element)
        if _NUMBERED.match(tag):
            self.numbered(element, own, "")
        elif _GROUP.match(tag):
            self.group(element, own)
        elif tag in _HEADED or tag in _BLOCKS:
            self.headed(element, own)
        elif tag in ("UnorderedList", "OrderedList", "KeyList"):
            self.items(element, own)
        elif tag in ("Tabular", "table"):
            self.table(element, own)
        elif tag == "BlockAmendment":
            self.amendment(element, own)
        elif tag in (
            "Text",
            "AppendText",
            "DateText",
            "LongTitle",
            "Number",
            "Title",
            "Subtitle",
            "Reference",
            "PersonName",
            "JobTitle",
            "AddressLine",
            "DepartmentName",
        ):
            self.say(element, own)
        else:
            self.flow(element, own)

    def numbered(self, element: etree._Element, own: Draft, heading: str) -> Draft:
        """``P1`` … ``P9``: a section, regulation, article or paragraph and what is under it."""
        number = element.find("Pnumber")
        num = inline_text(number) if number is not None else ""
        name = eid_of(element.get("id", ""))
        unit = "section" if element.tag == "P1" else "paragraph"
        found = re.findall(r"[a-z]+(?=-)", element.get("id", "")) if element.tag == "P1" else []
        if found and found[-1] in WORDS:
            unit = found[-1]
        made = own.add(
            Draft(
                segment=name or mark(num) or "p",
                unit=unit,
                num=num,
                heading=heading,
                absolute=bool(name),
                quiet=not name,
                place=element,
                applicability=list(state_of(element)),
            )
        )
        self.act.place_of(own).tail = made
        if number is not None:
            self.refer(number, made)
        for child in element:
            if child is not number and tag_of(child):
                self.block(child, made)
        return made

    def group(self, element: etree._Element, own: Draft) -> None:
        """A title over one provision is its heading; over several it is a heading of its own."""
        title = element.find("Title")
        text = inline_text(title) if title is not None else ""
        inside = [child for child in element if _NUMBERED.match(tag_of(child))]
        holder = own
        if len(inside) != 1 and text:
            holder = own.add(
                Draft(
                    segment=slug(text) or "group",
                    unit="heading",
                    heading=text,
                    transparent=True,
                    quiet=True,
                    place=element,
                )
            )
            text = ""
        made: Draft | None = None
        for child in element:
            if child is title or not tag_of(child):
                continue
            if _NUMBERED.match(tag_of(child)):
                made = self.numbered(child, holder, text)
                if not made.applicability:
                    made.applicability.extend(state_of(element))
            else:
                self.block(child, holder)
        if title is not None:
            self.refer(title, made or holder)

    def headed(self, element: etree._Element, own: Draft) -> None:
        """A part, chapter, schedule or cross-heading."""
        tag = tag_of(element)
        number = element.find("Number")
        title = (
            element.find("Title") if element.find("Title") is not None else element.find("TitleBlock/Title")
        )
        num = inline_text(number) if number is not None else ""
        heading = inline_text(title) if title is not None else ""
        name = eid_of(element.get("id", "")) if tag not in _BLOCKS else ""
        made = own.add(
            Draft(
                segment=name or slug(heading) or mark(num) or tag.lower(),
                unit=_HEADED.get(tag) or _BLOCKS[tag],
                num=num,
                heading=heading,
                absolute=bool(name),
                transparent=tag in _BLOCKS,
                quiet=not name,
                place=element,
                applicability=list(state_of(element)),
            )
        )
        for one in (number, title):
            if one is not None:
                self.refer(one, made)
        for child in element:
            if child in (number, title) or not tag_of(child):
                continue
            if child.tag == "TitleBlock":
                for more in child:
                    if more is not title and tag_of(more):
                        self.block(more, made)
                continue
            self.block(child, made)

    def amendment(self, element: etree._Element, own: Draft) -> None:
        """New text that is put into another law: quoted, with numbers of its own."""
        here = self.act.place_of(own)
        made = (here.last or own).add(Draft(segment="quoted", unit="quotation", quiet=True, place=element))
        here.texts += 1
        here.tail = made
        for one in element.iter(etree.Element):
            one.attrib.pop("id", "")
        self.flow(element, made)

    def items(self, element: etree._Element, own: Draft) -> None:
        here = self.act.place_of(own)
        above = here.last or own
        count = 0
        for item in element:
            if not tag_of(item):
                continue
            count += 1
            num = item.get("NumberOverride", "")
            term = item.find(".//Term")
            called = slug(all_text(term)) if term is not None and element.tag == "UnorderedList" else ""
            made = above.add(
                Draft(
                    segment=mark(num) or called or counted(element.get("Type", ""), count),
                    unit="li",
                    num="",
                    quiet=True,
                    place=item,
                )
            )
            self.flow(item, made)

    def table(self, element: etree._Element, own: Draft) -> None:
        here = self.act.place_of(own)
        for one in element.iter("table"):
            here.tables += 1
            here.texts += 1
            read = read_table(one)
            made = own.add(
                Draft(
                    segment="table" if here.tables == 1 else f"table-{here.tables}",
                    unit="table",
                    heading=read.caption,
                    quiet=True,
                    place=one,
                )
            )
            self.refer(one, made)
            for row in (*read.head, *read.body, *read.foot):
                if row.is_empty:
                    continue
                head = row in read.head or all(cell.head for cell in row.cells if cell.text)
                key = " ".join(dict.fromkeys(text for text in row.governing[:2] if text))
                made.add(
                    Draft(
                        segment="header" if head else slug(key, words=8) or "row",
                        unit="header" if head else "row",
                        text=row.joined,
                        quiet=True,
                        place=row.place,
                    )
                )
        for child in element:
            if tag_of(child) and child.tag != "table" and next(child.iter("table"), None) is None:
                self.block(child, own)

    # ── text ───────────────────────────────────────────────────────────────────────────────────────

    def flow(self, element: etree._Element, own: Draft) -> None:
        """What stands in ``element``: runs of text, and blocks between them."""
        run = etree.Element("Text")
        run.text = element.text
        for child in element:
            tag = tag_of(child)
            if tag in _INLINE or not tag:
                run.append(deepcopy(child))
                continue
            self.say(run, own)
            run = etree.Element("Text")
            run.text = child.tail
            self.block(child, own)
        self.say(run, own)

    def say(self, element: etree._Element, own: Draft) -> None:
        text = inline_text(element)
        if text:
            self.refer(element, self.act.say(own, text, element))
        else:
            self.refer(element, self.act.place_of(own).last or own)

    # ── annotations ────────────────────────────────────────────────────────────────────────────────

    def refer(self, element: etree._Element, by: Draft) -> None:
        """Hangs the annotations that ``element`` refers to under the provision that took its text; each is hung once."""
        for one in element.iter(etree.Element):
            for name in (one.get("CommentaryRef"), one.get("Ref")):
                if name and name not in self.hung and name in self.commentaries:
                    self.annotate(by, self.commentaries[name])

    def annotate(self, by: Draft, commentary: etree._Element) -> None:
        self.hung.add(commentary.get("id", ""))
        kind = commentary.get("Type", "")
        lines = [inline_text(line) for line in commentary.iter("Text")] or [inline_text(commentary)]
        made = Draft(
            segment=f"annotation-{kind}" if kind else "annotation",
            unit="citation" if kind in ("F", "M") else "note",
            text="\n".join(line for line in lines if line),
            quiet=True,
            place=commentary,
        )
        self.annotations.append((by, made))
