"""When a document that left its lists counts as withdrawn, when it never does, and what is asked for again of those that left."""

from __future__ import annotations

from datetime import timedelta

import pytest

from crawlers.job import State
from tests.crawlers.crawling import Crawled, visited
from tests.replica.faults import Fault, Reply
from tests.replica.laws import LAWS
from tests.replica.server import Replica
from tests.replica.sites import atom, framed, links, paragraphs
from tests.sources.jp_meti import replica as meti

QANDA = "/policy/anpo/qanda.html"
PAGE = f"{meti.HOST}{QANDA}"
GONE = Reply(status=410, body=b"<html><h1>Gone</h1></html>")


def crawl(server: Replica, state: State | None = None, **settings: object) -> Crawled:
    run = visited("jp_meti", server.hosts, server.today, state, **{**meti.SETTINGS, **settings})
    server.today += timedelta(days=1)
    return run


def take_off(server: Replica, reply: Reply = GONE) -> None:
    """The list no longer has the page, and its address answers so."""
    server.pages[PAGE] = reply
    rows = [(meti.NOTICE, "見本の運用通達の一部改正", "")]
    server.pages[meti.HOST + meti.LIST] = framed("改正情報", links(rows), site=meti.SITE, language="ja")


def withdrawn(run: Crawled) -> list[str]:
    return [one.document for one in run.captures if "withdrawn" in one.meta]


def test_gone_in_three_crawls_and_no_more_listed_is_withdrawn_once() -> None:
    with meti.server() as server:
        run = crawl(server)
        take_off(server)
        found = []
        for _ in range(5):
            run = crawl(server, run.state)
            found.append(withdrawn(run))
            assert run.finished.outcome == "complete", run.finished.reason
    assert found == [[], [], [PAGE], [], []]


def test_still_listed_is_a_gap_and_no_withdrawal() -> None:
    with meti.server() as server:
        run = crawl(server)
        server.pages[PAGE] = GONE
        for _ in range(4):
            run = crawl(server, run.state)
            assert withdrawn(run) == []
    assert run.finished.outcome == "incomplete"


def test_a_page_that_a_person_named_is_a_gap_and_no_withdrawal() -> None:
    index = f"{meti.HOST}/policy/anpo/index.html"
    with meti.server() as server:
        run = crawl(server)
        server.pages[index] = GONE
        for _ in range(4):
            run = crawl(server, run.state)
            assert withdrawn(run) == []
    assert run.finished.outcome == "incomplete"


def test_while_a_list_cannot_be_read_nothing_counts() -> None:
    with meti.server() as server:
        run = crawl(server)
        take_off(server)
        server.faults = [Fault("server_503", match="pcm_list")]
        for _ in range(4):
            run = crawl(server, run.state)
            assert withdrawn(run) == []
        server.faults = []
        found = []
        for _ in range(3):
            run = crawl(server, run.state)
            found += withdrawn(run)
    assert found == [PAGE]


@pytest.mark.parametrize(
    ("reply", "complete"),
    [
        (Reply(status=503, body=b"<html>later</html>"), False),
        (Reply(status=403, body=b"<html>Access Denied</html>"), False),
        (Reply(status=404, body=b'<html><div class="g-recaptcha"></div></html>'), False),
        (
            framed("ページが見つかりません", paragraphs("お探しのページはありません。" * 4), site=meti.SITE),
            True,
        ),
        (Reply(status=302, headers={"Location": "https://archive.example.org/"}), True),
    ],
    ids=["trouble", "denied", "a wall with 404", "says so with 200", "elsewhere"],
)
def test_what_is_no_plain_answer_never_withdraws(reply: Reply, complete: bool) -> None:
    with meti.server() as server:
        run = crawl(server)
        take_off(server, reply)
        for _ in range(5):
            run = crawl(server, run.state)
            assert run.captures == []
            assert (run.finished.outcome == "complete") == complete


def test_trouble_between_does_not_count_and_being_there_once_begins_anew() -> None:
    with meti.server() as server:
        page = server.pages[PAGE]
        run = crawl(server)
        found = []
        for reply in (GONE, GONE, Reply(status=503), page, GONE, GONE, Reply(status=503), GONE):
            take_off(server, reply)
            run = crawl(server, run.state)
            found.append(withdrawn(run))
    assert found == [[]] * 7 + [[PAGE]]


def test_what_left_a_feed_is_asked_for_in_turn_and_its_amendment_is_seen() -> None:
    feed = f"{meti.HOST}/ml_index_release_atom.xml"
    rows = [
        (
            f"https://{meti.HOST}/press/2031/04/2031040{n}009/2031040{n}009.html",
            f"安全保障貿易の見本 {n}",
            "2031-04-01",
        )
        for n in range(6)
    ]
    with meti.server() as server:
        for url, words, _ in rows:
            server.pages[url.removeprefix("https://")] = framed(
                words, paragraphs("見本を公表した。", words * 3), site=meti.SITE
            )
        server.pages[feed] = atom("報道発表", rows)
        run = crawl(server)
        server.pages[feed] = atom("報道発表", rows[3:])
        server.asked.clear()
        seen = []
        for _ in range(3):
            run = crawl(server, run.state, revisits=1)
            seen += [
                one.path
                for one in server.asked
                if one.path in {url.partition(meti.HOST)[2] for url, _, _ in rows[:3]}
            ]
            server.asked.clear()
        assert sorted(seen) == sorted(url.partition(meti.HOST)[2] for url, _, _ in rows[:3]), (
            "each in its turn"
        )
        amended = rows[1][0].removeprefix("https://")
        server.pages[amended] = framed("訂正", paragraphs("見本を公表し、訂正した。" * 3), site=meti.SITE)
        run = crawl(server, run.state)
    assert list(run.named()) == [amended]


def test_a_notice_of_the_kingdom_that_its_collection_drops_and_that_is_gone_is_withdrawn_and_comes_back() -> (
    None
):
    script = LAWS["uk_notices"]
    second = "/government/publications/notice-to-borrowers-203102"
    with script.server() as server:
        state, found = State(), []
        for day in script.days:
            server.today = day
            run = visited("uk_notices", server.hosts, day, state, **script.settings)
            assert run.finished.outcome == "complete", run.finished.reason
            state = run.state
            found.append(
                [
                    ("withdrawn" in one.meta, one.as_of == day)
                    for one in run.captures
                    if one.document == second
                ]
            )
    assert found == [[(False, True)], [], [], [], [], [(True, True)], [], [(False, True)]]
