"""A page that lists things, as a tree: refused before it is parsed where no page of a publisher is like it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urldefrag, urljoin

from lxml import etree
from lxml import html as pages

from normalize.html import check_tags


def tree_of(markup: str, place: str) -> etree._Element:
    """The root of a page, which is empty where there is no element in it; ``place`` is its address, for the error. Raises ``UnreadableDocument``."""
    check_tags(markup, place)
    try:
        return pages.document_fromstring(
            markup.encode(), parser=pages.HTMLParser(encoding="utf-8", no_network=True)
        )
    except (etree.ParserError, ValueError):
        return etree.Element("html")


def address_of(link: etree._Element, base: str, official: Callable[[str], str] = str) -> str:
    """Where a link leads, at the official host and without a place in the page; "" for a link that leads nowhere, or whose address is none: one slip
    of a publisher costs one link, not the list."""
    said = (link.get("href") or "").strip()
    try:
        return official(urldefrag(urljoin(base, said)).url) if said else ""
    except ValueError:
        return ""
