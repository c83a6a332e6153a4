"""What a publisher lists on its site: pages of links, feeds (Atom, RSS, RDF), and answers that wrap a page of links in JSON.

A list proves itself by its items. None at all is an error, for each of these lists has had items since it exists.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urldefrag, urljoin

from lxml import etree

from archive.errors import UnreadableDocument
from crawlers.acceptance import whole_json, whole_text
from crawlers.families.list_tree import address_of, tree_of
from crawlers.families.page_answers import HTML_TYPES, markup_of, whole
from crawlers.visit import Answer
from crawlers.walls import named, refusal

_FEED_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml"}
)
_DAY = re.compile(
    r"(20\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})|(?:令和|R)\s*(\d{1,2})[.年]\s*(\d{1,2})[.月]\s*(\d{1,2})"
)
_REIWA = 2018  # 令和元年 is 2019
# How far around a link its date stands: the row or item of the list that it is in.
_AROUND = frozenset({"li", "tr", "dd", "dt", "p"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing listed: the words of its link, its official address, the day beside it (None where none is told), and whether a feed has it, which keeps
    its newest only."""

    title: str
    url: str
    day: date | None = None
    in_feed: bool = False


def items_of(
    answer: Answer, official: Callable[[str], str], *, expected: str, forced: str = ""
) -> tuple[Item, ...]:
    """The items of a list, whatever its form, in its order, an address once. Raises ``Refused``."""
    if answer.cut or answer.status != 200 or not answer.body.strip():
        whole(answer, expected)
    if answer.media_type == "application/json":
        found = _wrapped(answer, expected)
    elif answer.media_type in _FEED_TYPES:
        found = _feed(answer, expected)
    elif answer.media_type in HTML_TYPES and answer.body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        found = _links(markup_of(answer, forced=forced), answer.url)
    else:
        raise named(answer, expected=expected, found=f"a body of type {answer.media_type or 'unknown'}")
    try:
        items = {item.url: item for item in (replace(one, url=official(one.url)) for one in found)}
    except UnreadableDocument as error:
        raise named(answer, expected=expected, found=f"a page of which {error.message}") from None
    return tuple(items.values())


def _links(markup: str, base: str) -> Iterator[Item]:
    """The links of a page, each with the day in its row."""
    days: dict[etree._Element, date | None] = {}
    for link in tree_of(markup, base).iter("a"):
        said = (link.get("href") or "").strip()
        title = _words(link) or " ".join((link.get("title") or "").split())
        address = address_of(link, base)
        if not title or not address or said.startswith(("#", "javascript:", "mailto:")):
            continue
        row = next((one for one in link.iterancestors() if one.tag in _AROUND), None)
        if row is not None and row not in days:
            days[row] = _day_beside(row)
        yield Item(title=title, url=address, day=None if row is None else days[row])


def _day_beside(row: etree._Element) -> date | None:
    if row.tag == "dd" and (term := row.getprevious()) is not None and term.tag == "dt":
        return day_in(_words(term)) or day_in(_words(row))
    return day_in(_words(row))


def _words(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def day_in(words: str) -> date | None:
    """The first day that is written in some words: ``2026-07-01``, ``2026/7/1``, ``2026年7月1日``, ``令和8年7月1日``."""
    for hit in _DAY.finditer(words):
        year = int(hit[1]) if hit[1] else _REIWA + int(hit[4])
        month, day = (int(hit[2]), int(hit[3])) if hit[1] else (int(hit[5]), int(hit[6]))
        try:
            return date(year, month, day)
        except ValueError:
            continue
    return None


def _feed(answer: Answer, expected: str) -> Iterator[Item]:
    """The entries of a feed."""
    text = whole_text(answer, types=_FEED_TYPES, expected=expected)
    import feedparser  # only here: most lists are no feeds, and most commands read no list

    read = feedparser.parse(text.encode())
    if not read.version:
        raise named(answer, expected=expected, found="XML that is no feed")
    if read.bozo:
        raise refusal(
            answer, "Truncated", f"{expected} is malformed ({read.bozo_exception})", "Wait for the next run"
        )
    for entry in read.entries:
        when = entry.get("published_parsed") or entry.get("updated_parsed")
        title, url = " ".join(entry.get("title", "").split()), entry.get("link", "")
        if title and url:
            day = date(*when[:3]) if when else None
            yield Item(title=title, url=urldefrag(url).url, day=day, in_feed=True)


def _wrapped(answer: Answer, expected: str) -> Iterator[Item]:
    """The links of a page that stands in ``data.html``, or the rows of ``pageInfo``, as the lists of Chinese ministries are sent (facts 8.4)."""
    value = whole_json(answer, expected=expected)
    if isinstance(value, dict) and "pageInfo" in value:
        yield from _rows(value["pageInfo"], answer, expected)
        return
    data = value.get("data") if isinstance(value, dict) else None
    markup = data.get("html") if isinstance(data, dict) else None
    if not isinstance(markup, str):
        raise named(answer, expected=expected, found="JSON without data.html or pageInfo")
    yield from _links(markup, answer.url)


def _rows(info: object, answer: Answer, expected: str) -> Iterator[Item]:
    """The rows of a list, each with a title, an address and the day on which it was published."""
    rows = info.get("rows") if isinstance(info, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise named(answer, expected=expected, found="JSON without pageInfo.rows")
    for row in rows:
        title, url = " ".join(str(row.get("title") or "").split()), str(row.get("url") or "").strip()
        if not title or not url:
            raise named(answer, expected=expected, found="a row without a title or an address")
        yield Item(
            title=title,
            url=urldefrag(urljoin(answer.url, url)).url,
            day=day_in(str(row.get("publishTimeStr") or "")),
        )
