"""``tocsin run`` without ``--once``: it starts what is due, and stops when it is told to."""

from __future__ import annotations

import http.server
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from archive import ledger
from archive.lock import WriterLock, holder
from archive.store import Archive
from tests.archive.building import at
from tests.tocsin.program import ROOT, install
from tocsin import schedule
from tocsin.cadence import read_cadence
from tocsin.demo.server import HOST, OfficialStandIn, editions
from tocsin.schedule import STOP_SECONDS, Planned, Schedule


def test_a_source_that_never_ran_runs_at_once_and_sigterm_ends_the_program(tmp_path: Path) -> None:
    first, *_ = editions()
    with OfficialStandIn(first) as server:
        hosts = json.dumps({HOST: server.base})
        place = install(tmp_path / "tocsin", TOCSIN_HOSTS=hosts)
        (place.folder / "tocsin.toml").write_text(
            '[sources.us_ecfr]\nparts = ["15/799"]\npace = 50.0\nevery = "1d"\n[sources.us_federal_register]\nenabled = false\n[sources.us_govinfo]\nenabled = false\n'
        )
        with subprocess.Popen(
            [sys.executable, "-m", "tocsin", "run"],
            cwd=place.folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), "TOCSIN_HOSTS": hosts},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as program:
            try:
                deadline = time.monotonic() + 180
                while "ok" not in place.run("health").stdout:
                    assert time.monotonic() < deadline
                    time.sleep(0.5)
                assert program.poll() is None
                program.send_signal(signal.SIGTERM)
                program.wait(60)
            finally:
                program.kill()
    assert "us/cfr/15/799" in place.run("show", "us/cfr/15/799").stdout


class _Hanging(http.server.BaseHTTPRequestHandler):
    """A host that lets its robots be asked and then never answers."""

    asked: threading.Event
    over: threading.Event

    def do_GET(self) -> None:
        if self.path.endswith("robots.txt"):
            self.send_error(404)
            return
        self.asked.set()
        self.over.wait()

    def log_message(self, *_arguments: object) -> None:
        return


@pytest.fixture
def hanging() -> Iterator[tuple[str, type[_Hanging]]]:
    handler = type("Own", (_Hanging,), {"asked": threading.Event(), "over": threading.Event()})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        running.daemon_threads = True
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_address[1]}", handler
        handler.over.set()
        running.shutdown()


def test_sigterm_in_the_midst_of_a_crawl_ends_all_of_it_and_the_ledger_and_the_log_say_so(
    tmp_path: Path, hanging: tuple[str, type[_Hanging]]
) -> None:
    base, handler = hanging
    hosts = json.dumps({HOST: base})
    place = install(tmp_path / "tocsin", TOCSIN_HOSTS=hosts)
    (place.folder / "tocsin.toml").write_text(
        '[sources.us_ecfr]\nparts = ["15/799"]\npace = 50.0\n[sources.us_federal_register]\nenabled = false\n[sources.us_govinfo]\nenabled = false\n'
    )
    spools = tmp_path / "spools"
    spools.mkdir()
    with subprocess.Popen(
        [sys.executable, "-m", "tocsin", "run"],
        cwd=place.folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TOCSIN_HOSTS": hosts, "TMPDIR": str(spools)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as program:
        try:
            assert handler.asked.wait(300)
            assert holder(place.folder / "archive") is not None
            assert list(spools.glob("tocsin-*"))
            program.send_signal(signal.SIGTERM)
            _, said = program.communicate(timeout=120)
        finally:
            program.kill()
    assert program.returncode == 0
    assert list(spools.glob("tocsin-*")) == []
    assert holder(place.folder / "archive") is None
    with Archive.open(place.folder / "archive", read_only=True) as archive:
        (run,) = ledger.runs(archive)
    # Killed after its time it could not have said so.
    assert (run.outcome, run.reason) == (ledger.INTERRUPTED, "it was told to stop")
    events = [json.loads(line) for line in said.splitlines()]
    assert [event["event"] for event in events if event["level"] == "info"] == [
        "service started",
        "run started",
        "service stopped",
    ]
    assert {event["run"] for event in events if event["event"] == "run started"} == {run.id}
    assert "Traceback" not in said
    assert STOP_SECONDS < 10


def test_a_run_that_was_interrupted_or_put_off_counts_as_missed(tmp_path: Path) -> None:
    with Archive.create(tmp_path / "archive") as archive:
        for hours, source, outcome in (
            (0, "a", "complete"),
            (1, "a", ledger.INTERRUPTED),
            (2, "b", "incomplete"),
            (3, "b", ledger.POSTPONED),
            (4, "c", ledger.INTERRUPTED),
        ):
            run = ledger.start_run(archive, source, at=at(hours), replayed=False)
            ledger.finish_run(archive, run, at=at(hours), outcome=outcome)
        ledger.start_run(archive, "b", at=at(5), replayed=False)
        for number in range(80):  # of a source that runs often: it hides no other
            run = ledger.start_run(archive, "d", at=at(6 + number), replayed=False)
            ledger.finish_run(archive, run, at=at(6 + number), outcome="complete")
        assert ledger.last_tries(archive) == {"a": at(0), "b": at(2), "d": at(85)}


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that a schedule starts, each of which ends at once."""
    started: list[list[str]] = []

    def popen(command: list[str], **_more: object) -> object:
        started.append(command)
        return SimpleNamespace(wait=lambda *_: 0, poll=lambda: 0)

    monkeypatch.setattr(
        schedule, "subprocess", SimpleNamespace(Popen=popen, DEVNULL=None, TimeoutExpired=OSError)
    )
    return started


def test_a_run_waits_while_another_program_writes_the_archive(
    tmp_path: Path, commands: list[list[str]]
) -> None:
    Archive.create(tmp_path / "archive").close()
    plan = Schedule(tmp_path / "tocsin.toml", (), archive=tmp_path / "archive")
    lock = WriterLock(tmp_path / "archive")
    waiting = threading.Thread(target=plan._run, args=("run", "--once"))
    waiting.start()
    waiting.join(0.1)
    assert waiting.is_alive()
    assert commands == []
    lock.release()
    waiting.join()
    assert [command[-2:] for command in commands] == [["run", "--once"]]


def test_what_waits_for_the_archive_starts_nothing_once_it_is_told_to_stop(
    tmp_path: Path, commands: list[list[str]]
) -> None:
    Archive.create(tmp_path / "archive").close()
    plan = Schedule(tmp_path / "tocsin.toml", (), archive=tmp_path / "archive")
    lock = WriterLock(tmp_path / "archive")
    waiting = threading.Thread(target=plan._run, args=("run", "--once"))
    waiting.start()
    with pytest.raises(SystemExit):  # it does not run yet
        plan._stop(signal.SIGTERM, None)
    waiting.join()
    lock.release()
    plan._run("run", "--once")
    assert commands == []


def test_the_children_write_their_log_as_the_program_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TOCSIN_LOG", raising=False)
    assert Schedule(tmp_path / "t.toml", (), log="json")._environment["TOCSIN_LOG"] == "json"
    assert "TOCSIN_LOG" not in Schedule(tmp_path / "t.toml", ())._environment


def test_no_two_runs_overlap_and_a_late_one_is_made_up_for_once(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    planned = [Planned(source=name, cadence=read_cadence("6h", thing="x"), last=now) for name in ("a", "b")]
    scheduler = Schedule(tmp_path / "t.toml", planned)._scheduler
    jobs = {job.id: job for job in scheduler.get_jobs() if job.args}
    assert set(jobs) == {"a", "b", "alerts"}
    # Jobs of a scheduler that does not run yet get the defaults when it starts.
    assert scheduler._job_defaults == {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
    assert all(job.executor == "default" for job in jobs.values())
    assert scheduler._executors["default"]._pool._max_workers == 1
