"""Incidents: what is wrong with a source, or with a target of alerts, and lasts. Each is opened once, escalated once when it lasts too long, and closed once.

What is wrong is told whole each time somebody looks (``settle``): what is new opens, what lasts is escalated, what is gone closes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from archive import instants
from archive.store import Archive

# What can be wrong: a published document is not held; one waits for a person; the publisher's counter cannot be had; runs do not reach their goal;
# messages to a target could not be delivered.
GAP, HELD, UNCOUNTED, FAILING, DEAD = "gap", "held", "uncounted", "failing", "dead letters"

ALERTS = "alerts"
"""What stands in the place of a source where the trouble is with the alerts themselves."""

OPENED, ESCALATED, CLOSED = "opened", "escalated", "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something that is wrong now: ``subject`` names it for as long as it lasts ("" for the source as such), ``said`` tells it to people,
    ``day`` is that of what is missing, where it has one."""

    subject: str
    said: str
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """A trouble from its opening to its end; ``escalated_at`` and ``closed_at`` are None while that has not happened."""

    id: int
    source: str
    sort: str
    subject: str
    said: str
    day: date | None
    opened_at: datetime
    escalated_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What happened to an incident: ``opened``, ``escalated`` or ``closed``."""

    what: str
    incident: Incident

    def line(self) -> str:
        """``incident 3 opened: gap, 2026-05902 of 2026-03-26 is not held``."""
        return f"incident {self.incident.id} {self.what}: {self.incident.sort}, {self.incident.said}"


def settle(
    archive: Archive,
    source: str,
    sort: str,
    troubles: Iterable[Trouble],
    *,
    at: datetime,
    patience: timedelta,
    since: date = date.min,
) -> tuple[Step, ...]:
    """Say that these, and no others, are the troubles of one sort of a source, as far as anybody looked: an incident with a day before ``since`` stays
    as it is. ``patience`` is how long one may last before it is escalated. Answers what happened, in the order of the incidents."""
    now = {trouble.subject: trouble for trouble in troubles}
    with archive.transaction():
        known = {one.subject: one for one in incidents(archive, source=source, sort=sort)}
        for subject, trouble in now.items():
            if subject not in known:
                _insert(archive, source, sort, trouble, at)
            elif known[subject].said != trouble.said:
                archive.database.execute(
                    "UPDATE incident SET said = ? WHERE id = ?", (trouble.said, known[subject].id)
                )
        steps: list[Step] = []
        for one in incidents(archive, source=source, sort=sort):
            if one.subject not in known:
                steps.append(Step(what=OPENED, incident=one))
            elif one.subject not in now:
                if one.day is None or one.day >= since:
                    steps.append(_mark(archive, one, CLOSED, at))
            elif one.escalated_at is None and at - one.opened_at >= patience:
                steps.append(_mark(archive, one, ESCALATED, at))
    return tuple(steps)


def incidents(
    archive: Archive, *, source: str | None = None, sort: str | None = None, closed: bool = False
) -> tuple[Incident, ...]:
    """The open incidents, or with ``closed`` all that there ever were, in the order in which they were opened."""
    rows = archive.database.execute(
        """
        SELECT id, source, sort, subject, said, day, opened_at, escalated_at, closed_at FROM incident
        WHERE (? IS NULL OR source = ?) AND (? IS NULL OR sort = ?) AND (? OR closed_at IS NULL) ORDER BY id
        """,
        (source, source, sort, sort, closed),
    )
    return tuple(_read(rows))


def dead_letters(archive: Archive) -> tuple[Trouble, ...]:
    """What is wrong with targets: one trouble for each that has a dead letter which has not arrived since, retried or not."""
    rows = archive.database.execute(
        """
        SELECT target, count(DISTINCT message_id), max(error) FROM delivery
        WHERE died_at IS NOT NULL AND state <> 'sent' GROUP BY target ORDER BY min(position)
        """
    )
    return tuple(
        Trouble(
            subject=target,
            said=f"{number} message{'s' * (number != 1)} to {target} could not be delivered: {error or 'to be tried again'}",
        )
        for target, number, error in rows
    )


def untold(archive: Archive) -> tuple[Step, ...]:
    """What happened to incidents and is not yet owed to the operators, in the order in which the incidents were opened. One that was over before
    anybody could be told of it has no steps."""
    told = set(archive.database.execute("SELECT incident, what FROM incident_told"))
    steps = []
    for one in incidents(archive, closed=True):
        if one.closed_at is not None and (one.id, OPENED) not in told:
            continue
        moments = ((OPENED, one.opened_at), (ESCALATED, one.escalated_at), (CLOSED, one.closed_at))
        steps += [
            Step(what=what, incident=one)
            for what, at in moments
            if at is not None and (one.id, what) not in told
        ]
    return tuple(steps)


def mark_told(archive: Archive, steps: Iterable[Step], at: datetime) -> None:
    """Write that these are owed to the operators. Call it in the transaction that owes the messages."""
    with archive.transaction():
        archive.database.executemany(
            "INSERT INTO incident_told (incident, what, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            ((step.incident.id, step.what, instants.written(at)) for step in steps),
        )


def _insert(archive: Archive, source: str, sort: str, trouble: Trouble, at: datetime) -> None:
    archive.database.execute(
        "INSERT INTO incident (source, sort, subject, said, day, opened_at) VALUES (?, ?, ?, ?, ?, ?)",
        (
            source,
            sort,
            trouble.subject,
            trouble.said,
            trouble.day.isoformat() if trouble.day else None,
            instants.written(at),
        ),
    )


def _mark(archive: Archive, one: Incident, what: str, at: datetime) -> Step:
    column = "closed_at" if what == CLOSED else "escalated_at"
    archive.database.execute(
        f"UPDATE incident SET {column} = ? WHERE id = ?",  # noqa: S608 - one of two names of ours
        (instants.written(at), one.id),
    )
    return Step(
        what=what,
        incident=replace(one, closed_at=at) if what == CLOSED else replace(one, escalated_at=at),
    )


def _read(rows: Iterable[tuple[Any, ...]]) -> Iterator[Incident]:
    for number, source, sort, subject, said, day, opened, escalated, closed in rows:
        yield Incident(
            id=number,
            source=source,
            sort=sort,
            subject=subject,
            said=said,
            day=date.fromisoformat(day) if day else None,
            opened_at=instants.read(opened),
            escalated_at=instants.read_optional(escalated),
            closed_at=instants.read_optional(closed),
        )
