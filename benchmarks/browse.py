"""How long each page of the archive takes while twenty people read and a backfill writes.

    python -m benchmarks.browse [--readers 20] [--seconds 20]

The archive is made of generated editions of a control list, taken in through the program's own intake, with its search index. It is served by a child process,
as ``tocsin serve`` does; meanwhile this one goes on publishing editions of other works. Of each page it prints the median and the 95th percentile, the peer in the same
run being the style sheet, a static file: what any answer of this server has to pay.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from archive import changes, search_index
from archive.records import Expression
from archive.store import Archive
from benchmarks import build_digest
from benchmarks.generated import editions
from tocsin.web import links
from tocsin.web.address import free_address

AIM = 0.3
START = datetime(2030, 1, 1, tzinfo=UTC)


def take(archive: Archive, at: datetime, text: Expression) -> None:
    """One run that brings one edition, searchable after it."""
    build_digest.take(archive, at, text)
    search_index.update(archive)


def pages_of(archive: Archive, work: str) -> dict[str, list[str]]:
    """Addresses by the sort of page, several of each, so that nothing is measured out of one cached answer."""
    rows = archive.database.execute(
        "SELECT eid FROM address JOIN work ON work.id = work WHERE path = ? ORDER BY length(eid), address.id LIMIT 60",
        (work,),
    )
    eids = [eid for (eid,) in rows]
    found = [links.change(one.id) for one, _ in zip(changes.changes(archive), range(40), strict=False)]
    return {
        "style sheet": ["/tocsin/tocsin.css"],
        "today": ["/?since=2030-01-01"],
        "works": ["/works"],
        "regulation": [links.work(work), links.work(work, page=2)],
        "provision": [links.work(work, eid) for eid in eids],
        "provision as it stood": [links.work(work, eid, on="2030-01-02") for eid in eids],
        "changes": ["/changes", "/changes?all=1&page=3"],
        "change": found,
        "search": [links.search(q=word) for word in ("controlled", "laser*", '"output power"', "輸出")],
        "coverage": ["/coverage"],
    }


def read(
    base: str, pages: dict[str, list[str]], until: float, seed: int, told: list[tuple[str, float, int]]
) -> None:
    """One reader, who goes from page to page until the end."""
    choice = random.Random(seed)
    while time.monotonic() < until:
        sort = choice.choice(list(pages))
        begun = time.perf_counter()
        try:
            with urllib.request.urlopen(base + choice.choice(pages[sort]), timeout=60) as answer:
                answer.read()
                status = answer.status
        except urllib.error.HTTPError as error:
            status = error.code
        told.append((sort, time.perf_counter() - begun, status))
        time.sleep(choice.random())


def measure(folder: Path, readers: int, seconds: float, texts: Sequence[Expression]) -> dict[str, object]:
    """Serve, read and write at once; what came of it."""
    base = free_address()
    told: list[tuple[str, float, int]] = []
    code = "import sys; from pathlib import Path; from tocsin.web.server import serve; serve(Path(sys.argv[1]), sys.argv[2])"
    with Archive.open(folder) as archive:
        pages = pages_of(archive, texts[0].work)
        server = subprocess.Popen([sys.executable, "-c", code, str(folder), base])
        try:
            for _ in range(120):
                try:
                    urllib.request.urlopen(base + "/works", timeout=5).close()
                    break
                except urllib.error.URLError:
                    time.sleep(0.25)
            until = time.monotonic() + seconds
            threads = [
                threading.Thread(target=read, args=(base, pages, until, seed, told))
                for seed in range(readers)
            ]
            for thread in threads:
                thread.start()
            written = 0
            while time.monotonic() < until:
                text = replace(texts[written % 2], work=f"us/test/{written // 2}")
                take(archive, START + timedelta(days=9, seconds=written), text)
                written += 1
            for thread in threads:
                thread.join()
        finally:
            server.terminate()
            server.wait()
    times = {sort: sorted(one for name, one, _ in told if name == sort) for sort in pages}
    static = statistics.median(times["style sheet"])
    return {
        "answers": len(told),
        "failed": sum(status != 200 for *_, status in told),
        "editions written meanwhile": written,
        "pages": {
            sort: {
                "median": round(statistics.median(some), 3),
                "p95": round(some[int(len(some) * 0.95) - (len(some) >= 20)], 3),
                "times the style sheet": round(statistics.median(some) / static, 1),
                "within the aim": some[int(len(some) * 0.95) - (len(some) >= 20)] <= AIM,
            }
            for sort, some in times.items()
            if some
        },
    }


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=20.0)
    said = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "archive"
        texts = list(editions())
        with Archive.create(folder) as archive:
            for number, text in enumerate(texts):
                take(archive, START + timedelta(days=number), text)
            rows = archive.database.execute("SELECT count(*) FROM provision").fetchone()[0]
        sizes = {name: (folder / name).stat().st_size for name in ("archive.db", "search.db")}
        found = measure(folder, said.readers, said.seconds, texts)
    print(
        json.dumps(
            {"python": platform.python_version(), "rows": rows, "bytes": sizes, **found},
            indent=1,
            ensure_ascii=False,
        )
    )


if __name__ == "__main__":
    main()
