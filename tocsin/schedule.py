"""``tocsin run``: each source by its own cadence, each run a child process, until it is told to stop.

APScheduler is known here alone, and only as what waits and starts: when a source is due says ``tocsin.cadence``, because cron triggers misbehave on
daylight-saving nights. Its defaults drop a run that is a second late, so the grace is unlimited and late runs are made up for once
(``coalesce``). One worker thread serves all sources: an archive has one writer. What was missed while the program was down is known from the ledger: a
source that is due starts at once. A machine that slept wakes with the clocks on: a job that does nothing makes the scheduler look at them every
half minute.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.base import BaseTrigger

from crawlers.quiet import quiet_until
from tocsin.cadence import Cadence, put_off

STOP_SECONDS = 8.0
"""How long a child that was asked to stop may take; with what the program itself takes it ends within ten."""

TELL_MINUTES = 5
"""How often what waited for its hour, and what failed before, is sent, whatever the sources do."""

_LOOK = 30  # seconds: how late a machine that slept may find out what it missed


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One source: when it is due, the hours in which its publisher wants to be left alone, when it ran last (None: never)."""

    source: str
    cadence: Cadence
    quiet: tuple[str, ...] = ()
    last: datetime | None = None

    def first(self, now: datetime) -> datetime:
        """When it is due after a start: at once if it never ran or a run was missed, else when its cadence says."""
        due = now if self.last is None else max(now, self.cadence.after(self.last))
        return quiet_until(self.quiet, due) or due

    def after(self, instant: datetime) -> datetime:
        """When it is due next, a little later than its cadence says, and not in quiet hours."""
        due = put_off(self.source, self.cadence.after(instant))
        return quiet_until(self.quiet, due) or due


class Schedule:
    """Runs ``tocsin run --once --source ID`` for each source when it is due, and ``tocsin alerts send`` every few minutes."""

    def __init__(self, config_file: Path, planned: Sequence[Planned]) -> None:
        self._config_file = config_file
        self._child: subprocess.Popen[bytes] | None = None
        self._stopping = False
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
        if self._stopping:
            return
        command = [sys.executable, "-m", "tocsin", "--config", str(self._config_file), *arguments]
        self._child = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603 - our own program, no shell
        self._child.wait()
        self._child = None

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping = True
        child = self._child
        if child is not None and child.poll() is None:
            child.terminate()
            try:
                child.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                child.kill()
        self._scheduler.shutdown(wait=False)


class _Due(BaseTrigger):  # type: ignore[misc]
    """A planned source as APScheduler asks for it."""

    def __init__(self, planned: Planned) -> None:
        self._planned = planned

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime:
        return self._planned.after(previous or now)


def _look() -> None:
    """Nothing: that it was due made the scheduler look at the clock."""
