"""What is held against what was published; what is missing is fetched, and nobody hears of it unless that is asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.crawlers.invented import ECFR_PARTS, FIRST, SECOND, THIRD, replica
from tests.replica.faults import Fault
from tests.replica.server import Replica
from tests.tocsin.program import Installation, install

CONFIG = f"""
[sources.us_ecfr]
parts = {json.dumps(ECFR_PARTS)}
pace = 200.0
retries = 0
[sources.us_federal_register]
pace = 200.0
retries = 0
since = "2026-02-01"
"""
DAYS = ("--from", "2025-12-01", "--to", "2026-04-30")


@pytest.fixture
def server() -> Iterator[Replica]:
    with replica(date(2026, 4, 1)) as server:
        yield server


@pytest.fixture
def place(tmp_path: Path, server: Replica) -> Installation:
    place = install(
        tmp_path / "tocsin", TOCSIN_HOSTS=json.dumps(server.hosts), TOCSIN_NOW="2026-04-01T12:00:00+00:00"
    )
    (place.folder / "tocsin.toml").write_text(CONFIG)
    place.watch(all={"jurisdictions": ["US"]})
    return place


def test_missing_papers_are_filled_in_and_people_hear_of_them_if_that_is_asked_for(
    place: Installation, server: Replica
) -> None:
    source = ("--source", "us_federal_register")
    place.run("run", "--once", *source)
    told = place.run("coverage", *DAYS, *source, status=1).stdout
    assert "us_federal_register: 13 published, 3 held, 10 missing, 0 healed" in told
    assert "2025-12-01  0 of 1 papers, missing: 2025-10000" in told

    place.run("backfill", "us_federal_register", "--from", "2025-12-01", "--to", "2025-12-10", "--alert")
    first = {"us/fr/2025-10000", "us/fr/2025-10001", "us/fr/2025-20001"}
    assert {change["work"] for change in place.changes()} == first
    alerts = place.alerts()
    assert alerts

    server.faults = [Fault("server_503", match="full_text/xml/2025/12/2")]
    said = place.run("backfill", "us_federal_register", *DAYS, status=1).stderr
    assert "7 to fetch: up to 14 requests" in said
    server.faults = []
    asked = len(server.asked)
    place.run("backfill", "us_federal_register", *DAYS)
    assert sum("full_text/xml" in each.path for each in server.asked[asked:]) == 2, (
        "it goes on where it stopped"
    )
    told = place.run("coverage", *DAYS, *source).stdout
    assert "13 published, 13 held, 0 missing, 2 healed" in told
    assert {change["work"] for change in place.changes()} == first
    assert place.alerts() == alerts


def test_past_editions_are_filled_in_behind_the_one_that_is_held(place: Installation) -> None:
    source = ("--source", "us_ecfr")
    place.run("run", "--once", *source)
    told = place.run("coverage", *DAYS, *source, status=1).stdout
    assert f"{SECOND}  0 of 1 editions, missing: title-15/part-1001" in told
    assert f"{THIRD}  " not in told, "the edition held was taken after the last issue"
    place.run("backfill", "us_ecfr", *DAYS)
    assert "0 missing" in place.run("coverage", *DAYS, *source).stdout
    changes = place.changes("--materiality", "substantive")
    assert {(change["before"], change["after"]) for change in changes} == {
        (FIRST.isoformat(), SECOND.isoformat()),
        (SECOND.isoformat(), "2026-03-31"),
    }
    assert place.alerts() == []


def test_a_source_that_cannot_be_asked_is_no_proof_of_anything(place: Installation, server: Replica) -> None:
    server.faults = [Fault("wall_200", match="facets")]
    told = place.run("coverage", *DAYS, "--source", "us_federal_register", status=1).stdout
    assert "could not be counted" in told
    assert "ChallengePage" in told
    assert "before" in place.run("coverage", "--from", "2026-02-01", "--to", "2026-01-01", status=2).stderr
    assert "nothing of the past" in place.run("backfill", "us_csl", *DAYS, status=2).stderr


def test_a_source_is_tried_recorded_and_checked_without_touching_the_archive(place: Installation) -> None:
    out = place.run("crawl", "us_ecfr", "--dry-run").stdout
    assert "title-15/part-1001 of 2026-03-31" in out
    assert "us_ecfr: complete" in out
    assert "recorded in" in place.run("crawl", "us_ecfr", "--record", "cases", "--documents", "1").stdout
    assert len(list((place.folder / "cases" / "us_ecfr").glob("*/golden.jsonl"))) == 1
    assert "--dry-run or --record" in place.run("crawl", "us_ecfr", status=2).stderr
    assert "read alike" in place.run("sources", "check", "us_ecfr").stdout
    assert "us_ecfr  never ran" in place.run("health").stdout


def test_sources_tell_what_they_are_and_can_be_told(place: Installation) -> None:
    assert "us_csl" in place.run("sources").stdout
    assert all(
        json.loads(line)["hosts"] for line in place.run("sources", "list", "--json").stdout.splitlines()
    )
    shown = place.run("sources", "show", "us_csl").stdout
    assert "data.trade.gov" in shown
    assert "floor = 10000  # entries that the whole list has at least" in shown
