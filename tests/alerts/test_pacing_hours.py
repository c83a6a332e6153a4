"""When a person may be told: laws over any hours, zone and instant, and a table of the nights on which clocks are put."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.hours import Hours, read_clock, read_quiet, read_span

ZONES = (
    "UTC",
    "America/New_York",
    "Europe/Brussels",
    "Asia/Tokyo",
    "Asia/Kolkata",
    "Australia/Lord_Howe",  # half an hour of daylight saving
    "America/Havana",  # clocks are put at midnight
    "Pacific/Auckland",
)
MINUTE = timedelta(minutes=1)

clocks = st.builds(time, st.integers(0, 23), st.sampled_from((0, 15, 30, 45)))
instants = st.builds(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + minutes * MINUTE, st.integers(0, 3 * 366 * 24 * 60)
)
spans = st.tuples(clocks, clocks).filter(lambda pair: pair[0] != pair[1])
people = st.builds(
    Hours,
    zone=st.sampled_from(ZONES),
    working_days=st.frozensets(st.integers(0, 6), min_size=1),
    quiet=st.none() | spans,
    roundup=clocks,
)


def utc(said: str) -> datetime:
    return datetime.fromisoformat(said).replace(tzinfo=UTC)


@settings(max_examples=150, deadline=None)
@given(people, instants)
def test_the_next_working_instant_is_the_first_one_and_never_far(hours: Hours, now: datetime) -> None:
    found = hours.next_working(now)
    assert found >= now
    assert hours.is_working(found)
    assert hours.next_working(found) == found
    assert found - now < timedelta(days=15)
    if found > now:
        assert not hours.is_working(found - MINUTE)
        steps = min(int((found - now) / MINUTE), 3 * 24 * 60)
        assert not any(hours.is_working(now + step * MINUTE) for step in range(0, steps, 5))


@settings(max_examples=150, deadline=None)
@given(people, instants)
def test_a_message_may_be_sent_when_it_is_said_that_it_may(hours: Hours, now: datetime) -> None:
    found = hours.next_sending(now)
    assert hours.may_send(found)
    assert (found == now) == hours.may_send(now)
    assert hours.quiet is not None or found == now


@settings(max_examples=150, deadline=None)
@given(people, instants, st.booleans())
def test_a_round_up_comes_every_day_or_week_in_an_hour_in_which_it_may(
    hours: Hours, now: datetime, weekly: bool
) -> None:
    found = hours.next_roundup(now, weekly=weekly)
    assert found > now
    assert hours.may_send(found)
    assert found - now <= timedelta(days=16)
    after = hours.next_roundup(found, weekly=weekly)
    assert after > found
    if hours.quiet is None:
        assert found.astimezone(ZoneInfo(hours.zone)).weekday() in hours.working_days
    if weekly and hours.quiet is None:
        assert timedelta(days=6, hours=22) <= after - found <= timedelta(days=7, hours=2)


@settings(max_examples=100, deadline=None)
@given(people, instants, st.integers(1, 30))
def test_working_time_counts_working_hours_only(hours: Hours, start: datetime, count: int) -> None:
    span = timedelta(hours=count)
    end = hours.after_working(start, span)
    assert end >= start + span
    assert hours.after_working(start, span + timedelta(hours=1)) >= end + timedelta(hours=1)
    last = end - timedelta(microseconds=1)
    assert hours.is_working(last), "the last of it was worked"
    worked, at = timedelta(0), hours.next_working(start)
    while at < end:
        rest = hours.next_rest(at) or end
        worked += min(rest, end) - at
        at = hours.next_working(min(rest, end)) if rest < end else end
    assert worked == span


# Clocks go forward in New York on 8 March, in Brussels on 29 March, back on 25 October and 1 November 2026. Tokyo leaves them alone.
WORKDAY = Hours(zone="Europe/Brussels", quiet=(time(19), time(8)))
GOLDEN = [
    (WORKDAY, "2026-06-18T09:00", "2026-06-18T09:00", "2026-06-19T06:00"),  # Thursday 11:00 in Brussels
    (WORKDAY, "2026-06-18T17:00", "2026-06-19T06:00", "2026-06-19T06:00"),  # 19:00: the evening begins
    (WORKDAY, "2026-06-18T16:59", "2026-06-18T16:59", "2026-06-19T06:00"),
    (WORKDAY, "2026-06-19T18:00", "2026-06-22T06:00", "2026-06-22T06:00"),  # Friday evening → Monday
    (WORKDAY, "2026-03-27T18:30", "2026-03-30T06:00", "2026-03-30T06:00"),  # over the night of summer time
    (WORKDAY, "2026-10-23T18:00", "2026-10-26T07:00", "2026-10-26T07:00"),  # and back
    (Hours(zone="America/New_York", quiet=(time(19), time(8))), "2026-03-07T00:00", "2026-03-09T12:00", None),
    (Hours(zone="Asia/Tokyo", quiet=(time(18), time(9))), "2026-06-18T09:00", "2026-06-19T00:00", None),
    # From 22:00 to 02:30 where 02:00 to 03:00 is not there: it ends when the clocks are put.
    (
        Hours(zone="Europe/Brussels", quiet=(time(22), time(2, 30)), working_days=frozenset(range(7))),
        "2026-03-29T00:30",
        "2026-03-29T01:00",
        None,
    ),
    # And where 02:00 to 03:00 comes twice, its first half is quiet twice.
    (
        Hours(zone="Europe/Brussels", quiet=(time(22), time(2, 30)), working_days=frozenset(range(7))),
        "2026-10-25T01:00",
        "2026-10-25T01:30",
        None,
    ),
    # At noon only: the first half of a day is free, and so is the second.
    (Hours(quiet=(time(12), time(13))), "2026-06-18T12:30", "2026-06-18T13:00", None),
    (Hours(quiet=(time(12), time(13))), "2026-06-18T00:00", "2026-06-18T00:00", None),
    # Who named no quiet hours is told on Sunday too; the round-up comes on Monday.
    (Hours(), "2026-06-21T03:00", "2026-06-21T03:00", "2026-06-22T08:00"),
]


@pytest.mark.parametrize(("hours", "now", "sending", "roundup"), GOLDEN)
def test_the_table_of_hours(hours: Hours, now: str, sending: str, roundup: str | None) -> None:
    assert hours.next_sending(utc(now)) == utc(sending)
    if roundup:
        assert hours.next_roundup(utc(now), weekly=False) == utc(roundup)


def test_a_week_begins_on_its_first_working_day() -> None:
    sunday_to_thursday = Hours(working_days=frozenset({6, 0, 1, 2, 3}))
    assert sunday_to_thursday.next_roundup(utc("2026-06-18T09:00"), weekly=True) == utc("2026-06-21T08:00")
    assert Hours().next_roundup(utc("2026-06-18T09:00"), weekly=True) == utc("2026-06-22T08:00")
    every_day = Hours(working_days=frozenset(range(7)))
    assert every_day.next_roundup(utc("2026-06-18T09:00"), weekly=True) == utc("2026-06-22T08:00")


def test_eight_hours_of_work_from_friday_afternoon_end_on_monday() -> None:
    # Friday 15:00 in Brussels: four hours are left, and four are missing on Monday morning.
    assert WORKDAY.after_working(utc("2026-06-19T13:00"), timedelta(hours=8)) == utc("2026-06-22T10:00")
    assert WORKDAY.after_working(utc("2026-03-27T14:00"), timedelta(hours=8)) == utc("2026-03-30T10:00")


@pytest.mark.parametrize("said", ["19-08", "25:00-08:00", "08:00-08:00", "", "19:00-08:00 UTC"])
def test_what_is_no_span_of_hours_is_refused(said: str) -> None:
    with pytest.raises(ValueError, match="is no|leaves no hour"):
        read_quiet(said)


def test_times_and_lengths_are_read_as_they_are_written() -> None:
    assert read_quiet("19:00-08:30") == (time(19), time(8, 30))
    assert read_clock("8:05") == time(8, 5)
    assert [read_span(said) for said in ("90m", "8h", "2d")] == [
        timedelta(minutes=90),
        timedelta(hours=8),
        timedelta(days=2),
    ]
    for said in ("8", "h", "0h", "-1h"):
        with pytest.raises(ValueError, match="is no length of time"):
            read_span(said)
    with pytest.raises(ValueError, match="is no time of the day"):
        read_clock("24:00")
