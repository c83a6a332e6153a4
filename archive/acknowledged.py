"""Who has read which alert, append-only, and whose reading is still awaited.

An alert is what one person hears of one transition, by however many messages and targets.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from archive import holds, instants, outbox
from archive.errors import BadInput
from archive.store import Archive


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement:
    """That ``person`` has read the alert of ``owner`` about a transition."""

    transition_id: str
    owner: str
    person: str
    note: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaited:
    """An alert that ``owner`` has to acknowledge by ``due``, let go at ``since``."""

    transition_id: str
    owner: str
    since: datetime
    due: datetime


def acknowledge(
    archive: Archive, key: str, *, person: str, note: str, at: datetime
) -> tuple[Acknowledgement, ...]:
    """Write that a person has read a message, with all that it told of; answers what was written, one for each alert. Raises ``BadInput``."""
    message = outbox.delivery(archive, key).delivery.message_id
    return acknowledge_message(archive, message, person=person, note=note, at=at)


def acknowledge_message(
    archive: Archive, message_id: str, *, person: str, note: str, at: datetime
) -> tuple[Acknowledgement, ...]:
    """The same by the id that a message carries. Raises ``BadInput`` for one that was never owed."""
    thing = f"message {message_id}"
    if not person.strip():
        raise BadInput("nobody is named", thing=thing, mend="Say who acknowledges it")
    with archive.transaction():
        rows = outbox.deliveries(archive, message_id=message_id)
        if not rows:
            raise BadInput("there is no such message", thing=thing, mend="'tocsin alerts list' shows them")
        rows += tuple(outbox.delivery(archive, one) for one in holds.gathered_into(archive, message_id))
        alerts = dict.fromkeys((row.delivery.transition_id, row.person) for row in reversed(rows))
        written = [
            Acknowledgement(transition_id=transition, owner=owner, person=person.strip(), note=note, at=at)
            for transition, owner in alerts
        ]
        archive.database.executemany(
            "INSERT INTO acknowledgement (transition_id, owner, person, note, at) VALUES (?, ?, ?, ?, ?)",
            (
                (one.transition_id, one.owner, one.person, one.note, instants.written(one.at))
                for one in written
            ),
        )
    return tuple(written)


def acknowledgements(archive: Archive, transition_id: str) -> tuple[Acknowledgement, ...]:
    """Who has read what was told of a transition, in the order in which they said so."""
    rows = archive.database.execute(
        "SELECT transition_id, owner, person, note, at FROM acknowledgement WHERE transition_id = ? ORDER BY id",
        (transition_id,),
    )
    return tuple(
        Acknowledgement(transition_id=transition, owner=owner, person=person, note=note, at=instants.read(at))
        for transition, owner, person, note, at in rows
    )


def wait_for(archive: Archive, transition_id: str, owner: str, *, since: datetime, due: datetime) -> None:
    """Await the acknowledgement of an alert, in the caller's transaction; of one that is awaited already the first hour counts."""
    with archive.transaction():
        archive.database.execute(
            "INSERT INTO awaited (transition_id, owner, since, due) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (transition_id, owner, instants.written(since), instants.written(due)),
        )


def overdue(archive: Archive, at: datetime) -> tuple[Awaited, ...]:
    """What nobody has acknowledged in time, and nobody was told of yet: neither its owner, for whom anybody may do it, nor the owner by another
    message on the same transition."""
    rows = archive.database.execute(
        """
        SELECT transition_id, owner, since, due FROM awaited
        WHERE escalated_at IS NULL AND due <= ? AND NOT EXISTS (
            SELECT 1 FROM acknowledgement
            WHERE acknowledgement.transition_id = awaited.transition_id AND awaited.owner IN (acknowledgement.owner, person)
        ) ORDER BY due, transition_id, owner
        """,
        (instants.written(at),),
    )
    return tuple(
        Awaited(transition_id=transition, owner=owner, since=instants.read(since), due=instants.read(due))
        for transition, owner, since, due in rows
    )


def mark_escalated(archive: Archive, one: Awaited, at: datetime) -> None:
    """Write that somebody else is told that nobody acknowledged it. Call it in the transaction that owes the message."""
    with archive.transaction():
        archive.database.execute(
            "UPDATE awaited SET escalated_at = ? WHERE transition_id = ? AND owner = ?",
            (instants.written(at), one.transition_id, one.owner),
        )
