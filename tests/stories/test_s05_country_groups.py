"""S5: a text says "Country Group D:5 or Macau", then a country joins the group: those who watch it hear, and of the text by way of the group."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tests.replica.ecfr import Part
from tests.stories.code import COUNTRY_GROUPS, code, table
from tests.stories.running import story

FIRST, WORDED, MOVED, WORDED_AGAIN = (date(2031, month, 3) for month in (2, 3, 4, 5))
NAMES = (
    "Afghanistan",
    "Belarus",
    "Cuba",
    "Eritrea",
    "Haiti",
    "Iraq",
    "Lebanon",
    "Libya",
    "Somalia",
    "Sudan",
    "Zimbabwe",
    "Nicaragua",
)
BEFORE = [name for name in NAMES if name not in ("Eritrea", "Nicaragua")]
PLAIN = "(a) A license is required for a destination that § 744.6 names."
GROUPED = "(a) A license is required for Macau or a destination specified in Country Group D:5."
MORE = "(b) It is also required for an entity headquartered in a destination specified in Country Group D:5."


def groups(embargoed: Sequence[str]) -> list[str]:
    """Country Group D, with the members of D:5."""
    rows = [(name, "X", "X" if name in embargoed else "") for name in NAMES]
    head = ("Country", "[D:1] National security", "[D:5] U.S. arms embargoed countries")
    return ["Country Groups.", table(head, rows, caption="Country Group D")]


def test_watchers_of_a_country_hear_of_its_group_as_it_stood_on_the_day(tmp_path: Path) -> None:
    control = Part(
        title=15,
        number="744",
        editions={
            FIRST: {"744.23": ["Advanced computing end uses.", PLAIN]},
            WORDED: {"744.23": ["Advanced computing end uses.", GROUPED]},
            WORDED_AGAIN: {"744.23": ["Advanced computing end uses.", GROUPED, MORE]},
        },
    )
    editions = {
        FIRST: {COUNTRY_GROUPS: groups(BEFORE)},
        MOVED: {COUNTRY_GROUPS: groups([*BEFORE, "Nicaragua"])},
    }
    with code(15, "740", editions, control) as replica:
        told = story(
            tmp_path,
            replica,
            "us_ecfr",
            {"parts": ["15/740", "15/744"]},
            nicaragua={"countries": ["NI"]},
            cuba={"countries": ["CU"]},
            macau={"countries": ["MO"]},
            france={"countries": ["FR"]},
        )
        assert told.on(FIRST) == []
        worded = told.on(WORDED)
        moved = told.on(MOVED)
        again = told.on(WORDED_AGAIN)
    assert {alert["watch"] for alert in worded} == {"cuba", "macau"}
    cuba = next(alert for alert in worded if alert["watch"] == "cuba")
    assert "D:5" in cuba["body"]
    assert "via" in cuba["body"] or "group" in cuba["body"]
    assert {alert["watch"] for alert in moved} == {"nicaragua"}, (
        "who belongs to the group already is not touched"
    )
    assert {alert["watch"] for alert in again} == {"cuba", "nicaragua"}, (
        "by the group as it stands since then"
    )
