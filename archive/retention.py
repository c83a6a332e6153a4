"""How long the bytes of captures are kept: what a rule would drop, and the dropping.

Nothing is dropped without a rule of a person. Never dropped, whatever the rule says: captures that are held or not read yet, the newest published one of
each document, those that the standing newest edition of a work was read from, and editions of days to come: the next comparison needs them. Texts of law, hashes,
headers and the ledger stay; ``archive.dropped`` says of bytes that are gone when and why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from archive import chain, instants
from archive.canonical import digest_of
from archive.lock import alone_with_bodies
from archive.store import Archive

KIND = "retention"
"""The kind of its links in the chain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """That the captures of a source are kept for so many days, months or years (``unit``); ``reason`` is the rule as the person wrote it."""

    source: str
    count: int
    unit: str
    reason: str

    def before(self, at: datetime) -> datetime:
        """What was fetched before this instant is older than the rule keeps."""
        if self.unit == "day":
            return at - timedelta(days=self.count)
        months = self.count * (12 if self.unit == "year" else 1)
        year, month = divmod(at.year * 12 + at.month - 1 - months, 12)
        last = (date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
        return at.astimezone(UTC).replace(year=year, month=month + 1, day=min(at.day, last))


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a rule drops: the SHA-256 and size of each body, and how many ``captures`` they are of."""

    rule: Rule
    bodies: tuple[tuple[str, int], ...]
    captures: int

    @property
    def size(self) -> int:
        """Bytes as they came."""
        return sum(size for _, size in self.bodies)


def plan(archive: Archive, rule: Rule, at: datetime) -> Plan:
    """What a rule would drop at an instant. Bytes that another capture still needs stay, whichever source it is of."""
    rows = archive.database.execute(
        _EXPIRED,
        {"source": rule.source, "before": instants.written(rule.before(at)), "today": str(at.date())},
    ).fetchall()
    bodies = tuple((sha256, size) for sha256, size, _ in rows if sha256 in archive.captures)
    there = {sha256 for sha256, _ in bodies}
    return Plan(rule=rule, bodies=bodies, captures=sum(count for sha256, _, count in rows if sha256 in there))


def drop(
    archive: Archive, plans: Iterable[Plan], at: datetime, *, note: Callable[[], None] = lambda: None
) -> int:
    """Do what the plans say; ``note`` is done in the same transaction; answers how many bodies went. What is dropped is written, and linked into the chain, before it goes: killed in between, the
    bytes are still there and the next time takes them. Raises ``BadInput`` while a backup is made."""
    found = [one for one in plans if one.bodies]
    gone = {sha256 for one in found for sha256, _ in one.bodies}
    if not gone:
        return 0
    with closing(alone_with_bodies(archive.folder)):
        with archive.transaction():
            for one in found:
                _write(archive, one, at)
            note()
        archive.captures.drop(gone)
    return len(gone)


def _write(archive: Archive, one: Plan, at: datetime) -> None:
    said = {"at": instants.written(at), "source": one.rule.source, "reason": one.rule.reason}
    subject = digest_of({**said, "bodies": sorted(one.bodies)})
    if chain.is_linked(
        archive, KIND, subject
    ):  # the same instant again, as a replay has it: it was written and then killed
        return
    archive.database.execute(
        "INSERT INTO retention (id, at, source, reason) VALUES (?, ?, ?, ?)", (subject, *said.values())
    )
    archive.database.executemany(
        "INSERT INTO dropped_body (sha256, retention, size) VALUES (?, ?, ?)",
        [(sha256, subject, size) for sha256, size in one.bodies],
    )
    chain.link(archive, KIND, subject, at=at)


_EXPIRED = """
    WITH
    newest AS (
        SELECT max(as_of || '/' || printf('%020d', id)) AS last FROM capture WHERE state = 'published' GROUP BY source, document
    ),
    standing AS (
        SELECT capture FROM edition WHERE known_to IS NULL AND (as_of > :today OR as_of = (
            SELECT max(as_of) FROM edition AS other WHERE other.series = edition.series AND other.known_to IS NULL AND other.as_of <= :today
        ))
    ),
    needed AS (
        SELECT sha256 FROM capture WHERE
            state IN ('accepted', 'held')
            OR as_of > :today
            OR (state = 'published' AND as_of || '/' || printf('%020d', id) IN (SELECT last FROM newest))
            OR id IN (SELECT capture FROM standing)
            OR (source = :source AND fetched_at >= :before)
            OR source <> :source
    )
    SELECT sha256, max(bytes), count(*) FROM capture
    WHERE source = :source AND fetched_at < :before AND sha256 NOT IN (SELECT sha256 FROM needed)
    GROUP BY sha256 ORDER BY min(id)
"""
