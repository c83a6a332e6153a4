"""The full-text index: a file of its own beside ``archive.db``, derived from it and made again at will by deleting it.

It is kept up by reading what was added since, in transactions of its own: the archive's writer never waits for it, and it never writes to the archive.
Each number, heading and text that a provision ever had stands in it once.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from archive.search_words import folded, set_apart
from archive.store import Archive

FILE = "search.db"
VERSION = 1
"""Of the schema and of the folding: an index of another one is made anew."""
_BATCH = 5000
_BUSY_MS = 10_000

_SCHEMA = (
    "CREATE TABLE progress (provision INTEGER NOT NULL, mark TEXT NOT NULL)",  # the last row read, and what it said
    """
    CREATE TABLE saying (               -- what a provision said, each once: numbers of archive.db
        id INTEGER PRIMARY KEY,
        num TEXT NOT NULL,
        heading INTEGER NOT NULL,       -- text.id; 0: none
        text INTEGER NOT NULL,          -- text.id; 0: none
        UNIQUE (text, heading, num)
    ) STRICT
    """,
    """
    CREATE TABLE place (                -- where it ever stood
        saying INTEGER NOT NULL,
        address INTEGER NOT NULL,       -- address.id
        PRIMARY KEY (saying, address)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE VIRTUAL TABLE words USING fts5(body, content='', tokenize='unicode61 remove_diacritics 0')",
    "INSERT INTO progress VALUES (0, '')",
)


def update(archive: Archive) -> int:
    """Bring the index up to what the archive holds; answers how many rows were read. Makes it where it is not there, is of another version or of another
    archive. Raises ``sqlite3.Error`` where its file cannot be written."""
    path = archive.folder / FILE
    index = _connection(path)
    try:
        index.execute("BEGIN IMMEDIATE")
        if not _is_of(index, archive):
            _make(index)
        index.execute("COMMIT")
        read = 0
        while rows := _batch(index, archive):
            read += len(rows)
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
    (last,) = archive.database.execute("SELECT coalesce(max(id), 0) FROM provision").fetchone()
    path = archive.folder / FILE
    if not path.is_file():
        return int(last)
    index = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)
    try:
        return int(last) - (_progress(index)[0] if _is_of(index, archive) else 0)
    except sqlite3.Error:
        return int(last)
    finally:
        index.close()


def _connection(path: Path) -> sqlite3.Connection:
    index = sqlite3.connect(path, isolation_level=None)
    index.execute(f"PRAGMA busy_timeout = {_BUSY_MS:d}")
    index.execute("PRAGMA journal_mode = WAL")
    # It can be made again: a power cut may cost its last transactions, never the file.
    index.execute("PRAGMA synchronous = NORMAL")
    return index


def _make(index: sqlite3.Connection) -> None:
    for table in ("words", "place", "saying", "progress"):
        index.execute(f"DROP TABLE IF EXISTS {table}")
    for statement in _SCHEMA:
        index.execute(statement)
    index.execute(f"PRAGMA user_version = {VERSION:d}")


def _is_of(index: sqlite3.Connection, archive: Archive) -> bool:
    """Whether the index is of this version, and the last row that it read is in the archive as it was."""
    if index.execute("PRAGMA user_version").fetchone()[0] != VERSION:
        return False
    last, mark = _progress(index)
    return last == 0 or mark == _mark(archive, last)


def _progress(index: sqlite3.Connection) -> tuple[int, str]:
    number, mark = index.execute("SELECT provision, mark FROM progress").fetchone()
    return int(number), str(mark)


def _mark(archive: Archive, provision: int) -> str:
    row = archive.database.execute(
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
    return repr(row)


def _batch(index: sqlite3.Connection, archive: Archive) -> Sequence[tuple[Any, ...]]:
    """Read the next rows of the archive, in one transaction of the index."""
    index.execute("BEGIN IMMEDIATE")
    try:
        rows = archive.database.execute(
            """
            SELECT provision.id, address, num, coalesce(heading, 0), coalesce(text, 0), heading.body, words.body
            FROM provision
            LEFT JOIN text AS heading ON heading.id = provision.heading
            LEFT JOIN text AS words ON words.id = provision.text
            WHERE provision.id > ? ORDER BY provision.id LIMIT ?
            """,
            (_progress(index)[0], _BATCH),
        ).fetchall()
        if rows:
            _add(index, rows)
            last = rows[-1][0]
            index.execute("UPDATE progress SET provision = ?, mark = ?", (last, _mark(archive, last)))
        index.execute("COMMIT")
    except BaseException:
        index.execute("ROLLBACK")
        raise
    return rows


def _add(index: sqlite3.Connection, rows: Iterable[tuple[Any, ...]]) -> None:
    for _, address, num, heading, text, heading_body, text_body in rows:
        found = index.execute(
            "SELECT id FROM saying WHERE text = ? AND heading = ? AND num = ?", (text, heading, num)
        ).fetchone()
        if found is None:
            found = index.execute(
                "INSERT INTO saying (num, heading, text) VALUES (?, ?, ?) RETURNING id", (num, heading, text)
            ).fetchone()
            # "\x1f" between the fields is no word: phrases across them are sorted out by the texts themselves.
            said = "\x1f".join(
                set_apart(folded(field)) for field in (num, heading_body or "", text_body or "")
            )
            index.execute("INSERT INTO words (rowid, body) VALUES (?, ?)", (found[0], said))
        index.execute("INSERT INTO place VALUES (?, ?) ON CONFLICT DO NOTHING", (found[0], address))
