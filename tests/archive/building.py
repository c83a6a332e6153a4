"""Small regulations, captures and changes for the tests of the archive. All content is invented."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from archive import editions
from archive.records import Capture, Change, ChangeSet, Expression, Provision, Touch, Transition
from archive.store import Archive

WORK = "us/cfr/15/999"
START = datetime(2026, 1, 1, 12, tzinfo=UTC)
DAY = date(2026, 1, 1)


def at(hours: float) -> datetime:
    """An instant so many hours after the start."""
    return START + timedelta(hours=hours)


def on(days: int) -> date:
    """A date so many days after the start."""
    return DAY + timedelta(days=days)


def capture(
    body: bytes = b"<x/>", *, days: int = 0, document: str = "title-15/part-999", hours: float = 0
) -> Capture:
    """A capture of an edition."""
    return Capture(
        source="us_ecfr",
        document=document,
        url=f"https://example.org/{document}",
        body=body,
        as_of=on(days),
        fetched_at=at(hours),
        media_type="application/xml",
        headers=(("ETag", '"1"'), ("X-Twice", "a"), ("X-Twice", "b")),
        meta={"amended": "2025-12-31", "pages": 3},
    )


def item(
    eid: str, text: str = "", *children: Provision, unit: str = "item", num: str = "", heading: str = ""
) -> Provision:
    """A provision."""
    return Provision(eid=eid, unit=unit, num=num, heading=heading, text=text, children=children)


def edition(
    *provisions: Provision,
    days: int = 0,
    work: str = WORK,
    recipe: str = "us_ecfr/1",
    title: str = "Part 999",
) -> Expression:
    """An expression of a work."""
    return Expression(work=work, as_of=on(days), recipe=recipe, title=title, provisions=provisions)


def publish(archive: Archive, expression: Expression, *, hours: float = 0, body: bytes | None = None) -> int:
    """Capture and publish an expression; the bytes are its own unless given."""
    days = (expression.as_of - DAY).days
    body = repr(expression.provisions).encode() if body is None else body
    row = editions.record_capture(
        archive, None, capture(body, days=days, document=expression.work, hours=hours)
    )
    return editions.publish(archive, expression, row.id, observed=at(hours), provisional=False)


def transition(number: int = 1, *, work: str = WORK, hours: float = 0, source: str = "us_ecfr") -> Transition:
    """A transition of a work from one edition to another."""
    return Transition(
        id=f"{number:032x}",
        source=source,
        work=work,
        before_sha256=f"before{number}",
        after_sha256=f"after{number}",
        before=on(0),
        after=on(number),
        observed_at=at(hours),
    )


def substitution(
    eid: str, before: str = "old word", after: str = "new word", materiality: str = "substantive"
) -> Change:
    """A word that was substituted."""
    return Change(
        kind="substitution",
        materiality=materiality,
        reason="words",
        old_eid=eid,
        new_eid=eid,
        text_before=before,
        text_after=after,
        ops=(("-", before), ("+", after)),
        likeness=0.5,
    )


def changeset(changes: Iterable[Change], seen: Transition, engine: str = "tocsin-diff/1") -> ChangeSet:
    """An analysis of a transition."""
    return ChangeSet(transition=seen, engine=engine, changes=tuple(changes))


def code(identity: str, via: str = "inserted") -> Touch:
    """A control number that a change touches."""
    return Touch(type="code", id=identity, regime="ear", via=via)
