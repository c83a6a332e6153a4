"""What somebody had seen of what changed when they last looked.

A visit goes on for as long as its looks are no further apart than ``GOES_ON``; what was written since the end of the one before is new to them throughout,
so that loading the page again loses nothing. What was written is told by a mark, the number of transitions there were, and not by the clock: a change is
written some time after it was observed, and whoever looks in between has not seen it.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from archive import instants
from archive.store import Archive

GOES_ON = timedelta(hours=4)
_ONE_LOOK = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """``since`` and ``since_mark`` are the end of the visit before this one, None and 0 for a first one; ``last_at`` and ``last_mark`` the last look."""

    since: datetime | None = None
    since_mark: int = 0
    last_at: datetime
    last_mark: int

    def looked(self, at: datetime, mark: int) -> Visit:
        """The visit after one more look: this one, or the next. A clock that went back begins none."""
        if at - self.last_at > GOES_ON:
            return Visit(since=self.last_at, since_mark=self.last_mark, last_at=at, last_mark=mark)
        return Visit(
            since=self.since,
            since_mark=self.since_mark,
            last_at=max(at, self.last_at),
            last_mark=max(mark, self.last_mark),
        )

    def is_as(self, before: Visit | None) -> bool:
        """Whether it says no more than what is kept: looks that are seconds apart, with nothing new between them, are one."""
        if before is None or (before.since, before.last_mark) != (self.since, self.last_mark):
            return False
        return self.last_at - before.last_at < _ONE_LOOK


def mark(database: sqlite3.Connection) -> int:
    """How many transitions were written. They are only ever added."""
    (newest,) = database.execute("SELECT coalesce(max(rowid), 0) FROM transition").fetchone()
    return int(newest)


def visit(database: sqlite3.Connection, person: str) -> Visit | None:
    """The last visit of a person, None where there was none."""
    row = database.execute(
        "SELECT since, since_mark, last_at, last_mark FROM visit WHERE person = ?", (person,)
    ).fetchone()
    if row is None:
        return None
    since, since_mark, last_at, last_mark = row
    return Visit(
        since=instants.read_optional(since),
        since_mark=since_mark,
        last_at=instants.read(last_at),
        last_mark=last_mark,
    )


def after(before: Visit | None, at: datetime, mark: int) -> Visit:
    """The visit of somebody who looks now."""
    return before.looked(at, mark) if before else Visit(last_at=at, last_mark=mark)


def look(archive: Archive, person: str, at: datetime, mark: int) -> None:
    """Write that a person looked when there were so many transitions. Two looks at once are one after the other."""
    with archive.transaction():
        before = visit(archive.database, person)
        now = after(before, at, mark)
        if not now.is_as(before):
            archive.database.execute(
                "INSERT OR REPLACE INTO visit (person, since, since_mark, last_at, last_mark) VALUES (?, ?, ?, ?, ?)",
                (
                    person,
                    instants.written(now.since) if now.since else None,
                    now.since_mark,
                    instants.written(now.last_at),
                    now.last_mark,
                ),
            )
