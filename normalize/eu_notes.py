"""Footnotes of European Union pages: their marks out of the running text, their texts under the provision that calls them.

A mark is a number that every insertion moves, and the Official Journal set the same act once with ``(*1)`` and once with ``(*)``. So the
mark is discarded by name, and the footnote becomes a child of the provision that bears the mark, with its printed number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from normalize.audit import Account
from normalize.draft import Draft
from normalize.html import all_text, classes
from normalize.inline import inline_text

#: Stands in the tree where a mark stood; it has no text.
MARKER = "note-mark"
_OPENING = re.compile(
    r"\s*(?P<num>\(?\s?\^?(?:[*†‡]{1,3}\d*|\d{1,3}[a-z]?)\s?\)|\^?(?:[*†‡]{1,3}|\d{1,3}(?=\s))\)?)\s*"
)
_SUPERIOR = frozenset({"oj-super", "super", "superscript", "SUP"})
_INFERIOR = frozenset({"oj-sub", "sub", "subscript", "SUB"})


@dataclass(slots=True)
class Footnotes:
    """Who called which footnote, and the footnotes as they were met."""

    calls: dict[str, Draft] = field(default_factory=dict)
    bodies: list[tuple[str, str, str, Draft, etree._Element]] = field(default_factory=list)

    def called(self, element: etree._Element, by: Draft) -> None:
        """Remembers the marks inside ``element``, whose text went into ``by``."""
        for mark in element.iter(MARKER):
            self.calls.setdefault(mark.get("key", ""), by)

    def add(self, element: etree._Element, near: Draft) -> None:
        """A footnote as printed; ``near`` is where it stands, for one that nobody calls."""
        key = key_of(element)
        text = inline_text(element)
        found = _OPENING.match(text)
        num, rest = (found["num"].replace("^", ""), text[found.end() :]) if found else ("", text)
        self.bodies.append((key, num, rest, near, element))

    def attach(self) -> None:
        """Hangs every footnote under its caller."""
        for key, num, text, near, place in self.bodies:
            self.calls.get(key, near).add(
                Draft(segment="footnote", unit="footnote", num=num, text=text, quiet=True, place=place)
            )


def key_of(element: etree._Element) -> str:
    """What joins a footnote with its mark: the tail of the ids ``ntc1-…``, ``ntr1-…``, ``footnoteref2``, ``src.E0001``."""
    for one in element.iter("a", "dd", "p"):
        found = re.match(r"(?:ntr|ntc|footnoteref|footnote|src\.E|E)(.+)", one.get("id", ""))
        if found:
            return found.group(1)
    return ""


def set_typography(root: etree._Element, account: Account) -> None:
    """Rewrites a page's tree in place: raised and lowered runs become ``sup`` and ``sub``, marks of footnotes ``note-mark``."""
    for element in list(root.iter("span", "a")):
        if element.tag == "span":
            named = classes(element)
            if named & _SUPERIOR and "oj-note-tag" not in named:
                element.tag = "sup"
            elif named & _INFERIOR:
                element.tag = "sub"
            continue
        if not _is_mark(element):
            continue
        account.discard("footnote-mark", element, all_text(element))
        key = key_of(element)
        holder = element.getparent()
        whole = element
        if (
            holder is not None
            and holder.tag in ("span", "sup")
            and len(holder) == 1
            and not (holder.text or "").strip()
            and not (element.tail or "").strip()
        ):
            whole = holder
        if whole is element:
            tail = element.tail
            element.clear()
            element.tail = tail
        else:
            tail = whole.tail
            whole.clear()
            whole.tail = tail
        whole.tag = MARKER
        whole.set("key", key)
        _close_up(whole)


def _is_mark(anchor: etree._Element) -> bool:
    """A link from the text to a footnote: ``ntc…`` (the Official Journal), ``src.E…`` (consolidations), ``footnoteref…`` (proposals)."""
    name = anchor.get("id", "")
    return name.startswith(("ntc", "src.E", "footnoteref")) or "footnoteRef" in classes(anchor)


def _close_up(mark: etree._Element) -> None:
    """``Committee (1),`` is ``Committee,`` without its mark: the blank before the mark went with it."""
    following = mark.tail or ""
    if following[:1].isalnum():
        return
    previous = mark.getprevious()
    parent = mark.getparent()
    if previous is not None:
        if previous.tail:
            previous.tail = previous.tail.rstrip(" \u00a0\n\t")
        elif previous.text and not len(previous):
            previous.text = previous.text.rstrip(" \u00a0\n\t")
    elif parent is not None and parent.text:
        parent.text = parent.text.rstrip(" \u00a0\n\t")
