"""How long a digest of a thousand changes takes, format by format, beside WeasyPrint alone on the same words.

    python -m benchmarks.build_digest [--changes 1000] [--json]

The archive is made of generated editions of a control list, taken in through the program's own intake. The peer in the same run is WeasyPrint on a bare page
that prints every changed text as one paragraph, without redlines, tables or styles: what any digest as PDF has to pay.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html import escape
from itertools import count
from pathlib import Path

from alerts.match import WatchIndex
from alerts.messages import Context
from archive import ledger
from archive.records import Capture, Expression, Reading
from archive.store import Archive
from benchmarks.generated import editions
from benchmarks.table import Row, Table, options
from tocsin.digest.building import build
from tocsin.digest.formats import FORMATS
from tocsin.digest.records import Digest
from tocsin.digest.templating import Manner
from tocsin.digest.week import period
from tocsin.intake import Intake

WANTED = 1000
AIM = 20.0
MONDAY = date(2030, 7, 1)


def take(archive: Archive, at: datetime, text: Expression) -> int:
    """One run that brings one edition; the substantive changes that it brought."""
    run = ledger.start_run(archive, "us_ecfr", at=at, replayed=True)
    intake = Intake(
        archive=archive, run=run, now=at, watches=WatchIndex(()), context=Context(now=at), sure=True
    )
    body = f"{text.work} {text.as_of}".encode()
    capture = Capture(
        source="us_ecfr", document=text.work, url="file:///x", body=body, as_of=text.as_of, fetched_at=at
    )
    taken = intake.take(capture, Reading(expressions=(text,)))
    assert taken.outcome == "published", taken
    ledger.finish_run(archive, run, at=at, outcome=ledger.COMPLETE)
    return sum(one.change.materiality == "substantive" for one in taken.changes)


def fill(archive: Archive, wanted: int) -> None:
    """Lists, each with two editions, until so many substantive changes became known in the week."""
    found = 0
    for number in count(1):
        before, after = (
            replace(one, work=f"us/cfr/15/{700 + number}", recipe="x/1") for one in editions(number)
        )
        start = datetime(2030, 6, 1, tzinfo=UTC) + timedelta(minutes=number)
        take(archive, start, before)
        found += take(archive, start + timedelta(days=31), replace(after, as_of=MONDAY))
        if found >= wanted:
            return


def timed(work: Callable[[], object]) -> float:
    """Seconds of the processor, so that what else the machine does counts for nothing."""
    started = time.process_time()
    work()
    return time.process_time() - started


def bare(digest: Digest) -> str:
    """The same words on a page without anything else."""
    texts = (
        item.change.text_after or item.change.text_before for step in digest.steps for item in step.items
    )
    return f"<html><body>{''.join(f'<p>{escape(text)}</p>' for text in texts)}</body></html>"


def main() -> None:
    arguments = options(__doc__)
    arguments.add_argument("--changes", type=int, default=WANTED)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder, Archive.create(Path(folder) / "archive") as archive:
        fill(archive, given.changes)
        week = period("2030-W27", "UTC", now=datetime(2031, 1, 1, tzinfo=UTC))
        started = time.process_time()
        digest = build(archive, week, titles={})
        took = {"read from the archive": time.process_time() - started}
    manner = Manner(address="https://tocsin.example.org")
    for form, (_, made) in FORMATS.items():
        took[form] = timed(lambda made=made: made(digest, manner))  # type: ignore[misc]
    from weasyprint import HTML

    page = bare(digest)
    peer = timed(lambda: HTML(string=page).write_pdf())
    beside = "WeasyPrint alone, the same words"
    steps = [Row(work=f"digest, {step}", ours=seconds) for step, seconds in took.items() if step != "pdf"]
    rows = (
        *steps,
        Row(work="digest, pdf", ours=took["pdf"], beside=beside, peer=peer),
        Row(work="digest, all of it", ours=sum(took.values()), beside=beside, peer=peer, at_most=AIM),
    )
    Table(about=f"a week of {digest.substantive:,} substantive changes", rows=rows).show(as_json=given.json)


if __name__ == "__main__":
    main()
