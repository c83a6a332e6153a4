"""Every benchmark, one after another, in one table of ratios; the machine named.

    python -m benchmarks [--json] [--only NAME …] [--limit SECONDS]

Each runs as a process of its own, so that none inherits another's memory or caches. A benchmark that cannot be measured here (the corpus is absent, a peer
does not install) is named with its reason; one that breaks ends the command with 1, after the others. A missed aim is said in its row and breaks nothing: figures
are for people, tests are for machines. ``TOCSIN_LONG=1`` is the long form of those that have one.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.table import Row, aligned, machine

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parent
NO_ROWS = {
    "__main__": "the collector",
    "apart": "environments for peers",
    "beside": "steps in turn",
    "corpus_archive": "an archive for others to be measured on",
    "evidence": "measures an archive that is named to it: python -m benchmarks.evidence FOLDER",
    "generated": "documents where the corpus is absent",
    "growth": "the exponent of a growth",
    "scale": "arithmetic over what others measured: docs/scale.md",
    "soak": "judges promises, not time: python -m benchmarks.soak",
    "table": "the form of a row",
}
"""Files of this folder that are no part of the table, and why."""
HEADINGS = ("work", "ours", "beside", "peer", "ours / peer", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one benchmark: its table as JSON said it, or why there is none, or how it broke."""

    name: str
    seconds: float
    found: dict[str, Any] | None = None
    skipped: str = ""
    broken: str = ""

    @property
    def rows(self) -> list[Row]:
        """Its rows, as far as they say what they measured; the aim is already judged in the JSON."""
        return [
            Row(**{key: row[key] for key in ("work", "ours", "beside", "peer", "unit")}, note=_verdict(row))
            for row in (self.found or {}).get("rows", ())
        ]

    def fields(self) -> dict[str, Any]:
        """As JSON says it."""
        return {
            "name": self.name, "seconds": round(self.seconds, 1), "skipped": self.skipped, "broken": self.broken, **(self.found or {}),
        }  # fmt: skip


def names() -> list[str]:
    """The benchmarks that answer with rows, in the order of their names."""
    return sorted(path.stem for path in FOLDER.glob("*.py") if path.stem not in {*NO_ROWS, "__init__"})


def measured(name: str, command: Sequence[str], limit: float | None = None) -> Outcome:
    """Run one benchmark: its outcome. It prints one line of JSON, or a line ``skipped: …``; anything else, a status that is not 0, and a limit
    that was passed, is a benchmark that broke."""
    began = time.monotonic()
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            printed, complaint = process.communicate(timeout=limit)
        except (
            BaseException
        ) as error:  # an interrupt too: what it started (a server, a crawl) must not go on alone
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            if not isinstance(error, subprocess.TimeoutExpired):
                raise
            return Outcome(name=name, seconds=time.monotonic() - began, broken=f"not done after {limit:g} s")
    seconds = time.monotonic() - began
    if process.returncode:
        said = (complaint.strip() or printed.strip() or "without a word").splitlines()[-1]
        return Outcome(name=name, seconds=seconds, broken=f"exit status {process.returncode}: {said}")
    lines = [line for line in printed.splitlines() if line.strip()]
    if lines and lines[-1].startswith("skipped:"):
        return Outcome(name=name, seconds=seconds, skipped=lines[-1].removeprefix("skipped:").strip())
    try:
        found = json.loads(lines[-1])
        outcome = Outcome(name=name, seconds=seconds, found=found)
        if not outcome.rows:
            return Outcome(name=name, seconds=seconds, broken="its JSON has no rows")
    except (IndexError, ValueError, KeyError, TypeError, AttributeError) as error:
        said = f"its last line is no table: {type(error).__name__}: {error}"
        return Outcome(name=name, seconds=seconds, broken=said)
    return outcome


def _verdict(row: dict[str, Any]) -> str:
    aim, met = row["aim"], row["met"]
    judged = "met" if met else "not measured" if met is None else f"MISSED, {row['excess']:.2f} times the aim"
    return "   ".join(part for part in (aim and f"aim {aim}: {judged}", row["note"]) if part)


def text(outcomes: Iterable[Outcome]) -> str:
    """The table for people: the rows of each benchmark under its name and what it was measured on."""
    parts: list[tuple[str, list[tuple[str, ...]]]] = []
    told = list(outcomes)
    for one in told:
        if one.found is None:
            why = f"skipped: {one.skipped}" if one.skipped else f"BROKEN, {one.broken}"
            parts.append((f"{one.name}: {why}", []))
        else:
            about = f"{one.name}: {one.found.get('about', '')}; it took {one.seconds:.0f} s"
            parts.append((about, [row.cells() for row in one.rows]))
    lines = iter(aligned([HEADINGS, *(cells for _, rows in parts for cells in rows)]).splitlines())
    head = f"{machine()}; both sides of a ratio were measured in turn in one run, so that it holds on a busy machine; seconds and megabytes do not"
    printed = [head, "", next(lines)]
    for title, rows in parts:
        printed += ["", title, *(next(lines) for _ in rows)]
    return "\n".join([*printed, "", f"all of it took {sum(one.seconds for one in told) / 60:.1f} minutes"])


def as_json(outcomes: Iterable[Outcome]) -> str:
    """The same as one line of JSON."""
    return json.dumps({"machine": machine(), "benchmarks": [one.fields() for one in outcomes]})


def collected(chosen: Sequence[str], limit: float | None) -> Iterator[Outcome]:
    """Each benchmark's outcome as it comes, said on standard error meanwhile."""
    for name in chosen:
        outcome = measured(name, [sys.executable, "-m", f"benchmarks.{name}", "--json"], limit)
        said = outcome.broken or outcome.skipped or f"{len(outcome.rows)} rows"
        print(f"{name}: {said} ({outcome.seconds:.0f} s)", file=sys.stderr, flush=True)
        yield outcome


def main(given: Sequence[str] | None = None) -> int:
    """Prints the table; 1 if a benchmark broke."""
    arguments = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    arguments.add_argument("--json", action="store_true", help="one line of JSON instead of the table")
    arguments.add_argument(
        "--only", nargs="+", metavar="NAME", choices=names(), help="these benchmarks alone"
    )
    arguments.add_argument("--limit", type=float, help="seconds after which a benchmark counts as broken")
    chosen = arguments.parse_args(given)
    outcomes = list(collected(chosen.only or names(), chosen.limit))
    print(as_json(outcomes) if chosen.json else text(outcomes), flush=True)
    return 1 if any(one.broken for one in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
