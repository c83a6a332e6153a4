"""The peak memory of each source: its largest document of the corpus read, stored, and compared with an edition of it in which every tenth text differs.

    python -m benchmarks.sources [--only SOURCE …] [--json]

Each source has a process of its own, which does what the program does (read, archive, read again, compare, touch, match) and tells the most memory that it ever
had, the libraries included; the seconds beside it are processor time. Of a source that the corpus has nothing of, the example that is recorded for its
tests is taken: such a row says nothing of size, and has no aim.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from alerts.conditions import Watch
from alerts.match import WatchIndex
from alerts.messages import Context
from archive import ledger
from archive.errors import TocsinError
from archive.records import Capture, Provision, Reading
from archive.store import Archive
from benchmarks.corpus_archive import CORPUS, SOURCES, capture_of, entries
from benchmarks.table import Row, Table, options
from crawlers.card import source_cards
from normalize import reading as readers
from tocsin.hints import hints_of
from tocsin.intake import PUBLISHED, Intake
from tocsin.recording import CAPTURE, read_case

RECORDED = Path(__file__).resolve().parents[1] / "tests" / "sources"
AIM_MB = 300.0
EVERY = 10
NOW = datetime(2031, 12, 1, tzinfo=UTC)


def main() -> None:
    arguments = options(__doc__)
    arguments.add_argument("--only", nargs="+", metavar="SOURCE", choices=sorted(source_cards()))
    arguments.add_argument("--one", metavar="SOURCE", help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.one:
        print(json.dumps(measured(given.one)))
        return
    rows = tuple(map(_row, given.only or sorted(source_cards())))
    of_corpus = sum(row.at_most is not None for row in rows)
    about = f"a process of its own for each of {len(rows)} sources; {of_corpus} by a document of the corpus"
    if not CORPUS.is_dir():
        about += f", which is not at {CORPUS} (set TOCSIN_CORPUS)"
    Table(about=about, rows=rows).show(as_json=given.json)


def _row(source: str) -> Row:
    command = [sys.executable, "-m", "benchmarks.sources", "--one", source]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr.strip() or "without a word").splitlines()[-1]
        raise SystemExit(f"{source} broke: {said}")
    found = json.loads(done.stdout)
    whose = "" if found["of_corpus"] else "only its recorded example, the corpus has no document of it: "
    return Row(
        work=f"peak memory, {source}",
        ours=found["peak_mb"],
        unit="MB",
        at_most=AIM_MB if found["of_corpus"] else None,
        note=f"{whose}{found['bytes'] / 1e6:.2f} MB, {found['changes']:,} changes, {found['seconds']:.1f} s: {found['document']}",
    )


def measured(source: str) -> dict[str, object]:
    """What the largest document of a source cost this process."""
    capture, of_corpus = _largest(source)
    began = time.process_time()
    with tempfile.TemporaryDirectory() as folder, Archive.create(Path(folder) / "archive") as archive:
        changes = _taken(archive, capture)
    return {
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "seconds": time.process_time() - began,
        "document": capture.document,
        "bytes": len(capture.body),
        "changes": changes,
        "of_corpus": of_corpus,
    }


def _largest(source: str) -> tuple[Capture, bool]:
    """The largest document of a source that is whole, and whether it is one of the corpus."""
    known = [one for one in entries() if SOURCES[one["host"]] == source]
    for entry in sorted(known, key=lambda one: -(CORPUS / one["file"]).stat().st_size):
        capture = capture_of(entry)
        with suppress(TocsinError):  # the corpus has documents that were cut off on their way
            readers.read(capture.source, capture.body, hints_of(capture))
            return capture, True
    cases = [read_case(place.parent) for place in (RECORDED / source).rglob(CAPTURE)]
    return max(cases, key=lambda capture: len(capture.body)), False


def _taken(archive: Archive, capture: Capture) -> int:
    """Take a document in, and its next edition; how many changes that has."""
    watch = Watch(name="all", owner="a@example.org", reason="r", matter="m", eccn=("3A090",), notify=("file:x.jsonl",))  # fmt: skip
    run = ledger.start_run(archive, capture.source, at=NOW, replayed=True)
    intake = Intake(
        archive=archive, run=run, now=NOW, watches=WatchIndex([watch]), context=Context(now=NOW), sure=True, told="all"
    )  # fmt: skip
    following = replace(capture, as_of=capture.as_of + timedelta(days=1), body=capture.body + b"\n")
    first = intake.take(capture)
    second = intake.take(following, _edited(_read(following, capture)))
    for taken in (first, second):
        if taken.outcome != PUBLISHED:
            raise SystemExit(f"{capture.document} is {taken.outcome}: {'; '.join(taken.reasons)}")
    return len(second.changes)


def _read(following: Capture, capture: Capture) -> Reading:
    """The same bytes read again, as of the next day."""
    hints = replace(hints_of(capture), as_of=following.as_of)
    found = readers.read(capture.source, capture.body, hints)
    moved = tuple(replace(one, as_of=following.as_of) for one in found.expressions)
    return replace(found, expressions=moved)


def _edited(found: Reading) -> Reading:
    """The same with a word more in every tenth text."""
    counted = count()
    edited = (replace(one, provisions=_reworded(one.provisions, counted)) for one in found.expressions)
    return replace(found, expressions=tuple(edited))


def _reworded(provisions: Sequence[Provision], counted: Iterator[int]) -> tuple[Provision, ...]:
    return tuple(
        replace(
            one,
            text=f"{one.text} Henceforth." if one.text and next(counted) % EVERY == 0 else one.text,
            children=_reworded(one.children, counted),
        )
        for one in provisions
    )


if __name__ == "__main__":
    main()
