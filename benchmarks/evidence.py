"""What the chain costs a run, what ``verify`` takes a megabyte, and how large an evidence file is: measured on an archive that is there.

    python -m benchmarks.evidence FOLDER

FOLDER is that of an archive (``benchmarks.corpus_archive`` makes one); a copy of it is measured. Seconds are those of this process.
"""

from __future__ import annotations

import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from archive import batches, chain, clock, linking
from archive.store import Archive
from archive.verify import verify
from tocsin.evidence.checks import check
from tocsin.evidence.making import evidence_file


def main(folder: Path) -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "archive"
        shutil.copytree(folder, copy)
        with Archive.open(copy) as archive:
            _link(archive)
            _runs(archive)
            _verify(archive)
            _files(archive)


def _link(archive: Archive) -> None:
    waiting = linking.not_linked(archive)
    if waiting:
        run = archive.database.execute("SELECT coalesce(max(id), 0) FROM run").fetchone()[0]
        name = "what was not linked yet" if chain.is_linked(archive, batches.RUN, str(run)) else f"run {run}"
        subject = run if name.startswith("run") else run + 1
        seconds = _seconds(lambda: linking.link_run(archive, subject, at=clock.now()))
        (changes,) = archive.database.execute("SELECT count(*) FROM change").fetchone()
        rows = ", ".join(f"{number:,} {sort}" for sort, number in waiting.items())
        print(f"linking {name} at once: {seconds:.2f} s ({rows}; {changes:,} changes)")


def _runs(archive: Archive) -> None:
    """The rows of each run hashed again: what its link cost beside one row."""
    found = []
    for one in chain.links(archive, kinds=(batches.RUN,)):
        batch = batches.batch(archive.database, one.kind, one.subject)
        assert batch is not None
        began = time.process_time()
        rows = batches.row_hashes(archive.database, batch.after, batch.ends)
        if rows:
            found.append((time.process_time() - began, sum(map(len, rows.values()))))
    if found:
        seconds, rows = [one for one, _ in found], sum(number for _, number in found)
        print(
            f"a run's link: median {statistics.median(seconds) * 1e3:.1f} ms, most {max(seconds) * 1e3:.0f} ms"
            f" ({len(found):,} runs, {rows:,} rows, {sum(seconds) / rows * 1e6:.0f} µs a row)"
        )
    size = archive.database.execute("SELECT sum(length(ends) + length(marks)) FROM batch").fetchone()[0] or 0
    print(f"kept of it: {size / 1e3:,.0f} kB in batch, {len(chain.links(archive)):,} links")


def _verify(archive: Archive) -> None:
    findings: list[str] = []
    seconds = _seconds(lambda: findings.extend(one.what for one in verify(archive)))
    captured, kept = archive.captures.sizes()
    files = sum(path.stat().st_size for path in archive.folder.glob("*.db"))
    print(
        f"verify: {seconds:.1f} s, {len(findings)} findings; {captured / 1e6:,.0f} MB captured in {kept / 1e6:,.1f} MB, files {files / 1e6:,.1f} MB:"
        f" {seconds / captured * 1e9:.0f} ms a MB captured, {seconds / files * 1e9:.0f} ms a MB of files"
    )


def _files(archive: Archive) -> None:
    """Of the changes of each tenth of the archive one."""
    keys = [key for (key,) in archive.database.execute("SELECT key FROM change ORDER BY id")]
    for key in dict.fromkeys(keys[:: max(1, len(keys) // 10)]):
        try:
            began = time.process_time()
            _, data = evidence_file(archive, key)
            made = time.process_time() - began
        except Exception as error:
            print(f"evidence {key[:12]}: {error}")
            continue
        files = _unzipped(data)
        began = time.process_time()
        wrong = [line for _, lines in check(files) for line in lines]
        size = sum(map(len, files.values()))
        print(
            f"evidence {key[:12]}: {len(data) / 1e6:.2f} MB ({size / 1e6:.1f} MB unpacked), made in {made:.1f} s,"
            f" checked in {time.process_time() - began:.1f} s, {len(wrong)} wrong {wrong[:1] or ''}"
        )


def _unzipped(data: bytes) -> dict[str, bytes]:
    from io import BytesIO
    from zipfile import ZipFile

    with ZipFile(BytesIO(data)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def _seconds(step: Callable[[], object]) -> float:
    began = time.process_time()
    step()
    return time.process_time() - began


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]))
    except sqlite3.OperationalError as error:
        sys.exit(f"{sys.argv[1]}: {error}")
