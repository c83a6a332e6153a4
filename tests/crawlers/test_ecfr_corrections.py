"""Corrections that the eCFR's publisher makes in texts that are long held: seen, linked to the edition, fetched anew, once."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from crawlers.job import State
from normalize.reading import read
from tests.crawlers.crawling import Crawled, visited
from tests.crawlers.invented import ECFR_PARTS, FIRST, SECOND, THIRD, replica
from tests.replica.ecfr import correction
from tests.replica.faults import Fault, Reply
from tests.replica.server import Replica
from tocsin.hints import hints_of

DAY = timedelta(days=1)
PART = "title-15/part-1001"


def crawl(server: Replica, state: State | None = None, **settings: Any) -> Crawled:
    return visited("us_ecfr", server.hosts, server.today, state, **{"parts": ECFR_PARTS, **settings})


def held_until(server: Replica, *days: date) -> State:
    """The state after crawls on these days, with the days of all editions."""
    state, editions = State(), {PART: ()}
    for day in days:
        server.today = day + DAY
        run = crawl(server, state)
        mine = tuple(capture.as_of for capture in run.captures if capture.document == PART)
        editions[PART] += mine  # type: ignore[assignment]
        state = replace(run.state, editions=editions)
    return state


def correct(server: Replica, words: str, *, since: date, on: date) -> None:
    """The publisher corrects section 1001.2 in every edition since a day."""
    part = server.ecfr.parts[0]
    for day, units in part.editions.items():
        if since <= day <= on:
            part.editions[day] = {**units, "1001.2": ["Section 2.", words]}
    server.ecfr.corrections.append(
        correction(77, 15, "1001", "1001.2", occurred=since, corrected=on, action="Paragraph (a) corrected.")
    )


def test_every_held_edition_that_had_the_error_is_fetched_anew_with_what_was_corrected() -> None:
    with replica() as server:
        state = held_until(server, FIRST, SECOND)
        assert [day.isoformat() for day in state.editions[PART]] == ["2026-01-05", "2026-02-09"]
        server.today = SECOND + 9 * DAY
        correct(server, "(a) The lantern, not the lamp.", since=FIRST, on=SECOND + 8 * DAY)
        run = crawl(server, state)
        again = crawl(server, run.state)
        tomorrow = crawl(server, replace(again.state, editions=state.editions))
    assert run.finished.outcome == "complete", run.finished.reason
    assert run.named() == {PART: ["2026-01-05", "2026-02-09"]}
    told = run.captures[0].meta["corrections"]
    assert told == [
        {
            "reference": "15 CFR 1001.2",
            "action": "Paragraph (a) corrected.",
            "occurred": "2026-01-05",
            "corrected": "2026-02-17",
            "citation": "91 FR 1001",
        }
    ]
    assert all(b"The lantern, not the lamp" in capture.body for capture in run.captures)
    assert again.captures == tomorrow.captures == []


def test_only_editions_between_the_error_and_its_correction_are_asked_for() -> None:
    with replica() as server:
        state = held_until(server, FIRST, SECOND, THIRD)
        server.today = THIRD + 9 * DAY
        correct(server, "(a) The lantern.", since=SECOND, on=SECOND + DAY)
        run = crawl(server, state)
    assert run.named() == {PART: ["2026-02-09"]}


def test_the_edition_that_first_has_a_correction_says_so_and_its_reader_tells_it() -> None:
    with replica() as server:
        state = held_until(server, FIRST)
        server.ecfr.corrections.append(correction(5, 15, "1001", "1001.4", occurred=FIRST, corrected=SECOND))
        server.today = SECOND + DAY
        run = crawl(server, state)
    second = next(capture for capture in run.captures if capture.as_of == SECOND)
    (expression,) = read(second.source, second.body, hints_of(second)).expressions
    assert [(fact.name, fact.value) for fact in expression.facts if fact.name == "action"] == [
        ("action", "Correction by the eCFR of 15 CFR 1001.4, wrong since 2026-01-05: Paragraph corrected.")
    ]


def test_a_first_crawl_takes_what_is_corrected_already_for_granted() -> None:
    with replica() as server:
        server.ecfr.corrections.append(
            correction(1, 15, "1001", "1001.2", occurred=date(2020, 1, 1), corrected=FIRST)
        )
        first = crawl(server)
        server.today += DAY
        second = crawl(server, first.state)
    assert all("corrections" not in capture.meta for capture in first.captures)
    assert second.captures == []


def test_an_error_that_is_not_yet_corrected_waits_and_one_of_an_unwatched_part_is_nothing() -> None:
    with replica() as server:
        state = held_until(server, FIRST)
        server.today += DAY
        server.ecfr.corrections = [
            correction(1, 15, "1001", "1001.2", occurred=FIRST, corrected=None),
            correction(2, 15, "30", "30.1", occurred=FIRST, corrected=FIRST),
        ]
        waiting = crawl(server, state)
        server.today += DAY
        server.ecfr.corrections[0] = correction(
            1, 15, "1001", "1001.2", occurred=FIRST, corrected=server.today
        )
        corrected = crawl(server, replace(waiting.state, editions=state.editions))
    assert waiting.captures == []
    assert corrected.named() == {PART: ["2026-01-05"]}


def test_a_correction_whose_edition_could_not_be_had_is_followed_up_later() -> None:
    with replica() as server:
        state = held_until(server, FIRST)
        server.today += 3 * DAY
        correct(server, "(a) The lantern.", since=FIRST, on=FIRST + DAY)
        server.faults.append(Fault("wall_200", match="/full/"))
        walled = crawl(server, state)
        server.faults.clear()
        healed = crawl(server, replace(walled.state, editions=state.editions))
    assert walled.captures == []
    assert walled.finished.outcome == "incomplete"
    assert healed.named() == {PART: ["2026-01-05"]}


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"{}", "WrongDocument"),
        (b'{"ecfr_corrections": [{"title": 22}]}', "WrongDocument"),
        (b'{"ecfr_corrections": [{"title": 15}]}', "WrongDocument"),
        (b"<html>Request Access</title> g-recaptcha</html>", "ChallengePage"),
    ],
)
def test_a_list_that_is_none_is_refused_by_its_kind_and_keeps_no_edition_waiting(
    body: bytes, kind: str
) -> None:
    with replica() as server:
        state = held_until(server, FIRST)
        answer = server.ecfr.answer
        media_type = "text/html" if body.startswith(b"<") else "application/json"
        server.ecfr.answer = lambda path, query, today: (  # type: ignore[method-assign]
            Reply(body=body, media_type=media_type)
            if "corrections/title/15" in path
            else answer(path, query, today)
        )
        server.today = SECOND + DAY
        run = crawl(server, state)
    assert kind in run.kinds()
    assert run.finished.outcome == "incomplete"
    assert run.named() == {PART: ["2026-02-09"]}


def test_a_list_that_lost_what_it_had_is_refused() -> None:
    with replica() as server:
        server.ecfr.corrections = [
            correction(n, 15, "1001", "1001.2", occurred=FIRST, corrected=FIRST) for n in range(20)
        ]
        state = held_until(server, FIRST)
        server.today += DAY
        del server.ecfr.corrections[4:]
        run = crawl(server, state)
    assert "SuspiciousShrink" in run.kinds()


def test_a_host_without_such_a_list_is_asked_once_a_day_and_that_is_no_failure() -> None:
    with replica() as server:
        server.ecfr.has_corrections = False
        first = crawl(server)
        second = crawl(server, first.state)
        asked = [each.path for each in server.asked if "corrections" in each.path]
        server.ecfr.has_corrections = True
        server.today += DAY
        third = crawl(server, second.state)
        server.ecfr.has_corrections = False
        server.today += DAY
        lost = crawl(server, third.state)
    assert first.finished.outcome == second.finished.outcome == third.finished.outcome == "complete"
    assert len(asked) == 1
    assert lost.finished.outcome == "incomplete", "a list that was there and is gone is told"
    assert json.dumps(third.state.memory)
