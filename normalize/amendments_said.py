"""What an amendatory instruction names: places, changes, and the small readings that make them of words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from normalize.amendments_places import Marks
from normalize.amendments_tokens import FILLERS, Token

ELEMENTS = {
    "sentence": "sentence",
    "ordinal-paragraph": "paragraph",
    "intro": "introductory text",
    "heading": "heading",
    "note": "note",
    "footnote": "footnote",
    "definition": "definition",
    "listing": "country",
    "entry": "entry",
    "table": "table",
    "words": "words",
    "text": "text",
    "authority": "authority citation",
    "airworthiness": "airworthiness directive",
    "block": "block",
}
NAMED = frozenset({"entry", "definition", "country", "words"})
UNNAMED = NAMED | {"authority citation", "introductory text", "airworthiness directive"}
POSITION = frozenset({"following", "that follow", "after", "before", "between", "preceding", "immediately"})
PLACES = frozenset(
    {"section", "supplement", "appendix", "subpart", "part", "chapter", "category", "code", "paragraph"}
)
NUMBERS = re.compile(r"\d+")
SECTION = re.compile(
    r"(\d{1,4}\.[0-9A-Za-z]+(?:[.–-][0-9][0-9A-Za-z]*)*)\s*((?:\(\s?[0-9A-Za-z]{1,5}\s?\))*)"
)
_ENDS_SENTENCE = re.compile(
    r"[a-z]{5,}\.\Z"
)  # a full stop after a whole word is the sentence's, after "Ltd" the name's
NAME_WORD = re.compile(r"[A-ZÀ-Þ0-9][\wÀ-ÿ’'.&-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in the Code an instruction points, as far as it says."""

    part: str = ""
    section: str = ""
    supplement: str = ""
    appendix: str = ""
    subpart: str = ""
    chapter: str = ""
    code: str = ""
    under: str = ""
    marks: Marks = ()

    @property
    def is_empty(self) -> bool:
        return not (
            self.part
            or self.section
            or self.supplement
            or self.appendix
            or self.subpart
            or self.chapter
            or self.code
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One change as the instruction names it."""

    operation: str
    place: Place
    unit: str = ""
    name: str = ""
    becomes: str = ""


@dataclass(slots=True)
class Instruction:
    """What was read of one instruction. ``context`` is where it points; ``problems`` are the words that were not understood, empty
    for one that was. An instruction without ``said`` is the head of those under it ("Section 744.11 is amended by:")."""

    context: Place
    said: list[Said] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    effective: date | None = None
    delayed: bool = False

    @property
    def is_head(self) -> bool:
        return not self.said and not self.problems and not self.context.is_empty


def undetermined(said: Said) -> str:
    """What is missing to know the place: a paragraph or a sentence of a part alone can be anywhere in it."""
    place = said.place
    if place.section or place.supplement or place.appendix or place.code or place.subpart or place.chapter:
        return ""
    if place.marks:
        return "a paragraph of which section?"
    if said.unit in ("authority citation", "heading", "") or (
        said.unit in ("entry", "country") and place.under
    ):
        return "" if place.part else "of which part?"
    return f"{said.unit} of which section?"


def container_places(token: Token, base: Place) -> list[Place]:
    text = token.text
    if token.kind == "supplement":
        named = re.search(r"[Pp]art\s+(\d+)", text)
        part = named.group(1) if named else base.part
        own = NUMBERS.findall(text[: named.start()] if named else text)
        own = [number for number in own if number != "15"] if named and "CFR" in text else own
        return [Place(part=part, supplement=number) for number in own]
    if token.kind == "appendix":
        named = re.search(r"[Pp]art\s+(\d+)", text)
        letters = re.findall(
            r"\b([A-Z]{1,2})\b", re.sub(r"CFR.*", "", text[: named.start()] if named else text)
        )
        return [Place(part=named.group(1) if named else base.part, appendix=letter) for letter in letters]
    if token.kind == "subpart":
        return [Place(part=base.part, subpart=text.split()[1])]
    if token.kind == "part":
        after = text.split("art", 1)[1]
        return [Place(part=number) for number in NUMBERS.findall(after)]
    if token.kind == "chapter":
        return [Place(chapter=text.split()[-1])]
    return [replace(base, under=f"{base.under}, {text}" if base.under.startswith("Category") else text)]


def section_range(first: Place, last: Place) -> list[Place]:
    """Sections from after ``first`` through ``last`` where they are numbered in a row, else the last alone."""
    low, high = first.section.rpartition("."), last.section.rpartition(".")
    if (
        low[0] == high[0]
        and low[2].isdigit()
        and high[2].isdigit()
        and int(low[2]) < int(high[2]) <= int(low[2]) + 60
    ):
        return [
            replace(last, section=f"{low[0]}.{number}") for number in range(int(low[2]) + 1, int(high[2]) + 1)
        ]
    return [last]


def designation_of(said: Said) -> str:
    """The new designation as the instruction would write it."""
    place = said.place
    if place.supplement and not place.marks:
        return f"Supplement No. {place.supplement} to part {place.part}"
    if place.appendix and not place.marks:
        return f"Appendix {place.appendix} to part {place.part}"
    if place.subpart and not (place.section or place.marks):
        return f"subpart {place.subpart}"
    own = "".join(f"({mark})" for mark in place.marks)
    if said.unit and said.unit in ("note", "footnote", "table"):
        return f"{said.name} to {place.section}{own}" if own else said.name
    return own or place.section


def code_of(text: str) -> str:
    return text.split()[-1].rstrip(".")


def bare_designation(text: str) -> str:
    return re.sub(r"^.*?[Pp]aragraphs?\s+", "", text)


def says_paragraph(text: str) -> bool:
    return "aragraph" in text


def is_absolute(text: str) -> bool:
    return says_paragraph(text) or bool(re.match(r"\(\s?[a-z]\s?\)", text))


def said_of(operation: str, place: Place, unit: str, name: str, held: str) -> Said:
    """A change of an element; what holds it (a table, the introductory text) encloses it."""
    return Said(
        operation=operation, place=replace(place, under=plain(held)) if held else place, unit=unit, name=name
    )


def nested(outer: str, inner: str) -> str:
    """Headings one in the other: "Category 3", then "Product Group E"."""
    if not outer or not inner or inner.startswith(outer):
        return inner or outer
    return f"{outer}, {inner}" if outer.startswith("Category") else outer


def moved_into(said: Said, container: Place) -> Said:
    """ "ECCN 1C351 in supplement no. 1 to part 774", "§ 180.1406 to subpart D": the place with what holds it."""
    own = said.place
    return replace(
        said,
        place=replace(
            own,
            part=container.part or own.part,
            section=container.section or own.section,
            supplement=container.supplement or own.supplement,
            appendix=container.appendix or own.appendix,
            subpart=container.subpart or own.subpart,
            under=nested(own.under, container.under),
        ),
    )


def plain(text: str) -> str:
    return re.sub(r"^(?:the|an?)\s+", "", " ".join(text.split()))


def unquoted(text: str, unit: str = "words") -> str:
    """What stands in quotation marks: words to the letter, a name without the separators that American usage puts inside."""
    inner = text.strip('“”"').strip()
    if unit == "words":
        return inner
    inner = inner.strip(" ;,")
    return inner[:-1] if _ENDS_SENTENCE.search(inner) else inner


def heading_of(text: str) -> str:
    return re.sub(r"^[Uu]nder\s+(?:the\s+)?(?:headings?\s+|country\s+)?", "", text).strip("“”, ")


def is_filler(text: str) -> bool:
    return text.lower().strip(".") in FILLERS or text in ("(", ")", ".", "“", "”")
