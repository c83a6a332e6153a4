"""The tables of what becomes of an alert: acknowledged, muted, waiting for its hour.

The outbox itself is made anew, because SQLite cannot widen a CHECK: its rows and attempts are carried over as they are.
"""

from __future__ import annotations

_OUTBOX = (
    """
    CREATE TABLE delivery_new (         -- a message owed to one target
        key TEXT PRIMARY KEY,           -- hash of (transition, watch, target)
        position INTEGER NOT NULL UNIQUE, -- the order in which they were owed
        message_id TEXT NOT NULL,
        transition_id TEXT NOT NULL,
        watch TEXT NOT NULL,
        target TEXT NOT NULL,
        changes TEXT NOT NULL,          -- JSON list of change.key
        payload TEXT NOT NULL,          -- JSON: the rendered message
        -- held: waits for an hour; muted, gathered: told by another message, see delivery_hold
        state TEXT NOT NULL CHECK (state IN ('pending', 'held', 'muted', 'gathered', 'sending', 'sent', 'failed', 'dead')),
        enqueued_at TEXT NOT NULL,
        next_try TEXT,                  -- when it is due; NULL: never by itself
        claimed_at TEXT,
        sent_at TEXT,
        attempts INTEGER NOT NULL,
        possible_repeat INTEGER NOT NULL, -- 1: an earlier attempt may have arrived
        error TEXT NOT NULL,            -- of the last attempt
        person TEXT NOT NULL DEFAULT '', -- owner of the watch when it was let go or held; '': nobody has looked yet
        paced INTEGER NOT NULL DEFAULT 0, -- 1: it was let go, and no rule of hours holds it any more
        died_at TEXT                    -- when it first ended as a dead letter; NULL: never
    ) STRICT
    """,
    """
    INSERT INTO delivery_new
    SELECT *, '', 1, CASE WHEN state = 'dead' THEN coalesce(claimed_at, enqueued_at) END FROM delivery
    """,
    """
    CREATE TABLE delivery_attempt_new ( -- what came of each attempt
        delivery TEXT NOT NULL REFERENCES delivery_new(key),
        number INTEGER NOT NULL,
        at TEXT NOT NULL,
        outcome TEXT NOT NULL,          -- sent, failed, unknown
        error TEXT NOT NULL,
        PRIMARY KEY (delivery, number)
    ) STRICT, WITHOUT ROWID
    """,
    "INSERT INTO delivery_attempt_new SELECT * FROM delivery_attempt",
    "DROP TABLE delivery_attempt",
    "DROP TABLE delivery",
    "ALTER TABLE delivery_new RENAME TO delivery",
    "ALTER TABLE delivery_attempt_new RENAME TO delivery_attempt",
    "CREATE INDEX delivery_due ON delivery(next_try) WHERE next_try IS NOT NULL",
    "CREATE INDEX delivery_state ON delivery(state)",
    "CREATE INDEX delivery_message ON delivery(message_id)",
    "CREATE INDEX delivery_transition ON delivery(transition_id)",
    "CREATE INDEX delivery_died ON delivery(target) WHERE died_at IS NOT NULL AND state <> 'sent'",
)

_HOLDS = (
    """
    CREATE TABLE delivery_hold (        -- what was decided of when a message goes, where that is not at once
        id INTEGER PRIMARY KEY,
        delivery TEXT NOT NULL REFERENCES delivery(key),
        sort TEXT NOT NULL,             -- hours, daily, weekly, muted, unstable; urgent: the rule that let it go all the same; escalated: who else was told
        why TEXT NOT NULL,              -- in words, for people
        at TEXT NOT NULL,
        until TEXT NOT NULL,
        ended_at TEXT,                  -- NULL: it still holds
        gathered TEXT NOT NULL DEFAULT '' -- message_id of the message that told of it; '': it went by itself
    ) STRICT
    """,
    "CREATE INDEX delivery_hold_delivery ON delivery_hold(delivery)",
    "CREATE INDEX delivery_hold_gathered ON delivery_hold(gathered) WHERE gathered <> ''",
    """
    CREATE TABLE mute (                 -- that a person need not hear of something by messages of its own; append-only but for its end
        id INTEGER PRIMARY KEY,
        person TEXT NOT NULL,           -- owner of the watches that it is for
        sort TEXT NOT NULL,             -- watch, document, event
        subject TEXT NOT NULL,          -- its name, path or id
        until TEXT NOT NULL,            -- the first day on which it no longer holds, by the clocks of the person
        reason TEXT NOT NULL,
        author TEXT NOT NULL,           -- who muted it
        at TEXT NOT NULL,
        ended_at TEXT                   -- taken back before its day; NULL: not
    ) STRICT
    """,
    """
    CREATE TABLE unstable (             -- a document that came back to an earlier text: its steps are held until what remains is clear
        id INTEGER PRIMARY KEY,
        work TEXT NOT NULL,             -- its path
        base INTEGER NOT NULL REFERENCES edition(id), -- the text that it came back to
        at TEXT NOT NULL,
        until TEXT NOT NULL,
        ended_at TEXT                   -- when it was told what remained; NULL: its steps are held
    ) STRICT
    """,
    "CREATE UNIQUE INDEX unstable_open ON unstable(work) WHERE ended_at IS NULL",
)

_ACKNOWLEDGED = (
    """
    CREATE TABLE acknowledgement (      -- append-only: that somebody has read an alert
        id INTEGER PRIMARY KEY,
        transition_id TEXT NOT NULL,    -- what the alert is about
        owner TEXT NOT NULL,            -- whose alert it was
        person TEXT NOT NULL,           -- who has read it
        note TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX acknowledgement_transition ON acknowledgement(transition_id)",
    """
    CREATE TABLE awaited (              -- an alert that its owner has to acknowledge
        transition_id TEXT NOT NULL,
        owner TEXT NOT NULL,
        since TEXT NOT NULL,            -- when it was let go
        due TEXT NOT NULL,              -- when the deputy is told, counted in the owner's working time
        escalated_at TEXT,              -- NULL: not yet
        PRIMARY KEY (transition_id, owner)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX awaited_due ON awaited(due) WHERE escalated_at IS NULL",
)

_OPERATORS = (
    """
    CREATE TABLE incident_told (        -- what of an incident is owed to the operators, or was over before anybody could be told
        incident INTEGER NOT NULL REFERENCES incident(id),
        what TEXT NOT NULL,             -- opened, escalated, closed
        at TEXT NOT NULL,
        PRIMARY KEY (incident, what)
    ) STRICT, WITHOUT ROWID
    """,
)

ALERTS: tuple[str, ...] = (*_OUTBOX, *_HOLDS, *_ACKNOWLEDGED, *_OPERATORS)
