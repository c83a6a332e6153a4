"""What axe-core finds on every page, light and dark, narrow and wide: nothing serious and nothing critical."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Page

from tests.browser.addresses import addresses, covered, routes
from tests.browser.conftest import Opened
from tests.browser.site import Served

GRAVE = ("serious", "critical")
# The rules of WCAG 2.2 to level AA, and what axe calls best practice; those that need the whole page in sight look at what is in it anyway.
EVERYTHING = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
SEEN = {"runOnly": ["color-contrast", "target-size", "scrollable-region-focusable", "link-in-text-block"], "resultTypes": ["violations"]}  # fmt: skip

VIEWS = ((1280, "light", EVERYTHING), (360, "dark", SEEN), (1280, "dark", SEEN), (360, "light", SEEN))
AXE = AXE_FILE_PATH.read_text(encoding="utf-8")


def grave(page: Page, options: dict[str, Any]) -> list[str]:
    """The violations of the page as it stands: impact, rule, and the first places. axe is put into a page once."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate("options => axe.run(options).then(told => told.violations)", options)
    return [
        f"{one['impact']} {one['id']}: {[node['html'][:160] for node in one['nodes'][:3]]}"
        for one in found
        if one["impact"] in GRAVE
    ]


@pytest.fixture(scope="module")
def page(opened: Opened) -> Page:
    return opened("olga", scripts=True)


def test_no_page_has_a_serious_violation(page: Page, house: Served) -> None:
    assert house.config is not None
    wrong: list[tuple[str, str, list[str]]] = []
    patterns: set[str] = set()
    for path in addresses(house.config):
        page.goto(path)
        pattern = next((one for one in routes() if covered(one, (path,))), path)
        # Colours do not follow the width: the other two views are looked at on one page of each sort.
        views = VIEWS[:2] if pattern in patterns else VIEWS
        patterns.add(pattern)
        for width, theme, options in views:
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
            if found := grave(page, options):
                wrong.append((path, f"{width} {theme}", found))
    assert wrong == []


@pytest.mark.parametrize(
    ("planted", "rule"),
    [
        ('<img src="/x.png">', "image-alt"),
        ('<p style="color:#bbb;background:#fff">words that can hardly be read</p>', "color-contrast"),
        ("<input name=q>", "label"),
        ('<a href="/x"></a>', "link-name"),
        ('<a href="/a" style="display:inline-block;width:9px;height:9px">a</a><a href="/b" style="display:inline-block;width:9px;height:9px">b</a>', "target-size"),
    ],
)  # fmt: skip
def test_axe_finds_what_is_planted(page: Page, planted: str, rule: str) -> None:
    page.goto("/works")
    page.emulate_media(color_scheme="light")
    assert grave(page, EVERYTHING) == []
    page.evaluate("html => { document.querySelector('main').insertAdjacentHTML('beforeend', html) }", planted)
    assert any(f" {rule}:" in one for one in grave(page, EVERYTHING))
