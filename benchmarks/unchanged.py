"""A document that comes again as it was: the request noted, its bytes looked at, nothing read. Beside the hash of the same bytes and one row.

    python -m benchmarks.unchanged [--json]

The document is part 744 of title 15 (2.5 MB), or made up in that size. Each round does both in turn, in processor time; the row is committed to a SQLite
file as safely as ours (write-ahead log, synchronous FULL).
"""

from __future__ import annotations

import hashlib
import os
import random
import sqlite3
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

from alerts.match import WatchIndex
from alerts.messages import Context
from archive import editions, ledger
from archive.records import Attempt, Capture, Expression, Provision
from archive.store import Archive
from benchmarks.beside import in_turn
from benchmarks.table import Row, Table, options
from tocsin.intake import UNCHANGED, Intake

CORPUS = Path(os.environ.get("TOCSIN_CORPUS", Path(__file__).resolve().parents[2] / "shared" / "corpus"))
FILE = CORPUS / "files/www.ecfr.gov/ecfr/title-15_part-744.en.2026-07-18.xml"
URL = "https://www.ecfr.gov/api/versioner/v1/full/2026-07-18/title-15.xml?part=744"
DAY, NOW = date(2026, 7, 18), datetime(2026, 7, 20, tzinfo=UTC)
RUNS = 31


def main() -> None:
    given = options(__doc__).parse_args()
    body = FILE.read_bytes() if FILE.is_file() else random.Random(1).randbytes(2_000_000)
    with tempfile.TemporaryDirectory() as name, Archive.create(Path(name) / "archive") as archive:
        run = ledger.start_run(archive, "us_ecfr", at=NOW, replayed=False)
        capture = Capture(
            source="us_ecfr", document="title-15/part-744", url=URL, body=body, as_of=DAY, fetched_at=NOW, media_type="application/xml"
        )  # fmt: skip
        row = editions.record_capture(archive, run, capture)
        text = Expression(
            work="us/cfr/15/744", as_of=DAY, recipe="us_ecfr/1", provisions=(Provision(eid="744.1", text="as it was"),)
        )  # fmt: skip
        editions.publish(archive, text, row.id, observed=NOW, provisional=False)
        intake = Intake(archive=archive, run=run, now=NOW, watches=WatchIndex(()), context=Context(now=NOW))
        attempt = Attempt(source="us_ecfr", url=URL, at=NOW, outcome="unchanged", status=200, bytes=len(body))
        plain = sqlite3.connect(Path(name) / "plain.db", isolation_level=None)
        plain.execute("PRAGMA journal_mode = WAL")
        plain.execute("PRAGMA synchronous = FULL")
        plain.execute("CREATE TABLE attempt (url TEXT, at TEXT, outcome TEXT, bytes INTEGER, sha256 TEXT)")

        def ours() -> None:
            ledger.record_attempt(archive, run, attempt)
            assert intake.take(capture).outcome == UNCHANGED

        def peer() -> None:
            values = (URL, NOW.isoformat(), "unchanged", len(body), hashlib.sha256(body).hexdigest())
            plain.execute("INSERT INTO attempt VALUES (?, ?, ?, ?, ?)", values)

        best = in_turn({"peer": peer, "ours": ours}, RUNS)
        plain.close()
    found = Row(
        work="an unchanged document, end to end",
        ours=best["ours"],
        beside="its SHA-256 and a row",
        peer=best["peer"],
        ratio_at_most=3.0,
    )
    Table(about=f"a document of {len(body) / 1e6:.1f} MB that comes again", rows=(found,)).show(
        as_json=given.json
    )


if __name__ == "__main__":
    main()
