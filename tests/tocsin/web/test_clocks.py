"""Law as it stood on a day, as known at an instant: what a page shows is what the archive says, and old addresses still answer."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, time, timedelta

import pytest

from archive import editions
from archive.store import Archive
from tests.tocsin.web.conftest import Get
from tests.tocsin.web.site import CHIPS, FUTURE, JAPANESE, MOVED
from tocsin.config import Config
from tocsin.web import links

DAYS = (None, "2030-12-31", "2031-01-01", "2031-01-31", "2031-02-01", "2033-06-18")
KNOWN = (
    None,
    "2031-01-01",
    "2031-01-02",
    "2031-02-01",
    "2031-02-02",
    "2031-02-02T08:59:59Z",
    "2031-02-02T09:00:00Z",
)


def instant(said: str | None) -> datetime | None:
    if said is None or "T" in said:
        return datetime.fromisoformat(said) if said else None
    return datetime.combine(date.fromisoformat(said) + timedelta(days=1), time(), UTC) - timedelta(
        microseconds=1
    )


@pytest.mark.parametrize("work", [CHIPS, MOVED, FUTURE, JAPANESE])
def test_a_page_shows_what_the_archive_knew_then(get: Get, config: Config, work: str) -> None:
    today = date(2031, 2, 10)
    with Archive.open(config.archive, read_only=True) as archive:
        for on, known in itertools.product(DAYS, KNOWN):
            day = date.fromisoformat(on) if on else today
            whole = editions.expression(archive, work, on=day, known=instant(known))
            answer = get(links.with_query(f"/{work}.json", {"on": on, "known": known}))
            if whole is None:
                assert answer.status_code == 404 or on is None, (on, known)
                continue
            told = answer.json()
            assert told["edition"]["as_of"] == whole.as_of.isoformat()
            assert [(one["eid"], one["text"]) for one in told["provisions"]] == [
                (one.eid, one.text) for one in whole.walk()
            ]
            for one in whole.walk():
                part = get(links.work(work, one.eid, on=on, known=known)).text
                assert f"Edition of {whole.as_of}" in part


def test_a_day_without_anything_known_says_what_is_held(get: Get) -> None:
    page = get(links.work(CHIPS, on="2030-01-01"))
    assert page.status_code == 404
    assert "The oldest edition held is of 2031-01-01" in page.text
    assert "the first was known at 2031-01-02 09:00 UTC" in page.text


def test_a_correction_hides_nothing_that_was_known_before(get: Get) -> None:
    before = get(links.work(CHIPS, "3A090.a", on="2031-02-05", known="2031-02-01")).text
    after = get(links.work(CHIPS, "3A090.a", on="2031-02-05")).text
    assert ("4800 or more" in before, "2400 or more" in before.split("Timeline")[0]) == (True, False)
    assert "2400 or more" in after


def test_without_a_day_it_is_todays_law_and_the_law_to_come_is_told(get: Get) -> None:
    page = get(links.work(FUTURE)).text
    assert "Now." in page
    assert "Later." not in page
    assert "the text from 2033-06-18 on" in page
    assert "Later." in get(links.work(FUTURE, on="2033-06-18")).text


def test_the_address_of_what_was_renumbered_leads_to_where_it_went(get: Get) -> None:
    old, new = get(links.work(MOVED, "798.1")), get(links.work(MOVED, "798.2"))
    assert old.status_code == new.status_code == 200
    assert f'href="{links.work(MOVED, "798.2")}"' in old.text
    assert "From the edition of 2031-02-01 on what stood here stands at" in old.text
    assert "Until the edition of 2031-02-01 this stood at" in new.text
    assert "The same words" in get(links.work(MOVED, "798.1", on="2031-01-05")).text


def test_the_timeline_compares_any_two_editions(get: Get) -> None:
    page = get(links.with_query(f"/{CHIPS}/3A090", {"from": "2031-01-01", "to": "2031-02-01"})).text
    assert "<del>4800</del>" in page
    assert "<ins>2400</ins>" in page
    assert "<ins>c. Thailand, &lt;b&gt;bold&lt;/b&gt;</ins>" in page
    assert "2 editions in which its text differs" in page
    same = get(links.with_query(f"/{CHIPS}/3A090.b", {"from": "2031-01-01", "to": "2031-02-01"})).text
    assert "The two read the same." in same


def test_who_watches_a_provision_is_decided_as_alerts_are(get: Get) -> None:
    chips, thai = (
        get(links.work(CHIPS, eid)).text.split('id="watched"')[1] for eid in ("3A090.a", "3A090.c")
    )
    assert "/watch/chips" in chips
    assert "/watch/slash" not in chips
    assert "/watch/slash" in thai
    assert "No watch in force asks" in get(links.work(MOVED, "798.9")).text
