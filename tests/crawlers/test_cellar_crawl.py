"""Cellar: one file (303), several (300), a zip; the list of works and the feed; and what is not an act."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date

import pytest

from crawlers.job import State
from diffing.engine import compare
from normalize.reading import read
from tests.crawlers.crawling import Crawled, counts, visited
from tests.normalize.eu_pages import ACT_XML, ANNEX_XML, CELEX, formex_zip, page
from tests.replica.abroad import Abroad, Cellar
from tests.replica.faults import Fault
from tests.replica.laws import LAWS
from tests.sources.eu_ai_act import replica as ai_act
from tests.sources.eu_dual_use import replica as dual_use
from tocsin.hints import hints_of


def crawl(replica: Abroad, state: State | None = None) -> Crawled:
    return visited("eu_ai_act", replica.hosts, replica.today, state, **ai_act.SETTINGS)


def cellar(replica: Abroad) -> Cellar:
    assert isinstance(replica.service, Cellar)
    return replica.service


def text(run: Crawled) -> list[tuple[str, str]]:
    (capture,) = run.captures
    reading = read("eu_ai_act", capture.body, hints_of(capture))
    assert reading.leftovers == ()
    return [(one.eid, one.text) for one in reading.expressions[0].walk()]


def test_an_act_is_the_same_in_each_form_that_cellar_may_have() -> None:
    found = []
    for files in ((formex_zip(),), (ACT_XML.encode(), ANNEX_XML.encode())):
        with ai_act.server() as replica:
            cellar(replica).acts = {CELEX: {ai_act.DAY: files}}
            run = crawl(replica)
        assert run.finished.outcome == "complete", run.finished.reason
        found.append(text(run))
    assert found[0] == found[1]


def test_files_of_one_act_are_kept_in_order_as_one_and_known_again() -> None:
    with ai_act.server() as replica:
        cellar(replica).acts = {CELEX: {ai_act.DAY: (ACT_XML.encode(), ANNEX_XML.encode())}}
        run = crawl(replica)
        replica.asked.clear()
        again = crawl(replica, run.state)
        statuses = [asked.status for asked in replica.asked if "/item/" in asked.path]
    with zipfile.ZipFile(io.BytesIO(run.captures[0].body)) as archive:
        assert archive.namelist() == ["DOC_001.xml", "DOC_002.xml"]
    assert again.captures == []
    assert statuses == [304, 304]


def test_a_page_of_the_journal_is_dated_by_its_head() -> None:
    with ai_act.server() as replica:
        cellar(replica).acts = {CELEX: {ai_act.DAY: (page(),)}}
        run = crawl(replica)
    assert run.named() == {CELEX: ["2031-02-14"]}


@pytest.mark.parametrize("lists", [True, False])
def test_a_consolidation_is_found_by_the_list_or_else_by_the_feed(lists: bool) -> None:
    with ai_act.server() as replica:
        cellar(replica).lists = lists
        state = crawl(replica).state
        replica.today = ai_act.CONSOLIDATED
        run = crawl(replica, state)
    assert run.finished.outcome == "complete", run.finished.reason
    assert run.named() == {ai_act.CONSOLIDATION: ["2032-01-01"]}


def test_acts_that_rest_on_the_act_and_its_corrigenda_come_when_cellar_lists_them_and_are_counted() -> None:
    script = LAWS["eu_ai_act"]
    with script.server() as server:
        state, found = State(), []
        for day in script.days:
            server.today = day
            run = visited("eu_ai_act", server.hosts, day, state, **script.settings)
            state = run.state
            found.append(sorted(run.named()))
        counted = counts("eu_ai_act", server, state, script.settings)
        missing = counts("eu_ai_act", server, State(memory=state.memory), script.settings)
    assert found == [[CELEX], ["32031R0099"], [f"{CELEX}R(01)"], [ai_act.CONSOLIDATION]]
    assert [(one.what, one.published, one.held) for one in counted] == [("acts", 1, 1)] * 4
    assert [one.missing for one in missing] == [
        (CELEX,),
        ("32031R0099",),
        (f"{CELEX}R(01)",),
        (ai_act.CONSOLIDATION,),
    ]


def test_the_count_asks_nothing_after_a_crawl_that_has_the_list() -> None:
    script = LAWS["eu_ai_act"]
    with script.server() as server:
        run = visited("eu_ai_act", server.hosts, server.today, None, **script.settings)
        server.asked.clear()
        found = counts("eu_ai_act", server, replace(run.state, is_fresh=True), script.settings)
        assert server.asked == []
    assert [one.held for one in found] == [1]


def test_without_the_list_and_without_the_feed_the_run_is_not_complete() -> None:
    with ai_act.server() as replica:
        cellar(replica).lists = False
        replica.faults = [Fault("server_503", match="ingestion")]
        run = crawl(replica)
    assert run.finished.outcome == "incomplete"


def test_a_watched_act_that_is_not_there_is_a_gap() -> None:
    with ai_act.server() as replica:
        cellar(replica).acts = {"32031R0099": {ai_act.DAY: (formex_zip(),)}}
        run = crawl(replica)
    assert run.captures == []
    assert "NotFound" in run.kinds()
    assert run.finished.outcome == "incomplete"


def test_pages_that_no_file_has_are_doubted() -> None:
    def with_pages(xml: str, first: int, last: int) -> bytes:
        root = xml.index(">", xml.index("<ACT") if "<ACT" in xml else xml.index("<ANNEX")) + 1
        said = f"<BIB.INSTANCE><PAGE.FIRST>{first}</PAGE.FIRST><PAGE.LAST>{last}</PAGE.LAST></BIB.INSTANCE>"
        return (xml[:root] + said + xml[root:]).encode()

    with ai_act.server() as replica:
        cellar(replica).acts = {CELEX: {ai_act.DAY: (with_pages(ACT_XML, 1, 5), with_pages(ANNEX_XML, 8, 9))}}
        run = crawl(replica)
    assert run.captures[0].meta["doubts"] == [f"pages 6 to 7 of {CELEX} are in none of its files"]


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("waf_202", "WafChallenge"),
        ("wall_200", "ChallengePage"),
        ("captcha_403", "ChallengePage"),
        ("rate_429", "RateLimited"),
        ("server_503", "ServerError"),
        ("truncated_gzip", "Truncated"),
        ("empty_200", "EmptyDocument"),
        ("maintenance_200", "Maintenance"),
        ("redirect_loop", "RedirectedAway"),
        ("redirect_away", "RedirectedAway"),
        ("bad_bytes", "Truncated"),
        ("wrong_type", "UnexpectedContentType"),
    ],
)
def test_every_wall_before_an_act_is_refused_by_its_name(fault: str, kind: str) -> None:
    with ai_act.server() as replica:
        replica.faults = [Fault(fault, match="/item/")]
        run = crawl(replica)
    assert run.captures == []
    assert kind in run.kinds(), run.kinds()
    assert run.finished.outcome == "incomplete"


def test_two_yearly_lists_give_exactly_the_codes_that_changed() -> None:
    with dual_use.server() as replica:
        first = visited("eu_dual_use", replica.hosts, dual_use.DAY, None, **dual_use.SETTINGS)
        replica.today = dual_use.NEXT
        second = visited("eu_dual_use", replica.hosts, dual_use.NEXT, first.state, **dual_use.SETTINGS)
    assert second.named() == {dual_use.SECOND: ["2031-11-07"]}
    made = []
    for capture in (first.captures[-1], second.captures[0]):
        expressions = read("eu_dual_use", capture.body, hints_of(capture)).expressions
        made.append(next(one for one in expressions if one.work.endswith("annex-I")))
    assert [one.as_of for one in made] == [date(2030, 11, 8), date(2031, 11, 7)]
    changes = compare(made[0], made[1])
    assert sorted((one.kind, one.new_eid or one.old_eid) for one in changes) == [
        ("insertion", "3A004"),
        ("repeal", "3A002"),
        ("substitution", "3A001.a"),
    ]
