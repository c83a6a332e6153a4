"""The crawlers against real documents: the replica that stands beside the corpus, where it is there."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest

from crawlers.job import State
from tests.crawlers.crawling import Crawled, crawled
from tests.tocsin.official import Official as RunningReplica

BEFORE, AFTER = date(2026, 3, 25), date(2026, 6, 18)
SETTINGS: dict[str, dict[str, Any]] = {
    "us_ecfr": {"parts": ["15/744", "15/774", "22/121", "10/810"]},
    "us_federal_register": {"since": "all"},
    "us_csl": {},
    "us_bis_dpl": {},
    "us_public_inspection": {},
}
HOSTS = ("www.ecfr.gov", "www.federalregister.gov", "data.trade.gov", "www.bis.doc.gov")


class Official:
    """A running replica of the official sources."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.hosts = {host: f"{base}/{host}" for host in HOSTS}

    def tell(self, what: str, value: object) -> None:
        """One of its controls: ``today``, ``faults``."""
        body = json.dumps(value).encode()
        with urllib.request.urlopen(f"{self.base}/_replica/{what}", body, timeout=20) as answer:
            answer.read()


@contextmanager
def official() -> Iterator[Official]:
    with RunningReplica(BEFORE.isoformat()) as running:
        yield Official(running.base)


def crawl(server: Official, source: str, today: date, state: State | None = None, **settings: Any) -> Crawled:
    return crawled(source, server.hosts, today, state, **{**SETTINGS[source], **settings})


def test_real_parts_are_brought_whole_and_only_what_moved_comes_again() -> None:
    with official() as server:
        first = crawl(server, "us_ecfr", BEFORE)
        server.tell("today", AFTER.isoformat())
        second = crawl(server, "us_ecfr", AFTER, first.state)
    assert first.finished.outcome == "complete", first.finished.reason
    assert set(first.named()) == {
        f"title-{part.replace('/', '/part-')}" for part in SETTINGS["us_ecfr"]["parts"]
    }
    inventory = {capture.document: capture.inventory for capture in first.captures}
    assert inventory["title-15/part-744"] == {"appendix": 8, "section": 21}
    assert second.finished.outcome == "complete", second.finished.reason
    assert second.named() == {"title-10/part-810": ["2026-06-17"]}
    assert sum("/full/" in attempt.url for attempt in second.attempts) == 1


def test_real_papers_are_brought_once_and_the_new_one_after() -> None:
    with official() as server:
        first = crawl(server, "us_federal_register", BEFORE)
        server.tell("today", AFTER.isoformat())
        second = crawl(server, "us_federal_register", AFTER, first.state)
    bureau = [
        capture
        for capture in first.captures
        if any(agency["slug"] == "industry-and-security-bureau" for agency in capture.meta["agencies"])  # type: ignore[attr-defined]
    ]
    assert first.finished.outcome == "complete", first.finished.reason
    assert len(bureau) == 387
    assert len(first.named()) == len(first.captures)
    assert second.finished.outcome == "complete", second.finished.reason
    assert second.named() == {"2026-05902": ["2026-03-26"]}


@pytest.mark.parametrize("source", ["us_ecfr", "us_federal_register"])
def test_faults_on_every_answer_leave_nothing_false_behind(source: str) -> None:
    kinds = {
        "wall_200": "ChallengePage",
        "waf_202": "WafChallenge",
        "truncate": "Truncated",
        "shrunk": "SuspiciousShrink",
    }
    fewer = {"since": "2025-11-01"} if source == "us_federal_register" else {}
    with official() as server:
        for fault, kind in kinds.items():
            server.tell("faults", [{"fault": fault}])
            run = crawl(server, source, BEFORE, **fewer)
            assert run.captures == [], fault
            assert run.finished.outcome == "incomplete", fault
            assert kind in run.finished.reason, fault
        server.tell("faults", [{"fault": "shrunk", "match": "/full/|/documents/full_text/"}])
        run = crawl(server, source, BEFORE, **fewer)
    assert [capture.document for capture in run.captures if capture.media_type != "application/json"] == []
    assert run.finished.outcome == "incomplete"


def test_a_real_screening_list_that_arrives_cut_is_doubted() -> None:
    whole, cut = date(2022, 5, 16), date(2023, 11, 30)
    with official() as server:
        server.tell("today", whole.isoformat())
        first = crawl(server, "us_csl", whole)
        again = crawl(server, "us_csl", whole, first.state)
        server.tell("today", cut.isoformat())
        second = crawl(server, "us_csl", cut, first.state)
        alone = crawl(server, "us_csl", cut)
    assert [(each.as_of, "doubts" in each.meta) for each in first.captures] == [(whole, False)]
    assert sum(first.captures[0].meta["counts"].values()) == 14_160  # type: ignore[attr-defined]
    assert again.captures == []
    assert any(
        "(SDN) - Treasury Department went from 10,026 to" in doubt
        for doubt in second.captures[0].meta["doubts"]
    )  # type: ignore[attr-defined]
    assert any("10,000 or more" in doubt for doubt in alone.captures[0].meta["doubts"])  # type: ignore[attr-defined]


def test_the_real_denied_persons_are_brought_without_doubts_and_once() -> None:
    with official() as server:
        for day in (date(2019, 7, 9), date(2022, 9, 7), date(2023, 11, 30)):
            server.tell("today", day.isoformat())
            run = crawl(server, "us_bis_dpl", day)
            assert [(each.as_of, "doubts" in each.meta) for each in run.captures] == [(day, False)]
        again = crawl(server, "us_bis_dpl", day, run.state)
    assert again.captures == []


def test_a_real_desk_is_known_before_its_papers_are_printed() -> None:
    with official() as server:
        server.tell("today", BEFORE.isoformat())
        run = crawl(server, "us_public_inspection", BEFORE)
        papers = crawl(server, "us_federal_register", BEFORE, since=30)
    assert run.finished.outcome == "complete", run.finished.reason
    assert run.captures
    assert not set(run.named()) & set(papers.named())
