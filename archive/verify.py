"""Is the archive what it says it is? Every hash is computed again, every edition is put together again."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from archive.chain import check_chain
from archive.databases import ARCHIVE_FILE, CAPTURES_FILE
from archive.editions import provisions_at
from archive.errors import UnsoundArchive
from archive.store import Archive
from archive.texts import text_digest
from archive.trees import digest, flatten

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that is not as it should be: in which file, what. ``grave`` means that something is lost or not what it was; what is not
    grave is what a crash may leave and nobody misses."""

    file: str
    what: str
    grave: bool = True


def verify(archive: Archive, progress: Progress = lambda done, of: None) -> Iterator[Finding]:
    """What is wrong, as it is found; nothing for a sound archive. ``progress`` hears of the steps done and of how many there are: a
    capture, a text and an edition are a step each."""
    steps = [
        *_captures(archive),
        lambda: _orphans(archive),
        lambda: _texts(archive),
        lambda: _chain(archive),
        *_editions(archive),
    ]
    yield from _sound_file(archive.captures.database, CAPTURES_FILE.name)
    yield from _sound_file(archive.database, ARCHIVE_FILE.name)
    for done, step in enumerate(steps, start=1):
        yield from step()
        progress(done, len(steps))


def _sound_file(database: sqlite3.Connection, name: str) -> Iterator[Finding]:
    for (said,) in database.execute("PRAGMA integrity_check"):
        if said != "ok":
            yield Finding(file=name, what=f"SQLite says: {said}")
    for table, row, parent, _ in database.execute("PRAGMA foreign_key_check"):
        yield Finding(file=name, what=f"row {row} of {table} refers to a row of {parent} that is not there")


def _captures(archive: Archive) -> Iterator[Callable[[], Iterator[Finding]]]:
    def check(sha256: str) -> Iterator[Finding]:
        try:
            archive.captures.get(sha256)
        except UnsoundArchive as error:
            yield Finding(file=CAPTURES_FILE.name, what=error.message)

    for sha256 in archive.captures.hashes():
        yield lambda sha256=sha256: check(sha256)  # type: ignore[misc]


def _orphans(archive: Archive) -> Iterator[Finding]:
    """Bodies and rows of captures that lack each other."""
    wanted = {sha256 for (sha256,) in archive.database.execute("SELECT sha256 FROM capture")}
    kept = set(archive.captures.hashes())
    for sha256 in sorted(wanted - kept):
        yield Finding(file=CAPTURES_FILE.name, what=f"the bytes of capture {sha256} are not there")
    for sha256 in sorted(kept - wanted):
        yield Finding(file=CAPTURES_FILE.name, what=f"no row refers to capture {sha256}", grave=False)


def _chain(archive: Archive) -> Iterator[Finding]:
    for broken in check_chain(archive):
        yield Finding(file=ARCHIVE_FILE.name, what=broken.line())


def _texts(archive: Archive) -> Iterator[Finding]:
    for number, stored, body in archive.database.execute("SELECT id, digest, body FROM text"):
        if text_digest(body) != stored:
            yield Finding(file=ARCHIVE_FILE.name, what=f"text {number} is not what it was: {body[:60]!r}")


def _editions(archive: Archive) -> Iterator[Callable[[], Iterator[Finding]]]:
    """Each edition that was ever known, put together as it was known first and last."""
    rows = archive.database.execute(
        """
        SELECT path, edition.as_of, edition.series, edition.digest, known_from, known_to FROM edition
        JOIN series ON series.id = edition.series JOIN work ON work.id = series.work
        WHERE known_to IS NULL OR known_to > known_from ORDER BY edition.id
        """
    ).fetchall()

    def check(
        path: str, day: str, series: int, stored: str, instants: Iterable[int | None]
    ) -> Iterator[Finding]:
        for known in instants:
            try:
                tree = digest(list(flatten(provisions_at(archive, series, day, known))))
            except KeyError:
                tree = ""
            if tree != stored:
                yield Finding(
                    file=ARCHIVE_FILE.name, what=f"the edition of {day} of {path} is not what was published"
                )
                return

    for path, day, series, stored, known_from, known_to in rows:
        instants = (known_from, None if known_to is None else known_to - 1)
        yield lambda path=path, day=day, series=series, stored=stored, instants=instants: check(  # type: ignore[misc]
            path, day, series, stored, instants
        )
