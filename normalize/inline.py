"""The words of an element with inline markup, as one text: what every reader of United States XML starts from.

Typography carries law here: ``10<SU>26</SU>`` is ``10^26`` and never 1026, ``Al<E T="52">2</E>O`` is ``Al_2O``, and a
picture is a token with its name, so that a swapped picture shows. Emphasis (I, B, E of other types) has no mark.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from lxml import etree

# E is the Government Publishing Office's "emphasis" with a typeface number. 51 and 52 are documented as superior and
# inferior; 53 and 54 are the same in italics (15 CFR 774 Supp. 1: "10<E T='53'>12</E>", "K<E T='54'>t</E>"); the four-digit
# numbers name a grid too and are seen under formulas in the Federal Register ("PM<E T='0732'>2.5</E>").
_SUPERIOR_E = frozenset({"51", "53"})
_INFERIOR_E = frozenset({"52", "54", "0132", "0732", "0735"})
_SUPERIOR = frozenset({"SU", "SUP", "sup"})
_INFERIOR = frozenset({"sub", "SUB"})

_LINE_BREAK = frozenset({"br", "BR"})
#: Blocks that may stand inside a cell, a caption or a column heading: each begins a line of its own.
_OWN_LINE = frozenset({"LI", "P", "FP", "P-1", "P-2", "DIV", "div", "p", "li", "HD", "TR", "ROW", "LDRFIG"})
_ITALIC = frozenset({"I", "i", "em", "EM"})
PICTURES = frozenset({"img", "IMG", "GID", "MID"})

# The accent follows the letter that it modifies (eCFR XML User Guide, 3.3). Only the digits whose mark the guide prints.
_ACCENTS = {
    "1": "\u0301",
    "2": "\u0300",
    "3": "\u0302",
    "4": "\u0308",
    "6": "\u0303",
    "7": "\u030a",
    "8": "\u0303",
    "9": "\u0327",
}

_BLANKS = re.compile(r"[^\S\n]+")
_AROUND_BREAK = re.compile(r" ?\n ?")
_WHITE = re.compile(r"\s+")
_WORD_BEFORE = re.compile(r"(?:[A-Za-z]{2,}|[,;:])$")
_UNITS = frozenset({"mm", "cm", "dm", "km", "nm", "um", "ft", "in", "yd", "kg", "Hz"})
_ISOTOPE = re.compile(r"[A-Z]")
_FRACTION_SLASH = "\u2044"


def inline_text(
    element: etree._Element, *, without: Collection[str] = (), italics: tuple[str, str] | None = None
) -> str:
    """The text of ``element`` without its tail.

    White space of the source is one blank, ``br`` a newline, superscripts ``^…``, subscripts ``_…``, pictures
    ``[graphic ID]``, fractions ``1 1/2``. Elements named in ``without`` are left out with all they hold (their tails
    stay): the caller reads those by itself. Elements that are not known here are transparent. ``italics`` are two
    marks to set around italic runs, for readers to whom typography tells a heading or a defined term.
    """
    if not len(element):
        return " ".join((element.text or "").split())
    pieces: list[str] = []
    _gather(element, pieces, frozenset(without), italics)
    return tidy("".join(pieces))


def tidy(text: str) -> str:
    """Runs of blanks as one blank, none around a line break or at the ends. Line breaks stay."""
    if "\n" not in text:
        return " ".join(text.split())
    return _AROUND_BREAK.sub("\n", _BLANKS.sub(" ", text)).strip()


def tag_of(element: Any) -> str:
    """The name of an element, "" of a comment, a processing instruction or an unexpanded entity, which have none."""
    return element.tag if isinstance(element.tag, str) else ""


def graphic_name(element: etree._Element) -> str:
    """The name of a picture: the file of an ``img``, the text of a GID or MID. It encodes the date it was printed."""
    source = element.get("src") or (element.text or "")
    return source.strip().rsplit("/", 1)[-1]


def script_mark(element: etree._Element) -> str:
    """``^`` for an element that raises its text, ``_`` for one that lowers it, "" for any other."""
    tag = element.tag
    if tag == "E":
        kind = element.get("T", "")
        return "^" if kind in _SUPERIOR_E else "_" if kind in _INFERIOR_E else ""
    return "^" if tag in _SUPERIOR else "_" if tag in _INFERIOR else ""


def _gather(
    root: etree._Element, pieces: list[str], without: frozenset[str], italics: tuple[str, str] | None
) -> None:
    """Appends the pieces of ``root`` in document order. Iterative: the depth of a document is hostile input."""
    # The stack holds elements to open and strings to write after them, last in first out.
    stack: list[etree._Element | str] = []
    _open(root, pieces, stack)
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            pieces.append(item)
            continue
        tail = _flat(item.tail)
        if tail:
            stack.append(tail)
        tag = tag_of(item)
        if not tag or tag in without:
            continue
        if tag in _LINE_BREAK:
            pieces.append("\n")
            _open(item, pieces, stack)
        elif tag in PICTURES:
            pieces.append(f"[graphic {graphic_name(item)}]")
        elif tag == "AC":
            pieces.append(_ACCENTS.get(item.get("T", ""), ""))
        elif tag == "FR":
            _part_from_digit(pieces)
            _open(item, pieces, stack)
        elif mark := script_mark(item):
            _write_script(item, mark, pieces, tail)
        else:
            if tag in _OWN_LINE and _anything(pieces):
                pieces.append("\n")
            if italics and (tag in _ITALIC or (tag == "E" and item.get("T") == "03")):
                pieces.append(italics[0])
                stack.append(italics[1])
            _open(item, pieces, stack)


def _open(element: etree._Element, pieces: list[str], stack: list[etree._Element | str]) -> None:
    if text := _flat(element.text):
        pieces.append(text)
    if len(element):
        stack.extend(reversed(element))


def _flat(text: str | None) -> str:
    if not text or (text.isprintable() and "  " not in text):  # no white space but single blanks
        return text or ""
    return _WHITE.sub(" ", text)


def _write_script(element: etree._Element, mark: str, pieces: list[str], tail: str) -> None:
    """A raised or lowered run. eCFR breaks the line before each ``SU`` (``m⏎<SU>2</SU>``), so a blank before a script is
    layout, unless an isotope begins a word of its own (``of <SU>235</SU>U``)."""
    inner: list[str] = []
    stack: list[etree._Element | str] = []
    _open(element, inner, stack)
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            inner.append(item)
            continue
        stack.append(_flat(item.tail))
        if item.tag in _LINE_BREAK:
            inner.append("\n")
        elif item.tag in PICTURES:
            inner.append(f"[graphic {graphic_name(item)}]")
        elif tag_of(item):
            if nested := script_mark(item):
                inner.append(nested)
            _open(item, inner, stack)
    raw = "".join(inner)
    text = tidy(raw)
    if not text:
        pieces.append(" " if raw else "")
        return
    if _is_fraction_part(element):
        if mark == "^":
            _part_from_digit(pieces)
        pieces.append(text)
        return
    before = _close_up(pieces, tail)
    if text.startswith(mark) or before.endswith(mark):
        mark = ""  # the source prints the sign itself: 10<E T="51">^</E>5 in 22 CFR 121.1
    if text[-1].isdigit() and tail[:1].isdigit():
        text = f"{{{text}}}"  # 10<sup>2</sup>5 must not read 10^25
    pieces.append(f"{mark}{text}")
    if raw[-1:].isspace() and tail[:1] not in ("", " "):
        pieces.append(" ")


def _close_up(pieces: list[str], tail: str) -> str:
    """Takes the blank before a script away, but for an isotope's, and gives the piece before it."""
    blank = False
    while pieces:
        stripped = pieces[-1].rstrip(" ")
        blank = blank or stripped != pieces[-1]
        if stripped:
            pieces[-1] = stripped
            break
        pieces.pop()
    before = pieces[-1] if pieces else ""
    if (
        blank
        and _ISOTOPE.match(tail)
        and (word := _WORD_BEFORE.search(before))
        and word.group() not in _UNITS
    ):
        pieces.append(" ")
    return before


def _is_fraction_part(element: etree._Element) -> bool:
    """Whether this is the upper or the lower number of ``<sup>1</sup>⁄<sub>2</sub>``, which is a fraction and no power."""
    if (element.tail or "").strip() == _FRACTION_SLASH:
        following = element.getnext()
        return following is not None and script_mark(following) == "_"
    previous = element.getprevious()
    return (
        previous is not None
        and (previous.tail or "").strip() == _FRACTION_SLASH
        and bool(script_mark(previous))
    )


def _part_from_digit(pieces: list[str]) -> None:
    """``1<FR>1/2</FR>`` is one and a half, not eleven halves."""
    for piece in reversed(pieces):
        if piece:
            if piece[-1].isdigit():
                pieces.append(" ")
            return


def _anything(pieces: list[str]) -> bool:
    for piece in reversed(pieces):
        if piece.strip(" "):
            return not piece.rstrip(" ").endswith("\n")
    return False
