"""When a person may be told: working days and quiet hours by the clocks of the person's own zone. Pure.

Hours are those of a wall clock: on the night on which clocks go forward an hour does not exist and what begins in it begins with the next minute that
does; on the one on which they go back an hour comes twice and counts both times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SPAN = re.compile(r"\s*(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})\s*")
_CLOCK = re.compile(r"\s*(\d{1,2}):(\d{2})\s*")
_MIDNIGHT = time(0)
_FURTHEST = 60
"""Days ahead in which a working hour is looked for: one a week is found, also where clocks skip it twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """The hours of a person. ``quiet`` is from a first clock time up to, and without, a second, over midnight where that is earlier, None where
    nothing has to wait; ``working_days`` are numbers, 0 is Monday; ``roundup`` is when a daily or weekly message is formed."""

    zone: str = "UTC"
    working_days: frozenset[int] = frozenset(range(5))
    quiet: tuple[time, time] | None = None
    roundup: time = time(8)

    def is_working(self, at: datetime) -> bool:
        """Whether it is a working hour: a working day, and outside of the quiet hours."""
        here = at.astimezone(ZoneInfo(self.zone))
        return here.weekday() in self.working_days and not self._is_quiet(here.time())

    def may_send(self, at: datetime) -> bool:
        """Whether a message may come now. Who named no quiet hours is told at any hour of any day."""
        return self.quiet is None or self.is_working(at)

    def next_sending(self, at: datetime) -> datetime:
        """The first instant, ``at`` or later, at which a message may come, in UTC."""
        return at.astimezone(UTC) if self.quiet is None else self.next_working(at)

    def next_working(self, at: datetime) -> datetime:
        """The first instant of a working hour, ``at`` or later, in UTC."""
        if self.is_working(at):
            return at.astimezone(UTC)
        return next(found for found in self._turns(at) if found >= at and self.is_working(found))

    def next_rest(self, at: datetime) -> datetime | None:
        """The first instant after ``at`` that is no working hour, in UTC; None where every hour is one."""
        return next((found for found in self._turns(at) if found > at and not self.is_working(found)), None)

    def next_roundup(self, at: datetime, *, weekly: bool) -> datetime:
        """The next instant after ``at`` at which a round-up is formed: at its hour on each working day, or on the first of the week, put off to
        the first working hour where its hour is a quiet one."""
        days = {self._first_of_week()} if weekly else self.working_days
        zone = ZoneInfo(self.zone)
        first = at.astimezone(zone).date()
        for ahead in range(-1, _FURTHEST):
            day = first + timedelta(days=ahead)
            if day.weekday() in days:
                found = self.next_sending(_reached(day, self.roundup, zone))
                if found > at:
                    return found
        raise AssertionError("a week has a working day")

    def after_working(self, start: datetime, span: timedelta) -> datetime:
        """The instant at which ``span`` of working time has passed since ``start``, in UTC."""
        at = self.next_working(start)
        while (rest := self.next_rest(at)) is not None and rest - at < span:
            span -= rest - at
            at = self.next_working(rest)
        return at + span

    def first_instant_of(self, day: date) -> datetime:
        """When a day begins for this person, in UTC."""
        return _reached(day, _MIDNIGHT, ZoneInfo(self.zone))

    def _first_of_week(self) -> int:
        """The first working day after a free one: Monday for most, Sunday where people rest on Friday and Saturday."""
        return min((day for day in self.working_days if (day - 1) % 7 not in self.working_days), default=0)

    def _is_quiet(self, clock: time) -> bool:
        if self.quiet is None:
            return False
        start, end = self.quiet
        return start <= clock < end if start < end else clock >= start or clock < end

    def _turns(self, at: datetime) -> Iterator[datetime]:
        """The instants around and after ``at`` at which it may become a working hour or cease to be one, in order: midnights, the ends of the
        quiet hours, and those at which the clocks are put."""
        zone = ZoneInfo(self.zone)
        first = at.astimezone(zone).date()
        for ahead in range(-1, _FURTHEST):
            day = first + timedelta(days=ahead)
            found = set(_jumps(day, zone))
            for clock in (_MIDNIGHT, *(self.quiet or ())):
                found |= {
                    datetime.combine(day, clock, zone).replace(fold=fold).astimezone(UTC) for fold in (0, 1)
                }
            yield from sorted(found)


def read_quiet(said: str) -> tuple[time, time]:
    """``19:00-08:00``. Raises ``ValueError`` that says what is wrong with it."""
    hit = _SPAN.fullmatch(said)
    if hit is None:
        raise ValueError(f"{said!r} is no span of hours")
    start, end = _clock(hit[1], hit[2], said), _clock(hit[3], hit[4], said)
    if start == end:
        raise ValueError(f"{said!r} leaves no hour in which anything could come")
    return start, end


def read_clock(said: str) -> time:
    """``08:30``. Raises ``ValueError``."""
    hit = _CLOCK.fullmatch(said)
    if hit is None:
        raise ValueError(f"{said!r} is no time of the day")
    return _clock(hit[1], hit[2], said)


_HOURS_LONG = re.compile(r"\s*([1-9]\d*)\s*([mhd])\s*")
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


def read_span(said: str) -> timedelta:
    """``90m``, ``8h``, ``2d`` (of 24 hours). Raises ``ValueError``."""
    hit = _HOURS_LONG.fullmatch(said)
    if hit is None:
        raise ValueError(f"{said!r} is no length of time")
    return int(hit[1]) * _UNITS[hit[2]]


def _clock(hour: str, minute: str, said: str) -> time:
    try:
        return time(int(hour), int(minute))
    except ValueError:
        raise ValueError(f"{said!r} is no time of the day") from None


def _reached(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The instant at which the clocks of a zone first show a time on a day, or go past it."""
    said = datetime.combine(day, clock, zone)
    found = said.astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None) == said.replace(tzinfo=None):
        return found
    # The clocks are put over it: of the two readings the second is before the jump, the first after it.
    before = said.replace(fold=1).astimezone(UTC)
    return next((jump for jump in _jumps_between(before - timedelta(minutes=1), found, zone)), found)


def _jumps(day: date, zone: ZoneInfo) -> Iterator[datetime]:
    """The instants of a day at which its clocks are put forward or back."""
    start = datetime.combine(day, _MIDNIGHT, zone).astimezone(UTC) - timedelta(hours=3)
    yield from _jumps_between(start, start + timedelta(hours=30), zone)


def _jumps_between(start: datetime, end: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """The first instant between two at which the difference to UTC is another one; zones change it at whole minutes, and not twice in a day."""
    offset = start.astimezone(zone).utcoffset()
    if end.astimezone(zone).utcoffset() == offset:
        return
    low, high = start, end
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == offset:
            low = middle
        else:
            high = middle
    yield high
