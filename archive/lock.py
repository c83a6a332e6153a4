"""One writer: an advisory lock on a file of the archive's folder, which the kernel gives back when its holder dies."""

from __future__ import annotations

import fcntl
import os
import weakref
from pathlib import Path

from archive.errors import BadInput

LOCK_FILE = "writer.lock"


class WriterLock:
    """Held from construction to ``release``. Raises ``BadInput`` where another process (or this one) holds it."""

    def __init__(self, folder: Path) -> None:
        self._descriptor = os.open(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(self._descriptor, 32, 0).decode(errors="replace").strip()
            os.close(self._descriptor)
            raise BadInput(
                f"another process is writing this archive{f' (process {holder})' if holder else ''}",
                thing=str(folder),
                mend="Wait until it is done, or stop it; a process that died holds nothing",
            ) from None
        # Who holds it is a help for people; the lock itself is what counts.
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, str(os.getpid()).encode(), 0)
        _HELD.add(self)

    def release(self) -> None:
        """Give the lock back. Doing it twice does no harm."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


_HELD: weakref.WeakSet[WriterLock] = weakref.WeakSet()


def _forget_in_child() -> None:
    """A forked child shares the open file, and with it the lock: a worker that outlives a killed parent would keep it for ever."""
    for lock in tuple(_HELD):
        lock.release()


os.register_at_fork(after_in_child=_forget_in_child)
