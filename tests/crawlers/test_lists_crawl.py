"""The screening lists: brought when they moved, refused when they are torn, and with their doubts when much of them is gone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from crawlers.job import State
from tests.crawlers.crawling import Crawled, crawled, visited
from tests.replica.faults import Fault
from tests.replica.lists import Lists, csl, delta, dpl, sdn
from tests.replica.server import Replica

DAY = date(2026, 1, 5)
NEXT = DAY + timedelta(days=1)
SIZES = {"EL": 60, "DPL": 30, "UVL": 12, "SDN": 90, "ISN": 9, "DTC": 8}
SETTINGS: dict[str, dict[str, Any]] = {
    "us_csl": {"floor": 150},
    "us_bis_dpl": {"floor": 30},
    "us_ofac_sdn": {"floor": 80},
}
URLS = {"us_csl": "consolidated.csv", "us_bis_dpl": "dpl.txt", "us_ofac_sdn": "exports/SDN.XML"}


def parties(**sizes: int) -> dict[str, list[str]]:
    """Invented parties: so many on each list."""
    return {
        short: [f"{short} Party {n}" for n in range(size)]
        for short, size in {**SIZES, **sizes}.items()
        if size
    }


def server(today: date = DAY) -> Replica:
    """The three lists: first, and with one party more on the next day."""
    return Replica(
        today=today,
        lists=Lists(
            csl={DAY: csl(parties()), NEXT: csl(parties(EL=61))},
            dpl={DAY: dpl(parties()["DPL"]), NEXT: dpl([*parties()["DPL"], "NEW PARTY"])},
            sdn={
                DAY: sdn(dict(enumerate(parties()["SDN"])), DAY),
                NEXT: sdn(dict(enumerate([*parties()["SDN"], "New Party"])), NEXT),
            },
            changes={501: (NEXT, delta(NEXT, added=[90], other=[7000]))},
        ),
    )


def crawl(replica: Replica, source: str, state: State | None = None, **settings: Any) -> Crawled:
    return visited(source, replica.hosts, replica.today, state, **{**SETTINGS[source], **settings})


@pytest.mark.parametrize("source", SETTINGS)
def test_a_list_is_brought_once_and_again_when_it_moved(source: str) -> None:
    with server() as replica:
        first = crawled(source, replica.hosts, DAY, **SETTINGS[source])
        again = crawl(replica, source, first.state)
        replica.today = NEXT
        after = crawl(replica, source, again.state)
    assert first.finished.outcome == "complete", first.finished.reason
    assert [each.as_of for each in first.captures] == [DAY]
    assert "doubts" not in first.captures[0].meta
    assert again.captures == []
    assert again.finished.counts["unchanged"] == 1
    assert [each.as_of for each in after.captures] == [NEXT]
    assert "doubts" not in after.captures[0].meta
    assert after.captures[0].body != first.captures[0].body


@pytest.mark.parametrize("source", ["us_csl", "us_ofac_sdn"])
def test_a_host_that_dates_its_list_is_asked_whether_it_moved(source: str) -> None:
    with server() as replica:
        first = crawl(replica, source)
        replica.asked.clear()
        crawl(replica, source, first.state)
    assert [asked.status for asked in replica.asked][-1] == 304


def test_the_sdn_list_comes_from_the_store_that_its_service_sends_to_and_from_nowhere_else() -> None:
    with server() as replica:
        assert crawl(replica, "us_ofac_sdn").named() == {"sdn": [DAY.isoformat()]}
        replica.faults = [Fault("redirect_away", match="download")]
        run = crawl(replica, "us_ofac_sdn")
    assert run.captures == []
    assert "RedirectedAway" in run.finished.reason


@pytest.mark.parametrize(
    ("sizes", "doubt"),
    [
        ({"SDN": 0}, "the list lacks (SDN)"),
        ({"EL": 10}, "(EL) - Bureau of Industry and Security went from 60 to 10"),
        ({"ISN": 2}, "(ISN) - State Department went from 9 to 2"),
        ({"SDN": 1, "EL": 1, "DPL": 1}, "a whole one has 150 or more"),
    ],
)
def test_a_list_that_lost_much_comes_with_doubts(sizes: dict[str, int], doubt: str) -> None:
    with server() as replica:
        first = crawl(replica, "us_csl")
        replica.lists.csl[NEXT] = csl(parties(**sizes))
        replica.today = NEXT
        run = crawl(replica, "us_csl", first.state)
    (capture,) = run.captures
    assert any(doubt in said for said in capture.meta["doubts"]), capture.meta  # type: ignore[attr-defined]


def test_a_list_of_other_parties_comes_with_doubts_though_it_is_as_long() -> None:
    with server() as replica:
        first = crawl(replica, "us_bis_dpl")
        replica.lists.dpl[NEXT] = dpl([f"STRANGER {n}" for n in range(31)])
        replica.today = NEXT
        run = crawl(replica, "us_bis_dpl", first.state)
    assert "only 0 of 30 entries" in run.captures[0].meta["doubts"][0]  # type: ignore[index]


def test_some_delistings_of_a_day_raise_no_doubt() -> None:
    with server() as replica:
        first = crawl(replica, "us_csl")
        replica.lists.csl[NEXT] = csl(parties(EL=56, ISN=5, SDN=84))
        replica.today = NEXT
        run = crawl(replica, "us_csl", first.state)
    assert "doubts" not in run.captures[0].meta


def test_a_cut_list_is_doubted_on_a_first_run_too() -> None:
    with server() as replica:
        run = crawl(replica, "us_csl", floor=10_000)
    assert "10,000 or more" in run.captures[0].meta["doubts"][0]  # type: ignore[index]


@pytest.mark.parametrize("source", SETTINGS)
def test_an_older_copy_is_no_news(source: str) -> None:
    with server(NEXT) as replica:
        first = crawl(replica, source)
        replica.today = DAY
        run = visited(source, replica.hosts, NEXT, first.state, **SETTINGS[source])
    if source == "us_bis_dpl":  # its host does not date it
        assert [each.as_of for each in run.captures] == [NEXT]
    else:
        assert run.captures == []
        assert "an older copy" in run.finished.reason


@pytest.mark.parametrize("source", SETTINGS)
def test_a_torn_list_is_refused_or_comes_with_that_doubt(source: str) -> None:
    with server() as replica:
        lists = replica.lists
        editions = {"us_csl": lists.csl, "us_bis_dpl": lists.dpl, "us_ofac_sdn": lists.sdn}[source]
        body = editions[DAY]
        for cut in (len(body) * 2 // 3, len(body) - 3):
            editions[DAY] = body[:cut]
            run = crawl(replica, source)
            if source == "us_ofac_sdn":
                assert run.captures == []
                assert "Truncated" in run.kinds()
            else:
                assert "the list is torn" in run.captures[0].meta["doubts"][0]  # type: ignore[index]
            replica.faults = [Fault("truncated_gzip", match=URLS[source])]
            assert crawl(replica, source).captures == []
            replica.faults = []


def test_sdn_that_does_not_count_its_entries_right_is_refused() -> None:
    with server() as replica:
        replica.lists.sdn[DAY] = sdn({1: "One"}, DAY, count=2)
        run = crawl(replica, "us_ofac_sdn")
    assert run.captures == []
    assert run.kinds() >= {"SuspiciousShrink"}


def test_lists_without_their_columns_or_entries_are_refused() -> None:
    with server() as replica:
        replica.lists.csl[DAY] = b"name,source\nA,B\n"
        replica.lists.dpl[DAY] = dpl([])
        assert crawl(replica, "us_csl").kinds() == {"UnexpectedContentType"}
        assert crawl(replica, "us_bis_dpl").kinds() == {"EmptyDocument"}


KINDS = {
    "wall_200": "ChallengePage",
    "waf_202": "WafChallenge",
    "captcha_403": "ChallengePage",
    "rate_429": "RateLimited",
    "server_503": "ServerError",
    "truncated_gzip": "Truncated",
    "wrong_type": "UnexpectedContentType",
    "empty_200": "EmptyDocument",
    "maintenance_200": "Maintenance",
    "redirect_loop": "RedirectedAway",
    "redirect_away": "RedirectedAway",
    "bad_charset": "UnexpectedContentType",
    "bad_bytes": "UnexpectedContentType",
}


@pytest.mark.parametrize("source", SETTINGS)
def test_every_wall_before_a_list_is_refused_by_its_name(source: str) -> None:
    with server() as replica:
        for fault, kind in KINDS.items():
            replica.faults = [Fault(fault, match=URLS[source])]
            run = visited(source, replica.hosts, DAY, **SETTINGS[source])
            assert run.captures == [], fault
            assert kind in run.kinds(), (fault, run.kinds())


@pytest.mark.parametrize("source", SETTINGS)
def test_a_list_with_a_fifth_of_its_entries_is_refused_or_doubted(source: str) -> None:
    with server() as replica:
        replica.faults = [Fault("shrunk", match=URLS[source])]
        run = crawl(replica, source)
    assert all(each.meta.get("doubts") for each in run.captures)
    assert run.captures or run.kinds() >= {"SuspiciousShrink"}


def test_a_list_that_was_not_seen_for_years_may_have_lost_more_than_one_of_yesterday() -> None:
    later = DAY + timedelta(days=3 * 365)
    half = dpl([*parties()["DPL"][:15], *(f"NEW PARTY {n}" for n in range(20))])
    found = []
    for day in (NEXT, later):
        with server() as replica:
            first = crawl(replica, "us_bis_dpl")
            replica.lists.dpl = {DAY: replica.lists.dpl[DAY], day: half}
            replica.today = day
            found.append("doubts" in crawl(replica, "us_bis_dpl", first.state).captures[0].meta)
    assert found == [True, False]
