"""What many changes share is stored once: nothing of a change is lost by it, an older archive is laid out anew, and a crash in the middle of that undoes it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from archive import addresses, changes, codec, interned
from archive.databases import ARCHIVE_FILE, CAPTURES_FILE, make
from archive.migrations import ARCHIVE, ARCHIVE_VERSION
from archive.records import Applicability, Change, ChangeSet, Enclosing, LimitChange, Touch, Transition
from archive.schema_of_details import DETAILS
from archive.store import Archive
from archive.texts import text_digest, text_ids

SEEN = datetime(2031, 3, 3, 9, tzinfo=UTC)
WORK = "us/cfr/15/999"
ENTRY = Enclosing(eid="3Z001", unit="entry", num="3Z001", heading="“Widgets”, as follows")
ITEMS = Enclosing(eid="3Z001.items", unit="items", heading="Items:")
OTHER = Enclosing(eid="3Z001", unit="entry", num="3Z001", heading="“Widgets” and their parts, as follows")
CHANGES = (
    Change(
        kind="substitution",
        materiality="substantive",
        reason="a number changed: 2.",
        old_eid="3Z001.a",
        new_eid="3Z001.a",
        unit="item",
        num="a.",
        heading="h",
        text_before="more than 1 kg",
        text_after="more than 2 kg",
        ops=(("=", "more than "), ("-", "1"), ("+", "2"), ("=", " kg")),
        likeness=0.9286,
        limits=(LimitChange(eid="3Z001.a", quantity="mass", old="> 1 kg", new="> 2 kg", direction="looser"),),
        path=(ENTRY, ITEMS),
        applicability=(Applicability(state="future", start=date(2031, 3, 1), words="from then on"),),
    ),
    Change(
        kind="renumbering",
        materiality="editorial",
        reason="renumbered",
        old_eid="3Z001.b",
        new_eid="3Z001.c",
        carried=(("3Z001.b.1", "3Z001.c.1"),),
        likeness=1.0,
        path=(OTHER, ITEMS),
    ),
    Change(
        kind="insertion",
        materiality="substantive",
        reason="new text",
        new_eid="3Z002",
        text_after="new",
        ops=(("+", "new"),),
    ),
    Change(kind="insertion", materiality="substantive", reason="new text", new_eid="3Z001.d", path=(ENTRY,)),
)
TOUCHES = (
    Touch(type="code", id="3Z001.a", regime="ear", role="item", via="enclosing", confidence=1.0),
    Touch(
        type="country", id="TH", role="item", via="inserted", confidence=0.75, start=3, end=5, excluded=True
    ),
)


def as_before() -> Iterator[tuple[str, tuple[object, ...]]]:
    """The rows of such changes as the version before wrote them."""
    yield "INSERT INTO work VALUES (1, ?, 'us_ecfr', 't', 'en', 'consolidated', 'US')", (WORK,)
    yield (
        "INSERT INTO transition VALUES ('t1', 'us_ecfr', 1, '', 'x', NULL, '2031-03-01', ?)",
        ("2031-03-03T09:00:00.000000Z",),
    )
    yield "INSERT INTO changeset VALUES (1, 't1', 'e/1', 'd', '', 1)", ()
    for reference in ("r1", ""):
        yield "UPDATE changeset SET reference = ?", (reference,)
    texts = [
        "",
        *dict.fromkeys(text for one in CHANGES for text in (one.text_before, one.text_after) if text),
    ]
    for number, text in enumerate(texts[1:], start=1):
        yield "INSERT INTO text VALUES (?, ?, ?)", (number, text_digest(text), text)
    for position, one in enumerate(CHANGES):
        names = ("reason", "unit", "num", "likeness", "carried", "limits", "path", "applicability")
        details = codec.dumps({name: getattr(one, name) for name in names})
        yield (
            "INSERT INTO change VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                position + 10, position, f"key {position}", one.kind, one.materiality, one.old_eid, one.new_eid, one.heading,
                texts.index(one.text_before) or None, texts.index(one.text_after) or None,
                codec.dumps([(sign, len(text)) for sign, text in one.ops]), details,
            ),
        )  # fmt: skip
        for place, touch in enumerate(TOUCHES):
            for reference in ("", "r1"):
                yield (
                    "INSERT INTO touch VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        position + 10, reference, place, touch.type, touch.id, touch.regime, touch.excluded, touch.role, touch.via,
                        touch.confidence, touch.start, touch.end,
                    ),
                )  # fmt: skip
    yield "DELETE FROM touch WHERE reference = 'r1' AND position = 1", ()


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """The folder of an archive of the version before, with an analysis in it, and touches of a reading that another one took the place of."""
    make(CAPTURES_FILE, tmp_path / CAPTURES_FILE.name)
    connection = sqlite3.connect(tmp_path / ARCHIVE_FILE.name, isolation_level=None)
    connection.execute(f"PRAGMA application_id = {ARCHIVE_FILE.application_id:d}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = OFF")
    ARCHIVE.apply(Database(connection), stop_before="0011_details")
    for statement, values in as_before():
        connection.execute(statement, values)
    connection.close()
    return tmp_path


def test_an_older_archive_is_laid_out_anew_and_says_the_same(older: Path) -> None:
    with Archive.open(older) as archive:
        found = tuple(changes.changes(archive))
        assert tuple(one.change for one in found) == CHANGES
        assert [one.id for one in found] == [f"key {position}" for position in range(len(CHANGES))]
        assert {one.touches for one in found} == {TOUCHES}
        query = archive.database.execute
        assert query("SELECT count(*), min(change), max(change) FROM touch").fetchall() == [(12, 10, 13)]
        assert query("SELECT change, position, type, id FROM touch_history").fetchall() == [
            (number, 1, "country", "TH") for number in (10, 11, 12, 13)
        ]
        assert query("PRAGMA foreign_key_check").fetchall() == []
        assert query("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert query("SELECT count(*) FROM enclosing").fetchone() == (4,), "one row for each place above"
        (renamed,) = addresses.renamings(archive, WORK, "3Z001.b.1")
        assert (renamed.new, renamed.change) == ("3Z001.c.1", "key 1")


def test_what_comes_later_shares_what_an_older_version_wrote(older: Path) -> None:
    with Archive.open(older) as archive:
        again = Transition(
            id="t2", source="us_ecfr", work=WORK, before_sha256="x", after_sha256="y", before=date(2031, 3, 1),
            after=date(2031, 3, 2), observed_at=SEEN,
        )  # fmt: skip
        count = "SELECT (SELECT count(*) FROM enclosing), (SELECT count(*) FROM finding), (SELECT count(*) FROM touch_sort), (SELECT count(*) FROM text)"
        before = archive.database.execute(count).fetchone()
        stored = changes.record_changeset(
            archive, ChangeSet(transition=again, engine="e/2", changes=CHANGES), [TOUCHES] * len(CHANGES)
        )
        assert tuple(one.change for one in stored) == CHANGES
        assert {one.touches for one in stored} == {TOUCHES}
        assert archive.database.execute(count).fetchone() == before


@pytest.mark.parametrize("done", range(0, len(DETAILS), 6))
def test_an_error_in_the_middle_leaves_the_version_before(
    older: Path, monkeypatch: pytest.MonkeyPatch, done: int
) -> None:
    def written() -> list[str]:
        with sqlite3.connect(older / ARCHIVE_FILE.name) as connection:
            return [line for line in connection.iterdump() if "_sqlite_migrations" not in line]

    before = written()
    monkeypatch.setattr("archive.migrations.DETAILS", (*DETAILS[:done], "SELECT from nowhere"))
    with pytest.raises(sqlite3.OperationalError):
        Archive.open(older)
    assert written() == before
    monkeypatch.undo()
    with Archive.open(older) as archive:
        assert archive.database.execute("PRAGMA user_version").fetchone() == (ARCHIVE_VERSION,)
        assert tuple(one.change for one in changes.changes(archive)) == CHANGES


def test_what_changes_share_is_never_changed(older: Path) -> None:
    with Archive.open(older) as archive:
        for table in ("change", "enclosing", "finding", "touch_sort", "touch_history"):
            column = "via" if table.startswith("touch") else "id"
            for edit in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):
                with pytest.raises(sqlite3.IntegrityError, match="never changed"):
                    archive.database.execute(edit)


def test_a_reading_that_another_one_takes_the_place_of_is_kept(older: Path) -> None:
    with Archive.open(older) as archive:
        archive.database.execute("DELETE FROM touch_of_change WHERE change = 10 AND reference = ''")
        kept = archive.database.execute(
            "SELECT type, id, role, via, confidence FROM touch_history WHERE change = 10 AND reading = 3 ORDER BY position"
        ).fetchall()
        assert kept == [
            ("code", "3Z001.a", "item", "enclosing", 1.0),
            ("country", "TH", "item", "inserted", 0.75),
        ]


def test_the_view_says_a_change_in_words(older: Path) -> None:
    with Archive.open(older) as archive:
        row = archive.database.execute(
            "SELECT text_before, text_after, likeness, path, details FROM change_in_full WHERE id = 10"
        ).fetchone()
        assert row[:3] == ("more than 1 kg", "more than 2 kg", 0.9286)
        assert [above["eid"] for above in json.loads(row[3])] == ["3Z001", "3Z001.items"]
        assert json.loads(row[4])["limits"][0]["direction"] == "looser"
        assert "path" not in json.loads(row[4])


WORDS = st.text(alphabet="ab1. \n“\x00é文", max_size=8)


@pytest.fixture(scope="module")
def empty() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    ARCHIVE.apply(Database(connection))
    yield connection
    connection.close()


def emptied(connection: sqlite3.Connection) -> sqlite3.Connection:
    """The same, as it was in the beginning."""
    if connection.in_transaction:
        connection.execute("ROLLBACK")
    connection.execute("BEGIN")
    return connection


@given(stored=st.lists(WORDS, max_size=6), texts=st.lists(WORDS, max_size=6))
def test_a_text_joins_to_what_it_was_whatever_is_stored(
    empty: sqlite3.Connection, stored: list[str], texts: list[str]
) -> None:
    connection = emptied(empty)
    text_ids(connection, stored)
    found = interned.leads(connection, texts)
    bodies = dict(connection.execute("SELECT id, body FROM text"))
    for text in texts:
        lead, number = found[text]
        assert (lead or "") + (bodies[number] if number else "") == text


ABOVE = st.builds(
    Enclosing, eid=st.sampled_from("abc"), unit=st.sampled_from(["", "entry"]), num=WORDS, heading=WORDS
)


@given(paths=st.lists(st.lists(ABOVE, max_size=4).map(tuple), max_size=6))
def test_a_path_reads_as_it_was_written(
    empty: sqlite3.Connection, paths: list[tuple[Enclosing, ...]]
) -> None:
    connection = emptied(empty)
    first, second = interned.path_ids(connection, paths[:3]), interned.path_ids(connection, paths)
    assert first.items() <= second.items(), "the same path has the same number"
    headings = dict(connection.execute("SELECT id, body FROM text"))
    rows = {row[0]: row[1:] for row in connection.execute("SELECT * FROM enclosing")}
    for path in paths:
        read: list[Enclosing] = []
        number = second[path]
        while number is not None:
            number, eid, unit, num, heading = rows[number]
            read.insert(0, Enclosing(eid=eid, unit=unit, num=num, heading=headings.get(heading, "")))
        assert tuple(read) == path
