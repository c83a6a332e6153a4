"""Proposals and other Commission documents of the older dialect: paragraphs whose class is the style of the Commission's word processor.

The styles (LegisWrite) say the depth: ``Point1`` stands under ``NumPar1`` or ``Normal``, ``Point2`` under ``Point1``, ``Text1`` goes on
with what ``NumPar1`` began; ``Manual…`` is the same with the number typed by hand.
"""

from __future__ import annotations

import re

from lxml import etree

from normalize.audit import Account
from normalize.draft import Draft
from normalize.eids import slug
from normalize.eu_act import Act
from normalize.eu_marks import annex_segment, division, segment
from normalize.eu_notes import Footnotes
from normalize.eu_pieces import pieces
from normalize.eu_tables import add_table
from normalize.html import classes
from normalize.inline import inline_text, tag_of

_DEPTH = re.compile(
    r"(?:Manual)?(?P<style>NumPar|Point|Tiret|ListDash|ListBullet|ListNumber|Bullet|Dash)(?P<depth>\d)(?:number|letter|Level\d)?"
)
_HEADING = re.compile(r"(?:Manual)?Heading(?P<depth>\d)")
_TEXT = re.compile(r"Text(?P<depth>\d)")
_OFFSET = {"NumPar": -0.5, "Point": 0.0}
_COVER = re.compile(r"(?:\S+_cp|Emission|Rfrence\S*|Statut|Logo|Lger\S*|Pagedecouverture)")
_TITLE = frozenset(
    {"Typedudocument", "Titreobjet", "Datedadoption", "Typeacteprincipal", "Objetacteprincipal"}
)
_MEMORANDUM = frozenset({"Exposdesmotifstitre", "Expos"})
_STATEMENT = re.compile(r"Fichefinanci\S*titre")
_FINAL = frozenset({"Applicationdirecte", "Fait", "Institutionquisigne", "Personnequisigne", "Fonction"})
_TYPED = re.compile(r"(\d{1,2}(?:\.\d{1,2})*\.)\s*(?=[^\s\d])")
_SECTION_LINE = re.compile(r"(?i)(?:SECTION|PART|ABSCHNITT|TEIL|PARTIE|DEEL)\s+[A-Z0-9]+\b")


class Proposal:
    """Reads one document into an Act; see :func:`read_proposal`."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.act = Act()
        self.notes = Footnotes()
        self.own: Draft = self.act.part("cover")
        self.base: Draft = self.own
        self.stack: list[tuple[float, Draft]] = []
        self.divisions: list[tuple[int, Draft]] = []
        self.headings: list[tuple[int, Draft]] = []
        self.wants_title: Draft | None = None
        self.in_articles = False
        self.in_preamble = False

    @property
    def target(self) -> Draft:
        return self.stack[-1][1] if self.stack else self.own

    def flow(self, element: etree._Element) -> None:
        for piece in pieces(element):
            tag = tag_of(piece)
            if tag == "table":
                self.called(piece, add_table(self.act, self.target, piece))
            elif tag == "dl":
                for note in piece.iter("dd"):
                    self.notes.add(note, self.own)
            elif tag in ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li") or not len(piece):
                self.line(piece)
            else:
                self.flow(piece)

    def line(self, element: etree._Element) -> None:
        named = classes(element)
        text = inline_text(element)
        if not text:
            self.notes.called(element, self.target)
            return
        number = next((one for one in element.iter("span") if classes(one) & {"num", "list-symbol"}), None)
        num = inline_text(number) if number is not None else ""
        rest = text[len(num) :].strip() if num and text.startswith(num) else text
        if not text.startswith(num):
            num = ""
        if any(_COVER.fullmatch(name) for name in named):
            self.cover(element, text)
        elif named & _TITLE:
            self.start("preamble")
            self.in_preamble = True
            self.called(element, self.act.add_title(text, element))
        elif named & _MEMORANDUM:
            self.open_part("memorandum", element, text)
        elif any(_STATEMENT.fullmatch(name) for name in named):
            self.open_part("financial-statement", element, text)
        elif "Annexetitre" in named and annex_segment(text) is not None:
            self.start("annexes")
            self.own = self.base = self.act.annex(text, element)
            self.split_heading()
            self.called(element, self.own)
        elif "SectionTitle" in named or "ChapterTitle" in named or "PartTitle" in named:
            self.section_title(element, text)
        elif "Titrearticle" in named:
            self.article(element, text)
        elif named & _FINAL:
            self.start("final")
            self.called(element, self.act.say(self.own, text, element))
        elif any(name.endswith("Considrant") for name in named) and num:
            self.stack.clear()
            made = self.act.recital(num, element)
            self.stack.append((0.0, made))
            self.called(element, self.act.say(made, rest, element))
        elif heading := next((found for name in named if (found := _HEADING.fullmatch(name))), None):
            self.heading(element, int(heading["depth"]), num, rest)
        elif styled := next((found for name in named if (found := _DEPTH.fullmatch(name))), None):
            self.item(element, styled, num, rest)
        else:
            # A plain line after a numbered paragraph is its next subparagraph.
            plain = 0.75 if self.stack and self.stack[0][1].unit == "paragraph" else 0.0
            depth = next((float(found["depth"]) for name in named if (found := _TEXT.fullmatch(name))), plain)
            while self.stack and self.stack[-1][0] >= depth and not self._holds_recital(named):
                self.stack.pop()
            if self.in_preamble and "Formuledadoption" in named:
                self.stack.clear()
            self.called(element, self.act.say(self.target, text, element))

    # ── parts ──────────────────────────────────────────────────────────────────────────────────────

    def start(self, name: str) -> None:
        self.own = self.base = self.act.part(name)
        self.stack.clear()
        self.headings.clear()
        self.divisions = self.divisions if name == "enacting-terms" else []
        self.wants_title = None
        self.in_articles = name == "enacting-terms"
        self.in_preamble = name == "preamble"

    def open_part(self, name: str, element: etree._Element, text: str) -> None:
        self.start(name)
        self.own.heading = f"{self.own.heading}\n{text}".strip()
        self.called(element, self.own)

    def cover(self, element: etree._Element, text: str) -> None:
        if self.own.segment != "cover":
            self.start("cover")
        self.act.heads.append(text)
        self.called(element, self.act.say(self.own, text, element))

    def section_title(self, element: etree._Element, text: str) -> None:
        """A number line (``TITLE I``), and after it a line with its heading."""
        first, _, more = text.partition("\n")
        if self.wants_title is not None and division(first)[0] > 5:
            self.wants_title.heading = f"{self.wants_title.heading}\n{text}".strip()
            self.called(element, self.wants_title)
            return
        if self.own.unit == "annex":
            self.own.heading = f"{self.own.heading}\n{text}".strip()
            return
        if not self.in_articles:
            self.start("enacting-terms")
        rank = division(first)[0]
        while self.divisions and self.divisions[-1][0] >= rank:
            self.divisions.pop()
        above = self.divisions[-1][1] if self.divisions else self.act.part("enacting-terms")
        made = self.act.division(above, first, element)
        made.heading = more.strip()
        self.divisions.append((rank, made))
        self.wants_title = made
        self.own = made
        self.stack.clear()
        self.called(element, made)

    def article(self, element: etree._Element, text: str) -> None:
        if not self.in_articles:
            self.start("enacting-terms")
        num, _, heading = text.partition("\n")
        above = self.divisions[-1][1] if self.divisions else self.act.part("enacting-terms")
        self.own = self.act.article(above, num.strip(), element)
        self.own.heading = heading.strip()
        self.wants_title = None
        self.stack.clear()
        self.called(element, self.own)

    def split_heading(self) -> None:
        """An annex's title may carry the title of its first section on a line of its own."""
        lines = self.own.heading.split("\n")
        if len(lines) > 1 and _SECTION_LINE.match(lines[-1]):
            annex = self.own
            annex.heading = "\n".join(lines[:-1])
            place = annex.place
            assert place is not None
            made = self.act.heading(annex, lines[-1], place)
            self.stack.append((-1.0, made))

    def heading(self, element: etree._Element, depth: int, num: str, text: str) -> None:
        self.stack.clear()
        while self.headings and self.headings[-1][0] >= depth:
            self.headings.pop()
        above = self.headings[-1][1] if self.headings else self.base
        if not num and (typed := _TYPED.match(text)):
            num, text = typed.group(1), text[typed.end() :]
        wanted = self.act.relative(above, segment(num)) if segment(num) else slug(text)
        made = above.add(
            Draft(
                segment=(f"{above.segment}.{wanted}" if above.unit == "part" else wanted) or "heading",
                unit="section",
                num=num,
                heading=text,
                absolute=above.unit == "part",
                quiet=True,
                place=element,
            )
        )
        self.headings.append((depth, made))
        self.own = made
        self.called(element, made)

    def item(self, element: etree._Element, styled: re.Match[str], num: str, text: str) -> None:
        depth = float(styled["depth"]) + _OFFSET.get(styled["style"], 0.25)
        while self.stack and self.stack[-1][0] >= depth:
            self.stack.pop()
        if not num:
            self.called(element, self.act.say(self.target, text, element))
            return
        paragraph = styled["style"] == "NumPar" and self.own.unit == "article" and not self.stack
        made = (
            self.act.paragraph(self.own, num, element)
            if paragraph
            else self.act.point(self.target, num, element)
        )
        self.stack.append((depth, made))
        self.called(element, self.act.say(made, text, element))

    def _holds_recital(self, named: frozenset[str]) -> bool:
        return bool(self.stack) and self.stack[-1][1].unit == "recital" and "Formuledadoption" not in named

    def called(self, element: etree._Element, by: Draft) -> None:
        self.notes.called(element, by)


def read_proposal(root: etree._Element, account: Account) -> Act:
    """The document that ``root`` (the content of a page, its typography set) prints."""
    reader = Proposal(account)
    reader.flow(root)
    reader.notes.attach()
    return reader.act
