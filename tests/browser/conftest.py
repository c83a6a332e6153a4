"""A browser and a house for each file of tests. Both end with the file: while Playwright is there, no other test of the same process could run an event loop."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.site import PATIENCE, Served, password, served

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

Opened = Callable[..., Page]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine: what people see is looked at by one")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def house(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The server, on an archive of this file's own."""
    with served(tmp_path_factory.mktemp("house") / "tocsin") as house:
        yield house


@pytest.fixture(scope="module")
def opened(chromium: Browser, house: Served) -> Iterator[Opened]:
    """``opened("rita")``: a window of a reader's own, who has signed in (nobody by default); scripts are off unless they are asked for."""
    contexts: list[BrowserContext] = []

    def window(name: str = "", *, scripts: bool = False, width: int = 1280, theme: str = "light") -> Page:
        context = chromium.new_context(
            base_url=house.address,
            viewport={"width": width, "height": 800},
            color_scheme="dark" if theme == "dark" else "light",
            locale="en-US",
            java_script_enabled=scripts,
            bypass_csp=scripts,  # our pages let no script in, and those that measure them are scripts
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE * 1000)
        contexts.append(context)
        page = context.new_page()
        if name:
            sign_in(page, name)
        return page

    yield window
    for context in contexts:
        context.close()


def sign_in(page: Page, name: str) -> None:
    """As people do it, on the page for it."""
    page.goto("/sign-in")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password(name))
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
