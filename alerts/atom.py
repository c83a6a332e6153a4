"""Changes as a feed of Atom (RFC 4287), a page of it at a time (RFC 5005). Pure.

An entry has the redline, the citation, the editions and the reason of its weight; what it touches are its categories. Ids are tag URIs (RFC 4151)
made of what never changes, so that a reader knows an entry again wherever the front end stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from urllib.parse import quote

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from alerts.citations import cite_change
from alerts.folding import folded
from alerts.messages import title_of
from alerts.official_pages import official_page
from archive.records import StoredChange
from diffing.render.html import html

TAG = "tag:tocsin,2026:"
MOST_TOUCHES = 40
"""Categories of an entry: a list of parties would have thousands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a feed is: ``id`` after :data:`TAG`, and where it stands. ``own``, ``older`` and ``newer`` are the addresses of this page and its
    neighbours, "" where there is none."""

    id: str
    title: str
    site: str = ""
    own: str = ""
    older: str = ""
    newer: str = ""


def as_atom(feed: Feed, changes: Sequence[StoredChange], now: datetime) -> str:
    """The feed in UTF-8 with its declaration. ``changes`` are newest first; ``now`` is when a feed without any was updated."""
    made = FeedGenerator()
    made.id(TAG + quote(feed.id, safe="/"))
    made.title(_sound(feed.title))
    made.author(name="tocsin")
    made.generator("tocsin")
    made.updated(max((stored.observed_at for stored in changes), default=now))
    for rel, address in (("self", feed.own), ("next", feed.older), ("previous", feed.newer)):
        if address:
            made.link(href=address, rel=rel, type="application/atom+xml")
    if feed.site:
        made.link(href=f"{feed.site}/changes", rel="alternate", type="text/html")
    for stored in changes:
        made.add_entry(_entry(stored, feed.site), order="append")
    written: bytes = made.atom_str(pretty=True)
    return written.decode()


class _Places(BaseEntryExtension):  # type: ignore[misc]
    """Links of an entry by their relation. Those of feedgen 1.0 lose it (its loop rebinds the name of the link to the element)."""

    def __init__(self) -> None:
        self.links: dict[str, str] = {}

    def extend_atom(self, entry: etree._Element) -> etree._Element:
        """Called with the element of the entry; feedgen names the namespace once, on the feed."""
        for rel, href in self.links.items():
            etree.SubElement(entry, "link", rel=rel, href=href, type="text/html")
        return entry


def _entry(stored: StoredChange, site: str) -> FeedEntry:
    change = stored.change
    entry = FeedEntry()
    entry.id(f"{TAG}change/{quote(stored.id)}")
    entry.title(_sound(title_of([stored])))
    entry.updated(stored.observed_at)
    entry.published(stored.observed_at)
    entry.content(_sound(_content(stored)), type="html")
    entry.register_extension("places", _Places, rss=False)
    if site:
        entry.places.links["alternate"] = f"{site}/change/{quote(stored.id)}"
    if official := official_page(stored):
        entry.places.links["via"] = quote(official, safe=":/?#[]@!$&'()*+,;=%~-._")
    terms = [
        ("materiality", change.materiality),
        ("kind", change.kind),
        ("source", stored.source),
        ("work", stored.work),
        *((touch.type, touch.id) for touch in stored.touches),
    ]
    for scheme, term in list(dict.fromkeys(terms))[: MOST_TOUCHES + 4]:
        if term:
            entry.category(term=_sound(term), scheme=f"{TAG}{quote(scheme)}")
    return entry


def _content(stored: StoredChange) -> str:
    change, cut = folded(stored.change)
    editions = (
        f"edition of {stored.before} → edition of {stored.after}" if stored.before else f"of {stored.after}"
    )
    lines = [
        f"<p><strong>{escape(cite_change(stored))}</strong><br>{escape(stored.title)}, {editions}</p>",
        html(change),
    ]
    if cut:
        lines.append(f"<p>{cut:,} more changed characters are on the page of the change.</p>")
    lines.append(f"<p>{escape(stored.change.materiality)}: {escape(stored.change.reason)}</p>")
    return "\n".join(lines)


def _sound(text: str) -> str:
    """Without the marks that XML 1.0 has no place for."""
    return "".join(
        mark
        for mark in text
        if mark in "\t\n\r" or "\x20" <= mark <= "\ud7ff" or "\ue000" <= mark <= "\ufffd" or mark > "\uffff"
    )
