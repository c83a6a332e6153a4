"""A message that is owed is sent until its fate is known: once, or marked as a possible repeat, or dead for a person to see."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive import holds, instants, outbox
from archive.errors import BadInput
from archive.outbox import FIRST_BACK_OFF, LONGEST_BACK_OFF, MAX_ATTEMPTS
from archive.records import Delivery
from archive.store import Archive
from tests.archive.building import START, at

DELIVERY = Delivery(
    key="a" * 32,
    message_id="<m@tocsin>",
    transition_id="t" * 32,
    watch="chips",
    target="console:",
    changes=("c1", "c2"),
    payload='{"title": "3A090"}',
)


def owe(archive: Archive, key: str = DELIVERY.key, hours: float = 0) -> str:
    assert outbox.enqueue(archive, replace(DELIVERY, key=key), at(hours))
    return key


def test_a_message_is_owed_once_however_often_it_is_enqueued(archive: Archive) -> None:
    assert outbox.enqueue(archive, DELIVERY, START)
    assert not outbox.enqueue(archive, replace(DELIVERY, payload="other"), at(1))
    (owed,) = outbox.due(archive, at(0))
    assert owed.delivery == DELIVERY
    assert (owed.state, owed.attempts, owed.possible_repeat, owed.enqueued_at) == ("pending", 0, False, START)


def owe_and_fail(archive: Archive) -> None:
    with archive.transaction():
        owe(archive)
        raise RuntimeError("the change could not be stored")


def test_a_message_is_owed_only_with_the_transaction_that_owes_it(archive: Archive) -> None:
    with pytest.raises(RuntimeError):
        owe_and_fail(archive)
    assert outbox.deliveries(archive) == ()


def test_what_was_sent_is_never_due_again(archive: Archive) -> None:
    key = owe(archive)
    assert outbox.claim(archive, key, at(1))
    assert outbox.due(archive, at(99)) == ()
    outbox.mark_sent(archive, key, at(2))
    assert outbox.due(archive, at(9999)) == ()
    owed = outbox.delivery(archive, key)
    assert (owed.state, owed.sent_at, owed.attempts, owed.error) == ("sent", at(2), 1, "")
    assert [(one.number, one.outcome) for one in outbox.send_attempts(archive, key)] == [(1, "sent")]
    assert not outbox.claim(archive, key, at(3))


def test_two_cannot_claim_one_message(archive: Archive) -> None:
    key = owe(archive)
    assert outbox.claim(archive, key, at(0))
    assert not outbox.claim(archive, key, at(0))


def test_a_failure_is_tried_again_later_and_later_and_then_is_dead(archive: Archive) -> None:
    key, moment, waits = owe(archive), START, []
    for number in range(1, MAX_ATTEMPTS + 1):
        (owed,) = outbox.due(archive, moment)
        assert outbox.claim(archive, key, moment)
        outbox.mark_failed(archive, key, moment, f"refused {number}")
        owed = outbox.delivery(archive, key)
        if owed.next_try:
            assert outbox.due(archive, owed.next_try - timedelta(seconds=1)) == ()
            waits.append(owed.next_try - moment)
            moment = owed.next_try
    assert (owed.state, owed.next_try, owed.error, owed.possible_repeat) == (
        "dead",
        None,
        f"refused {MAX_ATTEMPTS}",
        False,
    )
    assert waits == sorted(waits)
    assert FIRST_BACK_OFF <= waits[0] <= FIRST_BACK_OFF * 1.25
    assert outbox.due(archive, at(99999)) == ()
    assert outbox.counts(archive)["dead"] == 1
    assert len(outbox.send_attempts(archive, key)) == MAX_ATTEMPTS
    outbox.retry(archive, key, moment)
    (again,) = outbox.due(archive, moment)
    assert (again.state, again.attempts) == ("pending", 0)
    outbox.claim(archive, key, moment)
    outbox.mark_sent(archive, key, moment)
    assert [one.outcome for one in outbox.send_attempts(archive, key)] == ["failed"] * MAX_ATTEMPTS + ["sent"]


def test_the_back_off_never_exceeds_its_limit() -> None:
    assert outbox.back_off("k", 10_000) <= LONGEST_BACK_OFF * 1.25
    assert outbox.back_off("k", 1) != outbox.back_off("l", 1)


def test_a_target_that_names_its_hour_is_obeyed(archive: Archive) -> None:
    key = owe(archive)
    outbox.claim(archive, key, START)
    outbox.mark_failed(archive, key, START, "429", retry_after=timedelta(seconds=7))
    assert outbox.delivery(archive, key).next_try == START + timedelta(seconds=7)


def test_an_outcome_nobody_knows_is_offered_again_as_a_possible_repeat(archive: Archive) -> None:
    key = owe(archive)
    outbox.claim(archive, key, START)
    outbox.mark_failed(archive, key, START, "timed out after the message left", uncertain=True)
    (owed,) = outbox.due(archive, at(1))
    assert (owed.state, owed.possible_repeat) == ("failed", True)
    outbox.claim(archive, key, at(1))
    outbox.mark_failed(archive, key, at(1), "refused")
    assert outbox.delivery(archive, key).possible_repeat, "a later certain failure takes nothing back"
    assert [one.outcome for one in outbox.send_attempts(archive, key)] == ["unknown", "failed"]


def test_what_was_being_sent_when_the_process_died_is_offered_again_at_once(archive: Archive) -> None:
    owe(archive, "a" * 32)
    key = owe(archive, "b" * 32)
    outbox.claim(archive, key, START)
    (recovered,) = outbox.recover(archive, at(5))
    assert (recovered.delivery.key, recovered.state, recovered.possible_repeat) == (key, "failed", True)
    assert [one.delivery.key for one in outbox.due(archive, at(5))] == ["a" * 32, key]
    assert outbox.recover(archive, at(6)) == ()


def test_messages_are_due_in_the_order_in_which_they_were_owed(archive: Archive) -> None:
    keys = [f"{number:032x}" for number in (7, 3, 5)]
    for key in keys:
        owe(archive, key)
    assert [owed.delivery.key for owed in outbox.due(archive, START)] == keys
    assert [owed.delivery.key for owed in outbox.due(archive, START, limit=2)] == keys[:2]
    assert [owed.delivery.key for owed in outbox.deliveries(archive)] == keys[::-1]
    assert [owed.delivery.key for owed in outbox.deliveries(archive, state="pending", limit=1)] == keys[-1:]
    assert outbox.deliveries(archive, state="dead") == ()
    assert outbox.deliveries(archive, transition_id="other") == ()


def test_a_delivery_is_found_by_the_start_of_its_key(archive: Archive) -> None:
    owe(archive, "abc1")
    owe(archive, "abd2")
    assert outbox.delivery(archive, "abc").delivery.key == "abc1"
    with pytest.raises(BadInput, match="several deliveries begin with 'ab'"):
        outbox.delivery(archive, "ab")
    with pytest.raises(BadInput, match="no delivery begins with 'x'"):
        outbox.delivery(archive, "x")


def test_marks_that_do_not_fit_the_state_are_refused(archive: Archive) -> None:
    key = owe(archive)
    with pytest.raises(BadInput, match="it is pending, not being sent"):
        outbox.mark_sent(archive, key, START)
    with pytest.raises(BadInput, match="it is pending, not being sent"):
        outbox.mark_failed(archive, key, START, "x")
    with pytest.raises(BadInput, match="it is pending.*Only a dead or failed one"):
        outbox.retry(archive, key, START)


numbers = count()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_nothing_is_lost_and_every_repeat_is_marked(archive: Archive, data: st.DataObject) -> None:
    """Whatever a channel does and whenever the process dies: each message arrives or is dead, and twice only if it said so."""
    key = owe(archive, f"{next(numbers):032x}")
    arrivals: list[bool] = []
    moment = START
    while (owed := outbox.delivery(archive, key)).state not in ("sent", "dead"):
        moment += timedelta(days=1)
        assert any(one.delivery.key == key for one in outbox.due(archive, moment))
        assert outbox.claim(archive, key, moment)
        match data.draw(
            st.sampled_from(["taken", "refused", "timed out", "lost", "died before", "died after"])
        ):
            case "taken":
                arrivals.append(owed.possible_repeat)
                outbox.mark_sent(archive, key, moment)
            case "refused":
                outbox.mark_failed(archive, key, moment, "500")
            case "timed out":
                arrivals.append(owed.possible_repeat)
                outbox.mark_failed(archive, key, moment, "time-out", uncertain=True)
            case "lost":
                outbox.mark_failed(archive, key, moment, "time-out", uncertain=True)
            case "died after":
                arrivals.append(owed.possible_repeat)
                outbox.recover(archive, moment)
            case "died before":
                outbox.recover(archive, moment)
    assert arrivals or owed.state == "dead"
    assert all(arrivals[1:]), "a second arrival that was not marked"


def test_a_second_outcome_that_nobody_knows_is_a_dead_letter_and_no_third_copy(archive: Archive) -> None:
    key = owe(archive)
    outbox.claim(archive, key, START)
    outbox.mark_failed(archive, key, START, "timed out", uncertain=True)
    outbox.claim(archive, key, at(1))
    outbox.mark_failed(archive, key, at(1), "timed out", uncertain=True)
    owed = outbox.delivery(archive, key)
    assert (owed.state, owed.next_try, owed.died_at) == ("dead", None, at(1))
    assert outbox.due(archive, at(9999)) == ()
    outbox.retry(archive, key, at(2))
    outbox.claim(archive, key, at(2))
    assert outbox.delivery(archive, key).possible_repeat, "a person's retry may be a third copy, and says so"
    outbox.mark_sent(archive, key, at(2))
    assert outbox.delivery(archive, key).died_at == at(1)


def test_a_process_that_dies_twice_over_one_message_leaves_a_dead_letter(archive: Archive) -> None:
    key = owe(archive)
    for hours, state in ((1, "failed"), (2, "dead")):
        outbox.claim(archive, key, at(hours))
        (recovered,) = outbox.recover(archive, at(hours))
        assert recovered.state == state
    assert outbox.recover(archive, at(3)) == ()


def test_deliveries_are_asked_for_by_watch_person_and_message(archive: Archive) -> None:
    owe(archive, "a" * 32)
    outbox.enqueue(archive, replace(DELIVERY, key="b" * 32, watch="labs", message_id="<n@tocsin>"), START)
    outbox.let_go(archive, "b" * 32, "ann", START)
    assert [one.delivery.watch for one in outbox.deliveries(archive, watch="labs")] == ["labs"]
    assert [one.delivery.watch for one in outbox.deliveries(archive, person="ann")] == ["labs"]
    assert [one.delivery.watch for one in outbox.deliveries(archive, message_id="<m@tocsin>")] == ["chips"]
    assert outbox.deliveries(archive, watch="labs", state="sent") == ()
    assert outbox.deliveries(archive, source="us_ecfr") == ()


def test_what_waits_is_not_due_until_it_is_let_go(archive: Archive) -> None:
    key = owe(archive)
    holds.hold(archive, key, holds.HOURS, "quiet", person="ann", at=START, until=at(5))
    assert outbox.due(archive, at(6)) == ()
    assert not outbox.claim(archive, key, at(6))
    assert [one.delivery.key for one in outbox.waiting(archive, at(5))] == [key]
    assert outbox.waiting(archive, at(4)) == ()
    outbox.let_go(archive, key, "ann", at(6))
    holds.end(archive, key, at(6))
    assert [one.delivery.key for one in outbox.due(archive, at(6))] == [key]
    assert outbox.unpaced(archive) == ()


def test_the_outbox_of_an_older_archive_is_carried_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An archive of the version before, with a message in every state and its attempts."""
    for later in ("ALERTS", "REVIEWS", "ACCESS", "EVIDENCE", "DETAILS"):
        monkeypatch.setattr(f"archive.migrations.{later}", ())
    with Archive.create(tmp_path) as archive:
        for state in ("pending", "sending", "sent", "failed", "dead"):
            archive.database.execute(
                """
                INSERT INTO delivery (key, position, message_id, transition_id, watch, target, changes, payload, state,
                    enqueued_at, next_try, claimed_at, attempts, possible_repeat, error)
                SELECT ?, count(*), 'm', 't', 'w', 'console:', '[]', '{}', ?, ?, NULL, ?, 1, 0, '' FROM delivery
                """,
                (state, state, instants.written(START), instants.written(at(1))),
            )
        archive.database.execute(
            "INSERT INTO delivery_attempt VALUES ('dead', 1, ?, 'failed', 'gone')", (instants.written(START),)
        )
        archive.database.execute("DELETE FROM _sqlite_migrations WHERE name >= '0007'")
        archive.database.execute("PRAGMA user_version = 6")
    monkeypatch.undo()
    with Archive.open(tmp_path) as archive:
        found = {one.delivery.key: one for one in outbox.deliveries(archive)}
        assert {key: one.state for key, one in found.items()} == {key: key for key in found}
        assert len(found) == 5
        assert {key for key, one in found.items() if one.died_at} == {"dead"}
        assert outbox.unpaced(archive) == (), "what was owed before there were hours does not begin to wait"
        assert [one.error for one in outbox.send_attempts(archive, "dead")] == ["gone"]
        assert archive.database.execute("PRAGMA foreign_key_check").fetchall() == []
        names = {
            name
            for (name,) in archive.database.execute("SELECT name FROM sqlite_schema WHERE type = 'index'")
        }
        assert {"delivery_due", "delivery_state"} <= names
