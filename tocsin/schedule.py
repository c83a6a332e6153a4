"""``tocsin run``: each source by its own cadence, each run a child process, until it is told to stop.

APScheduler is known here alone, and only as what waits and starts: when a source is due says ``tocsin.cadence``, because cron triggers misbehave on
daylight-saving nights. Its defaults drop a run that is a second late, so the grace is unlimited and late runs are made up for once
(``coalesce``). One worker thread serves all sources: an archive has one writer. What was missed while the program was down is known from the ledger: a
source that is due starts at once. A machine that slept wakes with the clocks on: a job that does nothing makes the scheduler look at them every
half minute.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.base import BaseTrigger

from archive.lock import holder
from crawlers.quiet import quiet_until
from tocsin.cadence import Cadence, put_off
from tocsin.service import logs

STOP_SECONDS = 8.0
"""How long a child that was asked to stop may take; with what the program itself takes it ends within ten."""

TELL_MINUTES = 5
"""How often what waited for its hour, and what failed before, is sent, whatever the sources do."""

_LOOK = 30  # seconds: how late a machine that slept may find out what it missed
_PATIENCE = 900.0  # seconds that a run waits for another program to be done with the archive, before it is tried all the same


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One source: when it is due, the hours in which its publisher wants to be left alone, when it ran last (None: never); ``installation`` tells this
    one from others, so that not all ask in the same second."""

    source: str
    cadence: Cadence
    quiet: tuple[str, ...] = ()
    last: datetime | None = None
    installation: str = ""

    def first(self, now: datetime) -> datetime:
        """When it is due after a start: at once if it never ran or a run was missed, else when its cadence says, for a named installation a little
        later."""
        # A clock may have been set back since.
        due = now if self.last is None else self.cadence.after(min(self.last, now))
        if due <= now:
            due = now
        elif self.installation:
            due = put_off(self.source, due, self.installation)
        return quiet_until(self.quiet, due) or due

    def after(self, instant: datetime) -> datetime:
        """When it is due next, a little later than its cadence says, and not in quiet hours."""
        due = put_off(self.source, self.cadence.after(instant), self.installation)
        return quiet_until(self.quiet, due) or due


class Schedule:
    """Runs ``tocsin run --once --source ID`` for each source when it is due, and ``tocsin alerts send`` every few minutes. ``archive`` is the folder of the
    archive: while another program writes it, a run waits. ``log`` is the form of the log that the children write, "" for that of their configuration."""

    def __init__(
        self, config_file: Path, planned: Sequence[Planned], *, archive: Path | None = None, log: str = ""
    ) -> None:
        self._config_file = config_file
        self._archive = archive
        self._environment = {**os.environ, **({logs.FORM: log} if log else {})}
        self._child: subprocess.Popen[bytes] | None = None
        self._starting = threading.Lock()
        self._stopping = threading.Event()
        self._scheduler = BlockingScheduler(
            timezone=UTC,
            executors={"default": ThreadPoolExecutor(1), "look": ThreadPoolExecutor(1)},
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        now = datetime.now(UTC)
        for one in planned:
            arguments = ("run", "--once", "--source", one.source)
            self._scheduler.add_job(
                self._run, _Due(one), args=arguments, id=one.source, next_run_time=one.first(now)
            )
        self._scheduler.add_job(
            self._run, "interval", minutes=TELL_MINUTES, args=("alerts", "send"), id="alerts"
        )
        self._scheduler.add_job(_look, "interval", seconds=_LOOK, executor="look")

    def jobs(self) -> dict[str, tuple[str, ...]]:
        """What it runs: the arguments of the program for each source by its id, and those of ``alerts``."""
        return {job.id: tuple(job.args) for job in self._scheduler.get_jobs() if job.args}

    def run(self) -> None:
        """Until SIGTERM or SIGINT; then the child at work is asked to stop, and ended if it does not."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        self._scheduler.start()

    def _run(self, *arguments: str) -> None:
        self._wait_for_the_archive()
        command = [sys.executable, "-m", "tocsin", "--config", str(self._config_file), *arguments]
        with self._starting:  # a child that starts while the program stops would be stopped by nobody
            if self._stopping.is_set():
                return
            child = subprocess.Popen(command, stdin=subprocess.DEVNULL, env=self._environment)  # noqa: S603 - our own program, no shell
            self._child = child
        status = child.wait()
        self._child = None
        if status and logs.is_on():
            logs.log().warning("round ended badly", command=" ".join(arguments), status=status)

    def _wait_for_the_archive(self) -> None:
        """A run that cannot have the archive would be missed until its next time."""
        waited = 0.0
        while self._archive and holder(self._archive) is not None and waited < _PATIENCE:
            if self._stopping.wait(1.0):
                return
            waited += 1.0

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        if self._stopping.is_set():
            return
        self._stopping.set()
        with self._starting:
            child = self._child
        if child is not None and child.poll() is None:
            child.terminate()
            try:
                child.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                child.kill()
        if not self._scheduler.running:
            raise SystemExit(0)
        self._scheduler.shutdown(wait=False)


class _Due(BaseTrigger):  # type: ignore[misc]
    """A planned source as APScheduler asks for it."""

    def __init__(self, planned: Planned) -> None:
        self._planned = planned

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime:
        return self._planned.after(previous or now)


def _look() -> None:
    """Nothing: that it was due made the scheduler look at the clock."""
