"""``tocsin watch explain`` and ``backtest``, as a person runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.tocsin.program import Installation, install

LIST = "us/cfr/15/774/supp-1"


def line(eid: str, text: str, **given: str) -> str:
    return json.dumps({"eid": eid, "unit": "entry" if "." not in eid else "item", "text": text, **given})


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    tmp_path = tmp_path_factory.mktemp("watch")
    place = install(tmp_path / "tocsin")
    place.watch(chips={"eccn": ["3A090"]}, rockets={"eccn": ["9A004"]})
    for day, limit in (("2026-01-05", "4800"), ("2026-02-02", "2400"), ("2026-03-02", "1200")):
        file = tmp_path / f"{day}.jsonl"
        file.write_text(
            f"{line('3A090', '', heading='Integrated circuits of this test')}\n"
            f"{line('3A090.a', f'A performance of {limit} or more', parent='3A090')}\n"
            f"{line('3A991', 'Computers of this test')}\n"
        )
        place.run("ingest", "--as-of", day, "--format", "provisions", "--work", LIST, str(file))
    return place


def test_a_back_test_says_what_was_told_and_what_would_have_been(place: Installation, tmp_path: Path) -> None:
    told = [alert for alert in place.alerts() if alert["watch"] == "chips"]
    tried = json.loads(place.run("watch", "backtest", "chips", "--since", "2026-01-01", "--json").stdout)
    assert tried["alerts"] == len(told) == 2
    assert [alert["day"] for alert in tried["fired"]] == ["2026-02-02", "2026-03-02"]
    assert tried["weeks"] == {"2026-02-02": 1, "2026-03-02": 1}

    silent = place.run("watch", "backtest", "rockets", "--since", "2026-01-01")
    assert silent.stdout.startswith("rockets: 0 alerts on 0 changes from 2026-01-01 to ")
    assert "warning: rockets: silent" in silent.stderr

    draft = tmp_path / "draft.toml"
    draft.write_text((place.folder / "watches" / "watches.toml").read_text().replace('"chips"', '"new"'))
    lines = place.run("watch", "backtest", str(draft), "--since", "2026-02-15").stdout.splitlines()
    assert lines[0].startswith("new: 1 alerts on 1 changes from 2026-02-15")
    assert lines[1].startswith("  2026-03-02  1 changes: 15 CFR Part 774")


def test_explain_says_why_and_which_condition_failed(place: Installation) -> None:
    change = place.changes()[0]["id"]
    said = place.run("watch", "explain", change).stdout
    assert f"chips matches change {change}" in said
    assert f"rockets does not match change {change}" in said
    assert "FAILED  eccn = 9A004" in said
    assert "rockets" not in place.run("watch", "explain", change, "--watch", "chips").stdout


def test_what_is_not_there_is_told_with_what_is_near(place: Installation) -> None:
    assert (
        "The nearest is 'chips'"
        in place.run("watch", "backtest", "chip", "--since", "2026-01-01", status=2).stderr
    )
    assert "no such change" in place.run("watch", "explain", "nothing", status=2).stderr
    backwards = place.run(
        "watch", "backtest", "chips", "--since", "2026-02-01", "--until", "2026-01-01", status=2
    )
    assert "is before" in backwards.stderr


def test_the_history_tells_each_edit_of_a_watch_and_that_it_was_taken_out(tmp_path: Path) -> None:
    place = install(tmp_path / "tocsin")
    file = tmp_path / "list.jsonl"
    for day, watches in (
        ("2026-01-05", {"chips": {"eccn": ["3A090"]}}),
        ("2026-01-06", {"chips": {"eccn": ["3A090"]}}),
        ("2026-01-07", {"chips": {"eccn": ["3A090", "4A090"]}}),
        ("2026-01-08", {"rockets": {"eccn": ["9A004"]}}),
    ):
        place.watch(**watches)
        file.write_text(line("3A090", f"Circuits of {day}") + "\n")
        place.run("ingest", "--as-of", day, "--format", "provisions", "--work", LIST, str(file))
    told = [said.split("  ", 1)[1] for said in place.run("watch", "history").stdout.splitlines()]
    assert [said.split(":")[0] for said in told] == [
        "chips  new",
        "chips  edited",
        "rockets  new",
        "chips  taken out",
    ]
    assert told[1] == 'chips  edited: eccn = ["3A090", "4A090"]'
    assert len(place.run("watch", "history", "rockets").stdout.splitlines()) == 1
    assert "ever in force" in place.run("watch", "history", "boats", status=2).stderr


def test_watches_are_generated_from_items(place: Installation, tmp_path: Path) -> None:
    items, made = tmp_path / "items.csv", tmp_path / "made.toml"
    items.write_text("product,control_number\nAccelerator,3A090.a\n")
    options = ("--owner", "desk@example.org", "--matter", "T-1", "--notify", "console:")
    made.write_text(place.run("watch", "generate", str(items), *options).stdout)
    assert place.run("watch", "test", str(made)).stdout.startswith("item Accelerator  owner desk@example.org")


def test_watches_of_the_front_end_are_versions_with_an_author_and_are_exported_as_files(
    tmp_path: Path,
) -> None:
    place = install(tmp_path / "tocsin")
    place.watch(rockets={"eccn": ["9A004"]})
    draft = tmp_path / "draft.toml"
    draft.write_text((place.folder / "watches" / "watches.toml").read_text().replace("rockets", "chips"))
    assert "1 of 1" in place.run("watch", "put", str(draft), "--author", "Ann").stdout
    assert "0 of 1" in place.run("watch", "put", str(draft), "--author", "Bo").stdout
    listed = place.run("watch", "list").stdout.splitlines()
    assert [line.split()[0] for line in listed] == ["rockets", "chips"]
    assert listed[1].endswith("(front end, by Ann)")
    for day, text in (("2026-01-05", "Motors"), ("2026-01-06", "Engines")):
        file = tmp_path / "list.jsonl"
        file.write_text(line("9A004", text) + "\n")
        place.run("ingest", "--as-of", day, "--format", "provisions", "--work", LIST, str(file))
    assert [alert["watch"] for alert in place.alerts()] == ["chips", "rockets"]

    exported = place.folder / "watches" / "chips.toml"
    exported.write_text(place.run("watch", "export", "chips").stdout)
    said = place.run("watch", "list")
    assert [one.split()[0] for one in said.stdout.splitlines()] == ["chips", "rockets"]
    assert "gives way to that of the files" in said.stderr
    exported.unlink()
    place.run("watch", "remove", "chips", "--author", "Bo")
    assert "the front end has no such watch" in place.run("watch", "export", "chips", status=2).stderr
    history = [one.split("  ", 1)[1] for one in place.run("watch", "history", "chips").stdout.splitlines()]
    assert history[0].startswith("chips  new by Ann: ")
    assert history[-1] == "chips  taken out by Bo"
