"""Cross-references as they are written: spans, the marks they name, and whether they point out of the document.

"paragraphs (b) and (c) of § 4" names two places, (4, b) and (4, c); "Article 6(1) of Regulation (EU) 2016/679" and 法第四十八条 point at other law.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from diffing.numerals import arabic

Marks = tuple[str, ...]

_LEVELS = (
    r"sections?|paragraphs?|subparagraphs?|subsections?|items?|points?|clauses?|articles?|annex(?:es)?|notes?|parts?|chapters?|"
    r"supplements?(?: no\.)?|appendix|indents?|entry|entries|categor(?:y|ies)|schedules?|"
    r"artikels?|artikeln|art\.|absatz(?:es)?|absätzen?|abs\.|nummern?|nr\.|buchstaben?|buchst\.|anlagen?|anhangs?|kapitels?|"
    r"paragraphes?|alinéas?|annexe|chapitre|artikelen|leden|lid|onderdeel|onderdelen|bijlage|hoofdstuk"
)
_LEVEL = rf"(?:\b(?:{_LEVELS})(?![A-Za-zÀ-ÿ])|§§?)"
_MARK = r"(?:\(?(?:\d+(?:\.\d+)*[a-z]?|[ivxlcIVXLC]{1,6}|[A-Za-z]{1,2})\)?(?:\((?:[A-Za-z]{1,4}|\d{1,3})\))*(?!\w))"
_AND = r"(?:, and |, or |, | and | or | to | through | und | oder | bis | et | ou | en | of )"
_CODE = r"(?<![\w.])\d[A-E]\d{3}(?:\.(?:[a-z]{1,2}|\d{1,3})(?![A-Za-z0-9]))*"
_BRACKETED = r"(?:§§? ?)?(?:(?<![\w.(])\d+(?:\.\d+)*[a-z]?)?(?<!\w\w)(?:\((?:[A-Za-z]{1,4}|\d{1,3})\))+"
_NUMERAL = r"[〇一二三四五六七八九十百千\d０-９]+"
_IDEOGRAPHIC_LEVEL = r"(?:条|項|号|章|節|款|项|节)"
_STEP = rf"第[（(]?{_NUMERAL}[）)]?{_IDEOGRAPHIC_LEVEL}(?:の{_NUMERAL})*"
_IROHA = r"[イロハニホヘトチリヌルヲワカヨタレソツネナラム](?![ァ-ヶー])"
_ORDINALS = {
    word: str(value)
    for words in (
        "first second third fourth fifth sixth seventh eighth ninth tenth",
        "eerste tweede derde vierde vijfde zesde zevende achtste negende tiende",
        "premier deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième",
    )
    for value, word in enumerate(words.split(), 1)
}

_CODES = re.compile(rf"{_CODE}(?:{_AND}{_CODE})*")
_BRACKETS = re.compile(rf"{_BRACKETED}(?:{_AND}{_BRACKETED})*")
_NAMED = re.compile(rf"{_LEVEL} ?{_MARK}(?:(?:(?:,? {_LEVEL}) ?{_MARK})+|(?:{_AND}{_MARK})*)", re.IGNORECASE)
_IDEOGRAPHIC = re.compile(
    rf"(?:{_STEP})+(?:{_IROHA})?(?:(?:、|及び|又は|から|和|或者|至)(?:{_STEP})+(?:{_IROHA})?)*"
)
_NEIGHBOUR = re.compile(rf"[前次]{_IDEOGRAPHIC_LEVEL}(?:{_STEP})*(?:{_IROHA})?")
_ORDINAL = re.compile(
    rf"\b(?:{'|'.join(_ORDINALS)}) (?:lid|alinéa|subparagraph|paragraph|indent|alinea)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A reference and its span. ``members`` are the places it names, each by its marks from the outside in; ``words`` join them."""

    start: int
    end: int
    members: tuple[Marks, ...]
    words: tuple[str, ...] = ()


# The common marks: (a), 12, a.1, 3A090.a
_PLAIN = re.compile(
    r"\((?:[A-Za-z]{1,5}|[0-9]{1,4})\)|[0-9]{1,4}|[a-z](?:\.[a-z0-9]+)*|\d[A-E]\d{3}(?:\.[a-z0-9]+)*"
)


@lru_cache(maxsize=1 << 13)
def canonical_mark(num: str) -> Marks:
    """The marks in a printed number: ``§ 744.11`` → ("744.11",), ``a.1.`` → ("a", "1"), ``第三条の二`` → ("3_2",)."""
    num = num.strip().rstrip(".:")
    plain = _PLAIN.fullmatch(num)
    if plain:
        return tuple(num.strip("()").split("."))
    branch = re.fullmatch(rf"第?[（(]?({_NUMERAL})[）)]?{_IDEOGRAPHIC_LEVEL}?((?:の{_NUMERAL})*)", num)
    if branch:
        pieces = [branch[1], *branch[2].split("の")[1:]]
        return ("_".join(str(value) if (value := arabic(piece)) is not None else piece for piece in pieces),)
    if re.fullmatch(r"\*?§? ?\d+(?:\.\d+)*[a-z]?", num):
        return (num.lstrip("*§ "),)
    num = re.sub(rf"{_LEVEL}(?= ?[\w(])", " ", num, flags=re.IGNORECASE)
    return tuple(re.findall(r"\d[A-E]\d{3}|\d+|[A-Za-z]+|[ァ-ヶ]", num))


def find_references(text: str, start: int, end: int) -> list[Reference]:
    """The references into this document that hold the span from ``start`` to ``end``, the longest first."""
    if not all(_VOCABULARY.fullmatch(word) for word in _LONG_WORD.findall(text, start, end)):
        return []
    low, high = max(0, start - 160), min(len(text), end + 160)
    found: list[Reference] = []
    for pattern, read in _READERS:
        for match in pattern.finditer(text, low, high):
            if match.start() > start:
                break
            if end <= match.end() and match.start() < match.end():
                members = _qualified(text, match, read(match.group()))
                if members:
                    found.append(
                        Reference(
                            start=match.start(), end=match.end(), members=members, words=_words(match.group())
                        )
                    )
    return sorted(found, key=lambda reference: (reference.start - reference.end, reference.start))


# A span with another long word in it lies in no reference, whatever stands around it.
_LONG_WORD = re.compile(r"[A-Za-zÀ-ÿ]{5,}")
_VOCABULARY = re.compile(rf"{_LEVELS}|through|{'|'.join(_ORDINALS)}|[ivxlc]{{5,6}}", re.IGNORECASE)
_JOINING = re.compile(
    r"\b(?:and|or|to|through|und|oder|bis|et|ou|en|of|excluding|except)\b|及び|又は|から|至|和|或者",
    re.IGNORECASE,
)


def _words(said: str) -> tuple[str, ...]:
    """What joins the members of a reference: (a) and (b) is not (a) or (b), nor (a) through (b)."""
    return tuple(word.lower() for word in _JOINING.findall(said))


def _split_list(said: str) -> list[str]:
    return [member for member in re.split(_AND, said) if member.strip()]


def _codes(said: str) -> tuple[Marks, ...]:
    return tuple(tuple(code.strip().split(".")) for code in _split_list(said))


def _bracketed(said: str) -> tuple[Marks, ...]:
    return tuple(
        tuple(re.findall(r"\d+(?:\.\d+)*[a-z]?(?=\(|$)|(?<=\()\w+(?=\))", member.strip("§ ")))
        for member in _split_list(said)
    )


def _named(said: str) -> tuple[Marks, ...]:
    chained = re.search(rf"(?<=\w)\)?,? {_LEVEL}", said[1:], re.IGNORECASE)
    bare = re.sub(_LEVEL, " ", said, flags=re.IGNORECASE)
    marks = r"\d[A-E]\d{3}|\d+(?:\.\d+)*[a-z]?|[A-Za-z]{1,6}"
    if chained:
        return (tuple(re.findall(marks, bare)),)
    return tuple(tuple(re.findall(marks, member)) for member in _split_list(bare))


def _ideographic(said: str) -> tuple[Marks, ...]:
    """第三条第一号及び第二号 names two items of one article: what a later member leaves out stands in the one before."""
    members: list[Marks] = []
    before: list[tuple[int, Marks]] = []  # the steps of the member before, each with its level
    for member in re.split(r"、|及び|又は|から|和|或者|至", said):
        steps = [(_level(step), canonical_mark(step)) for step in re.findall(rf"{_STEP}|[ァ-ヶ]", member)]
        if steps:
            steps = [step for step in before if step[0] < steps[0][0]] + steps
        before = steps
        members.append(tuple(mark for _, marks in steps for mark in marks))
    return tuple(members)


def _level(step: str) -> int:
    """How deep a step of a reference is: articles, paragraphs, items, iroha marks."""
    found = re.search(r"[条項款号项]", step)
    return {"条": 0, "項": 1, "款": 1, "号": 2, "项": 2}[found.group()] if found else 3


def _neighbour(said: str) -> tuple[Marks, ...]:
    inner = _ideographic(said[2:])[0] if len(said) > 2 else ()
    return ((said[:2], *inner),)


def _ordinal(said: str) -> tuple[Marks, ...]:
    return ((_ORDINALS[said.split()[0].lower()],),)


_READERS = (
    (_CODES, _codes),
    (_BRACKETS, _bracketed),
    (_NAMED, _named),
    (_IDEOGRAPHIC, _ideographic),
    (_NEIGHBOUR, _neighbour),
    (_ORDINAL, _ordinal),
)

# What follows a reference and says of what it is a part.
_OF = re.compile(
    rf"(?:,)?\s+(?:of|to|in|under|des|der|dieses|dieser|du|de la|de l['’]|de|van)\s+"
    rf"(?:(?P<here>this|these|that same|the (?:EAR|ITAR|present)|présente?|ce|cette|dit|deze)\b"
    rf"|(?P<inner>{_LEVEL} ?{_MARK})|(?P<other>\S))",
    re.IGNORECASE,
)
_HERE = re.compile(r"\s+(?:dieses|dieser|dit|deze)\b|\s+of this\b", re.IGNORECASE)
_OTHER_LAW_AFTER = re.compile(
    r"\s+(?:[A-ZÄÖÜ]{2,}\b|U\.S\.C|CFR\b|[A-ZÄÖÜ][\wäöüß]*(?:gesetz|ordnung|verordnung)\w*)"
)
_OTHER_LAW_BEFORE = re.compile(r"(?:[法令則约約例定）)》]|(?:CFR|U\.S\.C\.|Act|[同前次][条項号款项])\s?)$")
_OWN_LAW_BEFORE = re.compile(r"(?:本法|本条例|本规定|本办法|本令|この[法政省]?[律令]|この規則)$")


def _qualified(text: str, match: re.Match[str], members: tuple[Marks, ...]) -> tuple[Marks, ...]:
    """The members with the place that the words after the reference put before them; none where it points at other law."""
    if not all(members):
        return ()
    before, after = text[max(0, match.start() - 12) : match.start()], text[match.end() : match.end() + 60]
    if _OTHER_LAW_BEFORE.search(before) and not _OWN_LAW_BEFORE.search(before):
        return ()
    if _OTHER_LAW_AFTER.match(after):
        return ()
    of = _OF.match(after)
    if of is None or _HERE.match(after) or of["here"]:
        return members
    if of["inner"]:
        outer = _named(of["inner"])[0] if not of["inner"].startswith("§") else _bracketed(of["inner"])[0]
        outer = outer or _named(of["inner"])[0]
        return tuple(outer + member for member in members)
    return ()
