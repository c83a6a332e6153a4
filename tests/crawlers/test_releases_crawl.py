"""Sites of press offices: a paper is its day and title wherever it stands, so that a move is a move; what is no paper is refused by name."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from crawlers.card import source_card
from crawlers.events import Counted
from crawlers.hosts import Hosts
from crawlers.job import State
from tests.crawlers.crawling import Crawled, PlainVisit, crawled, visited
from tests.replica.faults import Fault, Reply
from tests.replica.offices import BIS, MEDIA, Release, paper, posts, site
from tests.replica.server import Replica
from tests.sources.us_bis.replica import DAY, GUIDANCE, RELEASES, pages, server
from tests.sources.us_whitehouse import replica as house

LENSES, WICKS, DEALERS = RELEASES
NAME = "2031-01-13/bureau-revises-its-license-review-policy-for-lantern-lenses"


def crawl(replica: Replica, state: State | None = None, **settings: Any) -> Crawled:
    return visited("us_bis", replica.hosts, replica.today, state, **settings)


def rebuilt(*releases: Release) -> dict[str, Reply]:
    """The site with other releases; papers that are not among them are gone."""
    return pages(tuple(releases))


def test_a_paper_is_brought_once_and_again_when_it_is_edited() -> None:
    edited = replace(LENSES, paragraphs=(*LENSES.paragraphs, "Updated: lenses of kind 3A991 are meant, too."))
    with server() as replica:
        first = crawl(replica)
        same = crawl(replica, first.state)
        replica.pages = rebuilt(edited, WICKS, DEALERS)
        replica.today = DAY + timedelta(days=1)
        changed = crawl(replica, same.state)
    assert first.named()[NAME] == ["2031-01-13"]
    assert same.captures == []
    assert changed.named() == {NAME: ["2031-01-21"]}
    assert changed.captures[0].meta["work"] == first_capture(first).meta["work"] == f"us/bis/{NAME}"


def first_capture(run: Crawled) -> Any:
    return next(capture for capture in run.captures if capture.document == NAME)


@pytest.mark.parametrize(
    "there",
    [
        replace(LENSES, place=f"{BIS}/news-updates/2031-policy-for-lenses"),
        replace(LENSES, place=f"{MEDIA}/press-release/lantern-lenses"),
    ],
    ids=["another path", "another host"],
)
def test_a_paper_at_another_address_has_moved_and_is_neither_gone_nor_new(there: Release) -> None:
    with server() as replica:
        first = crawl(replica)
        replica.pages = rebuilt(there, WICKS, DEALERS)
        moved = crawl(replica, first.state)
        again = crawl(replica, moved.state)
    assert moved.finished.outcome == again.finished.outcome == "complete"
    assert list(moved.named()) == [NAME]
    assert moved.captures[0].meta["moved_from"] == f"https://{LENSES.place}"
    assert moved.captures[0].url == f"https://{there.place}"
    assert moved.captures[0].meta["work"] == f"us/bis/{NAME}"
    assert again.captures == []
    assert moved.state.memory["papers"][NAME]["url"] == f"https://{there.place}"


def test_a_paper_that_moved_and_was_edited_is_an_edition_of_the_same_document() -> None:
    # Slugs and titles are cut and re-worded, too (facts 4).
    there = replace(
        LENSES,
        place=f"{MEDIA}/press-release/lenses",
        title="Bureau Announces Its Revised Policy for Lantern Lenses",
        paragraphs=(LENSES.paragraphs[0].replace("12 facets", "9 facets"), *LENSES.paragraphs[1:]),
    )
    with server() as replica:
        first = crawl(replica)
        replica.pages = rebuilt(there, WICKS, DEALERS)
        moved = crawl(replica, first.state)
    assert moved.named() == {NAME: [DAY.isoformat()]}
    assert moved.captures[0].meta["work"] == f"us/bis/{NAME}"
    assert moved.captures[0].url == f"https://{there.place}"


def test_a_move_needs_no_memory_where_day_and_title_stayed() -> None:
    there = replace(LENSES, place=f"{MEDIA}/press-release/elsewhere")
    with server() as replica:
        first = crawl(replica)
        replica.pages = rebuilt(there, WICKS, DEALERS)
        moved = crawl(replica, replace(first.state, memory={}))
    assert set(moved.named()) <= {NAME}, "nothing new, whatever was forgotten"


def test_a_redirection_to_another_host_of_the_office_is_followed_and_one_out_of_it_is_not() -> None:
    with server() as replica:
        replica.pages[f"{MEDIA}/guidance"] = replica.pages[GUIDANCE]
        replica.pages[GUIDANCE] = Reply(status=301, headers={"Location": f"https://{MEDIA}/guidance"})
        replica.pages[WICKS.place] = Reply(status=302, headers={"Location": "https://example.org/"})
        run = crawl(replica)
    urls = {capture.document: capture.url for capture in run.captures}
    assert urls[GUIDANCE.partition("/")[2]] == f"https://{MEDIA}/guidance"
    assert "RedirectedAway" in run.kinds()
    assert "2031-01-09/bureau-fines-a-maker-of-wicks" not in urls


def test_the_same_title_on_another_day_is_another_paper() -> None:
    twin = replace(LENSES, place=f"{BIS}/press-release/again", day=date(2031, 1, 19))
    with server() as replica:
        first = crawl(replica)
        replica.pages = rebuilt(twin, *RELEASES)
        second = crawl(replica, first.state)
    assert list(second.named()) == [NAME.replace("2031-01-13", "2031-01-19")]
    assert second.captures[0].meta["appeared"] is True


def test_two_papers_of_one_day_under_one_title_are_two() -> None:
    twin = replace(
        LENSES,
        place=f"{BIS}/press-release/the-other",
        paragraphs=("Quite another text about lanterns of another kind, " * 8,),
    )
    with server() as replica:
        replica.pages = rebuilt(LENSES, twin, WICKS, DEALERS)
        run = crawl(replica)
    assert sum(name.startswith(NAME) for name in run.named()) == 2


def test_a_paper_that_is_not_there_is_waited_for_and_then_told() -> None:
    outcomes = []
    with server() as replica:
        state = crawl(replica).state
        del replica.pages[LENSES.place]
        for _ in range(3):
            run = crawl(replica, state)
            outcomes.append(run.finished.outcome)
            assert run.captures == []
            state = run.state
        replica.pages[LENSES.place] = paper(LENSES)
        back = crawl(replica, state)
    assert outcomes == ["complete", "complete", "incomplete"]
    assert back.finished.outcome == "complete"
    assert back.captures == []


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (site("Page not found", "<h1>Page not found</h1><p>We are sorry.</p>", host=BIS), "EmptyDocument"),
        (Reply(body=b'<html><body><main><div id="__next"></div></main></body></html>'), "EmptyDocument"),
        (
            site("Home", f"<h1>Welcome</h1><p>{'The bureau keeps the lights on. ' * 20}</p>", host=BIS),
            "UnexpectedContentType",
        ),
        (Reply(body=b'{"props": {}}', media_type="application/json"), "UnexpectedContentType"),
        (Reply(status=404, body=b"<html>gone</html>"), "NotFound"),
    ],
    ids=["soft 404", "shell of a script", "generic page", "json", "404"],
)
@pytest.mark.parametrize(
    "place", [LENSES.place, GUIDANCE, f"{BIS}/news-updates"], ids=["paper", "page", "list"]
)
def test_what_is_not_the_paper_the_page_or_the_list_is_refused_by_its_kind(
    place: str, reply: Reply, kind: str
) -> None:
    with server() as replica:
        replica.pages[place] = reply
        run = crawl(replica)
    assert kind in run.kinds()
    assert run.finished.outcome == "incomplete"
    assert all(capture.body != reply.body for capture in run.captures)
    assert run.captures, "the others come all the same"


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("wall_200", "ChallengePage"),
        ("waf_202", "WafChallenge"),
        ("captcha_403", "ChallengePage"),
        ("maintenance_200", "Maintenance"),
        ("empty_200", "EmptyDocument"),
        ("server_503", "ServerError"),
        ("rate_429", "RateLimited"),
        ("bad_bytes", "UnexpectedContentType"),
        ("redirect_away", "RedirectedAway"),
    ],
)
def test_a_wall_before_the_site_is_named_and_brings_nothing(fault: str, kind: str) -> None:
    with server() as replica:
        replica.faults.append(Fault(fault))
        run = crawl(replica)
        assert run.captures == []
        assert run.kinds() == {kind}


def test_a_wall_after_a_good_crawl_makes_no_edition_and_forgets_nothing() -> None:
    with server() as replica:
        first = crawl(replica)
        replica.faults.append(Fault("wall_200"))
        walled = crawl(replica, first.state)
        replica.faults.clear()
        after = crawl(replica, walled.state)
    assert walled.captures == after.captures == []
    assert after.finished.outcome == "complete"


def test_a_list_with_nothing_of_what_it_had_is_told_and_its_papers_are_taken() -> None:
    others = tuple(
        replace(LENSES, place=f"{BIS}/press-release/other-{n}", title=f"Bureau Does Invented Thing Number {n}",
                day=date(2031, 3, n), paragraphs=(f"Thing {n} is done with lamp {n} and wick {n} of cape {n}. " * 9,))
        for n in range(1, 5)
    )  # fmt: skip
    with server() as replica:
        first = crawl(replica)
        replica.pages = rebuilt(*others)
        replica.today = date(2031, 3, 9)
        second = crawl(replica, first.state)
        third = crawl(replica, second.state)
    assert len(second.captures) == 4
    assert "what stood between was not seen" in second.finished.reason
    assert third.finished.outcome == "complete"


def test_a_page_that_did_not_move_answers_with_304() -> None:
    with server() as replica:
        for reply in replica.pages.values():
            reply.headers["Last-Modified"] = "Mon, 20 Jan 2031 09:00:00 GMT"
        first = crawl(replica)
        replica.asked.clear()
        again = crawl(replica, first.state)
        statuses = {asked.status for asked in replica.asked}
    assert again.captures == []
    assert statuses == {304}
    assert again.finished.counts["unchanged"] == len(first.captures)


def test_an_old_paper_is_not_asked_again_for_ever() -> None:
    with server() as replica:
        first = crawl(replica)
        replica.asked.clear()
        crawl(replica, first.state)
        asked = {one.path for one in replica.asked}
    assert "/press-release/bureau-revises-its-policy-for-lantern-lenses" in asked
    assert "/press-release/bureau-adds-four-lamp-dealers" not in asked


# ── the White House: chosen by words, and a list of many pages ──────────────────────────────────────


def visit_house(replica: Replica, state: State | None = None, **settings: Any) -> Crawled:
    return visited("us_whitehouse", replica.hosts, replica.today, state, **settings)


def test_only_orders_and_memoranda_of_our_matters_are_taken_and_the_others_are_not_read_twice() -> None:
    with house.server() as replica:
        first = visit_house(replica)
        replica.asked.clear()
        replica.today += timedelta(days=60)
        again = visit_house(replica, first.state)
        asked = [one.path for one in replica.asked]
    assert {name.split("/")[1] for name in first.named()} == {
        "lighting-the-frontier-of-thinking-machines",
        "adjusting-imports-of-lanterns",
        "continuation-of-the-national-emergency-with-respect-to-lantern-export-rules",
        "amending-the-tariff-on-oil",
        "m-31-03-use-of-artificial-intelligence-by-keepers-of-lamps",
    }
    assert again.captures == []
    assert len(asked) == 2, "the lists alone"


def test_after_an_absence_older_pages_are_read_until_a_known_paper_stands_there() -> None:
    with house.server() as replica:
        state = visit_house(replica, depth=1).state
        many = [
            replace(
                house.ORDERS[1],
                place=f"{house.ACTIONS}/2031/04/order-{n}/",
                title=f"Adjusting Imports of Oil Number {n}",
                day=date(2031, 4, n),
            )
            for n in range(15, 0, -1)
        ]
        replica.pages |= {one.place: paper(replace(one, paragraphs=(f"{one.title}. " * 20,))) for one in many}
        replica.pages[f"{house.ACTIONS}/"] = posts(many[:5])
        replica.pages[f"{house.ACTIONS}/page/2/"] = posts(many[5:10])
        replica.pages[f"{house.ACTIONS}/page/3/"] = posts(many[10:])
        replica.pages[f"{house.ACTIONS}/page/4/"] = posts(house.ORDERS)
        replica.pages[f"{house.ACTIONS}/page/5/"] = posts(house.OLDER)
        replica.today = date(2031, 5, 1)
        run = visit_house(replica, state)
        asked = {one.path for one in replica.asked}
    assert len(run.captures) == 15
    assert run.finished.outcome == "complete"
    assert "/presidential-actions/page/4/" in asked
    assert "/presidential-actions/page/5/" not in asked


def test_the_child_process_crawls_a_house_with_the_same_result() -> None:
    with house.server() as replica:
        run = crawled("us_whitehouse", replica.hosts, replica.today)
    assert run.finished.outcome == "complete"
    assert len(run.captures) == 5


def test_the_count_tells_the_papers_of_a_day_that_are_not_held() -> None:
    card = source_card("us_whitehouse")
    with house.server() as replica:
        del replica.pages[house.ORDERS[1].place]
        run = visit_house(replica)
        visit = PlainVisit(Hosts(card.hosts, replica.hosts), replica.today, run.state, card.id)

        async def counted(first: date) -> list[Counted]:
            assert card.count is not None
            return [one async for one in card.count(visit, card.configured({}), first, replica.today)]

        asked = len(replica.asked)
        plain = asyncio.run(counted(date(2031, 1, 29)))
        assert len(replica.asked) == asked + 2
        visit.state = replace(run.state, is_fresh=True)
        assert asyncio.run(counted(date(2031, 1, 29))) == plain
        assert len(replica.asked) == asked + 2, "what a crawl has just seen is not asked again"
    assert [(one.day.isoformat(), one.published, one.missing) for one in plain] == [
        ("2031-01-29", 1, ()),
        ("2031-02-03", 1, ("2031-02-03/adjusting-imports-of-lanterns",)),
        ("2031-02-05", 1, ()),
        ("2031-02-07", 1, ()),
    ]
