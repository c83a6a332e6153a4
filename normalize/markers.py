"""The marks that open a paragraph of the Code of Federal Regulations, and what number each may stand for.

``(a)(1)(i)(A)(<I>1</I>)(<I>i</I>)`` is the official order (Document Drafting Handbook), but the text is flat and one
glyph can be several numbers: ``(i)`` is the ninth letter or the first roman numeral, ``(l)`` the twelfth letter or a
misprinted one. Here each mark gets all its readings; ``normalize.outline`` chooses by the sequence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import zip_longest

from normalize.inline import tidy


class Style(IntEnum):
    """The alphabets of marks, the official order first; then those of appendices (``1.``, ``A.``)."""

    LETTER = 0
    DIGIT = 1
    ROMAN = 2
    CAPITAL = 3
    ITALIC_DIGIT = 4
    ITALIC_ROMAN = 5
    CAPITAL_ROMAN = 6
    DOT_CAPITAL_ROMAN = 7
    DOT_CAPITAL = 8
    DOT_DIGIT = 9
    DOT_LETTER = 10
    DOT_ROMAN = 11
    DECIMAL_TWO = 12
    DECIMAL_THREE = 13
    DECIMAL_FOUR = 14


@dataclass(frozen=True, slots=True)
class Reading:
    """One number that a mark may be: its alphabet, its place in it from 1, and how unusual the reading is."""

    style: Style
    ordinal: int
    oddity: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A mark as printed. ``num`` is its printed form with all that goes with it (``* (a)``, ``(j)-(w)``); ``sign`` what stands
    between the brackets; ``last`` the other end of a range; ``heading`` the words between this mark and the next."""

    num: str
    sign: str
    italic: bool = False
    dotted: bool = False
    last: str = ""
    heading: str = ""

    @property
    def segment(self) -> str:
        """What it adds to an address: ``a``, ``j-w``."""
        return f"{self.sign}-{self.last}" if self.last else self.sign


ITALIC_START, ITALIC_END = "\ue000", "\ue001"

_PIECE = r"[a-z]{1,2}|[ivxlcdm]{1,8}|\d{1,3}|[A-Z]{1,2}|[IVXL]{1,7}"
_BRACKETED = re.compile(
    rf"\(\s?(?P<italic>{ITALIC_START}?)\s?(?P<sign>{_PIECE})\s?{ITALIC_END}?\s?\){ITALIC_END}?"
)
_RANGE = re.compile(
    rf"\s?(?:-|–|—|through|to|and)\s?\(\s?{ITALIC_START}?(?P<last>{_PIECE}){ITALIC_END}?\s?\)(?=[.:]?\s?\[[Rr]eserved)"
)
_DOTTED = re.compile(r"(?P<sign>[A-Z]|[IVX]{1,6}|\d{1,2}|[a-z]|[ivx]{2,6})\.(?:\s+|(?=[\ue000“]))")
_DOTTED_RANGE = re.compile(
    r"\s?(?:-|–|—|through|to|and)\s?(?P<last>[A-Z]|\d{1,2}|[a-z])\.(?=\s?\[[Rr]eserved)"
)
_DECIMAL = re.compile(r"(?P<sign>[1-9]\d?(?:\.[1-9]\d?){1,3})\.?\s+(?=[A-Z“\[\ue000])")
_STAR = re.compile(r"\*\s*(?=\()")
_ITALIC_HEADING = re.compile(
    rf"{ITALIC_START}\s?(?P<words>[^{ITALIC_START}{ITALIC_END}]+){ITALIC_END}(?P<end>[.:]*\s?[—–]+|[.:—–]*)"
)
_PLAIN_HEADING = re.compile(r"(?P<words>[A-Z][^.()\n]{1,60}(?:\.|—))(?=\s?\((?:1|i|A|a)\)\s)")
_TERM = re.compile(
    rf"[“\"]?{ITALIC_START}(?P<words>[^{ITALIC_START}{ITALIC_END}]{{1,160}}){ITALIC_END}(?![_^])"
)
_QUOTED_TERM = re.compile(r"[“\"](?P<words>[A-Z][^“”\"\ue000]{1,100})\.[”\"]\s+(?=[(A-Z])")
_TERM_ENDS = re.compile(r"[.:”\"]{0,3}\s*(?=[(\ue000])")
_HEADING_CEILING = 200
_MARKS_CEILING = 8  # the official order has six levels
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """What opens a paragraph: its marks from the outermost, the words that are left, and the term it defines, if any. A list may
    begin in the line of the term: ``before`` holds the words before the marks then (``U.S. person. (a) …``, § 772.1)."""

    marks: tuple[Mark, ...]
    text: str
    term: str = ""
    before: str = ""


def read_lead(text: str, *, dotted: bool = False) -> Lead:
    """Takes the marks off the start of ``text``, in which italics stand between the two private characters.

    >>> [mark.num for mark in read_lead("(a)(1) \ue000Introduction.\ue001 In this part").marks]
    ['(a)', '(1)']

    A mark may follow the italic heading of the one before (``(d) Standards. (1) Applications``), or a short plain
    heading that ends with a full stop or a dash. ``dotted`` allows marks like ``1.`` and ``A.`` too.
    """
    marks, position = _marks(text, 0, dotted=dotted)
    if not marks:
        term = _TERM.match(text) or _QUOTED_TERM.match(text)
        words = term["words"].strip() if term and not _is_connective(term["words"]) else ""
        if term and words and (ends := _TERM_ENDS.match(text, term.end())):
            listed, position = _marks(text, ends.end(), dotted=False)
            stops = words.rstrip('”"').endswith((".", ":", "—")) or ends.group().strip(' ”"')
            if stops and listed and listed[0].sign in ("a", "1", "i", "A"):
                before = plain(text[: ends.end()])
                return Lead(marks=listed, text=plain(text[position:]), term=words, before=before)
        return Lead(marks=(), text=plain(text), term=words)
    return Lead(marks=marks, text=plain(text[position:]))


def _marks(text: str, position: int, *, dotted: bool) -> tuple[tuple[Mark, ...], int]:
    """The marks from ``position`` on, and where the words after them begin."""
    marks: list[Mark] = []
    star = None
    if not position and (star := _STAR.match(text)):
        position = star.end()
    while len(marks) < _MARKS_CEILING and (found := _next_mark(text, position, dotted=dotted and not marks)):
        mark, after = found
        if not marks and star:
            mark = _with(mark, num=f"* {mark.num}")
        heading, position = _heading(text, after)
        marks.append(_with(mark, heading=heading))
        if dotted and mark.dotted:
            break
    return tuple(marks), position


def plain(text: str) -> str:
    """``text`` without the private marks of italics."""
    if ITALIC_START not in text and ITALIC_END not in text:
        return text.strip()
    return tidy(text.replace(ITALIC_START, "").replace(ITALIC_END, ""))


def _with(mark: Mark, **changes: str) -> Mark:
    values = {"num": mark.num, "sign": mark.sign, "last": mark.last, "heading": mark.heading} | changes
    return Mark(italic=mark.italic, dotted=mark.dotted, **values)


def _next_mark(text: str, position: int, *, dotted: bool) -> tuple[Mark, int] | None:
    while position < len(text) and text[position] in f" {ITALIC_END}":
        position += 1
    # "(a)" may be italic as a whole: <I>(a)</I>
    start = position + 1 if text.startswith(f"{ITALIC_START}(", position) else position
    found = _BRACKETED.match(text, start)
    if found is None and dotted:
        start = position + 1 if text.startswith(ITALIC_START, position) else position
        if found := _DECIMAL.match(text, start):
            return Mark(num=found.group().strip(), sign=found["sign"], dotted=True), found.end()
        if found := _DOTTED.match(text, start):
            reach = _DOTTED_RANGE.match(text, found.end("sign") + 1)
            end = reach.end() if reach else found.end()
            mark = Mark(
                num=text[start:end].strip(),
                sign=found["sign"],
                last=reach["last"] if reach else "",
                dotted=True,
            )
            return mark, end
        return None
    if found is None:
        return None
    end = found.end()
    # A bracket that is followed at once by a letter is a word with an option in it: "(s)he".
    if end < len(text) and text[end].isalnum() and text[end - 1] == ")" and not text[end].isupper():
        return None
    reach = _RANGE.match(text, end)
    if reach:
        end = reach.end()
    mark = Mark(
        num=plain(text[start:end]).replace("( ", "(").replace(" )", ")"),
        sign=found["sign"],
        italic=bool(found["italic"]) or start > position,
        last=reach["last"] if reach else "",
    )
    return mark, end


def _heading(text: str, position: int) -> tuple[str, int]:
    """The heading that follows a mark, and where the words after it begin.

    A heading is an italic run that ends with a full stop, a colon or a dash; or a short plain sentence right before a
    first mark of a lower level. "(A) *See* paragraph (b)" has none.
    """
    while position < len(text) and text[position] == " ":
        position += 1
    if found := _ITALIC_HEADING.match(text, position):
        words = found["words"].strip()
        whole = f"{words}{found['end']}"
        begins = words[:1].isupper() or words[:1] in "“'\""
        ends = whole.rstrip("”\"'’)").endswith((".", ":", "—", "–"))
        if begins and ends and len(words) <= _HEADING_CEILING and not _is_connective(words):
            return whole, found.end()
    elif (found := _PLAIN_HEADING.match(text, position)) and len(found["words"].split()) <= 8:
        return found["words"], found.end()
    return "", position


def _is_connective(words: str) -> bool:
    """Italic words that are no heading and no term: *See*, *i.e.,*, *provided*, *Note*."""
    return words.strip().rstrip(".,:").casefold() in {
        "see", "see also", "e.g", "i.e", "and", "or", "provided", "et seq", "note", "technical note", "n.b",
    }  # fmt: skip


# ── readings ───────────────────────────────────────────────────────────────────────────────────────


@lru_cache(maxsize=4096)
def readings(sign: str, *, italic: bool, dotted: bool) -> tuple[Reading, ...]:
    """All numbers that a mark may stand for, the plain ones first.

    >>> [(reading.style.name, reading.ordinal) for reading in readings("i", italic=False, dotted=False)][:2]
    [('LETTER', 9), ('ROMAN', 1)]
    """
    if dotted:
        return tuple(_dotted(sign))
    return tuple(_italic(sign) if italic else _upright(sign))


def _upright(sign: str) -> list[Reading]:
    found: list[Reading] = []
    if sign.isdigit():
        found.append(Reading(Style.DIGIT, int(sign)))
        # The italics of the fifth level are often lost in transfer: 742.6(b)(10)(iii)(A)(1).
        found.append(Reading(Style.ITALIC_DIGIT, int(sign), 0.4))
        if sign == "1":
            found.append(Reading(Style.LETTER, 12, 3.0))  # "(1)" for "(l)"
    elif sign.islower():
        if place := _letter(sign):
            found.append(Reading(Style.LETTER, place))
        if value := roman(sign):
            found.append(Reading(Style.ROMAN, value))
            found.append(Reading(Style.ITALIC_ROMAN, value, 0.4))
        if sign == "l":
            found.append(Reading(Style.DIGIT, 1, 3.0))  # "(l)" for "(1)"
    else:
        if place := _letter(sign.lower()):
            found.append(Reading(Style.CAPITAL, place))
        if value := roman(sign.lower()):
            found.append(Reading(Style.CAPITAL_ROMAN, value, 0.4))
    return found


def _italic(sign: str) -> list[Reading]:
    if sign.isdigit():
        return [Reading(Style.ITALIC_DIGIT, int(sign)), Reading(Style.DIGIT, int(sign), 0.6)]
    found: list[Reading] = []
    if sign.islower() and (value := roman(sign)):
        found.append(Reading(Style.ITALIC_ROMAN, value))
    return found + [Reading(one.style, one.ordinal, one.oddity + 0.6) for one in _upright(sign)]


def _dotted(sign: str) -> list[Reading]:
    if sign.isdigit():
        return [Reading(Style.DOT_DIGIT, int(sign))]
    if "." in sign:
        parts = sign.split(".")
        return [Reading(Style(Style.DECIMAL_TWO + len(parts) - 2), int(parts[-1]))]
    found: list[Reading] = []
    capital = sign.isupper()
    if place := _letter(sign.lower()):
        found.append(Reading(Style.DOT_CAPITAL if capital else Style.DOT_LETTER, place))
    if value := roman(sign.lower()):
        found.append(Reading(Style.DOT_CAPITAL_ROMAN if capital else Style.DOT_ROMAN, value))
    return found


def _letter(sign: str) -> int:
    """a = 1 … z = 26, aa = 27 … zz = 52; 0 for anything else."""
    if len(sign) == 1:
        return ord(sign) - 96
    if len(sign) == 2 and sign[0] == sign[1]:
        return 26 + ord(sign[0]) - 96
    return 0


def roman(sign: str) -> int:
    """The value of a lower-case roman numeral up to 89, 0 for what is none (``iiii``, ``vx``, ``c``)."""
    value = 0
    for letter, following in zip_longest(sign, sign[1:], fillvalue=""):
        number = _ROMAN.get(letter, 0)
        if not number:
            return 0
        value += -number if number < _ROMAN.get(following, 0) else number
    return value if 0 < value < 90 and to_roman(value) == sign else 0


def to_roman(value: int) -> str:
    """1 → ``i``, 14 → ``xiv``; up to 89."""
    tens, ones = divmod(value, 10)
    return ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx")[tens] + (
        "", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix",
    )[ones]  # fmt: skip


def last_ordinal(mark: Mark, reading: Reading) -> int:
    """The number at which the mark ends: its own, or that of the end of its range (``(j)-(w)`` → 23)."""
    if not mark.last:
        return reading.ordinal
    for other in readings(mark.last, italic=mark.italic, dotted=mark.dotted):
        if other.style == reading.style and other.ordinal > reading.ordinal:
            return other.ordinal
    return reading.ordinal
