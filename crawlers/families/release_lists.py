"""What a press office lists: each paper with its words, its address and its day, from whatever markup the site has this year.

Nothing here looks at class names: bis.gov and whitehouse.gov were rebuilt twice since 2024, and their lists kept links, headings and days alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml import etree
from lxml import html as pages

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
    """The papers that a page lists: its links whose official address ``links`` finds, in their order, an address once."""
    try:
        root = pages.document_fromstring(
            markup.encode(), parser=pages.HTMLParser(encoding="utf-8", no_network=True)
        )
    except (etree.ParserError, ValueError):
        return ()
    found: dict[str, Listed] = {}
    for link in root.iter("a"):
        url = official(urldefrag(urljoin(base, (link.get("href") or "").strip())).url)
        if not links.search(url):
            continue
        row = _row_of(link, found.keys() - {url}, base, official, links)
        one = Listed(title=_title_of(link, row), url=url, day=_day_of(row))
        known = found.get(url)
        if one.title and (known is None or (known.day is None and one.day is not None)):
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


def _row_of(
    link: etree._Element,
    others: set[str],
    base: str,
    official: Callable[[str], str],
    links: re.Pattern[str],
) -> etree._Element:
    """The item of the list that a link stands in: a list item, row or article, else the widest element around it with no other paper in it."""
    own = official(urldefrag(urljoin(base, (link.get("href") or "").strip())).url)
    widest = link
    for level, above in enumerate(link.iterancestors()):
        if level >= _LEVELS or any(
            (place := official(urldefrag(urljoin(base, one.get("href") or "")).url)) != own
            and (place in others or links.search(place))
            for one in above.iter("a")
        ):
            break
        widest = above
        if above.tag in _ROW:
            break
    return widest


def _title_of(link: etree._Element, row: etree._Element) -> str:
    for heading in (*link.iter(*_HEADINGS), *row.iter(*_HEADINGS)):
        if words := _words(heading):
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
