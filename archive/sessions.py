"""Who has signed in on which browser. The cookie holds a random token, the archive only its hash: a stolen backup lets nobody in.

A session belongs to the password that it was begun with: with another one, and without the account, it is over.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import sqlite3
from datetime import datetime

from archive import instants
from archive.store import Archive

_KEPT = 20
"""Sessions of one person that go on at most: the oldest end."""


def begin(archive: Archive, person: str, account: str, *, at: datetime, until: datetime) -> str:
    """Begin a session, in the caller's transaction where there is one; answers its token. ``account`` is what the person's password is checked by."""
    token = secrets.token_urlsafe(32)
    now = instants.written(at)
    with archive.transaction():
        archive.database.execute("DELETE FROM session WHERE ends_at <= ?", (now,))
        archive.database.execute(
            """
            DELETE FROM session WHERE person = ? AND id NOT IN (
                SELECT id FROM session WHERE person = ? ORDER BY began_at DESC, id LIMIT ?)
            """,
            (person, person, _KEPT - 1),
        )
        archive.database.execute(
            "INSERT INTO session (id, person, proof, began_at, ends_at) VALUES (?, ?, ?, ?, ?)",
            (_hash(token), person, _proof(token, account), now, instants.written(until)),
        )
    return token


def person_of(database: sqlite3.Connection, token: str, *, at: datetime) -> tuple[str, str]:
    """The person whose session a token belongs to, with its proof; both "" for none that goes on."""
    row = database.execute(
        "SELECT person, proof FROM session WHERE id = ? AND ends_at > ?",
        (_hash(token), instants.written(at)),
    ).fetchone()
    return (row[0], row[1]) if row else ("", "")


def is_of(token: str, account: str, proof: str) -> bool:
    """Whether a session was begun with what the person's password is checked by now."""
    return hmac.compare_digest(_proof(token, account), proof)


def end(archive: Archive, token: str, *, at: datetime) -> None:
    """End a session: its token is worth nothing from now on."""
    with archive.transaction():
        archive.database.execute(
            "UPDATE session SET ends_at = min(ends_at, ?) WHERE id = ?", (instants.written(at), _hash(token))
        )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()


def _proof(token: str, account: str) -> str:
    return hmac.new(token.encode("utf-8", "surrogateescape"), account.encode(), hashlib.sha256).hexdigest()
