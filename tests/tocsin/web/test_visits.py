"""Today shows each reader what is new to them, for as long as they look, and misses nothing that was written in between."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from datasette.app import Datasette

from tests.tocsin.program import Installation
from tests.tocsin.review.house import ingest
from tests.tocsin.web.browser import Browser, environment, served, write_config

NEW = re.compile(r"2026-\d\d-\d\d → edition of (2026-\d\d-\d\d)")


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    return lambda instant: monkeypatch.setenv("TOCSIN_NOW", f"2026-{instant}:00+00:00")


def seen(browser: Browser) -> list[str]:
    """The editions that Today shows."""
    page = browser.get("/")
    assert page.status_code == 200
    return NEW.findall(page.text)


def arrives(site: Datasette, day: str, limit: str) -> None:
    ingest(Installation(site.tocsin_site.folder.parent, environment()), day, limit)


@pytest.mark.parametrize("person", ["rita", ""])
def test_a_reader_sees_what_came_since_the_visit_before(house: Path, now, person: str) -> None:  # type: ignore[no-untyped-def]
    write_config(house, passwords=bool(person))
    for site in served(house):
        browser = Browser(site)
        now("02-10T09:00")
        if person:
            browser.sign_in(person)
        assert seen(browser) == ["2026-02-02"], "a first visit shows the last weeks"
        arrives(site, "2026-02-11", "1200")
        arrives(site, "2026-02-12", "600")
        now("02-13T09:00")
        if person:
            browser.sign_in(person)
        for hour in ("09:00", "09:20", "13:00", "16:59"):
            now(f"02-13T{hour}")
            assert seen(browser) == ["2026-02-12", "2026-02-11"], "loading it again loses nothing"
        arrives(site, "2026-02-13", "300")
        now("02-13T18:00")
        assert seen(browser) == ["2026-02-13", "2026-02-12", "2026-02-11"], (
            "what comes while they look is there as well"
        )
        now("02-13T22:30")
        if person:
            browser.sign_in(person)
        page = browser.get("/")
        assert "since your last visit" in page.text
        assert "2026-02-13 18:00" in page.text
        assert NEW.findall(page.text) == []
        assert NEW.findall(browser.get("/?since=2026-01-01").text) == [
            "2026-02-13",
            "2026-02-12",
            "2026-02-11",
            "2026-02-02",
        ]


def test_a_change_that_is_written_after_it_was_observed_is_not_missed(site: Datasette, now) -> None:  # type: ignore[no-untyped-def]
    """A crawl takes hours: what it observed at nine may be written at noon, after somebody looked at ten."""
    browser = Browser(site)
    now("02-10T10:00")
    browser.sign_in("rita")
    assert seen(browser) == ["2026-02-02"]
    arrives(site, "2026-02-09", "1200")  # observed at noon of the day before
    now("02-11T10:00")
    browser.sign_in("rita")
    assert seen(browser) == ["2026-02-09"]


def test_each_person_has_visits_of_their_own_on_any_browser(site: Datasette, now) -> None:  # type: ignore[no-untyped-def]
    now("02-10T09:00")
    for name in ("rita", "rob"):
        browser = Browser(site)
        browser.sign_in(name)
        assert seen(browser) == ["2026-02-02"]
        assert "tocsin_visit" not in browser.cookies
    now("02-11T09:00")
    browser = Browser(site)
    browser.sign_in("rita")
    assert seen(browser) == []


def test_programs_and_days_that_are_named_are_no_visits(site: Datasette, now) -> None:  # type: ignore[no-untyped-def]
    browser = Browser(site)
    now("02-10T09:00")
    browser.sign_in("rita")
    for path in ("/today.json", "/?_format=json", "/?since=2026-01-01", "/today?since=2026-02-01"):
        assert browser.get(path).status_code == 200
    now("02-10T20:00")
    assert seen(browser) == ["2026-02-02"]


@pytest.mark.parametrize("cookie", ["x", "W10.x", "é", "WyIiLDAsIiIsMF0.AAAA"])
def test_a_visit_that_we_did_not_write_is_none(house: Path, cookie: str) -> None:
    write_config(house, passwords=False)
    for site in served(house):
        browser = Browser(site)
        signed = [site.sign(said, "visit") for said in ([], ["x", 1, "y", 2], {"a": 1}, ["", "9", "", 1])]
        for value in (cookie, *signed, site.sign(["", 0, "2026-02-10T09:00:00.000000Z", 1], "other")):
            browser.cookies = {"tocsin_visit": value}
            assert seen(browser) == ["2026-02-02"]
        assert {"HttpOnly", "SameSite=lax"} <= set(Browser(site).get("/").headers["set-cookie"].split("; "))
