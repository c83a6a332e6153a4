"""How long 1.3 MB of the AI Act as a page take to normalise, as a multiple of a bare parse of the same bytes.

    python benchmarks/normalize_ai_act.py [FILE] [--json] [--profile]

FILE is a page of EUR-Lex or Cellar; without it the one of 2024-08-12 in the corpus is taken. Each figure is the best of seven
runs, in processor time and in turn, so that a busy machine changes both sides alike.
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

from lxml import html

from benchmarks.beside import side_by_side
from benchmarks.table import Table, options
from normalize.html import parse_html
from normalize.reading import Hints, read

ROOT = Path(__file__).resolve().parents[1]
CORPUS = Path(os.environ.get("TOCSIN_CORPUS", ROOT.parent / "shared" / "corpus"))
FILE = "files/eur-lex.europa.eu/eurlex/32024R1689.en.2024-08-12.html"
HINTS = Hints(as_of=date(2024, 8, 12), document="32024R1689", media_type="text/html; charset=utf-8")


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
    elements = sum(1 for _ in html.fromstring(body).iter())
    steps: dict[str, Callable[[], object]] = {
        "bare lxml.html.fromstring": lambda: html.fromstring(body),
        "parse_html: checked and decoded": lambda: parse_html(
            body, thing="page", media_type=HINTS.media_type
        ),
        "the door: read, every character settled": lambda: read("eu_ai_act", body, HINTS),
    }
    Table(about=f"{len(body) / 1e6:.1f} MB, {elements:,} elements", rows=side_by_side(steps)).show(
        as_json=given.json
    )
    if given.profile:
        profile = cProfile.Profile()
        profile.runcall(read, "eu_ai_act", body, HINTS)
        pstats.Stats(profile).sort_stats("tottime").print_stats(18)


if __name__ == "__main__":
    main()
