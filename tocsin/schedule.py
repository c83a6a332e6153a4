"""``tocsin run``: each source by its own cadence, each run a child process, until it is told to stop.

APScheduler is known here alone. Its defaults drop a run that is a second late, so the grace is unlimited and late runs are made up for once
(``coalesce``). One worker thread serves all sources: an archive has one writer. Cron lines are read in UTC, because cron triggers misbehave on
daylight-saving nights. What was missed while the program was down is known from the ledger: a source that is due starts at once.
"""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import FrameType

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from archive.errors import BadInput
from crawlers.quiet import quiet_until

STOP_SECONDS = 10.0
_EVERY = re.compile(r"\s*([1-9]\d*)\s*([mhd])\s*")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


class Schedule:
    """Runs ``tocsin run --once --source ID`` for each source when it is due."""

    def __init__(
        self,
        config_file: Path,
        cadences: Mapping[str, str],
        last_runs: Mapping[str, datetime],
        quiet: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        self._config_file = config_file
        self._child: subprocess.Popen[bytes] | None = None
        self._stopping = False
        self._scheduler = BlockingScheduler(
            timezone=UTC,
            executors={"default": ThreadPoolExecutor(1)},
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        now = datetime.now(UTC)
        for source, said in cadences.items():
            when = trigger(said, thing=f"sources.{source}.every")
            due = first_run(last_runs.get(source), when, now)
            if spans := (quiet or {}).get(source):
                when = Awake(when, spans)
                due = quiet_until(spans, due) or due
            self._scheduler.add_job(self._run, when, args=[source], id=source, next_run_time=due)

    def run(self) -> None:
        """Until SIGTERM or SIGINT; then the child at work is asked to stop, and ended if it does not."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        self._scheduler.start()

    def _run(self, source: str) -> None:
        if self._stopping:
            return
        command = [
            sys.executable,
            "-m",
            "tocsin",
            "--config",
            str(self._config_file),
            "run",
            "--once",
            "--source",
            source,
        ]
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


class Awake(BaseTrigger):  # type: ignore[misc]
    """Another trigger, put off to the end of the quiet hours where it would fire in them."""

    def __init__(self, when: BaseTrigger, spans: tuple[str, ...]) -> None:
        self._when, self._spans = when, spans

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime | None:
        """When it fires after ``now``."""
        due: datetime | None = self._when.get_next_fire_time(previous, now)
        return due if due is None else quiet_until(self._spans, due) or due


def trigger(said: str, *, thing: str) -> BaseTrigger:
    """``30m``, ``6h``, ``1d``, or a cron line in UTC (``15 13 * * mon-fri``). Raises ``BadInput`` that names ``thing``."""
    if found := _EVERY.fullmatch(said):
        return IntervalTrigger(**{_UNITS[found[2]]: int(found[1])}, timezone=UTC)
    try:
        return CronTrigger.from_crontab(said, timezone=UTC)
    except ValueError as error:
        raise BadInput(
            f"{said!r} is not a cadence ({error})",
            thing=thing,
            mend="Write it like 30m, 6h, 1d, or as a cron line in UTC",
        ) from None


def first_run(last: datetime | None, when: BaseTrigger, now: datetime) -> datetime:
    """When a source is due after a start: at once if it never ran or a run was missed, else when its cadence says."""
    if last is None:
        return now
    if isinstance(when, IntervalTrigger):
        interval: timedelta = when.interval
        return max(now, last + interval)
    due: datetime | None = when.get_next_fire_time(None, last)
    return now if due is None else max(now, due)
