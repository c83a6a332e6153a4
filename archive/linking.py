"""Putting the rows in great number into the chain: at the end of each run and of each round of sending, in one pass over what is new.

What an older version wrote is linked once, as a link of its own kind: that of the day on which it was linked, not on which it was written.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from archive import batches, chain
from archive.batch_rows import SORTS, ends_now, ends_read
from archive.canonical import digest_of
from archive.store import Archive


def link_run(archive: Archive, run: int, *, at: datetime) -> None:
    """Link what was written until the end of a run, in the caller's transaction: its attempts, captures, editions, analyses, and whatever was
    left by one that was killed before it."""
    with archive.transaction():
        _history(archive, at)
        _link(archive, batches.RUN, str(run), ends_now(archive.database), at)


def link_sending(archive: Archive, *, at: datetime) -> bool:
    """Link what a round of sending wrote; False where it wrote nothing."""
    with archive.transaction():
        _history(archive, at)
        number, ends = batches.newest(archive.database)
        if ends_now(archive.database)["sends"] == ends["sends"]:
            return False
        _link(archive, batches.SENDING, str(number + 1), ends_now(archive.database), at)
    return True


def not_linked(archive: Archive) -> dict[str, int]:
    """How many rows of each sort are in no link yet, by what one is called: what a killed run has left, what is owed since the last link."""
    _, ends = batches.newest(archive.database)
    now = ends_now(archive.database)
    return {SORTS[name].name: now[name] - ends[name] for name in SORTS if now[name] > ends[name]}


def _history(archive: Archive, at: datetime) -> None:
    number, _ = batches.newest(archive.database)
    row = archive.database.execute("SELECT ends FROM written_before").fetchone() if number == 0 else None
    if row is not None:
        _link(archive, batches.HISTORY, "1", ends_read(row[0]), at)


def _link(archive: Archive, kind: str, subject: str, upto: Mapping[str, int], at: datetime) -> None:
    database = archive.database
    number, after = batches.newest(database)
    ends = {name: max(after[name], upto[name]) for name in SORTS}
    rows = batches.row_hashes(database, after, ends)
    database.execute(
        "INSERT INTO batch (id, kind, subject, ends, marks) VALUES (?, ?, ?, ?, ?)",
        (number + 1, kind, subject, _json(ends), _json(batches.marks(rows))),
    )
    chain.append(archive, kind, subject, digest_of(batches.content(after, ends, rows)), at=at)


def _json(numbers: Mapping[str, int | str]) -> str:
    return json.dumps({name: said for name, said in numbers.items() if said}, separators=(",", ":"))
