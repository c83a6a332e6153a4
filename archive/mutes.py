"""What a person need not be told of by messages of its own, until a day, for a reason. A mute never makes an alert vanish: a round-up lists it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from archive import instants
from archive.errors import BadInput
from archive.store import Archive

WATCH, DOCUMENT, EVENT = "watch", "document", "event"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mute:
    """``person`` owns the watches that it is for; ``subject`` is the name of a watch, the path of a work, or the id of an event; ``until`` the first
    day on which it no longer holds; ``author`` who muted it; ``ended_at`` when it was taken back, None where it was not."""

    id: int
    person: str
    sort: str
    subject: str
    until: date
    reason: str
    author: str
    at: datetime
    ended_at: datetime | None = None

    def line(self) -> str:
        """``watch chips, muted for ann until 2026-07-01 by bo: away``."""
        return f"{self.sort} {self.subject}, muted for {self.person} until {self.until} by {self.author}: {self.reason}"


def add(
    archive: Archive,
    *,
    person: str,
    sort: str,
    subject: str,
    until: date,
    reason: str,
    author: str,
    at: datetime,
) -> Mute:
    """Write a mute; answers it. Raises ``BadInput`` without a reason or an author."""
    for what, said in (("reason", reason), ("author", author)):
        if not said.strip():
            raise BadInput(f"no {what} is given", thing="a mute", mend="Say who mutes it, and why")
    with archive.transaction():
        (number,) = archive.database.execute(
            """
            INSERT INTO mute (person, sort, subject, until, reason, author, at) VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id
            """,
            (
                person,
                sort,
                subject,
                until.isoformat(),
                reason.strip(),
                author.strip(),
                instants.written(at),
            ),
        ).fetchone()
    return next(one for one in mutes(archive, ended=True) if one.id == number)


def end(archive: Archive, number: int, at: datetime) -> Mute:
    """Take a mute back before its day. Raises ``BadInput`` where there is none that stands."""
    with archive.transaction():
        found = archive.database.execute(
            "UPDATE mute SET ended_at = ? WHERE id = ? AND ended_at IS NULL", (instants.written(at), number)
        )
        if found.rowcount != 1:
            raise BadInput(
                f"there is no mute {number} that stands",
                thing="a mute",
                mend="'tocsin alerts mutes' lists them",
            )
    return next(one for one in mutes(archive, ended=True) if one.id == number)


def works_of(archive: Archive, transition_id: str, changes: tuple[str, ...]) -> tuple[str, ...]:
    """The works that a message is about: that of its transition, or those of the dates that it reminds of."""
    rows = archive.database.execute(
        "SELECT path FROM transition JOIN work ON work.id = transition.work WHERE transition.id = ?",
        (transition_id,),
    ).fetchall()
    for change in () if rows else changes:
        rows += archive.database.execute(
            "SELECT path FROM fuse JOIN work ON work.id = fuse.work WHERE fuse.id = ?", (change,)
        ).fetchall()
    return tuple(dict.fromkeys(path for (path,) in rows))


def events_of(archive: Archive, transition_id: str) -> tuple[str, ...]:
    """The legal acts that a transition is a stage of."""
    rows = archive.database.execute("SELECT event FROM event_stage WHERE transition_id = ?", (transition_id,))
    return tuple(key for (key,) in rows)


def mutes(archive: Archive, *, ended: bool = False) -> tuple[Mute, ...]:
    """The mutes that were not taken back, or with ``ended`` all that there ever were, in the order in which they were written."""
    rows = archive.database.execute(
        """
        SELECT id, person, sort, subject, until, reason, author, at, ended_at FROM mute WHERE ? OR ended_at IS NULL ORDER BY id
        """,
        (ended,),
    )
    return tuple(
        Mute(
            id=number,
            person=person,
            sort=sort,
            subject=subject,
            until=date.fromisoformat(until),
            reason=reason,
            author=author,
            at=instants.read(at),
            ended_at=instants.read_optional(ended_at),
        )
        for number, person, sort, subject, until, reason, author, at, ended_at in rows
    )
