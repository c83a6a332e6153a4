"""Hours of quiet, by the clocks of the publisher; and what robots.txt says of hours and of pace."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from archive.errors import BadInput
from crawlers.card import source_card
from crawlers.quiet import QuietHours, quiet_until
from crawlers.robots import Robots
from crawlers.visit import Answer, Quiet
from tocsin.cadence import SPREAD, read_cadence
from tocsin.schedule import Planned

NIGHT = "22:00-06:00 America/New_York"


@pytest.mark.parametrize(
    ("said", "now", "until"),
    [
        (NIGHT, "2026-01-06T02:59", None),
        (NIGHT, "2026-01-06T03:00", "2026-01-06T11:00"),
        (NIGHT, "2026-01-06T10:59", "2026-01-06T11:00"),
        (NIGHT, "2026-01-06T11:00", None),
        (NIGHT, "2026-07-06T02:00", "2026-07-06T10:00"),  # summer time
        ("01:00-02:30 UTC", "2026-01-06T02:00", "2026-01-06T02:30"),
        ("01:00-02:30 UTC", "2026-01-06T02:30", None),
        ("23:00-00:00 Asia/Tokyo", "2026-01-06T14:30", "2026-01-06T15:00"),
    ],
)
def test_quiet_hours_end_when_the_publishers_clock_says_so(said: str, now: str, until: str | None) -> None:
    found = QuietHours.read(said).until(datetime.fromisoformat(f"{now}+00:00"))
    assert found == (datetime.fromisoformat(f"{until}+00:00") if until else None)


@pytest.mark.parametrize(
    "said", ["22-6", "22:00-06:00", "25:00-06:00 UTC", "22:00-06:00 Nowhere/City", "06:00-06:00 UTC"]
)
def test_what_is_no_span_of_hours_is_refused_with_the_mend(said: str) -> None:
    with pytest.raises(BadInput, match="quiet") as refused:
        source_card("us_ecfr").configured({"quiet": said})
    assert repr(said) in refused.value.line()


def test_of_several_spans_the_one_that_ends_last_counts() -> None:
    now = datetime(2026, 1, 6, 1, 30, tzinfo=UTC)
    assert quiet_until(("01:00-02:00 UTC", "00:00-04:00 UTC", "09:00-10:00 UTC"), now) == now.replace(
        hour=4, minute=0
    )
    assert quiet_until((), now) is None


def test_a_run_that_is_due_in_quiet_hours_is_due_when_they_end() -> None:
    planned = Planned(
        source="x",
        cadence=read_cadence("30 4,12 * * *", thing="x"),
        quiet=(NIGHT,),
        last=datetime(2026, 1, 6, tzinfo=UTC),
    )
    assert planned.first(datetime(2026, 1, 6, 5, tzinfo=UTC)) == datetime(2026, 1, 6, 11, tzinfo=UTC)
    first = planned.after(datetime(2026, 1, 6, 0, tzinfo=UTC))
    assert first == datetime(2026, 1, 6, 11, tzinfo=UTC)
    noon = datetime(2026, 1, 6, 12, 30, tzinfo=UTC)
    assert noon <= planned.after(first) <= noon + SPREAD


def allowed(robots: str, hour: int) -> float:
    async def ask(url: str, accept: Callable[[Answer], str]) -> str:
        return accept(Answer(url=url, status=200, body=robots.encode(), fetched_at=datetime.now(UTC)))

    now = datetime(2026, 1, 6, hour, tzinfo=UTC)
    return asyncio.run(Robots().allow("https://www.example.gov/list", ask, now))


@pytest.mark.parametrize(
    ("rules", "seconds"),
    [
        ("", 0.0),
        ("Crawl-delay: 3", 3.0),
        ("Request-rate: 1/10s", 10.0),
        ("Crawl-delay: 20\nRequest-rate: 1/10s", 20.0),
    ],
)
def test_the_pace_that_a_host_asks_for_is_kept(rules: str, seconds: float) -> None:
    assert allowed(f"User-agent: *\n{rules}\n", 12) == seconds


def test_a_host_that_opens_at_night_alone_is_left_alone_by_day() -> None:
    rules = "User-agent: *\nVisit-time: 0200-0630\n"
    assert allowed(rules, 3) == 0.0
    with pytest.raises(Quiet, match="opens to programs at 02:00 UTC"):
        allowed(rules, 12)
