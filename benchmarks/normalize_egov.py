"""How long the longest e-Gov law of the corpus takes to read, as a multiple of parsing it bare.

    python benchmarks/normalize_egov.py [law.xml] [--json] [--profile]

The corpus is named by ``TOCSIN_CORPUS``, or stands beside the checkout. Times are of the processor, the best of seven runs.
"""

from __future__ import annotations

import cProfile
import json
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
from normalize.reading import Hints, read

ROOT = Path(__file__).resolve().parents[1]
CORPUS = Path(os.environ.get("TOCSIN_CORPUS", ROOT.parent / "shared" / "corpus"))


def main() -> None:
    arguments = options(__doc__)
    arguments.add_argument("file", nargs="?", type=Path)
    arguments.add_argument("--profile", action="store_true")
    given = arguments.parse_args()
    if not given.file and not (CORPUS / "index.json").is_file():
        print(f"skipped: the corpus is not at {CORPUS} (set TOCSIN_CORPUS)")
        return
    path = given.file or _longest()
    body = path.read_bytes()
    hints = Hints(as_of=date(2026, 6, 5), document=path.name)
    steps: dict[str, Callable[[], object]] = {
        "bare lxml.etree.fromstring": lambda: etree.fromstring(body),
        "the door: read, every character settled": lambda: read("jp_egov", body, hints),
    }
    Table(about=f"{path.name}: {len(body) / 1e6:.1f} MB", rows=side_by_side(steps)).show(as_json=given.json)
    if given.profile:
        profile = cProfile.Profile()
        profile.runcall(read, "jp_egov", body, hints)
        pstats.Stats(profile).sort_stats("tottime").print_stats(18)


def _longest() -> Path:
    """The longest standard XML of the corpus."""
    entries = json.loads((CORPUS / "index.json").read_text(encoding="utf-8"))
    laws = [
        CORPUS / one["file"]
        for one in entries
        if one["host"] == "laws.e-gov.go.jp" and one["format"] == "xml"
    ]
    return max(laws, key=lambda law: law.stat().st_size)


if __name__ == "__main__":
    main()
