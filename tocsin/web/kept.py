"""The archive kept open for reading between the requests of a thread. Opening it means looking at both files and reading the schema, which took half
of the time of a small page, and a connection that stays knows the pages of the file that it read lately."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from archive.databases import ARCHIVE_FILE, CAPTURES_FILE
from archive.store import Archive

_CACHE_KIB = 16 * 1024
"""What a connection keeps of the file: there are as many as there are threads."""
_FILES = (ARCHIVE_FILE, CAPTURES_FILE)
_Which = tuple[tuple[int, int], ...]


class _Held:
    """An open archive, closed when its thread ends."""

    def __init__(self, folder: Path) -> None:
        self.which = _which(folder)
        self.archive = Archive.open(folder, read_only=True)
        self.archive.database.execute(f"PRAGMA cache_size = -{_CACHE_KIB:d}")
        self.version = _version(self.archive)

    def is_current(self, folder: Path) -> bool:
        """Whether the files are still the ones that were opened: a restored backup has other ones, a newer program another schema."""
        return self.which == _which(folder) and self.version == _version(self.archive)

    def close(self) -> None:
        archive = getattr(self, "archive", None)  # None where opening it failed
        if archive is not None:
            with suppress(sqlite3.Error):
                archive.close()

    __del__ = close


class _Own(threading.local):
    def __init__(self) -> None:
        self.held: dict[Path, _Held] = {}


_own = _Own()


@contextmanager
def reading(folder: Path) -> Iterator[Archive]:
    """The archive in ``folder``, opened for reading, for this thread until the end of the block; each statement sees what was written last. Whatever
    goes wrong, the next one is opened anew. Raises what ``Archive.open`` raises."""
    held = _own.held.pop(folder, None)
    if held is not None and not _is_current(held, folder):
        held.close()
        held = None
    if held is None:
        held = _Held(folder)
    try:
        yield held.archive
    except BaseException:
        held.close()
        raise
    _own.held[folder] = held


def _is_current(held: _Held, folder: Path) -> bool:
    try:
        return held.is_current(folder)
    except (OSError, sqlite3.Error):
        return False


def _which(folder: Path) -> _Which:
    """Which files they are, () where one is absent: opening it says so."""
    try:
        return tuple(
            (found.st_dev, found.st_ino) for found in ((folder / kind.name).stat() for kind in _FILES)
        )
    except FileNotFoundError:
        return ()


def _version(archive: Archive) -> int:
    return int(archive.database.execute("PRAGMA user_version").fetchone()[0])
