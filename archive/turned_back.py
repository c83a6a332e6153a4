"""A clock that was set back, or stood ahead for a while and was put right: found by the ledger, and what it would hold up is due at once.

What is known keeps its order by itself (``archive.publishing``), and so do the runs, by their numbers. A message that was put off by the clock of before
would wait until that hour comes again.
"""

from __future__ import annotations

from datetime import datetime

from archive import instants
from archive.store import Archive


def last_instant(archive: Archive) -> datetime | None:
    """The latest instant at which a run began or ended, None where there was none."""
    (latest,) = archive.database.execute(
        "SELECT max(max(started_at, coalesce(finished_at, ''))) FROM run"
    ).fetchone()
    return instants.read_optional(latest)


def make_due(archive: Archive, at: datetime) -> int:
    """Let every message wait no longer that was owed, or tried, after ``at``, and is put off; answers how many. The hours of its person are looked at anew."""
    now = instants.written(at)
    with archive.transaction():
        return archive.database.execute(
            "UPDATE delivery SET next_try = ? WHERE next_try > ? AND state IN ('pending', 'failed', 'held') AND max(enqueued_at, coalesce(claimed_at, '')) > ?",
            (now, now, now),
        ).rowcount
