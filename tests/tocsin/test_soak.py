"""The soak of ``benchmarks/soak.py`` in short: a few days around the night on which clocks are set in New York, a part of the CFR and a page in Europe,
faults and kills, beside the same days without them."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from benchmarks.soak import soak
from tests.tocsin.program import ROOT
from tests.tocsin.soak_promises import MEMORY, trend
from tests.tocsin.soak_worlds import Invented

FIRST, DAYS = date(2026, 3, 7), 3
SOURCES = ("us_ecfr", "web_page")

# In a process of its own, so that the caches of nobody else are emptied. What is counted are the blocks of memory that Python holds.
_FORGET = """
import json, sys
from tests.tocsin.killing import forget_within_bounds

forget_within_bounds()
held = [sys.getallocatedblocks()]
for size in range(1, 20):
    made = [tuple(range(size)) for _ in range(2000)]
    del made
held.append(sys.getallocatedblocks())
forget_within_bounds()
held.append(sys.getallocatedblocks())
leaked = [tuple(range(size)) for size in range(1, 20) for _ in range(1000)]
forget_within_bounds()
held.append(sys.getallocatedblocks())
print(json.dumps(held))
"""


def test_some_days_of_faults_and_kills_end_as_the_same_days_without(tmp_path: Path) -> None:
    worlds = (Invented(FIRST, DAYS, SOURCES), Invented(FIRST, DAYS, SOURCES))
    soaked, reached, found = soak(tmp_path, worlds, first=FIRST, days=DAYS, kills=2.0, faults=0.15)
    assert (reached - FIRST).days == DAYS
    # So few rounds tell no trend of the memory: what is imported in the middle of them would be one.
    broken = [f"{one.name}: {one.found}" for one in found if not one.kept and one.name != MEMORY]
    assert broken == []
    assert MEMORY in {one.name for one in found}
    assert soaked.kills.total() >= 2
    asked, spoilt = soaked.world_asked
    assert 0 < spoilt < asked
    assert len(found) == 13
    (nights,) = [one.found for one in found if one.name.startswith("one run")]
    assert "2026-03-08 America/New_York" in nights


@pytest.mark.parametrize(
    ("values", "slope"),
    [
        ([100.0] * 40, 0.0),
        ([100.0 + number * 0.5 for number in range(40)], 0.5),
        ([100.0] * 20 + [300.0] + [100.0] * 19, 0.0),
    ],
    ids=["flat", "a leak", "one that took more"],
)
def test_a_leak_is_a_trend_and_a_single_round_is_none(values: list[float], slope: float) -> None:
    assert trend(list(enumerate(values))) == pytest.approx(slope)


def test_what_the_interpreter_keeps_for_later_is_forgotten_and_what_somebody_holds_is_not() -> None:
    said = subprocess.run(
        [sys.executable, "-c", _FORGET], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    before, freed, forgotten, leaked = json.loads(said)
    assert freed - before > 20_000
    assert forgotten - before < 2_000
    assert leaked - forgotten > 17_000
