"""The archive that a thread keeps open: it sees what is written, and knows when it is another one."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from archive.errors import UnsoundArchive
from archive.store import Archive
from tocsin.web.kept import reading


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Archive.create(tmp_path / "archive").close()
    return tmp_path / "archive"


def runs(archive: Archive) -> int:
    return int(archive.database.execute("SELECT count(*) FROM run").fetchone()[0])


def write(folder: Path) -> None:
    with Archive.open(folder) as archive, archive.transaction():
        archive.database.execute(
            "INSERT INTO run (source, started_at, replayed) VALUES ('x', '2031-01-01T00:00:00.000000Z', 0)"
        )


def test_it_stays_open_and_sees_what_is_written_later(folder: Path) -> None:
    with reading(folder) as first:
        assert runs(first) == 0
    write(folder)
    with reading(folder) as second:
        assert second is first
        assert runs(second) == 1


def test_nobody_writes_through_it(folder: Path) -> None:
    with reading(folder) as archive, pytest.raises(sqlite3.OperationalError, match="readonly"):
        archive.database.execute("DELETE FROM run")


def test_another_archive_in_its_place_is_opened_anew(folder: Path, tmp_path: Path) -> None:
    write(folder)
    with reading(folder) as archive:
        assert runs(archive) == 1
    folder.rename(tmp_path / "old")
    Archive.create(folder).close()
    with reading(folder) as archive:
        assert runs(archive) == 0


def test_one_that_is_gone_or_of_a_newer_program_is_refused_as_ever(folder: Path, tmp_path: Path) -> None:
    with reading(folder) as archive:
        (version,) = archive.database.execute("PRAGMA user_version").fetchone()
    with sqlite3.connect(folder / "archive.db") as newer:
        newer.execute(f"PRAGMA user_version = {version + 1}")
    newer.close()
    with pytest.raises(UnsoundArchive, match="schema"), reading(folder):
        pass
    folder.rename(tmp_path / "away")
    with pytest.raises(UnsoundArchive, match=r"there is no archive\.db"), reading(folder):
        pass


def test_after_an_error_the_next_one_is_opened_anew(folder: Path) -> None:
    with pytest.raises(ZeroDivisionError), reading(folder) as first:
        raise ZeroDivisionError
    with reading(folder) as second:
        assert second is not first
        assert runs(second) == 0


def test_two_blocks_at_once_have_one_each(folder: Path) -> None:
    with reading(folder) as one, reading(folder) as other:
        assert one is not other
        assert runs(one) == runs(other) == 0
