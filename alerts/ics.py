"""The calendar as iCalendar (RFC 5545): one all-day event for each date. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from alerts.citations import cite
from archive.calendar import KeptFuse

_OCTETS = 75  # RFC 5545, 3.1: a longer line is folded


def as_ics(kept: Sequence[KeptFuse], now: datetime) -> str:
    """The fuses as one calendar, lines ended as the standard asks. The same fuse keeps its UID, so that a reader that subscribed sees it move."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//tocsin//calendar//EN", "CALSCALE:GREGORIAN"]
    lines += ["X-WR-CALNAME:tocsin: dates of the law"]
    for one in kept:
        lines += _event(one, now)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(one: KeptFuse, now: datetime) -> Iterator[str]:
    fuse = one.fuse
    by = f" ({fuse.act})" if fuse.act else ""
    yield "BEGIN:VEVENT"
    yield f"UID:{one.id}@tocsin"
    yield f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{fuse.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{fuse.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(f'{fuse.sort}: {cite(fuse.work, fuse.eid, one.title)}{by}')}"
    said = f"Due by the text of the edition of {one.as_of}; an extension may exist elsewhere."
    if fuse.named != fuse.day:
        said = f"Last day {fuse.named}. {said}"
    yield f"DESCRIPTION:{_text(f'{fuse.words} {said}'.strip())}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _text(said: str) -> str:
    for mark, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        said = said.replace(mark, escaped)
    return "".join(mark for mark in said if mark.isprintable())


def _folded(line: str) -> Iterator[str]:
    """A line in parts of at most 75 octets, the later ones led by a blank; no character is torn."""
    part, size = "", 0
    for mark in line:
        octets = len(mark.encode())
        if size + octets > _OCTETS:
            yield part
            part, size = " ", 1
        part += mark
        size += octets
    yield part
