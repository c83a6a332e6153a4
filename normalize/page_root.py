"""Where the content of a page stands: by the profile's selectors, else by the density of its text, with a warning."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy

from cssselect import SelectorError
from lxml import etree
from lxml.cssselect import CSSSelector

from archive.errors import BadInput, UnreadableDocument
from normalize.audit import Account
from normalize.html import body_of, take_out
from normalize.inline import tag_of
from normalize.page_text import compact

_LEAST = 12  # characters: shorter is no content, "" of a page that scripts fill
_SHARE = 0.9


def select(root: etree._Element, selector: str) -> list[etree._Element]:
    """The elements that a CSS selector matches. Raises ``BadInput`` for one that cannot be read."""
    try:
        found = CSSSelector(selector, translator="html")(root)
        return [one for one in found if isinstance(one, etree._Element)] if isinstance(found, list) else []
    except SelectorError as error:
        raise BadInput(
            f"{selector!r} is no CSS selector: {error}",
            thing="content selector",
            mend="Write it like main, #content or div.article",
        ) from None


def find_content(
    root: etree._Element, selectors: Iterable[str], account: Account, *, thing: str
) -> tuple[etree._Element, frozenset[str] | None]:
    """The element that holds the content, and, where no selector found it, the lines that were taken for content by density.

    A selector that matches several elements means the smallest that holds them all. Raises ``UnreadableDocument`` for a page
    without any content: a shell that a script was to fill, a wall, an empty frame.
    """
    tried: list[str] = []
    for selector in selectors:
        found = [one for one in select(root, selector) if len(compact(one)) >= _LEAST]
        outermost = [one for one in found if not any(above in found for above in one.iterancestors())]
        if outermost:
            return (outermost[0] if len(outermost) == 1 else _holding(outermost)), None
        tried.append(selector)
    lines = _dense_lines(root)
    if not lines:
        raise UnreadableDocument(
            f"the page has no content: none of {', '.join(tried) or 'no selector'} has words in it, nor is there running text",
            thing=thing,
            place="/html/body",
            mend="Look at the page: it may need scripts or be an access wall; else name its content with a selector",
        )
    content = _smallest(root, lines)
    account.remark(
        content,
        f"none of the selectors {', '.join(tried)} matches, so the content was found by the density of its text;"
        " name it with a selector to be sure of it",
    )
    return content, lines


def _holding(elements: list[etree._Element]) -> etree._Element:
    """The nearest element that all of ``elements`` stand in."""
    above = list(elements[0].iterancestors())
    for other in elements[1:]:
        theirs = set(other.iterancestors())
        above = [one for one in above if one in theirs]
    return above[0] if above else elements[0]


def _dense_lines(root: etree._Element) -> frozenset[str]:
    """The lines of the main text as trafilatura finds it, without blanks."""
    from trafilatura import bare_extraction  # a second to import: only for pages that need it

    copied = deepcopy(root)
    for element in list(copied.iter("nav", "footer", "aside", "form")):
        take_out(element)
    markup = etree.tostring(copied, method="html", encoding="unicode")
    found = bare_extraction(
        markup, include_comments=False, include_tables=True, favor_recall=True, with_metadata=False
    )
    text = getattr(found, "text", None) or ""
    pieces = (piece for line in text.splitlines() for piece in line.split("|"))
    lines = frozenset("".join(piece.strip(" -").split()) for piece in pieces)
    return frozenset(line for line in lines if line) if len("".join(lines)) >= _LEAST else frozenset()


def _smallest(root: etree._Element, lines: frozenset[str]) -> etree._Element:
    """The deepest element that still prints nearly all of ``lines``."""
    whole = sum(map(len, lines))
    content = body_of(root)
    while True:
        for child in content:
            if not tag_of(child):
                continue
            printed = compact(child)
            if len(printed) < _SHARE * whole:
                continue
            if sum(len(line) for line in lines if line in printed) >= _SHARE * whole:
                content = child
                break
        else:
            return content
