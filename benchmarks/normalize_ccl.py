"""How long the whole Commerce Control List takes to normalise, as a multiple of a bare parse of the same bytes.

    python benchmarks/normalize_ccl.py [FILE] [--json] [--profile]

FILE is the XML of Supplement No. 1 to part 774; without it the one of 2026-06-24 in the corpus is taken. Each figure is the best of
seven runs, in processor time and in turn, so that a busy machine changes both sides alike. ``--profile`` prints what is left of the
door: its steps, and where the time goes in them.
"""

from __future__ import annotations

import cProfile
import os
import pstats
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from lxml import etree

from benchmarks.beside import side_by_side
from benchmarks.table import Table, options
from normalize.audit import Account
from normalize.ccl import read_ccl
from normalize.reading import Hints, read

ROOT = Path(__file__).resolve().parents[1]
CORPUS = Path(os.environ.get("TOCSIN_CORPUS", ROOT.parent / "shared" / "corpus"))
DOCUMENT = "title-15/part-774/Supplement No. 1 to Part 774"
FILE = "files/www.ecfr.gov/ecfr/title-15_part-774_Supplement_No._1_to_Part_774.en.2026-06-24.xml"
AIM = 20.0  # times a bare parse
HINTS = Hints(as_of=date(2026, 6, 24), document=DOCUMENT, meta={"title": "15", "part": "774"})


def main() -> None:
    arguments = options(__doc__)
    arguments.add_argument("file", nargs="?", type=Path)
    arguments.add_argument("--profile", action="store_true")
    given = arguments.parse_args()
    path = given.file or CORPUS / FILE
    if not path.is_file():
        print(f"skipped: the corpus is not at {CORPUS} (set TOCSIN_CORPUS)")
        return
    body = path.read_bytes()
    elements = sum(1 for _ in etree.fromstring(body).iter())
    steps: dict[str, Callable[[], object]] = {
        "bare etree.fromstring": lambda: etree.fromstring(body),
        "parse and read_ccl": lambda: read_ccl(etree.fromstring(body), Account()),
        "the door: read, every character settled": lambda: read("us_ecfr", body, HINTS),
    }
    Table(about=f"{len(body) / 1e6:.1f} MB, {elements:,} elements", rows=side_by_side(steps, aim=AIM)).show(
        as_json=given.json
    )
    if given.profile:
        profile = cProfile.Profile()
        profile.runcall(read, "us_ecfr", body, HINTS)
        stats = pstats.Stats(profile)
        stats.sort_stats("cumtime").print_stats(25)  # the steps
        stats.sort_stats("tottime").print_stats(25)  # and where the time goes in them


if __name__ == "__main__":
    main()
