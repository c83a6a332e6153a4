"""The tables that the first migration makes: the ledger, the works and their texts, the changes, the outbox.

The comments are part of the SQL and kept by SQLite: ``sqlite3 archive.db .schema`` prints them.
"""

from __future__ import annotations

LEDGER = (
    """
    CREATE TABLE run (                  -- one round of a source
        id INTEGER PRIMARY KEY,
        source TEXT NOT NULL,
        started_at TEXT NOT NULL,
        finished_at TEXT,               -- NULL: it is running, or was killed
        outcome TEXT NOT NULL DEFAULT '', -- archive.ledger.COMPLETE, or the kind of the failure
        reason TEXT NOT NULL DEFAULT '',
        counts TEXT NOT NULL DEFAULT '{}', -- JSON: what it did, by name
        replayed INTEGER NOT NULL       -- 1: its clock was set by hand
    ) STRICT
    """,
    "CREATE INDEX run_source ON run(source, id)",
    """
    CREATE TABLE attempt (              -- one request, whatever came of it
        id INTEGER PRIMARY KEY,
        run INTEGER NOT NULL REFERENCES run(id),
        source TEXT NOT NULL,
        url TEXT NOT NULL,
        at TEXT NOT NULL,
        outcome TEXT NOT NULL,          -- accepted, unchanged, or the kind of the refusal
        status INTEGER NOT NULL,        -- HTTP, 0 where there was no answer
        reason TEXT NOT NULL,
        bytes INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX attempt_run ON attempt(run)",
    """
    CREATE TABLE memory (               -- what a crawl of a source hands to the next one; it only saves requests
        source TEXT PRIMARY KEY,
        content TEXT NOT NULL           -- JSON object, the crawler's own
    ) STRICT
    """,
    """
    CREATE TABLE capture (              -- a fetched document; the same bytes of the same edition are one capture
        id INTEGER PRIMARY KEY,
        run INTEGER REFERENCES run(id),
        source TEXT NOT NULL,
        document TEXT NOT NULL,         -- its stable name in the source
        url TEXT NOT NULL,
        fetched_at TEXT NOT NULL,
        as_of TEXT NOT NULL,            -- date of the edition
        status INTEGER NOT NULL,
        media_type TEXT NOT NULL,
        headers TEXT NOT NULL,          -- JSON pairs
        meta TEXT NOT NULL,             -- JSON object: what the publisher's index says of it
        inventory TEXT,                 -- JSON object: units by name the publisher says it has; NULL: nobody says
        sha256 TEXT NOT NULL,           -- key in captures.db
        bytes INTEGER NOT NULL,
        state TEXT NOT NULL DEFAULT 'accepted' CHECK (state IN ('accepted', 'held', 'published', 'rejected')),
        reason TEXT NOT NULL DEFAULT '', -- why it is held, released or rejected
        UNIQUE (source, document, as_of, sha256)
    ) STRICT
    """,
    "CREATE INDEX capture_sha256 ON capture(sha256)",
    "CREATE INDEX capture_run ON capture(run)",
    "CREATE INDEX capture_held ON capture(source) WHERE state = 'held'",
)

WORKS = (
    """
    CREATE TABLE work (                 -- a regulation as such
        id INTEGER PRIMARY KEY,
        path TEXT NOT NULL UNIQUE,      -- us/cfr/15/744/supp-4
        source TEXT NOT NULL,
        title TEXT NOT NULL,            -- of its newest edition
        language TEXT NOT NULL,
        kind TEXT NOT NULL,             -- consolidated, document
        jurisdiction TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE series (               -- the editions of a work in one language as one recipe reads them
        id INTEGER PRIMARY KEY,
        work INTEGER NOT NULL REFERENCES work(id),
        recipe TEXT NOT NULL,
        language TEXT NOT NULL,
        superseded_at INTEGER,          -- known clock: when a newer recipe replaced it; NULL: it counts
        UNIQUE (work, recipe, language)
    ) STRICT
    """,
    """
    CREATE TABLE edition (              -- the text of a work as it stood at a date
        id INTEGER PRIMARY KEY,
        series INTEGER NOT NULL REFERENCES series(id),
        as_of TEXT NOT NULL,
        capture INTEGER NOT NULL REFERENCES capture(id),
        title TEXT NOT NULL,
        kind TEXT NOT NULL,
        published TEXT,                 -- date
        observed TEXT NOT NULL,         -- when we saw it
        known_from INTEGER NOT NULL,
        known_to INTEGER,               -- another edition of that date, or another recipe, took its place; NULL: it stands
        provisional INTEGER NOT NULL,   -- 1: nothing has confirmed yet that it is complete
        scope TEXT NOT NULL,            -- JSON list: the parts of the work it prints; []: all
        covers TEXT NOT NULL,           -- JSON list: the parts that its text has, with what stood before outside of its scope; []: all
        digest TEXT NOT NULL,           -- SHA-256 of the whole tree as it reads in this edition
        facts TEXT NOT NULL             -- JSON list of what it states of itself
    ) STRICT
    """,
    "CREATE UNIQUE INDEX edition_standing ON edition(series, as_of) WHERE known_to IS NULL",
    "CREATE INDEX edition_series ON edition(series, as_of)",
    "CREATE INDEX edition_capture ON edition(capture)",
)

TEXTS = (
    """
    CREATE TABLE text (                 -- words, each wording once
        id INTEGER PRIMARY KEY,
        digest BLOB NOT NULL UNIQUE,    -- the first 16 bytes of the SHA-256 of its UTF-8
        body TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE address (              -- a place in a work that ever held a provision: WORK#EID
        id INTEGER PRIMARY KEY,
        work INTEGER NOT NULL REFERENCES work(id),
        eid TEXT NOT NULL,
        UNIQUE (work, eid)
    ) STRICT
    """,
    """
    CREATE TABLE provision (            -- what stood at an address: in force from_date <= day < to_date, as known known_from <= instant < known_to
        id INTEGER PRIMARY KEY,
        series INTEGER NOT NULL REFERENCES series(id),
        address INTEGER NOT NULL REFERENCES address(id),
        parent INTEGER REFERENCES address(id), -- NULL: a root
        rank TEXT NOT NULL,             -- order among siblings (archive.ranks)
        unit TEXT NOT NULL,
        num TEXT NOT NULL,
        heading INTEGER REFERENCES text(id), -- NULL: none
        text INTEGER REFERENCES text(id),    -- NULL: none
        applicability TEXT,             -- JSON list; NULL: none
        from_date TEXT NOT NULL,
        to_date TEXT,                   -- NULL: until further notice
        known_from INTEGER NOT NULL,
        known_to INTEGER                -- NULL: still held true
    ) STRICT
    """,
    "CREATE INDEX provision_series ON provision(series, known_to, to_date)",
    "CREATE INDEX provision_address ON provision(address)",
    """
    CREATE VIEW provision_history AS    -- provision with its references resolved, for people
    SELECT work.path AS work, address.eid, parent.eid AS parent, provision.rank, unit, num, heading.body AS heading, words.body AS text,
        applicability, from_date, to_date,
        strftime('%Y-%m-%dT%H:%M:%SZ', known_from / 1000000, 'unixepoch') AS known_from,
        strftime('%Y-%m-%dT%H:%M:%SZ', known_to / 1000000, 'unixepoch') AS known_to,
        series.recipe, series.language
    FROM provision
    JOIN series ON series.id = provision.series
    JOIN address ON address.id = provision.address
    JOIN work ON work.id = address.work
    LEFT JOIN address AS parent ON parent.id = provision.parent
    LEFT JOIN text AS heading ON heading.id = provision.heading
    LEFT JOIN text AS words ON words.id = provision.text
    """,
)

CHANGES = (
    """
    CREATE TABLE transition (           -- that a work went from one capture to another
        id TEXT PRIMARY KEY,            -- archive.identifiers.transition_id
        source TEXT NOT NULL,
        work INTEGER NOT NULL REFERENCES work(id),
        before_sha256 TEXT NOT NULL,    -- '': a document appeared
        after_sha256 TEXT NOT NULL,
        before TEXT,                    -- dates of the editions
        after TEXT NOT NULL,
        observed_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX transition_work ON transition(work, after)",
    "CREATE INDEX transition_observed ON transition(observed_at)",
    "CREATE INDEX transition_source ON transition(source, observed_at)",
    """
    CREATE TABLE changeset (            -- one analysis of a transition; the newest counts
        id INTEGER PRIMARY KEY,
        transition_id TEXT NOT NULL REFERENCES transition(id),
        engine TEXT NOT NULL,
        digest TEXT NOT NULL,           -- of its changes
        reference TEXT NOT NULL,        -- which reading of touches counts
        newest INTEGER NOT NULL         -- 1: it counts; a transition that was superseded has none
    ) STRICT
    """,
    "CREATE UNIQUE INDEX changeset_newest ON changeset(transition_id) WHERE newest = 1",
    "CREATE INDEX changeset_transition ON changeset(transition_id)",
    """
    CREATE TABLE change (               -- one modification
        id INTEGER PRIMARY KEY,
        changeset INTEGER NOT NULL REFERENCES changeset(id),
        position INTEGER NOT NULL,      -- document order
        key TEXT NOT NULL,              -- the id that people and deliveries use: the same in every analysis that finds it
        kind TEXT NOT NULL,
        materiality TEXT NOT NULL,
        old_eid TEXT,
        new_eid TEXT,
        heading TEXT NOT NULL,
        text_before INTEGER REFERENCES text(id),
        text_after INTEGER REFERENCES text(id),
        ops TEXT NOT NULL,              -- JSON pairs [mark, length in characters], or [mark, text] where they do not join to the texts
        details TEXT NOT NULL,          -- JSON: the other fields of archive.records.Change
        UNIQUE (changeset, position)
    ) STRICT
    """,
    "CREATE INDEX change_key ON change(key)",
    """
    CREATE TABLE touch (                -- what a change reaches, as read with one state of the reference data
        change INTEGER NOT NULL REFERENCES change(id),
        reference TEXT NOT NULL,        -- '' : the built-in tables
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
        PRIMARY KEY (change, reference, position)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX touch_id ON touch(type, id)",
)

OUTBOX = (
    """
    CREATE TABLE delivery (             -- a message owed to one target
        key TEXT PRIMARY KEY,           -- hash of (transition, watch, target)
        position INTEGER NOT NULL UNIQUE, -- the order in which they were owed
        message_id TEXT NOT NULL,
        transition_id TEXT NOT NULL,
        watch TEXT NOT NULL,
        target TEXT NOT NULL,
        changes TEXT NOT NULL,          -- JSON list of change.key
        payload TEXT NOT NULL,          -- JSON: the rendered message
        state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'sent', 'failed', 'dead')),
        enqueued_at TEXT NOT NULL,
        next_try TEXT,                  -- when it is due; NULL: never by itself
        claimed_at TEXT,
        sent_at TEXT,
        attempts INTEGER NOT NULL,
        possible_repeat INTEGER NOT NULL, -- 1: an earlier attempt may have arrived
        error TEXT NOT NULL             -- of the last attempt
    ) STRICT
    """,
    "CREATE INDEX delivery_due ON delivery(next_try) WHERE next_try IS NOT NULL",
    "CREATE INDEX delivery_state ON delivery(state)",
    """
    CREATE TABLE delivery_attempt (     -- what came of each attempt
        delivery TEXT NOT NULL REFERENCES delivery(key),
        number INTEGER NOT NULL,
        at TEXT NOT NULL,
        outcome TEXT NOT NULL,          -- sent, failed, unknown
        error TEXT NOT NULL,
        PRIMARY KEY (delivery, number)
    ) STRICT, WITHOUT ROWID
    """,
)
