"""Is the archive what it says it is? Every hash is computed again, every edition is put together again, every link of the chain is followed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from archive import chain
from archive.databases import ARCHIVE_FILE, CAPTURES_FILE
from archive.dropped import dropped
from archive.editions import provisions_at
from archive.errors import UnsoundArchive
from archive.store import Archive
from archive.texts import text_digest
from archive.trees import digest, flatten

Progress = Callable[[int, int], None]
Step = tuple[str, Callable[[], Iterator["Finding"]]]
RESTORE = "Restore the archive from a backup that verifies: 'tocsin restore'"
FORGED = (
    "Compare with a backup from before: somebody wrote to the file, or the disk failed. "
    "Keep this file as it is for whoever looks into it"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that is not as it should be: in which file, what, and what to do (``mend``). ``grave`` means that something is lost or not what it
    was; what is not grave is what a crash may leave and nobody misses."""

    file: str
    what: str
    grave: bool = True
    mend: str = ""


def verify(
    archive: Archive, progress: Progress = lambda done, of: None, *, head: str = ""
) -> Iterator[Finding]:
    """What is wrong, as it is found; nothing for a sound archive. ``progress`` hears of the steps done and of how many there are: a
    capture, an edition and a link are a step each. ``head`` is a hash that was printed or mailed once, or the start of it: the chain has to have it."""
    steps: list[Step] = []
    for file, database in (
        (CAPTURES_FILE.name, archive.captures.database),
        (ARCHIVE_FILE.name, archive.database),
    ):
        yield from _readable(file, lambda file=file, database=database: _sound_file(database, file))  # type: ignore[misc]
    for file, listed in (
        (CAPTURES_FILE.name, _captures),
        (ARCHIVE_FILE.name, _rows),
        (ARCHIVE_FILE.name, _editions),
        (ARCHIVE_FILE.name, lambda of: _chain(of, head)),
    ):
        try:
            steps += [(file, step) for step in listed(archive)]
        except sqlite3.DatabaseError as error:
            yield _unreadable(file, error)
    for done, (file, step) in enumerate(steps, start=1):
        yield from _readable(file, step)
        progress(done, len(steps))


def _rows(archive: Archive) -> Iterator[Callable[[], Iterator[Finding]]]:
    yield lambda: _orphans(archive)
    yield lambda: _texts(archive)


def _readable(file: str, step: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """What a step finds; a page of the file that SQLite cannot read is a finding too."""
    try:
        yield from step()
    except sqlite3.DatabaseError as error:
        yield _unreadable(file, error)


def _unreadable(file: str, error: sqlite3.DatabaseError) -> Finding:
    return Finding(file=file, what=f"SQLite cannot read it: {error}", mend=RESTORE)


def _sound_file(database: sqlite3.Connection, name: str) -> Iterator[Finding]:
    for (said,) in database.execute("PRAGMA integrity_check"):
        if said != "ok":
            yield Finding(file=name, what=f"SQLite says: {said}", mend=RESTORE)
    for table, row, parent, _ in database.execute("PRAGMA foreign_key_check"):
        yield Finding(
            file=name,
            what=f"row {row} of {table} refers to a row of {parent} that is not there",
            mend=RESTORE,
        )


def _captures(archive: Archive) -> Iterator[Callable[[], Iterator[Finding]]]:
    def check(sha256: str) -> Iterator[Finding]:
        try:
            archive.captures.get(sha256)
        except UnsoundArchive as error:
            yield Finding(file=CAPTURES_FILE.name, what=error.message, mend=RESTORE)

    for sha256 in archive.captures.hashes():
        yield lambda sha256=sha256: check(sha256)  # type: ignore[misc]


def _orphans(archive: Archive) -> Iterator[Finding]:
    """Bodies and rows of captures that lack each other."""
    wanted = {sha256 for (sha256,) in archive.database.execute("SELECT sha256 FROM capture")}
    kept = set(archive.captures.hashes())
    gone = dropped(archive)
    for sha256 in sorted(wanted - kept):
        if sha256 in gone:
            what = f"the bytes of capture {sha256} were {gone[sha256].line()}"
            yield Finding(file=CAPTURES_FILE.name, what=what, grave=False)
        else:
            yield Finding(
                file=CAPTURES_FILE.name, what=f"the bytes of capture {sha256} are not there", mend=RESTORE
            )
    for sha256 in sorted(kept - wanted):
        yield Finding(file=CAPTURES_FILE.name, what=f"no row refers to capture {sha256}", grave=False)


def _chain(archive: Archive, head: str) -> Iterator[Callable[[], Iterator[Finding]]]:
    found = chain.links(archive)

    def told(breaks: Iterable[chain.Break]) -> Iterator[Finding]:
        for broken in breaks:
            yield Finding(file=ARCHIVE_FILE.name, what=broken.line(), mend=FORGED)

    def kept() -> Iterator[Finding]:
        if chain.check_head(found, head) is None:
            yield Finding(
                file=ARCHIVE_FILE.name,
                what=f"no link has the head {head}: links were cut off or written anew since it was printed",
                mend=FORGED,
            )

    for one, breaks in zip(found, chain.check_order(found), strict=True):
        yield lambda one=one, breaks=breaks: told((*breaks, *chain.check_content(archive, one)))  # type: ignore[misc]
    yield lambda: told(chain.check_unlinked(archive, found))
    if head:
        yield kept


def _texts(archive: Archive) -> Iterator[Finding]:
    for number, stored, body in archive.database.execute("SELECT id, digest, body FROM text"):
        if text_digest(body) != stored:
            yield Finding(
                file=ARCHIVE_FILE.name, what=f"text {number} is not what it was: {body[:60]!r}", mend=FORGED
            )


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
                    file=ARCHIVE_FILE.name,
                    what=f"the edition of {day} of {path} is not what was published",
                    mend=FORGED,
                )
                return

    for path, day, series, stored, known_from, known_to in rows:
        instants = (known_from, None if known_to is None else known_to - 1)
        yield lambda path=path, day=day, series=series, stored=stored, instants=instants: check(  # type: ignore[misc]
            path, day, series, stored, instants
        )
