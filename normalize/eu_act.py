"""A European Union act in the making: what every dialect of it is read into, so that one act has one tree whatever prints it.

The roots are the parts that editions print or leave out, by the names that a scope has: ``title``, ``preamble``,
``enacting-terms``, ``final``, ``annexes``. Under them stand recitals (``recital-27``), divisions (``chapterIII.section2``), articles
(``art50``), paragraphs (``art50.2``), points (``art5.1.h``), annexes (``annexIII.1.a``). An unnumbered text is the text of what
it stands in, when it is the first there, and a subparagraph of it (``art6.3.subpar-2``) when it follows; the points of a
subparagraph are cited by the paragraph (``art6.3.a``), as the acts do themselves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from normalize.draft import Draft
from normalize.eids import slug
from normalize.eu_marks import (
    CODE,
    NOTE,
    annex_segment,
    article_segment,
    division,
    division_segment,
    follows,
    is_dash,
    note_segment,
    segment,
    split_annex,
)

_WORDLESS = re.compile(r"[^\w]*")
SECTION_LINE = re.compile(
    r"(?i)\s*(?P<num>(?:SECTION|PART|ABSCHNITT|TEIL|SECTION|PARTIE|AFDELING|DEEL|CHAPTER|KAPITEL)\s+(?P<number>[A-Z]|[IVX]+|\d+[a-z]?))\b[.:]?[\s\u00a0]*[—–-]?[\s\u00a0]*"
)
NUMBERED_LINE = re.compile(r"\s*(?P<num>\(?(?:\d{1,3}(?:\.\d{1,3})*|[A-Z]|[IVX]{1,6})[.)])[\s\u00a0]+(?=\S)")


@dataclass(slots=True)
class Place:
    """Where text goes: the provision ``own``, and how much stands in it already."""

    own: Draft
    texts: int = 0
    indents: int = 0
    tables: int = 0
    last: Draft | None = None  # the text that a list after it belongs to
    tail: Draft | None = None  # the item or quotation that came last, if nothing followed it
    mark: str = ""  # of the last item that stands in ``own`` itself
    waits: bool = False  # the label of a note stood on a line of its own: its words come next


@dataclass(slots=True)
class Act:
    """Drafts by part, in the order in which they are read."""

    parts: dict[str, Draft] = field(default_factory=dict)
    title: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)  # what the journal's head or the cover prints
    places: dict[int, Place] = field(default_factory=dict)

    def part(self, name: str) -> Draft:
        """The root ``name``, made when first asked for."""
        if name not in self.parts:
            self.parts[name] = Draft(segment=name, unit="part", absolute=True, transparent=True)
        return self.parts[name]

    @property
    def roots(self) -> list[Draft]:
        return [draft for draft in self.parts.values() if draft.children or draft.text or draft.heading]

    # ── structure ──────────────────────────────────────────────────────────────────────────────────

    def add_title(self, text: str, place: etree._Element) -> Draft:
        """One line of the title."""
        if "title" not in self.parts:
            self.parts["title"] = Draft(segment="title", unit="title", absolute=True, place=place)
        draft = self.parts["title"]
        draft.text = f"{draft.text}\n{text}" if draft.text else text
        self.title.append(text)
        return draft

    def recital(self, num: str, place: etree._Element) -> Draft:
        number = segment(num)
        return self.part("preamble").add(
            Draft(
                segment=f"recital-{number}" if number else "recital",
                unit="recital",
                num=num,
                absolute=True,
                place=place,
            )
        )

    def citation(self, place: etree._Element) -> Draft:
        """A "Having regard to …"; they have no numbers and are counted."""
        preamble = self.part("preamble")
        count = 1 + sum(child.unit == "citation" for child in preamble.children)
        return preamble.add(
            Draft(segment=f"citation-{count}", unit="citation", absolute=True, quiet=True, place=place)
        )

    def division(self, above: Draft, num: str, place: etree._Element) -> Draft:
        """A part, title, chapter or section under ``above``."""
        unit = division(num)[1]
        return above.add(
            Draft(
                segment=division_segment(num, unit),
                unit=unit,
                num=num,
                absolute=above.transparent,
                place=place,
            )
        )

    def article(self, above: Draft, num: str, place: etree._Element, fallback: str = "") -> Draft:
        """An article; ``fallback`` is its address where its number has no digit."""
        wanted = article_segment(num) or fallback or slug(num) or "art"
        return above.add(Draft(segment=wanted, unit="article", num=num, absolute=True, place=place))

    def annex(self, line: str, place: etree._Element, above: Draft | None = None) -> Draft:
        """An annex, or an appendix of the annex ``above``; what follows its number on the line is its heading."""
        num, heading = split_annex(line)
        made = Draft(
            segment=annex_segment(line) or slug(line) or "annex",
            unit="annex",
            num=num,
            heading=heading,
            absolute=True,
            place=place,
        )
        return (above or self.part("annexes")).add(made)

    def heading(self, above: Draft, text: str, place: etree._Element) -> Draft:
        """A heading inside an annex: ``Section A. List …``, ``3. Quality management system``, or words alone."""
        if found := SECTION_LINE.match(text):
            name = found["num"].split()[0].casefold()
            return above.add(
                Draft(
                    segment=f"{name}{found['number']}",
                    unit="section",
                    num=text[: found.end()].strip(),
                    heading=text[found.end() :].strip(),
                    place=place,
                )
            )
        if found := NUMBERED_LINE.match(text):
            return above.add(
                Draft(
                    segment=self.relative(above, segment(found["num"])),
                    unit="point",
                    num=found["num"],
                    heading=text[found.end() :].strip(),
                    place=place,
                )
            )
        return above.add(
            Draft(
                segment=slug(text) or "heading",
                unit="heading",
                heading=text,
                quiet=True,
                transparent=True,
                place=place,
            )
        )

    # ── text ───────────────────────────────────────────────────────────────────────────────────────

    def place_of(self, own: Draft) -> Place:
        return self.places.setdefault(id(own), Place(own))

    def say(self, own: Draft, text: str, place: etree._Element) -> Draft:
        """Puts an unnumbered text into ``own``; answers the provision that took it."""
        here = self.place_of(own)
        if text and _WORDLESS.fullmatch(text) and (ending := self._ending(own)) is not None:
            ending.text += text  # the punctuation that closes a list or a quotation
            return ending
        if (open_note := here.last) is not None and open_note.unit == "note" and here.waits:
            here.waits = False
            open_note.text = text
            self.place_of(open_note).texts = 1
            self.place_of(open_note).last = open_note
            return open_note
        if (found := NOTE.match(text)) and own.unit not in ("recital", "citation", "part", "title"):
            made = self.note(own, found["num"], text[found.end() :], place)
            here.waits = not made.text
            return made
        here.tail = None
        here.texts += 1
        if here.texts == 1 and not own.children and not own.text:
            own.text = text
            here.last = own
            return own
        counted = f"subpar-{here.texts}"
        made = own.add(
            Draft(
                segment=f"{own.segment}.{counted}" if own.unit == "part" else counted,
                unit="subparagraph",
                text=text,
                absolute=own.unit == "part",
                transparent=True,
                quiet=True,
                place=place,
            )
        )
        here.last = made
        return made

    def note(self, own: Draft, num: str, text: str, place: etree._Element) -> Draft:
        """A note of the dual-use list: what is lettered in it is cited by the note."""
        found = NOTE.match(num)
        here = self.place_of(own)
        here.texts += 1
        here.last = own.add(
            Draft(
                segment=note_segment(found) if found else "note",
                unit="note",
                num=num.strip(),
                text=text,
                quiet=True,
                place=place,
            )
        )
        if text:
            self.place_of(here.last).texts = 1
            self.place_of(here.last).last = here.last
        return here.last

    def point(self, own: Draft, num: str, place: etree._Element) -> Draft:
        """An item of a list in ``own``: of its last subparagraph where it has one, of its last note where it goes on with that."""
        here = self.place_of(own)
        wanted = segment(num)
        above = self._holder(here, wanted)
        if is_dash(num) or not wanted:
            counted = self.place_of(above)
            counted.indents += 1
            here.tail = above.add(
                Draft(segment=f"indent-{counted.indents}", unit="indent", num=num, quiet=True, place=place)
            )
            return here.tail
        if CODE.fullmatch(wanted):
            return own.add(Draft(segment=wanted, unit="entry", num=num, absolute=True, place=place))
        if above.unit != "note":
            here.mark = wanted
            if here.last is not None and here.last.unit == "note":
                here.last = None  # the note is over: what follows belongs to the entry again
        self.place_of(above).mark = wanted
        here.tail = above.add(
            Draft(segment=self.relative(own, wanted), unit="point", num=num, quiet=True, place=place)
        )
        return here.tail

    def _holder(self, here: Place, wanted: str) -> Draft:
        """What an item marked ``wanted`` belongs to: the text before it, unless that is a note and the item goes on after it."""
        last = here.last
        if last is None:
            return here.own
        if last.unit != "note":
            return last
        within = self.place_of(last).mark
        if within and follows(within, wanted):
            return last
        if here.mark and follows(here.mark, wanted):
            return here.own
        opens = (
            not within
            and wanted in ("", "a", "1", "i")
            and last.text.rstrip().endswith((":", "\u2014", "-", "\u2013"))
        )
        return last if opens else here.own

    def paragraph(self, own: Draft, num: str, place: etree._Element) -> Draft:
        """A numbered paragraph of an article (``1.``)."""
        return own.add(
            Draft(segment=segment(num) or slug(num) or "par", unit="paragraph", num=num, place=place)
        )

    def quotation(self, own: Draft, num: str, place: etree._Element) -> Draft:
        """A paragraph of the text that an amending act puts into another act."""
        here = self.place_of(own)
        here.tail = (here.last or own).add(
            Draft(segment=segment(num) or "quoted", unit="paragraph", num=num, quiet=True, place=place)
        )
        return here.tail

    def _ending(self, own: Draft) -> Draft | None:
        """The provision whose text stands last in ``own``, None where there is none yet."""
        here = self.place_of(own)
        while here.tail is not None:
            here = self.place_of(here.tail)
        return here.last if here.last is not None else here.own if here.own.text else None

    @staticmethod
    def relative(above: Draft, number: str) -> str:
        """``3.1`` under a provision that is number 3 is its 1."""
        holder = segment(above.num)
        if holder and number.startswith(f"{holder}."):
            return number[len(holder) + 1 :]
        return number


def looks_like_section(text: str) -> bool:
    """Whether a heading is that of a section or part of an annex: ``Section A. …``."""
    return SECTION_LINE.match(text) is not None


def looks_numbered(text: str) -> bool:
    """Whether a heading has a number or letter of its own."""
    return NUMBERED_LINE.match(text) is not None or looks_like_section(text)
