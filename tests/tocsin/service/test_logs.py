"""The log: an event a line, in two forms, with the run it belongs to, with tracebacks, without secrets."""

from __future__ import annotations

import io
import json
import logging
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive import ledger
from archive.errors import TocsinError
from archive.store import Archive
from tests.archive.building import at
from tocsin.cli.crawl import log_outcome
from tocsin.flow import Outcome
from tocsin.progress import reporter
from tocsin.service import logs
from tocsin.service.cut_off import cut_off
from tocsin.service.masking import Mask
from tocsin.service.stopping import STATUS, Stopped

SECRET = "hunter2hunter2"
Log = Callable[[str], "Written"]


class Written:
    """A log that is written into memory."""

    def __init__(self, form: str) -> None:
        self.stream = io.StringIO()
        logs.set_up(form, Mask([SECRET]), self.stream)

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    @property
    def events(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]


@pytest.fixture
def log(log_given_back: None) -> Log:
    return Written


def test_json_is_an_object_a_line_with_the_run_that_is_bound(log: Log) -> None:
    written = log("json")
    with logs.bound(run=7, source="us_ecfr"):
        logs.log().info("run started", of={"what": ["a", 1]})
    logs.log().warning("alone", said="two\nlines")
    first, second = written.events
    assert list(first)[:5] == ["timestamp", "level", "event", "run", "source"]
    assert (first["run"], first["source"], first["level"], first["of"]) == (
        7,
        "us_ecfr",
        "info",
        {"what": ["a", 1]},
    )
    assert first["timestamp"].endswith("Z")
    assert "run" not in second
    assert second["said"] == "two\nlines"


def test_plain_is_key_and_value_on_one_line(log: Log) -> None:
    written = log("plain")
    with logs.bound(run=7):
        logs.log().info("run ended", counts={"published": 2}, said="two\nlines", by="x.y")
    (line,) = written.text.splitlines()
    assert 'level=info event="run ended" run=7' in line
    assert 'counts={"published": 2}' in line
    assert 'said="two\\nlines"' in line
    assert line.endswith("by=x.y")


@pytest.mark.parametrize("form", ["json", "plain"])
def test_a_traceback_is_one_event_with_its_run_and_without_secrets(
    log: Log, form: str, tmp_path: Path
) -> None:
    written = log(form)
    with Archive.create(tmp_path / "archive") as archive:
        run = ledger.start_run(archive, "us_ecfr", at=at(0), replayed=False)
        with (
            pytest.raises(ZeroDivisionError),
            logs.bound(run=run, source="us_ecfr"),
            cut_off(archive, run),
        ):
            raise ZeroDivisionError(f"of {SECRET}")
        (found,) = ledger.runs(archive)
    (line,) = written.text.splitlines()
    assert "Traceback (most recent call last)" in line
    assert ("run=1" in line) or ('"run": 1' in line)
    assert SECRET not in written.text
    assert (found.outcome, found.reason) == (ledger.INTERRUPTED, "it broke: ZeroDivisionError")


def test_what_breaks_outside_of_a_run_is_an_event_too_and_what_a_run_told_is_not_told_again(
    log: Log, tmp_path: Path
) -> None:
    written = log("json")
    error, other = ZeroDivisionError(SECRET), KeyError("x")
    with Archive.create(tmp_path / "archive") as archive:
        run = ledger.start_run(archive, "us_ecfr", at=at(0), replayed=False)
        with pytest.raises(ZeroDivisionError), logs.bound(run=run), cut_off(archive, run):
            raise error
    sys.excepthook(type(error), error, None)
    sys.excepthook(type(other), other, None)
    thread = threading.Thread(target=lambda: [][0])
    thread.start()
    thread.join()
    assert [(event["event"], event.get("run")) for event in written.events] == [
        ("run broke", 1),
        ("program broke", None),
        ("program broke", None),
    ]
    assert "IndexError" in written.events[2]["exception"]
    assert SECRET not in written.text


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (Stopped(STATUS), "it was told to stop"),
        (KeyboardInterrupt(), "it was told to stop"),
        (TocsinError("the disk is full", thing="archive.db"), "archive.db: the disk is full"),
    ],
)
def test_what_ends_a_run_is_its_reason_and_no_traceback(
    log: Log, error: BaseException, reason: str, tmp_path: Path
) -> None:
    written = log("json")
    with Archive.create(tmp_path / "archive") as archive:
        run = ledger.start_run(archive, "us_ecfr", at=at(0), replayed=False)
        with pytest.raises(type(error)), cut_off(archive, run):
            raise error
        (found,) = ledger.runs(archive)
    assert (found.outcome, found.reason) == (ledger.INTERRUPTED, reason)
    assert written.text == ""


def test_a_run_that_said_its_end_keeps_it_though_what_follows_breaks(log: Log, tmp_path: Path) -> None:
    with Archive.create(tmp_path / "archive") as archive:
        run = ledger.start_run(archive, "us_ecfr", at=at(0), replayed=False)

        def finish_and_break() -> None:
            with cut_off(archive, run):
                ledger.finish_run(archive, run, at=at(1), outcome=ledger.COMPLETE)
                raise ValueError("later")

        with pytest.raises(ValueError, match="later"):
            finish_and_break()
        (found,) = ledger.runs(archive)
    assert found.outcome == ledger.COMPLETE


def test_what_libraries_log_goes_the_same_way(log: Log) -> None:
    written = log("json")
    with logs.bound(run=3):
        logging.getLogger("apscheduler.x").warning("missed %s", SECRET)
        logging.getLogger("apscheduler.x").info("not told")
        try:
            raise ValueError(SECRET)
        except ValueError:
            logging.getLogger("apscheduler.x").exception("broke")
    first, second = written.events
    assert (first["event"], first["level"], first["run"]) == ("missed …", "warning", 3)
    assert "Traceback" in second["exception"]
    assert SECRET not in written.text


def test_of_a_crawls_process_what_matters_is_told_with_the_run(log: Log) -> None:
    written = log("json")
    with logs.bound(run=12):
        hear = logs.heard("us_ecfr")
    assert hear is not None
    for line in (
        "2026-11-23 01:00:00 [scrapy.core.engine] INFO: run 12: Spider opened",
        "2026-11-23 01:00:00 [py.warnings] WARNING: run 12: a setting is deprecated",
        "  process = Crawler(settings)",
        "2026-11-23 01:00:01 [scrapy.core.scraper] ERROR: run 12: Spider error",
        "Traceback (most recent call last):",
        '  File "spider.py", line 1, in parse',
        f"ValueError: {SECRET}",
        "2026-11-23 01:00:02 [scrapy.core.engine] INFO: run 12: Closing spider",
        "Traceback (most recent call last):",
        '  File "run.py", line 2, in main',
        "KeyError: 'x'",
        "",
    ):
        hear(line)
    first, second = written.events
    assert all(event["run"] == 12 and event["source"] == "us_ecfr" for event in (first, second))
    assert (first["level"], first["by"]) == ("error", "scrapy.core.scraper")
    assert first["said"].startswith("run 12: Spider error\nTraceback")
    assert first["said"].endswith("ValueError: …")
    assert second["said"].startswith("Traceback")
    assert second["said"].endswith("KeyError: 'x'")


def test_where_no_log_is_kept_nobody_listens_to_the_crawl() -> None:
    assert not logs.is_on()
    assert logs.heard("us_ecfr") is None


def test_an_outcome_is_an_event_and_each_incident_one_of_its_own(log: Log) -> None:
    written = log("json")
    outcome = Outcome("us_ecfr", 5, counts={"published": 2, "held": 0}, notices=["incident 1 opened: gap, x"])
    log_outcome(outcome)
    outcome.fail("title-15/part-744 is held: it shrank")
    log_outcome(outcome)
    ended, opened, failed, _ = written.events
    assert (ended["event"], ended["level"], ended["run"]) == ("run ended", "info", 5)
    assert (ended["outcome"], ended["counts"]) == ("complete", {"published": 2})
    assert (opened["event"], opened["said"]) == ("incident", "incident 1 opened: gap, x")
    assert (failed["level"], failed["outcome"]) == ("warning", "incomplete")
    assert failed["reasons"] == ["title-15/part-744 is held: it shrank"]


def test_the_reporter_of_a_service_writes_events(log: Log) -> None:
    written = log("json")
    report = reporter(is_logged=True)
    with logs.bound(run=2), report.source("us_ecfr") as advance:
        advance(1, 2, "part 744")
    report.line(f"target mail ({SECRET}) did not take it")
    started, told = written.events
    assert (started["event"], started["run"], started["source"]) == ("run started", 2, "us_ecfr")
    assert told["event"] == "target mail (…) did not take it"


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("said", "is_service", "stream", "variable", "form"),
    [
        ("", True, io.StringIO(), "", "json"),
        ("", True, _Terminal(), "", "plain"),
        ("", False, io.StringIO(), "", ""),
        ("json", False, _Terminal(), "", "json"),
        ("plain", True, io.StringIO(), "", "plain"),
        ("", False, io.StringIO(), "json", "json"),
        ("json", False, io.StringIO(), "plain", "plain"),
    ],
)
def test_the_form_is_as_the_schedule_then_the_configuration_then_the_terminal_says(
    monkeypatch: pytest.MonkeyPatch,
    said: str,
    is_service: bool,
    stream: io.StringIO,
    variable: str,
    form: str,
) -> None:
    monkeypatch.setenv(logs.FORM, variable)
    assert logs.chosen(said, is_service=is_service, stream=stream) == form
