"""Match the biggest changeset of the corpus with ten watches, and with ten thousand; the same again with watches that are patterns alone.

    python -m benchmarks.match_watches [--rounds 5] [--json]

The ten ask for entries that changed. Of the ten thousand these ten are a part; the rest are what a large customer base has besides: other control
numbers, parties, phrases and works that these changes do not touch, none twice. The patterns are regular expressions, of which every tenth has no
word that an index could look for. What is measured is matching alone: the index is made before, and
changes are read anew each round. The multiple is the result, not the seconds; the aim is 1.5 at most. A scan of all watches is measured beside it.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import islice, pairwise, product
from pathlib import Path

from alerts.conditions import Watch
from alerts.explain import explain
from alerts.match import WatchIndex
from archive.records import Expression, StoredChange
from diffing.engine import compare
from diffing.touches.engine import touches_of
from tests.quality.ccl_units import expression

FEW, MANY = 10, 10_000
SCANNED = 200
"""Watches of the scan: it is linear, so that its cost for all is reckoned from these."""


def corpus() -> Path:
    beside = Path(__file__).resolve().parents[2] / "shared" / "corpus"
    return Path(os.environ.get("TOCSIN_CORPUS", beside)) / "extra" / "ccl_units"


def biggest(texts: Iterable[Expression]) -> list[StoredChange]:
    """The changes of the pair of neighbours that differ most, with their touches."""
    found = max(
        ((after, compare(before, after)) for before, after in pairwise(texts)), key=lambda pair: len(pair[1])
    )
    after, changes = found
    return [
        StoredChange(
            id=str(number),
            source="us_ecfr",
            work=after.work,
            title=after.title,
            transition_id="t",
            before=None,
            after=after.as_of,
            observed_at=datetime(2026, 1, 1, tzinfo=UTC),
            change=change,
            touches=touches_of(change, work=after.work, source="us_ecfr", language=after.language),
        )
        for number, change in enumerate(changes)
    ]


def watch(name: str, **conditions: tuple[str, ...]) -> Watch:
    return Watch(
        name=name,
        owner="a@example.org",
        reason="r",
        matter="m",
        notify=("console:",),
        **conditions,  # type: ignore[arg-type]
    )


def watches(changes: list[StoredChange]) -> list[Watch]:
    """Ten that these changes meet, then what they do not touch."""
    touched = {touch.id.partition(".")[0] for one in changes for touch in one.touches if touch.type == "code"}
    met = [watch(code, eccn=(code,)) for code in sorted(touched)[:FEW]]
    others = (
        f"{category}{group}{number:03}.{item}"
        for item, category, group, number in product("abcdefgh", range(10), "ABCDE", range(1, 999))
        if f"{category}{group}{number:03}" not in touched
    )
    kinds = (
        lambda at, code: watch(f"code {at}", eccn=(code,)),
        lambda at, code: watch(f"party {at}", parties=(f"Company {at} of this benchmark",)),
        lambda at, code: watch(f"words {at}", text=(f"benchmark term{at}",)),
        lambda at, code: watch(f"work {at}", works=(f"us/cfr/15/744/supp-4#party-{at}",)),
    )
    rest = [kinds[at % len(kinds)](at, code) for at, code in enumerate(islice(others, MANY - FEW))]
    return [*met, *rest]


def patterns() -> list[Watch]:
    """Ten regular expressions that these changes are likely to meet, then thousands that they do not."""
    words = ("performance", "semiconductor", "radiation", "software", "technology", "equipment")
    met = [watch(f"met {word}", regex=(rf"(?i)\b{word}\b",)) for word in words]
    met += [watch(f"met {at}", regex=(rf"\b[0-9]{{{at}}}\b",)) for at in range(1, FEW - len(words) + 1)]
    rest = [
        watch(f"pattern {at}", regex=(rf"\b[Q-Z]{{2}}[0-9]{{{at % 7 + 5}}}[Q-Z]{{{at // 7 % 90 + 1}}}",))
        if at % 10 == 0
        else watch(f"pattern {at}", regex=(rf"(?i)\b(?:company|firm)\s+no\.?\s*{at}x\b", rf"REF-{at}-[0-9]+"))
        for at in range(MANY - FEW)
    ]
    return [*met, *rest]


def seconds(index: WatchIndex, changes: list[StoredChange], rounds: int) -> float:
    """The fastest round."""
    best = float("inf")
    for _ in range(rounds):
        started = time.perf_counter()
        for change in changes:
            index.match(change)
        best = min(best, time.perf_counter() - started)
    return best


def scan(chosen: list[Watch], changes: list[StoredChange]) -> float:
    """Every watch held against every change, without an index."""
    started = time.perf_counter()
    for change in changes:
        for one in chosen:
            explain(one, change)
    return time.perf_counter() - started


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--json", action="store_true")
    options = arguments.parse_args()
    changes = biggest(expression(path) for path in sorted(corpus().glob("ccl_units_*.jsonl.gz")))
    measured = {"mixed": measure(watches(changes), changes, options.rounds)}
    measured["patterns"] = measure(patterns(), changes, options.rounds)
    if options.json:
        print(json.dumps({"changes": len(changes), **measured}))
        return
    print(f"{len(changes)} changes, {platform.machine()}, Python {platform.python_version()}")
    for sort, told in measured.items():
        print(f"{sort}: {told['matches']:,.0f} matches")
        print(f"{FEW:6,} watches {told['few'] * 1000:10.1f} ms")
        print(f"{MANY:6,} watches {told['many'] * 1000:10.1f} ms")
        print(
            f"multiple {told['multiple']:.2f} (aim 1.5 at most); a scan of all takes {told['scan']:,.0f} times the index"
        )


def measure(many: list[Watch], changes: list[StoredChange], rounds: int) -> dict[str, float]:
    """Few against many of these watches: matches, seconds, the multiple, and how many times longer a scan of all takes."""
    assert len(many) == MANY
    few, all_of_them = WatchIndex(many[:FEW]), WatchIndex(many)
    matches = sum(len(all_of_them.match(change)) for change in changes)
    assert matches == sum(len(few.match(change)) for change in changes)
    took_few, took_many = seconds(few, changes, rounds), seconds(all_of_them, changes, rounds)
    scanned = scan(many[:SCANNED], changes) * MANY / SCANNED
    return {
        "matches": matches,
        "few": took_few,
        "many": took_many,
        "multiple": took_many / took_few,
        "scan": scanned / took_many,
    }


if __name__ == "__main__":
    main()
