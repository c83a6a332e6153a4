"""A publisher's site: lists, documents that move, are replaced or vanish, and what stands in their place."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest

from crawlers.job import State
from tests.crawlers.crawling import FAST, Crawled, crawled, visited
from tests.replica.faults import Reply
from tests.replica.server import Replica
from tests.replica.sites import framed, links, paragraphs, pdf
from tests.replica.timelines import SCRIPTS
from tests.sources.cn_mofcom import replica as mofcom
from tests.sources.jp_meti import replica as meti

INDEX = f"{meti.HOST}/policy/anpo/index.html"
NOTICE = meti.HOST + meti.NOTICE
ELSEWHERE = "/policy/anpo/law_document/tutatu/31fy/mihon_2.pdf"
WORDS = "見本の運用通達の一部改正"


def crawl(server: Replica, state: State | None = None) -> Crawled:
    return visited("jp_meti", server.hosts, server.today, state, **meti.SETTINGS)


def later(server: Replica) -> None:
    server.today += timedelta(days=1)


def listed(server: Replica, *items: tuple[str, str, str]) -> None:
    server.pages[meti.HOST + meti.LIST] = framed("改正情報", links(items), site=meti.SITE, language="ja")


def again(server: Replica, first: Crawled) -> Crawled:
    later(server)
    return crawl(server, first.state)


def test_what_is_listed_and_wanted_is_taken_and_the_rest_is_not() -> None:
    with meti.server() as server:
        run = crawl(server)
    assert run.finished.outcome == "complete", run.finished.reason
    assert {name.rpartition("/")[2] for name in run.named()} == {
        "index.html",
        "mihon_tsutatsu.pdf",
        "qanda.html",
        "20310401001.html",
        "detail?CLASSNAME=PCMMSTDETAIL&id=595000001",
    }
    notice = next(one for one in run.captures if one.document == NOTICE)
    assert (notice.meta["listed_as"], notice.meta["listed_on"]) == (WORDS, "2031-04-01")
    assert "appeared" not in notice.meta, "what a first crawl finds is no news"


def test_a_notice_replaced_at_its_address_is_that_notice_again() -> None:
    with meti.server() as server:
        first = crawl(server)
        server.pages[NOTICE] = pdf(
            "Notice on the lending of sextants", "1. A licence is needed for 2 or more."
        )
        run = again(server, first)
    assert run.named() == {NOTICE: ["2031-04-03"]}
    assert "moved_from" not in run.captures[0].meta


@pytest.mark.parametrize("words", [WORDS, "運用通達（見本）"])
def test_a_notice_at_another_address_is_the_same_notice_moved(words: str) -> None:
    """By the words it is listed under, or by its own."""
    with meti.server() as server:
        first = crawl(server)
        server.pages[meti.HOST + ELSEWHERE] = server.pages.pop(NOTICE)
        listed(
            server, (ELSEWHERE, words, "2031年4月3日"), ("/policy/anpo/qanda.html", "輸出管理の見本Q&A", "")
        )
        run = again(server, first)
        settled = again(server, run)
    (moved,) = run.captures
    assert (moved.document, moved.url) == (NOTICE, f"https://{meti.HOST}{ELSEWHERE}")
    assert moved.meta["moved_from"] == f"https://{NOTICE}"
    assert moved.meta["first_url"] == f"https://{NOTICE}"
    assert settled.captures == []
    assert settled.finished.outcome == "complete", settled.finished.reason


def test_a_page_that_the_site_redirects_has_moved_and_that_is_told_once() -> None:
    new = "/policy/anpo/start.html"
    with meti.server() as server:
        first = crawl(server)
        server.pages[meti.HOST + new] = server.pages[INDEX]
        server.pages[INDEX] = Reply(status=301, headers={"Location": f"https://{meti.HOST}{new}"})
        run = again(server, first)
        settled = again(server, run)
    assert [(one.document, one.meta["moved_from"]) for one in run.captures] == [(INDEX, f"https://{INDEX}")]
    assert settled.captures == []


def test_two_notices_under_the_same_words_stay_two() -> None:
    with meti.server() as server:
        server.pages[meti.HOST + ELSEWHERE] = pdf("Another notice", "1. Of other words.")
        listed(server, (meti.NOTICE, WORDS, ""), (ELSEWHERE, WORDS, ""))
        run = crawl(server)
        settled = again(server, run)
    assert {NOTICE, meti.HOST + ELSEWHERE} <= set(run.named())
    assert settled.captures == []


def test_what_comes_onto_a_known_list_is_said_to_have_appeared() -> None:
    fresh = "/policy/anpo/law_document/tutatu/31fy/new.pdf"
    with meti.server() as server:
        first = crawl(server)
        server.pages[meti.HOST + fresh] = pdf("A new notice", "1. Sundials are added.")
        listed(
            server,
            (fresh, "役務通達の見本", "2031年1月5日"),
            (meti.NOTICE, WORDS, ""),
            ("/policy/anpo/qanda.html", "輸出管理", ""),
        )
        run = again(server, first)
    (capture,) = run.captures
    assert capture.meta["appeared"] is True
    assert capture.as_of == date(2031, 4, 3), "the day it was seen, not one that the page tells"


def test_a_document_that_is_not_there_is_asked_three_times_before_it_is_a_gap() -> None:
    with meti.server() as server:
        run = crawl(server)
        del server.pages[INDEX]
        outcomes = []
        for _ in range(3):
            run = again(server, run)
            outcomes.append(run.finished.outcome)
    assert outcomes == ["complete", "complete", "incomplete"]
    assert "NotFound" in run.finished.reason
    assert run.captures == []


def test_a_page_that_says_with_200_that_it_is_not_there_is_no_edition() -> None:
    with meti.server() as server:
        first = crawl(server)
        server.pages[INDEX] = framed(
            "ページが見つかりません", paragraphs("お探しのページはありません。"), site=meti.SITE
        )
        run = again(server, first)
    assert run.captures == []
    assert "EmptyDocument" in run.kinds()


def test_a_page_without_the_words_of_the_site_and_one_without_text_are_refused() -> None:
    with meti.server() as server:
        first = crawl(server)
        server.pages[INDEX] = framed("安全保障貿易管理", paragraphs("見本の貨物。" * 9), site="見本省")
        strange = again(server, first)
        server.pages[INDEX] = Reply(
            body=f"<html><head><title>{meti.SITE}</title></head><body><footer>{meti.SITE}</footer><div id='app'></div></body></html>".encode()
        )
        empty = again(server, first)
    assert strange.captures == empty.captures == []
    assert (
        "UnexpectedContent" in str(strange.kinds())
        or "WrongDocument" in str(strange.kinds())
        or strange.finished.outcome == "incomplete"
    )
    assert "EmptyDocument" in empty.kinds()


def test_a_list_that_lost_most_of_its_documents_is_refused_and_nothing_counts_as_moved() -> None:
    many = [(f"/policy/anpo/qanda.html?n={number}", f"輸出管理の見本 {number}", "") for number in range(6)]
    with meti.server() as server:
        for address, words, _ in many:
            server.pages[f"{meti.HOST}{address.partition('?')[0]}"] = framed(
                words, paragraphs("水時計は貨物である。"), site=meti.SITE
            )
        listed(server, (meti.NOTICE, WORDS, ""), *many)
        first = crawl(server)
        listed(server, many[0])
        run = again(server, first)
    assert "SuspiciousShrink" in run.finished.reason
    assert run.captures == []


def test_a_list_with_nothing_of_what_it_had_says_that_something_may_have_been_missed() -> None:
    old = [
        (f"/press/2031/03/2031030100{n}/2031030100{n}.html", f"安全保障貿易の見本 {n}", "") for n in range(5)
    ]
    new = [(url.replace("/03/", "/04/"), words, day) for url, words, day in old]
    with meti.server() as server:
        for address, words, _ in (*old, *new):
            server.pages[meti.HOST + address] = framed(
                words, paragraphs(f"{words}を公表した。{address[-8:]}"), site=meti.SITE
            )
        listed(server, *old)
        first = crawl(server)
        listed(server, *new)
        run = again(server, first)
        healed = again(server, run)
    assert "was not seen" in run.finished.reason
    assert len(run.captures) == 5
    assert healed.finished.outcome == "complete", healed.finished.reason


def test_lists_in_json_and_pages_in_gb2312_are_read_and_other_matters_left_out() -> None:
    with mofcom.server() as server:
        run = visited("cn_mofcom", server.hosts, server.today, **mofcom.SETTINGS)
    assert set(run.named()) == {mofcom.HOST + mofcom.SEXTANTS, mofcom.BUREAU + mofcom.RULES}


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<html><title>404</title></html>", "application/json"),
        (b'{"success": false}', "application/json"),
        (
            b"<html><a " + b" ".join(b"a%d=1" % n for n in range(2_000)) + b" href=/x>x</a></html>",
            "text/html",
        ),
        (b"<feed></feed>", "application/xml"),
        (b"GIF89a", "image/gif"),
    ],
)
def test_what_is_no_list_is_refused(body: bytes, kind: str) -> None:
    with mofcom.server() as server:
        server.pages[mofcom.BUREAU + mofcom.UNIT] = Reply(body=body, media_type=kind)
        run = visited("cn_mofcom", server.hosts, server.today, **mofcom.SETTINGS)
    assert run.finished.outcome == "incomplete"
    assert set(run.named()) == {mofcom.HOST + mofcom.SEXTANTS}


@pytest.mark.parametrize("place", [mofcom.BUREAU + mofcom.UNIT, mofcom.HOST + mofcom.LIST])
def test_a_list_under_a_wrong_type_or_on_a_page_of_another_site_is_refused_and_leaves_nothing_behind(
    place: str,
) -> None:
    with mofcom.server() as server:
        first = visited("cn_mofcom", server.hosts, server.today, **mofcom.SETTINGS)
        good = server.pages[place]
        junk = links([(mofcom.SEXTANTS.replace("0123", "9123"), "出口", "")])
        server.pages[place] = (
            Reply(body=good.body, media_type="text/html; charset=utf-8")
            if good.media_type == "application/json"
            else framed("Welcome", junk, site="A parked name")
        )
        run = visited("cn_mofcom", server.hosts, server.today, first.state, **mofcom.SETTINGS)
        server.pages[place] = good
        healed = visited("cn_mofcom", server.hosts, server.today, run.state, **mofcom.SETTINGS)
    assert "UnexpectedContentType" in run.finished.reason
    assert run.captures == []
    assert (healed.finished.outcome, healed.captures) == ("complete", [])


def test_a_list_that_did_not_change_is_not_read_again() -> None:
    script = SCRIPTS["jp_meti"]
    with script.server() as server:
        first = visited("jp_meti", server.hosts, server.today, **script.settings)
        server.asked.clear()
        again = visited("jp_meti", server.hosts, server.today, first.state, **script.settings)
        assert {one.status for one in server.asked} == {304}
    assert again.captures == []
    assert again.finished.outcome == "complete"


def test_a_list_that_is_asked_for_by_a_form_is_read_and_one_without_rows_is_refused() -> None:
    script = SCRIPTS["cn_mofcom"]
    place = next(one for one in script.listings if "getColumnList" in one)
    with script.server() as server:
        run = visited("cn_mofcom", server.hosts, server.today, **script.settings)
        bodies: tuple[dict[str, Any], ...] = (
            {"pageInfo": {}},
            {"pageInfo": {"rows": []}},
            {"pageInfo": {"rows": [{"title": "x"}]}},
        )
        for body in bodies:
            server.listings[place] = lambda _, body=body: Reply(
                body=json.dumps(body).encode(), media_type="application/json"
            )  # type: ignore[misc]
            refused = visited("cn_mofcom", server.hosts, server.today, run.state, **script.settings)
            assert refused.finished.outcome == "incomplete"
            assert refused.captures == []
    assert any(name.startswith("exportcontrol.mofcom.gov.cn/article/") for name in run.named())


def test_an_article_that_is_only_a_frame_for_a_script_is_a_gap_in_three_crawls_and_then_left_aside() -> None:
    frame = Reply(body="<html><body><div id='app'></div><footer>商务部</footer></body></html>".encode())
    with mofcom.server() as server:
        server.pages[mofcom.HOST + mofcom.SEXTANTS] = frame
        state, outcomes = State(), []
        for _ in range(5):
            run = visited("cn_mofcom", server.hosts, server.today, state, **mofcom.SETTINGS)
            state = run.state
            outcomes.append(run.finished.outcome)
    assert outcomes == ["incomplete"] * 3 + ["complete"] * 2


def test_a_host_that_is_out_of_reach_is_a_gap_and_withdraws_nothing() -> None:
    with mofcom.server() as server:
        first = crawled("cn_mofcom", server.hosts, server.today, **mofcom.SETTINGS)
    gone = {host: "http://127.0.0.1:9/" + host for host in (mofcom.HOST, mofcom.BUREAU)}
    run = crawled("cn_mofcom", gone, mofcom.DAY, first.state, **{**FAST, **mofcom.SETTINGS})
    assert run.finished.outcome == "incomplete"
    assert run.captures == []


def test_settings_without_anything_to_watch_or_with_no_address_are_refused() -> None:
    with meti.server() as server:
        none = crawled("jp_meti", server.hosts, server.today, pages=[], lists=[])
        wrong = crawled("jp_meti", server.hosts, server.today, pages=["anpo"], lists=[])
    assert "must name a page" in none.finished.reason
    assert "is no address" in wrong.finished.reason
