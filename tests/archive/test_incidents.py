"""An incident is opened once, escalated once and closed once, however often somebody looks."""

from __future__ import annotations

from datetime import date, timedelta

from archive import ledger
from archive.incidents import GAP, Step, Trouble, incidents, settle
from archive.store import Archive
from tests.archive.building import at

PAPER = Trouble(subject="2026-1 of 2026-03-01", said="2026-1 is not held", day=date(2026, 3, 1))
OTHER = Trouble(subject="2026-2 of 2026-03-09", said="2026-2 is not held", day=date(2026, 3, 9))


def look(archive: Archive, hours: float, *troubles: Trouble, since: date = date.min) -> list[tuple[str, str]]:
    steps: tuple[Step, ...] = settle(
        archive, "a", GAP, troubles, at=at(hours), patience=timedelta(hours=24), since=since
    )
    return [(step.what, step.incident.subject) for step in steps]


def test_a_trouble_is_opened_escalated_and_closed_once(archive: Archive) -> None:
    assert look(archive, 0, PAPER) == [("opened", PAPER.subject)]
    assert look(archive, 1, PAPER) == []
    assert look(archive, 25, PAPER) == [("escalated", PAPER.subject)]
    assert look(archive, 50, PAPER) == []
    assert look(archive, 51) == [("closed", PAPER.subject)]
    assert look(archive, 52) == []
    (past,) = incidents(archive, closed=True)
    assert (past.opened_at, past.escalated_at, past.closed_at) == (at(0), at(25), at(51))
    assert incidents(archive) == ()


def test_a_trouble_that_comes_back_is_another_incident(archive: Archive) -> None:
    look(archive, 0, PAPER)
    look(archive, 1)
    assert look(archive, 2, PAPER) == [("opened", PAPER.subject)]
    assert len({one.id for one in incidents(archive, closed=True)}) == 2


def test_what_nobody_looked_at_stays_open(archive: Archive) -> None:
    look(archive, 0, PAPER, OTHER)
    assert look(archive, 1, since=date(2026, 3, 5)) == [("closed", OTHER.subject)]
    assert [one.subject for one in incidents(archive, source="a")] == [PAPER.subject]


def test_other_sources_and_sorts_are_left_alone_and_the_last_words_count(archive: Archive) -> None:
    look(archive, 0, PAPER)
    settle(archive, "b", GAP, [OTHER], at=at(0), patience=timedelta(hours=1))
    settle(
        archive, "a", "failing", [Trouble(subject="", said="walled")], at=at(0), patience=timedelta(hours=1)
    )
    look(archive, 1, Trouble(subject=PAPER.subject, said="still not held", day=PAPER.day))
    assert [(one.source, one.sort, one.said) for one in incidents(archive)] == [
        ("a", "gap", "still not held"),
        ("b", "gap", "2026-2 is not held"),
        ("a", "failing", "walled"),
    ]


def test_a_line_says_what_happened_to_which_incident(archive: Archive) -> None:
    (step,) = settle(archive, "a", GAP, [PAPER], at=at(0), patience=timedelta(hours=1))
    assert step.line() == "incident 1 opened: gap, 2026-1 is not held"


def test_the_time_in_which_a_source_could_not_be_looked_at_is_known(archive: Archive) -> None:
    for hour, outcome in enumerate(
        ["wall", "complete", "wall", "postponed", "died", "complete", "complete", "wall"]
    ):
        run = ledger.start_run(archive, "a", at=at(hour), replayed=False)
        ledger.finish_run(archive, run, at=at(hour + 0.1), outcome=outcome)
    spans = [(span.since, span.until, span.failures) for span in ledger.unobserved(archive, "a")]
    assert spans == [(at(1), at(5), 2), (at(6), None, 1)]


def test_a_run_that_was_put_off_is_no_failure(archive: Archive) -> None:
    for outcome in ("complete", "postponed"):
        run = ledger.start_run(archive, "a", at=at(0), replayed=False)
        ledger.finish_run(archive, run, at=at(1), outcome=outcome)
    (health,) = ledger.health(archive)
    assert (health.failures, health.last_outcome) == (0, "complete")
