"""The Federal Register, crawled from the project's own replica."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from crawlers.families import federal_register_answers, federal_register_search
from crawlers.job import State
from tests.crawlers.crawling import Crawled, crawled, visited
from tests.crawlers.invented import papers, replica
from tests.replica.federal_register import Paper, paper_xml
from tests.replica.server import Replica

LATE = date(2026, 3, 1)


def crawl(server: Replica, state: State | None = None, **settings: Any) -> Crawled:
    return visited("us_federal_register", server.hosts, server.today, state, **{"since": "all", **settings})


def test_papers_of_the_agency_and_of_the_parts_are_brought_once_and_no_others() -> None:
    with replica(LATE) as server:
        first = crawled("us_federal_register", server.hosts, LATE, since="all")
        base = server.base
    assert first.finished.outcome == "complete", first.finished.reason
    expected = {paper.number for paper in papers() if paper.agencies[0] != "environmental-protection-agency"}
    assert set(first.named()) == expected
    assert len(first.captures) == len(expected), "a paper that two searches list is one paper"
    days = [capture.as_of for capture in first.captures]
    assert days == sorted(days)
    rule = next(each for each in first.captures if each.document == "2025-10000")
    assert rule.body == paper_xml(papers()[0])
    assert rule.url == "https://www.federalregister.gov/documents/full_text/xml/2025/12/01/2025-10000.xml"
    assert rule.meta["cfr_references"] == [{"title": 15, "part": 744}, {"title": 15, "part": 774}]
    assert base not in json.dumps([dict(each.meta) for each in first.captures])


def test_a_paper_without_text_is_its_record() -> None:
    with replica(LATE) as server:
        first = crawl(server)
    bare = next(each for each in first.captures if each.document == "2025-10002")
    assert bare.media_type == "application/json"
    assert json.loads(bare.body) == bare.meta
    assert (
        bare.url
        == "https://www.federalregister.gov/api/v1/documents/2025-10002.json?publication_date=2025-12-15"
    )


def test_later_runs_bring_new_papers_alone() -> None:
    with replica(LATE) as server:
        state = crawl(server).state
        again = crawl(server, state)
        server.register.papers.append(
            Paper(number="2026-00777", day=LATE + timedelta(days=1), paragraphs=("One.",))
        )
        server.today = LATE + timedelta(days=1)
        server.asked.clear()
        later = crawl(server, again.state)
        asked = [each.query for each in server.asked if each.path.endswith("documents.json")]
    assert (again.captures, again.finished.outcome) == ([], "complete")
    assert later.named() == {"2026-00777": ["2026-03-02"]}
    assert any("publication_date][gte]=2025-12-01" in query for query in asked), (
        "the list reaches back to known papers"
    )


def test_a_paper_that_appears_late_under_an_old_date_is_found() -> None:
    with replica(LATE) as server:
        state = crawl(server).state
        server.register.papers.append(
            Paper(number="2026-00778", day=LATE - timedelta(days=20), paragraphs=("One.",))
        )
        later = crawl(server, state)
    assert later.named() == {"2026-00778": ["2026-02-09"]}


def test_a_paper_that_did_not_arrive_is_fetched_later_however_old_it_is() -> None:
    with replica(LATE) as server:
        first = crawl(server)
        server.register.papers += [
            Paper(number=f"2026-1{n:04d}", day=LATE, paragraphs=("One.",)) for n in range(30)
        ]
        second = crawl(server, first.state)
        documents = {name: held for name, held in second.state.documents.items() if name != "2025-10000"}
        # The archive held the oldest paper back; its window has long moved on.
        memory = {**second.state.memory, "pending": {"2025-10000": "2025-12-01"}}
        third = crawl(server, State(documents=documents, memory=memory))
    assert third.named() == {"2025-10000": ["2025-12-01"]}


def test_the_first_run_can_begin_at_a_day_or_some_days_back() -> None:
    with replica(LATE) as server:
        by_day = crawl(server, since="2026-02-01")
        by_days = crawl(server, since=28)
        wider = crawl(server, by_days.state, since="all")
    assert set(by_day.named()) == {"2026-00009", "2026-00010", "2026-00011"}
    assert by_days.named() == by_day.named()
    assert "2025-10000" in wider.named(), "a window that is made wider is read anew"
    assert "2026-00009" not in wider.named()


def test_more_papers_than_a_search_can_reach_are_read_in_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(federal_register_search, "WINDOW", 40)
    monkeypatch.setattr(federal_register_search, "PER_PAGE", 10)
    with replica(LATE) as server:
        server.register.window = 40
        server.register.papers = [
            Paper(number=f"2025-{n:05d}", day=date(2025, 1, 1) + timedelta(days=n)) for n in range(137)
        ]
        first = crawl(server, since="2025-01-01", parts=[])
    assert first.finished.outcome == "complete", first.finished.reason
    assert len(first.captures) == 137
    assert len(first.named()) == 137


def test_too_many_papers_on_one_day_are_told_and_not_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(federal_register_search, "WINDOW", 4)
    with replica(LATE) as server:
        server.register.window = 4
        server.register.papers = [Paper(number=f"2026-{n:05d}", day=date(2026, 1, 5)) for n in range(5)]
        first = crawl(server)
    assert first.captures == []
    assert first.finished.outcome == "incomplete"
    assert "narrow the search" in first.finished.reason


def test_numbers_that_could_be_used_again_carry_their_date() -> None:
    name = federal_register_answers.document
    assert name({"document_number": "2026-05902", "publication_date": "2026-03-26"}) == "2026-05902"
    assert name({"document_number": "C1-2024-13148", "publication_date": "2024-09-04"}) == "C1-2024-13148"
    assert name({"document_number": "2012-12345", "publication_date": "2012-05-01"}) == "2012-12345"
    assert name({"document_number": "E8-4768", "publication_date": "2008-03-11"}) == "2008-03-11/E8-4768"
    assert name({"document_number": "00-13252", "publication_date": "2000-05-26"}) == "2000-05-26/00-13252"


def test_a_search_that_forgot_its_condition_is_refused() -> None:
    with replica(LATE) as server:
        server.register.papers = [replace(paper, agencies=("epa",)) for paper in papers()]
        search = server.register._search
        server.register._search = lambda visible, query, base: search(  # type: ignore[method-assign]
            visible, {key: value for key, value in query.items() if "agencies" not in key}, base
        )
        first = crawl(server, parts=[])
    assert first.captures == []
    assert "have nothing to do with it" in first.finished.reason


def test_a_list_that_lost_known_papers_is_refused() -> None:
    with replica(LATE) as server:
        state = crawl(server, parts=[]).state
        server.register.papers = server.register.papers[:7]
        later = crawl(server, state, parts=[])
    assert later.finished.outcome == "incomplete"
    assert "SuspiciousShrink" in later.finished.reason


def test_a_doubtful_paper_is_compared_with_its_plain_text_and_a_full_one_is_not() -> None:
    long = tuple(
        f"(a) Invented words number {n} fill this page from its first line to the last one."
        for n in range(60)
    )
    full = Paper(number="2026-00001", day=LATE, root="RULE", pages=(7, 7), paragraphs=long)
    thin = Paper(number="2026-00002", day=LATE, root="RULE", pages=(7, 9), paragraphs=long)
    free = Paper(number="2026-00003", day=LATE, pages=(7, 7), paragraphs=long, filled=False)
    unpaged = Paper(number="2026-00004", day=LATE, root="RULE", paragraphs=long)
    with replica(LATE) as server:
        server.register.papers = [full, thin, free, unpaged]
        first = crawl(server)
        texts = {each.path.rsplit("/", 1)[-1] for each in server.asked if "/text/" in each.path}
    assert len(first.captures) == 4
    assert texts == {"2026-00002.txt", "2026-00003.txt", "2026-00004.txt"}


def test_another_paper_under_the_address_is_refused() -> None:
    with replica(LATE) as server:
        server.register.papers = [
            Paper(number="2026-00001", day=date(2026, 1, 1), paragraphs=("One.",)),
        ]
        answer = server.register.answer

        def other(path: str, query: dict[str, list[str]], today: date, base: str) -> Any:
            reply = answer(path, query, today, base)
            return replace(reply, body=reply.body.replace(b"2026-00001 Filed", b"2026-00002 Filed"))

        server.register.answer = other  # type: ignore[method-assign]
        first = crawl(server)
    assert first.captures == []
    assert "WrongDocument" in first.finished.reason


def test_full_texts_can_be_limited_to_the_newest_days() -> None:
    with replica(LATE) as server:
        whole = crawl(server)
        few = crawl(server, full_text=0)
    days = {capture.as_of for capture in whole.captures}
    assert {capture.document for capture in few.captures} == {capture.document for capture in whole.captures}
    assert {capture.as_of for capture in few.captures if capture.media_type != "application/json"} <= {
        max(days)
    }
    assert any(
        capture.as_of != max(days) for capture in whole.captures if capture.media_type != "application/json"
    )
