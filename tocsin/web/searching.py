"""The search: a query with its filters, what was found with the words marked, and the addresses that a citation names."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

from archive import search_index
from archive.errors import BadInput
from archive.search import Found, Hit, Scope, search
from archive.search_query import Phrase, Query, any_of, read_query
from archive.store import Archive
from archive.vocabulary.countries import country_code, spellings
from archive.vocabulary.eccn import parse_code
from archive.vocabulary.technologies import terms
from tocsin.web.site import Asked, Page
from tocsin.web.wording import Wording

EACH = 25
_AROUND = 160


def page(archive: Archive, asked: Asked) -> Page:
    """What was looked for, and what was found; a query that cannot be used is told why, beside the form."""
    query, scope, error = Query(), Scope(), ""
    found = Found(total=0, hits=(), cut=False)
    number = 1
    try:
        number = asked.number("page")
        query, scope = _query(asked), _scope(asked)
        if query.wanted:
            found = search(archive, query, scope, start=(number - 1) * EACH, limit=EACH)
    except BadInput as refused:
        error = refused.line()
    held = archive.database.execute("SELECT DISTINCT jurisdiction, source, language FROM work").fetchall()
    say = Wording(asked.say)
    values: dict[str, Any] = {
        "error": error,
        "found": found,
        "asked_for": bool(query.wanted) and not error,
        "hits": [(hit, say.cited(hit.work, hit.eid, hit.title), snippet(hit, query)) for hit in found.hits],
        "direct": _direct(archive, asked.text("q"), say),
        "page": number,
        "pages": max(-(-found.total // EACH), 1),
        "query": dict(asked.query),
        "narrowed": any(asked.text(name) for name in asked.query if name not in ("q", "page")),
        "places": sorted({place for place, _, _ in held}),
        "sources": sorted({source for _, source, _ in held}),
        "languages": sorted({language for _, _, language in held}),
        "behind": search_index.behind(archive),
    }
    data = {
        "query": asked.text("q"),
        "total": found.total,
        "cut": found.cut,
        "error": error,
        "hits": found.hits,
    }
    head = ("citation", "work", "eid", "language", "from_date", "to_date", "num", "heading", "text")
    table = [(cited, *(getattr(hit, name) for name in head[1:])) for hit, cited, _ in values["hits"]]
    return Page(
        template="search.html", values=values, data=data, status=400 if error else 200, table=(head, table)
    )


def snippet(hit: Hit, query: Query) -> Markup:
    """The words around the first that was looked for, each marked."""
    text = " ".join(part for part in (hit.num, hit.heading, hit.text) if part)
    text = " ".join(text.split())
    pattern = _pattern(query)
    first = pattern.search(text) if pattern else None
    start = max(first.start() - _AROUND, 0) if first else 0
    end = (first.end() if first else 0) + 2 * _AROUND
    shown = text[start:end]
    pieces, at = [Markup("… ") if start else Markup()], 0
    for one in pattern.finditer(shown) if pattern else ():
        if one.end() > one.start():
            pieces += [escape(shown[at : one.start()]), Markup("<mark>"), escape(one[0]), Markup("</mark>")]
            at = one.end()
    return Markup("").join([*pieces, escape(shown[at:]), Markup(" …") if end < len(text) else Markup()])


def _query(asked: Asked) -> Query:
    """The words, and as one more condition each the names of a country or the words of a technology."""
    query = read_query(asked.text("q"))
    wanted = list(query.wanted)
    country, technology, code = (asked.text(name) for name in ("country", "technology", "code"))
    if code:
        wanted.append((Phrase(words=(parse_code(code) or code).casefold()),))
    if country:
        known = country_code(country)
        if known is None:
            raise BadInput(
                f"{country[:40]!r} is not a country", thing="country", mend="Write a name, or a code like TH"
            )
        wanted.append(any_of(tuple(name.written for name in spellings() if name.code == known)))
    if technology:
        words = tuple(
            one.key for one in terms() if one.id == technology or one.id.startswith(technology + ".")
        )
        if not words:
            raise BadInput(
                f"{technology[:40]!r} is not a technology",
                thing="technology",
                mend="Write an id like 2.1 or X4",
            )
        wanted.append(any_of(words))
    return replace(query, wanted=tuple(wanted))


def _scope(asked: Asked) -> Scope:
    return Scope(
        work=asked.text("work").strip("/"),
        source=asked.text("source"),
        jurisdiction=asked.text("jurisdiction").upper(),
        language=asked.text("language"),
        below=asked.text("below"),
        on=asked.day("on"),
        standing=asked.flag("standing"),
    )


def _direct(archive: Archive, said: str, say: Wording) -> tuple[tuple[str, str, str], ...]:
    """The addresses that are called just so: somebody who types a citation wants to go there."""
    # Each work is asked for the eid: no index has it across works.
    rows = archive.database.execute(
        "SELECT path, eid, title FROM work CROSS JOIN address ON address.work = work.id WHERE eid = ? ORDER BY path LIMIT 5",
        (said.removeprefix("§").strip(),),
    )
    return tuple((work, eid, say.cited(work, eid, title)) for work, eid, title in rows) if said else ()


@lru_cache(maxsize=32)
def _pattern(query: Query) -> re.Pattern[str] | None:
    """The phrases as they may stand in a text that is not folded: the longest first, in either case, blanks of any sort."""
    phrases = sorted({one.words for some in query.wanted for one in some[:200]}, key=len, reverse=True)
    written = [r"\s+".join(re.escape(word) for word in phrase.split()) for phrase in phrases]
    return re.compile("|".join(written), re.I) if written else None
