"""The seam between the program and a crawl: what goes over it comes back, and a child that dies is told, never waited for."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from archive.errors import BadInput, TocsinError
from archive.records import Attempt, Capture
from crawlers.crawl import crawl
from crawlers.events import (
    Attempted,
    Captured,
    Event,
    Finished,
    Progressed,
    capture_of,
    captured,
    read_events,
    write_event,
)
from crawlers.job import Held, Job, State, read_job, write_job
from tests.crawlers.crawling import FAST
from tests.crawlers.invented import ECFR_PARTS, replica
from tests.replica.faults import Fault

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
CAPTURE = Capture(
    source="us_ecfr",
    document="title-15/part-744",
    url="https://www.ecfr.gov/x",
    body=b"<DIV5/>",
    as_of=date(2026, 3, 24),
    fetched_at=NOW,
    media_type="application/xml",
    headers=(("etag", 'W/"1"'),),
    meta={"title": 15, "issued": [{"unit": "section"}]},
    inventory={"section": 34},
)


def job(folder: Path, **more: object) -> Job:
    return Job(source="us_ecfr", spool=str(folder), today=date(2026, 1, 6), **more)  # type: ignore[arg-type]


def test_a_capture_goes_through_the_spool_unchanged(tmp_path: Path) -> None:
    event = captured(CAPTURE, tmp_path, 1)
    (again,) = read_events([write_event(event)])
    assert isinstance(again, Captured)
    assert again.sha256 == hashlib.sha256(CAPTURE.body).hexdigest()
    assert capture_of(again, tmp_path) == CAPTURE


def test_two_captures_of_the_same_bytes_have_a_file_each(tmp_path: Path) -> None:
    first, second = captured(CAPTURE, tmp_path, 1), captured(CAPTURE, tmp_path, 2)
    (tmp_path / first.body).unlink()
    assert capture_of(second, tmp_path).body == CAPTURE.body


def test_a_body_that_was_altered_or_lost_is_an_error(tmp_path: Path) -> None:
    event = captured(CAPTURE, tmp_path, 1)
    (tmp_path / event.body).write_bytes(b"<DIV5></DIV5>")
    with pytest.raises(TocsinError, match="not what the crawl wrote"):
        capture_of(event, tmp_path)
    (tmp_path / event.body).unlink()
    with pytest.raises(TocsinError, match="cannot be read"):
        capture_of(event, tmp_path)


def test_events_and_jobs_come_back_as_they_were(tmp_path: Path) -> None:
    attempt = Attempt(
        source="us_ecfr", url="https://www.ecfr.gov/x", at=NOW, outcome="Timeout", reason="late"
    )
    events: list[Event] = [
        Attempted(attempt=attempt),
        Progressed(done=1, expected=None, what="title 15"),
        Finished(outcome="complete", counts={"requests": 1}, memory={"titles": {"15": {"latest": {}}}}),
    ]
    assert list(read_events(b"".join(map(write_event, events)).splitlines(keepends=True))) == events
    given = job(
        tmp_path,
        hosts={"www.ecfr.gov": "http://127.0.0.1:1"},
        settings={"parts": ["15/744"], "pace": 2},
        state=State(
            documents={"title-15/part-744": Held(as_of=date(2026, 3, 24), sha256="ab")}, memory={"a": [1]}
        ),
    )
    assert read_job(write_job(given)) == given
    with pytest.raises(BadInput, match="today"):
        read_job(b'{"source": "us_ecfr", "spool": "/x", "today": "soon"}')


def test_a_line_that_is_no_event_is_an_error_with_its_place() -> None:
    with pytest.raises(TocsinError, match="line 2"):
        list(read_events([write_event(Progressed(done=1)), b"Traceback (most recent call last):\n"]))


def test_a_job_that_a_person_got_wrong_ends_with_its_reason(tmp_path: Path) -> None:
    wrong = list(crawl(job(tmp_path, settings={"parts": ["744"]}), time_limit=30))
    assert [type(event) for event in wrong] == [Finished]
    assert isinstance(wrong[0], Finished)
    assert wrong[0].outcome == "incomplete"
    assert "source us_ecfr, parts" in wrong[0].reason


def test_a_child_that_takes_too_long_or_falls_silent_is_ended_and_told(tmp_path: Path) -> None:
    with replica() as server:
        server.faults = [Fault("timeout", match="titles")]
        given = job(tmp_path, hosts=server.hosts, settings={**FAST, "timeout": 60.0})
        *_, late = crawl(given, time_limit=2)
        *_, silent = crawl(given, time_limit=60, quiet_limit=2)
    assert isinstance(late, Finished)
    assert isinstance(silent, Finished)
    assert (late.outcome, silent.outcome) == ("died", "died")
    assert "longer than 2 s" in late.reason
    assert "no sign of life" in silent.reason


def test_a_child_that_is_killed_is_told_and_keeps_the_memory(tmp_path: Path) -> None:
    with replica() as server:
        server.faults = [Fault("timeout", match="structure")]
        events = crawl(job(tmp_path, hosts=server.hosts, settings={**FAST, "timeout": 60.0}), time_limit=60)
        first = next(events)
        (pid,) = _children()
        os.kill(pid, signal.SIGKILL)
        *_, last = events
    assert isinstance(first, Attempted)
    assert isinstance(last, Finished)
    assert (last.outcome, last.memory) == ("died", None)
    assert "exit status -9" in last.reason


def test_the_parent_hears_what_the_child_logs_with_the_run_it_belongs_to(tmp_path: Path) -> None:
    heard: list[str] = []
    with replica() as server:
        given = replace(job(tmp_path, hosts=server.hosts, settings=FAST), run=4711)
        *_, last = crawl(given, time_limit=300, hear=heard.append)
    assert isinstance(last, Finished)
    assert any("Spider opened" in line and "run 4711: " in line for line in heard)
    assert heard[-1] == ""
    assert "" not in heard[:-1]


def test_a_caller_that_stops_reading_leaves_no_child(tmp_path: Path) -> None:
    with replica() as server:
        events = crawl(
            job(tmp_path, hosts=server.hosts, settings={**FAST, "parts": ECFR_PARTS}), time_limit=60
        )
        next(events)
        assert len(_children()) == 1
        events.close()  # type: ignore[attr-defined]
    assert _children() == []


def test_a_child_ends_when_its_parent_does(tmp_path: Path) -> None:
    with replica() as server:
        server.faults = [Fault("timeout", match="titles")]
        child = subprocess.Popen(
            [sys.executable, "-m", "crawlers.run", "--tethered"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(
            write_job(job(tmp_path, hosts=server.hosts, settings={**FAST, "timeout": 60.0})) + b"\n"
        )
        child.stdin.flush()
        assert child.stdout.readline()
        child.stdin.close()
        assert child.wait(timeout=60) == 1
        child.stdout.close()


def _children() -> list[int]:
    """The living crawls that this process began; what other tests of it left running, a browser's driver or a pool, is none."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = stat.read_text().rsplit(")", 1)[1].split()
            is_crawl = b"crawlers.run" in (stat.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if int(words[1]) == os.getpid() and words[0] != "Z" and is_crawl:
            found.append(int(stat.parent.name))
    return found
