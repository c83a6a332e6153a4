"""Opening an archive: only what is ours, one writer, transactions that are all or nothing; whatever is refused is left untouched."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from archive import editions, ledger
from archive.databases import ARCHIVE_FILE, CAPTURES_FILE
from archive.errors import BadInput, TocsinError, UnsoundArchive
from archive.store import Archive
from tests.archive.building import START, WORK, edition, item, publish


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def change(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.close()


def test_an_archive_is_made_once(tmp_path: Path) -> None:
    with Archive.create(tmp_path / "new" / "folder") as archive:
        publish(archive, edition(item("1", "kept")))
    with pytest.raises(BadInput, match="there is an archive already"):
        Archive.create(tmp_path / "new" / "folder")
    with Archive.open(tmp_path / "new" / "folder") as archive:
        assert editions.expression(archive, WORK) == edition(item("1", "kept"))


def test_an_interrupted_creation_can_be_done_again(tmp_path: Path) -> None:
    Archive.create(tmp_path).close()
    # As if killed before archive.db got its name.
    (tmp_path / "archive.db").rename(tmp_path / "archive.db.new")
    with Archive.create(tmp_path) as archive:
        publish(archive, edition(item("1")))
    assert not list(tmp_path.glob("*.new"))


def test_captures_that_lost_their_archive_are_never_overwritten(tmp_path: Path) -> None:
    with Archive.create(tmp_path) as archive:
        archive.captures.put(b"precious", "d")
    (tmp_path / "archive.db").unlink()
    with pytest.raises(BadInput, match=r"there is a captures.db with captures, and no archive.db.*Restore"):
        Archive.create(tmp_path)


@pytest.mark.parametrize("read_only", [True, False])
@pytest.mark.parametrize("kind", [ARCHIVE_FILE, CAPTURES_FILE])
@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda path: path.unlink(), "there is no {name}.*tocsin init"),
        (
            lambda path: path.write_bytes(b"A letter, not a database. " * 100),
            "{name} cannot be read.*not a database.*backup",
        ),
        (lambda path: path.write_bytes(b""), "{name} was not made by tocsin"),
        (lambda path: change(path, "PRAGMA application_id = 7"), "{name} was not made by tocsin"),
        (
            lambda path: change(path, "PRAGMA user_version = 99"),
            "{name} has schema 99, this program knows {version}.*a newer one",
        ),
    ],
    ids=["absent", "no database", "empty", "foreign", "newer"],
)
def test_what_is_not_an_archive_of_ours_is_refused_and_left_as_it_is(
    tmp_path: Path, kind, harm, said, read_only
) -> None:  # type: ignore[no-untyped-def]
    Archive.create(tmp_path).close()
    harm(tmp_path / kind.name)
    before = content(tmp_path)
    with pytest.raises(UnsoundArchive, match=said.format(name=kind.name, version=kind.version)) as refused:
        Archive.open(tmp_path, read_only=read_only)
    assert refused.value.thing == str(tmp_path)
    assert refused.value.mend
    assert content(tmp_path) == before


def test_a_folder_that_is_not_there_is_refused_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(UnsoundArchive, match="there is no archive.db"):
        Archive.open(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_an_older_schema_is_upgraded_by_a_writer_only(tmp_path: Path) -> None:
    Archive.create(tmp_path).close()
    for name in (ARCHIVE_FILE.name, CAPTURES_FILE.name):
        (tmp_path / name).unlink()
        bare = sqlite3.connect(tmp_path / name)
        bare.execute(
            f"PRAGMA application_id = {next(k for k in (ARCHIVE_FILE, CAPTURES_FILE) if k.name == name).application_id}"
        )
        bare.close()
    with pytest.raises(
        UnsoundArchive, match=rf"has schema 0, older than {CAPTURES_FILE.version}.*it upgrades the archive"
    ):
        Archive.open(tmp_path, read_only=True)
    with Archive.open(tmp_path) as archive:
        publish(archive, edition(item("1", "new")))
    with Archive.open(tmp_path, read_only=True) as archive:
        assert editions.expression(archive, WORK) == edition(item("1", "new"))


# ── one writer ─────────────────────────────────────────────────────────────────────────────────────


def test_a_second_writer_is_refused_and_readers_are_not(tmp_path: Path) -> None:
    with Archive.create(tmp_path) as archive:
        with pytest.raises(
            BadInput, match=f"another process is writing this archive \\(process {os.getpid()}\\)"
        ) as refused:
            Archive.open(tmp_path)
        assert refused.value.thing == str(tmp_path)
        with Archive.open(tmp_path, read_only=True) as reader:
            publish(archive, edition(item("1", "seen at once")))
            assert editions.expression(reader, WORK) == edition(item("1", "seen at once"))
    Archive.open(tmp_path).close()


def test_a_killed_writer_holds_nothing_even_if_its_forked_worker_lives(tmp_path: Path) -> None:
    Archive.create(tmp_path).close()
    script = """
import os, sys, time
from pathlib import Path
from archive.store import Archive
archive = Archive.open(Path(sys.argv[1]))
worker = os.fork()
if worker == 0:
    time.sleep(60)
print(worker, flush=True)
time.sleep(60)
"""
    writer = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert writer.stdout
    worker = int(writer.stdout.readline())
    try:
        with pytest.raises(BadInput, match=f"process {writer.pid}"):
            Archive.open(tmp_path)
        writer.kill()
        writer.wait()
        os.kill(worker, 0)  # it lives
        deadline = time.monotonic() + 5
        while True:
            try:
                Archive.open(tmp_path).close()
                break
            except BadInput:
                assert time.monotonic() < deadline, "the lock outlived its holder"
                time.sleep(0.02)
    finally:
        os.kill(worker, signal.SIGKILL)
        writer.stdout.close()


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    Archive.create(tmp_path).close()
    with Archive.open(tmp_path, read_only=True) as reader:
        assert reader.read_only
        with pytest.raises(TocsinError, match="opened for reading only"), reader.transaction():
            pass
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            reader.database.execute("DELETE FROM run")
        with pytest.raises(TocsinError, match="readonly"):
            reader.captures.put(b"x", "d")


# ── transactions ───────────────────────────────────────────────────────────────────────────────────


def fail_after_a_run(archive: Archive, source: str) -> None:
    with archive.transaction():
        ledger.start_run(archive, source, at=START, replayed=False)
        raise RuntimeError("on the way")


def test_an_error_takes_the_whole_transaction_back(archive: Archive) -> None:
    with pytest.raises(RuntimeError, match="on the way"):
        fail_after_a_run(archive, "one")
    assert ledger.runs(archive) == ()
    assert not archive.database.in_transaction


def test_an_inner_transaction_is_undone_alone_and_kept_with_the_whole(archive: Archive) -> None:
    with archive.transaction():
        ledger.start_run(archive, "outer", at=START, replayed=False)
        with pytest.raises(RuntimeError, match="on the way"):
            fail_after_a_run(archive, "inner")
        with archive.transaction(), archive.transaction():
            ledger.start_run(archive, "deep", at=START, replayed=False)
    assert {run.source for run in ledger.runs(archive)} == {"outer", "deep"}


def test_what_is_committed_is_seen_by_others_and_nothing_before(tmp_path: Path) -> None:
    with Archive.create(tmp_path) as archive, Archive.open(tmp_path, read_only=True) as reader:
        with archive.transaction():
            ledger.start_run(archive, "one", at=START, replayed=False)
            assert ledger.runs(reader) == ()
        assert len(ledger.runs(reader)) == 1


def test_a_full_disk_is_told_clearly_and_leaves_the_archive_as_it_was(archive: Archive) -> None:
    publish(archive, edition(item("1", "before")))
    for database in (archive.database, archive.captures.database):
        (pages,) = database.execute("PRAGMA page_count").fetchone()
        database.execute(f"PRAGMA max_page_count = {pages}")
    large = edition(*(item(f"{n}", f"{n} " * 500) for n in range(200)), days=1)
    with (
        pytest.raises(TocsinError, match=r"archive.db: database or disk is full.*Free space") as full,
        archive.transaction(),
    ):
        publish(archive, large, hours=1, body=b"small")
    assert full.value.thing.endswith("archive.db")
    with pytest.raises(TocsinError, match=r"captures.db: database or disk is full"):
        archive.captures.put(os.urandom(100_000), "d")
    assert editions.expression(archive, WORK) == edition(item("1", "before"))
    assert archive.database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    for database in (archive.database, archive.captures.database):
        database.execute("PRAGMA max_page_count = 1000000")
    publish(archive, large, hours=1)
    assert editions.expression(archive, WORK) == large


def test_both_files_promise_what_they_commit(archive: Archive) -> None:
    for database in (archive.database, archive.captures.database):
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert database.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL
        assert database.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_every_table_says_what_it_is_for(archive: Archive) -> None:
    for database in (archive.database, archive.captures.database):
        tables = database.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'"
        ).fetchall()
        assert tables
        assert [name for name, sql in tables if "--" not in sql.splitlines()[0]] == []
