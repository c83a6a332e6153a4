"""Cellar, the repository of the Publications Office of the European Union: acts by their CELEX numbers, through content negotiation (facts 7.3).

EUR-Lex is never asked: it stands behind a firewall's challenge. What belongs to a watched act (amendments, corrigenda, consolidations, acts
based on it) is listed by one small query, and by the feed of what Cellar took in; each is an independent counter of the other. An act of
several files (300) is asked file by file and kept as one zip, in order.
"""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import Any
from urllib.parse import quote, urljoin

from archive.errors import Refused
from archive.records import Capture
from crawlers.events import Counted
from crawlers.families.cellar_answers import (
    FORMEX,
    FORMEX_ZIP,
    XHTML,
    Place,
    Text,
    accept_feed,
    accept_text,
    accept_works,
    day_of,
    question,
    together,
    where,
)
from crawlers.families.cellar_settings import CellarSettings, is_of
from crawlers.visit import Unchanged, Visit

HOST = "https://publications.europa.eu"
# Formex is the markup that the others are made from; a new act may be there in one form only for some hours, or as PDF alone.
_FORMS = (FORMEX_ZIP, FORMEX, XHTML, "text/html")
_HOPS = 4


@dataclass(slots=True)
class _Files:
    """What was fetched of one act: the texts in order, whether any was new, and the validators of each address."""

    texts: list[Text] = field(default_factory=list)
    validators: dict[str, list[str]] = field(default_factory=dict)
    unchanged: int = 0


async def crawl(visit: Visit, settings: CellarSettings, source: str) -> AsyncIterator[Capture]:
    """The acts that are not held as they now are."""
    known: dict[str, Any] = dict(visit.state.memory.get("acts", {}))
    works, listed, whole = await _works(visit, settings)
    unreadable: list[str] = []
    for done, (celex, day) in enumerate(sorted(works.items(), key=lambda one: (one[1] or date.min, one[0]))):
        visit.progress(done, len(works), celex)
        try:
            capture = await _act(visit, settings, source, celex, day, known)
        except Refused as refused:
            if (
                refused.kind == "NotFound"
                and celex not in settings.acts
                and celex not in visit.state.documents
            ):
                visit.remark(f"{celex} is in no form that can be read yet")
                unreadable.append(celex)
            else:
                visit.gap(refused)
            continue
        if capture is None:
            visit.unchanged()
        else:
            yield capture
    counted = {celex: day.isoformat() if day else "" for celex, day in listed.items()} if listed else None
    visit.remember(acts=known, works=sorted(works), listed=counted, unreadable=unreadable)
    if whole:
        visit.remember(checked=visit.today.isoformat())
    visit.progress(len(works), len(works), "acts")


async def count(visit: Visit, settings: CellarSettings, first: date, last: date) -> AsyncIterator[Counted]:
    """Each day whose documents belong to a watched act, by Cellar's list of works: how many, and which are not held. What Cellar lists and has in
    no form that can be read (a corrigendum of another language, an act of this morning) is not counted."""
    listed: dict[str, date | None] = {}
    said = visit.state.memory.get("listed") if visit.state.is_fresh else None
    if said:
        listed = {str(celex): date.fromisoformat(day) if day else None for celex, day in said.items()}
    else:
        for act in settings.acts:
            listed |= await visit.fetch(question(act), partial(accept_works, act=act))
    unreadable = set(map(str, visit.state.memory.get("unreadable", ())))
    days: dict[date, list[str]] = {}
    for celex, day in listed.items():
        if day is not None and first <= day <= last and celex not in unreadable:
            days.setdefault(day, []).append(celex)
    for when, works in sorted(days.items()):
        missing = tuple(sorted(celex for celex in works if celex not in visit.state.documents))
        yield Counted(
            day=when, what="acts", published=len(works), held=len(works) - len(missing), missing=missing
        )


async def _works(
    visit: Visit, settings: CellarSettings
) -> tuple[dict[str, date | None], dict[str, date | None], bool]:
    """Every act to look at, with the date of its document where the list tells it; what the list has, nothing where it could not be had; and
    whether a counter answered for the days since the last crawl."""
    works: dict[str, date | None] = dict.fromkeys(settings.acts)
    for celex in (*visit.state.documents, *map(str, visit.state.memory.get("works", ()))):
        works.setdefault(celex, None)
    listed: dict[str, date | None] = {}
    missing: Refused | None = None
    for act in settings.acts:
        try:
            listed |= await visit.fetch(question(act), partial(accept_works, act=act))
        except Refused as refused:
            missing = refused
    fed, is_fed = await _fed(visit, settings, missing)
    works |= listed
    for celex in fed - works.keys():
        if missing is None:
            visit.remark(f"{celex} came in the feed, and the list of works lacks it")
        works[celex] = None
    return works, {} if missing else listed, is_fed or missing is None


async def _fed(visit: Visit, settings: CellarSettings, missing: Refused | None) -> tuple[set[str], bool]:
    """The numbers of watched acts in the feed since the last crawl, and whether all of it was read. One of the two counters must answer."""
    checked = visit.state.memory.get("checked")
    since = date.fromisoformat(str(checked)) if checked else visit.today
    since = max(since, visit.today - timedelta(days=settings.feed_days)) - timedelta(days=1)
    found: set[str] = set()
    for page in range(1, settings.feed_pages + 1):
        url = (
            f"{HOST}/webapi/notification/ingestion?startDate={since}T00:00:00Z&type=CREATE%7CUPDATE"
            f"&wemiClasses=work%7Citem&page={page}"
        )
        try:
            numbers, more = await visit.fetch(url, accept_feed, wanted={"Accept": "application/rss+xml"})
        except Refused as refused:
            if missing is not None:
                visit.gap(missing)
                visit.gap(refused)
            else:
                visit.remark(f"the feed cannot be read: {refused.line()}")
            return found, False
        found |= {celex for celex in numbers if is_of(celex, settings.acts)}
        if not more:
            break
    else:
        if missing is not None:
            visit.gap(missing)
            return found, False
    if missing is not None:
        visit.remark(f"the list of works cannot be had, the feed alone was read: {missing.line()}")
    return found, True


async def _act(
    visit: Visit, settings: CellarSettings, source: str, celex: str, day: date | None, known: dict[str, Any]
) -> Capture | None:
    """An act in the best form there is, None where it is as we hold it."""
    held = visit.state.documents.get(celex)
    last = (
        known.get(celex, {}) if held is not None and known.get(celex, {}).get("sha256") == held.sha256 else {}
    )
    first_url = f"{HOST}/resource/celex/{quote(celex)}"
    absent: Refused | None = None
    for form in _FORMS if not last else (str(last["form"]),):
        wanted = {"Accept": form, "Accept-Language": settings.text_language}
        try:
            files = await _files(visit, first_url, wanted, celex, dict(last.get("validators", {})))
        except Refused as refused:
            if refused.kind != "NotFound":
                raise
            absent = refused
            continue
        if not files.texts:
            return None
        body, media_type, doubts = together(files.texts, celex)
        digest = hashlib.sha256(body).hexdigest()
        known[celex] = {"form": form, "validators": files.validators, "sha256": digest}
        if held is not None and held.sha256 == digest:
            return None
        return Capture(
            source=source,
            document=celex,
            url=files.texts[0].answer.url if len(files.texts) == 1 else first_url,
            body=body,
            as_of=day_of(celex, files.texts) or day or visit.today,
            fetched_at=files.texts[-1].answer.fetched_at,
            media_type=media_type,
            headers=tuple(sorted(files.texts[0].answer.headers.items())),
            request=files.texts[0].answer.request,
            meta={"celex": celex, "files": len(files.texts), **({"doubts": list(doubts)} if doubts else {})},
        )
    assert absent is not None
    raise absent


async def _files(
    visit: Visit, url: str, wanted: dict[str, str], celex: str, validators: dict[str, list[str]]
) -> _Files:
    """The files of an act; none where all of them are as their validators say."""
    places = await _places(visit, url, wanted, celex)
    found = _Files()
    for place in places:
        etag, modified = validators.get(place, ["", ""]) if validators.keys() == set(places) else ["", ""]
        try:
            text = await visit.fetch(
                place, partial(accept_text, celex=celex), etag=etag, modified=modified, wanted=wanted
            )
        except Unchanged:
            found.unchanged += 1
            continue
        found.texts.append(text)
        headers = text.answer.headers
        found.validators[place] = [headers.get("etag", ""), headers.get("last-modified", "")]
    if found.texts and found.unchanged:
        # Some of the files are new: the whole is asked for, so that what is kept is of one moment.
        return await _files(visit, url, wanted, celex, {})
    return found


async def _places(visit: Visit, url: str, wanted: dict[str, str], celex: str) -> tuple[str, ...]:
    """Where the files of an act are: Cellar sends to the one (303), or lists them (300)."""
    for _ in range(_HOPS):
        place: Place = await visit.fetch(url, partial(where, celex=celex), wanted=wanted)
        files = tuple(_official(visit, url, link) for link in place.links)
        if not place.again:
            return files
        url = files[0]
    raise Refused(
        "RedirectedAway",
        f"RedirectedAway: Cellar sends us on and on instead of {celex}",
        thing=url,
        mend="Look whether the source has moved",
    )


def _official(visit: Visit, url: str, link: str) -> str:
    """An address on Cellar, which names itself by http as well."""
    place = visit.official(urljoin(url, link))
    place = place.replace("http://publications.europa.eu/", f"{HOST}/", 1)
    if not visit.knows(place):
        raise Refused(
            "RedirectedAway",
            f"RedirectedAway: the host sends us to {place}",
            thing=url,
            mend="Look whether the source has moved",
        )
    return place
