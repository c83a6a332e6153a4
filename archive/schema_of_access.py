"""What people did on the pages, and when they last read. No password, no secret and no token stands here, only hashes of tokens."""

from __future__ import annotations

ACCESS: tuple[str, ...] = (
    """
    CREATE TABLE action (               -- what a person did or was refused, in the order in which it happened
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        person TEXT NOT NULL,           -- name in [people]; '': nobody who is known
        roles TEXT NOT NULL,            -- JSON list: those that they had then
        deed TEXT NOT NULL,             -- sign in, sign out, decide, sign, acknowledge, mute, edit a watch, download a capture, run SQL ...
        subject TEXT NOT NULL,          -- id or name of what it was done to; '': nothing in particular
        outcome TEXT NOT NULL CHECK (outcome IN ('done', 'refused')),
        said TEXT NOT NULL,             -- in a few words what was done, or why it was refused
        via TEXT NOT NULL,              -- how they were known: session, proxy, token; '': not at all
        client TEXT NOT NULL            -- network address that asked; '': none
    ) STRICT
    """,
    "CREATE INDEX action_person ON action(person)",
    "CREATE INDEX action_deed ON action(deed)",
    *(
        f"""
        CREATE TRIGGER action_{verb.lower()} BEFORE {verb} ON action
        BEGIN SELECT RAISE(ABORT, 'action: what was written is never changed'); END
        """
        for verb in ("UPDATE", "DELETE")
    ),
    """
    CREATE TRIGGER action_replace BEFORE INSERT ON action WHEN EXISTS (SELECT 1 FROM action WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'action: what was written is never changed'); END
    """,
    """
    CREATE TABLE session (              -- that a person has signed in on a browser
        id TEXT PRIMARY KEY,            -- SHA-256 of the token in its cookie
        person TEXT NOT NULL,           -- name in [people]
        proof TEXT NOT NULL,            -- of the account's password hash, keyed by the token: it ends with a new password
        began_at TEXT NOT NULL,
        ends_at TEXT NOT NULL           -- brought forward when they sign out
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX session_person ON session(person)",
    """
    CREATE TABLE visit (                -- what a person had seen of what changed when they last looked
        person TEXT PRIMARY KEY,        -- name in [people]
        since TEXT,                     -- when the visit before this one ended; NULL: this is the first
        since_mark INTEGER NOT NULL,    -- how many transitions had been written then
        last_at TEXT NOT NULL,          -- the last look of this visit
        last_mark INTEGER NOT NULL      -- how many transitions had been written then
    ) STRICT, WITHOUT ROWID
    """,
)
