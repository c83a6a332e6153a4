"""What is written over leaves a row of how it was: which analysis counted, touches, dates of the calendar, words of incidents. Nobody has to remember to."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from archive import calendar, incidents, ledger
from archive.incidents import Trouble
from archive.migrations import ARCHIVE
from archive.records import Fuse
from archive.store import Archive

START = datetime(2031, 3, 3, 9, tzinfo=UTC)
LATER = START + timedelta(days=3)
WORK = "us/cfr/15/999"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.create(tmp_path / "archive") as opened:
        yield opened


def rows(archive: Archive, query: str) -> list[tuple[object, ...]]:
    return archive.database.execute(query).fetchall()


def test_a_row_is_dated_by_the_run_that_was_newest(archive: Archive) -> None:
    fuse = Fuse(
        work=WORK,
        eid="a",
        day=date(2031, 5, 1),
        named=date(2031, 5, 1),
        sort="ends",
        act="1",
        words="It ends.",
    )
    calendar.keep(archive, WORK, [fuse], as_of=date(2031, 3, 1), seen=date(2031, 3, 2))
    ledger.start_run(archive, "us_ecfr", at=START, replayed=True)
    calendar.keep(archive, WORK, [fuse], as_of=date(2031, 3, 2), seen=date(2031, 3, 3))
    ledger.start_run(archive, "us_ecfr", at=LATER, replayed=True)
    calendar.keep(archive, WORK, [], as_of=date(2031, 3, 5), seen=date(2031, 3, 6))
    assert rows(archive, "SELECT at, gone FROM fuse_history ORDER BY id") == [
        ("2031-03-02T00:00:00.000000Z", None),
        ("2031-03-06T09:00:00.000000Z", "2031-03-05"),
    ], "the second search found what was there, and wrote nothing"


def test_the_words_of_an_incident_are_kept_as_they_were(archive: Archive) -> None:
    for said in ("two are missing", "two are missing", "one is missing"):
        ledger.start_run(archive, "us_ecfr", at=START, replayed=True)
        trouble = Trouble(subject="list", said=said)
        incidents.settle(archive, "us_ecfr", "gap", [trouble], at=START, patience=timedelta(days=9))
    assert rows(archive, "SELECT said FROM incident_history ORDER BY id") == [
        ("two are missing",),
        ("one is missing",),
    ]


def test_no_row_of_history_is_changed_or_taken_away(archive: Archive) -> None:
    incidents.settle(
        archive, "us_ecfr", "gap", [Trouble(subject="x", said="y")], at=START, patience=timedelta(days=9)
    )
    for edit in ("UPDATE incident_history SET said = ''", "DELETE FROM incident_history"):
        with pytest.raises(sqlite3.IntegrityError, match="never changed"):
            archive.database.execute(edit)


def test_an_older_archive_begins_its_history_with_what_it_holds(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "archive.db", isolation_level=None)
    database = Database(connection)
    ARCHIVE.apply(database, stop_before="0008_reviews")
    connection.executescript(
        """
        INSERT INTO work VALUES (1, 'us/cfr/15/999', 'us_ecfr', 't', 'en', 'consolidated', 'US');
        INSERT INTO transition VALUES ('t1', 'us_ecfr', 1, '', 'x', NULL, '2031-03-01', '2031-03-01T09:00:00.000000Z');
        INSERT INTO changeset VALUES (1, 't1', 'e/1', 'd', 'r1', 0), (2, 't1', 'e/2', 'd', 'r2', 1);
        INSERT INTO incident (source, sort, subject, said, opened_at) VALUES ('s', 'gap', '', 'words', '2031-03-01T10:00:00.000000Z');
        INSERT INTO fuse VALUES ('f1', 1, '', '2031-05-01', '2031-05-01', 'ends', 'a', 'w', '2031-03-01', '2031-03-02', NULL, NULL);
        """
    )
    ARCHIVE.apply(database)
    held = connection.execute("SELECT changeset, at, newest, reference FROM analysis_history").fetchall()
    assert held == [
        (1, "2031-03-01T09:00:00.000000Z", 0, "r1"),
        (2, "2031-03-01T09:00:00.000000Z", 1, "r2"),
    ]
    assert connection.execute("SELECT at, said FROM incident_history").fetchall() == [
        ("2031-03-01T10:00:00.000000Z", "words")
    ]
    assert connection.execute("SELECT at, words FROM fuse_history").fetchall() == [
        ("2031-03-02T00:00:00.000000Z", "w")
    ]
    connection.close()
