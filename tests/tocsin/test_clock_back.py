"""A clock that is set back between two runs: by an hour as on the night on which summer time ends, by a day, by a year that it stood ahead. Nothing is lost,
nothing comes twice, what is known keeps its order, and the program says so."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from archive import editions, outbox
from archive.store import Archive
from archive.verify import verify
from crawlers.card import source_card
from tests.replica.ecfr import Ecfr, Part
from tests.replica.server import Replica
from tests.tocsin.kept import Program
from tocsin.cadence import read_cadence
from tocsin.flow import Flow
from tocsin.progress import reporter
from tocsin.schedule import Planned

WORK = "us/cfr/15/1001"
SUNDAY = date(2026, 11, 1)  # on which summer time ends in New York
NIGHT = datetime(2026, 11, 1, 1, 30, tzinfo=ZoneInfo("America/New_York")).astimezone(UTC)


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    units = {f"1001.{n}": [f"Section {n}.", f"(a) Rule {n}, in words."] for n in range(1, 6)}
    law = {
        SUNDAY + timedelta(days=at - 4): {
            **units,
            "1001.3": ["Section 3.", f"(a) The licence is due within {at + 30} days."],
        }
        for at in range(8)
    }
    with Replica(today=SUNDAY, ecfr=Ecfr(parts=[Part(title=15, number="1001", editions=law)])) as replica:
        tables: dict[str, dict[str, Any]] = {"us_ecfr": {"parts": ["15/1001"]}}
        yield Program(tmp_path, replica, monkeypatch, tables).start()


def run(program: Program, monkeypatch: pytest.MonkeyPatch, day: date, at: datetime) -> tuple[str, ...]:
    """One run and what it sends, the sources being at a day and our clock at an instant; its warnings."""
    program.replica.today = day
    monkeypatch.setenv("TOCSIN_NOW", at.isoformat())
    monkeypatch.setenv("TOCSIN_HOSTS", "{}")
    with Archive.open(program.folder / "archive") as archive:
        flow = Flow(program.config(), archive)
        outcome = flow.run(source_card("us_ecfr"), reporter())
        assert outcome.complete, outcome.reason
        flow.tell()
        return tuple(flow.warnings)


def heard(program: Program) -> list[str]:
    path = program.folder / "x.jsonl"
    return [json.loads(line)["message_id"] for line in path.read_text().splitlines()] if path.exists() else []


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=400)], ids=str)
def test_a_run_by_an_earlier_clock_loses_repeats_and_misdates_nothing(
    program: Program, monkeypatch: pytest.MonkeyPatch, back: timedelta
) -> None:
    assert run(program, monkeypatch, SUNDAY - timedelta(days=1), NIGHT - timedelta(days=1)) == ()
    assert run(program, monkeypatch, SUNDAY, NIGHT) == ()
    (warning,) = run(program, monkeypatch, SUNDAY + timedelta(days=1), NIGHT - back)
    assert f"before the last run ({NIGHT:%Y-%m-%d %H:%M:%S})" in warning
    assert "Set the clock" in warning
    run(program, monkeypatch, SUNDAY + timedelta(days=1), NIGHT - back + timedelta(minutes=1))
    assert run(program, monkeypatch, SUNDAY + timedelta(days=2), NIGHT + timedelta(days=2)) == ()
    with program.open() as archive:
        assert [finding.what for finding in verify(archive) if finding.grave] == []
        held = editions.editions(archive, WORK)
        days = [one.as_of for one in held]
        assert days == sorted(set(days))
        assert days[-1] == SUNDAY + timedelta(days=1)
        known = [one.known_from for one in held]
        assert known == sorted(known), "what is known went back"
        for number, one in enumerate(held):
            text = editions.expression(archive, WORK, on=one.as_of, known=one.known_from)
            assert text is not None
            assert f"within {30 + (one.as_of - SUNDAY).days + 4} days" in " ".join(
                each.text for each in text.walk()
            )
            assert one.observed <= one.known_from
            assert number == 0 or one.known_from >= held[number - 1].known_from
        fates = {row.state for row in outbox.deliveries(archive)}
    assert fates == {"sent"}
    told = program.rows('SELECT "before", after FROM transition ORDER BY after')
    assert [after for _, after in told] == [day.isoformat() for day in days[1:]]
    assert len(heard(program)) == len(set(heard(program))) == len(told)


def test_what_a_clock_that_stood_ahead_put_off_is_sent_when_it_is_put_right(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    ahead = NIGHT + timedelta(days=365)
    run(program, monkeypatch, SUNDAY - timedelta(days=1), NIGHT - timedelta(days=1))
    (program.folder / "x.jsonl").mkdir()  # nothing can be written there
    run(program, monkeypatch, SUNDAY, ahead)
    with program.open() as archive:
        (owed,) = outbox.deliveries(archive)
    assert owed.state == "failed"
    assert owed.next_try is not None
    assert owed.next_try > ahead
    (program.folder / "x.jsonl").rmdir()
    (warning,) = run(program, monkeypatch, SUNDAY, NIGHT)
    assert "1 messages that it would hold up are due now" in warning
    assert heard(program) == [owed.delivery.message_id]
    with program.open() as archive:
        assert {row.state for row in outbox.deliveries(archive)} == {"sent"}


def test_a_source_whose_last_run_lies_ahead_runs_by_its_cadence_all_the_same() -> None:
    cadence = read_cadence("08:50 America/New_York daily", thing="test")
    planned = Planned(source="us_ecfr", cadence=cadence, last=NIGHT + timedelta(days=365))
    assert NIGHT < planned.first(NIGHT) < NIGHT + timedelta(days=1)
