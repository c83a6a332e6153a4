"""One host, one budget: crawls in several processes ask it no faster together than one of them may."""

from __future__ import annotations

import threading
import time
from datetime import date
from pathlib import Path

import pytest

from crawlers.budget import LONGEST, Budget
from tests.crawlers.crawling import FAST, crawled
from tests.crawlers.invented import ECFR_PARTS, replica


def test_turns_at_a_host_are_a_gap_apart_whoever_takes_them(tmp_path: Path) -> None:
    one, other = Budget(tmp_path), Budget(tmp_path)
    waits = [budget.take("www.example.gov", 10.0) for budget in (one, other, one)]
    assert waits[0] == 0
    assert waits[1] == pytest.approx(10, abs=1)
    assert waits[2] == pytest.approx(20, abs=1)
    assert other.take("api.example.gov", 10.0) == 0, "another host has a budget of its own"


@pytest.mark.parametrize("said", [b"", b"no number", b"nan", b"inf"])
def test_a_budget_that_cannot_be_read_begins_anew(tmp_path: Path, said: bytes) -> None:
    budget = Budget(tmp_path)
    budget.take("www.example.gov", 1.0)
    (file,) = tmp_path.iterdir()
    file.write_bytes(said or repr(time.time() + LONGEST * 2).encode())
    assert budget.take("www.example.gov", 1.0) == 0


def test_two_crawls_at_once_keep_the_pace_of_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    pace = 10.0
    with replica() as server:
        runs = [
            threading.Thread(
                target=crawled,
                args=("us_ecfr", server.hosts, date(2026, 1, 6)),
                kwargs={**FAST, "pace": pace, "parts": ECFR_PARTS},
            )
            for _ in range(2)
        ]
        for run in runs:
            run.start()
        for run in runs:
            run.join()
        times = sorted(asked.at for asked in server.asked)
    gaps = [later - earlier for earlier, later in zip(times, times[1:], strict=False)]
    assert len(times) >= 12
    # A request is noted when it arrives, a moment after it was sent; over several the moments cancel out.
    assert times[-1] - times[0] >= (len(times) - 1) / pace
    assert sorted(gaps)[len(gaps) // 2] >= 0.8 / pace
