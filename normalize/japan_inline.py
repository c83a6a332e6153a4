"""The words of an element of the standard XML as text: 10^26 for raised digits, pictures as tokens, no blank where lines were only broken."""

from __future__ import annotations

import re

from lxml import etree

from normalize.audit import Account
from normalize.inline import graphic_name, tag_of

_LAYOUT = re.compile(r"[ \t\r\n\f\v]*[\r\n][ \t\r\n\f\v]*")
_BLANKS = re.compile(r"[ \t\f\v\u00a0]+")
_UNEVEN = re.compile(r"[\t\r\n\f\v\u00a0\ue000]|  ")
_WORD = re.compile(r"[!-~]")
_AROUND_BREAK = re.compile(r"[ \u3000]*\n\s*")
_BREAK = "\ue000"  # a line break that the document makes, kept apart from those of its markup

SCRIPTS = {"Sup": "^", "sup": "^", "SUP": "^", "Sub": "_", "sub": "_", "SUB": "_"}
#: Inline elements: their words are words of what encloses them.
INLINE = frozenset(
    {
        "Line",
        "QuoteStruct",
        "ArithFormula",
        "Ruby",
        "Sentence",
        "Column",
        "a",
        "b",
        "i",
        "u",
        "font",
        "span",
        "strong",
        "em",
        "math",
    }
)
_BREAKS = frozenset({"br", "BR"})
_WRAPPED = frozenset({"Sentence", "Column", "Line"})
_SPECIAL = _BREAKS | SCRIPTS.keys() | {"Rt", "img"}


def text_of(element: etree._Element, account: Account, *, joint: str = "") -> str:
    """The words of ``element`` without its tail. Of a ruby the reading (``Rt``) is left out by the rule ``ruby``. ``joint`` is set between
    neighbouring sentences; columns are parted by an ideographic blank, as the printed law parts a term from its meaning."""
    if (plain := _plain(element)) is not None:
        return tidy(_flat(plain))
    pieces: list[str] = []
    stack: list[etree._Element | str] = [element]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            pieces.append(item)
            continue
        if item is not element and item.tail:
            stack.append(_flat(item.tail))
        tag = tag_of(item)
        if tag == "Rt":
            account.discard("ruby", item, "".join(str(run) for run in item.itertext()))
            continue
        if tag == "img":
            pieces.append(f"[graphic {graphic_name(item)}]")
        elif tag in _BREAKS:
            pieces.append(_BREAK)
        elif tag == "Sentence" and item is not element and _is_sentence(item.getprevious()):
            pieces.append(joint.replace("\n", _BREAK))
        elif tag == "Column" and item is not element and item.getprevious() is not None:
            pieces.append(_BREAK if item.get("LineBreak") == "true" else "\u3000")
        if mark := SCRIPTS.get(tag, ""):
            if not "".join(str(run) for run in item.itertext()).strip():
                mark = ""
            pieces.append(mark)
        stack.extend(reversed(item))
        if item.text:
            stack.append(_flat(item.text))
    return tidy("".join(pieces))


def tidy(text: str) -> str:
    """Blanks inside the text stay, ideographic ones too; those around a line break and at the ends go."""
    if _UNEVEN.search(text) is None:
        return text.strip(" \u3000")
    text = text.replace("\n", "").replace(_BREAK, "\n")
    return _AROUND_BREAK.sub("\n", _BLANKS.sub(" ", text)).strip(" \u3000\n")


def _flat(text: str) -> str:
    """Breaks of the markup's own lines: nothing between ideographs, one blank between words of letters."""

    if "\n" not in text and "\r" not in text:
        return text

    def joined(match: re.Match[str]) -> str:
        before, after = text[: match.start()][-1:], text[match.end() :][:1]
        return " " if _WORD.fullmatch(before) and _WORD.fullmatch(after) else ""

    return _LAYOUT.sub(joined, text)


def _plain(element: etree._Element) -> str | None:
    """The text of an element that holds nothing but one sentence, as nearly all do; None of any other."""
    one = element
    while len(one) == 1:
        inner = one[0]
        if (
            inner.tag not in _WRAPPED
            or (one.text and one.text.strip())
            or (inner.tail and inner.tail.strip())
        ):
            return None
        one = inner
    if len(one) or one.tag in _SPECIAL or not isinstance(one.tag, str):
        return None
    return one.text or ""


def _is_sentence(element: etree._Element | None) -> bool:
    return element is not None and element.tag == "Sentence"
