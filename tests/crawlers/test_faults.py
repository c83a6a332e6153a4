"""Every wall and accident, on every answer and on some: nothing false comes through, the reason is told, and the next run heals it."""

from __future__ import annotations

from datetime import date

import pytest

from crawlers.families.federal_register_settings import FederalRegisterSettings
from crawlers.job import State
from tests.crawlers.crawling import FAST, Crawled, crawled
from tests.crawlers.invented import ECFR_PARTS, FIRST, papers, replica
from tests.replica.ecfr import full_text
from tests.replica.faults import NAMES, Fault
from tests.replica.federal_register import paper_xml
from tests.replica.server import Replica

LATE = date(2026, 3, 1)
SOURCES = {"us_ecfr": {"parts": ECFR_PARTS}, "us_federal_register": {"since": "all", "parts": ["15/730-774"]}}

# What a fault on every document is called. A robots.txt that cannot be had already ends a crawl, so documents alone are hit here.
KINDS = {
    "wall_200": "ChallengePage",
    "waf_202": "WafChallenge",
    "captcha_403": "ChallengePage",
    "rate_429": "RateLimited",
    "server_503": "ServerError",
    "timeout": "Timeout",
    "truncate": "Truncated",
    "truncated_gzip": "Truncated",
    "wrong_type": "UnexpectedContentType",
    "empty_200": "EmptyDocument",
    "maintenance_200": "Maintenance",
    "shrunk": "SuspiciousShrink",
    "redirect_loop": "RedirectedAway",
    "redirect_away": "RedirectedAway",
    "bad_charset": "UnexpectedContentType",
    "bad_bytes": "UnexpectedContentType",
    "reset": "ConnectionLost",
}


def crawl(server: Replica, source: str, state: State | None = None) -> Crawled:
    # Short where silence is what is tried, long elsewhere: a good answer that a busy machine delays is no fault of the server.
    silent = any(fault.name == "timeout" for fault in server.faults)
    quick = {**FAST, "timeout": 0.3 if silent else 20.0, "retries": 1}
    return crawled(source, server.hosts, server.today, state, **{**quick, **SOURCES[source]})


def true_bodies(server: Replica, source: str) -> dict[str, bytes]:
    """What each document really says, by its name."""
    if source == "us_ecfr":
        return {
            f"title-{part.title}/part-{part.number}": full_text(part.title, part.number, part.editions[FIRST])
            for part in server.ecfr.parts
        }
    return {paper.number: paper_xml(paper) for paper in papers() if paper.paragraphs}


def assert_nothing_false(run: Crawled, truth: dict[str, bytes]) -> None:
    for capture in run.captures:
        if capture.media_type != "application/json":
            assert capture.body == truth[capture.document], f"a false {capture.document}"


def test_every_fault_has_a_name_here() -> None:
    assert set(KINDS) == set(NAMES)


@pytest.mark.parametrize("fault", NAMES)
def test_a_fault_on_every_document_brings_nothing_and_is_named(fault: str) -> None:
    with replica() as server:
        server.faults = [Fault(fault, match="/full/")]
        run = crawl(server, "us_ecfr")
        truth = true_bodies(server, "us_ecfr")
    # The small part of title 10 has fewer units than a shrinking can take away from.
    assert_nothing_false(run, truth)
    assert set(run.named()) <= ({"title-10/part-1900"} if fault == "shrunk" else set())
    assert run.finished.outcome == "incomplete"
    assert KINDS[fault] in run.kinds()
    assert KINDS[fault] in run.finished.reason
    assert all(attempt.reason for attempt in run.attempts if attempt.outcome not in ("accepted", "unchanged"))


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("fault", ["wall_200", "shrunk", "truncated_gzip"])
def test_a_fault_on_everything_ends_the_crawl_soon(source: str, fault: str) -> None:
    with replica(LATE if source == "us_federal_register" else FIRST) as server:
        server.today = max(server.today, date(2026, 1, 6))
        server.faults = [Fault(fault, match="^(?!.*robots)")]
        run = crawl(server, source)
    assert run.captures == []
    assert run.finished.outcome == "incomplete"
    # The Federal Register is searched agency by agency, since one unknown name makes it refuse the whole question.
    searches = len(FederalRegisterSettings().chosen_agencies()) if source == "us_federal_register" else 0
    assert len(run.attempts) <= 20 + searches


@pytest.mark.parametrize("source", SOURCES)
def test_faults_of_all_kinds_on_some_answers_bring_nothing_false_and_the_next_run_heals(source: str) -> None:
    with replica(LATE if source == "us_federal_register" else date(2026, 1, 6)) as server:
        truth = true_bodies(server, source)
        clean = crawl(server, source)
        server.faults = [
            Fault(fault, match="^(?!.*robots)", every=7 + 2 * number)
            for number, fault in enumerate(name for name in NAMES if name != "timeout")
        ]
        state = State()
        for _ in range(2):
            rough = crawl(server, source, state)
            assert_nothing_false(rough, truth)
            state = rough.state
        server.faults = []
        healed = crawl(server, source, state)
    assert healed.finished.outcome == "complete", healed.finished.reason
    assert set(healed.state.documents) == set(clean.named())


def test_a_papers_xml_that_lost_paragraphs_is_refused_even_with_its_plain_text_cut_too() -> None:
    with replica(LATE) as server:
        server.faults = [Fault("shrunk", match="documents/full_text/")]
        run = crawl(server, "us_federal_register")
    assert [each.document for each in run.captures if each.media_type != "application/json"] == []
    assert "SuspiciousShrink" in run.finished.reason


def test_a_wall_is_not_asked_again() -> None:
    with replica() as server:
        server.faults = [Fault("captcha_403", match="titles")]
        run = crawl(server, "us_ecfr")
    assert [attempt.outcome for attempt in run.attempts] == ["accepted", "ChallengePage"]


def test_a_moment_of_trouble_is_waited_out() -> None:
    with replica() as server:
        server.faults = [
            Fault("empty_200", match="titles", first=1),
            Fault("truncate", match="/full/", first=1),
        ]
        run = crawl(server, "us_ecfr")
    assert run.finished.outcome == "complete", run.finished.reason
    assert run.finished.counts["refused"] == 2
    assert {"EmptyDocument", "Truncated", "accepted"} == run.kinds()


def test_a_host_that_asks_for_more_patience_than_we_have_is_left_alone() -> None:
    with replica() as server:
        server.faults = [Fault("rate_429", match="titles")]
        run = crawl(server, "us_ecfr")
    assert [attempt.outcome for attempt in run.attempts] == ["accepted", "RateLimited"]


@pytest.mark.parametrize(
    ("base", "said"),
    [("http://127.0.0.1:9", "refuses connections"), ("http://nowhere.invalid", "does not resolve")],
)
def test_without_a_network_one_line_names_the_host(base: str, said: str) -> None:
    run = crawled("us_ecfr", {"www.ecfr.gov": base}, FIRST)
    assert run.finished.outcome == "incomplete"
    assert "www.ecfr.gov" in run.finished.reason
    assert said in run.finished.reason
    assert "\n" not in run.finished.reason
    assert run.captures == []


def test_robots_that_are_a_wall_do_not_stop_the_crawl_and_robots_in_trouble_do() -> None:
    with replica() as server:
        server.faults = [Fault("wall_200", match="robots")]
        assert crawl(server, "us_ecfr").finished.outcome == "complete"
        server.faults = [Fault("server_503", match="robots")]
        run = crawl(server, "us_ecfr")
    assert run.captures == []
    assert "robots.txt" in run.finished.reason
