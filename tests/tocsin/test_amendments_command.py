"""``tocsin amendments``: what an invented rule announces, beside what its part shows."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.records import Expression, Fact, Provision
from archive.store import Archive
from diffing.engine import compare
from tests.archive.building import edition, item, on, publish, transition
from tocsin.claimed import compared
from tocsin.cli import cli
from tocsin.rederive import record

WORK = "us/cfr/15/999"
ACT = "us/fr/2026-90003"


def rule() -> Expression:
    texts = (
        "1. The authority citation for part 999 continues to read as follows:",
        "2. Section 999.1 is amended by:",
        "a. Revising paragraph (a); and",
        "b. Adding paragraph (c).",
        "3. Revise § 999.2 frobnicating everything to read as follows:",
    )
    return Expression(
        work=ACT,
        as_of=on(20),
        recipe="us_federal_register/1",
        kind="document",
        title="A rule",
        provisions=tuple(
            Provision(eid=f"p{number}", unit="paragraph", text=text) for number, text in enumerate(texts)
        ),
        facts=(Fact(name="cfr_part", value="15/999"), Fact(name="effective", value=on(25).isoformat())),
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    assert CliRunner().invoke(cli, ["init", str(tmp_path / "here")]).exit_code == 0
    before = edition(
        item("999.1", "", item("999.1.a", "old"), item("999.1.b", "same"), unit="section"),
        item("999.3", "x"),
        days=10,
    )
    after = edition(item("999.1", "", item("999.1.a", "new"), item("999.1.b", "same"), unit="section"), item("999.3", "y"), days=30)  # fmt: skip
    with Archive.open(tmp_path / "here" / "archive") as archive, archive.transaction():
        publish(archive, before)
        publish(archive, rule(), hours=1)
        publish(archive, after, hours=2)
        record(
            archive,
            replace(transition(30, work=WORK), before=on(10), after=on(30)),
            compare(before, after),
            language="en",
        )
    return tmp_path / "here"


def test_an_act_is_told_instruction_by_instruction_and_then_what_nobody_announced(folder: Path) -> None:
    answer = CliRunner().invoke(cli, ["--config", str(folder / "tocsin.toml"), "amendments", ACT])
    assert answer.exit_code == 0
    lines = answer.stdout.splitlines()
    assert [line.split()[0] for line in lines[:4]] == ["unchecked", "found", "missing", "unchecked"]
    assert "15 CFR 999.1(a)" in lines[1]
    assert f"looked at up to the edition of {on(30)}" in lines[2]
    assert "the instruction was not understood" in lines[3]
    assert lines[-1].startswith("4 announced: 1 found, 1 missing, 0 awaited, 2 unchecked")


def test_as_json_and_by_work(folder: Path) -> None:
    answer = CliRunner().invoke(cli, ["--config", str(folder / "tocsin.toml"), "amendments", WORK, "--json"])
    rows = [json.loads(line) for line in answer.stdout.splitlines()]
    assert {(row["state"], row["eid"]) for row in rows if row["state"] in ("found", "missing")} == {
        ("found", "999.1.a"),
        ("missing", "999.1.c"),
    }
    with Archive.open(folder / "archive", read_only=True) as archive:
        by_work, by_act = compared(archive, work=WORK), compared(archive, act=ACT)
    assert by_work.unannounced == by_act.unannounced == (), (
        "the instruction that was not understood may say it"
    )


def test_a_work_that_is_not_held_is_told(folder: Path) -> None:
    answer = CliRunner().invoke(cli, ["--config", str(folder / "tocsin.toml"), "amendments", "us/fr/1"])
    assert answer.exit_code != 0
    assert "is not held" in str(answer.exception)
