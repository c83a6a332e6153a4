"""The log of what people did and were refused: rows that only grow. Whoever writes one says no secret in it."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from archive import instants
from archive.store import Archive

DONE, REFUSED = "done", "refused"
_LONGEST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One row. ``person`` is "" for nobody who is known, ``via`` how they were known (session, proxy, token), ``client`` the network address that asked."""

    id: int
    at: datetime
    person: str
    roles: tuple[str, ...]
    deed: str
    subject: str
    outcome: str
    said: str
    via: str
    client: str


def write(
    archive: Archive,
    *,
    at: datetime,
    person: str,
    deed: str,
    roles: Collection[str] = (),
    subject: str = "",
    outcome: str = DONE,
    said: str = "",
    via: str = "",
    client: str = "",
) -> None:
    """Write what was done, in the caller's transaction where there is one. Long texts are cut, control characters left out."""
    with archive.transaction():
        archive.database.execute(
            "INSERT INTO action (at, person, roles, deed, subject, outcome, said, via, client) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                instants.written(at),
                _plain(person),
                json.dumps(list(roles)),
                deed,
                _plain(subject),
                outcome,
                _plain(said),
                via,
                _plain(client),
            ),
        )


def actions(
    archive: Archive,
    *,
    person: str | None = None,
    deed: str | None = None,
    outcome: str | None = None,
    before: int | None = None,
    limit: int = 100,
) -> tuple[Action, ...]:
    """The newest first; ``before`` is the id that a page ended with."""
    rows = archive.database.execute(
        """
        SELECT id, at, person, roles, deed, subject, outcome, said, via, client FROM action
        WHERE (:person IS NULL OR person = :person) AND (:deed IS NULL OR deed = :deed)
            AND (:outcome IS NULL OR outcome = :outcome) AND (:before IS NULL OR id < :before)
        ORDER BY id DESC LIMIT :limit
        """,
        {"person": person, "deed": deed, "outcome": outcome, "before": before, "limit": limit},
    )
    return tuple(
        Action(
            id=key,
            at=instants.read(at),
            person=who,
            roles=tuple(json.loads(roles)),
            deed=what,
            subject=subject,
            outcome=came,
            said=said,
            via=via,
            client=client,
        )
        for key, at, who, roles, what, subject, came, said, via, client in rows
    )


def _plain(said: str) -> str:
    """One line of printable text, of a bounded length."""
    line = "".join(mark if mark.isprintable() else " " for mark in said)
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
