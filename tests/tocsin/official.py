"""The replica of the official sources, which lies beside the corpus, as a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from types import TracebackType
from typing import Any, Self

import pytest

from tests.corpus import corpus_folder

HOSTS = ("www.ecfr.gov", "www.federalregister.gov")


class Official:
    """``with Official("2026-03-25") as official: official.hosts``; the day and the faults can be moved."""

    def __init__(self, today: str) -> None:
        folder = corpus_folder().parent / "replica"
        if not (folder / "replica").is_dir():
            pytest.skip(f"the replica of the official sources is not at {folder}")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "replica", "--corpus", str(corpus_folder()), "--today", today],
            cwd=folder,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        self.base = self._process.stdout.readline().split()[-1]

    @property
    def hosts(self) -> str:
        """``TOCSIN_HOSTS`` for this replica."""
        return json.dumps({host: f"{self.base}/{host}" for host in HOSTS})

    def today(self, day: str) -> None:
        self._post("today", day)

    def faults(self, *rules: dict[str, Any]) -> None:
        self._post("faults", list(rules))

    def log(self) -> list[dict[str, Any]]:
        """Every request since this was asked last."""
        with urllib.request.urlopen(f"{self.base}/_replica/log?clear=1") as answer:
            said = json.load(answer)
        found: list[dict[str, Any]] = said if isinstance(said, list) else said["log"]
        return found

    def _post(self, what: str, body: object) -> None:
        request = urllib.request.Request(
            f"{self.base}/_replica/{what}", data=json.dumps(body).encode(), method="POST"
        )
        with urllib.request.urlopen(request) as answer:
            assert answer.status == 200

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait(10)
        if self._process.stdout:
            self._process.stdout.close()
