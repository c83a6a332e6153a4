"""The desk: a paper is known before it is printed, again when it was edited, and no more once it is printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from crawlers.job import State
from tests.crawlers.crawling import Crawled, visited
from tests.replica.faults import Fault
from tests.replica.server import Replica
from tests.sources.us_public_inspection.replica import DAY, server

SOURCE = "us_public_inspection"


def crawl(replica: Replica, state: State | None = None) -> Crawled:
    return visited(SOURCE, replica.hosts, replica.today, state)


def test_papers_of_the_agencies_are_brought_with_their_text_or_their_record() -> None:
    with server() as replica:
        run = crawl(replica)
    assert run.finished.outcome == "complete", run.finished.reason
    assert run.named() == {"2026-00301": [DAY.isoformat()], "2026-00302": [DAY.isoformat()]}
    kinds = {capture.document: capture.media_type for capture in run.captures}
    assert kinds == {"2026-00301": "text/plain", "2026-00302": "application/json"}
    assert run.captures[0].meta["publication_date"] == "2026-03-05"
    assert str(run.captures[0].meta["json_url"]).startswith("https://www.federalregister.gov/")
    assert "page_views" not in run.captures[0].meta


def test_a_printed_paper_is_no_longer_the_desks() -> None:
    with server() as replica:
        state = crawl(replica).state
        replica.today = date(2026, 3, 5)
        run = crawl(replica, state)
    assert run.finished.outcome == "complete"
    assert run.captures == []


def test_a_paper_that_was_edited_on_the_desk_comes_again() -> None:
    with server() as replica:
        state = crawl(replica).state
        replica.today = DAY + timedelta(days=1)
        assert crawl(replica, state).captures == []
        replica.register.papers[0] = replace(replica.register.papers[0], filed=replica.today)
        run = crawl(replica, state)
    assert run.named() == {"2026-00301": [replica.today.isoformat()]}


def test_an_empty_desk_is_normal_and_a_desk_that_is_shorter_than_its_count_is_refused() -> None:
    with server() as replica:
        replica.register.papers *= 4
        assert "lists a paper twice" in crawl(replica).finished.reason
        replica.faults = [Fault("shrunk", match="current")]
        run = crawl(replica)
        replica.register.papers, replica.faults = [], []
        empty = crawl(replica)
    assert run.captures == []
    assert "SuspiciousShrink" in run.finished.reason
    assert empty.finished.outcome == "complete"


@pytest.mark.parametrize(("fault", "kind"), [("wall_200", "ChallengePage"), ("waf_202", "WafChallenge")])
def test_a_wall_before_the_text_leaves_the_record_and_a_wall_before_the_desk_nothing(
    fault: str, kind: str
) -> None:
    with server() as replica:
        replica.faults = [Fault(fault, match="raw_text")]
        walled = crawl(replica)
        replica.faults = [Fault(fault, match="current")]
        nothing = crawl(replica)
    assert {capture.media_type for capture in walled.captures} == {"application/json"}
    assert walled.finished.outcome == "complete"
    assert nothing.captures == []
    assert kind in nothing.finished.reason


def test_a_wall_before_the_texts_of_many_papers_is_met_once_and_costs_none_of_them() -> None:
    with server() as replica:
        one = replica.register.papers[0]
        replica.register.papers += [replace(one, number=f"2026-0040{at}") for at in range(8)]
        replica.faults = [Fault("wall_200", match="raw_text")]
        walled = crawl(replica)
        asked = [row.path for row in replica.asked if "raw_text" in row.path]
    assert walled.finished.outcome == "complete", walled.finished.reason
    assert len(walled.captures) == 10
    assert len(asked) == 1


@pytest.mark.parametrize("fault", ["server_503", "empty_200", "wrong_type", "bad_bytes"])
def test_trouble_with_a_text_is_a_gap_that_the_next_run_mends(fault: str) -> None:
    with server() as replica:
        replica.faults = [Fault(fault, match="raw_text")]
        rough = crawl(replica)
        replica.faults = []
        healed = crawl(replica, rough.state)
    assert set(rough.named()) == {"2026-00302"}
    assert rough.finished.outcome == "incomplete"
    assert set(healed.named()) == {"2026-00301"}
