"""A crawl that writes nothing into the archive: to see what a source brings, to record it, to check that it brings the same twice."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from archive import clock
from archive.errors import TocsinError
from archive.records import Capture
from archive.store import Archive
from crawlers.card import SourceCard
from crawlers.crawl import crawl
from crawlers.events import Captured, Finished, capture_of
from crawlers.job import Job, State
from normalize import reading as readers
from tocsin.config import Config
from tocsin.hints import hints_of
from tocsin.jobs import crawl_job
from tocsin.recording import golden_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A document that two fetches in a row do not make alike, or that cannot be read; ``said`` says how."""

    document: str
    said: str


def trial(
    config: Config, card: SourceCard, *, most: int = 0, afresh: bool = False
) -> Iterator[Capture | Finished]:
    """The captures that a run would bring now, at most ``most`` (0: all), then how it ended. ``afresh`` asks as if nothing were held."""
    with tempfile.TemporaryDirectory(prefix="tocsin-") as spool:
        job = _job(config, card, Path(spool))
        number = 0
        for event in crawl(replace(job, state=State(), first_run=True) if afresh else job):
            if isinstance(event, Captured):
                yield capture_of(event, spool)
                number += 1
                (Path(spool) / event.body).unlink(missing_ok=True)
                if number == most:
                    return
            elif isinstance(event, Finished):
                yield event


def check(config: Config, card: SourceCard, *, most: int) -> tuple[int, tuple[Difference, ...], str]:
    """Fetches some documents twice: how many came, those that do not normalise alike, and why a crawl did not end well ("" if both did)."""
    found: list[dict[str, str]] = []
    failure = ""
    differences: list[Difference] = []
    for _ in range(2):
        read: dict[str, str] = {}
        for each in trial(config, card, most=most, afresh=True):
            if isinstance(each, Finished):
                failure = failure or each.reason
                continue
            try:
                read[each.document] = golden_of(readers.read(each.source, each.body, hints_of(each)))
            except TocsinError as error:
                differences.append(Difference(document=each.document, said=error.line()))
        found.append(read)
    first, second = found
    for document in sorted({*first, *second}):
        if document not in first or document not in second:
            differences.append(Difference(document=document, said="came in one of the two fetches only"))
        elif first[document] != second[document]:
            differences.append(
                Difference(document=document, said=_first_difference(first[document], second[document]))
            )
    return len(first), tuple(dict.fromkeys(differences)), failure


def _first_difference(one: str, other: str) -> str:
    pairs = zip(one.splitlines(), other.splitlines(), strict=False)
    for mine, yours in pairs:
        if mine != yours:
            return f"reads {mine[:120]} first and {yours[:120]} then"
    return "has more in one of the two fetches"


def _job(config: Config, card: SourceCard, spool: Path) -> Job:
    with Archive.open(config.archive, read_only=True) as archive:
        return crawl_job(config, archive, card, spool, today=clock.now().date())
