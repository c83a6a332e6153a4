"""The ledger: every run and every fetch attempt with its outcome, and what they say of each source's health."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from archive import codec, instants, linking
from archive.received import CaptureRow, held
from archive.records import Attempt
from archive.store import Archive

# The outcome of a run that reached its goal; every other one is the kind of a failure.
COMPLETE = "complete"
# A run that never said its end: its process died.
INTERRUPTED = "interrupted"
# A run that asked nothing because its host wants to be left alone at this hour: neither a success nor a failure.
POSTPONED = "postponed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One round of a source. ``finished_at`` is None and ``outcome`` "" while it runs; ``counts`` is what it did, by name."""

    id: int
    source: str
    started_at: datetime
    finished_at: datetime | None
    outcome: str
    reason: str
    counts: Mapping[str, int]
    replayed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHealth:
    """How a source fares: its last run that started and what came of the last one that finished; when it last succeeded and when a change
    was last observed (None: never); the failures in a row since the last success; the captures that are held."""

    source: str
    last_run: datetime
    last_success: datetime | None
    last_change: datetime | None
    last_outcome: str
    last_reason: str
    failures: int
    held: tuple[CaptureRow, ...]
    running: bool


def start_run(archive: Archive, source: str, *, at: datetime, replayed: bool) -> int:
    """Write that a round of a source begins; answers its number. ``replayed`` says that the clock is set by hand."""
    with archive.transaction():
        (number,) = archive.database.execute(
            "INSERT INTO run (source, started_at, replayed) VALUES (?, ?, ?) RETURNING id",
            (source, instants.written(at), replayed),
        ).fetchone()
    result: int = number
    return result


def record_attempt(archive: Archive, run: int, attempt: Attempt) -> None:
    """Write what came of one request."""
    with archive.transaction():
        archive.database.execute(
            "INSERT INTO attempt (run, source, url, at, outcome, status, reason, bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                run,
                attempt.source,
                attempt.url,
                instants.written(attempt.at),
                attempt.outcome,
                attempt.status,
                attempt.reason,
                attempt.bytes,
            ),
        )


def finish_run(
    archive: Archive,
    run: int,
    *,
    at: datetime,
    outcome: str,
    reason: str = "",
    counts: Mapping[str, int] | None = None,
) -> None:
    """Write how a round ended, and put what it wrote into the chain: ``outcome`` is ``COMPLETE`` or the kind of the failure, ``reason`` one line
    for people."""
    with archive.transaction():
        archive.database.execute(
            "UPDATE run SET finished_at = ?, outcome = ?, reason = ?, counts = ? WHERE id = ?",
            (instants.written(at), outcome, reason, codec.dumps(counts or {}), run),
        )
        linking.link_run(archive, run, at=at)


def close_interrupted(archive: Archive, *, at: datetime) -> int:
    """Write of the runs that never said their end that they were interrupted; answers how many. Only the writer may ask: it is the
    only one that can have a run of its own, so it asks before it starts one."""
    with archive.transaction():
        return archive.database.execute(
            "UPDATE run SET finished_at = ?, outcome = ?, reason = 'its process died' WHERE finished_at IS NULL",
            (instants.written(at), INTERRUPTED),
        ).rowcount


def is_unfinished(archive: Archive, run: int) -> bool:
    """Whether a run has not said its end."""
    row = archive.database.execute(
        "SELECT 1 FROM run WHERE id = ? AND finished_at IS NULL", (run,)
    ).fetchone()
    return row is not None


def last_tries(archive: Archive) -> dict[str, datetime]:
    """When each source was last asked by a run that came to its own end, whatever that was: one that was interrupted or put off counts as missed."""
    rows = archive.database.execute(
        """
        SELECT source, started_at FROM run WHERE id IN (
            SELECT max(id) FROM run WHERE finished_at IS NOT NULL AND outcome NOT IN (?, ?) GROUP BY source
        )
        """,
        (INTERRUPTED, POSTPONED),
    )
    return {source: instants.read(at) for source, at in rows}


def runs(archive: Archive, source: str | None = None, limit: int = 50) -> tuple[Run, ...]:
    """The last runs, newest first."""
    rows = archive.database.execute(
        """
        SELECT id, source, started_at, finished_at, outcome, reason, counts, replayed FROM run
        WHERE ? IS NULL OR source = ? ORDER BY id DESC LIMIT ?
        """,
        (source, source, limit),
    )
    return tuple(
        Run(
            id=number,
            source=of,
            started_at=instants.read(started),
            finished_at=instants.read_optional(finished),
            outcome=outcome,
            reason=reason,
            counts=codec.loads(counts, dict[str, int]),
            replayed=bool(replayed),
        )
        for number, of, started, finished, outcome, reason, counts, replayed in rows
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstRun:
    """The run by which a source was first read: what it brought is the baseline."""

    run: int
    started_at: datetime


def first_success(archive: Archive, source: str) -> FirstRun | None:
    """The first run of a source that reached its goal, None where none did yet."""
    row = archive.database.execute(
        "SELECT id, started_at FROM run WHERE source = ? AND outcome = ? ORDER BY id LIMIT 1",
        (source, COMPLETE),
    ).fetchone()
    return FirstRun(run=row[0], started_at=instants.read(row[1])) if row else None


def first_run(archive: Archive, source: str) -> FirstRun | None:
    """The first run of a source, whatever came of it; None where it never ran."""
    row = archive.database.execute(
        "SELECT id, started_at FROM run WHERE source = ? ORDER BY id LIMIT 1", (source,)
    ).fetchone()
    return FirstRun(run=row[0], started_at=instants.read(row[1])) if row else None


def memory(archive: Archive, source: str) -> dict[str, object]:
    """What the last crawl of a source handed to the next one, {} for nothing."""
    row = archive.database.execute("SELECT content FROM memory WHERE source = ?", (source,)).fetchone()
    return codec.loads(row[0], dict[str, object]) if row else {}


def remember(archive: Archive, source: str, memory: Mapping[str, object]) -> None:
    """Keep what a crawl hands to the next one, in the place of what was kept before. JSON-ready values."""
    with archive.transaction():
        archive.database.execute(
            "INSERT INTO memory (source, content) VALUES (?, ?) ON CONFLICT (source) DO UPDATE SET content = excluded.content",
            (source, codec.dumps(memory)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Unobserved:
    """From one good look at a source to the next (None: there was none yet), with ``failures`` runs between that did not get through: what a source
    without dated editions showed in the meantime, and no longer does, nobody saw."""

    since: datetime
    until: datetime | None
    failures: int


def unobserved(archive: Archive, source: str) -> tuple[Unobserved, ...]:
    """The spans in which a source could not be looked at, oldest first; the time before its first good run is none."""
    rows = archive.database.execute(
        "SELECT started_at, outcome FROM run WHERE source = ? AND finished_at IS NOT NULL AND outcome <> ? ORDER BY id",
        (source, POSTPONED),
    )
    found: list[Unobserved] = []
    seen: datetime | None = None
    failures = 0
    for at, outcome in rows:
        if outcome != COMPLETE:
            failures += 1
            continue
        if seen is not None and failures:
            found.append(Unobserved(since=seen, until=instants.read(at), failures=failures))
        seen, failures = instants.read(at), 0
    if seen is not None and failures:
        found.append(Unobserved(since=seen, until=None, failures=failures))
    return tuple(found)


def looks(archive: Archive, source: str) -> tuple[datetime, ...]:
    """When the runs of a source began that saw all of it, oldest first."""
    rows = archive.database.execute(
        "SELECT started_at FROM run WHERE source = ? AND outcome = ? ORDER BY id", (source, COMPLETE)
    )
    return tuple(instants.read(at) for (at,) in rows)


def attempts(archive: Archive, run: int) -> tuple[Attempt, ...]:
    """The attempts of a run, in their order."""
    rows = archive.database.execute(
        "SELECT source, url, at, outcome, status, reason, bytes FROM attempt WHERE run = ? ORDER BY id",
        (run,),
    )
    return tuple(
        Attempt(
            source=source,
            url=url,
            at=instants.read(at),
            outcome=outcome,
            status=status,
            reason=reason,
            bytes=size,
        )
        for source, url, at, outcome, status, reason, size in rows
    )


def health(archive: Archive) -> tuple[SourceHealth, ...]:
    """How each source fares that ever ran or has a capture held, by name."""
    waiting: dict[str, list[CaptureRow]] = {}
    for capture in held(archive):
        waiting.setdefault(capture.source, []).append(capture)
    rows = archive.database.execute(_HEALTH, {"complete": COMPLETE, "postponed": POSTPONED})
    return tuple(
        SourceHealth(
            source=source,
            last_run=instants.read(last_run),
            last_success=instants.read_optional(last_success),
            last_change=instants.read_optional(last_change),
            last_outcome=outcome or "",
            last_reason=reason or "",
            failures=failures,
            held=tuple(waiting.get(source, ())),
            running=bool(running),
        )
        for source, last_run, last_success, last_change, outcome, reason, failures, running in rows
    )


# The order of runs is that of their numbers: a clock that is set back reorders nothing. Each source is looked up by itself from its newest run back: after
# years the ledger has hundreds of thousands of runs, and this is asked every few seconds by whoever watches the service.
_HEALTH = """
    WITH
    newest AS (SELECT source, max(id) AS id FROM run GROUP BY source),
    known AS (
        SELECT source, id,
            (SELECT ended.id FROM run AS ended WHERE ended.source = newest.source AND ended.finished_at IS NOT NULL
                AND ended.outcome <> :postponed ORDER BY ended.id DESC LIMIT 1) AS ended,
            (SELECT good.id FROM run AS good WHERE good.source = newest.source AND good.outcome = :complete
                ORDER BY good.id DESC LIMIT 1) AS good
        FROM newest
    )
    SELECT known.source, run.started_at, succeeded.finished_at,
        (SELECT max(observed_at) FROM transition WHERE transition.source = known.source),
        last.outcome, last.reason,
        (SELECT count(*) FROM run AS failed WHERE failed.source = known.source AND failed.id > coalesce(known.good, 0)
            AND failed.finished_at IS NOT NULL AND failed.outcome <> :postponed),
        run.finished_at IS NULL
    FROM known
    JOIN run ON run.id = known.id
    LEFT JOIN run AS last ON last.id = known.ended
    LEFT JOIN run AS succeeded ON succeeded.id = known.good
    ORDER BY known.source
"""
