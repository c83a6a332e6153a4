"""The parent's side of a crawl: start the child process, pass on what it tells, and never wait for ever."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from typing import IO

from crawlers.events import Event, Finished, read_events
from crawlers.job import Job, write_job

TIME_LIMIT = 6 * 3600.0
"""Seconds a crawl may take: a first run of all papers of an agency at one request a second is a matter of hours."""


def crawl(job: Job, *, time_limit: float = TIME_LIMIT, log: IO[bytes] | None = None) -> Iterator[Event]:
    """Runs one crawl in a child process and yields its events; the last is always a :class:`Finished`.

    The child is killed when ``time_limit`` (seconds) is over, or when the caller stops reading. Its log goes to ``log`` (a binary file with
    a descriptor); without one it is kept only to tell the last words of a child that died.
    """
    with tempfile.TemporaryFile() if log is None else contextlib.nullcontext(log) as words:
        child = subprocess.Popen(
            [sys.executable, "-m", "crawlers.run"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=words,
            start_new_session=True,
        )
        assert child.stdin is not None
        assert child.stdout is not None
        overdue = threading.Event()
        timer = threading.Timer(time_limit, _overrun, (child, overdue))
        timer.daemon = True
        timer.start()
        over = False
        try:
            with contextlib.suppress(BrokenPipeError):
                child.stdin.write(write_job(job))
                child.stdin.close()
            for event in read_events(child.stdout):
                over = isinstance(event, Finished)
                yield event
                if over:
                    return
            child.wait()
            over = True
            reason = (
                f"the crawl of {job.source} took longer than {time_limit:g} s and was ended"
                if overdue.is_set()
                else f"the crawl of {job.source} died (exit status {child.returncode}){_last_words(words, log is None)}"
            )
            yield Finished(outcome="died", reason=reason)
        finally:
            timer.cancel()
            _end(child, over)
            child.stdout.close()


def _end(child: subprocess.Popen[bytes], over: bool) -> None:
    """A child that has said its last word leaves by itself; one that does not, or is no longer listened to, is killed."""
    if not over:
        _kill(child)
    try:
        child.wait(timeout=10)
    except subprocess.TimeoutExpired:
        _kill(child)
        child.wait()


def _overrun(child: subprocess.Popen[bytes], overdue: threading.Event) -> None:
    overdue.set()
    _kill(child)


def _kill(child: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()


def _last_words(words: IO[bytes], ours: bool) -> str:
    if not ours:
        return ", see its log"
    words.seek(0)
    lines = [line for line in words.read().decode(errors="replace").splitlines() if line.strip()]
    return f": {lines[-1].strip()}" if lines else ""
