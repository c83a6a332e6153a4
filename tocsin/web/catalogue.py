"""What the archive holds: the works by jurisdiction, and Today, the first page."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby

from alerts.citations import cite, cite_work
from archive import calendar, clock, editions, incidents, ledger, outbox, recent
from archive.recent import Wanted
from archive.store import Archive
from archive.visits import Visit
from crawlers.card import source_cards
from tocsin.health import ages, is_well
from tocsin.web.site import Asked, Page

EACH = 150
_DAYS = 30
_DATES = 8
_HEALTH = ("source", "title", "state", "last_success", "last_change", "failures", "held", "reason")


def today(archive: Archive, asked: Asked, visit: Visit | None = None) -> Page:
    """What changed lately by jurisdiction, the next dates, and how the sources fare. Lately is since a day that is asked for, else since the reader's visit
    before this one, else the last weeks."""
    now = clock.now()
    day = asked.day("since")
    last = visit.since if visit and day is None else None
    since = day or (last.date() if last else now.date() - timedelta(days=_DAYS))
    wanted = Wanted(beyond=visit.since_mark) if visit and last else Wanted(since=since)
    moved = recent.transitions(archive, wanted, limit=100)
    weighty = [one for one in moved if one.substantive]
    by_place = [
        (place, [(one, cite_work(one.work, one.title, asked.say)) for one in some])
        for place, some in groupby(
            sorted(weighty, key=lambda one: one.jurisdiction), key=lambda one: one.jurisdiction
        )
    ]
    dates = calendar.fuses(archive, since=now.date())[:_DATES]
    health = states(archive, asked)
    values = {
        "since": since,
        "last_visit": last,
        "by_place": by_place,
        "told": outbox.watches_told(archive, [one.id for one in weighty]),
        "slight": len(moved) - len(weighty),
        "is_cut": len(moved) == 100,
        "latest": recent.transitions(archive, Wanted(), limit=1) if not moved else (),
        "dates": [(one, cite(one.fuse.work, one.fuse.eid, one.title, asked.say)) for one in dates],
        "unwell": [one for one in health if one["state"] not in ("ok", "running")],
        "health": health,
        "now": now,
    }
    return Page(
        template="today.html",
        values=values,
        data={"since": since, "transitions": moved, "dates": dates, "sources": health},
    )


def works(archive: Archive, asked: Asked) -> Page:
    """The works held, by jurisdiction; the papers apart, for there are many."""
    place, source, kind = (
        asked.text("jurisdiction").upper(),
        asked.text("source"),
        asked.text("kind") or "consolidated",
    )
    held = editions.works(archive)
    chosen = [
        one
        for one in held
        if one.kind == kind and place in ("", one.jurisdiction) and source in ("", one.source)
    ]
    if kind == "document":
        chosen.reverse()
    page = asked.number("page")
    shown = sorted(chosen[(page - 1) * EACH : page * EACH], key=lambda one: one.jurisdiction)
    grouped = [
        (where, [(one, cite_work(one.path, one.title, asked.say)) for one in some])
        for where, some in groupby(shown, key=lambda one: one.jurisdiction)
    ]
    counts = {name: sum(one.kind == name for one in held) for name in ("consolidated", "document")}
    values = {
        "grouped": grouped,
        "kind": kind,
        "counts": counts,
        "total": len(chosen),
        "page": page,
        "pages": max(-(-len(chosen) // EACH), 1),
        "places": sorted({one.jurisdiction for one in held}),
        "sources": sorted({one.source for one in held}),
        "place": place,
        "source": source,
        "query": dict(asked.query),
    }
    head = ("path", "title", "source", "language", "kind", "jurisdiction")
    table = [[getattr(one, name) for name in head] for one in shown]
    return Page(
        template="works.html", values=values, data={"total": len(chosen), "works": shown}, table=(head, table)
    )


def sources(archive: Archive, asked: Asked) -> Page:
    """Each source: what it is, how it fares, what of it is held, what is wrong, and since when."""
    opened = incidents.incidents(archive)
    values = {
        "health": states(archive, asked),
        "incidents": opened,
        "held": editions.held(archive),
        "counts": _counts(archive),
        "cards": source_cards(),
        "unobserved": {name: spans for name in source_cards() if (spans := ledger.unobserved(archive, name))},
        "runs": ledger.runs(archive, limit=20),
    }
    return Page(
        template="coverage.html",
        values=values,
        data={name: values[name] for name in ("health", "incidents", "held", "counts", "unobserved", "runs")},
        table=(_HEALTH, [[one[name] for name in _HEALTH] for one in states(archive, asked)]),
    )


def states(archive: Archive, asked: Asked) -> list[dict[str, object]]:
    """Each source that ever ran with one word for its state, as ``tocsin health`` says it."""
    found = ledger.health(archive)
    of_age = ages(found, asked.site.config, clock.now()) if asked.site.config else {}
    cards = source_cards()
    rows: list[dict[str, object]] = []
    for one in found:
        old = of_age.get(one.source)
        state = "ok"
        if one.running:
            state = "running"
        elif not is_well(one):
            state = "failing" if one.failures else "held"
        elif old is not None and old.late:
            state = "late"
        elif old is not None and old.is_stale:
            state = "unusually quiet"
        rows.append(
            {
                "source": one.source,
                "title": cards[one.source].title if one.source in cards else one.source,
                "state": state,
                "last_success": one.last_success,
                "last_change": one.last_change,
                "failures": one.failures,
                "reason": one.last_reason if one.failures else "",
                "held": len(one.held),
            }
        )
    return rows


def _counts(archive: Archive) -> dict[str, dict[str, object]]:
    """Of each source the works and editions held, with the first and the last day."""
    rows = archive.database.execute(
        """
        SELECT work.source, count(DISTINCT work.id), count(*), min(as_of), max(as_of) FROM edition
        JOIN series ON series.id = edition.series JOIN work ON work.id = series.work
        WHERE known_to IS NULL GROUP BY work.source
        """
    )
    return {
        source: {"works": works, "editions": number, "first": first, "last": last}
        for source, works, number, first, last in rows
    }
