"""Bad input: one clear line that names the file, the place and the mend; exit status 2; nothing written."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from tests.tocsin.program import Installation, install, tocsin
from tocsin.demo.server import editions

EDITION = next(iter(editions().values()))


@pytest.fixture
def place(tmp_path: Path) -> Installation:
    place = install(tmp_path / "tocsin")
    place.watch(chips={"eccn": ["3A090"]})
    config = place.folder / "tocsin.toml"
    config.write_text('[sources.us_ecfr]\nparts = ["15/799"]\n')
    return place


def contents(place: Installation) -> list[tuple[object, ...]]:
    """Everything that the archive holds, row by row."""
    with sqlite3.connect(place.folder / "archive" / "archive.db") as database:
        tables = [
            row[0]
            for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        ]
        return [row for table in tables for row in database.execute(f'SELECT * FROM "{table}"')]


def refused(place: Installation, *arguments: str) -> str:
    """The one line of a refusal; the archive has to be as it was."""
    before = contents(place)
    done = place.run(*arguments, status=2)
    assert contents(place) == before
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    return line


def test_a_missing_file_is_named(place: Installation) -> None:
    line = refused(place, "ingest", "--source", "us_ecfr", "--as-of", "2026-01-05", "nowhere.xml")
    assert "nowhere.xml" in line
    assert "no such file" in line


@pytest.mark.parametrize(
    "body", [b"", b"hello", b"<html><body>Request Access</body></html>", EDITION[: len(EDITION) // 2]]
)
def test_a_file_that_is_no_part_is_named(place: Installation, body: bytes) -> None:
    (place.folder / "bad.xml").write_bytes(body)
    assert "bad.xml" in refused(place, "ingest", "--source", "us_ecfr", "--as-of", "2026-01-05", "bad.xml")


def test_a_part_that_is_not_watched_is_refused(place: Installation) -> None:
    (place.folder / "other.xml").write_bytes(EDITION.replace(b"799", b"299"))
    line = refused(place, "ingest", "--source", "us_ecfr", "--as-of", "2026-01-05", "other.xml")
    assert "other.xml" in line
    assert "299" in line


def test_a_good_file_beside_a_bad_one_is_not_taken_either(place: Installation) -> None:
    (place.folder / "good.xml").write_bytes(EDITION)
    (place.folder / "bad.xml").write_bytes(b"")
    refused(place, "ingest", "--source", "us_ecfr", "--as-of", "2026-01-05", "good.xml", "bad.xml")


@pytest.mark.parametrize(
    ("watch", "said"),
    [
        ({"ecn": ["3A090"]}, "eccn"),
        ({"eccn": ["3Z090"]}, "3Z090"),
        ({"countries": ["Thailnd"]}, "Thailand"),
        ({"notify": ["slak"]}, "slak"),
        ({"materiality": ["big"]}, "big"),
    ],
)
def test_a_faulty_watch_is_named_with_its_place(
    place: Installation, watch: dict[str, object], said: str
) -> None:
    place.watch(faulty=watch)
    (place.folder / "good.xml").write_bytes(EDITION)
    line = refused(place, "ingest", "--source", "us_ecfr", "--as-of", "2026-01-05", "good.xml")
    assert "watches.toml" in line
    assert "line" in line
    assert said in line


def test_a_possible_code_that_is_in_no_list_is_a_warning(place: Installation) -> None:
    place.watch(weights={"eccn": ["4E999"]})
    (place.folder / "good.xml").write_bytes(EDITION)
    done = place.run("ingest", "--source", "us_ecfr", "--as-of", "2026-01-05", "good.xml")
    assert "4E999" in done.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[sorces]\n", "sorces"),
        ("[sources.us_ecrf]\n", "us_ecfr"),
        ('[sources.us_ecfr]\nprats = ["15/799"]\n', "parts"),
        ('[people]\nann = { address = "nobody" }\n', "people.ann"),
        ('[people]\nann = { address = "a@b.org", zone = "Europe/Brusels" }\n', "Europe/Brusels"),
        ('[hosts]\n"www.ecfr.gov" = "nowhere"\n', "hosts.www.ecfr.gov"),
        ("contact = \n", "TOML"),
    ],
)
def test_a_faulty_configuration_is_named_with_its_place(place: Installation, text: str, said: str) -> None:
    (place.folder / "tocsin.toml").write_text(text)
    (place.folder / "good.xml").write_bytes(EDITION)
    line = refused(place, "ingest", "--source", "us_ecfr", "--as-of", "2026-01-05", "good.xml")
    assert "tocsin.toml" in line or "us_ecfr" in line
    assert said in line


def test_an_archive_of_a_newer_schema_is_not_touched(place: Installation) -> None:
    with sqlite3.connect(place.folder / "archive" / "archive.db") as database:
        database.execute("PRAGMA user_version = 9999")
    (place.folder / "good.xml").write_bytes(EDITION)
    line = refused(place, "ingest", "--source", "us_ecfr", "--as-of", "2026-01-05", "good.xml")
    assert "9999" in line


def test_no_configuration_says_how_to_make_one(tmp_path: Path) -> None:
    done = tocsin("run", "--once", folder=tmp_path)
    assert done.returncode == 2
    assert "tocsin init" in done.stderr


def test_init_does_not_touch_a_folder_with_something_in_it(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep")
    done = tocsin("init", str(tmp_path))
    assert done.returncode == 2
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_init_takes_an_empty_folder(tmp_path: Path) -> None:
    assert tocsin("init", str(tmp_path)).returncode == 0
    assert (tmp_path / "tocsin.toml").is_file()


def test_a_line_of_the_neutral_form_is_named(place: Installation) -> None:
    (place.folder / "a.jsonl").write_text(json.dumps({"eid": "1", "text": "x"}) + "\n{\n")
    line = refused(
        place, "ingest", "--format", "provisions", "--work", "xx/test/1", "--as-of", "2026-01-05", "a.jsonl"
    )
    assert "a.jsonl, line 2" in line


def test_a_clock_set_by_hand_is_refused_at_the_official_hosts(place: Installation) -> None:
    done = tocsin("run", "--once", folder=place.folder, environment={"TOCSIN_NOW": "2026-01-05"})
    assert done.returncode == 2
    assert "TOCSIN_HOSTS" in done.stderr
