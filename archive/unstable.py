"""Documents that do not keep still: a text that goes to another one and comes back within a while is unstable until what remains is clear.

Only pages flap. A text with dated editions is what its publisher says that it is on that day: a return there is law.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from archive import instants
from archive.store import Archive


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A text that a work had at some time: the edition's number, the digest of its tree, and when it was observed and came to be known."""

    edition: int
    digest: str
    as_of: str
    observed: datetime
    known_from: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Unstable:
    """A work that came back to the text of the edition ``base``, of ``base_day``, seen at ``at``; what follows is held until ``until``."""

    id: int
    work: str
    base: int
    base_day: date
    at: datetime
    until: datetime


def texts_of(archive: Archive, work: str) -> tuple[Seen, ...]:
    """Every text that a work had by the recipe that counts, those of the same day included, in the order in which they were seen."""
    rows = archive.database.execute(
        """
        SELECT edition.id, digest, as_of, observed, known_from FROM edition
        JOIN series ON series.id = edition.series JOIN work ON work.id = series.work
        WHERE path = ? AND superseded_at IS NULL AND series.language = work.language ORDER BY known_from, edition.id
        """,
        (work,),
    )
    return tuple(
        Seen(
            edition=number,
            digest=digest,
            as_of=as_of,
            observed=instants.read(observed),
            known_from=instants.from_microseconds(known),
        )
        for number, digest, as_of, observed, known in rows
    )


def came_back_to(texts: tuple[Seen, ...], edition: int, window: timedelta) -> Seen | None:
    """The earlier text that an edition has again, if it was away for no longer than ``window``; None where it is new or was not away."""
    at = next((at for at, seen in enumerate(texts) if seen.edition == edition), 0)
    here = texts[at]
    if not at or texts[at - 1].digest == here.digest:
        return None
    for earlier, next_one in reversed(list(pairwise(texts[: at + 1]))):
        if earlier.digest == here.digest:
            return earlier if here.observed - next_one.observed <= window else None
    return None


def is_page(archive: Archive, work: str) -> bool:
    """Whether a work is a page: a document (not a consolidated text) of which another text may come at any time. Papers have a number of their
    own and are published once."""
    row = archive.database.execute("SELECT kind FROM work WHERE path = ?", (work,)).fetchone()
    return row is not None and row[0] == "document"


def edition_of(archive: Archive, transition_id: str) -> tuple[str, int] | None:
    """The work of a transition and the number of the edition that it leads to, None where either is not held."""
    row = archive.database.execute(
        """
        SELECT work.path, max(edition.id) FROM transition JOIN work ON work.id = transition.work
        JOIN series ON series.work = work.id AND superseded_at IS NULL
        JOIN edition ON edition.series = series.id AND edition.as_of = transition.after
        JOIN capture ON capture.id = edition.capture AND capture.sha256 = transition.after_sha256
        WHERE transition.id = ? GROUP BY work.path
        """,
        (transition_id,),
    ).fetchone()
    return None if row is None else (row[0], row[1])


def begin(archive: Archive, work: str, base: int, *, at: datetime, until: datetime) -> Unstable:
    """Hold what a work does from now on; answers what stands. The first return counts, so that one that never keeps still is told of every while."""
    with archive.transaction():
        archive.database.execute(
            "INSERT INTO unstable (work, base, at, until) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (work, base, instants.written(at), instants.written(until)),
        )
    return next(one for one in open_ones(archive) if one.work == work)


def open_ones(archive: Archive) -> tuple[Unstable, ...]:
    """The works that are held as unstable, in the order in which they began."""
    rows = archive.database.execute(
        """
        SELECT unstable.id, work, base, as_of, at, until FROM unstable JOIN edition ON edition.id = base
        WHERE ended_at IS NULL ORDER BY unstable.id
        """
    )
    return tuple(
        Unstable(
            id=number,
            work=work,
            base=base,
            base_day=date.fromisoformat(day),
            at=instants.read(at),
            until=instants.read(until),
        )
        for number, work, base, day, at, until in rows
    )


def end(archive: Archive, number: int, at: datetime) -> None:
    """Write that what remained was told. Call it in the transaction that owes the messages."""
    with archive.transaction():
        archive.database.execute(
            "UPDATE unstable SET ended_at = ? WHERE id = ?", (instants.written(at), number)
        )
