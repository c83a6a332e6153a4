"""Commands of the program as processes in which a write fails, or that end themselves at one: ``python -m tests.tocsin.breaking``.

As in ``killing``, this process imports the program once and forks for each order. Two sorts of events are counted: every SQL *statement* as it begins,
and every *write*: SQLite's own system calls on any of its files (through its table of system calls, which SQLite's own tests use for the same), and
what Python opens for writing, makes, renames, removes or writes. At the ``number``-th event of the sort ``of`` the order's ``way`` happens:

- ``kill``: the process ends by SIGKILL;
- ``full``: that write and every later one fails, as on a disk that is full;
- ``broken``: that write alone fails, as on a disk with a bad block.

The way ``limit`` counts nothing: the kernel refuses what would make a file longer than ``bytes`` (RLIMIT_FSIZE), after it has taken what still fits;
with ``crawl_only`` it does so to the crawling child alone. ``sealed`` lets nothing below the order's folder be opened for writing, as a disk that is mounted for
reading only; ``mounted`` mounts it so, where that is permitted. ``back`` sets the clock back by ``seconds`` before the ``number``-th time that it is read. ``record`` keeps in a folder what a crawl told, and ``replay`` hands it to the program in the
place of another crawl: the parent's writes are what is struck here, and a crawl takes longer than all of them.
"""

from __future__ import annotations

import _sqlite3
import ctypes
import errno
import itertools
import json
import os
import resource
import shutil
import signal
import sqlite3
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import crawlers.crawl
import tocsin.cli
import tocsin.cli.certificate
import tocsin.cli.digest
import tocsin.cli.evidence
import tocsin.cli.ingest
import tocsin.cli.keep
import tocsin.cli.retain
import tocsin.cli.review
import tocsin.coverage
import tocsin.flow
from archive import clock
from crawlers.events import Captured, Event, read_events, write_event
from tests.tocsin.killing import Say, obey, warm

STATEMENT, WRITE = "statement", "write"
KILL, FULL, BROKEN, LIMIT = "kill", "full", "broken", "limit"
SEALED, MOUNTED, BACK = "sealed", "mounted", "back"
_ERRORS = {FULL: errno.ENOSPC, BROKEN: errno.EIO}
_REMOVING = ("os.remove", "os.rmdir")
_FOR_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


class Breaking:
    """Counts, and breaks what was ordered to break."""

    def __init__(self, order: dict[str, Any], say: Say) -> None:
        self.way, self.of, self.number = order.get("way", ""), order.get("of", WRITE), order.get("number", 0)
        self.say, self.folder = say, order["folder"]
        self.counted: Counter[str] = Counter()
        self.resting = 0

    def count(self, sort: str) -> int:
        """One event more; the number of the error with which it fails, 0 for none."""
        if self.resting:
            return 0
        self.counted[sort] += 1
        at = self.counted[sort]
        if (
            sort != self.of
            or self.way not in (KILL, *_ERRORS)
            or at < self.number
            or (at > self.number and self.way != FULL)
        ):
            return 0
        if at == self.number:
            self.say({"killed" if self.way == KILL else "struck": f"{self.way} at {sort} {at}"})
        if self.way == KILL:
            os.kill(os.getpid(), signal.SIGKILL)
        return _ERRORS[self.way]

    @contextmanager
    def rest(self) -> Iterator[None]:
        """What happens within is none of the program's doing."""
        self.resting += 1
        try:
            yield
        finally:
            self.resting -= 1

    def install(self) -> None:
        """Put the counters in; only a forked child does."""
        connect, pwrite = sqlite3.connect, os.pwrite

        def connected(*arguments: Any, **options: Any) -> sqlite3.Connection:
            connection = connect(*arguments, **options)
            connection.set_trace_callback(lambda _statement: (self.count(STATEMENT), None)[1])
            return connection

        def written(handle: int, data: bytes, offset: int) -> int:
            """Half of it before it fails: so does a disk."""
            if error := self.count(WRITE):
                pwrite(handle, data[: len(data) // 2], offset)
                raise OSError(error, os.strerror(error))
            return pwrite(handle, data, offset)

        sqlite3.connect = connected  # type: ignore[assignment]
        os.pwrite = written  # type: ignore[assignment]
        sys.addaudithook(self._audit)
        strike_system_calls(lambda: self.count(WRITE), self.sealed)

    def sealed(self, path: str, flags: int) -> int:
        """The error with which a file cannot be opened for writing, 0 where it can."""
        is_below = self.way == SEALED and Path(self.folder) in (Path.cwd() / path).parents
        return errno.EROFS if is_below and flags & _FOR_WRITING else 0

    def _audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode, flags = arguments
            is_written = any(letter in mode for letter in "wax+") if mode else bool(flags & _FOR_WRITING)
            if not is_written or str(path) == os.devnull:
                return
            if error := self.sealed(str(path), _FOR_WRITING):
                raise OSError(error, os.strerror(error), str(path))
        elif event not in ("os.mkdir", "os.rename", "os.link", *_REMOVING):
            return
        elif error := self.sealed(str(arguments[0]), _FOR_WRITING):
            raise OSError(error, os.strerror(error), str(arguments[0]))
        error = self.count(WRITE)
        if error and not (event in _REMOVING and error == errno.ENOSPC):  # what is full can be emptied
            raise OSError(error, os.strerror(error), str(arguments[0]))


# ── SQLite's table of system calls ─────────────────────────────────────────────────────────────────


class _Vfs(ctypes.Structure):
    """``sqlite3_vfs`` as far as it is needed: https://www.sqlite.org/c3ref/vfs.html."""

    _fields_ = (
        ("iVersion", ctypes.c_int),
        ("szOsFile", ctypes.c_int),
        ("mxPathname", ctypes.c_int),
        ("pNext", ctypes.c_void_p),
        ("zName", ctypes.c_char_p),
        ("pAppData", ctypes.c_void_p),
        ("methods", ctypes.c_void_p * 13),
        ("xSetSystemCall", ctypes.c_void_p),
        ("xGetSystemCall", ctypes.c_void_p),
        ("xNextSystemCall", ctypes.c_void_p),
    )


# Of each call that puts something on the disk, its form. "open" stands apart: it is asked with the path and the flags.
_int, _size, _offset, _pointer = ctypes.c_int, ctypes.c_size_t, ctypes.c_int64, ctypes.c_void_p
_CALLS = {
    b"pwrite64": (ctypes.c_ssize_t, _int, _pointer, _size, _offset),
    b"pwrite": (ctypes.c_ssize_t, _int, _pointer, _size, _offset),
    b"write": (ctypes.c_ssize_t, _int, _pointer, _size),
    b"ftruncate": (_int, _int, _offset),
    b"unlink": (_int, ctypes.c_char_p),
}
_KEPT: list[Any] = []  # what C calls must outlive the call that handed it over


def strike_system_calls(count: Callable[[], int], sealed: Callable[[str, int], int]) -> None:
    """Ask ``count`` before each of SQLite's calls that writes, ``sealed`` before it opens a file; where they answer the number of an error, the call
    fails with it."""
    library = ctypes.CDLL(_sqlite3.__file__)
    library.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
    vfs = library.sqlite3_vfs_find(None)
    get = ctypes.CFUNCTYPE(_pointer, ctypes.POINTER(_Vfs), ctypes.c_char_p)(vfs.contents.xGetSystemCall)
    put = ctypes.CFUNCTYPE(_int, ctypes.POINTER(_Vfs), ctypes.c_char_p, _pointer)(vfs.contents.xSetSystemCall)
    for name, form in {**_CALLS, b"open": (_int, ctypes.c_char_p, _int, _int)}.items():
        if address := get(vfs, name):
            prototype = ctypes.CFUNCTYPE(*form, use_errno=True)
            real = prototype(address)
            struck = prototype(_sealed(real, sealed) if name == b"open" else _struck(real, count))
            _KEPT.append(struck)
            assert put(vfs, name, ctypes.cast(struck, _pointer)) == 0


def _struck(real: Callable[..., int], count: Callable[[], int]) -> Callable[..., int]:
    def call(*arguments: Any) -> int:
        if error := count():
            ctypes.set_errno(error)
            return -1
        return real(*arguments)

    return call


def _sealed(real: Callable[..., int], sealed: Callable[[str, int], int]) -> Callable[..., int]:
    def call(path: bytes, flags: int, mode: int) -> int:
        if error := sealed(os.fsdecode(path), flags):
            ctypes.set_errno(error)
            return -1
        return real(path, flags, mode)

    return call


def mount_for_reading(folder: str) -> None:
    """Make a folder read-only for this process and its children. Raises ``OSError`` where that is not permitted."""
    libc = ctypes.CDLL(None, use_errno=True)
    new_mounts, private, bind, remount, read_only = 0x20000, 0x40000 | 0x4000, 0x1000, 0x20, 0x1
    where = os.fsencode(folder)
    for done in (
        libc.unshare(new_mounts),
        libc.mount(None, b"/", None, private, None),
        libc.mount(where, where, None, bind, None),
        libc.mount(None, where, None, bind | remount | read_only, None),
    ):
        if done != 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    os.chdir(folder)  # the working directory is still the one below the mount, which may be written


# ── a crawl that is recorded, and handed over again ────────────────────────────────────────────────


def recording(folder: Path) -> Callable[..., Iterator[Event]]:
    """The crawl that there is, keeping what it told and the bodies."""
    crawl = crawlers.crawl.crawl

    def recorded(job: Any, **options: Any) -> Iterator[Event]:
        place = folder / f"{job.source}-{job.task}"
        place.mkdir(parents=True)
        with (place / "events").open("wb") as events:
            for event in crawl(job, **options):
                events.write(write_event(event))
                if isinstance(event, Captured):
                    shutil.copyfile(Path(job.spool) / event.body, place / event.body)
                yield event

    return recorded


def replaying(folder: Path, breaking: Breaking) -> Callable[..., Iterator[Event]]:
    """What was recorded of a source's crawl, in the place of one."""

    def replayed(job: Any, **_options: Any) -> Iterator[Event]:
        place = folder / f"{job.source}-{job.task}"
        with (place / "events").open("rb") as events:
            for event in read_events(events):
                if isinstance(event, Captured):
                    with breaking.rest():
                        shutil.copyfile(place / event.body, Path(job.spool) / event.body)
                yield event

    return replayed


def limiting(bytes_: int) -> Callable[..., Iterator[Event]]:
    """The crawl that there is, its process not allowed to make a file longer."""
    crawl = tocsin.flow.crawl

    def limited(job: Any, **options: Any) -> Iterator[Event]:
        _limit(bytes_)
        events = crawl(job, **options)
        try:
            first = next(events)  # the child is there, and has its limit
        finally:
            _limit(resource.RLIM_INFINITY)
        yield first
        yield from events

    return limited


def set_back(number: int, seconds: int) -> None:
    """From the ``number``-th time on that it is read the clock is behind."""
    now, read = clock.now, itertools.count(1)
    clock.now = lambda: now() - timedelta(seconds=seconds) if next(read) >= number else now()


def _limit(bytes_: int) -> None:
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_, most))


# ── the process ────────────────────────────────────────────────────────────────────────────────────


def work(order: dict[str, Any], say: Say) -> int:
    """One order, as the program's own entry does it: its exit status is what a shell would see."""
    os.chdir(order["folder"])
    os.environ.update(order["environment"])
    breaking = Breaking(order, say)
    if order.get("replay"):
        tocsin.flow.crawl = tocsin.coverage.crawl = replaying(Path(order["replay"]), breaking)  # type: ignore[assignment]
    if order.get("way") == MOUNTED:
        try:
            mount_for_reading(order["folder"])
        except OSError as error:
            say({"forbidden": str(error)})
            return 0
    elif order.get("way") == BACK:
        set_back(order["number"], order["seconds"])
    elif order.get("way") == LIMIT:
        if order.get("crawl_only"):
            tocsin.flow.crawl = limiting(order["bytes"])  # type: ignore[assignment]
        else:
            _limit(order["bytes"])
    else:
        breaking.install()
    sys.argv = ["tocsin", *order["arguments"]]
    try:
        tocsin.cli.main()
    except SystemExit as end:
        return int(end.code or 0)
    except BaseException:
        traceback.print_exc()
        return 70
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        say({"counted": dict(breaking.counted)})
    return 0


def warmed(order: dict[str, Any]) -> dict[str, Any]:
    """An order in this process itself: what it imports and compiles, its children have."""
    crawl = tocsin.flow.crawl
    if order.get("record"):
        tocsin.flow.crawl = tocsin.coverage.crawl = recording(Path(order["record"]))  # type: ignore[assignment]
    try:
        return warm(order)
    finally:
        tocsin.flow.crawl = tocsin.coverage.crawl = crawl


def main() -> None:
    """Orders from stdin until it ends."""
    for line in sys.stdin:
        order = json.loads(line)
        sys.stdout.write(json.dumps(warmed(order) if order.get("warm") else obey(order, work)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
