"""Feeds as a subscriber gets them, from the command and from the front end."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest
from click.testing import CliRunner
from icalendar import Calendar

from archive import calendar
from archive.errors import BadInput
from archive.records import Fuse
from archive.store import Archive
from crawlers.card import source_cards
from tests.tocsin.program import Installation, install
from tocsin.cli import cli
from tocsin.demo.server import editions

WORK = "us/cfr/15/799"
FORMULA = "=HYPERLINK(&quot;http://evil.example&quot;)"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    place = install(tmp_path_factory.mktemp("feeds") / "tocsin")
    (place.folder / "tocsin.toml").write_text('[sources.us_ecfr]\nparts = ["15/799"]\n')
    place.watch(chips={"text": ["2400"]}, nothing={"text": ["nowhere to be found"]})
    for day, body in editions().items():
        (place.folder / f"{day}.xml").write_bytes(body.replace(b"Uruguay", FORMULA.encode()))
        place.run("ingest", "--source", "us_ecfr", "--as-of", str(day), f"{day}.xml")
    with Archive.open(place.folder / "archive") as archive:
        last = max(editions())
        calendar.keep(archive, WORK, [fuse("799.3.a", 30), fuse("app-A", 60)], as_of=last, seen=last)
    return place


def fuse(eid: str, days: int) -> Fuse:
    day = max(editions()) + timedelta(days=days)
    return Fuse(work=WORK, eid=eid, day=day, named=day, sort="stay ends", act="91 FR 1", words="stayed")


@pytest.fixture
def client(place: Installation) -> Iterator[Any]:
    from tocsin.config import load
    from tocsin.web.server import application

    config = load(place.folder / "tocsin.toml", known_sources=tuple(source_cards()))
    datasette = application(place.folder / "archive", config)
    yield datasette.client
    for database in datasette.databases.values():
        database.close() if hasattr(database, "close") else None


@pytest.fixture(scope="module")
def changes(place: Installation) -> list[dict[str, Any]]:
    return place.changes()


def command(place: Installation, *arguments: str) -> str:
    """What a command prints, run in this process: a new one takes seconds to start."""
    done = CliRunner().invoke(cli, ["--config", str(place.folder / "tocsin.toml"), *arguments])
    if done.exception:
        raise done.exception
    return done.stdout


def get(client: Any, path: str, **headers: str) -> Any:
    return asyncio.run(
        client.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    )


def ids(text: str) -> list[str]:
    read = feedparser.parse(text)
    assert not read.bozo
    return [entry.id.rpartition("/")[2] for entry in read.entries]


def test_the_feed_of_changes_has_those_of_weight_and_on_request_all(
    place: Installation, changes: list[dict[str, Any]]
) -> None:
    weighty = {change["id"] for change in changes if change["materiality"] == "substantive"}
    assert 0 < len(weighty) < len(changes)
    assert set(ids(command(place, "feed", "atom"))) == weighty
    every = ids(command(place, "feed", "atom", "--materiality", "technical"))
    assert set(every) == {change["id"] for change in changes}


def test_the_feed_of_a_watch_has_what_it_met(place: Installation, changes: list[dict[str, Any]]) -> None:
    met = {change["id"] for change in changes if "2400" in json.dumps(change["ops"])}
    assert met
    assert set(ids(command(place, "feed", "atom", "--watch", "chips"))) <= met
    assert ids(command(place, "feed", "atom", "--watch", "chips"))
    assert ids(command(place, "feed", "atom", "--watch", "nothing")) == []


def test_a_feed_of_a_source_and_since_a_day_leaves_the_rest_out(place: Installation) -> None:
    assert ids(command(place, "feed", "atom", "--source", "us_ecfr")) == ids(command(place, "feed", "atom"))
    assert ids(command(place, "feed", "atom", "--source", "eu_ai_act")) == []
    assert ids(command(place, "feed", "atom", "--since", "2100-01-01")) == []


def test_lines_are_the_objects_of_changes_with_title_citation_and_link(
    place: Installation, changes: list[dict[str, Any]]
) -> None:
    told = [json.loads(line) for line in command(place, "feed", "jsonl").splitlines()]
    assert [{key: one[key] for key in before} for one, before in zip(told, changes, strict=True)] == changes
    assert all(
        one["title"] and one["citation"] and one["link"].endswith(f"/change/{one['id']}") for one in told
    )


def days(ics: str) -> list[date]:
    return [event["dtstart"].dt for event in Calendar.from_ical(ics).walk("VEVENT")]


def test_the_calendar_is_read_back(place: Installation, tmp_path: Path) -> None:
    since = str(max(editions()))
    path = tmp_path / "law.ics"
    command(place, "feed", "ics", "--since", since, "-o", str(path))
    listed = command(place, "calendar", "--since", since, "--json").splitlines()
    assert len(listed) == 2
    assert days(path.read_bytes().decode()) == [
        date.fromisoformat(json.loads(line)["day"]) for line in listed
    ]


def test_the_calendar_of_a_watch_or_a_source_has_its_dates(place: Installation) -> None:
    since = str(max(editions()))
    both = days(command(place, "feed", "ics", "--since", since))
    assert days(command(place, "feed", "ics", "--since", since, "--watch", "chips")) == both[:1]
    assert days(command(place, "feed", "ics", "--since", since, "--watch", "nothing")) == []
    assert days(command(place, "feed", "ics", "--since", since, "--source", "us_ecfr")) == both
    assert days(command(place, "feed", "ics", "--since", since, "--source", "eu_ai_act")) == []


def test_a_file_is_written_whole_or_not_at_all(place: Installation, tmp_path: Path) -> None:
    path = tmp_path / "changes.atom"
    path.write_text("old")
    command(place, "feed", "atom", "-o", str(path))
    assert ids(path.read_text(encoding="utf-8"))
    assert path.stat().st_mode & 0o777 == 0o644
    assert [one.name for one in tmp_path.iterdir()] == ["changes.atom"]
    with pytest.raises(BadInput, match="See that its folder is there"):
        command(place, "feed", "atom", "-o", str(tmp_path / "no" / "such.atom"))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--watch", "chip"), "The nearest is 'chips'"),
        (("--source", "us_ecfrr"), "The nearest is 'us_ecfr'"),
        (("--since", "yesterday"), "is not a date"),
    ],
)
def test_what_is_not_there_is_told(place: Installation, options: tuple[str, ...], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        command(place, "feed", "atom", *options)


@pytest.mark.parametrize(
    ("path", "content_type"),
    [
        ("/feeds/changes.atom", "application/atom+xml; charset=utf-8"),
        ("/feeds/watch/chips.atom", "application/atom+xml; charset=utf-8"),
        ("/feeds/source/us_ecfr.atom", "application/atom+xml; charset=utf-8"),
        ("/feeds/calendar.ics", "text/calendar; charset=utf-8"),
        ("/feeds/changes.jsonl", "application/jsonl; charset=utf-8"),
    ],
)
def test_each_feed_says_what_it_is_and_that_nothing_newer_is_there(
    client: Any, path: str, content_type: str
) -> None:
    answer = get(client, path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == content_type
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    again = get(client, path, if_none_match=answer.headers["etag"])
    assert (again.status_code, again.text) == (304, "")


def test_the_front_end_serves_what_the_command_writes(client: Any, place: Installation) -> None:
    assert ids(get(client, "/feeds/changes.atom").text) == ids(command(place, "feed", "atom"))
    assert ids(get(client, "/feeds/watch/chips.atom").text) == ids(
        command(place, "feed", "atom", "--watch", "chips")
    )
    assert get(client, "/feeds/changes.jsonl").text == command(place, "feed", "jsonl")


def test_pages_of_a_feed_join_to_all_of_it(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = ids(get(client, "/feeds/changes.atom?materiality=technical").text)
    monkeypatch.setattr("tocsin.feeds.PAGE", 3)
    monkeypatch.setattr("tocsin.web.feeds.LINES", 3)
    path, found = "/feeds/changes.atom?materiality=technical", []
    while path:
        text = get(client, path).text
        found.append(ids(text))
        following = [link.href for link in feedparser.parse(text).feed.links if link.rel == "next"]
        path = following[0].partition("://")[2].partition("/")[2] if following else ""
        path = f"/{path}" if path else ""
    assert len(found) > 1
    assert [one for page in found for one in page] == whole
    lines, path = [], "/feeds/changes.jsonl"
    while path:
        answer = get(client, path)
        lines += [json.loads(line)["id"] for line in answer.text.splitlines()]
        link = answer.headers.get("link", "")
        path = (
            "/" + link.removeprefix("<").partition(">")[0].partition("://")[2].partition("/")[2]
            if link
            else ""
        )
    assert sorted(lines) == sorted(whole)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/feeds/watch/nobody.atom", 404),
        ("/feeds/source/nothing.atom", 404),
        ("/feeds/changes.atom?page=none", 400),
        ("/feeds/changes.atom?since=yesterday", 400),
        ("/feeds/changes.jsonl?materiality=heavy", 400),
        ("/feeds/changes.rss", 404),
    ],
)
def test_what_is_not_there_is_not_served(client: Any, path: str, status: int) -> None:
    assert get(client, path).status_code == status


def test_a_table_saved_as_csv_runs_no_formula(client: Any) -> None:
    for path in ("/archive/text.csv?_size=max", "/archive/text.csv?_size=max&_dl=1"):
        answer = get(client, path)
        assert answer.status_code == 200
        cells = [cell for row in csv.reader(io.StringIO(answer.text)) for cell in row]
        assert [cell for cell in cells if "HYPERLINK" in cell]
        assert [cell for cell in cells if cell.startswith("=")] == []
        assert [cell for cell in cells if cell.startswith("'=HYPERLINK")]
