"""Where people work on pages in tests: a house with a proxy that says who asks, so that each person has a browser of their own, and a way to fill forms in."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import html5lib
import httpx
import pytest
from datasette.app import Datasette

from tests.tocsin.review.house import WEEK
from tests.tocsin.web.browser import PROXY_SECRET, Browser, environment, served, settle_house, write_config
from tocsin.config import Config

__all__ = ["WEEK", "Desk", "Form", "opened"]
PROXY = '[web.proxy]\nsecret = "env:PROXY"\n'


@dataclass(frozen=True)
class Form:
    """A form of a page, with what stands in its fields."""

    action: str
    fields: dict[str, str]
    buttons: tuple[tuple[str, str, str], ...]


class Desk:
    """The pages of a house, with a browser for each person."""

    def __init__(self, datasette: Datasette) -> None:
        self.datasette = datasette
        self._browsers: dict[str, Browser] = {}

    @property
    def config(self) -> Config:
        config = self.datasette.tocsin_site.config
        assert isinstance(config, Config)
        return config

    def of(self, person: str) -> Browser:
        """The browser of a person."""
        if person not in self._browsers:
            self._browsers[person] = Browser(
                self.datasette, X_Remote_User=person, X_Proxy_Secret=PROXY_SECRET
            )
        return self._browsers[person]

    def read(self, person: str, path: str, **headers: str) -> str:
        """A page that answers."""
        answer = self.of(person).get(path, headers=headers or None)
        assert answer.status_code == 200, (path, answer.status_code, answer.text[:400])
        return answer.text

    def fill(self, person: str, page: str, action: str, /, **said: str) -> httpx.Response:
        """Send a form of a page, with what stands in it and what the person puts in."""
        shown = forms(self.read(person, page))
        found = [one for one in shown if one.action == action]
        assert found, f"{page} shows {person} no form for {action}: {[one.action for one in shown]}"
        fields = {name: value for name, value in found[0].fields.items() if name != "csrftoken"}
        return self.of(person).send(action, {**fields, **said})

    def follow(self, person: str, answer: httpx.Response) -> str:
        """The page on which a form that was taken leads."""
        assert answer.status_code == 303, (answer.status_code, answer.text[-2500:])
        return self.read(person, answer.headers["location"])


def forms(page: str) -> list[Form]:
    """The forms of a page that are sent by POST, with what a browser would send of each."""
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    return [_form(one) for one in tree.iter("form") if (one.get("method") or "").lower() == "post"]


def _form(element: Any) -> Form:
    fields: dict[str, str] = {}
    for one in element.iter():
        if one.tag not in ("input", "textarea", "select"):
            continue
        name, kind = one.get("name"), one.get("type")
        if kind in ("radio", "checkbox") and one.get("checked") is None or not name:
            continue
        if one.tag == "textarea":
            fields[name] = "".join(one.itertext())
        elif one.tag == "select":
            options = list(one.iter("option"))
            chosen = next((each for each in options if each.get("selected") is not None), options[0])
            fields[name] = chosen.get("value", "".join(chosen.itertext()))
        else:
            fields[name] = one.get("value") or ""
    buttons = tuple(
        (one.get("name") or "", one.get("value") or "", "".join(one.itertext()).strip())
        for one in element.iter("button")
    )
    return Form(element.get("action"), fields, buttons)


def settled(folder: Path) -> Path:
    """A house with a proxy, and a draft of its week."""
    house = settle_house(folder)
    write_config(house, PROXY, passwords=False)
    return house


def opened(house: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A copy of a house with its pages, for a fixture to yield from."""
    for name, value in environment().items():
        monkeypatch.setenv(name, value)
    shutil.copytree(house, folder / "tocsin")
    for datasette in served(folder / "tocsin"):
        yield Desk(datasette)
