"""``tocsin alerts``: what is owed to whom, why it waits or failed, what was said; tried again, acknowledged, muted."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from alerts.watches import load_watches
from archive import outbox
from archive.errors import BadInput
from archive.store import Archive
from tocsin.cli import cli
from tocsin.config import load
from tocsin.demo.server import editions
from tocsin.schedule import Schedule

CONFIG = """
[sources.us_ecfr]
parts = ["15/799"]
[people]
ann = { address = "ann@example.org", zone = "Europe/Brussels", quiet = "19:00-08:00", deputy = "bo", roundup = "08:30" }
bo = { address = "bo@example.org", notify = ["file:bo.jsonl"] }
[targets]
log = "file:alerts.jsonl"
gone = "env:NOWHERE"
[alerts]
operators = ["file:operators.jsonl"]
escalate_after = "4h"
"""
WATCH = '[[watch]]\nname = "{}"\nowner = "{}"\nreason = "r"\nmatter = "m"\ncountries = ["TH"]\nnotify = {}\nrate = "{}"\n'
WORK = "us/cfr/15/799"


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The program in this process, in a folder, at an instant of its clock."""

    folder: Path
    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]

    def run(self, *arguments: str, status: int = 0) -> str:
        """What a command prints."""
        self.capsys.readouterr()
        config = str(self.folder / "tocsin.toml")
        done = cli.main(["--config", config, *arguments], prog_name="tocsin", standalone_mode=False)
        printed = self.capsys.readouterr()
        assert (done or 0) == status, printed
        return printed.out + printed.err

    def objects(self, *arguments: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.run(*arguments, "--json").splitlines()]

    def clock(self, instant: str) -> None:
        self.monkeypatch.setenv("TOCSIN_NOW", instant)

    def ingest(self, status: int = 0) -> None:
        """Both editions of the demonstration part, the second of which inserts Thailand."""
        for day, body in editions().items():
            file = self.folder / f"{day}.xml"
            file.write_bytes(body)
            last = status if day == max(editions()) else 0
            self.run("ingest", "--source", "us_ecfr", "--as-of", str(day), str(file), status=last)

    def lines(self, name: str = "alerts.jsonl") -> list[dict[str, Any]]:
        path = self.folder / name
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    def watches(self, *given: tuple[str, str, list[str], str]) -> None:
        text = "".join(
            WATCH.format(name, owner, json.dumps(notify), rate) for name, owner, notify, rate in given
        )
        (self.folder / "watches" / "w.toml").write_text(text)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    monkeypatch.setenv("TOCSIN_HOSTS", '{"www.ecfr.gov": "http://127.0.0.1:9"}')
    monkeypatch.delenv("NOWHERE", raising=False)
    (tmp_path / "tocsin.toml").write_text(CONFIG)
    (tmp_path / "watches").mkdir()
    Archive.create(tmp_path / "archive").close()
    made = Desk(folder=tmp_path, monkeypatch=monkeypatch, capsys=capsys)
    made.watches(("thai", "ann", ["log"], "now"))
    made.clock("2026-06-18T10:00:00+00:00")
    return made


def test_alerts_are_listed_by_what_they_are_and_shown_whole(desk: Desk) -> None:
    desk.watches(("thai", "ann", ["log"], "now"), ("other", "carl@example.org", ["file:c.jsonl"], "now"))
    desk.ingest()
    assert len(desk.objects("alerts", "list")) == 2
    (one,) = desk.objects(
        "alerts", "list", "--person", "ann", "--watch", "thai", "--source", "us_ecfr", "--state", "sent"
    )
    assert (one["target"], one["attempts"], one["possible_repeat"]) == ("log", 1, False)
    assert desk.objects("alerts", "list", "--source", "jp_egov") == []
    assert desk.objects("alerts", "list", "--state", "dead") == []
    line = desk.run("alerts", "list", "--person", "ann")
    assert line.startswith(one["key"][:12])
    assert "“thai” of ann" in line
    (whole,) = desk.objects("alerts", "show", one["key"][:8])
    assert [attempt["outcome"] for attempt in whole["tried"]] == ["sent"]
    assert "Thailand" in whole["body"]
    shown = desk.run("alerts", "show", one["key"])
    assert f"change       {one['changes'][0]} ({WORK})" in shown
    assert whole["body"].strip() in shown


def test_a_dead_letter_is_an_incident_until_it_was_tried_again_with_success(desk: Desk) -> None:
    desk.watches(("thai", "carl@example.org", ["gone"], "now"))
    desk.ingest(status=1)
    for day in range(19, 19 + outbox.MAX_ATTEMPTS - 1):
        desk.clock(f"2026-06-{day}T10:00:00+00:00")
        desk.run("alerts", "send", status=1)
    assert "the environment variable NOWHERE is empty or not set" in desk.run(
        "alerts", "list", "--state", "dead"
    )
    assert [line["title"] for line in desk.lines("operators.jsonl")] == ["Incidents: 1 opened"]
    assert desk.run("alerts", "send") == "", "a dead letter is told once and not at each round"
    desk.monkeypatch.setenv("NOWHERE", "json://127.0.0.1:9/")
    (desk.folder / "tocsin.toml").write_text(CONFIG.replace("env:NOWHERE", "file:late.jsonl"))
    assert "1 owed again" in desk.run("alerts", "retry", "--dead", "--target", "gone")
    desk.run("alerts", "send")
    assert len(desk.lines("late.jsonl")) == 1
    assert [line["title"] for line in desk.lines("operators.jsonl")][-1] == "Incidents: 1 closed"
    with pytest.raises(BadInput, match="it is sent.*Only a dead or failed one"):
        desk.run("alerts", "retry", desk.objects("alerts", "list", "--watch", "thai")[0]["key"])
    with pytest.raises(BadInput, match="which ones"):
        desk.run("alerts", "retry")


def test_in_quiet_hours_it_is_held_and_says_until_when(desk: Desk) -> None:
    desk.clock("2026-06-19T18:00:00+00:00")
    desk.ingest()
    assert desk.lines() == []
    (held,) = desk.objects("alerts", "list", "--state", "held")
    assert held["why"] == "it waits for the next working hour of ann, until 2026-06-22 06:00 UTC"
    assert "held         2026-06-19 18:00 UTC, until 2026-06-22 06:00 UTC: hours" in desk.run(
        "alerts", "show", held["key"]
    )
    desk.clock("2026-06-22T06:00:00+00:00")
    desk.run("alerts", "send")
    assert len(desk.lines()) == 1


def test_a_daily_watch_is_gathered_and_says_into_what(desk: Desk) -> None:
    desk.watches(("thai", "ann", ["log"], "daily"))
    desk.ingest()
    desk.clock("2026-06-19T06:30:00+00:00")
    desk.run("alerts", "send")
    (line,) = desk.lines()
    assert line["title"] == "Daily round-up of 2026-06-19: 1 alert"
    (gathered,) = desk.objects("alerts", "list", "--state", "gathered")
    assert f"told by message {line['message_id'][:12]}" in gathered["why"]


def test_what_was_acknowledged_stays_written_and_what_was_not_goes_to_the_deputy(desk: Desk) -> None:
    desk.ingest()
    (one,) = desk.objects("alerts", "list")
    desk.clock("2026-06-19T10:00:00+00:00")
    assert len(desk.objects("alerts", "list", "--state", "overdue")) == 1
    desk.run("alerts", "send")
    (told,) = desk.lines("bo.jsonl")
    assert told["title"].startswith("Not acknowledged by ann: ")
    assert f"tocsin alerts ack {one['key'][:10]}" in told["body"]
    assert "acknowledged by bo" in desk.run(
        "alerts", "ack", one["key"][:12], "--person", "bo@example.org", "--note", "read"
    )
    (whole,) = desk.objects("alerts", "show", one["key"])
    assert [(ack["owner"], ack["person"], ack["note"]) for ack in whole["acknowledged"]] == [
        ("ann", "bo", "read")
    ]
    with pytest.raises(BadInput, match="nobody is called 'bob'.*The nearest of .people. is 'bo'"):
        desk.run("alerts", "ack", one["key"], "--person", "bob")


@pytest.mark.parametrize("what", [("--watch", "thai"), ("--document", WORK), ("--document", "us/cfr/15")])
def test_what_is_muted_is_listed_as_such_and_comes_with_the_next_round_up(
    desk: Desk, what: tuple[str, str]
) -> None:
    said = ("--person", "ann", "--until", "2026-07-01", "--reason", "known")
    written = desk.run("alerts", "mute", *what, *said, "--by", "bo")
    assert written.strip() == f"1: {what[0][2:]} {what[1]}, muted for ann until 2026-07-01 by bo: known"
    desk.ingest()
    assert desk.lines() == []
    (muted,) = desk.objects("alerts", "list", "--state", "muted")
    assert "by bo: known" in muted["why"]
    desk.clock("2026-06-19T06:30:00+00:00")
    desk.run("alerts", "send")
    assert "muted for ann until 2026-07-01 by bo: known" in desk.lines()[0]["body"]
    assert len(desk.objects("alerts", "mutes")) == 1
    assert "taken back" in desk.run("alerts", "unmute", "1")
    assert desk.run("alerts", "mutes") == ""
    assert "taken back 2026-06-19" in desk.run("alerts", "mutes", "--all")


def test_a_mute_says_of_what_and_until_a_day_to_come(desk: Desk) -> None:
    said = ("--person", "ann", "--reason", "known")
    with pytest.raises(BadInput, match="what is to be muted"):
        desk.run("alerts", "mute", *said, "--until", "2026-07-01")
    with pytest.raises(BadInput, match="2026-06-18 is no day to come"):
        desk.run("alerts", "mute", *said, "--until", "2026-06-18", "--watch", "thai")
    with pytest.raises(BadInput, match="the archive has no such event"):
        desk.run("alerts", "mute", *said, "--until", "2026-07-01", "--event", "abc")
    with pytest.raises(BadInput, match="is not the path of a work"):
        desk.run("alerts", "mute", *said, "--until", "2026-07-01", "--document", "Part 799")


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ('quiet = "19:00-08:00"', 'quiet = "19-8"', "people.ann.quiet"),
        ('roundup = "08:30"', 'roundup = "25:00"', "people.ann.roundup"),
        ('deputy = "bo"', 'deputy = "ann"', "people.ann.deputy"),
        ('deputy = "bo"', 'working_days = ["monday"]', "people.ann.working_days"),
        ('deputy = "bo"', "working_days = []", "people.ann.working_days"),
        ('notify = ["file:bo.jsonl"]', 'notify = ["lgo"]', "people.bo.notify"),
        ('operators = ["file:operators.jsonl"]', 'operators = ["slack://secret"]', "alerts.operators"),
        ('escalate_after = "4h"', 'escalate_after = "soon"', "alerts.escalate_after"),
        ('escalate_after = "4h"', 'unstable = "2"', "alerts.unstable"),
        ('escalate_after = "4h"', 'acknowledge = ["grave"]', "alerts.acknowledge"),
    ],
)
def test_mistakes_of_the_configuration_name_their_place(
    desk: Desk, before: str, after: str, place: str
) -> None:
    assert before in CONFIG
    (desk.folder / "tocsin.toml").write_text(CONFIG.replace(before, after))
    with pytest.raises(BadInput) as refused:
        load(desk.folder / "tocsin.toml", known_sources=("us_ecfr",), environment={})
    assert refused.value.place == place
    assert refused.value.mend
    assert "secret" not in refused.value.line()


@pytest.mark.parametrize(("key", "value"), [("rate", '"hourly"'), ("rate", "3"), ("acknowledge", '"yes"')])
def test_mistakes_of_a_watch_name_their_line(desk: Desk, key: str, value: str) -> None:
    file = desk.folder / "watches" / "w.toml"
    text = WATCH.format("thai", "ann", '["log"]', "now").replace('rate = "now"\n', "")
    file.write_text(f"{text}{key} = {value}\n")
    with pytest.raises(BadInput, match=f"key {key}, line 8"):
        load_watches(file, people=("ann",), targets=("log",))


def test_a_template_of_the_configuration_can_be_used_as_it_is_written(desk: Desk) -> None:
    fresh = desk.folder / "fresh"
    cli.main(["init", str(fresh)], prog_name="tocsin", standalone_mode=False)
    text = (fresh / "tocsin.toml").read_text()
    for key in (
        "operators",
        "escalate_after",
        "acknowledge",
        "unstable",
        "ann ",
        "bo ",
        "legal-mail",
        "log ",
    ):
        assert f"# {key}" in text
        text = text.replace(f"# {key}", key)
    (fresh / "tocsin.toml").write_text(text)
    config = load(fresh / "tocsin.toml", known_sources=("us_ecfr", "us_federal_register"), environment={})
    assert config.alerts.operators == ("log",)
    assert config.alerts.person("ann@example.org").hours.zone == "Europe/Brussels"
    assert config.alerts.people["bo"].hours.working_days == frozenset(range(4))


def test_what_waits_for_its_hour_is_sent_between_the_rounds_of_the_sources(tmp_path: Path) -> None:
    assert Schedule(tmp_path / "tocsin.toml", ()).jobs() == {"alerts": ("alerts", "send")}
