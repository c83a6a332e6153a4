"""How long each page of the archive takes while twenty people read and a backfill writes, on two cores.

    python -m benchmarks.browse [--readers 20] [--seconds 60] [--folder FOLDER] [--json]

The archive holds every document of the corpus, taken in through the program's own intake (``benchmarks.corpus_archive``; FOLDER keeps it, so that the next run
need not fill it again), or, where the corpus is absent, generated editions of a control list. It is served as ``tocsin serve`` does it, by as many processes
as it takes by itself; meanwhile another one goes on publishing editions of other works, with their changes and their search index, and gives way as ``tocsin
backfill`` does. A reader goes from page to page, with half a
second in between on average, each sort of page as often as any other. Of each sort the 95th percentile is told; the peer in the same run is the style
sheet, a static file: what any answer of this server has to pay on this machine at this time. An answer that is none, and a lock that somebody
met, are counted; so is the time of processors that each side took. What reads every change of a year or of a regulation on request (``ALONE``) is no page that twenty people turn over: it is asked for
after them, one after the other, and told in the same table.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil

from archive import digests, search_index
from archive.events import recent
from archive.records import Expression
from archive.store import Archive
from benchmarks import build_digest
from benchmarks.corpus_archive import CORPUS, WATCHES, configuration, fill
from benchmarks.generated import editions
from benchmarks.table import Row, Table, options
from tocsin.config import Config
from tocsin.review.drafts import draft
from tocsin.service.yielding import give_way
from tocsin.web import links
from tocsin.web.address import free_address

AIM = 0.3
CORES = 2
START = datetime(2030, 1, 1, tzinfo=UTC)
TODAY = "2026-07-20T09:00:00Z"
ALONE = ("back-test of a watch", "announced beside observed")
_TRIES = 6
EACH = 40
"""Addresses of a sort of page, so that nothing is measured out of one cached answer."""
_SERVE = """
import sys
from pathlib import Path
from crawlers.card import source_cards
from tocsin.config import load
from tocsin.web.serving import serve
config = load(Path(sys.argv[1]), known_sources=tuple(source_cards()), environment={})
serve(config.archive, sys.argv[2], config)
"""


@dataclass
class Told:
    """What readers and the writer met: seconds by sort of page, what was no answer, and how much was written."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    written: int = 0
    locked: int = 0
    cores: dict[str, float] = field(default_factory=dict)
    """How many processors each side kept busy while the twenty read."""


def take(archive: Archive, at: datetime, text: Expression) -> None:
    """One run that brings one edition, searchable after it."""
    build_digest.take(archive, at, text)
    search_index.update(archive)


def filled(folder: Path) -> Config:
    """The archive that is read: as it was left in FOLDER, or made now."""
    made = (folder / "archive" / "archive.db").exists()
    config = configuration(folder)
    if made:
        return config
    if (CORPUS / "index.json").is_file():
        fill(config)
    else:
        with Archive.open(config.archive) as archive:
            for number, text in enumerate(editions()):
                take(archive, START + timedelta(days=number), text)
    return config


def pages_of(archive: Archive) -> dict[str, list[str]]:
    """Addresses by the sort of page."""
    choose = random.Random(1)
    read = archive.database
    works = [
        path for (path,) in read.execute("SELECT path FROM work WHERE kind = 'consolidated' ORDER BY path")
    ]
    papers = [path for (path,) in read.execute("SELECT path FROM work WHERE kind = 'document' ORDER BY path")]
    places = read.execute(
        "SELECT path, eid FROM address JOIN work ON work.id = address.work WHERE kind = 'consolidated' ORDER BY address.id"
    ).fetchall()
    provisions = [links.work(work, eid) for work, eid in choose.sample(places, min(EACH, len(places)))]
    keys = [key for (key,) in read.execute("SELECT key FROM change ORDER BY id")]
    found = [links.change(key) for key in choose.sample(keys, min(EACH, len(keys)))]
    acts = [links.event(row.id) for row in recent(archive, limit=EACH)]
    watch = links.watch(WATCHES.split('name = "')[3].partition('"')[0])
    pages = {
        "style sheet": ["/tocsin/tocsin.css"],
        "today": ["/", "/?since=2026-01-01"],
        "regulations": ["/works", "/works?kind=document", "/works?jurisdiction=JP"],
        "regulation": [links.work(work) for work in works],
        "paper": [links.work(path) for path in choose.sample(papers, min(EACH, len(papers)))],
        "provision": provisions,
        "provision as it stood": [_with(path, "on=2023-06-01") for path in provisions],
        "provision as it was known": [_with(path, "known=2026-06-01") for path in provisions],
        "redline of two editions": [_with(path, "from=2023-01-18&to=2026-06-24") for path in provisions],
        "changes": ["/changes", "/changes?all=1&page=3", "/changes?country=TH", f"/changes?work={works[-1]}"],
        "change": found,
        "change side by side": [_with(path, "view=side") for path in found],
        "review of a change": [path + "/review" for path in found],
        "acts": ["/events", "/events?page=2"],
        "act": acts,
        "announced beside observed": [path + "/announced" for path in acts],
        "calendar": ["/calendar", "/calendar?since=2020-01-01"],
        "watches": ["/watches"],
        "watch": [watch],
        "back-test of a watch": [_with(watch, "since=2025-07-20")],
        "alerts": ["/alerts"],
        "mutes": ["/alerts/mutes"],
        "coverage": ["/coverage"],
        "search": [links.search(q=said) for said in ("controlled", "laser*", '"output power"', "輸出", "半導体", '"presumption of denial"', "3A090.a")],
        "digests": ["/digests"],
        "digest": [links.digest(one.week) for one in digests.builds(archive)],
        "digest to decide": [links.digest(one.week, decide=True) for one in digests.builds(archive)],
        "tables": ["/archive"],
        "table": ["/archive/work", "/archive/transition", "/archive/fuse"],
        "canned question": ["/archive/changes_by_month", "/archive/changes_touching?type=country&id=TH&since=2020-01-01"],
        "sign in": ["/sign-in"],
    }  # fmt: skip
    return {sort: addresses for sort, addresses in pages.items() if addresses}


def _with(path: str, query: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}{query}"


def read(base: str, pages: dict[str, list[str]], until: float, seed: int, told: Told) -> None:
    """One reader, who goes from page to page until the end."""
    choice = random.Random(seed)
    sorts = [sort for sort in pages if sort not in ALONE]
    while time.monotonic() < until:
        sort = choice.choice(sorts)
        ask(base, sort, choice.choice(pages[sort]), told)
        time.sleep(choice.random())


def ask(base: str, sort: str, path: str, told: Told) -> None:
    """One answer, and how long it took to its last byte."""
    begun = time.perf_counter()
    try:
        with urllib.request.urlopen(base + path, timeout=120) as answer:
            answer.read()
    except urllib.error.HTTPError as error:
        if error.code != 404:  # a place that did not stand on a day is answered too, with that
            told.failed.append(f"{error.code} {path}")
    except OSError as error:
        told.failed.append(f"{error} {path}")
    told.seconds.setdefault(sort, []).append(time.perf_counter() - begun)


def write(folder: Path, seconds: float) -> tuple[int, int, float]:
    """The backfill, a process of its own as it is in life: edition after edition of works of its own; how many, how often it met a lock, and the seconds
    of a processor that it took."""
    give_way()
    until, texts, written = time.monotonic() + seconds, list(editions()), 0
    with Archive.open(folder) as archive:
        (begun,) = archive.database.execute("SELECT count(*) FROM edition").fetchone()
        while time.monotonic() < until:
            text = replace(texts[written % 2], work=f"us/test/{begun + written // 2}")
            try:
                take(archive, datetime(2026, 7, 19, tzinfo=UTC) + timedelta(seconds=written), text)
            except sqlite3.OperationalError as error:
                if "locked" not in str(error):
                    raise
                return written, 1, time.process_time()
            written += 1
    return written, 0, time.process_time()


def measure(folder: Path, config: Config, readers: int, seconds: float) -> tuple[Told, int]:
    """Serve, read and write at once; what came of it, and how often the server met a lock."""
    base, told = free_address(), Told()
    log = folder / "serve.log"
    with Archive.open(config.archive) as archive:
        draft(archive, config, "2026-W26", at=datetime.fromisoformat(TODAY))
        pages = pages_of(archive)
    spawn = multiprocessing.get_context("spawn")  # a fork would take the threads of the readers with it
    with ProcessPoolExecutor(1, mp_context=spawn) as writer, log.open("w", encoding="utf-8") as out:
        server = subprocess.Popen(
            [sys.executable, "-c", _SERVE, str(folder / "tocsin.toml"), base],
            env={**os.environ, "TOCSIN_NOW": TODAY, "TOCSIN_HOSTS": '{"www.ecfr.gov": "http://127.0.0.1:1"}'},
            stderr=out,
        )
        try:
            for _ in range(240):
                try:
                    urllib.request.urlopen(base + "/works", timeout=60).close()
                    break
                except urllib.error.URLError:
                    time.sleep(0.25)
            begun, spent = time.monotonic(), (time.process_time(), _spent(server.pid))
            backfill = writer.submit(write, config.archive, seconds)
            until = time.monotonic() + seconds
            threads = [
                threading.Thread(target=read, args=(base, pages, until, seed, told))
                for seed in range(readers)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            lasted = time.monotonic() - begun
            told.cores = {
                "server": (_spent(server.pid) - spent[1]) / lasted,
                "readers": (time.process_time() - spent[0]) / lasted,
            }
            told.written, told.locked, took = backfill.result()
            told.cores["backfill"] = took / (time.monotonic() - begun)
            for sort in ALONE:
                for path in pages.get(sort, ())[:_TRIES]:
                    ask(base, sort, path, told)
        finally:
            server.terminate()
            server.wait()
    return told, told.locked + log.read_text(encoding="utf-8").count("database is locked")


def _spent(process: int) -> float:
    """The seconds of a processor that a process and those below it have taken."""
    first = psutil.Process(process)
    return sum(sum(one.cpu_times()[:2]) for one in (first, *first.children(recursive=True)))


def p95(seconds: Sequence[float]) -> float:
    """The 95th percentile: of twenty answers the slowest but one."""
    ordered = sorted(seconds)
    return ordered[max(-(-len(ordered) * 95 // 100) - 1, 0)]


def main() -> None:
    parser = options(__doc__ or "")
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--folder", type=Path)
    said = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])
    with tempfile.TemporaryDirectory() as scratch:
        folder = said.folder or Path(scratch) / "house"
        config = filled(folder)
        with Archive.open(config.archive, read_only=True) as archive:
            rows = archive.database.execute("SELECT count(*) FROM provision").fetchone()[0]
            held = archive.database.execute("SELECT count(*) FROM change").fetchone()[0]
        size = (config.archive / "archive.db").stat().st_size
        told, locked = measure(folder, config, said.readers, said.seconds)
    static = p95(told.seconds["style sheet"])
    table = Table(
        about=f"{said.readers} readers, {CORES} cores, {rows:,} provisions, {held:,} changes, {size / 1e6:.0f} MB; the 95th percentile of {sum(map(len, told.seconds.values())):,} answers",
        rows=tuple(
            Row(
                work=sort,
                ours=p95(some),
                beside="the style sheet",
                peer=static,
                at_most=AIM,
                note=f"median {statistics.median(some):.3f} s of {len(some)}{', alone' * (sort in ALONE)}",
            )
            for sort, some in told.seconds.items()
        ),
        more={
            "no answer": len(told.failed),
            "database is locked": locked,
            "editions written meanwhile": told.written,
            "processors kept busy": {side: round(cores, 2) for side, cores in told.cores.items()},
            "first failures": told.failed[:5],
        },
    )
    table.show(as_json=said.json)
    if not said.json:
        print(json.dumps(table.more, ensure_ascii=False))


if __name__ == "__main__":
    main()
