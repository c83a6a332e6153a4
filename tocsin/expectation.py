"""How old the last success and the last change of a source may be: by its cadence, and by the working days of its publisher.

The Federal Register and the eCFR move on federal business days, the Official Journal on those of the institutions, e-Gov on Japanese ones: no
change over a long holiday is no sign of trouble.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

import holidays

from crawlers.card import SourceCard
from tocsin.schedule import trigger

GRACE = timedelta(hours=1)
"""What a run may take beyond its cadence before a source counts as late."""

# The institutions' own list of holidays is published year by year; that of the ECB is nearest to it and is computed (both close on 1 and 9 May or on one of them).
_COUNTRIES = {"us": "US", "jp": "JP", "uk": "GB", "de": "DE", "cn": "CN", "sg": "SG"}
_MARKETS = {"eu": "XECB"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Age:
    """How a source stands at an instant: ``late`` since when a run should have succeeded (None: it is in time), ``idle`` the working days since
    something changed (None: nothing ever did), ``usual`` those within which something usually does (0: nobody can say)."""

    late: datetime | None = None
    idle: int | None = None
    usual: int = 0

    @property
    def is_stale(self) -> bool:
        """Whether it has been quiet for longer than is usual."""
        return self.usual > 0 and self.idle is not None and self.idle > self.usual


def age(
    card: SourceCard, every: str, last_success: datetime | None, last_change: datetime | None, now: datetime
) -> Age:
    """The age of a source that runs by ``every`` (its own cadence where that is "")."""
    late = None
    if last_success is not None:
        when = trigger(every or card.cadence, thing=f"sources.{card.id}.every")
        # One run may fail or be put off; that the next one brought nothing either is late.
        first = when.get_next_fire_time(last_success, last_success + timedelta(seconds=1))
        second = when.get_next_fire_time(first, first + timedelta(seconds=1)) if first else None
        if second is not None and now > second + GRACE:
            late = second
    calendar = card.calendar or card.jurisdiction.lower()
    idle = working_days(calendar, last_change.date(), now.date()) if last_change else None
    return Age(late=late, idle=idle, usual=card.moves)


def working_days(calendar: str, first: date, last: date) -> int:
    """The working days after ``first``, up to and with ``last``, by a calendar (``us``, ``eu``, ``jp``, …); by the week alone for any other."""
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sum(day.weekday() < 5 and not _is_holiday(calendar, day) for day in days)


def _is_holiday(calendar: str, day: date) -> bool:
    return day in _holidays(calendar, day.year)


@cache
def _holidays(calendar: str, year: int) -> frozenset[date]:
    if calendar in _COUNTRIES:
        return frozenset(holidays.country_holidays(_COUNTRIES[calendar], years=year))
    if calendar in _MARKETS:
        return frozenset(holidays.financial_holidays(_MARKETS[calendar], years=year))
    return frozenset()
