"""What an amending document says it changes: its instructions, one record for each thing each of them changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from archive.records import Amendment, Expression, Provision
from normalize.amendments_europe import european_amendments
from normalize.amendments_grammar import read_instruction
from normalize.amendments_japanese import japanese_amendments
from normalize.amendments_lists import complete, list_of
from normalize.amendments_places import dotted
from normalize.amendments_said import Instruction, Place, Said
from normalize.dates_paragraph import dates_in

_NUMBER = re.compile(r"(\d{1,3}|[a-z]{1,5}|[ivx]{1,6})\.\s+(?=\S)")
_PRINTED_PAGE = re.compile(r"\(\s*printed page \d+\)\s*")
_CCL_NAMED = re.compile(r"(?<=774)\s*\((?:the\s+)?(?:Commerce\s+Control\s+List|CCL)\b[^)]*\)")
_READS = re.compile(
    r"\s+(?:The|These)\s+(?:revis|addit|amend|remov|redesign|correct|follow)[^.]*?(?:reads?|to read|set forth|is|are)\s+(?:as\s+follows|below)\s*[:.]?\s*\Z"
)
_LEAD = re.compile(
    r"(?:Accordingly|For the reasons|For reasons|In consideration|Therefore|By the authority|Under the authority)\b.{0,400}?"
    r"(?:\b(?:is|are|be)\s+(?:proposed\s+to\s+be\s+)?(?:further\s+)?(?:amended|corrected|revised)|\bamend(?:s|ing)?\b|\bcorrects?\b"
    r"|\bproposes?\s+to\s+amend)",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_LEAD = 700
_INSTRUCTS = re.compile(
    r"(?:(?:Effective|Delayed)\b[^.]{0,60},\s*)?(?:The\s+)?(?:further\s+)?(?:Sections?\b|§|Supp(?:lement|\.)|Appendi|Parts?\s+\d|Subparts?\s+[A-Z]"
    r"|[Aa]mend\b|[Rr]evis(?:e|ing)\b|[Aa]dd(?:ing)?\b|[Rr]emov(?:e|ing)\b|[Rr]edesignat(?:e|ing)\b|[Rr]eserv(?:e|ing)\b|[Cc]orrect(?:ing)?\b|[Ii]n\s+(?:the|§|[Ss]upp|[Ss]ection|[Pp]ara|[Aa]pp|[Cc]ategory|“)"
    r"|[Uu]nder\s|[Bb]y\s+(?:revis|add|remov|redesig)|[Aa]uthority\s+citation|Newly)"
)
_OPERATES = re.compile(
    r"\b(?:revis|add|remov|redesignat|reserv|amend|continues? to read|corrected|stayed|delayed|transfer)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One instruction of a paper: its number, its text without it, where it stands, and the part that encloses it in print."""

    number: str
    text: str
    place: str
    part: str = ""


@dataclass(slots=True)
class _Levels:
    """The numbered, lettered and roman instructions that are open, with where they point."""

    labels: list[str] = field(default_factory=list)
    contexts: list[Place] = field(default_factory=list)


def amendments_of(expression: Expression) -> tuple[Amendment, ...]:
    """The changes that the instructions of a paper name, in its order; ``unknown`` for an instruction that was not understood.

    A paper that amends nothing gives an empty tuple. ``effective`` is the date the instruction itself gives, else the one
    that the DATES paragraph gives for its number, else the paper's first effective date.
    """
    if expression.language == "ja":
        return japanese_amendments(expression)
    if expression.work.startswith("eu/"):
        return european_amendments(expression)
    dates = _Dates(expression)
    title = _title(expression)
    found: list[Amendment] = []
    for heard, read in understood(expression):
        number = heard.number.split(".")[0]
        effective = None if read.delayed else read.effective or dates.of(number)
        common = {"instruction": heard.number, "place": heard.place, "words": heard.text}
        if read.problems or (not read.said and not read.is_head):
            found.append(
                Amendment(operation="unknown", part=read.context.part, effective=effective, **common)
            )
            continue
        found.extend(_amendment(said, title, effective, common) for said in read.said)
    return tuple(found)


def understood(expression: Expression) -> Iterator[tuple[Heard, Instruction]]:
    """Each instruction with what was read of it, heads of others included."""
    levels = _Levels()
    part = _only_part(expression)
    heard_all = list(instructions(expression))
    supplement = list_of(expression)
    siblings: dict[str, Instruction] = {}
    for index, heard in enumerate(heard_all):
        following = heard_all[index + 1] if index + 1 < len(heard_all) else None
        context = _context(heard, levels, heard.part or part)
        read = read_instruction(_clean(heard.text), context)
        above = heard.number.rpartition(".")[0]
        complete(read, supplement=supplement, sibling=siblings.get(above) if above else None)
        siblings[above] = read
        if following is not None and following.number.startswith(f"{heard.number}."):
            _head_of_others(heard.text, read)
        if read.context.part:
            part = read.context.part
        for said in read.said:
            part = said.place.part or part
        _remember(heard, read, levels)
        yield heard, read


def _head_of_others(text: str, read: Instruction) -> None:
    """ "Supplement no. 1 to part 774 is revised as follows:" with lettered instructions under it: those say what is revised."""
    whole = [
        said
        for said in read.said
        if said.operation == "revise" and not (said.unit or said.place.marks or said.place.code)
    ]
    if len(whole) == len(read.said) == 1 and not re.search(r"to\s+read\s+as\s+follows", text):
        read.context = whole[0].place
        read.said = []


def instructions(expression: Expression) -> Iterator[Heard]:
    """The instructions of a paper: its AMDPAR elements; where it has none, the numbered and lettered paragraphs after the words
    that open the amendments ("For the reasons stated in the preamble, … is amended as follows")."""
    marked = list(_marked(expression))
    yield from marked or _plain(expression)


def _marked(expression: Expression) -> Iterator[Heard]:
    for root in expression.provisions:
        stack: list[tuple[Provision, str, str]] = [(root, "", "")]
        while stack:
            item, part, above = stack.pop()
            if item.unit == "regulation":
                named = re.match(r"cfr-\d+-([0-9a-z]+)", item.eid)
                part = named.group(1) if named else part
            label = above
            if item.unit == "amendment":
                own = item.num.rstrip(".")
                label = f"{above}.{own}" if above and own else own or above
                yield Heard(number=label, text=item.text, place=item.eid, part=part)
            stack.extend(
                (child, part, label if item.unit == "amendment" else above)
                for child in reversed(item.children)
            )


def _plain(expression: Expression) -> Iterator[Heard]:
    paragraphs = [item for item in expression.walk() if item.unit == "paragraph" and (item.text or item.num)]
    start = _opening(paragraphs)
    number = letter = ""
    for item in paragraphs[start:]:
        text = f"{item.num} {item.text}".strip()
        found = _NUMBER.match(text)
        if found is None or not _is_instruction(text[found.end() :]):
            continue
        label, rest = found.group(1), text[found.end() :]
        if label.isdigit():
            number, letter = label, ""
            yield Heard(number=label, text=rest, place=item.eid)
        elif _is_under_letter(label, letter, rest):
            yield Heard(number=".".join(filter(None, (number, letter, label))), text=rest, place=item.eid)
        else:
            letter = label
            yield Heard(number=".".join(filter(None, (number, label))), text=rest, place=item.eid)


def _opening(paragraphs: list[Provision]) -> int:
    """Where the instructions begin: after the last lead that an instruction follows soon, else at the first authority citation."""
    leads = [
        index
        for index, item in enumerate(paragraphs)
        if len(item.text) <= _LONGEST_LEAD and _LEAD.match(item.text) and _follows(paragraphs, index)
    ]
    if leads:
        return leads[-1] + 1
    for index, item in enumerate(paragraphs):
        if re.match(r"\d+\.\s+(?:The\s+)?[Aa]uthority citation", item.text):
            return index
    return next(
        (
            index
            for index, item in enumerate(paragraphs)
            if re.match(
                r"\d+\.\s+(?:Supplement\s+no|Section\s+\d|Amend\s+(?:§|[Ss]upp|[Ss]ection))\b.{0,120}?(?:\bamended\b|\bby\b)",
                item.text,
            )
        ),
        len(paragraphs),
    )


def _follows(paragraphs: list[Provision], index: int) -> bool:
    for item in paragraphs[index + 1 : index + 5]:
        found = _NUMBER.match(item.text)
        if found and _is_instruction(item.text[found.end() :]):
            return True
    return False


def _is_instruction(text: str) -> bool:
    return bool(_INSTRUCTS.match(text)) and bool(
        _OPERATES.search(text[:400]) or text.rstrip().endswith((":", "—"))
    )


def _is_under_letter(label: str, letter: str, text: str) -> bool:
    """``i.`` after ``h.`` is the next letter; anywhere else it opens the roman numbers under the letter before it."""
    if not re.fullmatch(r"[ivx]+", label):
        return False
    if len(label) > 1:
        return True
    if label == "i":
        return letter != "h"
    return not (letter and ord(letter[0]) + 1 == ord(label))


# ── context ────────────────────────────────────────────────────────────────────────────────────────


def _context(heard: Heard, levels: _Levels, part: str) -> Place:
    """Where the instruction above points, if it is open: one that says its own change lends nothing to those after it."""
    depth = heard.number.count(".")
    if depth == 0:
        return Place(part=part)
    labels = heard.number.split(".")
    for known in range(min(depth, len(levels.labels)), 0, -1):
        if levels.labels[:known] == labels[:known]:
            context = levels.contexts[known - 1]
            if not context.is_empty:
                return context
    return Place(part=part)


def _remember(heard: Heard, read: Instruction, levels: _Levels) -> None:
    labels = heard.number.split(".")
    depth = len(labels) - 1
    del levels.labels[depth:]
    del levels.contexts[depth:]
    while len(levels.labels) < depth:
        levels.labels.append(labels[len(levels.labels)])
        levels.contexts.append(levels.contexts[-1] if levels.contexts else Place())
    levels.labels.append(labels[-1])
    levels.contexts.append(read.context if read.is_head else Place())


def _clean(text: str) -> str:
    return _READS.sub("", _CCL_NAMED.sub("", _PRINTED_PAGE.sub("", text))).strip()


# ── records ────────────────────────────────────────────────────────────────────────────────────────


class _Dates:
    """The effective dates of a paper: one for all, others for the instructions that the DATES paragraph names."""

    def __init__(self, expression: Expression) -> None:
        effective = [fact for fact in expression.facts if fact.name == "effective"]
        self._first = date.fromisoformat(effective[0].value) if effective else None
        self._own: dict[str, date] = {}
        for words in {fact.words for fact in effective if fact.words}:
            for found in re.finditer(
                r"instructions?\s+(\d+(?:(?:\s*,?\s+and\s+|\s*,\s*)\d+)*)([^;]*?)(?=;|\bexcept\b|\Z)",
                words,
            ):
                day = next((span.day for span in dates_in(found.group(2))), None)
                if day:
                    self._own.update(dict.fromkeys(re.findall(r"\d+", found.group(1)), day))

    def of(self, number: str) -> date | None:
        return self._own.get(number, self._first)


def _title(expression: Expression) -> str:
    titles = {fact.value.split("/")[0] for fact in expression.facts if fact.name == "cfr_part"}
    return titles.pop() if len(titles) == 1 else ""


def _only_part(expression: Expression) -> str:
    parts = {fact.value.split("/")[1] for fact in expression.facts if fact.name == "cfr_part"}
    return parts.pop() if len(parts) == 1 else ""


def _amendment(said: Said, title: str, effective: date | None, common: dict[str, str]) -> Amendment:
    place = said.place
    marks = dotted(place.marks)
    return Amendment(
        operation=said.operation,
        work=_work(title, place),
        eid=_eid(place, marks),
        part=place.part,
        section=place.section,
        supplement=place.supplement,
        appendix=place.appendix,
        subpart=place.subpart,
        eccn=place.code,
        paragraph=marks,
        unit=said.unit,
        name=f"{said.name} of chapter {place.chapter}" if place.chapter else said.name,
        under=place.under,
        becomes=said.becomes,
        effective=effective,
        instruction=common["instruction"],
        place=common["place"],
        words=common["words"],
    )


def _work(title: str, place: Place) -> str:
    if not (title and place.part):
        return ""
    whole = f"us/cfr/{title}/{place.part}"
    return f"{whole}/supp-{place.supplement}" if place.supplement else whole


def _eid(place: Place, marks: str) -> str:
    if place.code:
        return ".".join(filter(None, (place.code, marks)))
    if place.section:
        return ".".join(filter(None, (place.section, marks)))
    if place.appendix:
        return ".".join(filter(None, (f"app-{place.appendix}", marks)))
    return ""
