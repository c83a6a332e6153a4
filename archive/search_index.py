"""The full-text index: a file of its own beside ``archive.db``, derived from it and made again at will by deleting it.

It is kept up by reading what was added since, in transactions of its own: the archive's writer never waits for it, and it never writes to the archive.
Each number, heading and text that a provision ever had stands in it once.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive.search_attached import FILE as FILE
from archive.search_attached import attach
from archive.search_places import PLACES, Place, settle
from archive.search_words import folded, set_apart
from archive.store import Archive

VERSION = 2
"""Of the schema and of the folding: an index of another one is made anew."""
_BATCH = 5000
_BUSY_MS = 10_000
_LOG_BYTES = 8 * 2**20
"""To which the log beside the file is cut when all of it is in the file: whoever opens the file first reads the log."""

_SCHEMA = (
    # The last rows of the archive that were read, and what they said.
    "CREATE TABLE progress (provision INTEGER NOT NULL, edition INTEGER NOT NULL, mark TEXT NOT NULL)",
    """
    CREATE TABLE saying (               -- what a provision said, each once: numbers of archive.db
        id INTEGER PRIMARY KEY,
        num TEXT NOT NULL,
        heading INTEGER NOT NULL,       -- text.id; 0: none
        text INTEGER NOT NULL,          -- text.id; 0: none
        alone INTEGER NOT NULL DEFAULT 0, -- at how many addresses it is the one row that is held true
        UNIQUE (text, heading, num)
    ) STRICT
    """,
    *PLACES,
    "CREATE VIRTUAL TABLE words USING fts5(body, content='', tokenize='unicode61 remove_diacritics 0')",
    "INSERT INTO progress VALUES (0, 0, '')",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the archive was read: its last rows, and what they said."""

    provision: int
    edition: int
    mark: str = ""


def update(archive: Archive) -> int:
    """Bring the index up to what the archive holds; answers how many provisions were read. Makes it where it is not there, is of another version or of
    another archive. Raises ``sqlite3.Error`` where its file cannot be written."""
    path = archive.folder / FILE
    index = _connection(path)
    try:
        index.execute("BEGIN IMMEDIATE")
        if _version(index) != VERSION or not _is_of(_progress(index), archive):
            _make(index)
        index.execute("COMMIT")
        read = 0
        while rows := _batch(index, archive):
            read += rows
        return read
    finally:
        index.close()


def keep_up(archive: Archive) -> str:
    """The same for a run, which does not fail because of it: why the index could not be kept up, "" where it was."""
    try:
        update(archive)
    except sqlite3.Error as error:
        return f"the search index could not be kept up ({error}); delete {FILE} if it is damaged: it is made again"
    return ""


def behind(archive: Archive) -> int:
    """How many rows of the archive the index has not read; all of them where there is no index."""
    last = _last(archive)
    try:
        if is_there(archive) and _is_of(read := _progress(archive.database, "search"), archive):
            return max(last.provision - read.provision, last.edition - read.edition)
    except sqlite3.Error:  # it is damaged: who searches is told
        pass
    return last.provision


def is_there(archive: Archive) -> bool:
    """Whether there is an index of this version; then it is attached to the archive's connection as ``search``."""
    return attach(archive) and _version(archive.database, "search") == VERSION


def _version(database: sqlite3.Connection, schema: str = "main") -> int:
    return int(database.execute(f"PRAGMA {schema}.user_version").fetchone()[0])


def _progress(database: sqlite3.Connection, schema: str = "main") -> Progress:
    provision, edition, mark = database.execute(
        f"SELECT provision, edition, mark FROM {schema}.progress"  # noqa: S608 - a name of ours
    ).fetchone()
    return Progress(provision=provision, edition=edition, mark=mark)


def _is_of(read: Progress, archive: Archive) -> bool:
    """Whether the last rows that were read are in the archive as they were."""
    return read.provision == 0 or read.mark == _mark(archive, read.provision, read.edition)


def _last(archive: Archive) -> Progress:
    """What an index has to read up to."""
    database = archive.database
    (provision,) = database.execute("SELECT coalesce(max(id), 0) FROM provision").fetchone()
    (edition,) = database.execute("SELECT coalesce(max(id), 0) FROM edition").fetchone()
    return Progress(provision=provision, edition=edition)


def _connection(path: Path) -> sqlite3.Connection:
    index = sqlite3.connect(path, isolation_level=None)
    index.execute(f"PRAGMA busy_timeout = {_BUSY_MS:d}")
    index.execute("PRAGMA journal_mode = WAL")
    # It can be made again: a power cut may cost its last transactions, never the file.
    index.execute("PRAGMA synchronous = NORMAL")
    index.execute(f"PRAGMA journal_size_limit = {_LOG_BYTES:d}")
    index.execute("PRAGMA cache_size = -65536")
    return index


def _make(index: sqlite3.Connection) -> None:
    for table in ("words", "place", "saying", "progress"):
        index.execute(f"DROP TABLE IF EXISTS {table}")
    for statement in _SCHEMA:
        index.execute(statement)
    index.execute(f"PRAGMA user_version = {VERSION:d}")


def _mark(archive: Archive, provision: int, edition: int) -> str:
    said = archive.database.execute(
        """
        SELECT path, eid, num, hex(heading.digest), hex(words.digest), from_date, known_from FROM provision
        JOIN address ON address.id = provision.address
        JOIN work ON work.id = address.work
        LEFT JOIN text AS heading ON heading.id = provision.heading
        LEFT JOIN text AS words ON words.id = provision.text
        WHERE provision.id = ?
        """,
        (provision,),
    ).fetchone()
    into = archive.database.execute(
        "SELECT series, as_of, known_from, digest FROM edition WHERE id = ?", (edition,)
    ).fetchone()
    return repr((said, into))


def _batch(index: sqlite3.Connection, archive: Archive) -> int:
    """Read the next rows of the archive, in one transaction of the index, and with the last of them what was taken out of force by the editions that were
    there before: whatever is closed meanwhile is closed by an edition that is not counted as read."""
    index.execute("BEGIN IMMEDIATE")
    try:
        read, last = _progress(index), _last(archive).edition
        rows = archive.database.execute(
            """
            SELECT provision.id, address, series, num, coalesce(heading, 0), coalesce(text, 0), heading.body, words.body,
                from_date, to_date, known_to IS NULL
            FROM provision
            LEFT JOIN text AS heading ON heading.id = provision.heading
            LEFT JOIN text AS words ON words.id = provision.text
            WHERE provision.id > ? ORDER BY provision.id LIMIT ?
            """,
            (read.provision, _BATCH),
        ).fetchall()
        provision, edition = rows[-1][0] if rows else read.provision, read.edition
        closed: list[tuple[int, int]] = []
        if len(rows) < _BATCH:
            closed, edition = _closed(archive, edition, last), last
        if (provision, edition) != (read.provision, read.edition):
            settle(index, [_place(index, row) for row in rows], closed)
            index.execute(
                "UPDATE progress SET provision = ?, edition = ?, mark = ?",
                (provision, edition, _mark(archive, provision, edition)),
            )
        index.execute("COMMIT")
    except BaseException:
        index.execute("ROLLBACK")
        raise
    return len(rows)


def _closed(archive: Archive, after: int, last: int) -> list[tuple[int, int]]:
    """The rows (number and address) that were closed with the editions after one up to the last: by them, or with the recipe whose place they take. A row
    is closed only in a transaction that writes an edition of its work."""
    return archive.database.execute(
        """
        WITH fresh(work, since) AS (
            SELECT work, min(known_from) FROM edition JOIN series ON series.id = edition.series
            WHERE edition.id > ? AND edition.id <= ? GROUP BY work
        )
        SELECT provision.id, address FROM fresh
        JOIN series ON series.work = fresh.work
        JOIN provision ON provision.series = series.id AND provision.known_to >= fresh.since
        """,
        (after, last),
    ).fetchall()


def _place(index: sqlite3.Connection, row: Sequence[Any]) -> Place | None:
    """The place of a row, with what it says written; None for one that is not held true any more."""
    provision, address, series, num, heading, text, heading_body, text_body, begin, end, held = row
    found = index.execute(
        "SELECT id FROM saying WHERE text = ? AND heading = ? AND num = ?", (text, heading, num)
    ).fetchone()
    if found is None:
        found = index.execute(
            "INSERT INTO saying (num, heading, text) VALUES (?, ?, ?) RETURNING id", (num, heading, text)
        ).fetchone()
        # "\x1f" between the fields is no word: phrases across them are sorted out by the texts themselves.
        said = "\x1f".join(set_apart(folded(field)) for field in (num, heading_body or "", text_body or ""))
        index.execute("INSERT INTO words (rowid, body) VALUES (?, ?)", (found[0], said))
    return Place(found[0], address, provision, series, begin, end) if held else None
