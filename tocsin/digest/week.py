"""Which week: ISO 8601, Monday to Sunday, in a time zone that the digest names."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from archive.errors import BadInput
from tocsin.digest.records import Period

_WEEK = re.compile(r"(\d{4})-W(\d{2})")


def period(week: str, zone: str, *, now: datetime, known: datetime | None = None) -> Period:
    """The week ``2026-W30`` in a zone, counted up to ``known``: its end where nobody says, or ``now`` where it has not ended. Raises ``BadInput``
    for a week that there is not, that has not begun, and for an instant that lies ahead or before the week."""
    found = _WEEK.fullmatch(week)
    try:
        first = date.fromisocalendar(int(found[1]), int(found[2]), 1) if found else None
    except ValueError:
        first = None
    if first is None:
        raise BadInput(f"{week!r} is not a week", thing="--week", mend="Write it like 2026-W30")
    since, until = _midnight(first, zone), _midnight(first + timedelta(days=7), zone)
    if since > now:
        raise BadInput(f"{week} has not begun", thing="--week", mend="Name a week that has")
    counted = known or min(until - timedelta(microseconds=1), now)
    if counted > now:
        raise BadInput(f"{counted} lies ahead", thing="--as-known", mend="What will be known nobody knows")
    if counted < since:
        raise BadInput(
            f"{counted} is before {week} begins", thing="--as-known", mend=f"Name an instant from {since} on"
        )
    return Period(
        week=week,
        zone=zone,
        first=first,
        last=first + timedelta(days=6),
        since=since,
        until=until,
        known=counted,
    )


def last_week(now: datetime, zone: str) -> str:
    """The newest week that has ended: ``2026-W29``."""
    before = now.astimezone(_zone(zone)).date() - timedelta(days=7)
    year, number, _ = before.isocalendar()
    return f"{year}-W{number:02}"


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), _zone(zone)).astimezone(UTC)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise BadInput(
            f"{name!r} is not a time zone",
            thing="tocsin.toml",
            place="digest.zone",
            mend="Write one like Asia/Tokyo",
        ) from None
