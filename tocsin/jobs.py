"""The job of a crawl, made of the configuration and of what the archive holds."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from archive import editions, ledger
from archive.store import Archive
from crawlers.card import SourceCard
from crawlers.job import Held, Job, State
from tocsin.config import Config


def crawl_job(config: Config, archive: Archive, card: SourceCard, spool: Path, *, today: date) -> Job:
    """A crawl of a source, for what is not held yet."""
    settings = config.sources.get(card.id)
    table = dict(settings.settings) if settings else {}
    if config.contact:
        table.setdefault("contact", config.contact)
    return Job(
        source=card.id,
        spool=str(spool),
        today=today,
        hosts=config.hosts,
        settings=table,
        state=State(
            documents={
                document: Held(as_of=as_of, sha256=sha256)
                for document, as_of, sha256 in editions.documents(archive, card.id)
            },
            memory=ledger.memory(archive, card.id),
        ),
        first_run=ledger.first_success(archive, card.id) is None,
    )


def days_held(archive: Archive, source: str) -> dict[str, tuple[date, ...]]:
    """The days of all published editions of each document of a source."""
    found: dict[str, list[date]] = {}
    rows = archive.database.execute(
        "SELECT DISTINCT document, as_of FROM capture WHERE source = ? AND state = 'published' ORDER BY as_of",
        (source,),
    )
    for document, as_of in rows:
        found.setdefault(document, []).append(date.fromisoformat(as_of))
    return {document: tuple(days) for document, days in found.items()}
