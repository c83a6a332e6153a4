"""OFAC's publications against two full lists: what they tell is believed, what they do not tell is doubted or told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import Refused
from crawlers.card import source_card
from crawlers.events import Counted
from crawlers.families.sdn_delta import (
    Delta,
    Publication,
    expected_after,
    packed,
    reconciled,
    unpacked,
)
from crawlers.hosts import Hosts
from crawlers.job import State
from tests.crawlers.crawling import Crawled, PlainVisit, visited
from tests.replica.faults import Fault
from tests.replica.lists import Lists, delta, sdn
from tests.replica.server import Replica

DAY = date(2026, 1, 5)
NEXT = DAY + timedelta(days=1)
FIRST = {uid: f"Party {uid}" for uid in range(90)}


def server(after: dict[int, str], *told: tuple[date, bytes]) -> Replica:
    """A list, another one on the next day, and the publications 501, 502 … between them."""
    return Replica(
        today=DAY,
        lists=Lists(
            sdn={DAY: sdn(FIRST, DAY), NEXT: sdn(after, NEXT)},
            changes={501 + number: one for number, one in enumerate(told)},
        ),
    )


def crawl(replica: Replica, state: State | None = None, **settings: object) -> Crawled:
    return visited("us_ofac_sdn", replica.hosts, replica.today, state, **{"floor": 20, **settings})


def second(replica: Replica, **settings: object) -> Crawled:
    """The crawl of the next day."""
    first = crawl(replica, **settings)
    replica.today = NEXT
    return crawl(replica, first.state, **settings)


def doubts(run: Crawled) -> list[str]:
    (capture,) = run.captures
    return list(capture.meta.get("doubts", ()))  # type: ignore[call-overload]


def without(*gone: int, **came: str) -> dict[int, str]:
    return {uid: name for uid, name in FIRST.items() if uid not in gone} | {
        int(k[1:]): v for k, v in came.items()
    }


def test_a_list_that_moved_as_its_publications_say_has_no_doubts() -> None:
    with server(without(3, _90="New"), (NEXT, delta(NEXT, [90], [3], other=[4]))) as replica:
        run = second(replica)
    assert run.finished.outcome == "complete", run.finished.reason
    assert doubts(run) == []
    assert run.captures[0].meta["publications"] == [501]


def test_entries_that_no_publication_took_away_hold_the_list_however_few_they_are() -> None:
    with server(without(3, 7, 8), (NEXT, delta(NEXT, removed=[3]))) as replica:
        run = second(replica)
    assert doubts(run) == ["2 entries are gone that no publication since 2026-01-05 took away: 7, 8"]


def test_a_great_delisting_that_is_published_is_believed() -> None:
    gone = tuple(range(40))
    with server(
        without(*gone), (NEXT, delta(NEXT, removed=gone[:30])), (NEXT, delta(NEXT, removed=gone[30:]))
    ) as replica:
        told = second(replica)
        replica.today = DAY
        untold = second(replica, reconcile=False)
    assert doubts(told) == []
    assert "SDN went from 90 to 50 entries" in doubts(untold)


def test_an_entry_that_came_with_no_publication_is_let_through_and_told() -> None:
    with server(without(_90="New")) as replica:
        run = second(replica)
    assert doubts(run) == []
    assert len(run.captures) == 1
    assert "1 entries that no publication since 2026-01-05 added: 90" in run.finished.reason


def test_a_publication_that_is_not_yet_in_the_list_is_no_doubt() -> None:
    with server(without(3), (NEXT, delta(NEXT, removed=[3])), (NEXT, delta(NEXT, [91], [4]))) as replica:
        run = second(replica)
        replica.today = NEXT + timedelta(days=1)
        replica.lists.sdn[replica.today] = sdn(without(3, 4, _91="Late"), replica.today)
        after = crawl(replica, run.state)
    assert doubts(run) == []
    assert doubts(after) == []
    assert after.finished.outcome == "complete"


def test_publications_of_the_first_day_may_be_in_the_first_list_already() -> None:
    with server(without(_90="New"), (DAY, delta(DAY, [5], [500])), (NEXT, delta(NEXT, [90]))) as replica:
        run = second(replica)
    assert doubts(run) == []
    assert run.finished.outcome == "complete"


@pytest.mark.parametrize(
    ("match", "fault", "kind"),
    [
        ("history", "wall_200", "ChallengePage"),
        ("history", "wrong_type", "UnexpectedContentType"),
        ("DeltaArchive", "truncated_gzip", "Truncated"),
        ("DeltaArchive", "captcha_403", "ChallengePage"),
        ("changes/501", "redirect_away", "RedirectedAway"),
        ("changes/501", "redirect_loop", "RedirectedAway"),
    ],
)
def test_publications_that_cannot_be_had_leave_the_list_as_it_was_weighed_and_the_run_incomplete(
    match: str, fault: str, kind: str
) -> None:
    with server(without(3), (NEXT, delta(NEXT, removed=[3]))) as replica:
        first = crawl(replica)
        replica.today = NEXT
        replica.faults.append(Fault(fault, match=match))
        run = crawl(replica, first.state)
        replica.faults.clear()
        healed = crawl(replica, replace(run.state, memory=first.state.memory))
    assert len(run.captures) == 1
    assert kind in run.kinds()
    assert run.finished.outcome == "incomplete"
    assert healed.finished.outcome == "complete"


@pytest.mark.parametrize(
    "body",
    [
        b'[{"publicationID": 1}]',
        b'{"rows": []}',
        b'[{"publicationID": 1, "datePublished": "2024-01-05"}]',
        b'[{"publicationID": 1, "datePublished": "2026-01-05"}, {"publicationID": 1, "datePublished": "2026-01-05"}]',
    ],
)
def test_a_history_of_another_form_is_refused(body: bytes) -> None:
    from crawlers.families.sdn_delta import accept_history
    from crawlers.visit import Answer

    answer = Answer(
        url="https://sanctionslistservice.ofac.treas.gov/changes/history/2026",
        status=200,
        body=body,
        fetched_at=PlainVisit.now(None),  # type: ignore[arg-type]
        headers={"content-type": "application/json"},
    )
    with pytest.raises(Refused) as caught:
        accept_history(answer, 2026)
    assert caught.value.kind == "WrongDocument"


def test_a_delta_of_another_day_is_refused() -> None:
    with server(without(3), (NEXT, delta(DAY, removed=[3]))) as replica:
        run = second(replica)
    assert "WrongDocument" in run.kinds()


def test_the_count_tells_what_came_and_went_and_is_not_held() -> None:
    import asyncio

    with server(without(3, _90="New"), (NEXT, delta(NEXT, [90], [3]))) as replica:
        state = crawl(replica).state
        replica.today = NEXT
        card = source_card("us_ofac_sdn")
        visit = PlainVisit(Hosts(card.hosts, replica.hosts), NEXT, state, card.id)

        async def all_of_it() -> list[Counted]:
            assert card.count is not None
            return [one async for one in card.count(visit, card.configured({"floor": 20}), DAY, NEXT)]

        before = asyncio.run(all_of_it())
        visit.state = crawl(replica, state).state
        after = asyncio.run(all_of_it())
    assert [(one.day, one.published, one.held, one.missing) for one in before if one.is_dated] == [
        (NEXT, 2, 0, ("entry 3", "entry 90"))
    ]
    assert [(one.published, one.held, one.missing) for one in after if one.is_dated] == [(2, 2, ())]


NUMBERS = st.frozensets(st.integers(0, 40).map(str), max_size=20)
STEPS = st.lists(st.tuples(NUMBERS, NUMBERS), max_size=6)


@given(NUMBERS, STEPS)
def test_publications_that_make_a_list_out_of_another_tell_exactly_their_difference(
    before: frozenset[str], steps: list[tuple[frozenset[str], frozenset[str]]]
) -> None:
    changes = [
        Delta(publication=Publication(number=number, day=NEXT), added=added - removed, removed=removed)
        for number, (added, removed) in enumerate(steps)
    ]
    after = expected_after(before, changes)
    assert reconciled(before, after, changes, NEXT + timedelta(days=1)).is_even
    found = reconciled(before, after - {"1"}, changes, NEXT + timedelta(days=1))
    assert found.gone == (("1",) if "1" in after else ())
    assert found.come == ()
    assert reconciled(before, after | {"99"}, changes, NEXT + timedelta(days=1)).come == ("99",)


@given(st.frozensets(st.integers(0, 99_999).map(str), max_size=200))
def test_the_numbers_of_a_list_come_back_from_the_memory(numbers: frozenset[str]) -> None:
    assert unpacked(packed(numbers)) == numbers


def test_a_memory_that_is_none_is_no_list() -> None:
    assert unpacked("") == unpacked(None) == unpacked("!!") == frozenset()
