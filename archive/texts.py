"""Words and addresses as numbers: each wording and each address is stored once, and rows refer to it."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from itertools import islice
from typing import TypeVar

from archive import codec
from archive.errors import UnreadableDocument

# SQLite takes at least 999 parameters in a statement, in every build.
_BATCH = 900

Value = TypeVar("Value")


def text_ids(database: sqlite3.Connection, bodies: Iterable[str]) -> dict[str, int]:
    """The number of each wording, made where it is new. "" has none. Inside a transaction of the one writer.

    Raises ``UnreadableDocument`` for characters that no UTF-8 file can hold (halves of surrogate pairs).
    """
    digests = _digests(bodies)
    found = _found(database, digests)
    (last,) = database.execute("SELECT coalesce(max(id), 0) FROM text").fetchone()
    fresh = [
        (number, digest)
        for number, digest in enumerate((d for d in digests if d not in found), start=last + 1)
    ]
    database.executemany(
        "INSERT INTO text (id, digest, body) VALUES (?, ?, ?)",
        ((number, digest, digests[digest]) for number, digest in fresh),
    )
    found.update((digest, number) for number, digest in fresh)
    return {body: found[digest] for digest, body in digests.items()}


def known_text_ids(database: sqlite3.Connection, bodies: Iterable[str]) -> dict[str, int]:
    """The numbers of those wordings that are stored already."""
    digests = _digests(bodies)
    return {digests[digest]: number for digest, number in _found(database, digests).items()}


def _digests(bodies: Iterable[str]) -> dict[bytes, str]:
    return {text_digest(body): body for body in dict.fromkeys(bodies) if body}


def _found(database: sqlite3.Connection, digests: Collection[bytes]) -> dict[bytes, int]:
    found: dict[bytes, int] = {}
    for batch in _batches(list(digests)):
        marks = ",".join("?" * len(batch))
        found.update(database.execute(f"SELECT digest, id FROM text WHERE digest IN ({marks})", batch))  # noqa: S608
    return found


def text_digest(body: str) -> bytes:
    """The key of a wording: the first 16 bytes of the SHA-256 of its UTF-8."""
    try:
        return hashlib.sha256(body.encode()).digest()[:16]
    except UnicodeEncodeError as error:
        raise UnreadableDocument(
            f"a text holds half of a surrogate pair: {body[max(0, error.start - 20) : error.start + 20]!r}",
            mend="Decode the document with its true encoding",
        ) from None


def address_ids(database: sqlite3.Connection, work: int, eids: Iterable[str]) -> dict[str, int]:
    """The number of each eid of a work, made where it is new. Inside a transaction of the one writer."""
    wanted = list(dict.fromkeys(eids))
    found: dict[str, int] = dict(
        database.execute(
            "SELECT eid, id FROM address WHERE work = ? AND eid IN (SELECT value FROM json_each(?))",
            (work, codec.dumps(wanted)),
        )
    )
    (last,) = database.execute("SELECT coalesce(max(id), 0) FROM address").fetchone()
    fresh = [
        (number, eid) for number, eid in enumerate((e for e in wanted if e not in found), start=last + 1)
    ]
    database.executemany(
        "INSERT INTO address (id, work, eid) VALUES (?, ?, ?)", ((number, work, eid) for number, eid in fresh)
    )
    found.update((eid, number) for number, eid in fresh)
    return found


def _batches(values: Sequence[Value]) -> Iterable[list[Value]]:
    rest = iter(values)
    while batch := list(islice(rest, _BATCH)):
        yield batch
