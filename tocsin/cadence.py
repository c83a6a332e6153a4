"""When a source runs: every so often, or at hours of the clocks where its publisher is, on the days on which it publishes.

``30m``, ``6h``, ``1d``                                         so long after the last run
``08:50 11:20 America/New_York on working days``               at these times, by the holidays of the source's calendar
``02:30 Europe/Brussels daily``, ``… on weekdays``             the same, on every day, from Monday to Friday
``15 13 * * mon-fri``                                           a cron line in UTC

Several are joined by ``;``: the earliest counts. A time of the clock comes once a local day, whatever the night: one that the clocks leap over in
spring comes as much later as they leap, one that they show twice in autumn comes the first time.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from apscheduler.triggers.cron import CronTrigger

from archive.errors import BadInput
from tocsin.working_days import is_working_day

SPREAD = timedelta(minutes=3)
"""By how much a run is put off, more or less, so that not every installation asks a publisher in the same second."""

_EVERY = re.compile(r"\s*([1-9]\d*)\s*([mhd])\s*")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
_LOCAL = re.compile(
    r"\s*((?:\d{1,2}:\d{2}\s+)+)([A-Za-z][\w/+-]*)\s+(?:on\s+)?(working days|weekdays|daily)\s*"
)
_LONGEST_REST = 40  # days: no publisher of any calendar rests for longer


class Cadence(Protocol):
    """When something is due."""

    def after(self, instant: datetime) -> datetime:
        """The first instant after ``instant`` at which it is due, in UTC."""
        ...


@dataclass(frozen=True, slots=True)
class Interval:
    """So long after the last time."""

    length: timedelta

    def after(self, instant: datetime) -> datetime:
        """``instant`` and the interval."""
        return instant.astimezone(UTC) + self.length


@dataclass(frozen=True, slots=True)
class LocalTimes:
    """At times of the clocks of a zone on some days: ``days`` is ``daily``, ``weekdays`` or ``working days`` of ``calendar``."""

    times: tuple[time, ...]
    zone: ZoneInfo
    days: str
    calendar: str

    def after(self, instant: datetime) -> datetime:
        """The next of the times, once for each local day that counts."""
        here = instant.astimezone(self.zone).date()
        # A day earlier: what the clocks leapt over just before midnight comes on the next date.
        for number in range(-1, _LONGEST_REST):
            day = here + timedelta(days=number)
            if not self._counts(day):
                continue
            for clock in self.times:
                due = datetime.combine(day, clock, self.zone).astimezone(UTC)
                if due > instant:
                    return due
        raise AssertionError(f"{self.calendar} has no working day in {_LONGEST_REST} days after {here}")

    def _counts(self, day: date) -> bool:
        if self.days == "daily":
            return True
        return is_working_day(self.calendar if self.days == "working days" else "", day)


@dataclass(frozen=True, slots=True)
class CronLine:
    """A cron line in UTC, which knows no summer time."""

    trigger: CronTrigger

    def after(self, instant: datetime) -> datetime:
        """The next minute that it names."""
        due: datetime | None = self.trigger.get_next_fire_time(None, instant + timedelta(microseconds=1))
        assert due is not None, "the line was read with a date to come"
        return due


@dataclass(frozen=True, slots=True)
class AnyOf:
    """The earliest of several."""

    cadences: tuple[Cadence, ...]

    def after(self, instant: datetime) -> datetime:
        """The earliest after ``instant``."""
        return min(cadence.after(instant) for cadence in self.cadences)


def read_cadence(said: str, calendar: str = "", *, thing: str) -> Cadence:
    """What a card or a configuration says, ``calendar`` being whose working days are meant. Raises ``BadInput`` that names ``thing``."""
    parts = [_read(part, calendar, said, thing) for part in said.split(";")]
    return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))


def put_off(source: str, due: datetime, installation: str = "") -> datetime:
    """``due`` and up to :data:`SPREAD` more: the same for the same source and instant, another one for each ``installation`` (any words that tell it
    from others)."""
    drawn = hashlib.sha256(f"{installation} {source} {due.isoformat()}".encode()).digest()
    return due + SPREAD * (int.from_bytes(drawn[:4], "big") / 2**32)


def _read(part: str, calendar: str, said: str, thing: str) -> Cadence:
    if found := _EVERY.fullmatch(part):
        return Interval(timedelta(**{_UNITS[found[2]]: int(found[1])}))
    try:
        if found := _LOCAL.fullmatch(part):
            times = sorted({time.fromisoformat(clock.zfill(5)) for clock in found[1].split()})
            return LocalTimes(tuple(times), ZoneInfo(found[2]), found[3], calendar)
        line = CronTrigger.from_crontab(part.strip(), timezone=UTC)
        if line.get_next_fire_time(None, datetime.now(UTC)) is None:
            raise ValueError("no day is like that")
    except (ValueError, ZoneInfoNotFoundError) as error:
        raise BadInput(
            f"{said!r} is not a cadence ({str(error).strip(chr(39))})",
            thing=thing,
            mend="Write it like 30m, 6h, 1d, or 08:50 16:20 America/New_York on working days (or: on weekdays, daily),"
            " or as a cron line in UTC",
        ) from None
    return CronLine(line)
