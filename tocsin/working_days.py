"""The days on which a publisher works: by the holidays of its country, or of the institutions."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache, lru_cache

import holidays

# The institutions' own list of holidays is published year by year; that of the ECB is nearest to it and is computed (both close on 1 and 9 May or on one of them).
_COUNTRIES = {"us": "US", "jp": "JP", "uk": "GB", "de": "DE", "cn": "CN", "sg": "SG"}
_MARKETS = {"eu": "XECB"}

CALENDARS = (*_COUNTRIES, *_MARKETS)


def is_working_day(calendar: str, day: date) -> bool:
    """Whether the publisher works on a day, by a calendar (one of :data:`CALENDARS`); by the week alone for any other."""
    return day.weekday() < 5 and day not in _holidays(calendar, day.year)


@lru_cache(maxsize=256)
def working_days(calendar: str, first: date, last: date) -> int:
    """The working days after ``first``, up to and with ``last``."""
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sum(is_working_day(calendar, day) for day in days)


@cache
def _holidays(calendar: str, year: int) -> frozenset[date]:
    if calendar in _COUNTRIES:
        return frozenset(holidays.country_holidays(_COUNTRIES[calendar], years=year))
    if calendar in _MARKETS:
        return frozenset(holidays.financial_holidays(_MARKETS[calendar], years=year))
    return frozenset()
