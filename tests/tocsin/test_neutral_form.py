"""Texts in the neutral form: taken in, compared, shown, written out again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.tocsin.program import Installation, install
from tocsin.demo.server import editions

WORK = "xx/demo/list"


@pytest.fixture
def place(tmp_path: Path) -> Installation:
    place = install(tmp_path / "tocsin")
    place.watch(thai={"countries": ["TH"]})
    return place


def ingest(place: Installation, day: str, *rows: tuple[str, str | None, str], status: int = 0) -> str:
    keys = ("eid", "parent", "text")
    lines = [json.dumps(dict(zip(keys, row, strict=True)), ensure_ascii=False) + "\n" for row in rows]
    (place.folder / f"{day}.jsonl").write_text("".join(lines), encoding="utf-8")
    arguments = ("--format", "provisions", "--work", WORK, "--as-of", day, f"{day}.jsonl")
    return place.run("ingest", *arguments, status=status).stderr


FIRST = [("1", None, "Countries:"), ("1.1", "1", "Iceland"), ("1.2", "1", "Uruguay")]


def test_an_insertion_is_told_once(place: Installation) -> None:
    ingest(place, "2026-01-01", *FIRST)
    ingest(place, "2026-02-01", *FIRST, ("1.3", "1", "Thailand"))
    (change,) = place.changes()
    assert (change["kind"], change["old_eid"], change["new_eid"]) == ("insertion", None, "1.3")
    assert (change["before"], change["after"]) == ("2026-01-01", "2026-02-01")
    assert [alert["watch"] for alert in place.alerts()] == ["thai"]
    ingest(place, "2026-02-01", *FIRST, ("1.3", "1", "Thailand"))
    assert len(place.alerts()) == 1
    assert place.changes("--touching", "country:TH") == [change]
    assert place.changes("--touching", "country:FR") == []


def test_an_older_edition_is_history_and_alerts_nobody(place: Installation) -> None:
    ingest(place, "2026-03-01", *FIRST, ("1.3", "1", "Thailand"))
    ingest(place, "2026-01-01", *FIRST)
    assert place.alerts() == []
    (change,) = place.changes()
    assert (change["before"], change["after"], change["text_after"]) == (
        "2026-01-01",
        "2026-03-01",
        "Thailand",
    )


def test_an_edition_in_between_is_told_by_its_two_steps(place: Installation) -> None:
    ingest(place, "2026-01-01", *FIRST)
    ingest(place, "2026-03-01", *FIRST, ("1.3", "1", "Thailand"), ("1.4", "1", "France"))
    ingest(place, "2026-02-01", *FIRST, ("1.3", "1", "Thailand"))
    steps = [(change["before"], change["after"], change["text_after"]) for change in place.changes()]
    assert sorted(steps) == [
        ("2026-01-01", "2026-02-01", "Thailand"),
        ("2026-02-01", "2026-03-01", "France"),
    ]
    assert len(place.alerts()) == 1


def test_shrinkage_only_warns_for_a_text_that_a_person_made(place: Installation) -> None:
    ingest(place, "2026-01-01", *FIRST)
    assert "shrank" in ingest(place, "2026-02-01", FIRST[0])
    assert {change["kind"] for change in place.changes()} == {"repeal"}


def test_what_is_exported_can_be_ingested_and_is_the_same(place: Installation) -> None:
    ingest(place, "2026-01-01", *FIRST)
    exported = place.run("export", WORK).stdout
    assert [json.loads(line)["text"] for line in exported.splitlines()] == [
        "Countries:",
        "Iceland",
        "Uruguay",
    ]
    (place.folder / "again.jsonl").write_text(exported)
    place.run("ingest", "--format", "provisions", "--work", WORK, "--as-of", "2026-02-01", "again.jsonl")
    assert place.changes() == []


def test_a_japanese_text_keeps_its_language_when_little_of_it_is_said(place: Installation) -> None:
    first = [("1", None, "輸出の許可を受けなければならない。"), ("2", None, "1000")]
    ingest(place, "2026-01-01", *first)
    ingest(place, "2026-02-01", ("1", None, "輸出許可必要"), ("2", None, "2000"))
    assert {change["new_eid"] for change in place.changes()} == {"1", "2"}


def test_show_and_diff_print_what_stood_and_what_changed(place: Installation) -> None:
    ingest(place, "2026-01-01", *FIRST)
    ingest(place, "2026-02-01", *FIRST, ("1.3", "1", "Thailand"))
    assert "Thailand" not in place.run("show", WORK, "--on", "2026-01-15").stdout
    assert "Thailand" in place.run("show", f"{WORK}#1.3").stdout
    assert "[+Thailand+]" in place.run("diff", WORK, "2026-01-01", "2026-02-01").stdout
    assert "no edition" in place.run("show", WORK, "--on", "2025-01-01", status=2).stderr


def test_what_a_source_gave_can_be_handed_back_in_the_neutral_form(place: Installation) -> None:
    (place.folder / "tocsin.toml").write_text('[sources.us_ecfr]\nparts = ["15/799"]\n')
    (first, body), (second, _) = editions().items()
    (place.folder / "first.xml").write_bytes(body)
    place.run("ingest", "--source", "us_ecfr", "--as-of", str(first), "first.xml")
    work = "us/cfr/15/799"
    (place.folder / "same.jsonl").write_text(place.run("export", work).stdout)
    handed = ("ingest", "--format", "provisions", "--work", work, "--as-of", str(second), "same.jsonl")
    place.run(*handed)
    assert place.changes() == []
    assert place.run("export", work).stdout == (place.folder / "same.jsonl").read_text()
