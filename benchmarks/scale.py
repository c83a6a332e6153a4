"""What three great archives would cost, reckoned from measured costs and public counts: the figures of docs/scale.md.

    python -m benchmarks.scale [--slopes FILE] [--check docs/scale.md]

FILE is what ``python -m benchmarks.slopes --json`` printed on your machine; without it the costs below are taken, which were measured on the machine they name.
Tables are printed as the page has them; ``--check`` says whether the page is what this prints. This is arithmetic: a cost holds at a thousand times the size because the slopes
say that it grows in proportion, and what was not measured is called an assumption.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

DAY = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """Of one core, as ``benchmarks.slopes`` names them: seconds and megabytes of the archive's two files, a megabyte of document or a change."""

    read_s_per_mb: float
    first_s_per_mb: float
    later_s_per_mb: float
    s_per_change: float
    first_mb_per_mb: float
    mb_per_change: float
    verify_s_per_mb: float


MACHINE = "x86_64, 2 processors, Python 3.11.7, 23 November 2026, busy with other work"
MEASURED = Costs(
    read_s_per_mb=0.453,
    first_s_per_mb=0.207,
    later_s_per_mb=0.55,
    s_per_change=0.00211,
    first_mb_per_mb=1.57,
    mb_per_change=0.00066,
    verify_s_per_mb=0.091,
)
WORDS: Mapping[str, str] = {
    "read_s_per_mb": "reading a megabyte of XML, every character settled (s)",
    "first_s_per_mb": "taking in its first edition: archive, index of provisions (s a MB)",
    "later_s_per_mb": "taking in a later edition in which nothing changed: compare, archive (s a MB)",
    "s_per_change": "each change in it: words, touches, row, match (s)",
    "first_mb_per_mb": "disk for a first edition (MB a MB)",
    "mb_per_change": "disk for each change, words, row and captured bytes (MB)",
    "verify_s_per_mb": "`tocsin verify` (s a MB of files)",
}

# Public counts.
CFR_PAGES = 188_346  # at the end of 2021, as the Office of the Federal Register counts
CFR_PARTS = 10_000  # in round numbers
PAGE_MB = 0.0093  # XML of a printed page: two whole issues of 2016 and 2024 in the corpus, 9.2 and 9.4 kB
FR_PAPERS_A_WEEK = 551  # the week of 19 September 2022; weeks of 2021 to 2024 have 448 to 579
FR_PAPER_MB = 0.0258  # 96 papers in the 2.48 MB of the issue of 12 February 2024
ISSUES_A_YEAR = 250
RULES_A_YEAR = 3_300  # final rules; 3,257 to 4,429 as one counts 2021
TODAY, ECFR_SINCE, FR_SINCE, FR_XML_SINCE = 2026.9, 2017.0, 1994.0, 2000.05
# Assumptions, which nobody measured here.
PARTS_A_RULE = 1.5
AMENDED_IS_LARGER = 3  # an amended part beside the average one
CHANGES_AN_EDITION = 30
REGULATORS, DOCUMENTS_EACH, DOCUMENT_MB, MOVES_A_DAY = 200, 30, 0.06, 0.02
PACE = 1.0  # requests a second to one host, the setting that ships
NIGHT = 8 * 3600
DISK_MB_A_SECOND = 100  # what an ordinary disk copies


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What comes in: documents seen for the first time and again, their megabytes, the changes, and the requests it takes. ``hosts`` are asked side by side."""

    name: str
    first: float
    later: float
    first_mb: float
    later_mb: float
    changes: float
    requests: float
    hosts: int = 1

    def seconds(self, cost: Costs) -> float:
        """Of one core."""
        read = (self.first_mb + self.later_mb) * cost.read_s_per_mb
        taken = self.first_mb * cost.first_s_per_mb + self.later_mb * cost.later_s_per_mb
        return read + taken + self.changes * cost.s_per_change

    def writing(self, cost: Costs) -> float:
        """Of it, what only the one writer does, whatever the number of workers: at most all that is not reading."""
        return self.seconds(cost) - (self.first_mb + self.later_mb) * cost.read_s_per_mb

    def disk_mb(self, cost: Costs) -> float:
        """Both files."""
        return self.first_mb * cost.first_mb_per_mb + self.changes * cost.mb_per_change


def loads() -> Iterator[Load]:
    """The three archives, from nothing to today; then a day of each."""
    years = TODAY - ECFR_SINCE
    cfr_mb, amended = CFR_PAGES * PAGE_MB, RULES_A_YEAR * PARTS_A_RULE
    part_mb = cfr_mb / CFR_PARTS * AMENDED_IS_LARGER
    yield Load(
        name="the whole eCFR since 2017",
        first=CFR_PARTS,
        later=amended * years,
        first_mb=cfr_mb,
        later_mb=amended * years * part_mb,
        changes=amended * years * CHANGES_AN_EDITION,
        requests=50 * 2 + CFR_PARTS + amended * years,
    )
    papers = FR_PAPERS_A_WEEK * 52
    all_papers = papers * (TODAY - FR_SINCE)
    yield Load(
        name="the whole Federal Register since 1994",
        first=all_papers,
        later=0,
        first_mb=all_papers * FR_PAPER_MB,
        later_mb=0,
        changes=all_papers,
        requests=ISSUES_A_YEAR * (TODAY - FR_XML_SINCE) + papers * (FR_XML_SINCE - FR_SINCE),
    )
    documents = REGULATORS * DOCUMENTS_EACH
    moved = documents * MOVES_A_DAY * 365
    yield Load(
        name="200 regulators, their first year",
        first=documents,
        later=moved,
        first_mb=documents * DOCUMENT_MB,
        later_mb=moved * DOCUMENT_MB,
        changes=moved * CHANGES_AN_EDITION / 10,
        requests=documents * 365,
        hosts=REGULATORS,
    )
    a_day = amended / ISSUES_A_YEAR
    yield Load(
        name="a day of all three",
        first=papers / ISSUES_A_YEAR,
        later=a_day + moved / 365,
        first_mb=papers / ISSUES_A_YEAR * FR_PAPER_MB,
        later_mb=a_day * part_mb + moved / 365 * DOCUMENT_MB,
        changes=a_day * CHANGES_AN_EDITION + papers / ISSUES_A_YEAR + moved / 365 * CHANGES_AN_EDITION / 10,
        requests=1 + a_day * 2 + 1 + documents,
        hosts=REGULATORS,
    )


def tables(cost: Costs) -> str:
    """The tables of the page."""
    lines = [f"Costs, of one core ({MACHINE}):", "", "| what | cost |", "|---|---|"]
    lines += [f"| {words} | {getattr(cost, name):.3g} |" for name, words in WORDS.items()]
    lines += ["", "| archive | documents | XML | requests | asking, at 1 a second a host | one core | of it the one writer | disk |", "|---|---|---|---|---|---|---|---|"]  # fmt: skip
    lines += [_row(load, cost) for load in loads()]
    lines += [
        "",
        "| archive of | `tocsin verify` | a copy of the files at 100 MB a second |",
        "|---|---|---|",
    ]
    total = sum(load.disk_mb(cost) for load in list(loads())[:3])
    night = NIGHT / (cost.verify_s_per_mb + 2 / DISK_MB_A_SECOND)
    for name, size in (("all three", total), ("what a night of 8 hours copies and verifies", night)):
        lines.append(f"| {name}: {_size(size)} | {_time(size * cost.verify_s_per_mb)} | {_time(size / DISK_MB_A_SECOND)} |")  # fmt: skip
    return "\n".join(lines)


def _row(load: Load, cost: Costs) -> str:
    cells = (
        load.name, f"{load.first + load.later:,.0f}", _size(load.first_mb + load.later_mb), f"{load.requests:,.0f}",
        _time(load.requests / PACE / load.hosts), _time(load.seconds(cost)), _time(load.writing(cost)), _size(load.disk_mb(cost)),
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"


def _size(megabytes: float) -> str:
    return f"{megabytes / 1000:,.1f} GB" if megabytes >= 1000 else f"{megabytes:,.0f} MB"


def _time(seconds: float) -> str:
    for name, length in (("days", DAY), ("hours", 3600), ("minutes", 60)):
        if seconds >= 2 * length:
            return f"{seconds / length:,.1f} {name}"
    return f"{seconds:,.0f} s"


def costs_of(printed: str) -> Costs:
    """What ``benchmarks.slopes --json`` printed."""
    found = json.loads(printed)["more"]["costs"]
    return Costs(**{one.name: found[one.name] for one in fields(Costs)})


def main(given: list[str] | None = None) -> int:
    """Prints the tables; with ``--check`` 1 where the page has others."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    arguments.add_argument("--slopes", type=Path, help="JSON of benchmarks.slopes")
    arguments.add_argument("--check", type=Path, help="a page that has to have these tables")
    chosen = arguments.parse_args(given)
    found = tables(costs_of(chosen.slopes.read_text(encoding="utf-8")) if chosen.slopes else MEASURED)
    if chosen.check is None:
        print(found)
        return 0
    is_same = found in chosen.check.read_text(encoding="utf-8")
    print(f"{chosen.check} " + ("says so" if is_same else "says otherwise: put in what python -m benchmarks.scale prints"))  # fmt: skip
    return 0 if is_same else 1


if __name__ == "__main__":
    sys.exit(main())
