"""The words that a piece of a page prints, in order."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from normalize.inline import tag_of


def printed_text(root: etree._Element, *without: etree._Element) -> Iterator[str]:
    """The runs of text under ``root``, and the words that stand for its pictures, but for those under the elements of ``without``;
    what follows these is kept."""
    # Elements are kept, not their ids: lxml makes its proxies anew, and a new one may get the id of one that is gone.
    skipped = {one for kept in without for one in kept.iter()}
    for one in root.iter():
        if one not in skipped:
            if tag_of(one) == "img" and (words := one.get("alt")):
                yield f" {words} "
            elif one.text and tag_of(one):
                yield one.text
        if one.tail and one is not root and (one not in skipped or one in without):
            yield one.tail


def line_of(root: etree._Element, *without: etree._Element) -> str:
    """The same as one line, runs parted by blanks."""
    return " ".join(" ".join(printed_text(root, *without)).split())


def compact(root: etree._Element) -> str:
    """The same without any white space."""
    return "".join("".join(printed_text(root)).split())
