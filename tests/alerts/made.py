"""Stored changes and watches made for tests. What they say is invented."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from alerts.conditions import Watch
from archive.records import Change, Enclosing, Fact, LimitChange, Operation, StoredChange, Touch

NOW = datetime(2026, 6, 18, 9, 0, tzinfo=UTC)

THAILAND: tuple[Operation, ...] = (("+", "Thailand"),)
TPP: tuple[Operation, ...] = (
    ("=", "A ‘total processing performance’ of "),
    ("-", "4800"),
    ("+", "2400"),
    ("=", " or more"),
)


def change(ops: tuple[Operation, ...] = TPP, **given: Any) -> Change:
    given.setdefault("kind", "substitution")
    given.setdefault("materiality", "substantive")
    given.setdefault("reason", "a number changed")
    given.setdefault("new_eid", "3A090.a.1")
    given.setdefault("old_eid", given["new_eid"])
    return Change(
        ops=ops,
        text_before="".join(text for sign, text in ops if sign != "+"),
        text_after="".join(text for sign, text in ops if sign != "-"),
        **given,
    )


def stored(one: Change | None = None, touches: tuple[Touch, ...] = (), **given: Any) -> StoredChange:
    return StoredChange(
        **{
            "id": "c1",
            "source": "us_ecfr",
            "work": "us/cfr/15/774/supp-1",
            "title": "The Commerce Control List",
            "transition_id": "t1",
            "before": date(2026, 3, 25),
            "after": date(2026, 6, 18),
            "observed_at": NOW,
            "change": one or change(),
            "touches": touches,
            **given,
        }
    )


def thailand(**given: Any) -> StoredChange:
    """A country added to a list of destinations."""
    return stored(
        change(
            THAILAND,
            kind="insertion",
            reason="a provision was inserted",
            old_eid=None,
            new_eid="app-A.thailand",
            unit="li",
            path=(
                Enclosing(
                    eid="app-A", unit="appendix", num="Appendix A", heading="Destinations of this fixture"
                ),
            ),
        ),
        (Touch(type="country", id="TH", role="item", via="inserted", end=8),),
        **{"id": "c-th", "work": "us/cfr/10/810", "title": "Part 810 of a fixture", **given},
    )


def chips(**given: Any) -> StoredChange:
    """A limit of a controlled item that went down."""
    return stored(
        change(
            unit="paragraph",
            num="(1)",
            limits=(
                LimitChange(
                    eid="3A090.a.1",
                    quantity="total processing performance",
                    old=">= 4800",
                    new=">= 2400",
                    direction="tighter",
                ),
            ),
            path=(
                Enclosing(
                    eid="3A090", unit="entry", num="3A090", heading="Integrated circuits of this fixture"
                ),
                Enclosing(eid="3A090.a", unit="item", num="a."),
            ),
        ),
        (
            Touch(type="code", id="3A090", regime="ear", role="heading", via="enclosing"),
            Touch(type="code", id="3A090.a", regime="ear", role="item", via="enclosing"),
            Touch(type="code", id="3A090.a.1", regime="ear", role="item", via="enclosing"),
            Touch(type="limit", id="2400", role="item", via="inserted"),
        ),
        **{"id": "c-chips", **given},
    )


def document(**given: Any) -> StoredChange:
    """A paper that appeared."""
    return stored(
        change(
            (("+", "Notice of a public meeting\nThe committee of this fixture meets on July 1, 2026."),),
            kind="insertion",
            reason="a document appeared",
            old_eid=None,
            new_eid=None,
            heading="Notice of a public meeting",
        ),
        **{
            "id": "c-fr",
            "source": "us_federal_register",
            "work": "us/fr/2026-00001",
            "title": "Notice of a public meeting",
            "before": None,
            "facts": (
                Fact(name="published", value="2026-06-18"),
                Fact(name="comments_close", value="2026-07-18"),
                Fact(name="cfr_part", value="15 CFR Part 744"),
                Fact(name="action", value="Notice; request for comments."),
            ),
            **given,
        },
    )


def watch(name: str = "w", **given: Any) -> Watch:
    return Watch(
        **{
            "name": name,
            "owner": "ann@example.org",
            "reason": "we ship it",
            "matter": "M-1",
            "notify": ("console:",),
            **given,
        }
    )
