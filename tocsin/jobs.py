"""The job of a crawl, made of the configuration and of what the archive holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from archive import editions, ledger
from archive.errors import BadInput
from archive.store import Archive
from crawlers.card import SourceCard
from crawlers.job import Held, Job, State
from tocsin.config import Config
from tocsin.principals import principals
from tocsin.reconciliation import first_day


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
            principals=principals(config, archive, card),
        ),
        first_run=ledger.first_success(archive, card.id) is None,
    )


def run_job(config: Config, archive: Archive, card: SourceCard, spool: Path, *, today: date) -> Job:
    """The same for a run, which counts afterwards what is held, where the source has a counter of its own."""
    job = crawl_job(config, archive, card, spool, today=today)
    if card.count is None:
        return job
    try:
        first = first_day(archive, card, card.configured(job.settings), today)
    except BadInput:  # the child says what is wrong with the settings, and the ledger keeps it
        return job
    # A text that is amended can be corrected in any of its editions; of papers those of the days that are counted are enough.
    editions_held = {
        document: days
        for document, days in days_held(archive, card.id).items()
        if card.kind == "consolidated" or days[-1] >= first
    }
    return replace(job, reconcile=first, state=replace(job.state, editions=editions_held))


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
