"""The tables of reviews and digests, and of the chain that holds their order.

They only grow: triggers refuse every edit, ``REPLACE`` included, which deletes without asking a trigger of DELETE. A correction is a new row that names the
one that it corrects.
"""

from __future__ import annotations

from archive.schema_of_digests import DIGESTS


def _fixed(table: str, *keys: str) -> tuple[str, ...]:
    """The triggers of a table whose rows are unique by each of some keys (columns parted by blanks)."""
    taken = " OR ".join(
        f"({' AND '.join(f'{column} = NEW.{column}' for column in key.split())})" for key in keys
    )
    return (
        *(
            f"""
            CREATE TRIGGER {table}_{verb.lower()} BEFORE {verb} ON {table}
            BEGIN SELECT RAISE(ABORT, '{table}: what was written is never changed'); END
            """
            for verb in ("UPDATE", "DELETE")
        ),
        f"""
        CREATE TRIGGER {table}_replace BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {taken})
        BEGIN SELECT RAISE(ABORT, '{table}: what was written is never changed'); END
        """,  # noqa: S608 - no word of it comes from outside
    )


_CHAIN = (
    """
    CREATE TABLE chain (                -- the order of what was written, see archive.chain
        position INTEGER PRIMARY KEY,   -- 1, 2, 3 ... without a gap
        at TEXT NOT NULL,
        kind TEXT NOT NULL,             -- decision, comment, assignment, digest, signature, release
        subject TEXT NOT NULL,          -- the id of the row of that kind
        content TEXT NOT NULL,          -- SHA-256 of its canonical JSON
        previous TEXT NOT NULL,         -- hash of the link before it; 64 zeros for the first
        hash TEXT NOT NULL UNIQUE,      -- SHA-256 of the canonical JSON of this link
        UNIQUE (kind, subject)
    ) STRICT
    """,
    *_fixed("chain", "position", "hash", "kind subject"),
    """
    CREATE TRIGGER chain_follows BEFORE INSERT ON chain
    WHEN NEW.position <> (SELECT coalesce(max(position), 0) + 1 FROM chain)
        OR NEW.previous <> coalesce((SELECT hash FROM chain ORDER BY position DESC LIMIT 1), printf('%064d', 0))
    BEGIN SELECT RAISE(ABORT, 'chain: a link follows the last one'); END
    """,
)

_REVIEWS = (
    """
    CREATE TABLE decision (             -- what a person decided of a change, for one watch
        id TEXT PRIMARY KEY,            -- hash of all else
        at TEXT NOT NULL,
        author TEXT NOT NULL,           -- name in [people]
        role TEXT NOT NULL,             -- the one that allowed it
        transition_id TEXT NOT NULL REFERENCES transition(id),
        change TEXT NOT NULL,           -- change.key
        watch TEXT NOT NULL,            -- its name; '': the change met none
        verdict TEXT NOT NULL CHECK (verdict IN ('relevant', 'not applicable', 'action', 'done')),
        reason TEXT NOT NULL,
        person TEXT NOT NULL,           -- who acts; '': nobody
        due TEXT,                       -- the day of the action; NULL: none
        corrects TEXT REFERENCES decision(id), -- the decision that it takes the place of; NULL: it is the first
        bond TEXT NOT NULL              -- JSON: the law text, the watch and the dates that it was made on, see archive.reviews
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX decision_change ON decision(change)",
    "CREATE INDEX decision_transition ON decision(transition_id)",
    """
    CREATE TABLE comment (              -- what a person wrote on a change, or on a passage of it
        id TEXT PRIMARY KEY,
        at TEXT NOT NULL,
        author TEXT NOT NULL,
        role TEXT NOT NULL,
        transition_id TEXT NOT NULL REFERENCES transition(id),
        change TEXT NOT NULL,
        quote TEXT NOT NULL,            -- the passage; '': the change as a whole
        start INTEGER NOT NULL,         -- where it begins in the redline text, in characters
        redline TEXT NOT NULL,          -- SHA-256 of the redline text it was found in; '': the change as a whole
        words TEXT NOT NULL,
        privileged INTEGER NOT NULL,    -- 1: for counsel alone
        corrects TEXT REFERENCES comment(id),
        salt TEXT NOT NULL              -- random: a privileged comment cannot be guessed from its hash in the chain
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX comment_change ON comment(change)",
    """
    CREATE TABLE assignment (           -- whose a change is; the last one counts
        id TEXT PRIMARY KEY,
        at TEXT NOT NULL,
        author TEXT NOT NULL,
        role TEXT NOT NULL,
        transition_id TEXT NOT NULL REFERENCES transition(id),
        change TEXT NOT NULL,
        watch TEXT NOT NULL,
        person TEXT NOT NULL            -- name in [people]; '': nobody any more
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX assignment_change ON assignment(change)",
    *_fixed("decision", "id"),
    *_fixed("comment", "id"),
    *_fixed("assignment", "id"),
)

_SIGNED = (
    """
    CREATE TABLE signature (            -- that a person signed a digest: its version is the hash of its content
        id TEXT PRIMARY KEY,
        at TEXT NOT NULL,
        author TEXT NOT NULL,
        role TEXT NOT NULL,
        version TEXT NOT NULL REFERENCES digest(version),
        head TEXT NOT NULL,             -- the last link of the chain then
        UNIQUE (version, author)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE release (              -- that a digest had all its signatures and went out
        id TEXT PRIMARY KEY,
        at TEXT NOT NULL,
        version TEXT NOT NULL UNIQUE REFERENCES digest(version),
        signatures TEXT NOT NULL        -- JSON list of signature.id
    ) STRICT, WITHOUT ROWID
    """,
    *_fixed("signature", "id", "version author"),
    *_fixed("release", "id", "version"),
    # A build that is there already is kept as it is, also from REPLACE.
    """
    CREATE TRIGGER digest_replace BEFORE INSERT ON digest
    WHEN EXISTS (SELECT 1 FROM digest WHERE version = NEW.version OR id = NEW.id)
    BEGIN SELECT RAISE(IGNORE); END
    """,
)

REVIEWS: tuple[str, ...] = (*DIGESTS, *_CHAIN, *_REVIEWS, *_SIGNED)
