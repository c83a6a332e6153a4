"""What the archive knew at an instant of things that are written over, kept by triggers, and the digests that were built of it.

Which analysis of a transition counts, what a change touches, whether a date of the calendar still stands and what is said of an incident are kept as they
are now. A digest is built as they were known then, so each write over them leaves a row here. No code has to remember to: the triggers do.

A row is dated by the start of the run that was newest when it was written, as the changes of that run are; where no run is, by the day that the thing
itself has. The tables only grow.
"""

from __future__ import annotations

# What stands for an instant in the triggers below.
_CLOCKS = {
    "@analysed": "max(coalesce(@run, ''), (SELECT observed_at FROM transition WHERE id = NEW.transition_id))",
    "@seen": "coalesce(@run, NEW.seen || 'T00:00:00.000000Z')",
    "@said": "coalesce(@run, NEW.opened_at)",
    "@run": "(SELECT started_at FROM run ORDER BY id DESC LIMIT 1)",
}


def _dated(statement: str) -> str:
    for name, expression in _CLOCKS.items():
        statement = statement.replace(name, expression)
    return statement


def _fixed(table: str) -> tuple[str, ...]:
    return tuple(
        f"""
        CREATE TRIGGER {table}_{verb.lower()} BEFORE {verb} ON {table}
        BEGIN SELECT RAISE(ABORT, '{table}: what was written is never changed'); END
        """
        for verb in ("UPDATE", "DELETE")
    )


_ANALYSES = (
    """
    CREATE TABLE analysis_history (     -- which analysis of a transition counted from when on, and when its touches were read
        id INTEGER PRIMARY KEY,
        changeset INTEGER NOT NULL REFERENCES changeset(id),
        transition_id TEXT NOT NULL REFERENCES transition(id),
        at TEXT NOT NULL,
        newest INTEGER NOT NULL,        -- 1: it counted from here on
        reference TEXT,                 -- state of the tables that its touches were read with; NULL: nothing was read here
        UNIQUE (changeset, id)
    ) STRICT
    """,
    "CREATE INDEX analysis_history_at ON analysis_history(at)",
    """
    INSERT INTO analysis_history (changeset, transition_id, at, newest, reference)
    SELECT changeset.id, transition.id, observed_at, newest, reference FROM changeset
    JOIN transition ON transition.id = changeset.transition_id ORDER BY changeset.id
    """,
    """
    CREATE TRIGGER changeset_begins AFTER INSERT ON changeset BEGIN
        INSERT INTO analysis_history (changeset, transition_id, at, newest)
        VALUES (NEW.id, NEW.transition_id, @analysed, NEW.newest);
    END
    """,
    """
    CREATE TRIGGER changeset_counts AFTER UPDATE OF newest ON changeset WHEN OLD.newest <> NEW.newest BEGIN
        INSERT INTO analysis_history (changeset, transition_id, at, newest)
        VALUES (NEW.id, NEW.transition_id, @analysed, NEW.newest);
    END
    """,
    """
    CREATE TRIGGER changeset_read AFTER UPDATE OF reference ON changeset BEGIN
        INSERT INTO analysis_history (changeset, transition_id, at, newest, reference)
        VALUES (NEW.id, NEW.transition_id, @analysed, NEW.newest, NEW.reference);
    END
    """,
    *_fixed("analysis_history"),
    """
    CREATE TABLE touch_history (        -- the touches of a reading that another one took the place of
        reading INTEGER NOT NULL REFERENCES analysis_history(id),
        change INTEGER NOT NULL REFERENCES change(id),
        position INTEGER NOT NULL,
        type TEXT NOT NULL,
        id TEXT NOT NULL,
        regime TEXT NOT NULL,
        excluded INTEGER NOT NULL,
        role TEXT NOT NULL,
        via TEXT NOT NULL,
        confidence REAL NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        PRIMARY KEY (change, reading, position)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TRIGGER touch_goes AFTER DELETE ON touch BEGIN
        INSERT INTO touch_history (reading, change, position, type, id, regime, excluded, role, via, confidence, start, "end")
        SELECT max(analysis_history.id), OLD.change, OLD.position, OLD.type, OLD.id, OLD.regime, OLD.excluded, OLD.role, OLD.via,
            OLD.confidence, OLD.start, OLD."end"
        FROM analysis_history JOIN change ON change.changeset = analysis_history.changeset
        WHERE change.id = OLD.change AND analysis_history.reference = OLD.reference;
    END
    """,
    *_fixed("touch_history"),
)

_FUSES = (
    """
    CREATE TABLE fuse_history (         -- what a date of the calendar said from when on
        id INTEGER PRIMARY KEY,
        fuse TEXT NOT NULL REFERENCES fuse(id),
        at TEXT NOT NULL,
        act TEXT NOT NULL,
        words TEXT NOT NULL,
        gone TEXT                       -- NULL: it stood from here on
    ) STRICT
    """,
    "CREATE INDEX fuse_history_fuse ON fuse_history(fuse, id)",
    """
    INSERT INTO fuse_history (fuse, at, act, words, gone)
    SELECT id, seen || 'T00:00:00.000000Z', act, words, gone FROM fuse ORDER BY rowid
    """,
    """
    CREATE TRIGGER fuse_begins AFTER INSERT ON fuse BEGIN
        INSERT INTO fuse_history (fuse, at, act, words, gone) VALUES (NEW.id, @seen, NEW.act, NEW.words, NEW.gone);
    END
    """,
    """
    CREATE TRIGGER fuse_differs AFTER UPDATE OF act, words, gone ON fuse
    WHEN OLD.act <> NEW.act OR OLD.words <> NEW.words OR OLD.gone IS NOT NEW.gone BEGIN
        INSERT INTO fuse_history (fuse, at, act, words, gone) VALUES (NEW.id, @seen, NEW.act, NEW.words, NEW.gone);
    END
    """,
    *_fixed("fuse_history"),
)

_INCIDENTS = (
    """
    CREATE TABLE incident_history (     -- what was said of an incident from when on
        id INTEGER PRIMARY KEY,
        incident INTEGER NOT NULL REFERENCES incident(id),
        at TEXT NOT NULL,
        said TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX incident_history_incident ON incident_history(incident, id)",
    "INSERT INTO incident_history (incident, at, said) SELECT id, opened_at, said FROM incident ORDER BY id",
    """
    CREATE TRIGGER incident_begins AFTER INSERT ON incident BEGIN
        INSERT INTO incident_history (incident, at, said) VALUES (NEW.id, NEW.opened_at, NEW.said);
    END
    """,
    """
    CREATE TRIGGER incident_differs AFTER UPDATE OF said ON incident WHEN OLD.said <> NEW.said BEGIN
        INSERT INTO incident_history (incident, at, said) VALUES (NEW.id, @said, NEW.said);
    END
    """,
    *_fixed("incident_history"),
)

_BUILT = (
    """
    CREATE TABLE digest (               -- a weekly digest as it was built; the same content is kept once
        id INTEGER PRIMARY KEY,
        week TEXT NOT NULL,             -- 2026-W30
        as_known TEXT NOT NULL,         -- the instant up to which the archive counted
        version TEXT NOT NULL UNIQUE,   -- SHA-256 of its content
        built_at TEXT NOT NULL,
        content TEXT NOT NULL           -- canonical JSON: all that any format of it says
    ) STRICT
    """,
    "CREATE INDEX digest_week ON digest(week, id)",
    *_fixed("digest"),
)

DIGESTS: tuple[str, ...] = tuple(map(_dated, (*_ANALYSES, *_FUSES, *_INCIDENTS, *_BUILT)))
