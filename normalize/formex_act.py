"""A Formex file as an act: ``PREAMBLE``, ``ENACTING.TERMS``, ``FINAL``, and ``ANNEX`` files, into the same tree as the pages."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy

from lxml import etree

from normalize.audit import Account
from normalize.draft import Draft
from normalize.eids import slug
from normalize.eu_act import Act
from normalize.formex_inline import formex_text
from normalize.html import all_text
from normalize.inline import tag_of

#: What stands inside a line of text.
_INLINE = frozenset(
    "HT DATE REF.DOC REF.DOC.OJ REF.DOC.ECR REF.DOC.SE QUOT.START QUOT.END NOTE FT PAGE IE INCL.ELEMENT BR REF.NP.ECR REF.NP KEYWORD"
    " ACRONYM ABBREV ADDR.S MARGIN NO.DOC.TXT IDX LINK REF.CONSID REF.ARTICLE UNDERLINE FORMULA.S FORMULA".split()
)
_DASHES = {"DASH": "—", "NDASH": "–", "BULLET": "•", "NONE": "", "DISC": "•", "SQUARE": "▪"}
_FRONT = frozenset(
    {
        "BIB.INSTANCE",
        "BIB.INSTANCE.CONS",
        "BIB.DATA",
        "BIB.DATA.CL",
        "INFO.CONSLEG",
        "INFO.PROD",
        "FAM.COMP",
        "FAM.COMP.CL",
        "TOC",
        "PROD.ID",
        "FIN.ID",
    }
)


class FormexAct:
    """Reads files one after the other into one Act."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.act = Act()
        self.footnotes: list[tuple[Draft, Draft]] = []

    def read(self, root: etree._Element) -> None:
        if root.tag in ("ANNEX", "CONS.ANNEX"):
            self.annex(root)
            return
        self.body(root)

    def body(self, root: etree._Element) -> None:
        parts: dict[str, Callable[[etree._Element], None]] = {
            "TITLE": self.title,
            "PREAMBLE": self.preamble,
            "ENACTING.TERMS": lambda one: self.enacting(one, self.act.part("enacting-terms")),
            "FINAL": self.final,
            "ANNEX": self.annex,
            "CONS.ANNEX": self.annex,
        }
        for child in root:
            tag = tag_of(child)
            if tag in _FRONT:
                self.drop(child)
            elif tag in parts:
                parts[tag](child)
            elif tag in ("CONS.DOC", "CONS.DOC.GEN", "ACT", "GR.ANNEX", "CONS.LIST"):
                self.body(child)
            elif tag in ("CONTENTS", "CONTENTS.CORR", "CORRECTION", "GR.CORRECTION", "DESCRIPTION"):
                self.flow(child, self.act.part("corrections" if root.tag == "CORR" else "contents"))
            elif tag:
                self.flow_one(child, self.act.part("contents"))

    # ── parts ──────────────────────────────────────────────────────────────────────────────────────

    def title(self, element: etree._Element) -> None:
        for line in element.iter("P", "NP"):
            if text := self.words(line):
                self.notes(line, self.act.add_title(text, line))

    def preamble(self, element: etree._Element) -> None:
        part = self.act.part("preamble")
        for child in element.iter():
            tag = tag_of(child)
            if tag == "VISA":
                self.flow(child, self.act.citation(child))
            elif tag == "CONSID":
                self.recital(child)
            elif tag in ("GR.CONSID.INIT",) or (
                tag == "P"
                and tag_of(child.getparent())
                in ("PREAMBLE.INIT", "PREAMBLE.FINAL", "GR.VISA", "PREAMBLE", "PREAMBLE.GEN")
            ):
                self.notes(child, self.act.say(part, self.words(child), child))

    def recital(self, element: etree._Element) -> None:
        numbered = next((one for one in element if tag_of(one) == "NP"), None)
        if numbered is None:
            made = self.act.recital("", element)
            self.flow(element, made)
            return
        made = self.act.recital(self.number(numbered), element)
        self.flow(numbered, made)
        for other in element:
            if other is not numbered:
                self.flow_one(other, made)

    def enacting(self, element: etree._Element, above: Draft) -> None:
        for child in element:
            tag = tag_of(child)
            if tag == "DIVISION":
                self.division(child, above)
            elif tag == "ARTICLE":
                self.article(child, above)
            elif tag == "TITLE":
                continue
            elif tag:
                self.flow_one(child, above)

    def division(self, element: etree._Element, above: Draft) -> None:
        title = element.find("TITLE")
        lines = self.lines(title.find("TI")) if title is not None and title.find("TI") is not None else []
        num = lines[0] if lines else ""
        made = self.act.division(above, num, element)
        more = lines[1:]
        if title is not None:
            more += self.lines(title.find("STI"))
            self.notes(title, made)
        made.heading = "\n".join(more)
        self.enacting(element, made)

    def article(self, element: etree._Element, above: Draft) -> None:
        named = element.find("TI.ART")
        num = self.words(named) if named is not None else ""
        identifier = (element.get("IDENTIFIER") or "").lstrip("0")
        made = self.act.article(above, num, element, f"art{identifier}" if identifier else "")
        for child in element:
            tag = tag_of(child)
            if tag == "STI.ART" or tag == "SUBTITLE":
                made.heading = "\n".join([*filter(None, [made.heading]), *self.lines(child)])
                self.notes(child, made)
            elif tag == "PARAG":
                self.paragraph(child, made)
            elif tag and tag != "TI.ART":
                self.flow_one(child, made)
        if named is not None:
            self.notes(named, made)

    def paragraph(self, element: etree._Element, above: Draft) -> None:
        numbered = element.find("NO.PARAG")
        num = self.words(numbered) if numbered is not None else ""
        if num and not num[0].isalnum() and num[0] != "(":
            made = self.act.quotation(above, num, element)
        else:
            made = self.act.paragraph(above, num, element)
        for child in element:
            if child is not numbered and tag_of(child):
                self.flow_one(child, made)

    def final(self, element: etree._Element) -> None:
        part = self.act.part("final")
        for line in element.iter("P"):
            if text := self.words(line):
                self.notes(line, self.act.say(part, text, line))

    def annex(self, element: etree._Element) -> None:
        title = element.find("TITLE")
        lines = []
        if title is not None:
            lines = [*self.lines(title.find("TI")), *self.lines(title.find("STI"))]
        made = self.act.annex(lines[0] if lines else "ANNEX", element)
        made.heading = "\n".join(filter(None, [made.heading, *lines[1:]]))
        if title is not None:
            self.notes(title, made)
        for child in element:
            tag = tag_of(child)
            if tag in _FRONT:
                self.drop(child)
            elif tag and tag != "TITLE":
                self.flow_one(child, made)

    # ── text ───────────────────────────────────────────────────────────────────────────────────────

    def flow(self, element: etree._Element, own: Draft) -> None:
        """Reads the content of ``element`` into ``own``: runs of text, and blocks between them."""
        run = etree.Element("P")
        run.text = element.text
        for child in element:
            tag = tag_of(child)
            if tag in _INLINE or not tag:
                run.append(deepcopy(child))
                continue
            self.run(run, element, own)
            run = etree.Element("P")
            run.text = child.tail
            if tag not in ("NO.P", "NO.PARAG"):
                self.flow_one(child, own)
        self.run(run, element, own)

    def run(self, run: etree._Element, place: etree._Element, own: Draft) -> None:
        text = self.words(run)
        if text:
            self.notes(run, self.act.say(own, text, place))
        elif len(run):
            self.notes(run, self.act.place_of(own).last or own)

    def flow_one(self, element: etree._Element, own: Draft) -> None:
        tag = tag_of(element)
        if tag == "LIST":
            self.items(element, own)
        elif tag == "NP":
            self.flow(element, self.act.point(own, self.number(element), element))
        elif tag == "PARAG":
            self.paragraph(element, own)
        elif tag == "ARTICLE":
            self.article(element, own)
        elif tag == "GR.SEQ":
            self.sequence(element, own)
        elif tag == "TBL":
            self.table(element, own)
        elif tag == "DIVISION":
            self.division(element, own)
        elif tag == "TITLE":
            self.notes(element, self.act.heading(own, " ".join(self.lines(element)), element))
        elif tag in _FRONT:
            self.drop(element)
        elif tag in ("NO.P", "NO.PARAG", ""):
            return
        else:
            self.flow(element, own)

    def items(self, element: etree._Element, own: Draft) -> None:
        dash = _DASHES.get(element.get("TYPE", ""), "—")
        for item in element:
            if not tag_of(item):
                continue
            numbered = next((one for one in item if tag_of(one) == "NP"), None)
            num = self.number(numbered) if numbered is not None else dash
            made = self.act.point(own, num, item)
            for child in item:
                if child is numbered:
                    self.flow(child, made)
                else:
                    self.flow_one(child, made)

    def sequence(self, element: etree._Element, own: Draft) -> None:
        title = element.find("TITLE")
        made = own
        if title is not None:
            numbered = next(title.iter("NP"), None)
            lines = self.lines(title)
            text = (
                f"{self.number(numbered)} {' '.join(self.lines(numbered.find('TXT')))}"
                if numbered is not None
                else " ".join(lines)
            )
            made = self.act.heading(own, text, element)
            self.notes(title, made)
        for child in element:
            if child is not title and tag_of(child):
                self.flow_one(child, made)

    def table(self, element: etree._Element, own: Draft) -> None:
        here = self.act.place_of(own)
        here.tables += 1
        here.texts += 1
        title = element.find("TITLE")
        made = own.add(
            Draft(
                segment="table" if here.tables == 1 else f"table-{here.tables}",
                unit="table",
                heading=" ".join(self.lines(title)) if title is not None else "",
                quiet=True,
                place=element,
            )
        )
        for row in element.iter("ROW"):
            cells = [self.words(cell) for cell in row.iter("CELL")]
            if not any(cells):
                continue
            head = row.get("TYPE") in ("HEADER", "ALIAS")
            made.add(
                Draft(
                    segment="header" if head else slug(next(filter(None, cells)), words=8) or "row",
                    unit="header" if head else "row",
                    text=" | ".join(cells),
                    quiet=True,
                    place=row,
                )
            )
        for note in element.iter("NOTE"):
            self.note(note, made)

    # ── small things ───────────────────────────────────────────────────────────────────────────────

    def words(self, element: etree._Element) -> str:
        return formex_text(element)

    def lines(self, element: etree._Element | None) -> list[str]:
        """The lines of a title: each ``P`` is one."""
        if element is None:
            return []
        return [line for line in formex_text(element).split("\n") if line]

    def number(self, element: etree._Element) -> str:
        found = element.find("NO.P")
        return self.words(found) if found is not None else ""

    def notes(self, element: etree._Element, by: Draft) -> None:
        """Hangs the footnotes inside ``element`` under the provision that its text went into."""
        for note in element.iter("NOTE"):
            self.note(note, by)

    def note(self, note: etree._Element, by: Draft) -> None:
        made = Draft(segment="footnote", unit="footnote", text=formex_text(note), quiet=True, place=note)
        self.footnotes.append((by, made))

    def finish(self) -> Act:
        """Hangs the footnotes under their callers, after all else that stands there, as the pages do."""
        for by, made in self.footnotes:
            by.add(made)
        self.footnotes.clear()
        return self.act

    def drop(self, element: etree._Element) -> None:
        if text := all_text(element, " ").strip():
            self.account.discard("production-data", element, text)
