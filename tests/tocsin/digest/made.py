"""An archive as a digest finds it, made run by run: invented texts taken in at instants of the test's choice, through the program's own intake."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from ctypes.util import find_library
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from alerts.match import WatchIndex
from alerts.messages import Context
from archive import ledger
from archive.records import Attempt, Capture, Expression, Fact, Provision, Reading
from archive.store import Archive
from tocsin.digest.building import build
from tocsin.digest.records import Digest, Review
from tocsin.digest.week import period
from tocsin.intake import Intake
from tocsin.reminders import search

needs_pango = pytest.mark.skipif(
    find_library("pango-1.0") is None, reason="no Pango on this machine: PDF is set with it"
)
WEEK = "2031-W10"
MONDAY = date(2031, 3, 3)
TITLES = {"us_ecfr": "Electronic Code of Federal Regulations", "jp_egov": "e-Gov laws"}
LIST = "us/cfr/15/744/supp-4"


def instant(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def text(
    work: str,
    day: date,
    *paragraphs: str | Provision,
    recipe: str = "x/1",
    language: str = "en",
    title: str = "",
) -> Expression:
    """A text of numbered paragraphs."""
    provisions = tuple(
        one
        if isinstance(one, Provision)
        else Provision(eid=f"p{number}", unit="paragraph", num=f"({number})", text=one)
        for number, one in enumerate(paragraphs, 1)
    )
    return Expression(
        work=work,
        as_of=day,
        recipe=recipe,
        title=title or f"Text {work}",
        language=language,
        provisions=provisions,
    )


def paper(number: str, day: date, words: str, **facts: str) -> Expression:
    """A document that is itself a change when it appears."""
    return Expression(
        work=f"us/fr/{number}",
        as_of=day,
        published=day,
        recipe="x/1",
        title=f"Paper {number}",
        kind="document",
        facts=tuple(Fact(name=name, value=value) for name, value in facts.items()),
        provisions=(Provision(eid="p1", unit="paragraph", text=words),),
    )


def take(
    archive: Archive,
    at: datetime,
    *texts: Expression,
    source: str = "us_ecfr",
    outcome: str = ledger.COMPLETE,
    reason: str = "",
    counts: dict[str, int] | None = None,
) -> None:
    """One run of a source that brings these texts, each as a document of its own."""
    run = ledger.start_run(archive, source, at=at, replayed=True)
    intake = Intake(
        archive=archive,
        run=run,
        now=at,
        watches=WatchIndex(()),
        context=Context(now=at),
        seen_from=date(2031, 1, 1),
        sure=True,
    )
    for one in texts:
        url = f"https://example.org/{one.work}"
        ledger.record_attempt(
            archive, run, Attempt(source=source, url=url, at=at, outcome="accepted", status=200)
        )
        capture = Capture(
            source=source,
            document=one.work,
            url=url,
            body=f"{one}".encode(),
            as_of=one.as_of,
            fetched_at=at,
        )
        taken = intake.take(capture, Reading(expressions=(one,)))
        assert taken.outcome in ("published", "unchanged"), taken
    ledger.finish_run(
        archive, run, at=at + timedelta(minutes=2), outcome=outcome, reason=reason, counts=counts
    )
    search(archive, at.date())


@contextmanager
def empty(folder: Path) -> Iterator[Archive]:
    with Archive.create(folder / "archive") as archive:
        yield archive


def digest_of(
    archive: Archive, *, week: str = WEEK, known: datetime | None = None, reviews: Sequence[Review] = ()
) -> Digest:
    """The digest of the week, built long after it."""
    now = datetime(2032, 1, 1, tzinfo=UTC)
    return build(archive, period(week, "UTC", now=now, known=known), titles=TITLES, reviews=reviews)


def later(one: Expression, day: date, *paragraphs: str) -> Expression:
    """The next edition of a text."""
    return replace(
        text(one.work, day, *paragraphs, recipe=one.recipe, language=one.language), title=one.title
    )
