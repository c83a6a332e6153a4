"""Every page in a browser: nothing stands outside of a narrow window, every control can be hit by a finger and reached by the keyboard, and nothing is heavy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.addresses import addresses, covered, routes, status
from tests.browser.conftest import Opened
from tests.browser.site import Served

LARGEST = 300_000
NARROW = (320, 360)
MEASURING = Path(__file__).with_name("measuring.js").read_text(encoding="utf-8")
MOST_STOPS = 80


@pytest.fixture(scope="module")
def pages(house: Served) -> tuple[str, ...]:
    assert house.config is not None
    return addresses(house.config)


@pytest.fixture(scope="module")
def page(opened: Opened) -> Iterator[Page]:
    """The window of somebody who may do everything, at a desk."""
    return opened("olga", scripts=True)


def measure(page: Page, what: str) -> list[str]:
    """What the page says of itself."""
    found: list[str] = page.evaluate(f"() => ({MEASURING.strip()}).{what}()")
    return found


def test_no_page_of_the_code_is_forgotten(pages: tuple[str, ...]) -> None:
    patterns = list(routes())
    assert len(patterns) >= 24
    assert [one for one in patterns if not covered(one, pages)] == []


def test_in_a_narrow_window_nothing_stands_outside_no_day_is_broken_and_targets_are_large_enough(
    page: Page, pages: tuple[str, ...]
) -> None:
    wrong: list[tuple[str, str, list[str]]] = []
    for path in pages:
        page.set_viewport_size({"width": 1280, "height": 800})
        answer = page.goto(path)
        assert answer is not None
        size = len(answer.body())
        if size > LARGEST:
            wrong.append((path, "bytes", [str(size)]))
        if answer.status != status(path):
            wrong.append((path, "status", [str(answer.status)]))
        # The tables of the database are called as programs call them.
        for what in ("outside", "small", "cut", *(() if path.startswith("/archive") else ("raw",))):
            wrong += [(path, f"{what} at 1280", found)] if (found := measure(page, what)) else []
        for width in NARROW:
            page.set_viewport_size({"width": width, "height": 700})
            for what in ("outside", "small") if width == NARROW[0] else ("outside", "broken"):
                wrong += [(path, f"{what} at {width}", found)] if (found := measure(page, what)) else []
    assert wrong == []


def test_the_measures_see_what_is_wrong(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto("/works")
    page.evaluate(
        "() => { document.querySelector('main').innerHTML = '<p style=\"white-space:nowrap\">' + 'one line '.repeat(60) + '</p>"
        '<div><a href="/a" style="font-size:8px">x</a><a href="/b" style="font-size:8px">y</a></div>\' }'
    )
    assert "wide" in measure(page, "outside")[-1]
    assert len(measure(page, "small")) == 2
    page.evaluate(
        "() => { document.querySelector('main').innerHTML = '<p style=\"width:5em\">until 2031-02-05</p>' }"
    )
    assert "2031-02-05" in measure(page, "broken")
    page.evaluate(
        '() => { document.querySelector(\'main\').innerHTML = \'<table style="width:4em;table-layout:fixed"><tr><td style="overflow-wrap:anywhere">substitution</td></tr></table>'
        "<p>us_ecfr, seen 2031-02-05T09:00:00Z: &gt;= 4800, 3A090.controls, supp-4.xx.3</p><p class=path>us_ecfr</p>' }"
    )
    assert measure(page, "cut") == ["substitution"]
    assert measure(page, "raw") == ["us_ecfr", "2031-02-05T09:00", ">= 4", "3A090.controls", "supp-4.x"]


def test_the_keyboard_reaches_every_control_in_its_order_with_a_ring_that_is_in_sight(
    page: Page, pages: tuple[str, ...]
) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    wrong: list[tuple[str, object]] = []
    of_each_sort = {next((at for at, one in enumerate(routes()) if covered(one, (path,))), path): path for path in pages}  # fmt: skip
    for path in of_each_sort.values():
        page.goto(path)
        page.evaluate(f"() => {{ window.measure = {MEASURING.strip()}; window.measure.listen() }}")
        controls = page.evaluate("() => window.measure.all().length")
        wanted = min(controls, MOST_STOPS)
        # A field for a date takes several stops of its own.
        for _ in range(wanted * 5):
            page.keyboard.press("Tab")
            if page.evaluate("() => new Set(window.focused.map(one => one.place)).size") >= wanted:
                break
        stops = page.evaluate("() => window.focused")
        order = list(dict.fromkeys(one["place"] for one in stops))
        if order != sorted(order) or len(order) < wanted:
            wrong.append((path, (order, controls)))
        wrong += [(path, one["said"]) for one in stops if not one["ring"] or not one["inside"]]
    assert wrong == []


def test_the_first_stop_leads_past_the_list_of_pages(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("/works")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    assert skip.is_visible()
    box = skip.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.querySelector('main').contains(document.activeElement)")


def test_on_a_telephone_a_button_opens_the_list_of_pages_without_a_script(opened: Opened) -> None:
    page = opened("rita", width=360)
    page.goto("/works")
    pages = page.get_by_role("navigation", name="Pages")
    assert not pages.is_visible()
    page.get_by_role("button", name="Pages").click()
    pages.get_by_role("link", name="Calendar").click()
    page.wait_for_url("**/calendar")


def test_on_paper_there_are_the_texts_and_no_controls(page: Page, pages: tuple[str, ...]) -> None:
    page.set_viewport_size({"width": 700, "height": 800})
    page.emulate_media(media="print")
    try:
        for path in pages[-12:]:
            page.goto(path)
            controls = page.locator("form:visible, button:visible, nav:visible, summary:visible")
            assert controls.count() == 0, (path, controls.first.inner_text())
            assert page.get_by_role("heading", level=1).is_visible()
            assert measure(page, "outside") == [], path
    finally:
        page.emulate_media(media="screen")
