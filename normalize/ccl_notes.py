"""Notes of the Commerce Control List: their headings, what they say they belong to, and the paragraphs in them.

A note stands in a NOTE element, or is a plain paragraph that begins with its heading ("Note 1 to 3A090.a: …", in italics), with its
list in the paragraphs after it. A lettered list in a note is part of the note and makes no items.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

from normalize.audit import Account
from normalize.ccl_items import Path, common
from normalize.ccl_lines import HEADING, PARAGRAPH, Line, lines
from normalize.inline import inline_text

_HEADING = re.compile(
    r"""
    (?P<name>
        (?: (?:license|licensing|requirements?|exceptions?|heading|technical|control|cryptography|editorial|effective|date
              |special|general|reporting)\s+ ){0,4}
        notes? (?:\s+\d+)?
      | n\.?\s?b\.? (?:\s*:?\s*\d+(?=\s*[:.]))?
      | nota\ bene
    )
    (?P<target> \s+(?:to|for|on)\s+ [^:]{1,160}? )?
    (?: \s*: | \.(?=\s+(?-i:[A-Z“"‘'(])) | (?=\s+1\.\s) | \s*$ )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_CODE = re.compile(r"\b(?P<code>[0-9][A-E][0-9]{3})(?P<path>(?:\.(?:[a-z]|\d{1,3})\b)*)")
_PARAGRAPH = re.compile(r"(?<![\w.])\.?(?P<path>[a-z](?:\.(?:[a-z]|\d{1,3})\b)*)\.?(?![\w])")
_OF_A_NOTE = re.compile(r"\bof\s+note\b", re.IGNORECASE)
_SEE = re.compile(r"\bsee\b", re.IGNORECASE)
_FIRST_WORDS = 160
_N = ("n", "N")


class NoteHeading(NamedTuple):
    """``heading`` as printed; ``name`` without what it points to ("Technical Note 1"); ``target`` ("3A090.a"); ``rest`` the text behind."""

    heading: str
    name: str
    target: str
    rest: str


def note_heading(text: str) -> NoteHeading | None:
    """The heading of a note that opens ``text``; None for any other text."""
    # Cheap, and true of every heading of a note: its word stands near, or it is "N.B." or "nota bene".
    if text[:1] not in _N and "note" not in text[:60].lower():
        return None
    found = _HEADING.match(text)
    if found is None:
        return None
    return NoteHeading(
        found[0].strip(), found["name"].strip(), (found["target"] or "").strip(), text[found.end() :].strip()
    )


def note_target(head: NoteHeading, words: str, code: str) -> Path | None:
    """The item of the entry ``code`` that a note belongs to: the one its heading names, else the one its first words speak of.

    What all codes named have in common counts, () being the entry as a whole; None where none is named. In a heading a bare
    paragraph counts too ("Note to paragraph .w.1", "0A506.a and .b"); in the text no code behind "see", which is a reference.
    """
    if head.target:
        return _heading_target(head.target, code)
    text = f"{head.rest} {words}"[:_FIRST_WORDS]
    if code not in text:
        return None
    if reference := _SEE.search(text):
        text = text[: reference.start()]
    paths = _coded(text, code)
    return common(paths) if paths else None


def _heading_target(words: str, code: str) -> Path | None:
    paths = _coded(words, code) if code in words else []
    if not _OF_A_NOTE.search(words):
        bare = _CODE.sub(" ", words)
        for found in _PARAGRAPH.finditer(bare):
            if found[0].startswith(".") or "paragraph" in bare or paths:
                paths.append(tuple(found["path"].strip(".").split(".")))
    return common(paths) if paths else None


def _coded(words: str, code: str) -> list[Path]:
    return [
        tuple(found["path"].strip(".").split(".")) if found["path"] else ()
        for found in _CODE.finditer(words)
        if found["code"] == code
    ]


def note_parts(element: etree._Element, account: Account) -> tuple[str, list[Line]]:
    """The heading of a NOTE element, or of any other with HED and paragraphs, and its other blocks.

    One that holds loose text is read as its heading and one paragraph.
    """
    if has_loose_text(element):
        heading = " ".join(inline_text(head) for head in element.iterchildren("HED"))
        return heading, [Line(PARAGRAPH, "P", inline_text(element, without=("HED",)), False, False, element)]
    heads: list[str] = []
    body: list[Line] = []
    for line in lines(element, account):
        if line.kind == HEADING and line.tag in ("HED", "HED1") and not body:
            heads.append(line.text)
        else:
            body.append(line)
    return " ".join(filter(None, heads)), body


def has_loose_text(element: etree._Element) -> bool:
    """Whether words stand in ``element`` outside its blocks."""
    if (text := element.text) and not text.isspace():
        return True
    return any((tail := child.tail) and not tail.isspace() for child in element)
