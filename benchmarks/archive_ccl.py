"""Every dated edition of the Commerce Control List into an archive, beside git and zstd: time, disk, and a look back.

    python -m benchmarks.archive_ccl [--json] [--profile] [--tables]

Each edition goes the program's own way: read, archived, compared, touched, matched with a watch, all in one process. Beside it the same bytes are
committed to git and packed by ``gc --aggressive``, and compressed by zstd, a file each; a look back is beside ``git show``. Ratios are the result.
``--tables`` adds how much of archive.db each table and index takes.
"""

from __future__ import annotations

import cProfile
import os
import pstats
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import zstandard

from alerts.conditions import Watch
from alerts.match import WatchIndex
from alerts.messages import Context
from archive import editions, ledger, queries
from archive.records import Capture
from archive.store import Archive
from benchmarks.table import Row, Table, options
from tocsin.intake import Intake

CORPUS = Path(os.environ.get("TOCSIN_CORPUS", Path(__file__).resolve().parents[2] / "shared" / "corpus"))
FOLDER = CORPUS / "files/www.ecfr.gov/ecfr"
PATTERN = "title-15_part-774_Supplement_No._1_to_Part_774.en.*.xml"
WORK = "us/cfr/15/774/supp-1"
RUNS = 15
NOW = datetime(2026, 7, 1, tzinfo=UTC)


def main() -> None:
    arguments = options(__doc__)
    arguments.add_argument("--profile", action="store_true")
    arguments.add_argument("--tables", action="store_true")
    given = arguments.parse_args()
    files = {date.fromisoformat(path.name.split(".")[-2]): path for path in sorted(FOLDER.glob(PATTERN))}
    if not files:
        print(f"skipped: the corpus is not at {CORPUS} (set TOCSIN_CORPUS)")
        return
    size = sum(path.stat().st_size for path in files.values())
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        profile = cProfile.Profile() if given.profile else None
        started = time.process_time()
        if profile:
            profile.enable()
        archive = filled(folder / "archive", files)
        if profile:
            profile.disable()
            pstats.Stats(profile).sort_stats("tottime").print_stats(30)
        seconds = time.process_time() - started
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        archive.close()  # what the write-ahead logs hold goes into the files
        with Archive.open(folder / "archive", read_only=True) as archive:
            rows = (
                Row(work="backfill of all editions: read, store, compare, match", ours=seconds, at_most=60.0),
                Row(work="peak memory of it", ours=peak, unit="MB", at_most=300.0),
                *_sizes(folder, files, size),
                *_looks_back(folder, archive, files),
            )
            tables = _tables(archive) if given.tables else {}
        about = f"{len(files)} dated editions of the Commerce Control List, {size / 1e6:.1f} MB of XML"
        Table(about=about, rows=rows, more={"tables": tables}).show(as_json=given.json)
        if not given.json:
            for name, bytes_taken in tables.items():
                print(f"  {name:32} {bytes_taken / 1e6:6.2f} MB")


def _tables(archive: Archive) -> dict[str, int]:
    """The bytes that each table and index takes in archive.db, the largest first."""
    rows = archive.database.execute(
        "SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC LIMIT 20"
    )
    return dict(rows.fetchall())


def filled(folder: Path, files: dict[date, Path]) -> Archive:
    """An archive with all editions, oldest first, as a backfill brings them, a watch that hears of every change beside it."""
    watch = Watch(name="all", owner="a@example.org", reason="r", matter="m", eccn=("3A090",), notify=("file:x.jsonl",))  # fmt: skip
    archive = Archive.create(folder)
    run = ledger.start_run(archive, "us_ecfr", at=NOW, replayed=True)
    intake = Intake(
        archive=archive, run=run, now=NOW, watches=WatchIndex([watch]), context=Context(now=NOW), sure=True, told="all"
    )  # fmt: skip
    for day, path in files.items():
        capture = Capture(
            source="us_ecfr",
            document="title-15/part-774",
            url=path.as_uri(),
            body=path.read_bytes(),
            as_of=day,
            fetched_at=NOW,
            media_type="application/xml",
        )
        taken = intake.take(capture)
        if taken.outcome != "published":
            print(f"the edition of {day} is {taken.outcome}: {'; '.join(taken.reasons)}")
    return archive


def _sizes(folder: Path, files: dict[date, Path], size: int) -> Iterator[Row]:
    git = _git(folder / "git", files) / 1e6
    zstd = sum(len(zstandard.ZstdCompressor(19).compress(path.read_bytes())) for path in files.values()) / 1e6
    kept = {path.name: path.stat().st_size / 1e6 for path in (folder / "archive").iterdir()}
    archive = sum(taken for name, taken in kept.items() if name.endswith((".db", ".db-wal")))
    said = f"{kept['captures.db']:.2f} MB of it captures"
    work = "archive of all editions, both files"
    for beside, peer in (
        ("git gc --aggressive", git),
        ("zstd -19, a file each", zstd),
        ("the XML itself", size / 1e6),
    ):
        aim = 12.0 if beside.startswith("git") else None
        yield Row(work=work, ours=archive, beside=beside, peer=peer, unit="MB", at_most=aim, note=said)
        said = ""


def _git(folder: Path, files: dict[date, Path]) -> int:
    folder.mkdir()
    run = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-C", str(folder)]
    subprocess.run([*run, "init", "--quiet"], check=True)
    for day, path in files.items():
        shutil.copyfile(path, folder / "ccl.xml")
        subprocess.run([*run, "add", "ccl.xml"], check=True)
        subprocess.run([*run, "commit", "--quiet", "--allow-empty", "-m", day.isoformat()], check=True)
        subprocess.run([*run, "tag", day.isoformat()], check=True)
    subprocess.run([*run, "gc", "--aggressive", "--quiet"], check=True)
    return sum(path.stat().st_size for path in (folder / ".git" / "objects").rglob("*") if path.is_file())


def _looks_back(folder: Path, archive: Archive, files: dict[date, Path]) -> Iterator[Row]:
    days = sorted(files)
    middle = days[len(days) // 2]
    show = ["git", "-C", str(folder / "git"), "show", f"{middle}:ccl.xml"]
    git = _best(lambda: subprocess.run(show, check=True, capture_output=True))
    looks: tuple[tuple[str, Callable[[], object], float], ...] = (
        (
            "a provision as of a date",
            lambda: queries.standing(archive, WORK, "3A001.a", on=middle),
            0.005,
        ),
        ("a provision's whole history", lambda: queries.timeline(archive, WORK, "3A001"), 0.005),
        ("the whole list as of a date", lambda: editions.expression(archive, WORK, on=middle), 0.150),
    )
    for work, step, aim in looks:
        yield Row(work=work, ours=_best(step), beside="git show of a day", peer=git, at_most=aim)


def _best(step: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(RUNS):
        started = spent()
        step()
        best = min(best, spent() - started)
    return best


def spent() -> float:
    """Processor time, that of child processes included: what else the machine does counts for nothing."""
    used = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


if __name__ == "__main__":
    main()
