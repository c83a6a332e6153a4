"""A pool of processes of this machine. A pool that lost one of them is broken as a whole: a new one takes its tasks up again."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Generic

from tocsin.executors.protocol import A, B, ClosedAtTheEnd, Pending, WorkLost, failed

TRIES = 3
"""How often a task is begun: what kills three workers in turn is the document, not the machine."""


class Processes(ClosedAtTheEnd):
    """``workers`` processes, started when the first task comes. They are spawned, so that none holds a file of the archive, and they end with this
    process, however that ends."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self.ahead = 2 * workers
        self.notes: list[str] = []
        self._pool: ProcessPoolExecutor | None = None

    def submit(self, function: Callable[[A], B], argument: A) -> Pending[B]:
        """Hand it to the pool."""
        return _Task(self, function, argument)

    def close(self) -> None:
        """End the workers; tasks that nobody waits for are dropped."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def begun(self, function: Callable[[A], B], argument: A) -> tuple[ProcessPoolExecutor, Future[B]]:
        """A task in the pool that stands, or in a new one."""
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self.workers, mp_context=multiprocessing.get_context("spawn"), initializer=_alone
            )
        pool = self._pool
        try:
            return pool, pool.submit(function, argument)
        except BrokenProcessPool:
            self.broken(pool)
            return self.begun(function, argument)

    def broken(self, pool: ProcessPoolExecutor) -> None:
        """A worker of ``pool`` died, and the pool with it: the next task begins a new one."""
        if self._pool is pool:
            pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


class _Task(Generic[A, B]):
    """A task that is begun again when the pool breaks under it."""

    def __init__(self, processes: Processes, function: Callable[[A], B], argument: A) -> None:
        self._processes, self._function, self._argument = processes, function, argument
        self._pool, self._future = processes.begun(function, argument)

    def done(self) -> bool:
        return self._future.done()

    def result(self) -> B:
        for _ in range(TRIES - 1):
            try:
                return self._once()
            except (BrokenProcessPool, CancelledError):
                self._processes.broken(self._pool)
                self._pool, self._future = self._processes.begun(self._function, self._argument)
        try:
            return self._once()
        except (BrokenProcessPool, CancelledError):
            self._processes.broken(self._pool)
            raise WorkLost(f"a task lost its worker process {TRIES} times: it is done here") from None

    def _once(self) -> B:
        try:
            return self._future.result()
        except (BrokenProcessPool, CancelledError):
            raise
        except Exception as error:
            raise failed(error) from error


def _alone() -> None:
    """In a worker: an interrupt is for the process that asked, and a worker that this one left behind ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    os._exit(0)
