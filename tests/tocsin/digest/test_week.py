"""Which days a week has, in which zone, and up to when it counts."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from archive.errors import BadInput
from tocsin.digest.week import last_week, period

NOW = datetime(2031, 3, 20, 12, tzinfo=UTC)


def test_a_week_runs_from_monday_to_sunday_and_counts_to_its_end() -> None:
    found = period("2031-W10", "UTC", now=NOW)
    assert (found.first, found.last) == (date(2031, 3, 3), date(2031, 3, 9))
    assert found.since == datetime(2031, 3, 3, tzinfo=UTC)
    assert found.until == datetime(2031, 3, 10, tzinfo=UTC)
    assert found.known == datetime(2031, 3, 9, 23, 59, 59, 999999, tzinfo=UTC)


def test_its_midnights_are_those_of_its_zone_on_both_sides_of_a_change_of_the_clock() -> None:
    found = period("2031-W10", "America/New_York", now=NOW)  # summer time begins on 9 March 2031
    assert found.since == datetime(2031, 3, 3, 5, tzinfo=UTC)
    assert found.until == datetime(2031, 3, 10, 4, tzinfo=UTC)


def test_a_week_that_has_not_ended_counts_to_now_and_one_may_count_longer() -> None:
    assert period("2031-W12", "UTC", now=NOW).known == NOW
    later = datetime(2031, 3, 15, tzinfo=UTC)
    assert period("2031-W10", "UTC", now=NOW, known=later).known == later


def test_the_last_week_is_the_one_that_has_ended_also_across_a_year() -> None:
    assert last_week(NOW, "UTC") == "2031-W11"
    assert last_week(datetime(2031, 1, 3, tzinfo=UTC), "UTC") == "2030-W52"
    assert last_week(datetime(2031, 3, 16, 20, tzinfo=UTC), "Asia/Tokyo") == "2031-W11"
    assert last_week(datetime(2031, 3, 16, 20, tzinfo=UTC), "UTC") == "2031-W10"


@pytest.mark.parametrize(
    ("week", "zone", "known", "said"),
    [
        ("2031-10", "UTC", None, "is not a week"),
        ("2031-W54", "UTC", None, "is not a week"),
        ("2031-W13", "UTC", None, "has not begun"),
        ("2031-W10", "UTC", datetime(2031, 4, 1, tzinfo=UTC), "lies ahead"),
        ("2031-W10", "UTC", datetime(2031, 3, 1, tzinfo=UTC), "before 2031-W10 begins"),
        ("2031-W10", "Mars/Base", None, "is not a time zone"),
    ],
)
def test_what_is_no_week_is_refused_with_the_mend(
    week: str, zone: str, known: datetime | None, said: str
) -> None:
    with pytest.raises(BadInput, match=said) as caught:
        period(week, zone, now=NOW, known=known)
    assert caught.value.mend
