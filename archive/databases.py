"""One SQLite file of ours: made, recognised, opened; and what SQLite says when the disk or the file is at fault, told clearly."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database, Migrations

from archive.errors import StorageFailed, UnsoundArchive
from archive.migrations import ARCHIVE, ARCHIVE_VERSION, CAPTURES, CAPTURES_VERSION, upgrade

BUSY_TIMEOUT_MS = 10_000
RESTORED = "restored.new"
"""The folder beside the files in which a restoring makes ready what takes their place."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of file: its name in the folder, its mark in the SQLite header, its schema."""

    name: str
    application_id: int
    version: int
    migrations: Migrations


ARCHIVE_FILE = Kind("archive.db", 0x746F6341, ARCHIVE_VERSION, ARCHIVE)  # "tocA"
CAPTURES_FILE = Kind("captures.db", 0x746F6343, CAPTURES_VERSION, CAPTURES)  # "tocC"


def make(kind: Kind, path: Path) -> None:
    """Write an empty file of this kind, complete and closed."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA application_id = {kind.application_id:d}")
        upgrade(Database(connection), kind.migrations)
        settle(connection)
    finally:
        connection.close()


def settle(connection: sqlite3.Connection) -> None:
    """Bring the log of a file into the file, which may then be moved without it. Closing does the same, and keeps to itself that it failed."""
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


def examine(kind: Kind, folder: Path) -> int:
    """The schema version of the file in ``folder``; writes nothing. Raises ``UnsoundArchive`` for one that is absent or foreign,
    or newer than this program."""
    path = folder / kind.name
    if not path.is_file() and (folder / RESTORED).is_dir():
        raise UnsoundArchive(
            f"there is no {kind.name}: a restoring was cut off",
            thing=str(folder),
            mend="Run 'tocsin restore' again; what was there before is in the newest folder replaced-N beside it",
        )
    if not path.is_file():
        raise UnsoundArchive(
            f"there is no {kind.name}",
            thing=str(folder),
            mend="Name the folder of an archive, or make one with 'tocsin init'",
        )
    try:
        mark, version = _header(path)
    except sqlite3.Error as error:
        raise UnsoundArchive(
            f"{kind.name} cannot be read ({error})",
            thing=str(folder),
            mend="Make the folder writable for this user, or copy it to one that is: its log is to be read too"
            if getattr(error, "sqlite_errorname", "") == "SQLITE_CANTOPEN" and not _is_settled(path)
            else "Restore it from a backup, or name another folder",
        ) from None
    if mark != kind.application_id:
        raise UnsoundArchive(
            f"{kind.name} was not made by tocsin",
            thing=str(folder),
            mend="Move it away, or name another folder",
        )
    if version > kind.version:
        raise UnsoundArchive(
            f"{kind.name} has schema {version}, this program knows {kind.version}",
            thing=str(folder),
            mend="Use the release of tocsin that wrote it, or a newer one",
        )
    return version


def connect(kind: Kind, folder: Path, *, read_only: bool, beside: bool = False) -> sqlite3.Connection:
    """A connection to a file that ``examine`` found sound. For writing, an older schema is upgraded first, but not ``beside`` a writer."""
    version = examine(kind, folder)
    path = folder / kind.name
    if (read_only or beside) and version < kind.version:
        how = "reading only" if read_only else "a short write"
        raise UnsoundArchive(
            f"{kind.name} has schema {version}, older than {kind.version}, and is opened for {how}",
            thing=str(folder),
            mend="Run any command that writes once, such as 'tocsin run --once': it upgrades the archive",
        )
    connection = (
        open_to_read(path)
        if read_only
        else sqlite3.connect(_address(path, "rw"), uri=True, isolation_level=None)
    )
    try:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS:d}")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA cache_size = -65536")
        if not read_only:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute(f"PRAGMA journal_size_limit = {64 * 2**20:d}")
            if version < kind.version:
                upgrade(Database(connection), kind.migrations)
    except BaseException:
        connection.close()
        raise
    return connection


def open_to_read(path: Path) -> sqlite3.Connection:
    """A connection for reading a file of ours. SQLite wants to put the index of its log beside the file even to read; on a disk that is mounted for reading,
    where nobody writes, it does without: the file alone is read as it is, with a log beside it the index is held in memory."""
    address, alone = _address(path, "ro"), False
    if os.statvfs(path).f_flag & os.ST_RDONLY:
        if _is_settled(path):
            address += "&immutable=1"
        elif not path.with_name(path.name + "-shm").exists():
            address, alone = address + "&vfs=unix-none", True
    connection = sqlite3.connect(address, uri=True, isolation_level=None)
    if alone:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    return connection


def _header(path: Path) -> tuple[int, int]:
    """Application mark and schema version. A file without a log beside it is read as immutable, so that nothing is put beside it."""
    connection = (
        sqlite3.connect(_address(path, "ro") + "&immutable=1", uri=True)
        if _is_settled(path)
        else open_to_read(path)
    )
    try:
        mark: int = connection.execute("PRAGMA application_id").fetchone()[0]
        version: int = connection.execute("PRAGMA user_version").fetchone()[0]
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    finally:
        connection.close()
    return mark, version


def _is_settled(path: Path) -> bool:
    return not path.with_name(path.name + "-wal").exists()


def _address(path: Path, mode: str) -> str:
    return f"{path.resolve().as_uri()}?mode={mode}"


# ── what SQLite says, for people ───────────────────────────────────────────────────────────────────

_MENDS = {
    "SQLITE_FULL": "Free space on its disk and run again",
    "SQLITE_IOERR": "Check its disk, then run 'tocsin verify'",
    "SQLITE_READONLY": "Make the folder writable for this user",
    "SQLITE_CANTOPEN": "Check that the folder is there and writable for this user",
    "SQLITE_BUSY": "Another program holds it: close it and run again",
    "SQLITE_LOCKED": "Another program holds it: close it and run again",
    "SQLITE_CORRUPT": "Restore it from a backup",
    "SQLITE_NOTADB": "Restore it from a backup",
}


@contextmanager
def told_clearly(path: Path) -> Iterator[None]:
    """Turn what a disk or a damaged file does to SQLite into a ``StorageFailed`` with the file and the mend; mistakes of ours pass."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if said := storage_failed(error, str(path)):
            raise said from error
        raise


def storage_failed(error: sqlite3.DatabaseError, thing: str) -> StorageFailed | None:
    """What a disk or a damaged file did to SQLite, for people; None for a mistake of ours."""
    name = getattr(error, "sqlite_errorname", "") or ""
    for start, mend in _MENDS.items():
        if name.startswith(start):
            return StorageFailed(f"{error} ({name})", thing=thing, mend=mend)
    return None
