"""The stay of part 744 lapses on 2026-11-10 though no word changes: told ahead and on the day, once, also where nobody looked on the day."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.tocsin.official import Official
from tests.tocsin.program import Installation, install

CONFIG = """
[sources.us_ecfr]
parts = ["15/744"]
pace = 200.0
retries = 0
"""
WATCHES = {
    "part": {"works": ["us/cfr/15/744"]},
    "list": {"works": ["us/cfr/15/744/supp-4"]},
    "elsewhere": {"works": ["us/cfr/15/774"]},
    "words": {"text": ["affiliates"], "sources": ["us_ecfr"]},
}


@pytest.fixture
def official() -> Iterator[Official]:
    with Official("2026-08-01") as official:
        yield official


@pytest.fixture
def place(tmp_path: Path, official: Official) -> Installation:
    place = install(tmp_path / "tocsin", TOCSIN_HOSTS=official.hosts)
    (place.folder / "tocsin.toml").write_text(CONFIG)
    place.watch(**WATCHES)
    return place


def on(place: Installation, official: Official, day: str) -> list[dict[str, Any]]:
    """A round on a day; the alerts that it added."""
    before = len(place.alerts())
    official.today(day)
    place.environment["TOCSIN_NOW"] = f"{day}T12:00:00+00:00"
    place.run("run", "--once", "--source", "us_ecfr")
    return place.alerts()[before:]


def test_the_end_of_a_stay_is_told_ahead_and_once_on_its_day(place: Installation, official: Official) -> None:
    assert on(place, official, "2026-08-01") == []
    the_calendar_lists_it(place)
    ahead = on(place, official, "2026-11-09")  # of the three that are due by now, the nearest
    assert sorted(alert["watch"] for alert in ahead) == ["list", "part", "words"]
    assert ahead[0]["title"].startswith("In 1 day, 2026-11-10: stay ends")
    today = on(place, official, "2026-11-10")
    assert sorted(alert["watch"] for alert in today) == ["list", "part", "words"]
    body = next(alert["body"] for alert in today if alert["watch"] == "part")
    assert "2026-11-10" in body
    assert "last day 2026-11-09" in body
    assert "90 FR 50857" in body
    assert "last checked 2026-11-10" in body
    assert "An extension" in body
    assert "15 CFR 744.11(a)(1)" in body
    assert on(place, official, "2026-11-11") == []
    assert place.changes() == []


def test_it_is_told_ninety_thirty_and_seven_days_ahead_each_once(
    place: Installation, official: Official
) -> None:
    place.watch(part=WATCHES["part"])
    assert on(place, official, "2026-08-11") == []
    for day, said in (
        ("2026-08-12", "In 90 days, 2026-11-10: stay ends"),
        ("2026-10-12", "In 29 days, 2026-11-10: stay ends"),
        ("2026-11-02", ""),
        ("2026-11-03", "In 7 days, 2026-11-10: stay ends"),
    ):
        assert [alert["title"][: len(said)] for alert in on(place, official, day)] == ([said] if said else [])


def test_a_day_that_nobody_looked_on_is_told_by_the_next_round(
    place: Installation, official: Official
) -> None:
    assert on(place, official, "2026-11-09") == []
    late = on(place, official, "2026-11-12")
    assert sorted(alert["watch"] for alert in late) == ["list", "part", "words"]


def the_calendar_lists_it(place: Installation) -> None:
    listed = [json.loads(line) for line in place.run("calendar", "--json").stdout.splitlines()]
    stays = [one for one in listed if one["sort"] == "stay ends"]
    assert {(one["day"], one["named"], one["act"]) for one in stays} == {
        ("2026-11-10", "2026-11-09", "90 FR 50857")
    }
    assert {"15 CFR 744.11(a)(1)", "15 CFR 744.16(e)", "15 CFR 744.21(d)"} <= {
        one["citation"] for one in stays
    }
    plain = place.run("calendar").stdout
    assert "2026-11-10  stay ends by 90 FR 50857 (last day 2026-11-09): 15 CFR 744.11(a)(1)" in plain
    ics = place.run("calendar", "--ics").stdout
    assert ics.startswith("BEGIN:VCALENDAR")
    assert ics.count("DTSTART;VALUE=DATE:20261110") == len(stays)
    assert place.run("calendar", "--since", "2027-01-01").stdout == ""
    assert "Name one of them" in place.run("calendar", "--json", "--ics", status=2).stderr
