"""The log of what people did only grows; sessions hold no token; visits go on and end."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from archive import actions, sessions, visits
from archive.errors import TocsinError
from archive.store import Archive
from archive.visits import GOES_ON, Visit

NOON = datetime(2026, 2, 9, 12, tzinfo=UTC)


@pytest.fixture
def archive(tmp_path: Path):  # type: ignore[no-untyped-def]
    with Archive.create(tmp_path / "archive") as made:
        yield made


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE action SET person = 'somebody else'",
        "DELETE FROM action",
        "INSERT OR REPLACE INTO action (id, at, person, roles, deed, subject, outcome, said, via, client) SELECT id, at, 'x', roles, deed, subject, outcome, said, via, client FROM action",
        "REPLACE INTO action SELECT * FROM action",
        "UPDATE action SET id = 7",
    ],
)
def test_what_was_written_is_never_changed(archive: Archive, sql: str) -> None:
    actions.write(archive, at=NOON, person="cora", deed="sign", roles=("counsel",), subject="2026-W06")
    before = actions.actions(archive)
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        archive.database.execute(sql)
    assert actions.actions(archive) == before
    assert (before[0].person, before[0].roles, before[0].at) == ("cora", ("counsel",), NOON)


def test_what_is_said_is_one_line_of_a_bounded_length(archive: Archive) -> None:
    actions.write(archive, at=NOON, person="cora", deed="run SQL", said="select 1\n\x1b[31m" + "x" * 10_000)
    (row,) = actions.actions(archive)
    assert row.said.startswith("select 1  [31mxxx")
    assert len(row.said) == 500


def test_rows_are_found_by_person_deed_and_outcome_the_newest_first(archive: Archive) -> None:
    for person, deed, outcome in (
        ("cora", "sign", "done"),
        ("rita", "decide", "refused"),
        ("cora", "decide", "done"),
    ):
        actions.write(archive, at=NOON, person=person, deed=deed, outcome=outcome)
    ids = lambda **by: [one.id for one in actions.actions(archive, **by)]  # type: ignore[arg-type]  # noqa: E731
    assert ids() == [3, 2, 1]
    assert ids(person="cora") == [3, 1]
    assert ids(deed="decide", outcome="done") == [3]
    assert ids(before=3, limit=1) == [2]


def test_an_archive_that_is_read_takes_no_action(archive: Archive, tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive", read_only=True) as reading, pytest.raises(TocsinError):
        actions.write(reading, at=NOON, person="cora", deed="sign")


def test_a_session_is_known_by_its_token_and_kept_without_it(archive: Archive) -> None:
    token = sessions.begin(archive, "cora", "hash-1", at=NOON, until=NOON + timedelta(hours=1))
    assert len(token) >= 43
    name, proof = sessions.person_of(archive.database, token, at=NOON)
    assert name == "cora"
    assert sessions.is_of(token, "hash-1", proof)
    assert not sessions.is_of(token, "hash-2", proof), "it ends with another password"
    kept = "".join(archive.database.iterdump())
    assert token not in kept
    assert "hash-1" not in kept
    for wrong in ("", token[:-1], token + "A", proof, "\udcff"):
        assert sessions.person_of(archive.database, wrong, at=NOON) == ("", "")
    assert sessions.person_of(archive.database, token, at=NOON + timedelta(hours=1)) == ("", "")


def test_a_session_that_was_ended_stays_so(archive: Archive) -> None:
    token = sessions.begin(archive, "cora", "h", at=NOON, until=NOON + timedelta(hours=1))
    other = sessions.begin(archive, "cora", "h", at=NOON, until=NOON + timedelta(hours=1))
    sessions.end(archive, token, at=NOON)
    sessions.end(archive, "nobody's", at=NOON)
    assert sessions.person_of(archive.database, token, at=NOON)[0] == ""
    assert sessions.person_of(archive.database, other, at=NOON)[0] == "cora"


def test_sessions_do_not_pile_up(archive: Archive) -> None:
    for minute in range(50):
        at = NOON + timedelta(minutes=minute)
        sessions.begin(archive, "cora", "h", at=at, until=at + timedelta(days=1))
    assert archive.database.execute("SELECT count(*) FROM session").fetchone() == (20,)
    sessions.begin(archive, "rita", "h", at=NOON + timedelta(days=3), until=NOON + timedelta(days=4))
    assert archive.database.execute("SELECT person FROM session").fetchall() == [("rita",)]


looks = some.lists(some.tuples(some.integers(0, 600), some.integers(0, 3)), min_size=1, max_size=30)


@given(looks)
def test_nothing_that_was_written_is_passed_over(steps: list[tuple[int, int]]) -> None:
    """Of two visits in a row the second begins where the first saw to: what was shown together is all that was written."""
    visit: Visit | None = None
    at, mark, shown = NOON, 0, 0
    for minutes, written in steps:
        at, mark = at + timedelta(minutes=minutes), mark + written
        before, visit = visit, visits.after(visit, at, mark)
        assert visit.since_mark <= shown, "it shows all from what was seen on"
        if before is not None and at - before.last_at <= GOES_ON:
            assert visit.since_mark == before.since_mark, "a look loses nothing of this visit"
        shown = mark
        assert visit.last_mark == mark


def test_looks_that_are_seconds_apart_are_written_once(archive: Archive) -> None:
    visits.look(archive, "rita", NOON, 5)
    before = archive.database.total_changes
    visits.look(archive, "rita", NOON + timedelta(seconds=30), 5)
    assert archive.database.total_changes == before
    visits.look(archive, "rita", NOON + timedelta(seconds=31), 6)
    assert visits.visit(archive.database, "rita") == Visit(last_at=NOON + timedelta(seconds=31), last_mark=6)
    visits.look(archive, "rita", NOON - timedelta(days=1), 6)
    kept = visits.visit(archive.database, "rita")
    assert kept is not None
    assert kept.since is None, "a clock that went back begins no visit"
