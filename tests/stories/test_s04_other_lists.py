"""S4: the same on the Unverified List and the list of military end users: one change for the entry, told to those who watch the country."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.stories.code import MILITARY_END_USERS, UNVERIFIED_LIST, Units, code, table
from tests.stories.running import story

FIRST, ADDED = date(2031, 2, 3), date(2031, 3, 3)
PLACES = ("Basel", "Geneva", "Lugano", "Chur", "Sion", "Bern", "Thun", "Olten")


def unverified(*rows: tuple[str, str, str]) -> list[str]:
    known = [
        (
            "SWITZERLAND" if n == 0 else "&#160;",
            f"Invented Trading {n}, {n} Invented Lane, {place}.",
            "90 FR 1, January 2, 2030.",
        )
        for n, place in enumerate(PLACES)
    ]
    return [
        "Unverified List.",
        table(("Country", "Listed person and address", "Federal Register citation"), [*known, *rows]),
    ]


def military(*rows: tuple[str, str, str]) -> list[str]:
    known = [
        ("RUSSIA" if n == 0 else "&#160;", f"Invented Arsenal {n}", "90 FR 2, 1/2/30.")
        for n in range(len(PLACES))
    ]
    return ["Military end users.", table(("Country", "Entity", "Federal Register citation"), [*known, *rows])]


def part(*, later: bool) -> Units:
    """Part 744 before and after a party is put on each of the two lists."""
    lantern = ("TURKEY", "Lantern Freight Ltd., 8 Invented Quay, Izmir, Turkey.", "96 FR 3, March 1, 2031.")
    anvil = ("VENEZUELA", "Anvil Aerospace Works", "96 FR 4, 3/1/31.")
    return {
        "744.15": [
            "Restrictions on persons on the Unverified List.",
            "(a) No license exception may be used for them.",
        ],
        UNVERIFIED_LIST: unverified(*[lantern] if later else []),
        MILITARY_END_USERS: military(*[anvil] if later else []),
    }


def test_a_party_on_either_list_is_one_change_told_to_those_who_watch_its_country(tmp_path: Path) -> None:
    with code(15, "744", {FIRST: part(later=False), ADDED: part(later=True)}) as replica:
        told = story(
            tmp_path,
            replica,
            "us_ecfr",
            {"parts": ["15/744"]},
            turkey={"countries": ["TR"]},
            venezuela={"countries": ["VE"]},
            anvil={"parties": ["Anvil Aerospace Works"]},
            russia={"countries": ["RU"]},
        )
        assert told.on(FIRST) == []
        alerts = told.on(ADDED)
        changes = told.place.changes("--materiality", "substantive")
    assert {alert["watch"] for alert in alerts} == {"turkey", "venezuela", "anvil"}
    entries = {
        (change["work"].rpartition("/")[2], change["kind"])
        for change in changes
        if "Lantern" in str(change) or "Anvil" in str(change)
    }
    assert entries == {("supp-6", "insertion"), ("supp-7", "insertion")}
    bodies = {alert["watch"]: alert["body"] for alert in alerts}
    assert "Lantern Freight" in bodies["turkey"]
    assert "Anvil Aerospace" in bodies["venezuela"]
