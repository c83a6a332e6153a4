"""Texts that are replaced at their address: German law, the law of the United Kingdom, GOV.UK."""

from __future__ import annotations

import json
from types import ModuleType

import pytest

from crawlers.job import State
from tests.crawlers.crawling import Crawled, visited
from tests.replica.abroad import Abroad, Files
from tests.replica.faults import Fault, Reply
from tests.sources.de_awv import replica as germany
from tests.sources.uk_legislation import replica as legislation
from tests.sources.uk_notices import replica as notices

SOURCES = {"de_awv": germany, "uk_legislation": legislation, "uk_notices": notices}


def crawl(source: str, replica: Abroad, state: State | None = None) -> Crawled:
    return visited(source, replica.hosts, replica.today, state, **SOURCES[source].SETTINGS)


def files(replica: Abroad) -> Files:
    assert isinstance(replica.service, Files)
    return replica.service


@pytest.mark.parametrize(("source", "made"), SOURCES.items())
def test_a_text_comes_once_and_again_when_it_moved(source: str, made: ModuleType) -> None:
    with made.server() as replica:
        first = crawl(source, replica)
        replica.asked.clear()
        again = crawl(source, replica, first.state)
        assert {asked.status for asked in replica.asked} == {304}
        replica.today = made.NEXT
        after = crawl(source, replica, again.state)
    assert first.finished.outcome == "complete", first.finished.reason
    assert again.captures == []
    expected = {
        "de_awv": {"mustv": ["2026-03-09"]},
        "uk_legislation": {"/uksi/2031/77/data.xml": ["2031-05-05"]},
        # The collection is the same page but for its links; the new notice is a document of its own.
        "uk_notices": {notices.SECOND: ["2031-04-03"]},
    }
    assert after.named() == expected[source]


def test_a_new_package_of_the_same_law_is_no_news() -> None:
    with germany.server() as replica:
        first = crawl("de_awv", replica)
        files(replica).files["/mustv/xml.zip"] = {
            germany.DAY: files(replica).files["/mustv/xml.zip"][germany.DAY],
            germany.NEXT: germany.package("Höchstens 10 kg.", germany.DAY, packed=2021),
        }
        replica.today = germany.NEXT
        run = crawl("de_awv", replica, first.state)
    assert run.captures == []
    assert run.finished.counts["unchanged"] == 1


@pytest.mark.parametrize("source", ["de_awv", "uk_legislation"])
def test_an_older_copy_is_refused(source: str) -> None:
    made = SOURCES[source]
    with made.server() as replica:
        replica.today = made.NEXT
        first = crawl(source, replica)
        path = next(iter(files(replica).files))
        old = files(replica).files[path][made.DAY]
        files(replica).files[path][made.NEXT] = old
        files(replica).files[path] = {made.DAY: old}
        run = crawl(source, replica, first.state)
    assert run.captures == []
    assert "an older copy" in run.finished.reason


def test_a_law_of_the_kingdom_with_fewer_provisions_than_it_says_is_refused() -> None:
    with legislation.server() as replica:
        body = legislation.FIRST.replace('NumberOfProvisions="2"', 'NumberOfProvisions="20"').encode()
        files(replica).files["/uksi/2031/77/data.xml"] = {legislation.DAY: body}
        run = crawl("uk_legislation", replica)
    assert run.kinds() == {"SuspiciousShrink"}


def test_another_law_than_was_asked_for_is_refused() -> None:
    with legislation.server() as replica:
        files(replica).files["/uksi/2031/77/data.xml"] = {
            legislation.DAY: legislation.FIRST.replace("/2031/77", "/2031/78").encode()
        }
        assert crawl("uk_legislation", replica).kinds() == {"WrongDocument"}
    with notices.server() as replica:
        path = f"/api/content{notices.COLLECTION}"
        files(replica).files[path] = {notices.DAY: notices.record("/other", "Other", "Other.", notices.DAY)}
        assert crawl("uk_notices", replica).kinds() == {"WrongDocument"}


def test_a_page_that_is_still_being_rendered_and_a_blocked_client_are_named() -> None:
    for status, kind in ((202, "WafChallenge"), (437, "Blocked")):
        with legislation.server() as replica:
            service = files(replica)
            service.answer = lambda *_, status=status: Reply(status=status, body=b"<html></html>")  # type: ignore[method-assign]
            assert crawl("uk_legislation", replica).kinds() == {kind}


def test_a_page_without_words_is_refused() -> None:
    with notices.server() as replica:
        path = f"/api/content{notices.COLLECTION}"
        record = json.loads(files(replica).files[path][notices.DAY])
        record |= {"details": {}, "description": ""}
        files(replica).files[path] = {notices.DAY: json.dumps(record).encode()}
        run = crawl("uk_notices", replica)
    assert run.captures == []
    assert run.kinds() == {"EmptyDocument"}


KINDS = {
    "wall_200": "ChallengePage",
    "waf_202": "WafChallenge",
    "rate_429": "RateLimited",
    "server_503": "ServerError",
    "truncated_gzip": "Truncated",
    "wrong_type": "UnexpectedContentType",
    "empty_200": "EmptyDocument",
    "maintenance_200": "Maintenance",
    "redirect_loop": "RedirectedAway",
    "redirect_away": "RedirectedAway",
}


@pytest.mark.parametrize(("source", "made"), SOURCES.items())
def test_every_wall_is_refused_by_its_name(source: str, made: ModuleType) -> None:
    with made.server() as replica:
        for fault, kind in KINDS.items():
            replica.faults = [Fault(fault)]
            run = crawl(source, replica)
            assert run.captures == [], fault
            assert kind in run.kinds(), (fault, run.kinds())
