"""What a press office lists: each paper with its words, its address and its day, from whatever markup the site has this year.

Nothing here looks at class names: bis.gov and whitehouse.gov were rebuilt twice since 2024, and their lists kept links, headings and days alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from urllib.parse import urlsplit

from lxml import etree

from crawlers.families.list_tree import address_of, tree_of

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_DAY = re.compile(
    r"(?P<iso>(?:19|20)\d\d-\d\d-\d\d)"
    r"|\b(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(?P<day>\d{1,2}),?\s+(?P<year>(?:19|20)\d\d)\b"
    r"|\b(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>(?:19|20)?\d\d)\b",
    re.I,
)
_ROW = frozenset({"li", "tr", "article"})
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NO_TITLE = re.compile(r"(?:read|learn|see|view|find out)\b.{0,20}|(?:pdf|download|here|link)\W*", re.I)
# What lists put behind a title in brackets: the size of a file, the day.
_BEHIND = re.compile(
    r"(?:\s*[(\[](?:pdf|\d+\s+pages?|[\d.,]+\s*[km]b|[a-z]+\.?\s+\d{1,2},?\s+(?:19|20)\d\d)[^()\[\]]*[)\]])+\s*$",
    re.I,
)
_LEVELS = 5  # elements above a link in which its day is looked for, where the list has neither items nor rows
_SLUG = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One paper of a list: the words that name it, its official address, its day (None where the list tells none)."""

    title: str
    url: str
    day: date | None = None

    @property
    def name(self) -> str:
        """Its name among the documents: day and title, which last when the site is rebuilt; addresses do not (facts 4)."""
        slug = slug_of(self.title) or slug_of(urlsplit(self.url).path)
        return f"{self.day}/{slug}" if self.day else slug


def listed(
    markup: str, base: str, official: Callable[[str], str], links: re.Pattern[str]
) -> tuple[Listed, ...]:
    """The papers that a page lists: its links whose official address ``links`` finds, in their order, an address once. Raises
    ``UnreadableDocument`` for a page as no list is."""
    links_of = [
        (link, url)
        for link in tree_of(markup, base).iter("a")
        if (url := address_of(link, base, official)) and links.search(url)
    ]
    held, rows = _held(links_of), dict[etree._Element, _Row]()
    found: dict[str, Listed] = {}
    for link, url in links_of:
        known = found.get(url)
        if known is not None and known.day is not None:
            continue
        place = _row_of(link, held)
        row = rows.get(place) or rows.setdefault(place, _Row.read(place))
        one = Listed(title=_title_of(link, row), url=url, day=row.day)
        if one.title and (known is None or one.day is not None):
            found[url] = one
    return tuple(found.values())


def slug_of(words: str) -> str:
    """Words as a name: ``Rules on “AI” chips`` → ``rules-on-ai-chips``."""
    plain = unicodedata.normalize("NFKD", words.replace("'", "").replace("\u2019", "")).casefold()
    return "-".join(re.findall(r"[^\W_]+", plain))[:_SLUG].rstrip("-")


def day_in(words: str) -> date | None:
    """The first day that is written in some words: ``2026-01-13``, ``January 13, 2026``, ``Jan. 13, 2026``, ``01/13/26``."""
    for hit in _DAY.finditer(words):
        try:
            if hit["iso"]:
                return date.fromisoformat(hit["iso"])
            if hit["month"]:
                return date(int(hit["year"]), _MONTHS.index(hit["month"].lower()) + 1, int(hit["day"]))
            year = int(hit["y"])
            return date(year if year > 99 else 2000 + year, int(hit["m"]), int(hit["d"]))
        except ValueError:
            continue
    return None


@dataclass(frozen=True, slots=True)
class _Row:
    """What an item of a list says of its paper: its first heading, its day."""

    heading: str
    day: date | None

    @classmethod
    def read(cls, row: etree._Element) -> _Row:
        headings = (words for one in row.iter(*_HEADINGS) if (words := _words(one)))
        return cls(next(headings, ""), _day_of(row))


def _held(links: Iterable[tuple[etree._Element, str]]) -> dict[etree._Element, set[str]]:
    """Of each element around a paper's link the papers below it, two at most: a page of any size is walked once."""
    held: dict[etree._Element, set[str]] = {}
    for link, url in links:
        for above in link.iterancestors():
            papers = held.setdefault(above, set())
            if url in papers or len(papers) > 1:
                break
            papers.add(url)
    return held


def _row_of(link: etree._Element, held: Mapping[etree._Element, Collection[str]]) -> etree._Element:
    """The item of the list that a link stands in: a list item, row or article, else the widest element around it with no other paper in it."""
    widest = link
    for above in islice(link.iterancestors(), _LEVELS):
        if len(held[above]) > 1:
            break
        widest = above
        if above.tag in _ROW:
            break
    return widest


def _title_of(link: etree._Element, row: _Row) -> str:
    for words in (*map(_words, link.iter(*_HEADINGS)), row.heading):
        if words:
            return _BEHIND.sub("", words)
    words = _BEHIND.sub("", _words(link))
    return "" if _NO_TITLE.fullmatch(words) else words


def _day_of(row: etree._Element) -> date | None:
    for said in _dates_said(row):
        if found := day_in(said):
            return found
    return None


def _dates_said(row: etree._Element) -> Iterator[str]:
    """Where a row tells its day, the surest place first."""
    yield from (str(one.get("datetime")) for one in row.iter("time") if one.get("datetime"))
    yield from (str(one.get("data-date")) for one in row.iter() if one.get("data-date"))
    yield _words(row)


def _words(element: etree._Element) -> str:
    return " ".join(" ".join(map(str, element.itertext())).split())
