"""The words that a piece of a page prints, in order."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from normalize.inline import tag_of


def printed_text(root: etree._Element, *without: etree._Element) -> Iterator[str]:
    """The runs of text under ``root``, but for those under the elements of ``without``; what follows these is kept."""
    skipped = {id(one) for kept in without for one in kept.iter()}
    edges = {id(one) for one in without}
    for one in root.iter():
        if one.text and tag_of(one) and id(one) not in skipped:
            yield one.text
        if one.tail and one is not root and (id(one) not in skipped or id(one) in edges):
            yield one.tail


def line_of(root: etree._Element, *without: etree._Element) -> str:
    """The same as one line, runs parted by blanks."""
    return " ".join(" ".join(printed_text(root, *without)).split())


def compact(root: etree._Element) -> str:
    """The same without any white space."""
    return "".join("".join(printed_text(root)).split())
