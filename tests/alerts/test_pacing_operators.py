"""A message that cannot be delivered is an incident of its target, told to the operators once, closed when it has arrived after all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from alerts.people import Rules
from archive import incidents, outbox
from archive.incidents import Trouble
from archive.store import Archive
from tests.alerts.made import watch
from tests.alerts.pacing import THURSDAY_NOON, Desk

OPERATORS = "file:operators.jsonl"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Archive.create(tmp_path / "archive") as archive:
        yield Desk(
            archive=archive, folder=tmp_path, watches=(watch("now"),), rules=Rules(operators=(OPERATORS,))
        )


def kill(desk: Desk, *, days: int = outbox.MAX_ATTEMPTS) -> datetime:
    """Try each day until nothing is tried any more."""
    for day in range(days):
        desk.at(THURSDAY_NOON + timedelta(days=day))
    return THURSDAY_NOON + timedelta(days=days)


def told(desk: Desk) -> list[str]:
    return [
        line
        for record in desk.lines("operators.jsonl")
        for line in record["body"].splitlines()
        if line[:1] == "-"
    ]


def test_dead_letters_of_a_target_are_one_incident_closed_when_they_arrived(desk: Desk) -> None:
    keys = [*desk.owe("t1", "now", target="gone"), *desk.owe("t2", "now", target="gone")]
    later = kill(desk) - timedelta(hours=20)
    assert [line.split(":")[0] for line in told(desk)] == ["- alerts"]
    assert "incident 1 opened: dead letters, 2 messages to gone could not be delivered" in told(desk)[0]
    (open_one,) = incidents.incidents(desk.archive)
    assert open_one.subject == "gone"
    desk.targets = {"gone": "file:back.jsonl"}
    outbox.retry(desk.archive, keys[0], later)
    desk.at(later)
    assert len(incidents.incidents(desk.archive)) == 1, "the other one still has not arrived"
    outbox.retry(desk.archive, keys[1], later)
    desk.at(later)
    assert incidents.incidents(desk.archive) == ()
    assert [line.split()[4].rstrip(":") for line in told(desk)] == ["opened", "closed"]
    assert desk.titles("back.jsonl") == ["Title t1", "Title t2"]


def test_an_incident_that_lasts_is_told_once_more_and_never_again(desk: Desk) -> None:
    desk.owe("t1", "now", target="gone")
    later = kill(desk)
    for day in range(5):
        desk.at(later + timedelta(days=day))
    assert [line.split()[4].rstrip(":") for line in told(desk)] == ["opened", "escalated"]


def test_incidents_of_sources_are_told_to_the_operators(desk: Desk) -> None:
    trouble = Trouble(subject="", said="a wall instead of the page", day=date(2026, 6, 18))
    for hours, troubles in ((0, [trouble]), (1, [trouble]), (2, [])):
        now = THURSDAY_NOON + timedelta(hours=hours)
        incidents.settle(
            desk.archive, "us_ecfr", incidents.FAILING, troubles, at=now, patience=timedelta(days=1)
        )
        desk.at(now)
    assert told(desk) == [
        "- us_ecfr: incident 1 opened: failing, a wall instead of the page",
        "- us_ecfr: incident 1 closed: failing, a wall instead of the page",
    ]


def test_a_dead_target_of_the_operators_does_not_tell_of_itself(desk: Desk) -> None:
    desk.rules = Rules(operators=("gone", OPERATORS))
    incidents.settle(
        desk.archive,
        "us_ecfr",
        incidents.FAILING,
        [Trouble(subject="", said="walled")],
        at=THURSDAY_NOON,
        patience=timedelta(days=99),
    )
    later = kill(desk, days=outbox.MAX_ATTEMPTS + 20)
    rows = outbox.deliveries(desk.archive)
    assert [row.state for row in rows if row.delivery.target == "gone"] == ["dead"]
    assert [line.split()[4].rstrip(":") for line in told(desk)] == ["opened", "opened", "escalated"]
    desk.rules = Rules(operators=("gone",))
    desk.at(later)
    assert len(outbox.deliveries(desk.archive)) == len(rows)


def test_without_operators_nothing_is_owed_and_what_is_open_is_told_when_there_are_some(desk: Desk) -> None:
    desk.rules = Rules()
    for said, hours in (("walled", 0), ("", 1), ("walled again", 2)):
        troubles = [Trouble(subject="", said=said)] if said else []
        now = THURSDAY_NOON + timedelta(hours=hours)
        incidents.settle(
            desk.archive, "us_ecfr", incidents.FAILING, troubles, at=now, patience=timedelta(days=1)
        )
        assert desk.at(now).sent == 0
    desk.rules = Rules(operators=(OPERATORS,))
    assert desk.at(THURSDAY_NOON + timedelta(hours=3)).sent == 1
    assert told(desk) == ["- us_ecfr: incident 2 opened: failing, walled again"]
