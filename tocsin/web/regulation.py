"""A regulation and its provisions: the text of any day as known at any instant, its history, and what bears on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from alerts.citations import cite_work
from alerts.language import Texts
from archive import addresses, announced, calendar, clock, editions, events, sections
from archive.editions import Edition, Found
from archive.records import Provision
from archive.sections import Place
from archive.store import Archive
from tocsin.web import law_html, redline, skeletons
from tocsin.web.contents_html import contents
from tocsin.web.leaves import leaves, outline
from tocsin.web.site import Absent, Asked, Page
from tocsin.web.watched import line, watched
from tocsin.web.wording import Wording

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


def _clocks(archive: Archive, asked: Asked, work: str) -> tuple[Clocks, Found | None]:
    """Without a day it is today's law, or where a work has none yet the first that it will have; with the edition of it."""
    named, known = asked.day("on"), asked.known
    day = named or clock.now().date()
    found = editions.edition_at(archive, work, on=day, known=known)
    if named is not None or found is not None:
        return Clocks(on=day, known=known, today=named is None), found
    found = editions.edition_at(archive, work, known=known)
    return Clocks(on=None, known=known, today=True), found


def _work(archive: Archive, asked: Asked, work: str) -> Page:
    clocks, edition = _clocks(archive, asked, work)
    values = _frame(archive, asked, work, clocks, edition)
    if edition is None:
        return Page(template="work.html", values=values, data=_data(work, clocks, None), status=404)
    found = skeletons.skeleton(archive, edition)
    shown = leaves(archive, found, None, page=asked.number("page"))
    law = law_html.law(
        shown, work, query=clocks.query(), language=found.edition.language, say=asked.say, on=clocks.on
    )
    listed, left, twice = skeletons.once(found, outline)
    values |= {
        "contents": contents(listed, twice, work, query=clocks.query(), said=Wording(asked.say)),
        "left": left,
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
    clocks, edition = _clocks(archive, asked, work)
    address = addresses.number(archive, work, eid)
    found = skeletons.part(archive, edition, address) if edition and address else None
    place = found.by_eid.get(eid) if found else None
    renamed = addresses.renamings(archive, work, eid)
    if address is None and not renamed:
        near = ", ".join(addresses.nearby(archive, work, eid))
        raise Absent(f"nothing ever stood at {eid!r}", thing=work, mend=f"Near it are {near}" if near else "")
    watches, why = asked.site.watches_or_why(archive)
    newest = edition or editions.edition_at(archive, work)
    days = skeletons.days_of(archive, newest, address) if newest and address else ()
    values = _frame(archive, asked, work, clocks, edition) | {
        "eid": eid,
        "place": place,
        "days": days,
        "above": found.above(place) if found and place else (),
        "renamed": renamed,
        "compared": _compared(archive, asked, work, address, days),
        "moved": _moves(archive, work, eid, asked.say),
        "fuses": calendar.fuses(archive, work=work, below=eid),
        "watched": (),
        "own": _own(place),
        "no_watches": why,
        "text": None,
    }
    data = _data(work, clocks, edition.edition if edition else None) | {
        "eid": eid,
        "editions": days,
        "renamed": renamed,
    }
    if found and place:
        shown = leaves(archive, found, place.address, page=asked.number("page"))
        values |= {
            "text": shown,
            "law": law_html.law(
                shown,
                work,
                query=clocks.query(),
                language=found.edition.language,
                say=asked.say,
                on=clocks.on,
            ),
            "own": _own(shown.leaves[0].provision if shown.leaves else place),
            "page": shown.page,
            "watched": watched(archive, found, eid, shown.leaves, watches),
        }
        data |= {"provisions": shown.provisions}
    return Page(
        template="provision.html", values=values, data=data, status=200 if place or days or renamed else 404
    )


def _own(of: Place | Provision | None) -> str:
    """What a provision is called by itself: its number and heading, else the first cell of a row."""
    if of is None or of.num or of.heading or not isinstance(of, Provision):
        return " ".join(part for part in (of.num, of.heading) if part) if of else ""
    first, _, more = of.text.partition(" | ")
    return first.split(",")[0] if more else ""


def _frame(archive: Archive, asked: Asked, work: str, clocks: Clocks, found: Found | None) -> dict[str, Any]:
    """What both pages have: title, the two clocks, law to come, neighbours of the edition shown."""
    row = editions.work_row(archive, work)
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
    archive: Archive, asked: Asked, work: str, address: int | None, days: Sequence[date]
) -> dict[str, Any] | None:
    """The redline between two editions that a reader chose; None where nobody did."""
    first, second = asked.day("from"), asked.day("to")
    if first is None or second is None:
        return None
    before, after = (
        _lines(archive, editions.edition_at(archive, work, on=day, known=asked.known), address)
        for day in (first, second)
    )
    return {
        "from": first,
        "to": second,
        "ops": redline.of_lines(before, after),
        "same": before == after,
        "side": asked.text("view") == "side",
    }


def _lines(archive: Archive, edition: Found | None, address: int | None) -> dict[str, str]:
    """The lines of what stood at an address and below it, in order, by their own addresses."""
    found = skeletons.part(archive, edition, address) if edition else None
    if found is None or address not in found.places:
        return {}
    wanted = [one.address for _, one in found.in_order(address)]
    words = sections.provisions(archive, found, wanted)
    return {words[one].eid: line(words[one]) for one in wanted}


def _moves(archive: Archive, work: str, eid: str, say: Texts) -> dict[str, Any]:
    """What changed here and below, by edition, with the acts that were behind it."""
    steps = addresses.steps(archive, work, eid)
    by_transition: dict[str, list[addresses.Step]] = {}
    for one in steps:
        by_transition.setdefault(one.transition_id, []).append(one)
    shown = list(by_transition.items())[:_STEPS]
    behind = addresses.events_of(archive, (transition for transition, _ in shown))
    known = events.events(archive, (key for keys in behind.values() for key in keys))
    rows = []
    for transition, some in shown:
        acts = []
        for key in behind.get(transition, ()):
            act = known[key]
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
