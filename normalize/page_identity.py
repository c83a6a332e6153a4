"""What a page is called: the work it is, its title, its language, and the facts that its head states."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from lxml import etree

from archive.records import Fact
from normalize.eids import slug
from normalize.inline import inline_text
from normalize.language import language_of
from normalize.page_profile import PageProfile
from normalize.profile import Hints

# Parts of an address that name a visit, not a document.
_VISIT = re.compile(
    r"utm_\w+|(?:j?session|s|php)_?id|sid|token|crtoken|_ga|gclid|fbclid|ref|referrer|from|timestamp|ts|_|nocache|cb|r|rnd|random",
    re.IGNORECASE,
)
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?|jsp)$", re.IGNORECASE)
_JSESSION = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_UNSAFE = re.compile(r"[\s#]+")
_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})")
_DOMAINS = {"gov": "us", "mil": "us", "eu": "eu", "int": "xx"}
_LANGUAGES = frozenset({"en", "de", "fr", "nl", "ja"})
_META_DATES = ("article:published_time", "dcterms.issued", "dcterms.date", "date", "pubdate", "publishdate")


def work_of(hints: Hints, profile: PageProfile, title: str) -> str:
    """``us/bis/press-release/…``: the profile's path, or the country of the host and the host, then the path of the page without what
    names a visit. A ``work`` in the hints' ``meta`` goes before all."""
    said = hints.meta.get("work")
    if isinstance(said, str) and said:
        return said
    address = urlsplit(hints.url or (hints.document if "://" in hints.document else ""))
    host = (address.hostname or "").removeprefix("www.")
    path = address.path if host else hints.document
    path = _INDEX.sub("/", _JSESSION.sub("", unquote(path))).strip("/")
    asked = sorted((name, value) for name, value in parse_qsl(address.query) if not _VISIT.fullmatch(name))
    name = _UNSAFE.sub("-", path + (f"?{urlencode(asked)}" if asked else ""))
    under = profile.under or f"{_country(host)}/{host or 'page'}"
    return f"{under}/{name or (slug(title) if not host else 'home') or 'page'}"


def _country(host: str) -> str:
    last = host.rsplit(".", 1)[-1]
    return _DOMAINS.get(last) or (last if re.fullmatch(r"[a-z]{2}", last) else "xx")


def language_of_page(root: etree._Element, text: str) -> str:
    """What the page declares, unless its script tells otherwise; Chinese is told apart by its characters."""
    declared = (root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "").lower()
    seen = language_of(text)
    prefix = declared.split("-")[0]
    if seen in ("ja", "zh-Hans", "zh-Hant") or prefix not in _LANGUAGES - {"ja"}:
        return seen
    return prefix


def title_of(root: etree._Element, content: etree._Element, named: str) -> tuple[str, etree._Element | None]:
    """The first ``h1`` with words, of the content if it has one, else of the page; without any, the ``title`` of its head. The
    element is given if it is an ``h1``."""
    for place in (content, root):
        for heading in place.iter("h1"):
            if words := " ".join(inline_text(heading).split()):
                return words, heading
    return named, None


def published(root: etree._Element) -> date | None:
    """The day of publication that the page's head states."""
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or "").lower()
        if name in _META_DATES and (found := _ISO.match((meta.get("content") or "").strip())):
            try:
                return date.fromisoformat(found.group(1))
            except ValueError:
                continue
    return None


def facts_of(hints: Hints, on: date | None) -> tuple[Fact, ...]:
    facts = [Fact(name="url", value=hints.url)] if hints.url else []
    if on is not None:
        facts.append(Fact(name="published", value=on.isoformat()))
    return tuple(facts)
