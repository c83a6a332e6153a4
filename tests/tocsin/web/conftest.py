"""One site for all tests of pages, and a way to ask it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from datasette.app import Datasette

from tests.tocsin.web.browser import as_read, environment, served, settle_house
from tests.tocsin.web.site import build
from tocsin.config import Config

Get = Callable[..., httpx.Response]


@pytest.fixture(scope="session")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    return build(tmp_path_factory.mktemp("pages") / "tocsin")


@pytest.fixture(scope="session")
def get(config: Config) -> Iterator[Get]:
    """``get(path)`` as a reader's browser would; other methods by ``method=``."""
    from tocsin.web.server import application

    datasette = application(config.archive, config)

    def ask(path: str, method: str = "GET", **more: Any) -> httpx.Response:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("TOCSIN_HOSTS", '{"www.ecfr.gov": "http://127.0.0.1:1"}')
            patch.setenv("TOCSIN_NOW", "2031-02-10T09:00:00Z")
            answer: httpx.Response = asyncio.run(datasette.client.request(method, path, **more))
        return as_read(answer)

    yield ask
    for database in datasette.databases.values():
        database.close() if hasattr(database, "close") else None


@pytest.fixture(scope="session")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house with accounts, of which each test takes a copy."""
    return settle_house(tmp_path_factory.mktemp("accounts") / "tocsin")


@pytest.fixture
def house(settled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The copy of one test, and the environment that it is run in."""
    for name, value in environment().items():
        monkeypatch.setenv(name, value)
    shutil.copytree(settled, tmp_path / "tocsin")
    return tmp_path / "tocsin"


@pytest.fixture
def site(house: Path) -> Iterator[Datasette]:
    """The server of that house."""
    yield from served(house)
