"""Sites of press offices in the shapes that bis.gov and whitehouse.gov have: lists of papers, the papers, pages rewritten in place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tests.replica.faults import Reply

BIS, MEDIA, WHITE_HOUSE = "www.bis.gov", "media.bis.gov", "www.whitehouse.gov"


@dataclass(frozen=True, kw_only=True)
class Release:
    """An invented paper: where it stands (host and path), its title, its day, its paragraphs."""

    place: str
    title: str
    day: date
    paragraphs: tuple[str, ...] = ()


def site(title: str, body: str, *, host: str) -> Reply:
    """A page in the frame that all pages of a site have."""
    text = (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} | {host}</title><script>var t=1;</script></head><body>'
        f'<header><nav><a href="/">Home</a><a href="/news-updates">News</a></nav></header><main>{body}</main>'
        "<footer><p>Invented Street 1, Washington</p></footer></body></html>"
    )
    return Reply(body=text.encode())


def paper(release: Release) -> Reply:
    """The page of a paper."""
    words = "".join(f"<p>{paragraph}</p>" for paragraph in release.paragraphs)
    when = f'<time datetime="{release.day}">{release.day:%B} {release.day.day}, {release.day.year}</time>'
    host = release.place.partition("/")[0]
    return site(release.title, f"<article><h1>{release.title}</h1>{when}{words}</article>", host=host)


def news(releases: Iterable[Release]) -> Reply:
    """The list of bis.gov: items with a day and a link around a heading."""
    rows = "".join(
        f'<li data-date="{one.day:%B %d, %Y}"><span class="date">{one.day:%b} {one.day.day}, {one.day.year}</span>'
        f'<a href="https://{one.place}"><h3 class="font-bold">{one.title}</h3></a></li>'
        for one in releases
    )
    return site("News and updates", f"<h1>News and updates</h1><ul>{rows}</ul>", host=BIS)


def table(releases: Iterable[Release]) -> Reply:
    """The list of advisory opinions: a row with a day of two digits a year, and a link."""
    rows = "".join(
        f'<tr><td>{one.day:%m/%d/%y}</td><td><a href="https://{one.place}">{one.title}</a></td></tr>'
        for one in releases
    )
    body = f"<h1>Advisory opinions</h1><table><tr><th>Date</th><th>Issue examined</th></tr>{rows}</table>"
    return site("Advisory opinions", body, host=MEDIA)


def posts(releases: Iterable[Release]) -> Reply:
    """The list of whitehouse.gov: WordPress posts, each with a heading, a category and a time."""
    rows = "".join(
        f'<li class="wp-block-post"><h2 class="wp-block-post-title"><a href="https://{one.place}">{one.title}</a></h2>'
        f'<div class="taxonomy-category"><a href="https://{WHITE_HOUSE}/presidential-actions/">Presidential Actions</a></div>'
        f'<time datetime="{one.day}T08:00:00-04:00">{one.day:%B} {one.day.day}, {one.day.year}</time></li>'
        for one in releases
    )
    return site("Presidential actions", f"<h1>Presidential actions</h1><ul>{rows}</ul>", host=WHITE_HOUSE)


def memoranda(releases: Iterable[Release]) -> Reply:
    """The list of OMB: a paragraph for each memorandum, a link to its PDF with its size behind it."""
    rows = "".join(
        f'<p><a href="https://{one.place}">{one.title} ({one.day:%B} {one.day.day}, {one.day.year})</a> (2 pages, 120 KB)</p>'
        for one in releases
    )
    return site("Memoranda", f"<h1>Memoranda</h1>{rows}", host=WHITE_HOUSE)
