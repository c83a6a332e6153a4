"""The parent's side of a crawl: start the child process, pass on what it tells, and never wait for ever."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import IO

from crawlers.events import Event, Finished, read_events
from crawlers.job import Job, write_job

TIME_LIMIT = 6 * 3600.0
"""Seconds a crawl may take: a first run of all papers of an agency at one request a second is a matter of hours."""

_LAST_WORDS = 10.0
"""Seconds to wait for the rest of what a child that ended has said."""

QUIET_LIMIT = 900.0
"""Seconds without an event after which a child counts as stuck: longer than any answer and any wait that a host may ask for."""


def crawl(
    job: Job,
    *,
    time_limit: float = TIME_LIMIT,
    quiet_limit: float = QUIET_LIMIT,
    hear: Callable[[str], None] | None = None,
) -> Iterator[Event]:
    """Runs one crawl in a child process and yields its events; the last is always a :class:`Finished`.

    The child is killed when ``time_limit`` or ``quiet_limit`` (seconds) is over, when the caller stops reading, and it ends by itself when this
    process dies. ``hear`` gets the lines of its log as they come, on a thread of their own, and "" after the last; without it only the last words of
    a child that died are told.
    """
    child = subprocess.Popen(
        [sys.executable, "-m", "crawlers.run", "--tethered"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert child.stdin is not None
    assert child.stdout is not None
    assert child.stderr is not None
    guard = _Guard(child, time_limit, quiet_limit)
    words = _Words(child.stderr, hear)
    finished = False
    try:
        with contextlib.suppress(BrokenPipeError):
            child.stdin.write(write_job(job) + b"\n")
            child.stdin.flush()
        for event in read_events(child.stdout):
            guard.heard()
            finished = isinstance(event, Finished)
            yield event
            guard.heard()  # the caller took its time, not the child
            if finished:
                return
        child.wait()
        words.join(_LAST_WORDS)
        last = f": {words.last}" if words.last else ""
        died = f"died (exit status {child.returncode}){last}"
        yield Finished(outcome="died", reason=f"the crawl of {job.source} {guard.overrun or died}")
    finally:
        guard.stop()
        _end(child, finished)
        words.join(_LAST_WORDS)


class _Words(threading.Thread):
    """Listens to what a child writes to its standard error, so that it never waits for a reader; ``last`` is its last line."""

    def __init__(self, stream: IO[bytes], hear: Callable[[str], None] | None) -> None:
        super().__init__(daemon=True)
        self._stream, self._hear = stream, hear
        self.last = ""
        self.start()

    def run(self) -> None:
        """Until the child and all that it started are gone."""
        with self._stream:
            for raw in self._stream:
                line = raw.decode(errors="replace").rstrip()
                self.last = line.strip() or self.last
                if self._hear is not None and line:
                    self._hear(line)
        if self._hear is not None:
            self._hear("")


class _Guard(threading.Thread):
    """Kills a child that takes too long, or that tells nothing for too long; ``overrun`` then says which."""

    def __init__(self, child: subprocess.Popen[bytes], time_limit: float, quiet_limit: float) -> None:
        super().__init__(daemon=True)
        self._child, self._time_limit, self._quiet_limit = child, time_limit, quiet_limit
        self._over = threading.Event()
        self._began = self._heard = time.monotonic()
        self.overrun = ""
        self.start()

    def heard(self) -> None:
        """The child gave a sign of life."""
        self._heard = time.monotonic()

    def stop(self) -> None:
        """Nothing is left to guard."""
        self._over.set()
        self.join()

    def run(self) -> None:
        """Looks twice a second."""
        while not self._over.wait(0.5):
            now = time.monotonic()
            if now - self._began > self._time_limit:
                self.overrun = f"took longer than {self._time_limit:g} s and was ended"
            elif now - self._heard > self._quiet_limit:
                self.overrun = f"gave no sign of life for {self._quiet_limit:g} s and was ended"
            if self.overrun:
                _kill(self._child)
                return


def _end(child: subprocess.Popen[bytes], finished: bool) -> None:
    """A child that has said its last word leaves by itself; one that does not, or is no longer listened to, is killed."""
    assert child.stdin is not None
    assert child.stdout is not None
    if not finished:
        _kill(child)
    try:
        child.wait(timeout=10)
    except subprocess.TimeoutExpired:
        _kill(child)
        child.wait()
    with contextlib.suppress(BrokenPipeError):
        child.stdin.close()
    child.stdout.close()


def _kill(child: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
