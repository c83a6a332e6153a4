"""A regulation and its provisions: the text of any day as known at any instant, its history, and what bears on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from alerts.citations import cite_work
from alerts.language import Texts
from archive import addresses, announced, calendar, clock, editions, events, sections
from archive.editions import Edition
from archive.sections import Skeleton
from archive.store import Archive
from tocsin.web import law_html, redline, skeletons
from tocsin.web.leaves import leaves, outline
from tocsin.web.site import Absent, Asked, Page
from tocsin.web.watched import line, watched

_AHEAD = timedelta(days=3 * 365)
_STEPS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """The two days of a page: in force on ``on``, as known at ``known`` (None: now). ``today`` says that nobody named a day."""

    on: date | None
    known: datetime | None
    today: bool

    def query(self) -> dict[str, object]:
        """What links on the page carry along, so that one stays in the same time."""
        named: dict[str, object] = {} if self.today else {"on": self.on}
        return {**named, "known": self.known.isoformat() if self.known else None}


def at_address(archive: Archive, asked: Asked) -> Page:
    """The page of a work, or of a provision of it."""
    path = asked.named["path"]
    work, eid = addresses.find(archive, path)
    if not work:
        raise Absent("the archive holds no such regulation", thing=path, mend="/works lists what it holds")
    return _provision(archive, asked, work, eid) if eid else _work(archive, asked, work)


def _clocks(archive: Archive, asked: Asked, work: str) -> Clocks:
    """Without a day it is today's law, or where a work has none yet the first that it will have."""
    day = asked.day("on")
    if day is not None:
        return Clocks(on=day, known=asked.known, today=False)
    today = clock.now().date()
    found = editions.edition_at(archive, work, on=today, known=asked.known)
    return Clocks(on=today if found else None, known=asked.known, today=True)


def _work(archive: Archive, asked: Asked, work: str) -> Page:
    clocks = _clocks(archive, asked, work)
    found = skeletons.skeleton(archive, work, on=clocks.on, known=clocks.known)
    values = _frame(archive, asked, work, clocks, found)
    if found is None:
        return Page(template="work.html", values=values, data=_data(work, clocks, None), status=404)
    shown = leaves(archive, found, None, page=asked.number("page"))
    law = law_html.law(shown, work, query=clocks.query(), language=found.edition.language, say=asked.say)
    values |= {
        "outline": skeletons.once(found, outline),
        "text": shown,
        "law": law,
        "whole": shown.pages == 1,
        "page": shown.page,
    }
    return Page(
        template="work.html",
        values=values,
        data=_data(work, clocks, found.edition) | {"provisions": shown.provisions},
    )


def _provision(archive: Archive, asked: Asked, work: str, eid: str) -> Page:
    clocks = _clocks(archive, asked, work)
    found = skeletons.skeleton(archive, work, on=clocks.on, known=clocks.known)
    place = found.by_eid.get(eid) if found else None
    renamed = addresses.renamings(archive, work, eid)
    if place is None and not renamed and not addresses.is_known(archive, work, eid):
        near = ", ".join(addresses.nearby(archive, work, eid))
        raise Absent(f"nothing ever stood at {eid!r}", thing=work, mend=f"Near it are {near}" if near else "")
    watches, why = asked.site.watches_or_why(archive)
    newest = found or skeletons.skeleton(archive, work)
    days = skeletons.days_of(archive, newest, eid) if newest else ()
    values = _frame(archive, asked, work, clocks, found) | {
        "eid": eid,
        "place": place,
        "days": days,
        "above": found.above(place) if found and place else (),
        "renamed": renamed,
        "compared": _compared(archive, asked, work, eid, days),
        "moved": _moves(archive, work, eid, asked.say),
        "fuses": [one for one in calendar.fuses(archive, work=work) if _covers(eid, one.fuse.eid)],
        "watched": (),
        "no_watches": why,
        "text": None,
    }
    data = _data(work, clocks, found.edition if found else None) | {
        "eid": eid,
        "editions": days,
        "renamed": renamed,
    }
    if found and place:
        shown = leaves(archive, found, place.address, page=asked.number("page"))
        values |= {
            "text": shown,
            "law": law_html.law(
                shown, work, query=clocks.query(), language=found.edition.language, say=asked.say
            ),
            "page": shown.page,
            "watched": watched(archive, found, eid, shown.leaves, watches),
        }
        data |= {"provisions": shown.provisions}
    return Page(
        template="provision.html", values=values, data=data, status=200 if place or days or renamed else 404
    )


def _frame(
    archive: Archive, asked: Asked, work: str, clocks: Clocks, found: Skeleton | None
) -> dict[str, Any]:
    """What both pages have: title, the two clocks, law to come, neighbours of the edition shown."""
    (row,) = [one for one in editions.works(archive, work) if one.path == work]
    held = editions.editions(archive, work)
    today = clock.now().date()
    acts = announced.on_work(archive, work, since=today, until=today + _AHEAD)
    return {
        "work": row,
        "title": cite_work(work, row.title, asked.say),
        "clocks": clocks,
        "query": dict(asked.query),
        "here": asked.path.removesuffix(".json"),
        "edition": found.edition if found else None,
        "editions": held,
        "first_known": sections.first_known(archive, work),
        "coming": [edition for edition in held if edition.as_of > today],
        "announced": [(one, cite_work(one.act, say=asked.say)) for one in acts],
        "today": today,
    }


def _data(work: str, clocks: Clocks, edition: Edition | None) -> dict[str, Any]:
    return {"work": work, "on": clocks.on, "known": clocks.known, "edition": edition}


def _compared(
    archive: Archive, asked: Asked, work: str, eid: str, days: Sequence[date]
) -> dict[str, Any] | None:
    """The redline between two editions that a reader chose; None where nobody did."""
    first, second = asked.day("from"), asked.day("to")
    if first is None or second is None:
        return None
    before, after = (
        _lines(archive, skeletons.skeleton(archive, work, on=day, known=asked.known), eid)
        for day in (first, second)
    )
    return {
        "from": first,
        "to": second,
        "ops": redline.of_lines(before, after),
        "same": before == after,
        "side": asked.text("view") == "side",
    }


def _lines(archive: Archive, found: Skeleton | None, eid: str) -> dict[str, str]:
    """The lines of what stood at an address and below it, in order, by their own addresses."""
    place = found.by_eid.get(eid) if found else None
    if found is None or place is None:
        return {}
    wanted = [one.address for _, one in found.in_order(place.address)]
    words = sections.provisions(archive, found, wanted)
    return {words[address].eid: line(words[address]) for address in wanted}


def _moves(archive: Archive, work: str, eid: str, say: Texts) -> dict[str, Any]:
    """What changed here and below, by edition, with the acts that were behind it."""
    steps = addresses.steps(archive, work, eid)
    behind = addresses.events_of(archive, (one.transition_id for one in steps))
    by_transition: dict[str, list[addresses.Step]] = {}
    for one in steps:
        by_transition.setdefault(one.transition_id, []).append(one)
    rows = []
    for transition, some in list(by_transition.items())[:_STEPS]:
        acts = []
        for key in behind.get(transition, ()):
            act = events.event(archive, key)
            papers = dict.fromkeys(
                stage.work for stage in act.stages if stage.stage not in ("codified", "listed")
            )
            acts.append(
                {
                    "id": key,
                    "title": act.stages[0].title,
                    "papers": [cite_work(paper, say=say) for paper in papers],
                }
            )
        rows.append(
            {
                "transition": transition,
                "after": some[0].after,
                "before": some[0].before,
                "steps": some,
                "acts": acts,
            }
        )
    return {"rows": rows, "more": max(len(by_transition) - _STEPS, 0)}


def _covers(eid: str, other: str) -> bool:
    return other == eid or other.startswith(eid + ".")
