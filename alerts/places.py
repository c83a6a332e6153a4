"""The address of a provision in the words of its jurisdiction: ``27_4/項2`` → ``第27条の4第2項``, ``art5.1.a`` → ``Article 5(1)(a)``.

Addresses keep what a text says of itself, in a form that lasts; nobody cites by them. What an address holds beyond that, the
slug of a name or of first words, is said where it is words and left out where it is not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

_KANA = re.compile(r"[ァ-ヶ]{1,2}")
_NUMBER = re.compile(r"\d+(?:_\d+)*")
_MARK = re.compile(r"\d{1,4}[A-Z]{0,2}|[A-Za-z]{1,2}|[IVXLC]+|[ivxlc]+")
_REPEATED = re.compile(r"(?<=[^-\d])-\d+$|(?<=\d)-\d+$")
"""The second place of the same name has a number of its own: ``附則-112``."""
_ANNEX = re.compile(r"annex([IVXLC]+|\d+)?")
_EU = {
    "art": "Article",
    "recital": "Recital",
    "citation": "Citation",
    "am": "Amendment",
    "chapter": "Chapter",
    "section": "Section",
    "title": "Title",
    "part": "Part",
}
_UK = ("section", "regulation", "schedule", "part", "paragraph", "article", "chapter")
_DE = re.compile(r"§(\d+[a-z]?)")
_GERMAN = {"inhaltsubersicht": "Inhaltsübersicht", "eingangsformel": "Eingangsformel"}
_GROUP = re.compile(r"group-([a-e])")


def place(work: str, eid: str) -> str:
    """How the law that ``work`` belongs to cites an address in it, "" for a regulation of the CFR, which ``alerts.citations`` cites, and where
    nothing of the address is a citation."""
    for start, read in _READERS:
        if work.startswith(start):
            return read(work, eid)
    return "" if work.startswith(_NAMED) else eid


def words(parts: Sequence[str]) -> str:
    """The parts of an address that are neither section nor entry, in words: ``note-1`` → ``note 1``, ``a``, ``7`` → ``(a)(7)``. What stands
    below a slug without blanks, the name of somebody, says nothing to people."""
    said = ""
    for part in parts:
        if _MARK.fullmatch(part):
            said += f" ({part})" if said[-1:].isalpha() else f"({part})"
            continue
        found = _GROUP.fullmatch(part)
        name = f"Product Group {found[1].upper()}" if found else _plain(part)
        if len(name) > 14 and " " not in name:
            break
        said += f", {name}" if said else name[:1].upper() + name[1:]
    return said


def _plain(slug: str) -> str:
    said = slug.replace("-", " ").replace("_", " ")
    return re.sub(r"^subpar\b", "subparagraph", re.sub(r"^section(?=\w)", "section ", said))


def _japanese(work: str, eid: str) -> str:
    first, *rest = eid.split("/")
    first = first if first.startswith("附則/") else _REPEATED.sub("", first)
    if _NUMBER.fullmatch(first):
        return "第" + _branch(first, "条") + "".join(_below_article(rest))
    if first == "附則":
        law = f"（{rest.pop(0)}）" if rest and rest[0].endswith("号") else ""
        # Whether its numbers are those of articles or of paragraphs does not stand in the address.
        return f"附則{law}" + "".join(
            f" {part}" if _NUMBER.fullmatch(part) else one for part in rest for one in _below_article([part])
        )
    found = re.fullmatch(r"(別表|章|節|款|編)(\d+(?:_\d+)*)?", first)
    if found is None:
        return first if not _NUMBER.search(first) else ""
    sort, number = found.groups()
    if sort != "別表":
        return "第" + _branch(number or "", sort)
    head = f"別表第{_branch(number, '')}" if number else "別表"
    if rest and _NUMBER.fullmatch(rest[0]):
        row = _branch(rest.pop(0), "")
        # Rows of the lists of the cabinet orders are cited as 項; those of other tables have no name of their own.
        head += f"の{row}の項" if re.search(r"/\d{3}CO", work) else f" {row}"
    return head + "".join(_below_item(rest))


def _branch(number: str, unit: str) -> str:
    """``27_4`` and ``条`` → ``27条の4``"""
    first, *more = number.split("_")
    return first + unit + "".join(f"の{one}" for one in more)


def _below_article(parts: Sequence[str]) -> Iterator[str]:
    """Paragraphs are marked in the address; the first bare number is that of an item."""
    for at, part in enumerate(parts):
        if part.startswith("項") and _NUMBER.fullmatch(part[1:]):
            yield f"第{_branch(part[1:], '項')}"
        elif _NUMBER.fullmatch(part):
            yield f"第{_branch(part, '号')}"
            yield from _below_item(parts[at + 1 :])
            return
        else:
            yield from _below_item(parts[at:])
            return


def _below_item(parts: Sequence[str]) -> Iterator[str]:
    for one in parts:
        part = _REPEATED.sub("", one)
        if _KANA.fullmatch(part):
            yield part
        elif _NUMBER.fullmatch(part) or re.fullmatch(r"[ivxlc]+", part):
            yield f"（{part.replace('_', 'の')}）"
        elif part.startswith("項") and _NUMBER.fullmatch(part[1:]):
            yield f"第{_branch(part[1:], '項')}"
        else:
            yield f" {part}"


def _chinese(work: str, eid: str) -> str:
    first, *rest = eid.split(".")
    if chapter := re.fullmatch(r"ch-(\d+)", first):
        return f"第{chapter[1]}章"
    found = re.fullmatch(r"art-(\d+)", first)
    if found is None:
        return "" if re.search("[a-z]", eid) else eid.replace("-", " ")
    said = f"第{found[1]}条"
    for part in rest:
        if paragraph := re.fullmatch(r"p(\d+)", part):
            said += f"第{paragraph[1]}款"
        elif part.isdigit():
            said += f"第{part}项"
    return said


def _european(work: str, eid: str) -> str:
    first, *rest = eid.split(".")
    if found := _ANNEX.fullmatch(first):
        annex = f"Annex {found[1]}" if found[1] else "Annex"
        sections = [_numbered(rest.pop(0), _EU)] if rest and rest[0].startswith("section") else []
        points = words(rest).replace("Subparagraph", "subparagraph")
        if points.startswith("("):
            number, _, more = points[1:].partition(")")
            points = f"point {number}{more}"
        return ", ".join(part for part in (annex, *sections, points) if part)
    return _joined(_numbered(first, _EU), rest)


def _british(work: str, eid: str) -> str:
    first, *rest = eid.split(".")
    rest = rest[: rest.index("quoted")] if "quoted" in rest else rest
    named = next((one for one in _UK if re.fullmatch(rf"{one}(-[0-9A-Z]+)?", first)), "")
    if not named:
        return first.replace("-", " ").capitalize() if first in ("introduction", "explanatory-note") else ""
    said = first.replace("-", " ")
    said = said.capitalize() if named == "schedule" else said
    if rest and (found := re.fullmatch(r"(paragraph|part|chapter)-(\w+)", rest[0])):
        said, rest = f"{said}, {found[1]} {found[2]}", rest[1:]
    return _joined(said, [part for part in rest if not part.startswith("annotation")])


def _german(work: str, eid: str) -> str:
    first, *rest = eid.split(".")
    if found := _DE.fullmatch(first):
        marks = []
        for part in rest:
            if not _MARK.fullmatch(part):
                break
            marks.append(f"({part})")
        return f"§ {found[1]}{''.join(marks)}"
    if found := re.fullmatch(r"anlage-?(\d*)", first):
        return f"Anlage {found[1]}".strip()
    code = re.match(r"(\d[A-E]\d{3}|\d{4})[a-z]?(?:\.\w{1,3})*(?=\.|$)", eid)
    return code[0] if code else _GERMAN.get(first, "")


def _listed(work: str, eid: str) -> str:
    """The name in ``dpl-alexander-fishenko``; a number of a list says nothing."""
    name = re.sub(r"-\d+-fr-\d+.*$", "", eid.partition("-")[2])
    words_of = name.split("-")
    if len(words_of) > 2 and len(words_of[-1]) == 2:
        words_of.pop()  # the country
    return " ".join(word.capitalize() for word in words_of) if re.search("[a-z]{2}", name) else ""


def _joined(first: str, rest: Sequence[str]) -> str:
    more = words(rest)
    return f"{first}{more}" if more.startswith("(") or not more else f"{first}, {more[:1].lower()}{more[1:]}"


def _numbered(part: str, names: dict[str, str]) -> str:
    found = re.fullmatch(r"([a-z]+)-?(\d+[a-z]*|[IVXLC]+|[A-Z])", part)
    if found and found[1] in names:
        return f"{names[found[1]]} {found[2]}"
    return part.replace("-", " ").capitalize()


_NAMED = ("us/", "uk/gov/", "cn/")
"""Whose addresses are made of names and first words."""
_READERS: tuple[tuple[str, Callable[[str, str], str]], ...] = (
    ("jp/law/", _japanese),
    ("cn/", _chinese),
    ("eu/", _european),
    ("uk/uk", _british),
    ("de/gii/", _german),
    ("us/list/", _listed),
)
