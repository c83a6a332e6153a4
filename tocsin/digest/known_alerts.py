"""What people were told, and what they said of it, as the outbox knew it at an instant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from alerts.citations import cite_work
from archive import incidents, instants
from archive.store import Archive
from tocsin.digest.known_coverage import incidents_of
from tocsin.digest.records import Alerts, Awaited, Period, Unsent

DIGEST = "digest/"
"""How the ``transition_id`` of a digest's own deliveries begins: they are no alerts."""


def alerts(archive: Archive, period: Period) -> Alerts:
    """The messages that were owed in the week and what had become of them; the acknowledgements that were awaited in it."""
    bounds = {
        "since": instants.written(period.since),
        "until": instants.written(period.until),
        "known": instants.written(period.known),
        "digests": f"{DIGEST}%",
    }
    messages = archive.database.execute(_MESSAGES, bounds).fetchall()
    awaited = archive.database.execute(_AWAITED, bounds).fetchall()
    return Alerts(
        owed=len(messages),
        sent=sum(sent is not None for *_, sent in messages),
        acknowledged=sum(read is not None for *_, read in awaited),
        unsent=tuple(_unsent(archive, messages, bounds)),
        awaited=tuple(
            Awaited(
                transition=transition,
                citation=cite_work(work, title or "") if work else "",
                owner=owner,
                since=instants.read(since),
                due=instants.read(due),
                overdue=instants.read(due) <= period.known,
            )
            for transition, owner, since, due, work, title, read in awaited
            if read is None
        ),
        incidents=tuple(incidents_of(archive, period, incidents.ALERTS)),
    )


def _unsent(
    archive: Archive, messages: list[tuple[str, str, str, str, str, str | None]], bounds: dict[str, str]
) -> Iterator[Unsent]:
    for message, target, work, title, owed, sent in messages:
        if sent is not None:
            continue
        said = {"message": message, "target": target, "known": bounds["known"]}
        rows = archive.database.execute(_WATCHES, said).fetchall()
        state, why = _held(archive, said)
        yield Unsent(
            message=message,
            citation=cite_work(work, title or "") if work else "",
            watches=tuple(watch for (watch,) in rows),
            owed=instants.read(owed),
            state=state,
            why=why,
            failed=archive.database.execute(_FAILED, said).fetchone()[0],
        )


def _held(archive: Archive, said: dict[str, str]) -> tuple[str, str]:
    row = archive.database.execute(_HOLD, said).fetchone()
    if row is None:
        return "waiting", ""
    why, ended, gathered = row
    if ended is None or instants.read(ended) > instants.read(said["known"]):
        return "held", why
    return ("elsewhere", why) if gathered else ("waiting", "")


# The title of a work by the first reading of the edition that a transition leads to: later ones are of later recipes.
_TITLE = """(
        SELECT edition.title FROM edition JOIN series ON series.id = edition.series
        WHERE series.work = transition.work AND edition.as_of = transition.after ORDER BY edition.id LIMIT 1)"""
# A message to one target is one row for each watch that it names; it left for all of them at once.
_MESSAGES = f"""
    SELECT message_id, target, work.path, {_TITLE}, min(enqueued_at), min(iif(sent_at <= :known, sent_at, NULL))
    FROM delivery LEFT JOIN transition ON transition.id = delivery.transition_id LEFT JOIN work ON work.id = transition.work
    WHERE transition_id NOT LIKE :digests AND enqueued_at >= :since AND enqueued_at < :until AND enqueued_at <= :known
    GROUP BY message_id, target ORDER BY min(position)
"""  # noqa: S608 - no word of it comes from outside
_FAILED = """
    SELECT count(DISTINCT number) FROM delivery_attempt JOIN delivery ON delivery.key = delivery_attempt.delivery
    WHERE message_id = :message AND target = :target AND at <= :known AND outcome <> 'sent'
"""
_WATCHES = """
    SELECT watch FROM delivery WHERE message_id = :message AND target = :target AND enqueued_at <= :known ORDER BY watch
"""
_HOLD = """
    SELECT why, ended_at, gathered FROM delivery_hold JOIN delivery ON delivery.key = delivery_hold.delivery
    WHERE message_id = :message AND target = :target AND delivery_hold.at <= :known ORDER BY delivery_hold.id DESC LIMIT 1
"""
# Anybody may acknowledge for the owner; the owner may by another message on the same transition.
_AWAITED = f"""
    SELECT awaited.transition_id, awaited.owner, awaited.since, awaited.due, work.path, {_TITLE}, read FROM (
        SELECT awaited.*, (
            SELECT min(at) FROM acknowledgement WHERE acknowledgement.transition_id = awaited.transition_id
                AND awaited.owner IN (acknowledgement.owner, acknowledgement.person) AND at <= :known) AS read
        FROM awaited WHERE since < :until AND since <= :known
    ) AS awaited
    LEFT JOIN transition ON transition.id = awaited.transition_id
    LEFT JOIN work ON work.id = transition.work
    WHERE awaited.since >= :since OR read IS NULL OR read >= :since
    ORDER BY awaited.due, awaited.transition_id, awaited.owner
"""  # noqa: S608


def sent_at(archive: Archive, version: str) -> datetime | None:
    """When a digest of that version first went to anybody, None for never."""
    (at,) = archive.database.execute(
        "SELECT min(sent_at) FROM delivery WHERE transition_id = ?", (f"{DIGEST}{version}",)
    ).fetchone()
    return instants.read_optional(at)
