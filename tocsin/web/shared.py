"""Bytes that all processes of one server have in common, in memory alone, and whose turn it is to look at them."""

from __future__ import annotations

import fcntl
import os
import tempfile
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.reduction import DupFd
from typing import Any


class Shared:
    """A file without a name. It goes with whatever is handed to a process when that is started (``multiprocessing``, spawn), also to one that is started
    later in the place of another. What a process that was killed had its turn at is the next one's: the system gives its lock back."""

    def __init__(self) -> None:
        self._hold(_nameless())

    def _hold(self, file: int) -> None:
        self._file = file
        self._among_threads = threading.Lock()  # to the system all threads of a process are one
        weakref.finalize(self, os.close, file)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Until the end of the block nobody else has it, in no process."""
        with self._among_threads:
            fcntl.lockf(self._file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN)

    def read(self, at: int, size: int) -> bytes:
        """Some of it, zeros where nobody wrote; who writes afterwards what follows from it does both in one turn."""
        return os.pread(self._file, size, at).ljust(size, b"\0")

    def write(self, at: int, said: bytes) -> None:
        """Put this there."""
        os.pwrite(self._file, said, at)

    def __reduce__(self) -> tuple[Callable[[Any], Shared], tuple[Any]]:
        return _inherited, (DupFd(self._file),)


def _nameless() -> int:
    if hasattr(os, "memfd_create"):
        return os.memfd_create("tocsin")
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())


def _inherited(handed: Any) -> Shared:
    made = Shared.__new__(Shared)
    made._hold(handed.detach())
    return made
