"""S10: an order on artificial intelligence is revoked by another, a third sets a new course, memoranda follow: presidential documents with their chain."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from tests.stories.register import Printed, register
from tests.stories.running import story

DAYS = {91110: date(2031, 1, 6), 91148: date(2031, 1, 28), 91179: date(2031, 1, 31)}
EXECUTIVE = ("executive-office-of-the-president",)
SETTINGS: dict[str, Any] = {"agencies": list(EXECUTIVE), "parts": [], "since": "all"}


def order(eo: int, title: str, *body: str, notes: str) -> Printed:
    """An executive order as the Register prints it."""
    return Printed(
        number=f"2031-0{eo}",
        day=DAYS[eo],
        root="PRESDOCU",
        title=title,
        action="",
        dates="",
        body=("By the authority vested in me by an invented constitution, it is ordered:", *body),
        cfr=(),
        agencies=EXECUTIVE,
        said={
            "executive_order_number": str(eo),
            "subtype": "Executive Order",
            "signing_date": DAYS[eo].isoformat(),
            "disposition_notes": notes,
            "executive_order_notes": notes,
            "president": {"identifier": "invented", "name": "An Invented President"},
        },
    )


FIRST = order(
    91110,
    "Safe Development of Artificial Intelligence of This Test",
    "Section 1. Artificial intelligence is to be tested before it is used.",
    notes="",
)
REVOKING = order(
    91148,
    "Rescissions of Orders of This Test",
    "Section 1. Executive Order 91110 of January 6, 2031 (Safe Development of Artificial Intelligence of This Test) is revoked.",
    notes="Revokes: EO 91110, January 6, 2031",
)
COURSE = order(
    91179,
    "Removing Barriers to Artificial Intelligence of This Test",
    "Section 1. All actions taken under Executive Order 91110, which Executive Order 91148 revoked, are reviewed.",
    "Sec. 2. The Office of Management and Budget revises its memoranda on artificial intelligence within 60 days.",
    notes="See: EO 91110, January 6, 2031; EO 91148, January 28, 2031",
)


def test_each_order_is_told_and_says_what_it_revokes(tmp_path: Path) -> None:
    with register(FIRST, REVOKING, COURSE, today=DAYS[91110]) as replica:
        told = story(
            tmp_path,
            replica,
            "us_federal_register",
            SETTINGS,
            intelligence={"technologies": ["2"]},
            orders={"sources": ["us_federal_register"]},
            robots={"technologies": ["10"]},
        )
        assert told.on(DAYS[91110]) == []
        revoked = told.on(DAYS[91148])
        course = told.on(DAYS[91179])
        shown = told.place.run("export", f"us/fr/{REVOKING.number}").stdout
    assert {alert["watch"] for alert in revoked} == {"intelligence", "orders"}
    assert {alert["watch"] for alert in course} == {"intelligence", "orders"}
    assert all("91110" in alert["body"] for alert in (*revoked, *course))
    assert "Revokes" in str(revoked), "the disposition is told"
    assert "91148" in str(course)
    assert "is revoked" in shown
