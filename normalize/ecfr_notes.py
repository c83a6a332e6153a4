"""What a note is called, and which provision it says it belongs to."""

from __future__ import annotations

import re

from normalize.eids import slug

_NAME = re.compile(
    r"(?P<kind>(?:technical |editorial |related )?notes?|n\.?\s?b\.?|example)(?:\s+(?P<number>\d+|[A-Z]))?\b",
    re.I,
)
_PATH = r"((?:\(\s?\w{1,8}\s?\))+)"
_PARAGRAPH = re.compile(rf"(?:[Pp]aragraphs? |§\s*[\w.]+?\s?){_PATH}")
_SECTION = re.compile(r"\bto (?:this section|§)")
_CATEGORY = re.compile(r"\bto (?:USML )?(Category [IVXLC]+)")


def note_segment(label: str) -> str:
    """``Note 1 to paragraph (a):`` → ``note-1``; ``Technical Note:`` → ``technical-note``; ``Caution:`` → ``caution``."""
    found = _NAME.match(label)
    if not found:
        return slug(label) or "note"
    kind = found["kind"].casefold()
    kind = "nb" if kind.startswith("n") and "b" in kind else slug(kind).removesuffix("s")
    return f"{kind}-{found['number']}" if found["number"] else kind


def is_note_label(words: str) -> bool:
    """Whether words that open a paragraph in italics announce a note or an example: ``Note 1 to paragraph (b):``."""
    return bool(_NAME.match(words)) and words.rstrip().endswith((":", ".", "—"))


def labels_a_note(words: str) -> bool:
    """Whether a printed heading is the label of a note, and not of a part of the text: ``Note 1 to paragraph (a)``."""
    found = _NAME.match(words)
    if not found or "note" not in found["kind"].casefold():
        return False
    return is_note_label(words) or bool(re.match(r"\s+(?:to|following)\b", words[found.end() :]))


def names_a_definition(label: str) -> bool:
    """Whether the note is one to a definition: ``Note 2 to definition of “Foreign person”:``."""
    return bool(re.search(r"\bto (?:the )?definition\b", label))


def named_paragraph(label: str) -> str:
    """``(a)(5)`` of ``Note 1 to paragraph (a)(5):`` and of ``Note 2 to § 744.8(a)(5):``; "" where none is named."""
    found = _PARAGRAPH.search(label)
    return re.sub(r"\s", "", found[1]) if found else ""


def named_category(label: str) -> str:
    """``Category XI`` of ``Note 3 to USML Category XI:``, "" where none is named."""
    found = _CATEGORY.search(label)
    return found[1] if found else ""


def names_the_section(label: str) -> bool:
    """Whether the note is one to its whole section: ``Note 3 to § 744.8:``."""
    return bool(_SECTION.search(label)) and not named_paragraph(label)
