"""The outbox: a message is owed in the transaction that stores its change, and sent afterwards, until its fate is known.

``pending`` → ``sending`` (claimed, committed before a byte leaves) → ``sent``, or ``failed`` with a next try, or ``dead`` after the last one.
An outcome that nobody knows (the process was killed between sending and writing, a time-out after the message left) is offered again once, marked
as a possible repeat: for compliance a loss is worse than a repetition. A second one ends as a dead letter, which waits for a person: nobody is to
be flooded by a channel that takes each message and never says so.

Before it is sent a message may have to wait (``held``), or be told by another one (``muted``, ``gathered``): see ``archive.holds``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from archive import codec, instants
from archive.errors import BadInput
from archive.records import Delivery
from archive.store import Archive

MAX_ATTEMPTS = 8
FIRST_BACK_OFF = timedelta(minutes=1)
LONGEST_BACK_OFF = timedelta(hours=6)
STATES = ("pending", "held", "muted", "gathered", "sending", "sent", "failed", "dead")


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """A delivery and its fate. ``possible_repeat`` says that an earlier attempt may have arrived; ``next_try`` is None where none follows by
    itself; ``error`` is that of the last attempt; ``person`` the owner of its watch, "" before it was let go or held; ``died_at`` when it first
    was a dead letter, None for never."""

    delivery: Delivery
    state: str
    enqueued_at: datetime
    next_try: datetime | None
    claimed_at: datetime | None
    sent_at: datetime | None
    attempts: int
    possible_repeat: bool
    error: str
    person: str = ""
    died_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SendAttempt:
    """One attempt: ``outcome`` is ``sent``, ``failed`` or ``unknown``."""

    number: int
    at: datetime
    outcome: str
    error: str


def enqueue(archive: Archive, delivery: Delivery, at: datetime, *, paced: bool = False) -> bool:
    """Owe a message, in the caller's transaction; False where its key is there already. ``paced`` says that no hour is to be waited for."""
    with archive.transaction():
        written = archive.database.execute(
            """
            INSERT INTO delivery (key, position, message_id, transition_id, watch, target, changes, payload, state,
                enqueued_at, next_try, attempts, possible_repeat, error, paced)
            SELECT ?, coalesce(max(position), 0) + 1, ?, ?, ?, ?, ?, ?, 'pending', ?, ?, 0, 0, '', ? FROM delivery WHERE true
            ON CONFLICT (key) DO NOTHING
            """,
            (
                delivery.key,
                delivery.message_id,
                delivery.transition_id,
                delivery.watch,
                delivery.target,
                codec.dumps(delivery.changes),
                delivery.payload,
                instants.written(at),
                instants.written(at),
                paced,
            ),
        )
    return written.rowcount == 1


def due(archive: Archive, at: datetime, limit: int = 100) -> tuple[Owed, ...]:
    """What is to be sent now, in the order in which it was owed."""
    return _owed(
        archive,
        "next_try <= ? AND state IN ('pending', 'failed') ORDER BY position LIMIT ?",
        instants.written(at),
        limit,
    )


def unpaced(archive: Archive) -> tuple[Owed, ...]:
    """What is owed and was neither let go nor held yet, in the order in which it was owed."""
    return _owed(archive, "state = 'pending' AND paced = 0 ORDER BY position")


def waiting(archive: Archive, at: datetime) -> tuple[Owed, ...]:
    """What was held or muted until now, in the order in which it was owed."""
    return _owed(
        archive,
        "next_try <= ? AND state IN ('held', 'muted') ORDER BY position",
        instants.written(at),
    )


def let_go(archive: Archive, key: str, person: str, at: datetime) -> None:
    """No rule of hours holds it any more: it is due now. ``person`` is the owner of its watch."""
    with archive.transaction():
        archive.database.execute(
            "UPDATE delivery SET state = 'pending', paced = 1, person = ?, next_try = ? WHERE key = ? AND state IN ('pending', 'held')",
            (person, instants.written(at), key),
        )


def reword(archive: Archive, key: str, payload: str) -> None:
    """Give a message that was never tried another payload."""
    with archive.transaction():
        archive.database.execute(
            "UPDATE delivery SET payload = ? WHERE key = ? AND claimed_at IS NULL", (payload, key)
        )


def put_off(archive: Archive, target: str, at: datetime, until: datetime) -> None:
    """Let all that is due for a target wait until then: it asked for a rest. That costs no attempt."""
    with archive.transaction():
        archive.database.execute(
            "UPDATE delivery SET next_try = ? WHERE target = ? AND next_try <= ? AND state IN ('pending', 'failed')",
            (instants.written(until), target, instants.written(at)),
        )


def claim(archive: Archive, key: str, at: datetime) -> bool:
    """Take a due message for sending; False where another took it. Committed before it returns, unless a transaction is open."""
    with archive.transaction():
        taken = archive.database.execute(
            """
            UPDATE delivery SET state = 'sending', claimed_at = ?, next_try = NULL, attempts = attempts + 1
            WHERE key = ? AND state IN ('pending', 'failed')
            """,
            (instants.written(at), key),
        )
    return taken.rowcount == 1


def mark_sent(archive: Archive, key: str, at: datetime) -> None:
    """The channel took it. Raises ``BadInput`` where it was not being sent."""
    with archive.transaction():
        _close_attempt(archive, _sending(archive, key), at, "sent", "")
        archive.database.execute(
            "UPDATE delivery SET state = 'sent', sent_at = ?, error = '' WHERE key = ?",
            (instants.written(at), key),
        )


def mark_failed(
    archive: Archive,
    key: str,
    at: datetime,
    error: str,
    *,
    uncertain: bool = False,
    retry_after: timedelta | None = None,
) -> None:
    """The channel did not take it, or nobody knows (``uncertain``). It is due again after the back-off, or after what the channel
    asked for; after ``MAX_ATTEMPTS``, or after a second outcome that nobody knows, it is dead, which ``counts`` shows and ``retry`` mends."""
    with archive.transaction():
        _fail(archive, _sending(archive, key), at, error, uncertain, retry_after)


def recover(archive: Archive, at: datetime) -> tuple[Owed, ...]:
    """Offer again what was being sent when a process died, each marked as a possible repeat (or dead, if it was one); answers those. The writer asks before it
    sends anything: only then is nothing being sent."""
    with archive.transaction():
        found = _owed(archive, "state = 'sending' ORDER BY position")
        for owed in found:
            _fail(archive, owed, at, "its process died while it was sent", True, timedelta(0))
    return tuple(delivery(archive, owed.delivery.key) for owed in found)


def retry(archive: Archive, key: str, at: datetime) -> None:
    """Owe a dead or failed message again, by a person's wish: due now, with all its attempts before it."""
    with archive.transaction():
        owed = delivery(archive, key)
        if owed.state not in ("dead", "failed"):
            raise BadInput(
                f"it is {owed.state}",
                thing=f"delivery {key}",
                mend="Only a dead or failed one can be tried again",
            )
        archive.database.execute(
            "UPDATE delivery SET state = 'pending', paced = 1, next_try = ?, attempts = 0 WHERE key = ?",
            (instants.written(at), owed.delivery.key),
        )


def delivery(archive: Archive, key: str) -> Owed:
    """One delivery by its key, or by the start of it if it is the only one. Raises ``BadInput``."""
    found = _owed(archive, "key >= ? AND key < ? || '~' ORDER BY position LIMIT 2", key, key)
    if len(found) != 1:
        raise BadInput(
            f"{'several deliveries begin' if found else 'no delivery begins'} with {key!r}",
            mend="'tocsin alerts list' shows their keys",
        )
    return found[0]


def deliveries(
    archive: Archive,
    *,
    state: str | None = None,
    transition_id: str | None = None,
    watch: str | None = None,
    person: str | None = None,
    source: str | None = None,
    message_id: str | None = None,
    limit: int = -1,
) -> tuple[Owed, ...]:
    """The deliveries, newest first, of one state, transition, watch, owner, source or message if asked; ``limit`` -1 is all of them. The source of
    a reminder is that of the work in which its date stands; a message about several sources has none."""
    wanted = {
        "state = ?": state,
        "transition_id = ?": transition_id,
        "watch = ?": watch,
        "person = ?": person,
        "message_id = ?": message_id,
        f"{_SOURCE} = ?": source,
    }
    given = {condition: value for condition, value in wanted.items() if value is not None}
    return _owed(
        archive,
        f"{' AND '.join(given) or 'true'} ORDER BY position DESC LIMIT ?",
        *given.values(),
        limit,
    )


def watches_told(archive: Archive, transitions: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The watches that were told of each of these transitions, by name; a transition that no watch met is left out."""
    rows = archive.database.execute(
        "SELECT DISTINCT transition_id, watch FROM delivery WHERE transition_id IN (SELECT value FROM json_each(?)) ORDER BY 1, 2",
        (codec.dumps(list(transitions)),),
    )
    found: dict[str, list[str]] = {}
    for transition, name in rows:
        found.setdefault(transition, []).append(name)
    return {transition: tuple(names) for transition, names in found.items()}


_SOURCE = """
    coalesce(
        (SELECT source FROM transition WHERE transition.id = transition_id),
        (SELECT source FROM fuse JOIN work ON work.id = fuse.work WHERE fuse.id = json_extract(changes, '$[0]'))
    )
"""


def send_attempts(archive: Archive, key: str) -> tuple[SendAttempt, ...]:
    """Every attempt that was made for a delivery and what came of it."""
    rows = archive.database.execute(
        "SELECT number, at, outcome, error FROM delivery_attempt WHERE delivery = ? ORDER BY number", (key,)
    )
    return tuple(
        SendAttempt(number=number, at=instants.read(at), outcome=outcome, error=error)
        for number, at, outcome, error in rows
    )


def counts(archive: Archive) -> dict[str, int]:
    """How many deliveries are in each state; a dead one waits for a person."""
    return dict.fromkeys(STATES, 0) | dict(
        archive.database.execute("SELECT state, count(*) FROM delivery GROUP BY state")
    )


def back_off(key: str, attempts: int) -> timedelta:
    """The wait after so many attempts: doubled each time up to the longest, with up to a quarter more that depends on the message, so that
    a target that comes back is not met by all at once."""
    wait = min(FIRST_BACK_OFF * (1 << min(attempts - 1, 20)), LONGEST_BACK_OFF)
    spread = hashlib.sha256(f"{key} {attempts}".encode()).digest()[0] / 255
    return wait * (1 + spread / 4)


def _sending(archive: Archive, key: str) -> Owed:
    owed = delivery(archive, key)
    if owed.state != "sending":
        raise BadInput(f"it is {owed.state}, not being sent", thing=f"delivery {key}", mend="Claim it first")
    return owed


def _fail(
    archive: Archive, owed: Owed, at: datetime, error: str, uncertain: bool, retry_after: timedelta | None
) -> None:
    key = owed.delivery.key
    _close_attempt(archive, owed, at, "unknown" if uncertain else "failed", error)
    dead = owed.attempts >= MAX_ATTEMPTS or (uncertain and owed.possible_repeat)
    wait = back_off(key, owed.attempts) if retry_after is None else retry_after
    archive.database.execute(
        """
        UPDATE delivery SET state = ?, next_try = ?, error = ?, possible_repeat = possible_repeat OR ?, died_at = coalesce(died_at, ?)
        WHERE key = ?
        """,
        (
            "dead" if dead else "failed",
            None if dead else instants.written(at + wait),
            error,
            uncertain,
            instants.written(at) if dead else None,
            key,
        ),
    )


def _close_attempt(archive: Archive, owed: Owed, at: datetime, outcome: str, error: str) -> None:
    archive.database.execute(
        """
        INSERT INTO delivery_attempt (delivery, number, at, outcome, error)
        SELECT ?, coalesce(max(number), 0) + 1, ?, ?, ? FROM delivery_attempt WHERE delivery = ?
        """,
        (owed.delivery.key, instants.written(at), outcome, error, owed.delivery.key),
    )


def _owed(archive: Archive, condition: str, *values: object) -> tuple[Owed, ...]:
    rows = archive.database.execute(
        f"""
        SELECT key, message_id, transition_id, watch, target, changes, payload,
            state, enqueued_at, next_try, claimed_at, sent_at, attempts, possible_repeat, error, person, died_at
        FROM delivery WHERE {condition}
        """,  # noqa: S608
        values,
    )
    return tuple(_one(row) for row in rows)


def _one(row: tuple[Any, ...]) -> Owed:
    key, message_id, transition_id, watch, target, changes, payload, state, *fate = row
    enqueued_at, next_try, claimed_at, sent_at, attempts, possible_repeat, error, person, died_at = fate
    return Owed(
        delivery=Delivery(
            key=key,
            message_id=message_id,
            transition_id=transition_id,
            watch=watch,
            target=target,
            changes=codec.loads(changes, tuple[str, ...]),
            payload=payload,
        ),
        state=state,
        enqueued_at=instants.read(enqueued_at),
        next_try=instants.read_optional(next_try),
        claimed_at=instants.read_optional(claimed_at),
        sent_at=instants.read_optional(sent_at),
        attempts=attempts,
        possible_repeat=bool(possible_repeat),
        error=error,
        person=person,
        died_at=instants.read_optional(died_at),
    )
