"""A certificate made: the counter is asked now, the ledger and the captures say the rest."""

from __future__ import annotations

from datetime import date

from archive import chain, clock, codec, instants, ledger
from archive.masking import masked_headers
from archive.store import Archive
from crawlers.card import SourceCard
from tocsin import __version__
from tocsin.certificate import weighing
from tocsin.certificate.records import DATED, NONE, Certificate, Read, Taken
from tocsin.config import Config
from tocsin.coverage import coverage
from tocsin.observed import observed
from tocsin.reconciliation import COUNTED, COUNTED_HELD


def certificate(config: Config, archive: Archive, card: SourceCard, first: date, last: date) -> Certificate:
    """What can be said of a source from ``first`` to ``last``. The counter of a source that has one is asked over the network."""
    found = coverage(config, archive, card, first, last)
    now = clock.now()
    counter = weighing.counter_of(found, has_counter=card.count is not None)
    reads, taken = _reads(archive, card.id, first, last), _taken(archive, card.id, first, last)
    waiting = {(one.document, one.day) for one in taken if one.state == "held"}
    counted = [one for one in found.days if counter == DATED or one.is_dated]
    return Certificate(
        source=card.id,
        title=card.title,
        watched=_watched(config, card),
        first=first,
        last=last,
        counter=counter,
        what=tuple(dict.fromkeys(one.what for one in found.days)),
        read_at=None if counter == NONE or found.failure else now,
        published=sum(one.published for one in counted),
        held=sum(one.held for one in counted),
        missed=weighing.missed(found.days, waiting),
        unsaid=weighing.unsaid(found, counter, reads, first, last, now=now),
        reads=reads,
        observed=found.observed or observed(ledger.looks(archive, card.id), first, last, now=now),
        unobserved=found.unobserved,
        taken=taken,
        beyond=found.beyond,
        recipes=_recipes(archive, card.id, first, last),
        program=f"tocsin {__version__}",
        head=chain.head(archive),
    )


def _watched(config: Config, card: SourceCard) -> tuple[tuple[str, str], ...]:
    settings = config.sources.get(card.id)
    table = settings.settings if settings else {}
    return masked_headers(tuple((name, codec.dumps(value)) for name, value in sorted(table.items())))


def _reads(archive: Archive, source: str, first: date, last: date) -> tuple[Read, ...]:
    rows = archive.database.execute(
        """
        SELECT started_at, counts FROM run WHERE source = ? AND substr(started_at, 1, 10) BETWEEN ? AND ? AND finished_at IS NOT NULL
        ORDER BY id
        """,
        (source, first.isoformat(), last.isoformat()),
    )
    said = ((instants.read(at), codec.loads(counts, dict[str, int])) for at, counts in rows)
    return tuple(
        Read(at=at, published=counts[COUNTED], held=counts.get(COUNTED_HELD, 0))
        for at, counts in said
        if COUNTED in counts
    )


def _taken(archive: Archive, source: str, first: date, last: date) -> tuple[Taken, ...]:
    rows = archive.database.execute(
        """
        SELECT as_of, document, fetched_at, sha256, state FROM capture
        WHERE source = ? AND as_of BETWEEN ? AND ? AND state <> 'rejected' ORDER BY as_of, document, id
        """,
        (source, first.isoformat(), last.isoformat()),
    )
    return tuple(
        Taken(
            day=date.fromisoformat(day),
            document=document,
            fetched_at=instants.read(at),
            sha256=sha256,
            state=state,
        )
        for day, document, at, sha256, state in rows
    )


def _recipes(archive: Archive, source: str, first: date, last: date) -> tuple[str, ...]:
    rows = archive.database.execute(
        """
        SELECT DISTINCT recipe FROM edition JOIN series ON series.id = edition.series JOIN capture ON capture.id = edition.capture
        WHERE source = ? AND edition.as_of BETWEEN ? AND ? ORDER BY recipe
        """,
        (source, first.isoformat(), last.isoformat()),
    )
    return tuple(recipe for (recipe,) in rows)
