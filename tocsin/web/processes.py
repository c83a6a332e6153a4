"""Several processes that serve over the same sockets, and the one that looks after them: uvicorn's own supervisor, but for four things.

- A process that was killed is replaced; one that ends by itself with an error would end so again, and the server ends.
- It asks no process whether it is alive by a message that has to be answered within seconds: on a machine that is slow and busy one that is being started does not
  answer in time, is killed, and the next one fares no better; and whoever waits for an answer hears no signal.
- A terminal that is closed ends it, as it does any program; and it ends by the signal that it was told by, so that its exit status is that of one process.
- Ctrl-C is for this process to hear: one that is being started would die of it with a traceback.
"""

from __future__ import annotations

import logging
import multiprocessing.process
import os
import signal
import socket
from collections.abc import Sequence

import uvicorn
from uvicorn.supervisors import Multiprocess
from uvicorn.supervisors.multiprocess import Process

from archive.errors import TocsinError

_log = logging.getLogger(__name__)


class Supervisor(Multiprocess):
    """``workers`` processes of a configuration over sockets that are bound. ``run`` serves until it is told to stop."""

    def __init__(self, config: uvicorn.Config, sockets: Sequence[socket.socket]) -> None:
        super().__init__(config, list(sockets))
        self._told = 0
        self._broken = 0

    def run(self) -> None:
        """Serve. Raises ``TocsinError`` where a process broke; it said why."""
        super().run()
        if self._broken:
            raise TocsinError(
                f"a process that serves the pages ended with {self._broken}, and another one would too",
                thing="serve",
                mend="What it said stands above",
            )
        if self._told not in (0, signal.SIGINT):
            signal.signal(self._told, signal.SIG_DFL)
            signal.raise_signal(self._told)

    def init_processes(self) -> None:
        """Start them."""
        self.processes = [self._begun() for _ in range(self.processes_num)]

    def keep_subprocess_alive(self) -> None:
        """Look whether one ended."""
        if self.should_exit.is_set():
            return
        for place, process in enumerate(self.processes):
            if process.exitcode is None:
                continue
            if process.exitcode > 0:
                self._broken = process.exitcode
                self.should_exit.set()
                return
            _log.warning(
                "process %s, which served pages, was ended (%s): another one takes its place",
                process.pid,
                process.exitcode,
            )
            self.processes[place] = self._begun()

    def handle_int(self) -> None:
        """Ctrl-C."""
        self._end(signal.SIGINT)

    def handle_term(self) -> None:
        """Somebody told it to stop."""
        self._end(signal.SIGTERM)

    def handle_hup(self) -> None:
        """The terminal was closed."""
        self._end(signal.SIGHUP)

    def _end(self, told: int) -> None:
        self._told = told
        self.should_exit.set()

    def _begun(self) -> Process:
        process = Process(self.config, self.sockets)
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            process.start()
        finally:
            signal.signal(signal.SIGINT, before)
        return process


def end_after(parent: multiprocessing.process.BaseProcess) -> None:
    """In such a process: when the one that looks after it is gone, end, as if it had been told to. What goes on without it would hold the port."""
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)
