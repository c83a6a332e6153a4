"""Commands of the program as processes that end themselves by SIGKILL at a chosen point: ``python -m tests.tocsin.killing``.

This process imports the program once and forks for each order (a line of JSON on stdin: ``arguments``, ``environment``, ``phase``, ``number``). The
child counts what happens in each phase, and at the ``number``-th event of the ``phase`` it kills itself: not at a time, so that a slow machine kills
at the same points. An order without a ``phase`` that says ``warm`` is done in this process itself: what it imports and compiles, its children have.
Events are every SQL statement on either file as it begins, every event of a crawl, and before, within and after every send.
The answer is a line of JSON: ``killed`` and where, or the exit ``status``, and the events ``counted``.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import _lru_cache_wrapper
from typing import Any

import alerts.webhook  # noqa: F401 - imported before the fork, as all that a run needs
import tocsin.cli.alerts
import tocsin.cli.crawl
import tocsin.flow
from alerts.delivery import Post
from archive import databases
from tocsin.cli import cli

CRAWL, COMPARE, SEND, DELIVER = "crawl", "compare", "send", "deliver"
PHASES = (CRAWL, COMPARE, SEND, DELIVER)

_HANDFUL = 16
_give_back = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc alone has it

Say = Callable[[dict[str, Any]], None]
"""Tells whoever gave the order."""


class Counting:
    """Counts what happens, and ends the process at the event that was ordered."""

    def __init__(self, phase: str, number: int, say: Say) -> None:
        self.phase = COMPARE
        self.wanted, self.number, self.say = phase, number, say
        self.counted: Counter[str] = Counter()

    def count(self, phase: str = "") -> None:
        phase = phase or self.phase
        self.counted[phase] += 1
        if phase == self.wanted and self.counted[phase] == self.number:
            self.say({"killed": f"{phase} {self.number}"})
            os.kill(os.getpid(), signal.SIGKILL)

    def install(self) -> None:
        """Put the counters in. Only a forked child does: the parent stays as it is."""
        connect, crawl, tell = databases.connect, tocsin.flow.crawl, tocsin.flow.tell
        deliver, pwrite = Post.deliver, os.pwrite

        def connected(*arguments: Any, **options: Any) -> Any:
            connection = connect(*arguments, **options)
            connection.set_trace_callback(lambda _statement: self.count())
            return connection

        def crawled(*arguments: Any, **options: Any) -> Iterator[Any]:
            for event in crawl(*arguments, **options):
                self.count(CRAWL)
                yield event

        def told(*arguments: Any, **options: Any) -> Any:
            self.phase = SEND
            try:
                return tell(*arguments, **options)
            finally:
                self.phase = COMPARE

        def delivered(*arguments: Any, **options: Any) -> None:
            self.count(DELIVER)
            deliver(*arguments, **options)
            self.count(DELIVER)

        def written(handle: int, data: bytes, offset: int) -> int:
            """Half of it: the other half follows, as after any short write."""
            done = pwrite(handle, data[: len(data) // 2 + 1], offset)
            self.count(DELIVER)
            return done

        databases.connect = connected  # type: ignore[assignment]
        tocsin.flow.crawl = crawled  # type: ignore[assignment]
        tocsin.flow.tell = told
        Post.deliver = delivered  # type: ignore[method-assign, assignment]
        os.pwrite = written  # type: ignore[assignment]


def obey(order: dict[str, Any], work: Callable[[dict[str, Any], Say], int] | None = None) -> dict[str, Any]:
    """Do one order in a child; what became of it. ``work`` does it and answers the exit status; by default with the counters of this module."""
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(reading)
        _do(order, work or _counted, writing)
    os.close(writing)
    with os.fdopen(reading) as said:
        answers = [json.loads(line) for line in said]
    _, status = os.waitpid(process, 0)
    found: dict[str, Any] = {}
    for answer in answers:
        found |= answer
    if os.WIFSIGNALED(status):
        assert found.get("killed"), f"it died by itself of signal {os.WTERMSIG(status)}"
        return found
    return {**found, "status": os.waitstatus_to_exitcode(status)}


def warm(order: dict[str, Any]) -> dict[str, Any]:
    """Do an order here; its exit status. With ``forget``, what it remembers within bounds is let go, so that what it holds then is what it cannot give back."""
    kept = os.dup(1)
    _speak_to(order["log"])
    try:
        return {"status": _main(order), "counted": {}}
    finally:
        if order.get("forget"):
            forget_within_bounds()
        os.dup2(kept, 1)
        os.close(kept)


def forget_within_bounds() -> None:
    """Empty the caches that have a bound, but for the few that hold a handful of large things. One without a bound stays full: it is a leak.

    The interpreter and the C library have such caches as well. CPython keeps up to 2,000 tuples of each of 20 sizes for the next that are made
    (5 MB), until a full collection, of which a process that makes little garbage has none in hundreds of rounds; glibc keeps pages that were freed.
    """
    for one in gc.get_objects():
        if isinstance(one, _lru_cache_wrapper) and (one.cache_parameters()["maxsize"] or 0) > _HANDFUL:
            one.cache_clear()
    gc.collect()
    if _give_back is not None:
        _give_back(0)


def _main(order: dict[str, Any]) -> int:
    if "folder" in order:
        os.chdir(order["folder"])
    os.environ.update(order["environment"])
    return int(cli.main(order["arguments"], prog_name="tocsin", standalone_mode=False) or 0)


def _speak_to(log: str) -> None:
    words = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(words, 1)
    os.dup2(words, 2)
    os.close(words)


def _do(order: dict[str, Any], work: Callable[[dict[str, Any], Say], int], pipe: int) -> None:
    status = 70
    try:
        _speak_to(order["log"])
        status = work(order, lambda said: (os.write(pipe, (json.dumps(said) + "\n").encode()), None)[1])
    except BaseException as error:
        os.write(2, f"{type(error).__name__}: {error}\n".encode())
    finally:
        os._exit(status)


def _counted(order: dict[str, Any], say: Say) -> int:
    counting = Counting(order.get("phase", ""), order.get("number", 0), say)
    counting.install()
    try:
        return _main(order)
    finally:
        say({"counted": dict(counting.counted)})


def main() -> None:
    """Orders from stdin until it ends."""
    for line in sys.stdin:
        order = json.loads(line)
        sys.stdout.write(json.dumps(warm(order) if order.get("warm") else obey(order)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
