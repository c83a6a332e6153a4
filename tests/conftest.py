"""What every test relies on: nothing outside of its temporary folders is written, and the examples of a law are the same in every run.

``make laws`` tries the laws on other examples each time.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from hypothesis import settings

settings.register_profile("repeatable", derandomize=True)
settings.register_profile("fresh", derandomize=False)
settings.load_profile("repeatable")


@pytest.fixture(autouse=True, scope="session")
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The budgets of hosts, which all crawls of a user share, are the tests' own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def log_given_back() -> Iterator[None]:
    """What a command that goes on sets up for the log of its process ends with the test, and is nothing that the next one meets."""
    from tocsin.service import logs

    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    logs.turn_off()
    root.handlers = handlers
    root.setLevel(level)
