"""A digest as it stands now, built with what people decided: the draft that they review, and that they sign."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec

from archive import digests, instants
from archive.digests import Build
from archive.store import Archive
from crawlers.card import source_cards
from tocsin.digest import kept
from tocsin.digest.building import build
from tocsin.digest.records import Digest
from tocsin.digest.week import last_week, period
from tocsin.reminders import search
from tocsin.review.for_digest import reviews_for_digest
from tocsin.review.roles import COUNSEL, REVIEWER, everybody_who

if TYPE_CHECKING:
    from tocsin.config import Config

_MOST = 8
"""Weeks that are made up for after a long silence."""


def draft(archive: Archive, config: Config, week: str, *, at: datetime) -> Build:
    """Build the digest of a week as it is known now, keep it, and answer it. Raises ``TocsinError`` while a run is going on."""
    search(archive, at.date())
    wanted = period(week, config.digest.zone, now=at, known=at)
    titles = {name: card.title for name, card in source_cards().items()}
    told = reviews_for_digest(archive, known=at)
    made = build(archive, wanted, titles=titles, reviews=told)
    with archive.transaction():
        kept.keep(archive, made, at=at)
        return digests.build_of(archive, kept.version_of(made))


def due_drafts(archive: Archive, config: Config, *, now: datetime) -> tuple[str, ...]:
    """The weeks that have ended and of which no draft was built since, oldest first: the last one, and those that were missed since the newest that was
    built. None where nobody reviews, and none of before the archive began."""
    if not everybody_who(config.people, (REVIEWER, COUNSEL, *config.digest.signers)):
        return ()
    zone = config.digest.zone
    begun = archive.database.execute("SELECT min(started_at) FROM run").fetchone()[0]
    if begun is None:
        return ()
    drafted = {one.week for one in digests.builds(archive) if one.as_known >= _end(one.week, zone) - _TICK}
    due: list[str] = []
    week = last_week(now, zone)
    while len(due) < _MOST and week not in drafted and _end(week, zone) > instants.read(begun):
        due.insert(0, week)
        if not drafted:
            break
        week = last_week(_end(week, zone) - _TICK, zone)
    return tuple(due)


def first_day(week: str) -> date:
    """The Monday of ``2026-W30``."""
    return date.fromisocalendar(int(week[:4]), int(week[6:]), 1)


def distribute(config: Config, archive: Archive, build: Build, at: datetime) -> None:
    """Owe a released digest to the list of the configuration, in the caller's transaction. The next round of the writer sends it."""
    # Templates and printers take long to import, and every round of the writer asks whether a draft is due.
    from tocsin.digest.manners import manner_of
    from tocsin.digest.sending import owe

    said = msgspec.json.decode(digests.content_of(archive, build.version), type=Digest)
    owe(archive, said, manner_of(config), config.digest.list, at=at)


_TICK = timedelta(microseconds=1)


def _end(week: str, zone: str) -> datetime:
    return datetime.combine(first_day(week) + timedelta(days=7), time(), ZoneInfo(zone)).astimezone(UTC)
