"""Time and memory of ingesting and comparing two editions of 15 CFR 744 (2.5 MB each), beside a bare parse of the same bytes.

Each command is a process of its own, as a user runs it; ``tocsin ingest`` includes reading, archiving, comparing and touching.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CORPUS = Path(os.environ.get("TOCSIN_CORPUS", Path(__file__).resolve().parents[2] / "shared" / "corpus"))
FILES = [
    (day, CORPUS / f"files/www.ecfr.gov/ecfr/title-15_part-744.en.{day}.xml")
    for day in ("2026-03-25", "2026-07-18")
]
PARSE = "import sys; from lxml import etree; [etree.parse(name) for name in sys.argv[1:]]"


def timed(*command: str) -> tuple[float, float]:
    """Seconds and peak megabytes of one command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    seconds = time.perf_counter() - start
    # ru_maxrss is the peak of the largest child so far: commands are run from the smallest to the largest.
    return seconds, max(before, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024


def main() -> None:
    if not all(path.is_file() for _, path in FILES):
        print(f"skipped: the corpus is not at {CORPUS} (set TOCSIN_CORPUS)")
        return
    parse, parse_memory = timed(sys.executable, "-c", PARSE, *(str(path) for _, path in FILES))
    print(f"bare parse of both         {parse:6.2f} s  {parse_memory:6.0f} MB")
    with tempfile.TemporaryDirectory() as folder:
        tocsin = [sys.executable, "-m", "tocsin"]
        subprocess.run([*tocsin, "init", f"{folder}/t"], check=True, capture_output=True)
        total = peak = 0.0
        for day, path in FILES:
            ingest = [*tocsin, "--config", f"{folder}/t/tocsin.toml", "ingest", "--source", "us_ecfr"]
            seconds, memory = timed(*ingest, "--as-of", day, str(path))
            print(f"ingest {day}          {seconds:6.2f} s  {memory:6.0f} MB")
            total, peak = total + seconds, max(peak, memory)
    print(
        f"both, compared             {total:6.2f} s  {peak:6.0f} MB   {total / parse:.1f} times the bare parse (aim: 6 s, 400 MB)"
    )


if __name__ == "__main__":
    main()
