"""The program as a house has it: a configuration with accounts, an archive filled through the program's own way, and the server as a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest
from datasette_auth_passwords.utils import hash_password

from archive import clock, ledger
from archive.records import Capture, Expression, Reading
from archive.store import Archive
from crawlers.card import source_cards
from tests.browser.law import history
from tests.tocsin.program import ROOT
from tocsin.config import Config, load
from tocsin.flow import Flow
from tocsin.review.drafts import draft
from tocsin.web.address import free_address

NOW = "2031-02-10T09:00:00Z"
WEEK = "2031-W06"
HOSTS = '{"www.ecfr.gov": "http://127.0.0.1:1"}'
PEOPLE = {
    "rita": ("reader",),
    "rob": ("reviewer",),
    "cora": ("counsel",),
    "ada": ("administrator",),
    "olga": ("reviewer", "counsel", "administrator"),
}
"""People with their roles; Olga may do everything."""
PATIENCE = 60
"""Seconds for a server to be there: a machine may be slow and busy."""
WATCHES = """
[[watch]]
name = "chips"
owner = "rob"
reason = "Our accelerators are classified under this entry, and the plant in Xanadu ships them."
matter = "M-1"
eccn = ["3A090"]
notify = ["file:alerts.jsonl"]

[[watch]]
name = "Thailand / 泰国 <and others>"
owner = "rita"
reason = "A name that is no address."
matter = "M-2"
countries = ["TH"]
notify = ["file:alerts.jsonl"]
"""


def password(name: str) -> str:
    """The password of a person."""
    return f"the long password of {name}"


def build(folder: Path, address: str, *, accounts: bool = True) -> Config:
    """The configuration with its watches, and its archive."""
    (folder / "watches").mkdir(parents=True)
    (folder / "watches" / "desk.toml").write_text(WATCHES, encoding="utf-8")
    (folder / "tocsin.toml").write_text(_configuration(address, accounts), encoding="utf-8")
    config = load(folder / "tocsin.toml", known_sources=tuple(source_cards()), environment={})
    Archive.create(config.archive).close()
    with pytest.MonkeyPatch.context() as patch, Archive.open(config.archive) as archive:
        patch.setenv("TOCSIN_HOSTS", HOSTS)
        for now, source, expression in history():
            patch.setenv("TOCSIN_NOW", now)
            flow = Flow(config, archive)
            flow.ingest([(_capture(expression, source), Reading(expressions=(expression,)))], sure=True)
            flow.tell()
        _a_bad_night(archive)
        patch.setenv("TOCSIN_NOW", NOW)
        draft(archive, config, WEEK, at=clock.now())
    return config


def _configuration(address: str, accounts: bool) -> str:
    people = [
        f'[people.{name}]\naddress = "{name}@example.org"\nroles = {json.dumps(roles)}\n'
        # Few rounds: how long a password takes is not what these tests are about.
        + (f'password = "{hash_password(password(name), iterations=50)}"\n' if accounts else "")
        for name, roles in PEOPLE.items()
    ]
    return f'[web]\naddress = "{address}"\n\n' + "\n".join(people)


def _capture(expression: Expression, source: str) -> Capture:
    return Capture(
        source=source,
        document=expression.work,
        url="https://example.org/" + expression.work,
        body=repr(expression).encode(),
        as_of=expression.as_of,
        fetched_at=datetime(2031, 1, 1, tzinfo=UTC),
        media_type="text/xml",
    )


def _a_bad_night(archive: Archive) -> None:
    """Runs that did not get through, with a reason that has no end."""
    for hour in (1, 2, 3):
        at = datetime(2031, 2, 9, hour, tzinfo=UTC)
        run = ledger.start_run(archive, "eu_ai_act", at=at, replayed=True)
        reason = f"https://example.org/{'x' * 120}: the server answered 503 three times; it is asked again in an hour"
        ledger.finish_run(archive, run, at=at, outcome="incomplete", reason=reason, counts={})


@dataclass
class Served:
    """``with Served(folder) as served: served.address``: ``tocsin serve`` as people start it, until the end of the block."""

    folder: Path
    address: str
    config: Config | None = None

    def __enter__(self) -> Self:
        log = (self.folder / "serve.log").open("w")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tocsin", "serve", "--config", str(self.folder / "tocsin.toml")],
            cwd=ROOT,
            env={**os.environ, "TOCSIN_NOW": NOW, "TOCSIN_HOSTS": HOSTS},
            stdout=log,
            stderr=log,
        )
        log.close()
        until = time.monotonic() + PATIENCE
        while not _answers(self.address):
            told = (self.folder / "serve.log").read_text()
            assert self._process.poll() is None, told
            assert time.monotonic() < until, told
            time.sleep(0.05)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait(PATIENCE)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address + "/tocsin/tocsin.css", timeout=PATIENCE):
            return True
    except (TimeoutError, urllib.error.URLError, ConnectionError):
        return False


def served(folder: Path, *, accounts: bool = True) -> Served:
    """A house that was built just now, ready to be entered."""
    address = free_address()
    return Served(folder, address, build(folder, address, accounts=accounts))


def day(said: str) -> date:
    """A day as tests write it."""
    return date.fromisoformat(said)
