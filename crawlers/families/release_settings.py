"""What is watched on the site of a press office: its lists of papers, and single pages of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from crawlers.settings import CrawlSettings, meaning


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseList:
    """A page that lists papers: its address, a pattern of their addresses, how many it always has at least, and where its older pages are
    (``{page}`` stands for 2, 3 …), "" where it has none."""

    url: str
    links: str
    least: int = 3
    more: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedPage:
    """One page that is rewritten in place: its address, and words that stand there whatever changes."""

    url: str
    landmark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseSettings(CrawlSettings):
    """What is watched."""

    lists: tuple[ReleaseList, ...] = field(
        default=(), metadata=meaning("lists of papers: tables of url, links, and optionally least and more")
    )
    pages: tuple[WatchedPage, ...] = field(
        default=(), metadata=meaning("pages that are rewritten in place: tables of url and landmark")
    )
    about: tuple[str, ...] = field(
        default=(),
        metadata=meaning("words of which a paper must have one, of a PDF its title; none: all are taken"),
    )
    again: int = field(
        default=30, metadata=meaning("days for which a paper that is listed is looked at again for edits")
    )
    depth: int = field(default=2, metadata=meaning("pages of a list that the first run reads"))

    def problems(self) -> tuple[tuple[str, str], ...]:
        """Also: addresses and patterns that are none, and nothing to watch."""
        found = list(CrawlSettings.problems(self))
        if not self.lists and not self.pages:
            found.append(("lists", "must name a list, or pages a page"))
        for number, each in enumerate(self.lists):
            try:
                re.compile(each.links)
            except re.error as error:
                found.append((f"lists[{number}].links", f"{each.links!r} is no pattern ({error})"))
            if each.least < 1:
                found.append((f"lists[{number}].least", "must be 1 or more"))
            if each.more and "{page}" not in each.more:
                found.append(
                    (f"lists[{number}].more", "must have {page} where the number of the page stands")
                )
            found += _address(f"lists[{number}].url", each.url)
        for number, page in enumerate(self.pages):
            found += _address(f"pages[{number}].url", page.url)
            if not page.landmark.split():
                found.append((f"pages[{number}].landmark", "must be words that only the real page has"))
        for name in ("again", "depth"):
            if getattr(self, name) < 1:
                found.append((name, "must be 1 or more"))
        return tuple(found)


def _address(place: str, url: str) -> list[tuple[str, str]]:
    parts = urlsplit(url)
    if parts.scheme == "https" and parts.hostname and "." in parts.hostname:
        return []
    return [(place, f"{url!r} is no address; write it like https://example.gov/page")]
