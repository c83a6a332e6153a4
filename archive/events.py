"""Legal acts as people know them: which transitions are their stages, under which names they go, and what was told of them to which watch."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from archive import codec, instants
from archive.identifiers import digest
from archive.store import Archive

Name = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A transition of an event: what it was (``published``, ``codified`` …), with its work and title, and when it was observed."""

    transition_id: str
    stage: str
    work: str
    title: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """An event: its id lasts, ``names`` and ``stages`` grow, the first stage first."""

    id: str
    names: frozenset[Name]
    stages: tuple[Stage, ...]


def named(archive: Archive, names: Iterable[Name]) -> tuple[EventRow, ...]:
    """The events that go under any of these names, the oldest first."""
    found: dict[str, None] = {}
    for sort, name in sorted(names):
        rows = archive.database.execute(
            "SELECT event FROM event_name WHERE sort = ? AND name = ?", (sort, name)
        )
        found |= dict.fromkeys(event for (event,) in rows)
    opened = events(archive, found).values()
    return tuple(sorted(opened, key=lambda row: (row.stages[0].at, row.id)))


def event(archive: Archive, key: str) -> EventRow:
    """An event by its id. Raises ``IndexError`` nowhere: an event has a stage from its beginning."""
    return events(archive, [key])[key]


def events(archive: Archive, keys: Iterable[str]) -> dict[str, EventRow]:
    """Events by their ids, in that order."""
    names: dict[str, list[Name]] = {key: [] for key in keys}
    stages: dict[str, list[Stage]] = {key: [] for key in names}
    wanted = (codec.dumps(list(names)),)
    for key, sort, name in archive.database.execute(
        "SELECT event, sort, name FROM event_name WHERE event IN (SELECT value FROM json_each(?))", wanted
    ):
        names[key].append((sort, name))
    for key, transition, stage, work, title, at in archive.database.execute(
        """
        SELECT event, transition_id, stage, work, title, at FROM event_stage
        WHERE event IN (SELECT value FROM json_each(?)) ORDER BY rowid
        """,
        wanted,
    ):
        stages[key].append(
            Stage(transition_id=transition, stage=stage, work=work, title=title, at=instants.read(at))
        )
    return {
        key: EventRow(id=key, names=frozenset(names[key]), stages=tuple(some)) for key, some in stages.items()
    }


def of_work(archive: Archive, work: str) -> tuple[str, ...]:
    """The events of which a transition of a work is a stage, by id, in the order in which they were opened."""
    rows = archive.database.execute(
        "SELECT event FROM event_stage WHERE work = ? GROUP BY event ORDER BY min(rowid)", (work,)
    )
    return tuple(key for (key,) in rows)


def papers(archive: Archive, *, since: datetime) -> tuple[tuple[str, str], ...]:
    """Event and title of every paper of the Federal Register that was seen as a stage at an instant or later."""
    rows = archive.database.execute(
        "SELECT DISTINCT event, title FROM event_stage WHERE work LIKE 'us/fr%' AND at >= ? ORDER BY rowid",
        (instants.written(since),),
    )
    return tuple((event, title) for event, title in rows)


def recent(archive: Archive, *, since: datetime | None = None, limit: int = -1) -> tuple[EventRow, ...]:
    """The events whose newest stage came to hand at an instant or later (None: all), the newest first."""
    rows = archive.database.execute(
        "SELECT event FROM event_stage GROUP BY event HAVING max(at) >= ? ORDER BY max(at) DESC, max(rowid) DESC LIMIT ?",
        (instants.written(since) if since else "", limit),
    ).fetchall()
    return tuple(events(archive, (key for (key,) in rows)).values())


def beginning(archive: Archive, start: str) -> tuple[str, ...]:
    """The ids of the events that begin so, two at most: enough to see that there is one, none or several."""
    rows = archive.database.execute(
        "SELECT DISTINCT event FROM event_stage WHERE event >= ? AND event < ? || '~' LIMIT 2", (start, start)
    )
    return tuple(key for (key,) in rows)


def papers_of(archive: Archive, citation: str) -> tuple[str, ...]:
    """The works of papers that say of themselves that they are printed at a citation: most are known from the desk before they have one."""
    rows = archive.database.execute(
        """
        SELECT DISTINCT path FROM edition JOIN series ON series.id = edition.series JOIN work ON work.id = series.work
        WHERE edition.kind = 'document' AND edition.known_to IS NULL AND edition.facts LIKE ? ORDER BY path
        """,
        (f'%"name":"citation","value":"{citation}"%',),
    )
    return tuple(path for (path,) in rows)


def add_stage(archive: Archive, key: str, stage: Stage, names: Iterable[Name]) -> str:
    """Write a stage and its names to an event, "" for a new one; answers its id. The same transition is written once."""
    key = key or digest("event", stage.transition_id)
    with archive.transaction():
        archive.database.execute(
            "INSERT INTO event_stage (event, transition_id, stage, work, title, at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (key, stage.transition_id, stage.stage, stage.work, stage.title, instants.written(stage.at)),
        )
        archive.database.executemany(
            "INSERT INTO event_name (event, sort, name) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            ((key, sort, name) for sort, name in sorted(names)),
        )
    return key


def told(archive: Archive, key: str, watch: str) -> frozenset[str] | None:
    """The terms that a watch was told of an event, None where it has heard nothing of it."""
    row = archive.database.execute(
        "SELECT terms FROM event_told WHERE event = ? AND watch = ?", (key, watch)
    ).fetchone()
    return frozenset(codec.loads(row[0], list[str])) if row else None


def mark_told(archive: Archive, key: str, watch: str, terms: Collection[str]) -> None:
    """Write that a watch was told of these terms, besides what it was told before."""
    with archive.transaction():
        all_of_them = sorted({*terms, *(told(archive, key, watch) or ())})
        archive.database.execute(
            """
            INSERT INTO event_told (event, watch, terms) VALUES (?, ?, ?)
            ON CONFLICT (event, watch) DO UPDATE SET terms = excluded.terms
            """,
            (key, watch, codec.dumps(all_of_them)),
        )
