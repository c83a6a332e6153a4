"""The ledger keeps every run and attempt, and says how each source fares."""

from __future__ import annotations

from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive import changes, editions, ledger
from archive.ledger import COMPLETE
from archive.records import Attempt
from archive.store import Archive
from tests.archive.building import at, capture, changeset, substitution, transition


def ran(archive: Archive, source: str, outcome: str, *, hours: float = 0, reason: str = "") -> int:
    run = ledger.start_run(archive, source, at=at(hours), replayed=False)
    ledger.finish_run(archive, run, at=at(hours + 0.1), outcome=outcome, reason=reason)
    return run


def test_a_run_is_kept_with_its_counts_and_attempts(archive: Archive) -> None:
    run = ledger.start_run(archive, "us_ecfr", at=at(0), replayed=True)
    (running,) = ledger.runs(archive)
    assert (running.finished_at, running.outcome) == (None, "")
    tries = [
        Attempt(source="us_ecfr", url="https://x/1", at=at(0.1), outcome="accepted", status=200, bytes=10),
        Attempt(
            source="us_ecfr",
            url="https://x/2",
            at=at(0.2),
            outcome="wall",
            status=200,
            reason="a consent page",
        ),
    ]
    for attempt in tries:
        ledger.record_attempt(archive, run, attempt)
    ledger.finish_run(archive, run, at=at(1), outcome="wall", reason="1 of 2 refused", counts={"accepted": 1})
    (finished,) = ledger.runs(archive, "us_ecfr")
    assert finished == ledger.Run(
        id=run,
        source="us_ecfr",
        started_at=at(0),
        finished_at=at(1),
        outcome="wall",
        reason="1 of 2 refused",
        counts={"accepted": 1},
        replayed=True,
    )
    assert list(ledger.attempts(archive, run)) == tries


def test_runs_are_told_newest_first_of_one_source_or_all(archive: Archive) -> None:
    numbers = [ran(archive, source, COMPLETE) for source in ("a", "b", "a")]
    assert [run.id for run in ledger.runs(archive)] == numbers[::-1]
    assert [run.id for run in ledger.runs(archive, "a")] == [numbers[2], numbers[0]]
    assert [run.id for run in ledger.runs(archive, limit=1)] == [numbers[2]]


names = count()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from([COMPLETE, "wall", "held", "died", "running"]), min_size=1, max_size=12))
def test_failures_in_a_row_are_counted_from_the_last_success(archive: Archive, outcomes: list[str]) -> None:
    source = f"s{next(names)}"
    for hour, outcome in enumerate(outcomes):
        # The clock stands still or goes back: the order of the runs counts.
        if outcome == "running":
            ledger.start_run(archive, source, at=at(-hour), replayed=False)
        else:
            ran(archive, source, outcome, hours=-hour, reason=f"reason {hour}")
    (health,) = (one for one in ledger.health(archive) if one.source == source)
    failures = 0
    for outcome in outcomes:
        failures = 0 if outcome == COMPLETE else failures + (outcome != "running")
    assert health.failures == failures
    finished = [(hour, outcome) for hour, outcome in enumerate(outcomes) if outcome != "running"]
    assert health.last_outcome == (finished[-1][1] if finished else "")
    assert health.last_reason == (f"reason {finished[-1][0]}" if finished else "")
    successes = [hour for hour, outcome in finished if outcome == COMPLETE]
    assert health.last_success == (at(-successes[-1] + 0.1) if successes else None)
    assert health.running == (outcomes[-1] == "running")
    assert health.last_run == at(-(len(outcomes) - 1))


def test_health_shows_what_is_held_and_when_a_change_was_last_seen(archive: Archive) -> None:
    ran(archive, "us_ecfr", COMPLETE)
    ran(archive, "jp_egov", COMPLETE)
    row = editions.record_capture(archive, None, capture())
    editions.hold(archive, row.id, "it shrank")
    changes.record_changeset(archive, changeset([substitution("1")], transition(hours=3)), [()])
    japan, america = ledger.health(archive)
    assert (america.source, america.last_change) == ("us_ecfr", at(3))
    assert [(held.document, held.reason) for held in america.held] == [("title-15/part-999", "it shrank")]
    assert (japan.source, japan.last_change, japan.held) == ("jp_egov", None, ())


def test_a_run_whose_process_died_is_closed_as_interrupted(archive: Archive) -> None:
    ran(archive, "a", COMPLETE)
    ledger.start_run(archive, "a", at=at(1), replayed=False)
    assert ledger.close_interrupted(archive, at=at(2)) == 1
    assert ledger.close_interrupted(archive, at=at(3)) == 0
    (health,) = ledger.health(archive)
    assert (health.last_outcome, health.failures, health.running) == ("interrupted", 1, False)


def test_the_first_success_of_a_source_is_its_baseline(archive: Archive) -> None:
    ran(archive, "a", "wall")
    assert ledger.first_success(archive, "a") is None
    first = ran(archive, "a", COMPLETE, hours=2)
    ran(archive, "a", COMPLETE, hours=3)
    assert ledger.first_success(archive, "a") == ledger.FirstRun(run=first, started_at=at(2))


def test_what_a_crawl_hands_to_the_next_one_is_kept_by_source(archive: Archive) -> None:
    assert ledger.memory(archive, "a") == {}
    ledger.remember(archive, "a", {"etag": '"1"', "titles": {"15": [1, 2]}})
    ledger.remember(archive, "a", {"etag": '"2"'})
    ledger.remember(archive, "b", {})
    assert ledger.memory(archive, "a") == {"etag": '"2"'}
