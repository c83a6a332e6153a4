"""Acts from before 2004 as EUR-Lex still shows them: plain paragraphs in ``TXT_TE``, headings that only their words tell.

Each paragraph is given the class that the newer generator would have given it; then it is read like a newer page.
"""

from __future__ import annotations

import re

from lxml import etree

from normalize.eu_marks import DIVISIONS, annex_segment, division
from normalize.inline import inline_text, tag_of

_ARTICLE = re.compile(
    r"(?i)(?:article|artikel|artículo|articolo|artigo|άρθρο|artykuł|článek|článok|artikla|artikkel)\s+(?:\d+[a-z]?|premier|único|unico)$"
    r"|sole article$|article unique$|einziger artikel$"
)
_HEADING_LENGTH = 160


def plain_text(root: etree._Element) -> etree._Element | None:
    """The element that holds such an act, None on a page that is none."""
    for element in root.iter("txt_te", "div"):
        if tag_of(element) == "txt_te" or element.get("id") in ("TexteOnly", "TXT_TE"):
            return element
    return None


def set_classes(held: etree._Element) -> None:
    """Names the paragraphs of ``held`` by what they say: title, division, article, annex, plain text."""
    begun = False
    after = ""
    for line in held.iter("p", "h1", "h2", "h3", "strong"):
        text = inline_text(line)
        if not text or line.tag == "strong":
            continue
        name = "normal"
        if (
            not begun
            and (line.tag in ("h1", "h2") or text.isupper() or after in ("", "doc-ti"))
            and not _ends(text)
        ):
            name = "doc-ti"
        elif _ARTICLE.match(text):
            name = "ti-art"
        elif begun and annex_segment(text) is not None and text.split()[0].isupper():
            name = "doc-ti"
        elif _is_division(text):
            name = "ti-section-1"
        elif after == "ti-section-1" and len(text) <= _HEADING_LENGTH and not text.endswith((".", ";", ":")):
            name = "ti-section-2"
        elif (
            after == "ti-art"
            and len(text) <= _HEADING_LENGTH
            and not text.endswith((".", ";", ":", ","))
            and not text[0].isdigit()
        ):
            name = "sti-art"
        begun = begun or name != "doc-ti"
        line.tag = "p"
        line.set("class", name)
        after = name


def _ends(text: str) -> bool:
    """A formula of enactment ends the title: ``THE COUNCIL OF THE EUROPEAN UNION,``."""
    return text.rstrip().endswith((",", ":", ";"))


def _is_division(text: str) -> bool:
    words = text.split()
    return len(words) <= 3 and bool(words) and words[0].upper() in DIVISIONS and division(text)[0] <= 5
