"""Short writes beside the writer: without its lock, each waiting for its turn, and nothing that the writer alone may do."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from archive import chain, databases, reviews
from archive.chain import check_chain
from archive.changes import record_changeset
from archive.errors import TocsinError, UnsoundArchive
from archive.store import Archive
from tests.archive.building import at, capture, changeset, edition, item, publish, substitution, transition

WRITERS, EACH = 4, 8


def comment(archive: Archive, change: str, words: str) -> None:
    reviews.write_comment(
        archive,
        at=at(40),
        author="ann",
        role="reviewer",
        transition_id=transition().id,
        change=change,
        quote="",
        start=0,
        redline="",
        words=words,
        privileged=False,
        corrects=None,
    )


def test_many_write_at_once_while_a_crawl_does_and_the_chain_has_one_order(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        databases, "BUSY_TIMEOUT_MS", 120_000
    )  # however slow the machine is: order is asked, not speed
    archive.database.execute("PRAGMA busy_timeout = 120000")
    publish(archive, edition(item("1", "old word")), hours=1)
    publish(archive, edition(item("1", "new word"), days=1), hours=2)
    (stored,) = record_changeset(archive, changeset([substitution("1")], transition(hours=2)), [()])

    def write(number: int) -> None:
        for each in range(EACH):
            with Archive.beside(archive.folder) as beside:
                comment(beside, stored.id, f"{number}.{each}")

    with ThreadPoolExecutor(WRITERS) as pool:
        written = [pool.submit(write, number) for number in range(WRITERS)]
        for days in range(2, 6):
            publish(archive, edition(item("1", f"word {days}"), days=days), hours=days)
        for one in written:
            one.result()
    assert [link.position for link in chain.links(archive)] == list(range(1, WRITERS * EACH + 1))
    assert list(check_chain(archive)) == []
    said = [one.words for one in reviews.comments(archive, privileged=False)]
    assert sorted(said) == sorted(f"{number}.{each}" for number in range(WRITERS) for each in range(EACH))
    for number in range(WRITERS):
        mine = [words for words in said if words.startswith(f"{number}.")]
        assert mine == [f"{number}.{each}" for each in range(EACH)]


def test_it_needs_no_lock_and_leaves_it_alone(archive: Archive) -> None:
    with Archive.beside(archive.folder) as beside:
        assert not beside.read_only
        with beside.transaction():
            beside.database.execute("INSERT INTO memory (source, content) VALUES ('x', '{}')")
    assert archive.database.execute("SELECT source FROM memory").fetchall() == [("x",)]


def test_captures_are_not_written_beside(archive: Archive) -> None:
    with Archive.beside(archive.folder) as beside, pytest.raises(TocsinError, match="readonly"):
        beside.captures.put(capture().body, "us_ecfr/x")


def test_an_older_schema_is_left_to_the_writer(archive: Archive) -> None:
    archive.database.execute("PRAGMA user_version = 1")
    with pytest.raises(UnsoundArchive, match="older than .* a short write.*run --once"):
        Archive.beside(archive.folder)


def test_there_has_to_be_an_archive(tmp_path: Path) -> None:
    with pytest.raises(UnsoundArchive, match="there is no captures.db"):
        Archive.beside(tmp_path)
