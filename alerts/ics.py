"""The calendar as iCalendar (RFC 5545): one all-day event for each date. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote

from icalendar import Calendar, Event, vUri

from alerts.citations import cite
from alerts.labels import FUSES, label
from alerts.language import ENGLISH, Texts
from archive.calendar import KeptFuse

_SINCE = date(2000, 1, 1)


def as_ics(kept: Sequence[KeptFuse], now: datetime, *, address: str = "", say: Texts = ENGLISH) -> str:
    """The fuses as one calendar, lines ended and folded as the standard asks. The same fuse keeps its UID, and its SEQUENCE grows with the edition
    that has it, so that a reader that subscribed sees it reworded. ``address`` is that of the front end, "" for none."""
    calendar = Calendar()
    calendar.add("prodid", "-//tocsin//calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", "tocsin: dates of the law")
    calendar.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    for one in kept:
        calendar.add_component(_event(one, now, address, say))
    return str(calendar.to_ical(), "utf-8")


def _event(one: KeptFuse, now: datetime, address: str, say: Texts) -> Event:
    fuse = one.fuse
    by = f" ({fuse.act})" if fuse.act else ""
    event = Event()
    event.add("uid", f"{one.id}@tocsin")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("sequence", max((one.as_of - _SINCE).days, 0))
    event.add("dtstart", fuse.day)
    event.add("dtend", fuse.day + timedelta(days=1))
    event.add(
        "summary", _printable(f"{label(say, FUSES, fuse.sort)}: {cite(fuse.work, fuse.eid, one.title)}{by}")
    )
    event.add("description", _printable(_description(one)))
    event.add("categories", [one.source or "tocsin", fuse.sort])
    event.add("transp", "TRANSPARENT")
    if address:
        event.add("url", vUri(f"{address}/{quote(fuse.work)}" + (f"/{quote(fuse.eid)}" if fuse.eid else "")))
    return event


def _description(one: KeptFuse) -> str:
    fuse = one.fuse
    said = f"Due by the text of the edition of {one.as_of}; an extension may exist elsewhere."
    if fuse.named != fuse.day:
        said = f"Last day {fuse.named}. {said}"
    return f"{fuse.words}\n{said}".strip()


def _printable(text: str) -> str:
    return "".join(mark for mark in text if mark.isprintable() or mark == "\n")
