"""One writer: an advisory lock on a file of the archive's folder, which the kernel gives back when its holder dies."""

from __future__ import annotations

import contextlib
import fcntl
import os
import weakref
from pathlib import Path

from archive.errors import BadInput

LOCK_FILE = "writer.lock"
BODIES_FILE = "bodies.lock"


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


class BodiesLock:
    """On the bodies of captures, held from construction to ``close``: many may rely on none being taken away (``shared``), one alone may take some away.
    Who may only read the folder relies on it where the file is there: whoever takes bodies away made it. Raises ``BadInput`` with ``why`` where that cannot be."""

    def __init__(self, folder: Path, *, shared: bool, why: str) -> None:
        self._descriptor = -1
        try:
            self._descriptor = os.open(folder / BODIES_FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError:
            if not shared:
                raise
            with contextlib.suppress(FileNotFoundError):
                self._descriptor = os.open(folder / BODIES_FILE, os.O_RDONLY | os.O_CLOEXEC)
            if self._descriptor < 0:
                return
        try:
            fcntl.flock(self._descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._descriptor)
            raise BadInput(why, thing=str(folder), mend="Wait until it is done") from None

    def close(self) -> None:
        """Give it back."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def no_body_goes(folder: Path) -> BodiesLock:
    """While it is held no body is taken away: for who copies one file after the other."""
    return BodiesLock(folder, shared=True, why="captures are being dropped by 'tocsin retain'")


def alone_with_bodies(folder: Path) -> BodiesLock:
    """For who takes bodies away."""
    return BodiesLock(folder, shared=False, why="a backup is being made")


def holder(folder: Path) -> str | None:
    """Who writes the archive in a folder now: the number of the process as it wrote it ("" where it did not), None where nobody does. It is a look, not a
    promise."""
    try:
        descriptor = os.open(folder / LOCK_FILE, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return os.pread(descriptor, 32, 0).decode(errors="replace").strip()
    finally:
        os.close(descriptor)
    return None


_HELD: weakref.WeakSet[WriterLock] = weakref.WeakSet()


def _forget_in_child() -> None:
    """A forked child shares the open file, and with it the lock: a worker that outlives a killed parent would keep it for ever."""
    for lock in tuple(_HELD):
        lock.release()


os.register_at_fork(after_in_child=_forget_in_child)
