"""When sources run: once a local day at each time, over every night on which the clocks are set, on the days on which their publisher works."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.errors import BadInput
from crawlers.card import source_cards
from tocsin.cadence import SPREAD, put_off, read_cadence
from tocsin.expectation import cadence_of, calendar_of
from tocsin.schedule import Planned
from tocsin.working_days import CALENDARS, is_working_day

NIGHTS = Path(__file__).parent / "cadence_nights.tsv"
FIRST, LAST = date(2024, 1, 1), date(2030, 12, 31)
PLACES = {"America/New_York": "us", "Europe/Brussels": "eu", "Asia/Tokyo": "jp"}
NOON = datetime(2026, 6, 18, 12, tzinfo=UTC)


def runs(said: str, calendar: str = "") -> list[datetime]:
    """Every run of seven years."""
    cadence = read_cadence(said, calendar, thing="x")
    at = datetime.combine(FIRST, time(), UTC) - timedelta(days=1)
    found = []
    while (at := cadence.after(at)) < datetime.combine(LAST, time(), UTC) + timedelta(days=2):
        found.append(at)
    return found


def all_days() -> list[date]:
    return [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]


def is_set(zone: ZoneInfo, day: date) -> bool:
    """Whether the clocks are set in the course of a day."""
    ends = [datetime.combine(day + timedelta(days=more), time(), zone).utcoffset() for more in (0, 1)]
    return ends[0] != ends[1]


@pytest.mark.parametrize("zone", PLACES)
@pytest.mark.parametrize("clock", ["00:00", "01:30", "02:00", "02:30", "03:00", "08:50", "23:59"])
def test_a_time_of_the_clock_comes_once_every_local_day(clock: str, zone: str) -> None:
    found = runs(f"{clock} {zone} daily")
    days = Counter(instant.astimezone(ZoneInfo(zone)).date() for instant in found)
    assert {day: days[day] for day in all_days()} == dict.fromkeys(all_days(), 1)


@pytest.mark.parametrize(("zone", "calendar"), PLACES.items())
def test_on_working_days_it_comes_once_and_on_no_other_day(zone: str, calendar: str) -> None:
    found = runs(f"02:30 {zone} on working days", calendar)
    days = Counter(instant.astimezone(ZoneInfo(zone)).date() for instant in found)
    assert set(days.values()) == {1}
    working = {day for day in all_days() if is_working_day(calendar, day)}
    assert set(days) & set(all_days()) == working
    assert 1_600 < len(working) < 1_800


def test_the_runs_around_each_night_on_which_clocks_are_set_are_those_of_the_table() -> None:
    lines = ["zone\tclock\tlocal day\tbefore\tof the day\tafter"]
    for zone in PLACES:
        for clock in ("02:30", "08:50"):
            by_day = {run.astimezone(ZoneInfo(zone)).date(): run for run in runs(f"{clock} {zone} daily")}
            for day in all_days():
                if is_set(ZoneInfo(zone), day):
                    three = (by_day[day + timedelta(days=more)] for more in (-1, 0, 1))
                    lines.append(
                        "\t".join([zone, clock, str(day), *(f"{run:%m-%dT%H:%MZ}" for run in three)])
                    )
    assert "\n".join(lines) + "\n" == NIGHTS.read_text(encoding="utf-8")


@settings(deadline=None)  # the first draw reads the holidays of seven years
@given(
    at=st.datetimes(datetime(2024, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001 - the bounds are naive, the draws are not
    said=st.sampled_from([card.cadence for card in source_cards().values()]),
    calendar=st.sampled_from(CALENDARS),
)
def test_what_is_due_next_lies_ahead_and_nothing_lies_between(at: datetime, said: str, calendar: str) -> None:
    cadence = read_cadence(said, calendar, thing="x")
    due = cadence.after(at)
    assert at < due < at + timedelta(days=13)
    assert cadence.after(at + (due - at) / 2) == due


def test_several_cadences_are_the_earliest_of_them() -> None:
    said = "08:50 America/New_York on working days; 10:00 America/New_York daily"
    friday = datetime(2026, 7, 3, 4, tzinfo=UTC)  # Independence Day is kept on it
    assert read_cadence(said, "us", thing="x").after(friday) == datetime(2026, 7, 3, 14, tzinfo=UTC)
    assert read_cadence(said, "us", thing="x").after(friday + timedelta(days=3)) == datetime(2026, 7, 6, 12, 50, tzinfo=UTC)  # fmt: skip


@pytest.mark.parametrize("card", source_cards().values(), ids=lambda card: card.id)
def test_every_card_has_a_cadence_and_a_calendar_where_it_counts_working_days(card: object) -> None:
    card = source_cards()[card.id]  # type: ignore[attr-defined]
    assert cadence_of(card, "").after(NOON) > NOON
    assert "working days" not in card.cadence or calendar_of(card) in CALENDARS


@pytest.mark.parametrize(
    "said",
    ["", "6", "0h", "often", "61 * * * *", "0 0 30 2 *", "25:00 UTC daily", "08:50 Mars/Olympus daily", "08:50 UTC", "6h;"],
)  # fmt: skip
def test_what_is_no_cadence_is_refused(said: str) -> None:
    with pytest.raises(BadInput, match=r"sources\.x\.every"):
        read_cadence(said, thing="sources.x.every")


@pytest.mark.parametrize(
    ("said", "last", "due"),
    [
        ("6h", None, NOON),
        ("6h", datetime(2026, 6, 18, 10, tzinfo=UTC), datetime(2026, 6, 18, 16, tzinfo=UTC)),
        ("6h", datetime(2026, 6, 17, 10, tzinfo=UTC), NOON),
        ("0 13 * * *", datetime(2026, 6, 18, 11, tzinfo=UTC), datetime(2026, 6, 18, 13, tzinfo=UTC)),
        ("0 13 * * *", datetime(2026, 6, 17, 11, tzinfo=UTC), NOON),
        ("15:00 Europe/Brussels daily", datetime(2026, 6, 17, 13, 1, tzinfo=UTC), datetime(2026, 6, 18, 13, tzinfo=UTC)),
        ("08:00 Europe/Brussels on working days", datetime(2026, 6, 17, 6, 1, tzinfo=UTC), NOON),
    ],
)  # fmt: skip
def test_a_source_is_due_at_once_if_a_run_was_missed(said: str, last: datetime | None, due: datetime) -> None:
    planned = Planned(source="x", cadence=read_cadence(said, "eu", thing="x"), last=last)
    assert planned.first(NOON) == due


def test_a_run_comes_a_little_after_its_time_and_no_run_is_lost_or_doubled_by_that() -> None:
    planned = Planned(source="x", cadence=read_cadence("08:50 09:50 America/New_York daily", thing="x"))
    at, found = NOON, []
    for _ in range(20):
        at = planned.after(at)
        found.append(at)
    assert len({f"{run:%d %H}" for run in found}) == 20
    whole = [run.replace(minute=50, second=0, microsecond=0) for run in found]
    assert all(timedelta() <= run - due <= SPREAD for run, due in zip(found, whole, strict=True))
    assert put_off("x", NOON) != put_off("y", NOON)


def test_two_installations_do_not_ask_in_the_same_second() -> None:
    cadence = read_cadence("08:50 America/New_York daily", thing="x")
    due = cadence.after(NOON)
    asked = set()
    for number in range(50):
        planned = Planned(source="x", cadence=cadence, last=NOON, installation=f"host{number} /archive")
        assert planned.first(NOON) == planned.after(NOON)
        assert due <= planned.after(NOON) <= due + SPREAD
        asked.add(planned.after(NOON))
    assert len(asked) == 50
    assert max(asked) - min(asked) > SPREAD / 2
