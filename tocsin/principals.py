"""What a source that stands in for others is told of them: what they are to bring, what is held of it, and whether their host lets us in."""

from __future__ import annotations

from archive import editions, ledger
from archive.store import Archive
from crawlers.card import SourceCard, source_cards
from crawlers.job import Held, Principal
from crawlers.walls import WALLS
from tocsin.config import Config


def principals(config: Config, archive: Archive, card: SourceCard) -> dict[str, Principal]:
    """The sources that one stands in for, those that are switched off left out."""
    found: dict[str, Principal] = {}
    for name in card.stands_in_for:
        settings = config.sources.get(name)
        if settings is not None and not settings.enabled:
            continue
        found[name] = Principal(
            settings=dict(settings.settings) if settings else {},
            documents={
                document: Held(as_of=as_of, sha256=sha256)
                for document, as_of, sha256 in editions.documents(archive, name)
            },
            memory=ledger.memory(archive, name),
            is_walled=not _is_elsewhere(config, name, card) and _met_a_wall(archive, name),
        )
    return found


def _is_elsewhere(config: Config, name: str, card: SourceCard) -> bool:
    """Whether the source is asked at a mirror and the one that stands in is not: a wall of the mirror says nothing of the official host."""
    principal = source_cards()[name]
    return any(host in config.hosts for host in principal.hosts) and not any(
        host in config.hosts for host in card.hosts
    )


def _met_a_wall(archive: Archive, name: str) -> bool:
    """Whether the last run of a source that ended met a wall and brought less than all."""
    ended = (
        run
        for run in ledger.runs(archive, name, limit=20)
        if run.finished_at is not None and run.outcome != ledger.POSTPONED
    )
    last = next(ended, None)
    if last is None or last.outcome == ledger.COMPLETE:
        return False
    marks = ", ".join("?" * len(WALLS))
    row = archive.database.execute(
        f"SELECT 1 FROM attempt WHERE run = ? AND outcome IN ({marks}) LIMIT 1",  # noqa: S608
        (last.id, *sorted(WALLS)),
    ).fetchone()
    return row is not None
