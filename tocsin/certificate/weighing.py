"""What a counter's answer and the ledger come to: pure, so that it can be held against every way in which something is missing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, timedelta

from crawlers.events import Counted
from tocsin.certificate.records import DATED, NONE, STANDING, Missed, Read, Unsaid
from tocsin.coverage import Coverage

OVER = timedelta(hours=36)
"""After its first hour in UTC, when a day is over in every time zone: what is published later that day nobody has counted yet."""
_DAY = timedelta(days=1)


def counter_of(found: Coverage, *, has_counter: bool) -> str:
    """What sort of counter a source has, by what it said."""
    if not has_counter:
        return NONE
    return DATED if all(one.is_dated for one in found.days) else STANDING


def missed(days: Sequence[Counted], waiting: Collection[tuple[str, date]] = ()) -> tuple[Missed, ...]:
    """Every document that is published and not held, by day and name; ``waiting`` are those that were fetched and wait for a person."""
    return tuple(
        Missed(day=one.day, name=name, waits=(name, one.day) in waiting)
        for one in sorted(days, key=lambda one: one.day)
        if one.is_dated
        for name in _names(one)
    )


def _names(one: Counted) -> tuple[str, ...]:
    """The names of what is missing; a number where the counter has more than it names."""
    nameless = one.published - one.held - len(one.missing)
    return (*one.missing, *([f"{nameless:,} {one.what} without a name"] if nameless > 0 else []))


def unsaid(
    found: Coverage, counter: str, reads: Sequence[Read], first: date, last: date, *, now: datetime
) -> tuple[Unsaid, ...]:
    """The days of which nothing can be said, in order, none of them twice: the first reason that holds for a day is given."""
    whys: list[tuple[str, list[date]]] = []
    for day in _days(first, last):
        why = _why(day, found, counter, reads, now)
        if why and whys and whys[-1][0] == why and whys[-1][1][-1] == day - _DAY:
            whys[-1][1].append(day)
        elif why:
            whys.append((why, [day]))
    return tuple(Unsaid(first=days[0], last=days[-1], why=why) for why, days in whys)


def _why(day: date, found: Coverage, counter: str, reads: Sequence[Read], now: datetime) -> str:
    """Why nothing can be said of a day; "" where something can."""
    if day > (now - OVER).date():
        return "the day was not over everywhere when the counter was read"
    if counter == NONE:
        return "the source has no counter"
    if counter == STANDING:
        if not any(one.at.date() == day for one in reads):
            return "the counter tells only how the list stands, and was not read on this day"
        if any(one.at.date() == day and one.held != one.published for one in reads):
            return "the list that was held differed from what the counter said"
        return ""
    if found.failure:
        return f"the counter could not be read: {found.failure}"
    if found.since is not None and day < found.since:
        return f"the counter says nothing of days before {found.since}"
    if found.until is not None and day > found.until:
        return f"the counter says nothing of days after {found.until}"
    return ""


def _days(first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        yield day
        day += _DAY
