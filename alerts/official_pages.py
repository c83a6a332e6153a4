"""The publisher's own page of a text, for people: many sources are fetched by an interface for machines, whose address says nothing to a reader."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from archive.records import StoredChange

# The forms of eCFR are those of the paths in the XML that it publishes (hierarchy_metadata: /on/DATE/title-15/section-744.11); legislation.gov.uk serves the
# page of an act under the address of its data without /data.xml; e-Gov's pages carry the id of a law.
_CFR = re.compile(r"us/cfr/(?P<title>\d+)/(?P<part>[^/]+)(?:/supp-(?P<supplement>[^/]+))?")
_SECTION = re.compile(r"\d+[a-z]?\.\d+[a-z]?")
_EGOV = re.compile(r"jp/law/(?P<law>[0-9A-Za-z]+)")
_DATA = re.compile(r"(?<=legislation\.gov\.uk/)(?P<act>.+)/data\.(?:xml|akn|htm)$")
_LAW_IN_A_FILE = re.compile(r"(?<=www\.gesetze-im-internet\.de/)(?P<law>[^/]+)/xml\.zip$")


def official_page(stored: StoredChange, fetched: str = "") -> str:
    """The page at which the publisher shows what changed: the one that the document names, else the one that its place in the law gives, else the
    address it was ``fetched`` from; "" where there is none."""
    for fact in stored.facts:
        if fact.name == "url" and is_web(fact.value):
            return fact.value
    if cfr := _CFR.match(stored.work):
        return _of_cfr(stored, cfr)
    if law := _EGOV.match(stored.work):
        return f"https://laws.e-gov.go.jp/law/{law['law']}"
    page = _DATA.sub(r"\g<act>", fetched)
    page = _LAW_IN_A_FILE.sub(r"\g<law>/", page)
    return page if is_web(page) else ""


def _of_cfr(stored: StoredChange, cfr: re.Match[str]) -> str:
    title = f"https://www.ecfr.gov/on/{stored.after.isoformat()}/title-{cfr['title']}"
    section = _SECTION.match(stored.change.new_eid or "")
    if cfr["supplement"]:
        named = f"Supplement No. {cfr['supplement']} to Part {cfr['part']}"
        return f"{title}/part-{quote(cfr['part'])}/appendix-{quote(named)}"
    if section and section[0].startswith(f"{cfr['part']}."):
        return f"{title}/section-{section[0]}"
    return f"{title}/part-{quote(cfr['part'])}"


def is_web(address: str) -> bool:
    """Whether an address is of the web, so that a link to it does no more than open a page."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return (
        parts.scheme in ("http", "https")
        and bool(parts.netloc)
        and address.isprintable()
        and " " not in address
    )
