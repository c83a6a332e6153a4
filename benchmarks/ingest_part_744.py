"""Time and memory of ingesting and comparing two editions of 15 CFR 744 (2.5 MB each), beside a bare parse of the same bytes.

    python -m benchmarks.ingest_part_744 [--json]

Each command is a process of its own, as a user runs it; ``tocsin ingest`` includes reading, archiving, comparing and touching.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.table import Row, Table, options

CORPUS = Path(os.environ.get("TOCSIN_CORPUS", Path(__file__).resolve().parents[2] / "shared" / "corpus"))
FILES = [
    (day, CORPUS / f"files/www.ecfr.gov/ecfr/title-15_part-744.en.{day}.xml")
    for day in ("2026-03-25", "2026-07-18")
]
PARSE = "import sys; from lxml import etree; [etree.parse(name) for name in sys.argv[1:]]"


def timed(*command: str) -> tuple[float, float]:
    """Seconds and peak megabytes of one command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    spent = _spent()
    subprocess.run(command, check=True, capture_output=True)
    seconds = _spent() - spent
    # ru_maxrss is the peak of the largest child so far: commands are run from the smallest to the largest.
    return seconds, max(before, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024


def _spent() -> float:
    """Processor time of all commands so far: what else the machine does counts for nothing."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    if not all(path.is_file() for _, path in FILES):
        print(f"skipped: the corpus is not at {CORPUS} (set TOCSIN_CORPUS)")
        return
    given = options(__doc__).parse_args()
    parse, _ = timed(sys.executable, "-c", PARSE, *(str(path) for _, path in FILES))
    with tempfile.TemporaryDirectory() as folder:
        tocsin = [sys.executable, "-m", "tocsin"]
        subprocess.run([*tocsin, "init", f"{folder}/t"], check=True, capture_output=True)
        total = peak = 0.0
        for day, path in FILES:
            ingest = [*tocsin, "--config", f"{folder}/t/tocsin.toml", "ingest", "--source", "us_ecfr"]
            seconds, memory = timed(*ingest, "--as-of", day, str(path))
            total, peak = total + seconds, max(peak, memory)
    beside = "bare parse of both, a process of its own"
    rows = (
        Row(work="ingest two editions, compared", ours=total, beside=beside, peer=parse, at_most=6.0),
        Row(work="peak memory of it", ours=peak, unit="MB", at_most=300.0),
    )
    Table(about="15 CFR 744 of two days, 2.5 MB each", rows=rows).show(as_json=given.json)


if __name__ == "__main__":
    main()
