"""All dated editions of the Commerce Control List through the program's own intake, by each executor: one process, a pool, a Dask cluster of this machine.

    python -m benchmarks.backfill [--workers N] [--editions N] [--json]

Every edition is read, stored, compared with the one before, touched and matched with a watch; the writer is a process of its own each time, so that
none inherits what another left in memory, and the archives are compared row by row. Time is that of a clock, since what is measured is waiting for
others: on a busy machine, or one whose processors the writer needs, a speed-up says as much of the machine as of us; the processor time of all
processes says how much work there was. Workers are started and the program imported in them before the clock starts.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path

import psutil

from alerts.conditions import Watch
from alerts.match import WatchIndex
from alerts.messages import Context
from archive import ledger
from archive.records import Capture
from archive.store import Archive
from benchmarks.archive_ccl import CORPUS, FOLDER, NOW, PATTERN
from benchmarks.table import Row, Table, options
from tocsin.executors import read, tasks
from tocsin.executors.ahead import Ahead
from tocsin.executors.cluster import Cluster
from tocsin.executors.processes import Processes
from tocsin.executors.protocol import Executor, in_order
from tocsin.executors.serial import Serial
from tocsin.intake import Intake

SPEED_UP = 1.6
"""The aim beside one process, on two processors or more."""

ROOT = Path(__file__).resolve().parents[1]

QUIET = {"DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False"}
"""Else each worker looks a hundred times a second at what it is doing, for its dashboard: 8 % of its time (docs/scale.md says so to users)."""

STARTED = 300
"""Seconds that a cluster of this machine may take to be there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Seconds by the clock, seconds of processor time of the writer and of all processes, the peak of the writer and of all its processes together (MB);
    what the executor had to say of lost work."""

    seconds: float
    writer: float
    work: float
    peak: float
    together: float
    notes: tuple[str, ...] = ()


def main() -> None:
    arguments = options(__doc__)
    arguments.add_argument("--editions", type=int, help="only the oldest so many")
    arguments.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)))
    given = arguments.parse_args()
    files = _files(given.editions)
    if not files:
        print(f"skipped: the corpus is not at {CORPUS} (set TOCSIN_CORPUS)")
        return
    load = os.getloadavg()[0]
    measured: dict[str, Measured] = {}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name in ("serial", "processes", *(["dask"] if find_spec("distributed") else [])):
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
                # By the module's own name: what the child calls its main module no worker of a cluster can import.
                of_executor = import_module("benchmarks.backfill")._of_executor
                asked = apart.submit(of_executor, name, given.workers, given.editions, folder)
                measured[name] = asked.result()
            for note in measured[name].notes:
                print(f"{name}: {note}")
            one, other = _rows(folder / "serial"), _rows(folder / name)
            if different := [table for table, rows in one.items() if other[table] != rows]:
                raise SystemExit(f"{name} made another archive than one process: {', '.join(different)}")
    size = sum(path.stat().st_size for path in files.values())
    about = (
        f"{len(files)} dated editions of the Commerce Control List, {size / 1e6:.1f} MB of XML, {given.workers} workers; "
        f"load of the machine {load:.1f} before, {os.getloadavg()[0]:.1f} after"
    )
    Table(about=about, rows=tuple(_table(measured, given.workers))).show(as_json=given.json)


def _files(editions: int | None) -> dict[date, Path]:
    """The oldest so many editions, by their days."""
    found = {date.fromisoformat(path.name.split(".")[-2]): path for path in sorted(FOLDER.glob(PATTERN))}
    return dict(list(found.items())[:editions])


def _of_executor(name: str, workers: int, editions: int | None, folder: Path) -> Measured:
    """In a process of its own: what the editions cost by an executor, into ``folder / name``."""
    tasks.code()  # of the files as this process has just imported them
    files = _files(editions)
    with _executor(name, workers, folder) as executor:
        _warm(executor, workers)
        found = _measured(lambda: _fill(folder / name, executor, files))
        return replace(found, notes=tuple(executor.notes))


def _table(measured: dict[str, Measured], workers: int) -> Iterator[Row]:
    one = measured["serial"]
    shared = min(workers, len(os.sched_getaffinity(0)))
    for name, of_it in measured.items():
        # Amdahl: what the writer does is done by nobody else, and all together have no more processors than there are.
        bound = min(shared, one.writer / of_it.writer)
        yield Row(
            work=f"backfill of all editions, {name}",
            ours=of_it.seconds,
            beside="" if name == "serial" else "one process",
            peer=None if name == "serial" else one.seconds,
            ratio_at_most=None if name == "serial" or shared < 2 else 1 / SPEED_UP,
            at_most=60.0,
            note=f"{of_it.work:.1f} s of processor time, {of_it.writer:.1f} s of it the writer's own"
            + (
                ""
                if name == "serial"
                else f", so that at most {bound:.1f} could be gained; speed-up {one.seconds / of_it.seconds:.2f}"
            ),
        )
        together = f"{of_it.together:,.0f} MB with its workers"
        yield Row(
            work=f"peak memory of the writer, {name}",
            ours=of_it.peak,
            unit="MB",
            at_most=300.0,
            note=together,
        )
    if "dask" not in measured:
        yield Row(
            work="backfill of all editions, dask",
            ours=None,
            note="not installed: pip install 'tocsin[cluster]'",
        )


@contextmanager
def _cluster(workers: int, folder: Path) -> Iterator[Executor]:
    """A scheduler and its workers, each a process of its own as on machines of their own: a scheduler in this one would be counted as the writer."""
    told = folder / "scheduler.json"
    dask = [sys.executable, "-m", "dask"]
    here = ["--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(told)]
    commands = (
        [*dask, "scheduler", "--port", "0", *here],
        [*dask, "worker", "--nworkers", str(workers), "--nthreads", "1", *here],
    )
    started = [
        subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **QUIET, "PYTHONPATH": str(ROOT)},  # for the function that warms the workers
            stderr=subprocess.DEVNULL,
        )
        for command in commands
    ]
    try:
        with read(f"dask://{_address(told, started)}") as executor:
            assert isinstance(executor, Cluster)
            executor.client.wait_for_workers(workers, timeout=STARTED)
            yield executor
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            process.wait()


def _address(told: Path, started: list[subprocess.Popen[bytes]]) -> str:
    """Where the scheduler is, as soon as it says so."""
    until = time.monotonic() + STARTED
    while time.monotonic() < until and started[0].poll() is None:
        with suppress(OSError, ValueError, KeyError):
            address: str = json.loads(told.read_text(encoding="utf-8"))["address"]
            return address.removeprefix("tcp://")
        time.sleep(0.1)
    raise SystemExit(f"the scheduler said nothing within {STARTED} s: python -m dask scheduler")


def _executor(name: str, workers: int, folder: Path) -> AbstractContextManager[Executor]:
    if name == "serial":
        return Serial()
    return Processes(workers) if name == "processes" else _cluster(workers, folder)


def _warm(executor: Executor, workers: int) -> None:
    """Start the workers, and import the program in them."""
    if executor.ahead:
        list(in_order(executor, _import, [(None, number) for number in range(2 * workers)]))


def _import(_: int) -> str:
    time.sleep(0.2)  # so that each worker gets one
    return tasks.code()


def _fill(folder: Path, executor: Executor, files: dict[date, Path]) -> None:
    watch = Watch(name="all", owner="a@example.org", reason="r", matter="m", eccn=("3A090",), notify=("file:x.jsonl",))  # fmt: skip
    with Archive.create(folder) as archive:
        run = ledger.start_run(archive, "us_ecfr", at=NOW, replayed=True)
        intake = Intake(
            archive=archive, run=run, now=NOW, watches=WatchIndex([watch]), context=Context(now=NOW), sure=True, told="all"
        )  # fmt: skip
        captures = (_capture(day, path) for day, path in files.items())
        for capture, made in Ahead(archive, executor).prepared((one, one) for one in captures):
            taken = replace(intake, answers=made.answers).take(capture, made.reading)
            if taken.outcome != "published":
                print(f"the edition of {capture.as_of} is {taken.outcome}: {'; '.join(taken.reasons)}")


def _capture(day: date, path: Path) -> Capture:
    return Capture(
        source="us_ecfr",
        document="title-15/part-774",
        url=path.as_uri(),
        body=path.read_bytes(),
        as_of=day,
        fetched_at=NOW,
        media_type="application/xml",
    )


def _measured(step: Callable[[], None]) -> Measured:
    """Memory is looked at ten times a second: the whole of this process and of all that it started."""
    me, over = psutil.Process(), threading.Event()
    peaks = [0.0, 0.0]

    def look() -> None:
        while not over.wait(0.1):
            own = me.memory_info().rss / 1e6
            peaks[0] = max(peaks[0], own)
            peaks[1] = max(peaks[1], own + sum(map(_resident, me.children(recursive=True))))

    watching = threading.Thread(target=look, daemon=True)
    watching.start()
    others = sum(map(_spent, me.children(recursive=True)))
    started, spent = time.perf_counter(), time.process_time()
    step()
    seconds, writer = time.perf_counter() - started, time.process_time() - spent
    others = sum(map(_spent, me.children(recursive=True))) - others
    over.set()
    watching.join()
    return Measured(seconds=seconds, writer=writer, work=writer + others, peak=peaks[0], together=peaks[1])


def _spent(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system)


def _resident(process: psutil.Process) -> float:
    try:
        return float(process.memory_info().rss) / 1e6
    except psutil.NoSuchProcess:
        return 0.0


def _rows(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the archive, but for when its tables were made."""
    found = {}
    for file in sorted(folder.glob("*.db")):
        with closing(sqlite3.connect(file)) as database:
            names = database.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%migrations'"
            ).fetchall()
            for (name,) in names:
                found[f"{file.name} {name}"] = database.execute(f'SELECT * FROM "{name}"').fetchall()
    return found


if __name__ == "__main__":
    main()
