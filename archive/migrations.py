"""The schema of the two files, each version a migration in a transaction of its own. The comments in the SQL are kept by SQLite:
``sqlite3 archive.db .schema`` is the documentation of the tables.

Instants are UTC text (``archive.instants``), dates ISO text; only ``provision`` and ``edition`` count the *known* clock in microseconds since 1970,
which the view ``provision_history`` spells out. A released migration is never edited: the next version is a new one.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils import Database, Migrations

from archive.first_schema import CHANGES, LEDGER, OUTBOX, TEXTS, WORKS
from archive.interned import mark
from archive.schema_of_access import ACCESS
from archive.schema_of_alerts import ALERTS
from archive.schema_of_details import DETAILS
from archive.schema_of_evidence import EVIDENCE
from archive.schema_of_reviews import REVIEWS
from archive.texts import text_digest

ARCHIVE = Migrations("tocsin.archive")
CAPTURES = Migrations("tocsin.captures")
# The version that all migrations together lead to; PRAGMA user_version of a file says which one it has.
ARCHIVE_VERSION = 11
CAPTURES_VERSION = 1


def upgrade(database: Database, migrations: Migrations) -> None:
    """Bring a file to the newest version. A crash leaves it at one version or the next, never between."""
    migrations.apply(database)


@CAPTURES(name="0001_bodies")
def _captures_1(database: Database) -> None:
    _execute(
        database,
        1,
        (
            """
            CREATE TABLE body (             -- the bytes of captures, each once
                sha256 TEXT PRIMARY KEY,    -- of the bytes as they came, hex
                document TEXT NOT NULL,     -- source/document it was first seen as: the next capture of it is compressed against it
                size INTEGER NOT NULL,      -- bytes as they came
                keyframe TEXT REFERENCES body(sha256), -- the body that is the zstd prefix of this one; NULL: this is a keyframe
                frame BLOB NOT NULL         -- one zstd frame
            ) STRICT
            """,
            "CREATE INDEX body_keyframe ON body(document) WHERE keyframe IS NULL",
        ),
    )


@ARCHIVE(name="0001_first_schema")
def _archive_1(database: Database) -> None:
    _execute(database, 1, (*LEDGER, *WORKS, *TEXTS, *CHANGES, *OUTBOX))


@ARCHIVE(name="0002_calendar")
def _archive_2(database: Database) -> None:
    _execute(database, 2, _CALENDAR)


@ARCHIVE(name="0003_events")
def _archive_3(database: Database) -> None:
    _execute(database, 3, _EVENTS)


@ARCHIVE(name="0004_watch_history")
def _archive_4(database: Database) -> None:
    _execute(database, 4, _WATCHES)


@ARCHIVE(name="0005_incidents")
def _archive_5(database: Database) -> None:
    _execute(database, 5, _INCIDENTS)


@ARCHIVE(name="0006_announced_and_authors")
def _archive_6(database: Database) -> None:
    _execute(database, 6, (*_ANNOUNCED, *_AUTHORS))


@ARCHIVE(name="0007_alerts")
def _archive_7(database: Database) -> None:
    _execute(database, 7, ALERTS)


@ARCHIVE(name="0008_reviews")
def _archive_8(database: Database) -> None:
    _execute(database, 8, REVIEWS)


@ARCHIVE(name="0009_access")
def _archive_9(database: Database) -> None:
    _execute(database, 9, ACCESS)


@ARCHIVE(name="0010_evidence")
def _archive_10(database: Database) -> None:
    _execute(database, 10, EVIDENCE)


@ARCHIVE(name="0011_details")
def _archive_11(database: Database) -> None:
    # What the copying asks of this program; the tables themselves need neither.
    database.register_function(mark, name="crc32", deterministic=True)
    database.register_function(text_digest, name="text_digest", deterministic=True)
    _execute(database, 11, DETAILS)


def _execute(database: Database, version: int, statements: Iterable[str]) -> None:
    for statement in statements:
        database.execute(statement)
    database.execute(f"PRAGMA user_version = {version:d}")


_CALENDAR = (
    """
    CREATE TABLE fuse (                 -- a date on which law changes though no word does, or on which something is due
        id TEXT PRIMARY KEY,            -- hash of work, eid, day, sort and which of several
        work INTEGER NOT NULL REFERENCES work(id),
        eid TEXT NOT NULL,              -- '': a document as such
        day TEXT NOT NULL,              -- the first day on which it is otherwise
        named TEXT NOT NULL,            -- the date the source gives
        sort TEXT NOT NULL,
        act TEXT NOT NULL,              -- citation of what says so
        words TEXT NOT NULL,
        as_of TEXT NOT NULL,            -- the newest edition that has it
        seen TEXT NOT NULL,             -- the day on which it was first found
        told INTEGER,                   -- days ahead of the last reminder; NULL: none yet
        gone TEXT                       -- the edition, before its day, that no longer had it; NULL: it stands
    ) STRICT
    """,
    "CREATE INDEX fuse_day ON fuse(day) WHERE gone IS NULL",
    "CREATE INDEX fuse_work ON fuse(work)",
    """
    CREATE TABLE fuse_search (          -- how far the editions of a work were searched for fuses
        work INTEGER PRIMARY KEY REFERENCES work(id),
        edition INTEGER NOT NULL        -- edition.id of the newest row then
    ) STRICT
    """,
)

_EVENTS = (
    """
    CREATE TABLE event_stage (          -- a transition as a stage of a legal act
        event TEXT NOT NULL,            -- hash of the first transition of the act
        transition_id TEXT NOT NULL REFERENCES transition(id),
        stage TEXT NOT NULL,            -- announced, published, corrected, stayed, extended, codified, listed
        work TEXT NOT NULL,
        title TEXT NOT NULL,
        at TEXT NOT NULL,
        UNIQUE (event, transition_id)
    ) STRICT
    """,
    "CREATE INDEX event_stage_transition ON event_stage(transition_id)",
    """
    CREATE TABLE event_name (           -- what an act is called by
        event TEXT NOT NULL,
        sort TEXT NOT NULL,             -- document, citation, revision, rin, docket
        name TEXT NOT NULL,
        PRIMARY KEY (event, sort, name)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX event_name_name ON event_name(sort, name)",
    """
    CREATE TABLE event_told (           -- what a watch has heard of an act
        event TEXT NOT NULL,
        watch TEXT NOT NULL,
        terms TEXT NOT NULL,            -- JSON list of the terms it met
        PRIMARY KEY (event, watch)
    ) STRICT, WITHOUT ROWID
    """,
)

_WATCHES = (
    """
    CREATE TABLE watch_wording (        -- what a watch said from an instant on
        id INTEGER PRIMARY KEY,
        watch TEXT NOT NULL,
        at TEXT NOT NULL,
        file TEXT NOT NULL,
        content TEXT NOT NULL           -- JSON; '': it was taken out
    ) STRICT
    """,
    "CREATE INDEX watch_wording_watch ON watch_wording(watch)",
)

_INCIDENTS = (
    """
    CREATE TABLE incident (             -- something wrong with a source, from its opening to its end
        id INTEGER PRIMARY KEY,
        source TEXT NOT NULL,
        sort TEXT NOT NULL,             -- gap, held, uncounted, failing
        subject TEXT NOT NULL,          -- what of the source; '': the source as such
        said TEXT NOT NULL,             -- the last words about it, for people
        day TEXT,                       -- of what is missing; NULL: it has none
        opened_at TEXT NOT NULL,
        escalated_at TEXT,              -- NULL: it has not lasted too long yet
        closed_at TEXT                  -- NULL: it is open
    ) STRICT
    """,
    "CREATE UNIQUE INDEX incident_open ON incident(source, sort, subject) WHERE closed_at IS NULL",
)

_ANNOUNCED = (
    """
    CREATE TABLE announced (            -- that a paper says that it amends a work from a day on
        act TEXT NOT NULL,              -- path of the paper
        work TEXT NOT NULL,             -- path of what it amends
        day TEXT NOT NULL,
        closed TEXT,                    -- the day on which it was found in the text, or told as missing there; NULL: it is looked for
        missing TEXT NOT NULL DEFAULT '[]', -- JSON list: what was told as missing
        PRIMARY KEY (act, work, day)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX announced_work ON announced(work, day)",
    "CREATE INDEX announced_open ON announced(day) WHERE closed IS NULL",
    """
    CREATE TABLE announced_search (     -- how far the editions of a paper were searched for what it announces
        act TEXT PRIMARY KEY,
        edition INTEGER NOT NULL        -- edition.id of the newest row then
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX event_stage_work ON event_stage(work)",
)

_AUTHORS = (
    # Who wrote a watch in the front end; '': it stood in a file.
    "ALTER TABLE watch_wording ADD COLUMN author TEXT NOT NULL DEFAULT ''",
)
