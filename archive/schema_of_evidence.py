"""What the chain needs beside the rows that it is about: which rows a link of many covers, and triggers on what is never changed.

A row that changes over time (a run that ends, a delivery that is sent, a capture that is held) is fixed column by column: what was said of it when it
was written stays. Those who take the triggers away are found by the chain.
"""

from __future__ import annotations

from archive.schema_of_retention import RETENTION


def _refused(table: str, name: str, when: str, what: str = "what was written is never changed") -> str:
    return f"CREATE TRIGGER {table}_{name} BEFORE {when} BEGIN SELECT RAISE(ABORT, '{table}: {what}'); END"


def _kept(table: str, columns: str = "", when: str = "") -> tuple[str, ...]:
    """No row goes, and these columns (all without any) stay as they are, where ``when`` is so."""
    of = f" OF {', '.join(columns.split())}" if columns else ""
    condition = f" WHEN {when}" if when else ""
    return (
        _refused(table, "update", f"UPDATE{of} ON {table}{condition}"),
        _refused(table, "delete", f"DELETE ON {table}"),
    )


def _fixed(table: str, key: str) -> tuple[str, ...]:
    """The same, and no REPLACE takes the place of a row, which deletes without asking a trigger of DELETE."""
    same = " AND ".join(f"{column} = NEW.{column}" for column in key.split())
    found = f"SELECT 1 FROM {table} WHERE {same}"  # noqa: S608 - no word of it comes from outside
    return (*_kept(table), _refused(table, "replace", f"INSERT ON {table} WHEN EXISTS ({found})"))


_BATCHES = (
    """
    CREATE TABLE batch (                -- which rows one link of the chain covers, see archive.batches
        id INTEGER PRIMARY KEY,         -- the rows of each begin where those of the one before end
        kind TEXT NOT NULL,             -- of the link: history, run, sending
        subject TEXT NOT NULL,          -- of the link: the number of the run, or of this batch
        ends TEXT NOT NULL,             -- JSON object: of each sort of rows the number of the last that is covered
        marks TEXT NOT NULL,            -- JSON object: of each sort the first 8 digits of the hash of each row, to tell which one is not what it was
        UNIQUE (kind, subject)
    ) STRICT
    """,
    *_fixed("batch", "id"),
    """
    CREATE TABLE written_before (       -- what an older version had written without linking it; empty: nothing
        ends TEXT NOT NULL              -- as in batch
    ) STRICT
    """,
    """
    CREATE TABLE delivery_order (       -- in which order attempts at deliveries were made
        id INTEGER PRIMARY KEY,
        delivery TEXT NOT NULL,
        number INTEGER NOT NULL,        -- of delivery_attempt
        UNIQUE (delivery, number)
    ) STRICT
    """,
    "INSERT INTO delivery_order (delivery, number) SELECT delivery, number FROM delivery_attempt ORDER BY at, delivery, number",
    """
    CREATE TRIGGER delivery_attempt_follows AFTER INSERT ON delivery_attempt
    BEGIN INSERT INTO delivery_order (delivery, number) VALUES (NEW.delivery, NEW.number); END
    """,
    """
    INSERT INTO written_before SELECT json_object(
        'acknowledgements', (SELECT coalesce(max(id), 0) FROM acknowledgement), 'analyses', (SELECT coalesce(max(id), 0) FROM changeset),
        'attempts', (SELECT coalesce(max(id), 0) FROM attempt), 'captures', (SELECT coalesce(max(id), 0) FROM capture),
        'editions', (SELECT coalesce(max(id), 0) FROM edition), 'owed', (SELECT coalesce(max(position), 0) FROM delivery),
        'readings', (SELECT coalesce(max(id), 0) FROM analysis_history), 'runs', (SELECT coalesce(max(id), 0) FROM run WHERE finished_at IS NOT NULL),
        'sends', (SELECT coalesce(max(id), 0) FROM delivery_order), 'wordings', (SELECT coalesce(max(id), 0) FROM watch_wording))
    WHERE EXISTS (SELECT 1 FROM run) OR EXISTS (SELECT 1 FROM capture) OR EXISTS (SELECT 1 FROM delivery)
    """,
)

_SENT = (
    # What was asked for: JSON of archive.records.Request; '': an older version did not keep it.
    "ALTER TABLE capture ADD COLUMN request TEXT NOT NULL DEFAULT ''",
)

_UNCHANGED = (
    *_kept("run", when="OLD.finished_at IS NOT NULL"),
    *_fixed("attempt", "id"),
    *_kept(
        "capture",
        "id run source document url fetched_at as_of status media_type headers meta sha256 bytes request",
    ),
    *_kept(
        "edition",
        "id series as_of capture title kind published observed known_from scope covers digest facts",
    ),
    *_kept("transition"),
    *_kept("changeset", "id transition_id engine digest"),
    *_kept("delivery", "key position message_id transition_id watch target changes enqueued_at"),
    _refused("delivery", "tried", "UPDATE OF payload ON delivery WHEN OLD.claimed_at IS NOT NULL"),
    *_fixed("delivery_attempt", "delivery number"),
    *_fixed("delivery_order", "id"),
    *_fixed("watch_wording", "id"),
    *_fixed("acknowledgement", "id"),
)

EVIDENCE: tuple[str, ...] = (*_BATCHES, *_SENT, *_UNCHANGED, *RETENTION)
