"""Of which days a counter speaks at all: a list of papers tells nothing of days before its oldest one."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest

from crawlers.events import Finished
from crawlers.families.release_settings import ReleaseList, ReleaseSettings
from crawlers.families.releases import count_releases
from crawlers.hosts import Hosts
from crawlers.job import Held, State
from crawlers.ledger import Told
from tests.crawlers.crawling import PlainVisit

FIRST, SECOND = "https://x.example/first", "https://x.example/second"
TODAY = date(2026, 5, 1)
Row = tuple[str, str, str | None]


def counted(lists: dict[str, list[Row]], held: tuple[str, ...] = ()) -> Finished:
    """The end of a count right after a crawl that saw these lists."""
    state = State(
        documents={name: Held(as_of=TODAY, sha256="") for name in held},
        memory={
            "lists": {url: {"items": [list(row) for row in rows]} for url, rows in lists.items()},
            "papers": {row[1].rpartition("/")[2]: {"url": row[1]} for rows in lists.values() for row in rows},
        },
        is_fresh=True,
    )
    visit = PlainVisit(Hosts(("x.example",), {}), TODAY, state, "us_bis")
    settings = ReleaseSettings(lists=tuple(ReleaseList(url=url, links="x") for url in lists))

    async def read() -> None:
        async for _ in count_releases(visit, settings, date(2026, 1, 1), TODAY):
            pass

    asyncio.run(read())
    return visit.told.finished()


def test_a_list_speaks_from_its_oldest_paper_on_and_of_two_lists_the_shorter_counts() -> None:
    one: list[Row] = [("A", f"{FIRST}/a", "2026-03-05"), ("B", f"{FIRST}/b", "2026-02-01")]
    other: list[Row] = [("C", f"{SECOND}/c", "2026-04-01")]
    assert counted({FIRST: one}).spoken_since == date(2026, 2, 1)
    assert counted({FIRST: one, SECOND: other}).spoken_since == date(2026, 4, 1)
    assert counted({FIRST: one}).spoken_until is None


def test_a_paper_without_a_day_that_is_not_held_may_be_of_any_day() -> None:
    rows: list[Row] = [("A", f"{FIRST}/a", "2026-03-05"), ("B", f"{FIRST}/b", None)]
    assert counted({FIRST: rows}).spoken_since == TODAY
    assert counted({FIRST: rows}, held=("b",)).spoken_since == date(2026, 3, 5)


@pytest.mark.parametrize(
    ("said", "since", "until"),
    [
        ([(None, None)], None, None),
        ([(date(2026, 1, 1), None), (date(2026, 2, 1), None)], date(2026, 2, 1), None),
        (
            [(None, date(2026, 3, 1)), (date(2026, 1, 1), date(2026, 2, 1))],
            date(2026, 1, 1),
            date(2026, 2, 1),
        ),
    ],
)
def test_what_is_said_several_times_is_the_narrowest(
    said: list[tuple[date | None, date | None]], since: date | None, until: date | None
) -> None:
    told = Told()
    for pair in said:
        told.narrow(*pair)
    assert (told.finished().spoken_since, told.finished().spoken_until) == (since, until)
