"""The rows in great number: one link for a run and for a round of sending, and whatever is done to one of the rows is found and named."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from archive import acknowledged, batches, chain, editions, ledger, linking, outbox, watch_history
from archive.batch_rows import SORTS
from archive.chain import check_chain
from archive.changes import record_changeset
from archive.databases import ARCHIVE_FILE
from archive.records import Attempt, Delivery, Request
from archive.store import Archive
from archive.verify import verify
from tests.archive.building import (
    WORK,
    at,
    capture,
    changeset,
    code,
    edition,
    item,
    substitution,
    transition,
)

ASKED = Request(url="https://example.org/x", headers=(("accept", "*/*"), ("host", "example.org")))


def run(archive: Archive, number: int, *, owed: int = 2) -> None:
    """A run that asks three times, takes one edition, finds two changes and owes their messages."""
    begun = ledger.start_run(archive, "us_ecfr", at=at(number), replayed=False)
    for tried, outcome in enumerate(("ServerError", "accepted", "unchanged")):
        ledger.record_attempt(
            archive,
            begun,
            Attempt(
                source="us_ecfr",
                url=f"https://example.org/{number}/{tried}",
                at=at(number + tried / 60),
                outcome=outcome,
                status=500 if tried == 0 else 200,
                reason="it is down" if tried == 0 else "",
            ),
        )
    text = edition(item("1", f"word {number}"), days=number)
    row = editions.record_capture(
        archive, begun, replace(capture(f"<x>{number}</x>".encode(), days=number), request=ASKED)
    )
    with archive.transaction():
        editions.publish(archive, text, row.id, observed=at(number), provisional=False)
        found = [substitution("1", f"old {number}", f"new {number}"), substitution("2", "a", "b")]
        record_changeset(
            archive, changeset(found, transition(number, hours=number)), [(code("3A090"), code("4A090")), ()]
        )
        for one in range(owed):
            outbox.enqueue(archive, message(number, one), at(number))
    ledger.finish_run(archive, begun, at=at(number + 0.5), outcome="complete", counts={"published": 1})


def message(number: int, one: int) -> Delivery:
    return Delivery(
        key=f"key {number} {one}",
        message_id=f"message {number}",
        transition_id=transition(number).id,
        watch=f"watch {one}",
        target="console:",
        changes=(f"change {number}",),
        payload=f'{{"title":"{number} {one}"}}',
    )


def send(archive: Archive, hours: float) -> None:
    """A round: the first message fails and is tried again an hour later, the others are taken."""
    for place, owed in enumerate(outbox.due(archive, at(hours))):
        assert outbox.claim(archive, owed.delivery.key, at(hours))
        if place == 0 and owed.attempts == 0:
            outbox.mark_failed(
                archive,
                owed.delivery.key,
                at(hours),
                "it is full",
                retry_after=timedelta(minutes=30),
            )
        else:
            outbox.mark_sent(archive, owed.delivery.key, at(hours))
    linking.link_sending(archive, at=at(hours))


@pytest.fixture
def worked(archive: Archive) -> Archive:
    """Three runs, each with a round of sending after it, and one round more: seven links."""
    watch_history.remember(archive, {"watch 0": ("w.toml", '{"codes":["3A090"]}')}, at=at(0))
    for number in (1, 2, 3):
        run(archive, number)
        send(archive, number + 0.75)
    acknowledged.acknowledge_message(archive, "message 1", person="ann", note="read", at=at(4))
    send(archive, 5)
    return archive


# What a version before the chain wrote, row by row.
OLDER = (
    "INSERT INTO run (source, started_at, finished_at, outcome, replayed) VALUES ('us_ecfr', '{0}', '{0}', 'complete', 0)",
    "INSERT INTO run (source, started_at, replayed) VALUES ('us_ecfr', '{0}', 0)",
    "INSERT INTO attempt (run, source, url, at, outcome, status, reason, bytes) VALUES (1, 'us_ecfr', 'https://x.org', '{0}', 'accepted', 200, '', 9)",
    "INSERT INTO attempt (run, source, url, at, outcome, status, reason, bytes) VALUES (1, 'us_ecfr', 'https://y.org', '{0}', 'accepted', 200, '', 9)",
    "INSERT INTO capture (run, source, document, url, fetched_at, as_of, status, media_type, headers, meta, sha256, bytes)"
    " VALUES (1, 'us_ecfr', 'd', 'https://x.org', '{0}', '2026-01-01', 200, '', '[]', '{{}}', 'ab', 9)",
    "INSERT INTO work (path, source, title, language, kind, jurisdiction) VALUES ('us/x', 'us_ecfr', '', 'en', 'consolidated', 'US')",
    "INSERT INTO transition VALUES ('t', 'us_ecfr', 1, '', 'ab', NULL, '2026-01-01', '{0}')",
    "INSERT INTO changeset (transition_id, engine, digest, reference, newest) VALUES ('t', 'e/1', '', '', 1)",
    "INSERT INTO text (digest, body) VALUES (x'00', 'words')",
    "INSERT INTO change (changeset, position, key, kind, materiality, heading, text_after, ops, details) VALUES (1, 0, 'k', 'insertion',"
    """ 'substantive', '', 1, '[["+",5]]', '{{"reason":"r","unit":"","num":"","likeness":0.0,"carried":[],"limits":[],"path":[],"applicability":[]}}')""",
    "INSERT INTO touch VALUES (1, '', 0, 'code', '3A090', 'ear', 0, '', 'inserted', 1.0, 0, 0)",
    "UPDATE changeset SET reference = ''",
    "INSERT INTO delivery (key, position, message_id, transition_id, watch, target, changes, payload, state, enqueued_at, attempts,"
    " possible_repeat, error) VALUES ('key 1', 1, 'm', 't', 'w', 'console:', '[]', '{{}}', 'sent', '{0}', 1, 0, '')",
    "INSERT INTO delivery_attempt VALUES ('key 1', 1, '{0}', 'sent', '')",
)


@pytest.fixture
def older(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    """An archive of a version that linked nothing of this, with a run that was killed."""
    for later in ("ACCESS", "EVIDENCE", "DETAILS"):
        monkeypatch.setattr(f"archive.migrations.{later}", ())
    with Archive.create(tmp_path / "older") as made:
        for statement in OLDER:
            made.database.execute(statement.format("2025-12-01T00:00:00.000000Z"))
        made.database.execute("DELETE FROM _sqlite_migrations WHERE name >= '0009'")
        made.database.execute("PRAGMA user_version = 8")
    monkeypatch.undo()
    with Archive.open(tmp_path / "older") as opened:
        yield opened


def forged(archive: Archive, *statements: str) -> None:
    """What somebody does who has the file and the sqlite3 shell: another connection, without triggers."""
    with sqlite3.connect(archive.folder / ARCHIVE_FILE.name, isolation_level=None) as other:
        for (name,) in other.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            other.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            assert other.execute(statement).rowcount > 0, statement
    other.close()


def broken(archive: Archive) -> list[str]:
    return [one.line() for one in check_chain(archive)]


def test_each_run_and_each_round_of_sending_is_one_link(worked: Archive) -> None:
    kinds = [(one.kind, one.subject) for one in chain.links(worked)]
    assert kinds == [
        ("run", "1"),
        ("sending", "2"),
        ("run", "2"),
        ("sending", "4"),
        ("run", "3"),
        ("sending", "6"),
        ("sending", "7"),
    ]
    assert broken(worked) == []
    assert linking.not_linked(worked) == {}
    assert linking.link_sending(worked, at=at(9)) is False


def test_every_sort_of_rows_is_covered_by_some_link(worked: Archive) -> None:
    found = [batches.content_of(worked.database, one.kind, one.subject) for one in chain.links(worked)]
    assert {name for one in found if one for name in one["rows"]} == set(SORTS)


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (
            "UPDATE attempt SET status = 200, outcome = 'accepted' WHERE id = 4",
            "link 3, run 2: attempt 4 was changed",
        ),
        ("UPDATE attempt SET url = 'https://else.org' WHERE id = 5", "link 3, run 2: attempt 5 was changed"),
        (
            "UPDATE capture SET fetched_at = '2020-01-01T00:00:00.000000Z' WHERE id = 2",
            "link 3, run 2: capture 2 was changed",
        ),
        ("UPDATE capture SET headers = '[]' WHERE id = 3", "link 5, run 3: capture 3 was changed"),
        ("UPDATE capture SET request = '' WHERE id = 1", "link 1, run 1: capture 1 was changed"),
        ("UPDATE edition SET as_of = '2026-01-09' WHERE id = 1", "link 1, run 1: edition 1 was changed"),
        (
            "UPDATE transition SET observed_at = '2026-01-01T00:00:00.000000Z' WHERE after = '2026-01-03'",
            "link 3, run 2: analysis 2 was changed",
        ),
        (
            "UPDATE change SET materiality = 'editorial' WHERE id = 3",
            "link 3, run 2: analysis 2 was changed",
        ),
        ("UPDATE text SET body = 'new 9' WHERE body = 'new 2'", "link 3, run 2: analysis 2 was changed"),
        ("DELETE FROM change WHERE id = 4", "link 3, run 2: analysis 2 was changed"),
        (
            "DELETE FROM touch_of_change WHERE change = 3 AND position = 1",
            "link 3, run 2: reading 4 was changed",
        ),
        (
            "UPDATE analysis_history SET at = '2026-01-01T00:00:00.000000Z' WHERE id = 3",
            "link 3, run 2: reading 3 was changed",
        ),
        (
            "UPDATE watch_wording SET content = '{}' WHERE id = 1",
            "link 1, run 1: wording of a watch 1 was changed",
        ),
        (
            "UPDATE delivery SET target = 'mailto:x' WHERE position = 3",
            "link 3, run 2: delivery 3 was changed",
        ),
        (
            "UPDATE delivery SET payload = '{}' WHERE position = 4",
            "link 4, sending 4: attempt at a delivery 5 was changed",
        ),
        (
            "UPDATE delivery_attempt SET outcome = 'sent', error = '' WHERE outcome = 'failed'",
            "link 2, sending 2: attempt at a delivery 1 was changed",
        ),
        (
            "UPDATE acknowledgement SET person = 'bo'",
            "link 7, sending 7: acknowledgement 1 was changed",
        ),
        ("UPDATE run SET outcome = 'incomplete' WHERE id = 3", "link 5, run 3: run 3 was changed"),
        ("DELETE FROM attempt WHERE id = 5", "link 3, run 2: 1 attempt removed after 4"),
        ("DELETE FROM batch WHERE id = 4", "link 4, sending 4: what it was about was removed"),
        (
            "UPDATE batch SET ends = json_set(ends, '$.attempts', 5) WHERE id = 3",
            "link 3, run 2: 1 attempt removed after 5",
        ),
    ],
)
def test_a_row_that_was_edited_is_found_and_named(worked: Archive, harm: str, said: str) -> None:
    forged(worked, harm)
    lines = broken(worked)
    assert said in lines, lines
    assert said in [finding.what for finding in verify(worked) if finding.grave]


def test_a_reordered_delivery_is_found(worked: Archive) -> None:
    forged(
        worked,
        "UPDATE delivery SET position = 99 WHERE position = 3",
        "UPDATE delivery SET position = 3 WHERE position = 4",
        "UPDATE delivery SET position = 4 WHERE position = 99",
    )
    assert broken(worked) == ["link 3, run 2: delivery 3, 4 were changed"]


def test_reordered_attempts_at_deliveries_are_found(worked: Archive) -> None:
    swap = "UPDATE delivery_order SET (delivery, number) = ('{0}', {1}) WHERE id = {2}"
    forged(
        worked,
        swap.format("nobody", 1, 1),
        swap.format("key 1 0", 1, 2),
        swap.format("key 1 1", 1, 1),
    )
    assert broken(worked) == ["link 2, sending 2: attempt at a delivery 1, 2 were changed"]


@pytest.mark.parametrize(
    "edit",
    [
        "UPDATE attempt SET status = 1",
        "DELETE FROM attempt",
        "REPLACE INTO attempt SELECT * FROM attempt",
        "UPDATE capture SET url = 'x'",
        "DELETE FROM capture",
        "UPDATE edition SET digest = 'x'",
        "UPDATE transition SET observed_at = 'x'",
        "DELETE FROM transition",
        "UPDATE changeset SET engine = 'x'",
        "UPDATE change SET materiality = 'technical'",
        "DELETE FROM change",
        "UPDATE run SET outcome = 'x'",
        "DELETE FROM run",
        "UPDATE delivery SET changes = '[]'",
        "UPDATE delivery SET payload = '{}'",
        "DELETE FROM delivery",
        "UPDATE delivery_attempt SET outcome = 'sent'",
        "DELETE FROM delivery_attempt",
        "REPLACE INTO delivery_attempt SELECT * FROM delivery_attempt",
        "DELETE FROM delivery_order",
        "UPDATE batch SET ends = '{}'",
        "DELETE FROM batch",
        "DELETE FROM watch_wording",
        "UPDATE acknowledgement SET person = 'x'",
    ],
)
def test_sql_is_refused_such_edits(worked: Archive, edit: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        worked.database.execute(edit)
    assert broken(worked) == []


def test_what_may_still_happen_to_a_row_breaks_nothing(worked: Archive) -> None:
    """Reviewing a held capture, a better analysis, a new reading of touches, a retry: none of it touches what was written."""
    held = editions.record_capture(worked, 3, capture(b"<held/>", days=9))
    editions.hold(worked, held.id, "odd")
    editions.release(worked, held.id, "it is right")
    again = changeset([substitution("1", "old 2", "new 2")], transition(2, hours=2), engine="tocsin-diff/2")
    record_changeset(worked, again, [(code("3A001"),)])
    same = changeset(
        [substitution("1", "old 1", "new 1"), substitution("2", "a", "b")], transition(1, hours=1)
    )
    record_changeset(worked, same, [(code("3A001"),), (code("3A002"),)])
    record_changeset(worked, same, [(code("3A003"),), ()], reference="own terms")
    record_changeset(worked, same, [(), ()])
    assert broken(worked) == []
    run(worked, 5)
    assert broken(worked) == []
    assert editions.expression(worked, WORK) is not None


def test_what_a_killed_run_left_is_in_the_link_of_the_next_one(worked: Archive) -> None:
    killed = ledger.start_run(worked, "us_ecfr", at=at(6), replayed=False)
    ledger.record_attempt(
        worked, killed, Attempt(source="us_ecfr", url="https://x.org", at=at(6), outcome="accepted")
    )
    assert linking.not_linked(worked) == {"attempt": 1}
    assert broken(worked) == []
    ledger.close_interrupted(worked, at=at(7))
    run(worked, 8)
    assert linking.not_linked(worked) == {}
    assert broken(worked) == []
    forged(worked, f"UPDATE run SET outcome = 'complete' WHERE id = {killed}")
    assert broken(worked) == [f"link 8, run {killed + 1}: run {killed} was changed"]


def test_the_history_of_an_older_archive_is_linked_once_and_says_so(older: Archive) -> None:
    assert chain.links(older) == ()
    assert linking.not_linked(older)["attempt"] == 2
    assert linking.not_linked(older)["attempt at a delivery"] == 1
    ledger.close_interrupted(older, at=at(5))
    run(older, 6)
    kinds = [(one.kind, one.subject, one.at[:10]) for one in chain.links(older)]
    assert kinds == [("history", "1", "2026-01-01"), ("run", "3", "2026-01-01")]
    run(older, 7)
    assert [one.kind for one in chain.links(older)] == ["history", "run", "run"]
    assert broken(older) == []
    forged(
        older,
        "UPDATE attempt SET status = 7 WHERE id = 2",
        "UPDATE delivery SET watch = 'x' WHERE position = 1",
        "UPDATE text SET body = 'wards' WHERE body = 'words'",
        "DELETE FROM touch_of_change WHERE change = 1",
    )
    assert broken(older) == [
        "link 1, history 1: attempt 2 was changed; analysis 1 was changed; reading 2 was changed; delivery 1 was changed"
    ]


def test_a_run_that_ends_while_another_goes_on_waits_for_it(archive: Archive) -> None:
    first = ledger.start_run(archive, "a", at=at(0), replayed=False)
    second = ledger.start_run(archive, "b", at=at(0), replayed=False)
    ledger.finish_run(archive, second, at=at(1), outcome="complete")
    ledger.finish_run(archive, first, at=at(2), outcome="complete")
    assert broken(archive) == []
    assert linking.not_linked(archive) == {}


def test_a_batch_costs_eight_characters_a_row(worked: Archive) -> None:
    (marks,) = worked.database.execute(
        "SELECT sum(length(value)) FROM batch, json_each(batch.marks)"
    ).fetchone()
    _, ends = batches.newest(worked.database)
    assert marks == 8 * sum(ends.values())


def test_a_head_that_was_mailed_is_found_again_and_a_foreign_one_is_not(worked: Archive) -> None:
    for one in chain.links(worked):
        assert [*verify(worked, head=one.hash), *verify(worked, head=one.hash[:16].upper())] == []
    (found,) = verify(worked, head="0123456789abcdef")
    assert "no link has the head 0123456789abcdef" in found.what
    assert found.mend


def test_a_forger_who_writes_all_links_anew_is_found_by_a_head_that_was_mailed(worked: Archive) -> None:
    _, mailed = chain.head(worked)
    forged(worked, "UPDATE attempt SET status = 7 WHERE id = 2", "DELETE FROM batch", "DELETE FROM chain")
    linking.link_run(worked, 3, at=at(9))
    assert broken(worked) == []
    assert [finding.what for finding in verify(worked, head=mailed)] == [
        f"no link has the head {mailed}: links were cut off or written anew since it was printed"
    ]
