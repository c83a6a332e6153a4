"""``tocsin run --once`` against the replica of the official sources, its day moved, its answers spoilt."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive import editions
from archive.store import Archive
from tests.tocsin.official import Official
from tests.tocsin.program import Installation, install

CONFIG = """
[sources.us_ecfr]
parts = ["15/744", "15/774", "22/121", "10/810"]
pace = 200.0
retries = 0
[sources.us_federal_register]
pace = 200.0
retries = 0
"""


@pytest.fixture
def official() -> Iterator[Official]:
    with Official("2026-03-25") as official:
        yield official


@pytest.fixture
def place(tmp_path: Path, official: Official) -> Installation:
    place = install(tmp_path / "tocsin", TOCSIN_HOSTS=official.hosts)
    (place.folder / "tocsin.toml").write_text(CONFIG)
    place.watch(
        thai={"countries": ["TH"], "sources": ["us_ecfr"]}, papers={"sources": ["us_federal_register"]}
    )
    return place


def papers_of(place: Installation, agency: str) -> int:
    """How many documents of an agency the archive holds."""
    with Archive.open(place.folder / "archive", read_only=True) as archive:
        held = [editions.latest(archive, row.path) for row in editions.works(archive, "us/fr")]
    return sum(
        any(fact.name == "agency" and fact.value == agency for fact in edition.facts)
        for edition in held
        if edition
    )


def test_one_alert_for_thailand_and_one_new_document(place: Installation, official: Official) -> None:
    place.run("run", "--once")
    assert place.changes() == []
    assert place.alerts() == []
    assert papers_of(place, "Industry and Security Bureau") == 387

    official.today("2026-06-18")
    place.run("run", "--once")
    alerts = place.alerts()
    assert sorted(alert["watch"] for alert in alerts) == ["papers", "thai"]
    documents = [change for change in place.changes() if change["source"] == "us_federal_register"]
    assert [change["work"] for change in documents] == ["us/fr/2026-05902"]
    assert documents[0]["kind"] == "insertion"
    assert documents[0]["before"] is None

    place.run("run", "--once")
    assert place.alerts() == alerts
    place.run("health")


@pytest.mark.parametrize("fault", ["wall_200", "waf_202", "shrunk", "truncate"])
def test_a_spoilt_answer_is_no_edition_and_the_next_clean_run_heals(
    place: Installation, official: Official, fault: str
) -> None:
    place.run("run", "--once", "--source", "us_ecfr")
    official.today("2026-06-18")
    official.faults({"fault": fault, "match": "."})
    place.run("run", "--once", "--source", "us_ecfr", status=1)
    assert place.changes() == []
    assert place.alerts() == []
    told = place.run("health", status=1).stdout
    assert "FAIL us_ecfr" in told.replace("  ", " ")

    official.faults()
    place.run("run", "--once", "--source", "us_ecfr")
    assert [alert["watch"] for alert in place.alerts()] == ["thai"]
    place.run("health")


@pytest.mark.parametrize("fault", ["wall_200", "shrunk", "truncate"])
def test_a_first_run_that_is_spoilt_holds_nothing(
    place: Installation, official: Official, fault: str
) -> None:
    official.faults({"fault": fault, "match": "."})
    place.run("run", "--once", status=1)
    assert place.run("export", status=2).stdout == ""
