"""The Country Groups that touches are found with: those of the archive, as they stood on the day of the edition."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.records import Change, Provision
from archive.store import Archive
from diffing.touches.country_sets import WORK
from tests.archive.building import edition, item, publish, transition
from tocsin.cli import cli
from tocsin.rederive import record
from tocsin.reference import reference_on


def _groups(*members: str) -> Provision:
    rows = [item(f"supp-1.group-D.{name}", f"{name} | X", unit="entry") for name in members]
    head = item("supp-1.group-D.head", "Country | [D:5]", unit="header")
    return item("supp-1.group-D", "", head, *rows, unit="table")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Archive.create(tmp_path / "archive") as archive:
        publish(archive, edition(_groups("China (PRC)7", "Iran"), work=WORK, days=10))
        publish(archive, edition(_groups("Iran", "Nicaragua"), work=WORK, days=40), hours=1)
    return tmp_path / "archive"


def test_the_sets_are_those_of_the_day_and_before_the_oldest_edition_those_of_the_oldest(
    folder: Path,
) -> None:
    with Archive.open(folder, read_only=True) as archive:
        for day, expected in (
            (date(2026, 1, 2), ("CN", "IR")),
            (date(2026, 1, 20), ("CN", "IR")),
            (date(2026, 3, 1), ("IR", "NI")),
            (None, ("IR", "NI")),
        ):
            assert reference_on(archive, day).sets_on(day) == {"D:5": expected}, day


def test_an_archive_without_the_supplement_resolves_nothing(tmp_path: Path) -> None:
    with Archive.create(tmp_path / "archive") as archive:
        assert reference_on(archive).groups == ()


def test_a_stored_change_touches_the_countries_behind_the_group_it_names(folder: Path) -> None:
    words = "Destinations in Country Group D:5."
    change = Change(
        kind="insertion", materiality="substantive", reason="", new_eid="999.1", unit="section", text_after=words, ops=(("+", words),)
    )  # fmt: skip
    with Archive.open(folder) as archive, archive.transaction():
        for day, expected in ((date(2026, 1, 20), {"CN", "IR"}), (date(2026, 3, 1), {"IR", "NI"})):
            (stored,) = record(archive, replace(transition(day.month), after=day), [change], language="en")
            assert {touch.id for touch in stored.touches if touch.via == "group:D:5"} == expected


def test_the_command_resolves_groups_by_the_archive_of_its_configuration(tmp_path: Path) -> None:
    runner = CliRunner()
    assert runner.invoke(cli, ["init", str(tmp_path / "here")]).exit_code == 0
    config = tmp_path / "here" / "tocsin.toml"
    text = "a destination in Country Group D:5"
    bare = runner.invoke(cli, ["--config", str(config), "touches", "-"], input=text)
    assert "not resolved" in bare.stderr
    with Archive.open(tmp_path / "here" / "archive") as archive:
        publish(archive, edition(_groups("Iran", "Nicaragua"), work=WORK, days=10))
    answer = runner.invoke(cli, ["--config", str(config), "touches", "--on", "2026-06-18", "-"], input=text)
    assert [row["id"] for row in json.loads(answer.stdout) if row["via"] == "group:D:5"] == ["IR", "NI"]


def test_the_command_takes_a_users_own_terms(tmp_path: Path) -> None:
    terms = tmp_path / "terms.toml"
    terms.write_text('photonics = ["photonic chip"]', encoding="utf-8")
    answer = CliRunner().invoke(cli, ["touches", "--terms", str(terms), "-"], input="a photonic chip")
    assert [(row["type"], row["id"]) for row in json.loads(answer.stdout)] == [("technology", "U:photonics")]
