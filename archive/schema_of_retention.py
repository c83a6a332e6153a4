"""The tables of what was dropped: the bytes of captures that a person's rule no longer kept. They only grow, and are in the chain."""

from __future__ import annotations


def _fixed(table: str, key: str) -> tuple[str, ...]:
    same = " AND ".join(f"{column} = NEW.{column}" for column in key.split())
    said = f"BEGIN SELECT RAISE(ABORT, '{table}: what was written is never changed'); END"
    found = f"SELECT 1 FROM {table} WHERE {same}"  # noqa: S608 - no word of it comes from outside
    return (
        f"CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} {said}",
        f"CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} {said}",
        f"CREATE TRIGGER {table}_replace BEFORE INSERT ON {table} WHEN EXISTS ({found}) {said}",
    )


RETENTION: tuple[str, ...] = (
    """
    CREATE TABLE retention (            -- one time that a rule on how long captures are kept was applied to a source
        id TEXT PRIMARY KEY,            -- hash of all else, and of what was dropped
        at TEXT NOT NULL,
        source TEXT NOT NULL,
        reason TEXT NOT NULL            -- the rule, in words
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE dropped_body (         -- bytes that are no longer in captures.db, whose captures stay as rows
        sha256 TEXT NOT NULL,           -- capture.sha256
        retention TEXT NOT NULL REFERENCES retention(id),
        size INTEGER NOT NULL,          -- bytes as they came
        PRIMARY KEY (sha256, retention)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX dropped_body_retention ON dropped_body(retention)",
    # Runs are counted by how they ended whenever somebody asks how the service fares.
    "CREATE INDEX run_outcome ON run(source, outcome)",
    *_fixed("retention", "id"),
    *_fixed("dropped_body", "sha256 retention"),
)
