"""The archive: two SQLite files in a folder, one writer, explicit transactions.

``captures.db`` holds the bytes of captures and is committed first; ``archive.db`` all else. What a transaction says is there after it, and
nothing of it before: a process killed at any point leaves the archive as it was before the transaction or as it is after.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from archive import databases
from archive.captures import CaptureStore
from archive.databases import ARCHIVE_FILE, CAPTURES_FILE
from archive.errors import BadInput, TocsinError
from archive.lock import WriterLock


class Archive:
    """An open archive. Made by ``Archive.create`` or ``Archive.open``; a context manager that closes itself.

    ``database`` is the connection to ``archive.db``: it commits each statement by itself outside of ``transaction()``.
    """

    def __init__(
        self,
        folder: Path,
        database: sqlite3.Connection,
        captures: CaptureStore,
        lock: WriterLock | None,
        *,
        beside: bool = False,
    ) -> None:
        self.folder = folder
        self.database = database
        self.captures = captures
        self._lock = lock
        self._beside = beside

    @classmethod
    def create(cls, folder: Path) -> Archive:
        """Make an empty archive in ``folder`` (made if absent) and open it for writing. Raises ``BadInput`` where there is one.

        The files get their names when they are complete, ``archive.db`` last: an interrupted creation can be done again.
        """
        folder = Path(folder)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lock = WriterLock(folder)
        except OSError as error:
            raise _not_writable(folder, error) from None
        try:
            if (folder / ARCHIVE_FILE.name).exists():
                raise BadInput(
                    "there is an archive already", thing=str(folder), mend="Name a new or an empty folder"
                )
            if (folder / CAPTURES_FILE.name).exists() and _holds_bodies(folder):
                raise BadInput(
                    f"there is a {CAPTURES_FILE.name} with captures, and no {ARCHIVE_FILE.name}",
                    thing=str(folder),
                    mend=f"Restore {ARCHIVE_FILE.name} from a backup, or name a new folder",
                )
            for kind in (CAPTURES_FILE, ARCHIVE_FILE):
                fresh = folder / f"{kind.name}.new"
                for left in folder.glob(f"{fresh.name}*"):
                    left.unlink()
                with databases.told_clearly(folder / kind.name):
                    databases.make(kind, fresh)
                fresh.replace(folder / kind.name)
        finally:
            lock.release()
        return cls.open(folder)

    @classmethod
    def open(cls, folder: Path, read_only: bool = False) -> Archive:
        """Open the archive in ``folder``. For writing it takes the writer's lock (``BadInput`` where another holds it) and upgrades an
        older schema. Raises ``UnsoundArchive`` for one that is absent, foreign or newer than this program, and writes nothing then."""
        folder = Path(folder)
        for kind in (ARCHIVE_FILE, CAPTURES_FILE):
            databases.examine(kind, folder)
        lock = None
        if not read_only:
            try:
                lock = WriterLock(folder)
            except OSError as error:
                raise _not_writable(folder, error) from None
        connections: list[sqlite3.Connection] = []
        try:
            for kind in (CAPTURES_FILE, ARCHIVE_FILE):
                with databases.told_clearly(folder / kind.name):
                    connections.append(databases.connect(kind, folder, read_only=read_only))
        except BaseException:
            for connection in connections:
                connection.close()
            if lock:
                lock.release()
            raise
        captures, database = connections
        return cls(folder, database, CaptureStore(captures, folder / CAPTURES_FILE.name), lock)

    @classmethod
    def beside(cls, folder: Path) -> Archive:
        """Open the archive for short writes while another process may be its writer (docs/adr/0009): ``archive.db`` without the writer's lock, each
        transaction waiting for its turn, ``captures.db`` for reading. What the writer alone may do (schema, captures, editions, sending) it must not.
        Raises ``UnsoundArchive`` as ``open`` does, and for an older schema."""
        folder = Path(folder)
        connections: list[sqlite3.Connection] = []
        try:
            for kind, read_only in ((CAPTURES_FILE, True), (ARCHIVE_FILE, False)):
                with databases.told_clearly(folder / kind.name):
                    connections.append(databases.connect(kind, folder, read_only=read_only, beside=True))
        except BaseException:
            for connection in connections:
                connection.close()
            raise
        captures, database = connections
        return cls(folder, database, CaptureStore(captures, folder / CAPTURES_FILE.name), None, beside=True)

    @property
    def read_only(self) -> bool:
        """Whether it was opened for reading only."""
        return self._lock is None and not self._beside

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """``BEGIN IMMEDIATE`` … ``COMMIT``; an error rolls back. Inside another one it is a savepoint of it: undone alone, kept
        with the whole. Raises ``TocsinError`` where the disk or the file is at fault."""
        if self.read_only:
            raise TocsinError(
                "it is opened for reading only", thing=str(self.folder), mend="Open it for writing"
            )
        with databases.told_clearly(self.folder / ARCHIVE_FILE.name):
            inner = self.database.in_transaction
            self.database.execute("SAVEPOINT inner" if inner else "BEGIN IMMEDIATE")
            try:
                yield
                self.database.execute("RELEASE inner" if inner else "COMMIT")
            except BaseException:
                # A full disk may have ended the transaction already.
                if self.database.in_transaction:
                    if inner:
                        self.database.execute("ROLLBACK TO inner")
                        self.database.execute("RELEASE inner")
                    else:
                        self.database.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Close both files and give the lock back. Doing it twice does no harm."""
        self.database.close()
        self.captures.close()
        if self._lock:
            self._lock.release()

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _holds_bodies(folder: Path) -> bool:
    databases.examine(CAPTURES_FILE, folder)
    connection = databases.connect(CAPTURES_FILE, folder, read_only=True)
    try:
        return connection.execute("SELECT 1 FROM body LIMIT 1").fetchone() is not None
    finally:
        connection.close()


def _not_writable(folder: Path, error: OSError) -> BadInput:
    return BadInput(
        f"it cannot be written ({error.strerror or error})",
        thing=str(folder),
        mend="Name a folder this user may write to",
    )
