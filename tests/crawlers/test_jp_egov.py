"""e-Gov: every revision, future law when it is promulgated and when it comes into force, corrected data, and answers that are no law."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from archive.records import Capture
from crawlers.job import State
from normalize.reading import read
from tests.crawlers.crawling import Crawled, counts, crawled, visited
from tests.replica.abroad import Abroad, Egov, law
from tests.replica.faults import Fault, Reply
from tests.sources.jp_egov.replica import DAY, FORCE, LAW_ID, NUMBER, SETTINGS, server
from tocsin.hints import hints_of

PROMULGATED = date(2026, 3, 10)
OLD, NOW, AHEAD = (
    f"{LAW_ID}_{day}_508CO{act:010d}" for day, act in (("20200106", 1), ("20260105", 2), ("20260601", 3))
)


def crawl(replica: Abroad, state: State | None = None, **settings: object) -> Crawled:
    return visited("jp_egov", replica.hosts, replica.today, state, **{**SETTINGS, **settings})


def egov(replica: Abroad) -> Egov:
    assert isinstance(replica.service, Egov)
    return replica.service


def states(capture: Capture) -> list[str]:
    (expression,) = read("jp_egov", capture.body, hints_of(capture)).expressions
    return [state.state for provision in expression.walk() for state in provision.applicability]


def test_every_revision_comes_with_the_newest_first_as_the_baseline() -> None:
    with server() as replica:
        run = crawled("jp_egov", replica.hosts, DAY, **SETTINGS)
    assert run.finished.outcome == "complete", run.finished.reason
    assert [(each.document, each.as_of.isoformat()) for each in run.captures] == [
        (NOW, "2026-01-05"),
        (OLD, "2020-01-06"),
    ]


@pytest.mark.parametrize(
    ("since", "documents"), [("current", [NOW]), ("2025-01-01", [NOW]), ("2020-01-06", [NOW, OLD])]
)
def test_history_is_taken_as_far_back_as_it_is_wanted(since: str, documents: list[str]) -> None:
    with server() as replica:
        assert [each.document for each in crawl(replica, since=since).captures] == documents


def test_a_quiet_day_asks_for_no_text() -> None:
    with server() as replica:
        state = crawl(replica).state
        replica.asked.clear()
        run = crawl(replica, state)
        assert not [asked for asked in replica.asked if "law_data" in asked.path]
    assert run.captures == []
    assert run.finished.counts["unchanged"] == 2


def test_future_law_comes_when_it_is_promulgated_and_again_when_it_is_in_force_and_then_no_more() -> None:
    with server() as replica:
        state = crawl(replica).state
        replica.today = PROMULGATED
        promulgated = crawl(replica, state)
        replica.today = PROMULGATED + timedelta(days=1)
        quiet = crawl(replica, promulgated.state)
        replica.today = FORCE
        in_force = crawl(replica, quiet.state)
        after = crawl(replica, in_force.state)
    assert promulgated.named() == {AHEAD: [FORCE.isoformat()]}
    assert states(promulgated.captures[0]) == ["future"]
    assert quiet.captures == []
    assert in_force.named() == {AHEAD: [FORCE.isoformat()]}
    assert states(in_force.captures[0]) == []
    assert after.captures == []


def test_the_same_revision_with_another_body_is_taken_again() -> None:
    with server() as replica:
        state = crawl(replica).state
        corrected = law(
            NUMBER,
            "この政令は、見本の輸出に適用する。",
            "質量が九キログラムを超えるものは、許可を受けなければならない。",
            "届出を要しない。",
        )
        revisions = egov(replica).revisions
        revisions[1] = replace(revisions[1], updated=date(2026, 3, 5), corrected=corrected)
        replica.today = date(2026, 3, 5)
        run = crawl(replica, state)
    assert run.named() == {NOW: ["2026-01-05"]}
    assert "九キログラム" in run.captures[0].body.decode()


def test_revisions_are_counted_by_the_day_of_their_force_and_future_ones_too() -> None:
    with server() as replica:
        run = crawl(replica)
        replica.today = PROMULGATED
        ahead = counts("jp_egov", replica, run.state, SETTINGS)
        run = crawl(replica, run.state)
        whole = counts("jp_egov", replica, run.state, SETTINGS)
        replica.asked.clear()
        assert counts("jp_egov", replica, replace(run.state, is_fresh=True), SETTINGS) == whole
        assert replica.asked == []
    days = [date(2020, 1, 6), date(2026, 1, 5), FORCE]
    assert [(one.day, one.held, one.missing) for one in ahead] == list(
        zip(days, (1, 1, 0), ((), (), (AHEAD,)), strict=True)
    )
    assert [(one.day, one.held, one.missing) for one in whole] == [(day, 1, ()) for day in days]


def test_two_revisions_of_one_day_leave_the_text_of_the_last() -> None:
    with server() as replica:
        revisions = egov(replica).revisions
        revisions.insert(2, replace(revisions[1], act=9, law=law(NUMBER, "一", "二", "三")))
        run = crawl(replica)
        again = crawl(replica, run.state)
    assert [each.document[-1] for each in run.captures] == ["9", "1"]
    assert again.captures == []


def test_an_empty_answer_is_never_the_law() -> None:
    empty = '<?xml version="1.0"?><law_data_response><revision_info><law_revision_id>%s</law_revision_id></revision_info>%s</law_data_response>'
    frame = f"<law_full_text><Law><LawNum>{NUMBER}</LawNum><LawBody><MainProvision/></LawBody></Law></law_full_text>"
    bodies = {
        "nothing": (b"{}", "application/json", "UnexpectedContentType"),
        "no text": ((empty % (NOW, "<law_full_text/>")).encode(), "application/xml", "EmptyDocument"),
        "a frame": ((empty % (NOW, frame)).encode(), "application/xml", "EmptyDocument"),
        "another": ((empty % (OLD, frame)).encode(), "application/xml", "WrongDocument"),
    }
    for name, (body, media_type, kind) in bodies.items():
        with server() as replica:
            service = egov(replica)
            true = service.answer
            reply = Reply(body=body, media_type=media_type)
            service.answer = lambda path, *rest, true=true, reply=reply: (
                reply if NOW in path else true(path, *rest)
            )  # type: ignore[method-assign]
            run = crawl(replica, since="current")
        assert run.captures == [], name
        assert kind in run.kinds(), (name, run.kinds())


def test_a_law_with_a_fifth_of_its_articles_comes_with_doubts() -> None:
    whole = law(NUMBER, *"一二三四五六七八九")
    cut = whole[: whole.index('<Article Num="2">')] + whole[whole.index('<Article Num="9">') :]
    with server() as replica:
        egov(replica).revisions[1] = replace(egov(replica).revisions[1], law=cut)
        run = crawl(replica, since="current")
    assert run.captures[0].meta["doubts"] == [
        "the law prints 2 articles, and before 1 of them others are missing by their numbers"
    ]


def test_a_list_without_revisions_that_are_held_is_refused() -> None:
    with server() as replica:
        state = crawl(replica).state
        del egov(replica).revisions[0]
        run = crawl(replica, state)
    assert run.finished.outcome == "incomplete"
    assert "lacks 1 that are held" in run.finished.reason


def test_a_revision_of_the_daily_list_that_the_law_lacks_is_a_gap() -> None:
    with server() as replica:
        replica.today = PROMULGATED
        service = egov(replica)
        revision, true = service.revisions[2], service.answer

        def answer(path: str, *rest: object) -> Reply:
            service.revisions[2:] = [revision] if "updatelawlists" in path else []
            return true(path, *rest)  # type: ignore[arg-type]

        service.answer = answer  # type: ignore[method-assign]
        run = crawl(replica)
    assert run.finished.outcome == "incomplete"
    assert "in force on 2026-06-01, which its list of revisions lacks" in run.finished.reason


def test_a_law_that_the_database_does_not_have_is_passed_over_until_it_is_held() -> None:
    with server() as replica:
        run = crawl(replica, laws=[LAW_ID, "507AC0000000053"])
        assert run.finished.outcome == "complete", run.finished.reason
        egov(replica).revisions.clear()
        gone = crawl(replica, run.state)
    assert gone.finished.outcome == "incomplete"


KINDS = {
    "wall_200": "ChallengePage",
    "waf_202": "WafChallenge",
    "rate_429": "RateLimited",
    "server_503": "ServerError",
    "truncated_gzip": "Truncated",
    "wrong_type": "UnexpectedContentType",
    "empty_200": "EmptyDocument",
    "maintenance_200": "Maintenance",
    "redirect_away": "RedirectedAway",
    "bad_charset": "UnexpectedContentType",
    "bad_bytes": "UnexpectedContentType",
}


@pytest.mark.parametrize("match", ["law_revisions", "law_data"])
def test_every_wall_is_refused_by_its_name_and_leaves_nothing_behind(match: str) -> None:
    with server() as replica:
        for fault, kind in KINDS.items():
            replica.faults = [Fault(fault, match=match)]
            run = crawl(replica)
            assert run.captures == [], fault
            assert kind in run.kinds(), (fault, run.kinds())
