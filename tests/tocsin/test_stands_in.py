"""A walled official host and an open govinfo, through the whole program: nothing is lost, nothing is told twice, and one document stays one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from crawlers.card import source_card
from tests.crawlers.invented import ECFR_PARTS, FIRST, SECOND, replica
from tests.replica.faults import Fault
from tests.replica.federal_register import Paper
from tests.replica.server import Replica
from tests.tocsin.kept import Program
from tocsin.principals import principals

DAY = timedelta(days=1)
NEW = Paper(
    number="2026-00777",
    day=SECOND + DAY,
    root="RULE",
    title="Lenses",
    cfr=((15, 744),),
    pages=(900, 900),
    paragraphs=tuple(
        f"A licence for lens {n} that goes to Peru is due within {n} days." for n in range(20, 32)
    ),
)
TABLES: dict[str, dict[str, Any]] = {
    "us_federal_register": {"since": "2025-12-01"},
    "us_ecfr": {"parts": ECFR_PARTS},
    "us_govinfo": {},
}


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    with replica(SECOND) as made:
        yield Program(tmp_path, made, monkeypatch, TABLES).start()


def asked(made: Replica, host: str) -> int:
    return sum(each.host == host for each in made.asked)


def test_a_paper_of_a_walled_register_is_held_and_told_once_and_its_host_brings_it_no_more(
    program: Program,
) -> None:
    made = program.replica
    first, idle = program.run(SECOND, "us_federal_register", "us_govinfo")
    assert first.complete, first.reason
    assert idle.complete
    assert asked(made, "www.govinfo.gov") == 0
    before = program.told()

    made.register.papers.append(NEW)
    made.faults.append(Fault("wall_200", match="federalregister"))
    walled, standing_in = program.run(NEW.day, "us_federal_register", "us_govinfo")
    assert not walled.complete, "a person hears that the host is walled"
    assert standing_in.complete, standing_in.reason
    assert standing_in.counts["published"] == 1
    told = program.told()
    assert [row[0] for row in told if row not in before] == ["us/fr/2026-00777"]
    owed = program.owed()
    assert owed

    program.run(NEW.day, "us_federal_register", "us_govinfo")
    made.faults.clear()
    (opened,) = program.run(NEW.day + DAY, "us_federal_register")
    assert opened.complete, opened.reason
    assert opened.counts.get("published", 0) == 0
    (idle,) = program.run(NEW.day + DAY, "us_govinfo")
    assert idle.counts.get("requests", 0) == 0
    assert program.told() == told
    assert program.owed() == owed
    held = program.captures("us_federal_register")
    assert len({name for name, _ in held}) == len(held), "one document, one edition"
    assert ("2026-00777", NEW.day.isoformat()) in held
    assert program.rows("SELECT count(*) FROM capture WHERE source = 'us_govinfo'") == [(0,)]


def test_an_amendment_behind_a_walled_ecfr_is_held_and_told_once_and_parts_that_stand_get_no_second_edition(
    program: Program,
) -> None:
    made = program.replica
    first, _ = program.run(FIRST + DAY, "us_ecfr", "us_govinfo")
    assert first.complete, first.reason

    made.faults.append(Fault("wall_200", match="ecfr.gov"))
    walled, same = program.run(FIRST + 2 * DAY, "us_ecfr", "us_govinfo")
    assert not walled.complete
    assert same.complete, same.reason
    assert program.told() == []
    assert len(program.captures("us_ecfr")) == 3, "the same text by another host is no second edition"

    (standing_in,) = program.run(SECOND + DAY, "us_govinfo")
    assert standing_in.complete, standing_in.reason
    told, owed = program.told(), program.owed()
    assert {row[0] for row in told} == {"us/cfr/15/1001"}
    assert owed
    assert ("title-15/part-1001", SECOND.isoformat()) in program.captures("us_ecfr")

    made.faults.clear()
    (opened,) = program.run(SECOND + 2 * DAY, "us_ecfr")
    assert opened.complete, opened.reason
    assert program.told() == told
    assert program.owed() == owed
    assert len(program.captures("us_ecfr")) == 4


def test_a_wall_of_a_mirror_says_nothing_of_the_official_host(program: Program) -> None:
    program.replica.faults.append(Fault("wall_200", match="federalregister"))
    program.run(SECOND, "us_federal_register")
    card = source_card("us_govinfo")
    with program.open() as archive:
        assert principals(program.config(), archive, card)["us_federal_register"].is_walled
        program.hosts = {host: base for host, base in program.replica.hosts.items() if "govinfo" not in host}
        assert not principals(program.config(), archive, card)["us_federal_register"].is_walled


def test_a_source_that_failed_without_a_wall_is_not_stood_in_for(program: Program) -> None:
    program.replica.faults.append(Fault("wrong_type", match="federalregister"))
    (outcome,) = program.run(SECOND, "us_federal_register")
    assert not outcome.complete
    with program.open() as archive:
        found = principals(program.config(), archive, source_card("us_govinfo"))
    assert not any(each.is_walled for each in found.values())
