"""What papers of known acts say that they amend, work by work and day by day, until it was found in the text or told as missing there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from archive import codec
from archive.store import Archive


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """That the paper ``act`` says that it amends ``work`` from ``day`` on, as a stage of ``events``. ``closed`` is the day on which that was
    found in the text or told as ``missing`` there (what was told, instruction by instruction); None while it is looked for."""

    act: str
    work: str
    day: date
    events: tuple[str, ...]
    closed: date | None = None
    missing: tuple[str, ...] = ()


def unsearched(archive: Archive) -> tuple[str, ...]:
    """The printed papers, stages of an event, that have editions which nobody has searched for what they announce."""
    rows = archive.database.execute(
        """
        SELECT work.path FROM work
        JOIN series ON series.work = work.id
        JOIN edition ON edition.series = series.id AND edition.known_to IS NULL
        LEFT JOIN announced_search ON announced_search.act = work.path
        WHERE work.kind = 'document' AND work.path LIKE 'us/fr/%' AND work.path IN (SELECT work FROM event_stage)
        GROUP BY work.id HAVING max(edition.id) > coalesce(max(announced_search.edition), 0) ORDER BY work.path
        """
    )
    return tuple(path for (path,) in rows)


def keep(archive: Archive, act: str, found: Collection[tuple[str, date]]) -> None:
    """Write which works the newest edition of a paper amends from which days on. What it says no longer is not looked for any more; what was
    closed stays closed."""
    with archive.transaction():
        says = {(work, day.isoformat()) for work, day in found}
        held = archive.database.execute(
            "SELECT work, day FROM announced WHERE act = ? AND closed IS NULL", (act,)
        ).fetchall()
        archive.database.executemany(
            "DELETE FROM announced WHERE act = ? AND work = ? AND day = ?",
            ((act, *pair) for pair in held if pair not in says),
        )
        archive.database.executemany(
            "INSERT INTO announced (act, work, day) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            ((act, *pair) for pair in sorted(says)),
        )
        archive.database.execute(
            """
            INSERT INTO announced_search (act, edition)
            SELECT path, max(edition.id) FROM edition JOIN series ON series.id = edition.series JOIN work ON work.id = series.work
            WHERE path = ? GROUP BY path
            ON CONFLICT (act) DO UPDATE SET edition = excluded.edition
            """,
            (act,),
        )


def looked_for(archive: Archive, *, since: date, until: date) -> tuple[Announced, ...]:
    """What is announced for a day of ``since`` to ``until`` and neither found nor told as missing, by day and paper."""
    return _announced(archive, "closed IS NULL AND day BETWEEN ? AND ?", since.isoformat(), until.isoformat())


def on_work(archive: Archive, work: str, *, since: date, until: date) -> tuple[Announced, ...]:
    """What is announced on a work for a day of ``since`` to ``until``, closed or not."""
    return _announced(archive, "work = ? AND day BETWEEN ? AND ?", work, since.isoformat(), until.isoformat())


def by_act(archive: Archive, act: str) -> tuple[Announced, ...]:
    """What a paper announces."""
    return _announced(archive, "act = ?", act)


def close(archive: Archive, one: Announced, *, on: date, missing: Collection[str] = ()) -> None:
    """Write that it was found on a day, or told as missing. Call it in the transaction that owes the messages."""
    with archive.transaction():
        archive.database.execute(
            "UPDATE announced SET closed = ?, missing = ? WHERE act = ? AND work = ? AND day = ?",
            (on.isoformat(), codec.dumps(list(missing)), one.act, one.work, one.day.isoformat()),
        )


def _announced(archive: Archive, condition: str, *values: str) -> tuple[Announced, ...]:
    rows = archive.database.execute(
        f"SELECT act, work, day, closed, missing FROM announced WHERE {condition} ORDER BY day, act, work",  # noqa: S608
        values,
    ).fetchall()
    return tuple(
        Announced(
            act=act,
            work=work,
            day=date.fromisoformat(day),
            events=_events_of(archive, act),
            closed=date.fromisoformat(closed) if closed else None,
            missing=codec.loads(missing, tuple[str, ...]),
        )
        for act, work, day, closed, missing in rows
    )


def _events_of(archive: Archive, act: str) -> tuple[str, ...]:
    rows = archive.database.execute(
        "SELECT event FROM event_stage WHERE work = ? GROUP BY event ORDER BY min(rowid)", (act,)
    )
    return tuple(event for (event,) in rows)
