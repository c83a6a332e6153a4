"""Two hundred pages of the web in one run, beside a daily source: how long each takes, and the memory of the program and of its crawls.

    python -m benchmarks.crawl_pages [--pages 200] [--hosts 40] [--json]

Pages and source are served on this machine. Each host is slow (a fifth of a second an answer), one of them never answers, another one shows a wall. The daily
source must not wait for the pages: it has run when the pages begin, and a second round, in which no page is due, asks no page that answered. The aim for
the memory is 400 MB.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from benchmarks.table import Row, Table, options
from tests.crawlers.invented import ECFR_PARTS, parts
from tests.replica.ecfr import Ecfr
from tests.replica.faults import Fault, Reply
from tests.replica.server import Replica

AIM_MB = 400
PAUSE = 0.2
"""Seconds that a page takes to answer."""
DAY = date(2026, 1, 6)
ROOT = Path(__file__).resolve().parents[1]


def page(number: int) -> Reply:
    """A page of ordinary size: some hundred paragraphs in the frame of a site."""
    words = "".join(
        f"<p>Paragraph {n} of page {number} says what an invented licence is for, and nothing that anybody needs.</p>"
        for n in range(300)
    )
    frame = "<nav>" + "".join(f'<a href="/{n}">Link {n}</a>' for n in range(200)) + "</nav>"
    return Reply(
        body=f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>Page {number}</title></head><body>{frame}"
        f"<main><h1>Invented notices {number}</h1>{words}</main></body></html>".encode()
    )


class Slow(Replica):
    """A replica whose pages take their time."""

    def answer(self, host: str, path: str, query: str) -> Reply:
        """The true answer, after a while."""
        if host.endswith(".example.org"):
            time.sleep(PAUSE)
        return super().answer(host, path, query)


def main() -> None:
    """Prints what was measured."""
    arguments = options(__doc__)
    arguments.add_argument("--pages", type=int, default=200)
    arguments.add_argument("--hosts", type=int, default=40)
    chosen = arguments.parse_args()
    names = [f"site{n % chosen.hosts}.example.org/notices/{n}" for n in range(chosen.pages)]
    with (
        tempfile.TemporaryDirectory() as folder,
        Slow(
            today=DAY, ecfr=Ecfr(parts=parts()), pages={name: page(n) for n, name in enumerate(names)}
        ) as server,
    ):
        server.faults = [
            Fault("timeout", match=r"site3\.example\.org/notices"),
            Fault("wall_200", match=r"site5\.example\.org/notices"),
        ]
        found = measure(Path(folder), server, names)
    asked = found["first_page_requests"]
    rows = (
        Row(work="a round of pages", ours=found["first_seconds"], beside="as many slow answers one by one", peer=asked * PAUSE,
            note=f"{asked:.0f} requests for pages"),
        Row(work="the daily source done in it", ours=found["first_daily_done_after_s"], beside="a round of pages", peer=found["first_seconds"]),
        Row(work="a round when no page is due", ours=found["second_seconds"], beside="a round of pages", peer=found["first_seconds"],
            note=f"{found['second_page_requests']:.0f} requests for pages"),
        Row(work="peak memory of a round", ours=found["peak_mb"], unit="MB", at_most=AIM_MB),
    )  # fmt: skip
    about = f"{chosen.pages} pages on {chosen.hosts} hosts and a daily source, seconds by the clock"
    Table(about=about, rows=rows, more={"rounds": found}).show(as_json=chosen.json)


def measure(folder: Path, server: Replica, names: list[str]) -> dict[str, float]:
    """Two rounds of the program."""
    place = folder / "tocsin"
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("TOCSIN_")},
        "TOCSIN_HOSTS": json.dumps(server.hosts),
        "TOCSIN_NOW": f"{DAY}T12:00:00+00:00",
        "XDG_CACHE_HOME": str(folder),
        "PYTHONPATH": str(ROOT),
    }
    tocsin(environment, "init", str(place))
    pages = "".join(
        f'[[sources.web_page.pages]]\nurl = "https://{name}"\nlandmark = "Invented notices"\n'
        for name in names
    )
    (place / "tocsin.toml").write_text(
        f"[sources.us_ecfr]\nparts = {json.dumps(ECFR_PARTS)}\npace = 50.0\n[sources.us_federal_register]\nenabled = false\n"
        f"[sources.web_page]\npace = 50.0\ntimeout = 1.0\nretries = 0\n{pages}"
    )
    rounds = []
    for _ in range(2):
        began, asked = time.monotonic(), len(server.asked)
        tocsin(environment, "--config", str(place / "tocsin.toml"), "run", "--once")
        new = server.asked[asked:]
        daily = [one.at for one in new if one.host == "www.ecfr.gov"]
        rounds.append(
            {
                "seconds": round(time.monotonic() - began, 1),
                "requests": len(new),
                "page_requests": sum("/notices/" in one.path for one in new),
                "daily_done_after_s": round(max(daily) - began, 1),
            }
        )
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {
        "peak_mb": round(peak, 1),
        **{f"first_{name}": value for name, value in rounds[0].items()},
        **{f"second_{name}": value for name, value in rounds[1].items()},
    }


def tocsin(environment: dict[str, str], *arguments: str) -> None:
    """A command of the program; a round that met a host that does not answer ends with 1."""
    done = subprocess.run(
        [sys.executable, "-m", "tocsin", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in (0, 1) or "Traceback" in done.stderr:
        sys.exit(done.stderr)


if __name__ == "__main__":
    main()
