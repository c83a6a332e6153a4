"""No change over a holiday is healthy; a source that did not succeed when it should have is late."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from crawlers.card import source_card
from tocsin.expectation import age, working_days


@pytest.mark.parametrize(
    ("calendar", "first", "last", "days"),
    [
        ("us", "2026-11-25", "2026-11-27", 1),  # Thanksgiving is no working day, the Friday after it is one
        (
            "us",
            "2026-07-02",
            "2026-07-06",
            1,
        ),  # Independence Day falls on a Saturday and is kept on the Friday
        ("jp", "2026-05-01", "2026-05-07", 1),  # the golden week
        ("eu", "2026-04-02", "2026-04-07", 1),  # Good Friday and Easter Monday
        ("us", "2026-04-02", "2026-04-07", 3),
        ("xx", "2026-11-25", "2026-11-27", 2),
        ("us", "2026-11-27", "2026-11-27", 0),
        ("us", "2025-12-31", "2026-01-02", 1),
    ],
)
def test_working_days_are_those_of_the_publisher(calendar: str, first: str, last: str, days: int) -> None:
    assert working_days(calendar, date.fromisoformat(first), date.fromisoformat(last)) == days


def test_a_source_is_late_when_two_of_its_runs_should_have_succeeded() -> None:
    card = source_card("us_ecfr")
    success = datetime(2026, 11, 20, 12, 16, tzinfo=UTC)
    now = [datetime(2026, 11, 20, hour, 30, tzinfo=UTC) for hour in (16, 20, 21)]
    assert [age(card, "", success, None, instant).late for instant in now] == [
        None,
        None,
        datetime(2026, 11, 20, 20, 15, tzinfo=UTC),
    ]
    assert age(card, "1d", success, None, now[-1]).late is None
    assert age(card, "", None, None, now[-1]).late is None


def test_a_register_without_papers_for_a_week_is_idle_and_over_the_holidays_it_is_not() -> None:
    card = source_card("us_federal_register")

    def idle(change: tuple[int, int, int], today: tuple[int, int, int]) -> bool:
        return age(
            card, "", None, datetime(*change, 13, tzinfo=UTC), datetime(*today, 13, tzinfo=UTC)
        ).is_stale

    assert idle((2026, 11, 3), (2026, 11, 12))
    assert not idle((2026, 12, 23), (2027, 1, 2))
    assert not age(card, "", None, None, datetime(2026, 1, 1, tzinfo=UTC)).is_stale
