"""Every dated edition of the Commerce Control List into an archive, beside git and zstd: time, disk, and a look back.

    python -m benchmarks.archive_ccl [--profile]

Each edition goes the program's own way: read, archived, compared, touched, matched with a watch, all in one process. Beside it the same bytes are
committed to git and packed by ``gc --aggressive``, and compressed by zstd, a file each; a look back is beside ``git show``. Ratios are the result.
"""

from __future__ import annotations

import cProfile
import os
import pstats
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import zstandard

from alerts.conditions import Watch
from alerts.match import WatchIndex
from alerts.messages import Context
from archive import editions, ledger, queries
from archive.records import Capture
from archive.store import Archive
from tocsin.intake import Intake

CORPUS = Path(os.environ.get("TOCSIN_CORPUS", Path(__file__).resolve().parents[2] / "shared" / "corpus"))
FOLDER = CORPUS / "files/www.ecfr.gov/ecfr"
PATTERN = "title-15_part-774_Supplement_No._1_to_Part_774.en.*.xml"
WORK = "us/cfr/15/774/supp-1"
RUNS = 15
NOW = datetime(2026, 7, 1, tzinfo=UTC)


def main() -> None:
    files = {date.fromisoformat(path.name.split(".")[-2]): path for path in sorted(FOLDER.glob(PATTERN))}
    if not files:
        print(f"skipped: the corpus is not at {CORPUS} (set TOCSIN_CORPUS)")
        return
    size = sum(path.stat().st_size for path in files.values())
    print(f"{len(files)} dated editions of the Commerce Control List, {size / 1e6:.1f} MB of XML")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        profile = cProfile.Profile() if "--profile" in sys.argv else None
        started = time.process_time()
        if profile:
            profile.enable()
        archive = filled(folder / "archive", files)
        if profile:
            profile.disable()
            pstats.Stats(profile).sort_stats("tottime").print_stats(30)
        seconds = time.process_time() - started
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"read, store, compare, match {seconds:6.1f} s   peak {peak:.0f} MB   (aims: 60 s, 300 MB)")
        archive.close()  # what the write-ahead logs hold goes into the files
        with Archive.open(folder / "archive", read_only=True) as archive:
            _sizes(folder, files, size)
            _looks_back(folder, archive, files)


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


def _sizes(folder: Path, files: dict[date, Path], size: int) -> None:
    git = _git(folder / "git", files)
    zstd = sum(len(zstandard.ZstdCompressor(19).compress(path.read_bytes())) for path in files.values())
    archive = sum(
        path.stat().st_size for path in (folder / "archive").iterdir() if path.name.endswith((".db", ".db-wal"))
    )  # fmt: skip
    captures = (folder / "archive" / "captures.db").stat().st_size
    print(
        f"archive.db and captures.db  {archive / 1e6:6.2f} MB ({captures / 1e6:.2f} MB of it captures; aim: 12 MB)"
    )
    print(f"git gc --aggressive         {git / 1e6:6.2f} MB   {archive / git:5.1f} ×")
    print(f"zstd -19, a file each       {zstd / 1e6:6.2f} MB   {archive / zstd:5.1f} ×")
    print(f"the XML itself              {size / 1e6:6.2f} MB   {archive / size:5.2f} ×")


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


def _looks_back(folder: Path, archive: Archive, files: dict[date, Path]) -> None:
    days = sorted(files)
    middle = days[len(days) // 2]
    show = ["git", "-C", str(folder / "git"), "show", f"{middle}:ccl.xml"]
    git = _best(lambda: subprocess.run(show, check=True, capture_output=True))
    one = _best(lambda: queries.timeline(archive, WORK, "3A001"))
    whole = _best(lambda: editions.expression(archive, WORK, on=middle))
    print(f"git show of a day           {git * 1000:6.1f} ms")
    print(f"a provision's whole history {one * 1000:6.2f} ms   {one / git:5.3f} ×   (aim: 5 ms)")
    print(f"the whole list on a day     {whole * 1000:6.1f} ms   {whole / git:5.2f} ×   (aim: 150 ms)")


def _best(step: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(RUNS):
        started = time.perf_counter()
        step()
        best = min(best, time.perf_counter() - started)
    return best


if __name__ == "__main__":
    main()
