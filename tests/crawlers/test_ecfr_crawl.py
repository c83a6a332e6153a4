"""The eCFR, crawled from the project's own replica: what is asked, what is brought, and when nothing is."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from crawlers.job import Held, State
from tests.crawlers.crawling import Crawled, crawled, visited
from tests.crawlers.invented import ECFR_PARTS, FIRST, SECOND, THIRD, replica
from tests.replica.ecfr import Ecfr, Part, full_text
from tests.replica.server import Replica

DAY = timedelta(days=1)


def crawl(server: Replica, state: State | None = None, **settings: Any) -> Crawled:
    return visited("us_ecfr", server.hosts, server.today, state, **{"parts": ECFR_PARTS, **settings})


def crawl_in_child(server: Replica, state: State | None = None, **settings: Any) -> Crawled:
    return crawled("us_ecfr", server.hosts, server.today, state, **{"parts": ECFR_PARTS, **settings})


def paths(server: Replica) -> list[str]:
    return [each.path.rsplit("/", 1)[-1] + ("?" + each.query if each.query else "") for each in server.asked]


def test_a_first_run_brings_each_existing_part_once_with_its_inventory() -> None:
    with replica() as server:
        first = crawl_in_child(server)
        wanted = server.ecfr.parts[0]
    assert first.finished.outcome == "complete", first.finished.reason
    assert first.named() == {
        "title-10/part-1900": ["2026-01-05"],
        "title-15/part-1001": ["2026-01-05"],
        "title-15/part-1003": ["2026-01-05"],
    }
    part = next(each for each in first.captures if each.document == "title-15/part-1001")
    assert part.body == full_text(15, "1001", wanted.editions[FIRST])
    assert part.inventory == {"appendix": 1, "section": 10}
    assert part.url == "https://www.ecfr.gov/api/versioner/v1/full/2026-01-05/title-15.xml?part=1001"
    assert part.media_type == "application/xml"
    assert part.meta["title"] == 15
    assert first.finished.counts == {
        "requests": len(first.attempts),
        "captures": 3,
        "unchanged": 0,
        "refused": 0,
    }


def test_a_structure_whose_sizes_add_up_saves_asking_for_parts_that_do_not_exist() -> None:
    with replica() as server:
        crawl(server)
        asked = paths(server)
    assert "title-15.json?part=1002" not in asked
    with replica() as server:
        server.ecfr.sizes = False
        first = crawl(server)
        asked = paths(server)
    assert "title-15.json?part=1002" in asked
    assert first.finished.outcome == "complete", first.finished.reason
    assert len(first.captures) == 3


def test_the_second_run_asks_one_conditional_question_and_brings_nothing() -> None:
    with replica() as server:
        state = crawl_in_child(server).state
        server.asked.clear()
        second = crawl_in_child(server, state)
        asked = server.asked
    assert second.finished.outcome == "complete"
    assert second.captures == []
    assert [(each.path, each.status) for each in asked] == [
        ("/robots.txt", 404),
        ("/api/versioner/v1/titles.json", 304),
    ]
    assert second.finished.counts["unchanged"] == 3


def test_a_run_without_amendment_costs_one_question_and_the_first_of_a_day_one_more_a_title() -> None:
    with replica() as server:
        state = crawl(server).state
        server.today += DAY
        server.asked.clear()
        second = crawl(server, state)
        asked = [each.path for each in server.asked]
        server.asked.clear()
        third = crawl(server, second.state)
        asked_again = [each.path for each in server.asked]
    assert second.finished.outcome == third.finished.outcome == "complete"
    assert asked == [
        "/api/versioner/v1/titles.json",
        "/api/admin/v1/corrections/title/10.json",
        "/api/admin/v1/corrections/title/15.json",
    ]
    assert asked_again == ["/api/versioner/v1/titles.json"]


def test_every_edition_since_the_last_one_is_brought_oldest_first() -> None:
    with replica() as server:
        state = crawl(server).state
        server.today = THIRD + DAY
        server.asked.clear()
        later = crawl(server, state)
        asked = [each.path for each in server.asked if "/full/" in each.path]
    assert later.finished.outcome == "complete", later.finished.reason
    assert later.named() == {"title-15/part-1001": [SECOND.isoformat(), THIRD.isoformat()]}
    assert [capture.inventory for capture in later.captures] == [
        {"appendix": 1, "section": 10},
        {"appendix": 1, "section": 9},
    ]
    assert len(asked) == 2, "no other part is fetched"
    issued = later.captures[1].meta["issued"]
    assert issued == [{"unit": "section", "identifier": "1001.9", "removed": True, "substantive": True}]


def test_without_its_memory_a_crawl_is_slower_and_no_less_right() -> None:
    with replica() as server:
        state = crawl(server).state
        server.today = SECOND + DAY
        later = crawl(server, State(documents=state.documents))
    assert later.finished.outcome == "complete", later.finished.reason
    assert later.named() == {"title-15/part-1001": [SECOND.isoformat()]}


def test_an_edition_that_the_archive_did_not_publish_is_fetched_again() -> None:
    with replica() as server:
        state = crawl(server).state
        server.today = SECOND + DAY
        held_back = crawl(server, state)
        assert held_back.named() == {"title-15/part-1001": [SECOND.isoformat()]}
        again = crawl(server, State(documents=state.documents, memory=held_back.state.memory))
    assert again.named() == {"title-15/part-1001": [SECOND.isoformat()]}


def test_more_editions_than_the_limit_are_taken_from_the_oldest_and_the_run_says_so() -> None:
    with replica() as server:
        state = crawl(server).state
        server.today = THIRD + DAY
        some = crawl(server, state, editions=1)
        assert some.finished.outcome == "incomplete"
        assert "1 more editions" in some.finished.reason
        rest = crawl(server, some.state, editions=1)
    assert some.named() == {"title-15/part-1001": [SECOND.isoformat()]}
    assert rest.named() == {"title-15/part-1001": [THIRD.isoformat()]}
    assert rest.finished.outcome == "complete"


def test_a_title_that_is_being_rebuilt_is_left_alone() -> None:
    with replica() as server:
        server.ecfr.processing = {15}
        first = crawl(server)
        server.ecfr.processing = set()
        healed = crawl(server, first.state)
    assert first.named() == {"title-10/part-1900": ["2026-01-05"]}
    assert first.finished.outcome == "incomplete"
    assert "title 15 is being rebuilt" in first.finished.reason
    assert healed.finished.outcome == "complete"
    assert set(healed.named()) == {"title-15/part-1001", "title-15/part-1003"}


def test_a_part_that_appears_is_brought_when_its_title_moves() -> None:
    with replica() as server:
        state = crawl(server).state
        server.ecfr.parts.append(
            Part(title=15, number="1002", editions={SECOND: {"1002.1": ["New.", "Text."]}})
        )
        server.today = SECOND + DAY
        later = crawl(server, state)
    assert later.named() == {
        "title-15/part-1001": [SECOND.isoformat()],
        "title-15/part-1002": [SECOND.isoformat()],
    }


def test_a_part_that_vanishes_is_told() -> None:
    with replica() as server:
        state = crawl(server).state
        server.ecfr.parts[1].editions[SECOND] = {}
        server.today = SECOND + DAY
        later = crawl(server, state)
    assert later.finished.outcome == "incomplete"
    assert "no part 1003 any more" in later.finished.reason


def test_a_change_log_in_pages_is_read_to_its_end() -> None:
    with replica() as server:
        server.ecfr.rows_a_page = 4
        server.today = THIRD + DAY
        first = crawl(server, State(documents={"title-15/part-1001": Held(as_of=FIRST)}), parts=["15/1001"])
        asked = paths(server)
    assert first.finished.outcome == "complete", first.finished.reason
    assert first.named() == {"title-15/part-1001": [SECOND.isoformat(), THIRD.isoformat()]}
    assert "title-15.json?part=1001&page=4" in asked


def test_a_title_without_text_is_no_failure_until_parts_of_it_are_held() -> None:
    with Replica(today=FIRST, ecfr=Ecfr(parts=[])) as server:
        empty = crawl(server)
        robbed = crawl(server, State(documents={"title-15/part-1001": Held(as_of=date(2025, 1, 1))}))
    assert empty.finished.outcome == "complete"
    assert robbed.finished.outcome == "incomplete"
    assert "SuspiciousShrink" in robbed.finished.reason


def test_we_say_who_we_are_and_obey_robots() -> None:
    with replica() as server:
        server.robots = "User-agent: tocsin\nDisallow: /api/versioner/v1/full/\nCrawl-delay: 0.01\n"
        first = crawl_in_child(server, contact="desk@example.org")
        agents = {each.user_agent for each in server.asked}
        asked = [each.path for each in server.asked]
    (agent,) = agents
    assert agent.startswith("Mozilla/5.0 (compatible; tocsin/")
    assert agent.endswith("; +desk@example.org)")
    assert asked[0] == "/robots.txt"
    assert not any("/full/" in path for path in asked)
    assert first.kinds() == {"accepted", "Disallowed"}
    assert "robots.txt" in first.finished.reason


def test_the_pace_is_kept_between_any_two_requests() -> None:
    with replica() as server:
        first = crawl_in_child(server, pace=20.0, parts=["10/1900"])
    times = [attempt.at for attempt in first.attempts]
    gaps = [(later - earlier).total_seconds() for earlier, later in zip(times, times[1:], strict=False)]
    assert len(gaps) >= 4
    assert sum(gaps) / len(gaps) >= 0.05


@pytest.mark.parametrize(("sizes", "lost"), [(True, 0.5), (False, 0.0)])
def test_rows_missing_from_one_long_appendix_are_seen_by_its_size(sizes: bool, lost: float) -> None:
    # Without sizes nothing in the eCFR tells how long an appendix is; that is then for the second gate and the last edition.
    with replica() as server:
        server.ecfr.sizes = sizes
        short = dict(server.ecfr.parts[1].editions[FIRST])
        whole = full_text(15, "1003", short)
        short["Supplement No. 1 to Part 1003"] = short["Supplement No. 1 to Part 1003"][:60]
        cut = full_text(15, "1003", short)
        answer = server.ecfr.answer

        def cutting(path: str, query: dict[str, list[str]], today: date) -> Any:
            reply = answer(path, query, today)
            return type(reply)(body=cut, media_type=reply.media_type) if reply.body == whole else reply

        server.ecfr.answer = cutting  # type: ignore[method-assign]
        first = crawl(server, parts=["15/1003"])
    assert ("SuspiciousShrink" in first.kinds()) is (lost > 0)
    assert (first.captures == []) is (lost > 0)
