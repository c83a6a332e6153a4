"""A simulated year of the program: its sources move day by day, a share of their answers is spoilt, it is killed at random points, and at the end every
promise is judged beside a year to which nothing happened. Exit status 1 if one is broken.

    python -m benchmarks.soak [--days 365] [--first 2025-08-01] [--world invented|recorded] [--faults 0.05] [--kills 1] [--minutes M]

``recorded`` is the replica of the official sources beside the corpus (TOCSIN_CORPUS), with real documents, of which some change in a year; ``invented`` is law
made for this, which changes most days, and needs nothing. Both zones with summer time are asked at half past two in the night. ``--minutes`` ends earlier, at
the day that was reached, which the table names. A year takes about an hour on two idle cores.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

from tests.tocsin.soak_promises import Promise, promises
from tests.tocsin.soak_worlds import Invented, Recorded, World
from tests.tocsin.soaking import Soak

STEP = timedelta(days=7)


def soak(
    folder: Path,
    worlds: tuple[World, World],
    *,
    first: date,
    days: int,
    kills: float,
    faults: float,
    seed: int = 20261123,
    minutes: float = 0.0,
) -> tuple[Soak, date, list[Promise]]:
    """Both years side by side: the soak, the first day that was not reached, the promises."""
    began = time.monotonic()
    last = first + timedelta(days=days)
    with (
        worlds[0] as troubled,
        worlds[1] as quiet,
        Soak(folder / "soaked", troubled, first, kills_a_day=kills, share=faults, seed=seed) as soaked,
        Soak(folder / "faultless", quiet, first) as faultless,
        ThreadPoolExecutor(2) as two,
    ):
        reached = first
        while reached < last and (not minutes or time.monotonic() - began < minutes * 60):
            reached = min(reached + STEP, last)
            for done in [two.submit(one.until, reached) for one in (soaked, faultless)]:
                done.result()
            print(_line(reached, soaked, time.monotonic() - began), file=sys.stderr, flush=True)
        for done in [two.submit(one.end) for one in (soaked, faultless)]:
            done.result()
        return soaked, reached, list(promises(soaked, faultless))


def _line(reached: date, soaked: Soak, seconds: float) -> str:
    newest = soaked.samples[-1]
    return (
        f"{reached}: {soaked.rounds.total()} rounds, {soaked.incomplete} of them incomplete, {soaked.kills.total()} kills, "
        f"{newest.rss:.0f} MB, {newest.handles} handles, {seconds:.0f} s"
    )


def main() -> int:
    """Prints the table."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--days", type=int, default=365)
    options.add_argument("--first", type=date.fromisoformat, default=date(2025, 8, 1))
    options.add_argument("--world", choices=("invented", "recorded"), default="invented")
    options.add_argument("--faults", type=float, default=0.05, help="share of the answers that is spoilt")
    options.add_argument("--kills", type=float, default=1.0, help="a simulated day")
    options.add_argument(
        "--minutes", type=float, default=0.0, help="end after so many, at the day reached; 0: never"
    )
    options.add_argument("--seed", type=int, default=20261123)
    options.add_argument("--keep", type=Path, help="keep both archives in this folder")
    said = options.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="tocsin-soak-")) if said.keep is None else said.keep
    folder.mkdir(parents=True, exist_ok=True)

    def world() -> World:
        return Recorded(said.first) if said.world == "recorded" else Invented(said.first, said.days)

    try:
        soaked, reached, found = soak(
            folder,
            (world(), world()),
            first=said.first,
            days=said.days,
            kills=said.kills,
            faults=said.faults,
            seed=said.seed,
            minutes=said.minutes,
        )
    finally:
        if said.keep is None:
            shutil.rmtree(folder)
    asked, refused = soaked.world_asked
    print(
        f"\n{said.first} to {reached} ({(reached - said.first).days} days), {said.world} sources: {', '.join(soaked.world.settings)}"
    )
    print(
        f"{soaked.rounds.total()} rounds ({soaked.incomplete} incomplete), {soaked.kills.total()} kills {dict(soaked.kills)}"
    )
    print(f"{asked:,} requests, {refused:,} answered with an error\n")
    for one in found:
        print(f"{'kept  ' if one.kept else 'BROKEN'}  {one.name:52}  {one.found}")
    return 0 if all(one.kept for one in found) else 1


if __name__ == "__main__":
    sys.exit(main())
