"""The hash chain: what is linked cannot be edited by SQL, and an edit by somebody who takes the triggers away is found and named."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from archive import chain, digests, reviews
from archive.chain import check_chain
from archive.changes import record_changeset
from archive.reviews import Bond, Comment, Decision
from archive.store import Archive
from archive.verify import verify
from tests.archive.building import at, changeset, item, publish, substitution, transition
from tests.archive.building import edition as edition_of

CHAINED = ("chain", "decision", "comment", "assignment", "signature", "release")


def change_in(archive: Archive) -> str:
    publish(archive, edition_of(item("1", "old word")), hours=1)
    publish(archive, edition_of(item("1", "new word"), days=1), hours=2)
    (stored,) = record_changeset(archive, changeset([substitution("1")], transition(hours=2)), [()])
    return stored.id


def decided(
    archive: Archive, change: str, reason: str, hours: float = 3, corrects: str | None = None
) -> Decision:
    return reviews.write_decision(
        archive,
        at=at(hours),
        author="ann",
        role="reviewer",
        transition_id=transition().id,
        change=change,
        watch="",
        verdict="relevant",
        reason=reason,
        person="",
        due=None,
        corrects=corrects,
        bond=Bond(old="a", new="b", dates=(("effective", "2026-01-02"),)),
    )


def commented(archive: Archive, change: str, words: str, privileged: bool = False) -> Comment:
    return reviews.write_comment(
        archive,
        at=at(3),
        author="ann",
        role="counsel",
        transition_id=transition().id,
        change=change,
        quote="",
        start=0,
        redline="",
        words=words,
        privileged=privileged,
        corrects=None,
    )


@pytest.fixture
def reviewed(archive: Archive) -> Archive:
    """Three decisions, a comment, an assignment, a signed and released digest: a link each."""
    change = change_in(archive)
    for number, reason in enumerate(("first", "second", "third")):
        decided(archive, change, reason, hours=3 + number)
    commented(archive, change, "a word")
    reviews.write_assignment(
        archive,
        at=at(6),
        author="ann",
        role="reviewer",
        transition_id=transition().id,
        change=change,
        watch="",
        person="bo",
    )
    archive.database.execute(
        "INSERT INTO digest (week, as_known, version, built_at, content) VALUES ('2026-W01', ?, ?, ?, '{}')",
        ("2026-01-05T00:00:00.000000Z", "d" * 64, "2026-01-05T00:00:00.000000Z"),
    )
    with archive.transaction():
        signed = digests.write_signature(archive, at=at(7), author="ann", role="counsel", version="d" * 64)
        digests.write_release(archive, at=at(7), version="d" * 64, signed=(signed.id,))
    return archive


def broken(archive: Archive) -> list[tuple[int, str, str]]:
    return [(one.position, one.kind, one.what) for one in check_chain(archive)]


def without_triggers(archive: Archive, *statements: str) -> None:
    """What somebody does who has the file and a shell."""
    for (name,) in archive.database.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
    ).fetchall():
        archive.database.execute(f"DROP TRIGGER {name}")
    archive.database.execute("PRAGMA foreign_keys = OFF")
    for statement in statements:
        assert archive.database.execute(statement).rowcount > 0


def test_a_chain_that_nobody_touched_is_sound(reviewed: Archive) -> None:
    assert broken(reviewed) == []
    kinds = [one.kind for one in chain.links(reviewed)]
    assert kinds == [*["decision"] * 3, "comment", "assignment", "digest", "signature", "release"]
    assert [one.position for one in chain.links(reviewed)] == list(range(1, 9))
    assert [one.kind for one in chain.links(reviewed, kinds=("comment",))] == ["comment"]


@pytest.mark.parametrize("table", [*CHAINED, "digest"])
@pytest.mark.parametrize("edit", ["UPDATE {0} SET at = 'x'", "DELETE FROM {0}"])
def test_sql_can_neither_change_nor_remove_a_row(reviewed: Archive, table: str, edit: str) -> None:
    statement = edit.format(table).replace("at = 'x'", "week = 'x'" if table == "digest" else "at = 'x'")
    with sqlite3.connect(reviewed.folder / "archive.db", isolation_level=None) as other:
        other.execute("PRAGMA busy_timeout = 10000")
        with pytest.raises(sqlite3.IntegrityError, match="never changed"):
            other.execute(statement)
    other.close()
    assert broken(reviewed) == []


@pytest.mark.parametrize("table", CHAINED)
@pytest.mark.parametrize("verb", ["REPLACE", "INSERT OR REPLACE"])
def test_sql_cannot_replace_a_row(reviewed: Archive, table: str, verb: str) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        reviewed.database.execute(f"{verb} INTO {table} SELECT * FROM {table}")
    assert broken(reviewed) == []


def test_sql_cannot_replace_a_row_under_another_of_its_keys(reviewed: Archive) -> None:
    for statement in (
        "REPLACE INTO signature SELECT 'new', at, author, role, version, head FROM signature",
        "REPLACE INTO release SELECT 'new', at, version, signatures FROM release",
        "REPLACE INTO chain SELECT 9, at, kind, subject, content, (SELECT hash FROM chain WHERE position = 8), 'x' FROM chain"
        " WHERE position = 1",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            reviewed.database.execute(statement)
    content = reviewed.database.execute("SELECT * FROM digest").fetchall()
    reviewed.database.execute(
        "REPLACE INTO digest SELECT id, week, as_known, version, built_at, 'forged' FROM digest"
    )
    assert reviewed.database.execute("SELECT * FROM digest").fetchall() == content
    assert broken(reviewed) == []


def test_a_link_that_does_not_follow_the_last_one_is_refused(reviewed: Archive) -> None:
    for position, previous in ((20, chain.head(reviewed)[1]), (9, chain.BEGINNING)):
        with pytest.raises(sqlite3.IntegrityError, match="follows the last one"):
            reviewed.database.execute(
                "INSERT INTO chain VALUES (?, 'x', 'decision', 'x', 'x', ?, 'x')", (position, previous)
            )


def test_a_changed_row_is_found_and_named(reviewed: Archive) -> None:
    without_triggers(reviewed, "UPDATE decision SET reason = 'forged' WHERE reason = 'second'")
    assert broken(reviewed) == [(2, "decision", "what it says was changed")]
    (said,) = check_chain(reviewed)
    assert said.line() == f"link 2, decision {said.subject}: what it says was changed"


def test_verify_tells_of_it(reviewed: Archive) -> None:
    assert list(verify(reviewed)) == []
    without_triggers(reviewed, "UPDATE decision SET author = 'bo' WHERE reason = 'third'")
    (found,) = verify(reviewed)
    assert found.grave
    assert found.what.startswith("link 3, decision ")


def test_a_removed_row_is_found(reviewed: Archive) -> None:
    without_triggers(reviewed, "DELETE FROM comment")
    assert broken(reviewed) == [(4, "comment", "what it was about was removed")]


def test_a_row_removed_with_its_link_is_found(reviewed: Archive) -> None:
    without_triggers(
        reviewed, "DELETE FROM decision WHERE reason = 'second'", "DELETE FROM chain WHERE position = 2"
    )
    assert broken(reviewed) == [(3, "decision", "link 2 before it was removed")]


def test_reordered_rows_are_found(reviewed: Archive) -> None:
    without_triggers(
        reviewed,
        "UPDATE chain SET position = 99 WHERE position = 1",
        "UPDATE chain SET position = 1 WHERE position = 2",
        "UPDATE chain SET position = 2 WHERE position = 99",
    )
    found = broken(reviewed)
    assert (1, "decision", "it was moved: it was written after link 2") in found
    assert (1, "decision", "the link itself was changed") in found
    assert (2, "decision", "the link itself was changed") in found


def test_a_row_that_was_slipped_in_is_found(reviewed: Archive) -> None:
    without_triggers(
        reviewed,
        "INSERT INTO decision SELECT 'slipped in', at, author, role, transition_id, change, watch, verdict, reason, person, due,"
        " corrects, bond FROM decision WHERE reason = 'first'",
    )
    assert broken(reviewed) == [(0, "decision", "it is not in the chain")]


def test_a_forger_who_writes_every_later_link_anew_differs_from_a_head_that_was_kept(
    reviewed: Archive,
) -> None:
    kept = chain.head(reviewed)
    without_triggers(
        reviewed, "UPDATE decision SET reason = 'forged' WHERE reason = 'second'", "DELETE FROM chain"
    )
    for kind, subject in [
        ("decision", key) for (key,) in reviewed.database.execute("SELECT id FROM decision ORDER BY at")
    ]:
        chain.link(reviewed, kind, subject, at=at(1))
    rest = ("comment", "assignment", "signature", "release")
    for kind in rest:
        (subject,) = reviewed.database.execute(f"SELECT id FROM {kind}").fetchone()
        if kind == "signature":
            chain.link(reviewed, "digest", "d" * 64, at=at(1))
        chain.link(reviewed, kind, subject, at=at(1))
    assert broken(reviewed) == []
    (found,) = check_chain(reviewed, anchor=kept)
    assert found.what == "the link that was kept elsewhere is gone"


def test_what_was_cut_off_at_the_end_is_found_by_a_head_that_was_kept(reviewed: Archive) -> None:
    kept = chain.head(reviewed)
    assert list(check_chain(reviewed, anchor=kept)) == []
    without_triggers(reviewed, "DELETE FROM release", "DELETE FROM chain WHERE position = 8")
    assert broken(reviewed) == []
    assert [one.position for one in check_chain(reviewed, anchor=kept)] == [8]


def test_garbage_in_a_link_is_told_and_breaks_nothing(reviewed: Archive) -> None:
    without_triggers(reviewed, "UPDATE chain SET at = 'no instant', kind = 'unheard of' WHERE position = 4")
    found = [what for position, _, what in broken(reviewed) if position == 4]
    assert found == ["the link itself was changed", "this program does not know its kind"]


def test_what_is_rolled_back_leaves_no_link(archive: Archive) -> None:
    change = change_in(archive)

    def fail() -> None:
        with archive.transaction():
            decided(archive, change, "never")
            raise RuntimeError("killed")

    with pytest.raises(RuntimeError, match="killed"):
        fail()
    assert chain.head(archive) == (0, chain.BEGINNING)
    assert reviews.decisions(archive) == ()


def test_a_privileged_comment_cannot_be_guessed_from_its_link(archive: Archive) -> None:
    change = change_in(archive)
    commented(archive, change, "yes", privileged=True)
    commented(archive, change, "yes", privileged=True)
    first, second = chain.links(archive)
    assert first.content != second.content
    salts = {salt for (salt,) in archive.database.execute("SELECT salt FROM comment")}
    assert len(salts) == 2
    assert reviews.comments(archive, privileged=False) == ()
    assert len(reviews.comments(archive, privileged=True)) == 2


def test_the_canonical_form_does_not_depend_on_the_order_of_keys() -> None:
    assert chain.canonical({"b": 1, "a": "技"}) == '{"a":"技","b":1}'.encode()
    assert chain.digest_of({"b": 1, "a": 2}) == chain.digest_of({"a": 2, "b": 1})


@pytest.mark.parametrize("write", [decided, commented])
def test_rows_are_read_back_as_they_were_written(
    archive: Archive, write: Callable[..., Decision | Comment]
) -> None:
    change = change_in(archive)
    written = write(archive, change, "because 理由")
    read = (
        *reviews.decisions(archive, change=change),
        *reviews.comments(archive, change=change, privileged=False),
    )
    assert read == (written,)
    assert reviews.decisions(archive, known=at(2)) == ()
    assert reviews.comments(archive, privileged=True, known=at(2)) == ()


def test_another_program_reads_the_chain_with_the_standard_library_alone(
    reviewed: Archive, tmp_path: Path
) -> None:
    """The hashes are defined by the documentation of the tables, and not by this program."""
    import hashlib
    import json

    before = "0" * 64
    with sqlite3.connect(reviewed.folder / "archive.db") as other:
        rows = other.execute("SELECT * FROM chain ORDER BY position").fetchall()
    other.close()
    for *said, hashed in rows:
        text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert said[-1] == before
        assert hashlib.sha256(text.encode()).hexdigest() == hashed
        before = hashed
