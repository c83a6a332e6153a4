"""Of a transition that the archive holds: which parts of the work were left out of the comparison, for those who read what changed."""

from __future__ import annotations

import sqlite3

from archive import codec
from archive.records import Fact
from archive.shared_scope import statement


def not_compared(database: sqlite3.Connection, edition: int | None, before: str | None) -> tuple[Fact, ...]:
    """The statement on the step to an edition (its number) from the one of the day ``before``; empty where all was compared."""
    if edition is None or before is None:
        return ()
    series, day, printed = database.execute(
        "SELECT series, as_of, scope FROM edition WHERE id = ?", (edition,)
    ).fetchone()
    earlier = database.execute(
        "SELECT covers FROM edition WHERE series = ? AND as_of = ? ORDER BY known_to IS NULL DESC, id DESC LIMIT 1",
        (series, before),
    ).fetchone()
    had = earlier[0] if earlier else "[]"
    if printed == had == "[]":
        return ()
    standing = database.execute(
        """
        SELECT eid FROM provision JOIN address ON address.id = provision.address
        WHERE series = ? AND parent IS NULL AND known_to IS NULL AND from_date <= ? AND (to_date IS NULL OR to_date > ?)
        ORDER BY provision.rank
        """,
        (series, day, day),
    ).fetchall()
    said = statement(
        codec.loads(had, tuple[str, ...]), codec.loads(printed, tuple[str, ...]), [eid for (eid,) in standing]
    )
    return (said,) if said else ()
