"""Pages that a user names: taken by their landmark, asked by their interval, each failing for itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from archive.errors import BadInput
from crawlers.card import source_card
from crawlers.job import State
from tests.crawlers.crawling import Crawled, crawled, visited
from tests.replica.faults import Fault, Reply
from tests.replica.server import Replica
from tests.sources.web_page.replica import DAY, GUIDANCE, SETTINGS, page, server

NOTICE = "news.example.gov/notice"


def crawl(replica: Replica, state: State | None = None, **settings: Any) -> Crawled:
    return visited("web_page", replica.hosts, DAY, state, **{**SETTINGS, **settings})


def never_asked(state: State) -> State:
    """The same state, with every page due again."""
    pages = {
        name: {**known, "asked": "2000-01-01T00:00:00+00:00"} for name, known in state.memory["pages"].items()
    }
    return replace(state, memory={**state.memory, "pages": pages})


def test_each_page_is_brought_once_and_again_when_it_changed() -> None:
    with server() as replica:
        first = crawl(replica)
        same = crawl(replica, never_asked(first.state))
        replica.pages[GUIDANCE] = page("Guidance on invented licences", "The answer comes within 20 days.")
        changed = crawl(replica, never_asked(same.state))
    assert set(first.named()) == {GUIDANCE, NOTICE}
    assert first.captures[0].meta == {"selector": "main"}
    assert same.captures == []
    assert same.finished.counts["unchanged"] == 2
    assert set(changed.named()) == {GUIDANCE}


def test_a_page_is_not_asked_before_its_interval_is_over() -> None:
    with server() as replica:
        first = crawl(replica)
        replica.asked.clear()
        again = crawl(replica, first.state)
    assert again.finished.outcome == "complete"
    assert replica.asked == []


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (page("Page not found", "We are sorry, there is nothing here."), "UnexpectedContentType"),
        (Reply(body=b"<html><body><div id=root></div></body></html>"), "UnexpectedContentType"),
        (Reply(body=b"%PDF-1.7 half", media_type="application/pdf"), "Truncated"),
        (Reply(body=b'{"a": 1}', media_type="application/json"), "UnexpectedContentType"),
        (Reply(status=404, body=b"<html>gone</html>"), "NotFound"),
        (Reply(body=b"<html><script>Guidance on invented licences</script></html>"), "UnexpectedContentType"),
        (Reply(status=301, headers={"Location": "https://elsewhere.example.org/"}), "RedirectedAway"),
    ],
)
def test_what_is_not_the_page_is_a_gap_and_the_other_page_comes_all_the_same(reply: Reply, kind: str) -> None:
    with server() as replica:
        replica.pages[GUIDANCE] = reply
        run = crawl(replica)
    assert set(run.named()) == {NOTICE}
    assert kind in run.kinds()
    assert run.finished.outcome == "incomplete"


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("wall_200", "ChallengePage"),
        ("waf_202", "WafChallenge"),
        ("maintenance_200", "Maintenance"),
        ("empty_200", "EmptyDocument"),
        ("truncated_gzip", "Truncated"),
        ("bad_bytes", "UnexpectedContentType"),
        ("redirect_loop", "RedirectedAway"),
    ],
)
def test_a_wall_before_a_page_is_named(fault: str, kind: str) -> None:
    with server() as replica:
        replica.faults = [Fault(fault, match="guidance")]
        run = crawl(replica)
    assert kind in run.kinds()
    assert set(run.named()) == {NOTICE}


def test_a_page_that_moved_on_its_own_site_is_followed() -> None:
    with server() as replica:
        replica.pages["www.agency.example.gov/new"] = replica.pages[GUIDANCE]
        replica.pages[GUIDANCE] = Reply(
            status=301, headers={"Location": "https://www.agency.example.gov/new"}
        )
        run = crawl(replica)
    moved = next(capture for capture in run.captures if capture.document == GUIDANCE)
    assert moved.meta["moved_to"] == "https://www.agency.example.gov/new"


@pytest.mark.parametrize(
    ("pages", "place", "said"),
    [
        ([{"url": "http://a.gov/", "landmark": "A"}], "pages[0].url", "write it like https://"),
        ([{"url": "https://a.gov/", "landmark": " "}], "pages[0].landmark", "words that only"),
        (
            [{"url": "https://a.gov/", "landmark": "A", "every": "often"}],
            "pages[0].every",
            "write it like 6h",
        ),
        (
            [{"url": "https://a.gov/", "landmark": "A", "selectr": "main"}],
            "pages[0].selectr",
            "Did you mean selector",
        ),
        ([{"url": "https://a.gov/", "landmark": "A"}] * 2, "pages", "named twice"),
        ([{"url": "https://a.gov/"}], "pages", "landmark"),
    ],
)
def test_a_wrong_page_is_told_with_its_place(pages: list[dict[str, str]], place: str, said: str) -> None:
    with pytest.raises(BadInput) as caught:
        source_card("web_page").configured({"pages": pages})
    assert caught.value.place.startswith(place)
    assert said in caught.value.line()


def test_pages_that_a_run_has_no_time_for_come_first_in_the_next() -> None:
    with server() as replica:
        first = crawl(replica, share=1e-9)
        second = crawl(replica, first.state, share=1e-9)
        third = crawl(replica, second.state, share=1e-9)
    assert [list(run.named()) for run in (first, second, third)] == [[GUIDANCE], [NOTICE], []]


def test_a_page_that_fails_again_and_again_keeps_no_other_from_its_turn() -> None:
    with server() as replica:
        replica.faults = [Fault("wall_200", match="guidance")]
        first = crawl(replica, share=1e-9)
        second = crawl(replica, first.state, share=1e-9)
    assert first.named() == {}
    assert list(second.named()) == [NOTICE]


def test_a_host_that_is_given_up_ends_no_crawl_of_the_others() -> None:
    pages = [{"url": f"https://{GUIDANCE}/{n}", "landmark": "Guidance"} for n in range(4)]
    with server() as replica:
        replica.faults = [Fault("wall_200", match="agency")]
        run = crawled(
            "web_page", replica.hosts, DAY, pages=[*pages, SETTINGS["pages"][1]], give_up=2, retries=0
        )
        asked = sum("/guidance/" in each.path for each in replica.asked)
    assert asked == 2
    assert list(run.named()) == [NOTICE]
    assert "4 documents or lists refused" in run.finished.reason
