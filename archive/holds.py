"""What keeps a message from being sent at once, and what became of it: it waits for an hour, or another message tells of it.

Each decision is a row that stays. A message is ``held`` (it goes by itself or is gathered into another one when its hour has come) or ``muted`` (a
person asked not to be told of it by a message of its own; a round-up lists it).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from archive import instants
from archive.store import Archive

# Why one waits: for the working hours of its person, for a round-up, because it was muted, because its document does not keep still; or the rule
# by which it went although it should have waited; that another message told somebody else of it.
HOURS, DAILY, WEEKLY, MUTED, UNSTABLE, URGENT = "hours", "daily", "weekly", "muted", "unstable", "urgent"
ESCALATED = "escalated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """One decision. ``ended_at`` is None while it holds; ``gathered`` the id of the message that told of it, "" where it went by itself."""

    delivery: str
    sort: str
    why: str
    at: datetime
    until: datetime
    ended_at: datetime | None
    gathered: str


def hold(
    archive: Archive, key: str, sort: str, why: str, *, person: str, at: datetime, until: datetime
) -> None:
    """Let a message that is owed wait until an instant, in the caller's transaction."""
    with archive.transaction():
        archive.database.execute(
            "UPDATE delivery SET state = ?, next_try = ?, person = ? WHERE key = ? AND state = 'pending'",
            (MUTED if sort == MUTED else "held", instants.written(until), person, key),
        )
        _insert(archive, key, sort, why, at, until, None)


def note(archive: Archive, key: str, why: str, *, at: datetime) -> None:
    """Write by which rule a message went although its hour had not come."""
    with archive.transaction():
        _insert(archive, key, URGENT, why, at, at, at)


def note_told(archive: Archive, key: str, why: str, message_id: str, *, at: datetime) -> None:
    """Write that another message tells somebody else of this one. Call it in the transaction that owes the other."""
    with archive.transaction():
        _insert(archive, key, ESCALATED, why, at, at, at)
        archive.database.execute(
            "UPDATE delivery_hold SET gathered = ? WHERE id = last_insert_rowid()", (message_id,)
        )


def end(archive: Archive, key: str, at: datetime) -> None:
    """Nothing holds it any more."""
    with archive.transaction():
        archive.database.execute(
            "UPDATE delivery_hold SET ended_at = ? WHERE delivery = ? AND ended_at IS NULL",
            (instants.written(at), key),
        )


def gather(archive: Archive, keys: Iterable[str], message_id: str, at: datetime) -> None:
    """Another message tells of these: one that was held is gathered, one that was muted stays so. Call it in the transaction that owes the other."""
    with archive.transaction():
        for key in keys:
            archive.database.execute(
                "UPDATE delivery_hold SET ended_at = ?, gathered = ? WHERE delivery = ? AND ended_at IS NULL",
                (instants.written(at), message_id, key),
            )
            archive.database.execute(
                "UPDATE delivery SET state = CASE state WHEN 'held' THEN 'gathered' ELSE state END, next_try = NULL WHERE key = ?",
                (key,),
            )


def holds(archive: Archive, key: str) -> tuple[Hold, ...]:
    """Every decision about a message, oldest first."""
    rows = archive.database.execute(
        "SELECT delivery, sort, why, at, until, ended_at, gathered FROM delivery_hold WHERE delivery = ? ORDER BY id",
        (key,),
    )
    return tuple(
        Hold(
            delivery=delivery,
            sort=sort,
            why=why,
            at=instants.read(at),
            until=instants.read(until),
            ended_at=instants.read_optional(ended),
            gathered=gathered,
        )
        for delivery, sort, why, at, until, ended, gathered in rows
    )


def standing(archive: Archive, key: str) -> Hold | None:
    """What holds a message now, None where nothing does."""
    found = [one for one in holds(archive, key) if one.ended_at is None]
    return found[-1] if found else None


def held_for(archive: Archive, sort: str) -> tuple[str, ...]:
    """The keys of what is held for a reason, in the order in which it was held."""
    rows = archive.database.execute(
        "SELECT delivery FROM delivery_hold WHERE sort = ? AND ended_at IS NULL ORDER BY id", (sort,)
    )
    return tuple(key for (key,) in rows)


def gathered_into(archive: Archive, message_id: str) -> tuple[str, ...]:
    """The keys of what a message told of besides itself."""
    rows = archive.database.execute(
        "SELECT delivery FROM delivery_hold WHERE gathered = ? AND gathered <> '' ORDER BY id", (message_id,)
    )
    return tuple(key for (key,) in rows)


def _insert(
    archive: Archive, key: str, sort: str, why: str, at: datetime, until: datetime, ended: datetime | None
) -> None:
    archive.database.execute(
        "INSERT INTO delivery_hold (delivery, sort, why, at, until, ended_at) VALUES (?, ?, ?, ?, ?, ?)",
        (
            key,
            sort,
            why,
            instants.written(at),
            instants.written(until),
            instants.written(ended) if ended else None,
        ),
    )
