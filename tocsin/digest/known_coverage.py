"""How each source was looked at in a week, as the ledger knew it at an instant: runs, requests, captures, counters, failures, incidents, silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from archive import codec, instants
from archive.ledger import COMPLETE, POSTPONED
from archive.store import Archive
from tocsin.digest.records import Failure, Incident, Period, Silence, SourceCoverage
from tocsin.reconciliation import COUNTED, COUNTED_HELD

BACKFILL = " backfill"
"""What the ledger puts behind the name of a source for a run that fetched its past."""


def coverage(archive: Archive, period: Period, titles: Mapping[str, str]) -> tuple[SourceCoverage, ...]:
    """Every source that had run by the known instant, by name; ``titles`` are those of the sources."""
    rows = archive.database.execute(
        "SELECT DISTINCT source FROM run WHERE started_at <= ? ORDER BY source", (_known(period),)
    ).fetchall()
    return tuple(
        _source(archive, period, source, titles.get(source, source))
        for (source,) in rows
        if not source.endswith(BACKFILL)
    )


def _source(archive: Archive, period: Period, source: str, title: str) -> SourceCoverage:
    runs = archive.database.execute(_RUNS, {"source": source, **_bounds(period)}).fetchall()
    outcomes = [outcome for _, _, outcome, _, _ in runs]
    counts = [codec.loads(said, dict[str, int]) for *_, said in runs]
    counted = next((one for one in reversed(counts) if COUNTED in one), {})
    bounds = {"source": source, "backfill": source + BACKFILL, **_bounds(period)}
    (backfills,) = archive.database.execute(_BACKFILLS, bounds).fetchone()
    requests, refused = archive.database.execute(_ATTEMPTS, bounds).fetchone()
    captures, published = archive.database.execute(_CAPTURES, bounds).fetchone()
    good = [
        instants.read(at)
        for (at,) in archive.database.execute(_SUCCESSES, (source, COMPLETE, _known(period)))
    ]
    return SourceCoverage(
        source=source,
        title=title,
        runs=len(runs),
        complete=outcomes.count(COMPLETE),
        postponed=outcomes.count(POSTPONED),
        backfills=backfills,
        requests=requests,
        refused=refused,
        captures=captures,
        published=published,
        last_success=good[-1] if good else None,
        silence=_silence(period, good, _first_run(archive, source)),
        counted=counted.get(COUNTED),
        counted_held=counted.get(COUNTED_HELD),
        failures=tuple(
            Failure(at=instants.read(started), outcome=outcome, reason=reason)
            for _, started, outcome, reason, _ in runs
            if outcome not in (COMPLETE, POSTPONED)
        ),
        incidents=tuple(incidents_of(archive, period, source)),
    )


def _silence(period: Period, good: list[datetime], first_run: datetime) -> Silence | None:
    """The longest time without a good run that reaches into the week; it can have begun before. It lasts until it is known to have ended."""
    end = min(period.until, period.known)
    marks = [at for at in good if at < period.until]
    if not marks or first_run > marks[0]:
        marks = [first_run, *marks]
    spans = [
        Silence(since=one, until=two, until_next=True) for one, two in zip(marks, marks[1:], strict=False)
    ]
    if marks[-1] < end:
        spans.append(Silence(since=marks[-1], until=end, until_next=False))
    spans = [span for span in spans if span.until >= period.since]
    return max(spans, key=lambda span: (span.until - span.since, span.since), default=None)


def _first_run(archive: Archive, source: str) -> datetime:
    row = archive.database.execute(
        "SELECT started_at FROM run WHERE source = ? ORDER BY id LIMIT 1", (source,)
    ).fetchone()
    return instants.read(row[0])


def incidents_of(archive: Archive, period: Period, source: str) -> Iterator[Incident]:
    """What was wrong with a source (or with the alerts) in the week, in the words that were said of it by then."""
    known = period.known
    rows = archive.database.execute(_INCIDENTS, {"source": source, **_bounds(period)})
    for sort, subject, said, opened, escalated, closed in rows:
        marks = [instants.read_optional(at) for at in (escalated, closed)]
        escalated_at, closed_at = (at if at is not None and at <= known else None for at in marks)
        yield Incident(
            sort=sort,
            subject=subject,
            said=said,
            opened=instants.read(opened),
            escalated=escalated_at,
            closed=closed_at,
        )


def _known(period: Period) -> str:
    return instants.written(period.known)


def _bounds(period: Period) -> dict[str, str]:
    return {
        "since": instants.written(period.since),
        "until": instants.written(period.until),
        "known": _known(period),
    }


# A run that ended after the known instant was still running then: neither a success nor a failure.
_RUNS = """
    SELECT id, started_at, outcome, reason, counts FROM run
    WHERE source = :source AND started_at >= :since AND started_at < :until AND started_at <= :known AND finished_at <= :known
    ORDER BY id
"""
_BACKFILLS = """
    SELECT count(*) FROM run
    WHERE source = :backfill AND started_at >= :since AND started_at < :until AND finished_at <= :known
"""
_ATTEMPTS = """
    SELECT count(*), coalesce(sum(attempt.outcome NOT IN ('accepted', 'unchanged')), 0) FROM attempt JOIN run ON run.id = attempt.run
    WHERE run.source IN (:source, :backfill) AND run.started_at >= :since AND run.started_at < :until AND run.finished_at <= :known
"""
_CAPTURES = """
    SELECT count(*), coalesce(sum(EXISTS (
        SELECT 1 FROM edition WHERE edition.capture = capture.id AND edition.observed <= :known)), 0)
    FROM capture WHERE source = :source AND fetched_at >= :since AND fetched_at < :until AND fetched_at <= :known
"""
_SUCCESSES = """
    SELECT finished_at FROM run WHERE source = ? AND outcome = ? AND finished_at <= ? ORDER BY id
"""
_INCIDENTS = """
    SELECT sort, subject, told.said, opened_at, escalated_at, closed_at FROM incident
    JOIN incident_history AS told ON told.id =
        (SELECT max(id) FROM incident_history WHERE incident_history.incident = incident.id AND at <= :known)
    WHERE source = :source AND opened_at <= :known AND opened_at < :until
        AND (closed_at IS NULL OR closed_at > :known OR closed_at >= :since)
    ORDER BY incident.id
"""
