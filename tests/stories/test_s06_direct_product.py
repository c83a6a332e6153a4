"""S6: a foreign direct product rule is widened: the paragraph, the codes and countries named in it; what merely follows is editorial."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.stories.code import Units, code
from tests.stories.running import story

FIRST, SECOND = date(2031, 2, 3), date(2031, 3, 3)
RULE = [
    "Foreign direct product rules.",
    "(a) <I>Definitions.</I> A plant is a facility in which an item is made outside of the United States.",
    "(b) <I>National security.</I> A foreign-produced item is subject to the EAR if paragraphs (b)(1) and (2) are met.",
    "(1) It is the direct product of technology of ECCN 3E001.",
    "(2) Its destination is Iraq.",
    "(c) <I>Satellites.</I> A foreign-produced item is subject to the EAR if it is the direct product of technology of ECCN 9E515.",
]
NEW = "(c) <I>Advanced computing.</I> A foreign-produced item is subject to the EAR if it is the direct product of technology of ECCN 4E901 and its destination is Vietnam."
WIDER = [*RULE[:4], "(2) Its destination is Iraq or Mongolia.", NEW, RULE[5].replace("(c)", "(d)")]


def part(*, later: bool) -> Units:
    """Part 734: the rule, and a section that refers to a paragraph of it."""
    letter = "d" if later else "c"
    return {
        "734.9": WIDER if later else RULE,
        "734.13": [
            "Export.",
            f"(a) An item that § 734.9({letter}) describes is exported when it leaves the plant for good.",
        ],
        "734.14": ["Reexport.", "(a) A shipment from one foreign country to another is a reexport."],
    }


def test_paragraphs_are_told_with_codes_and_countries_and_the_reference_that_follows_is_editorial(
    tmp_path: Path,
) -> None:
    with code(15, "734", {FIRST: part(later=False), SECOND: part(later=True)}) as replica:
        told = story(
            tmp_path,
            replica,
            "us_ecfr",
            {"parts": ["15/734"]},
            mongolia={"countries": ["MN"]},
            vietnam={"countries": ["VN"]},
            computing={"eccn": ["4E901"]},
            iraq={"countries": ["IQ"]},
            satellites={"eccn": ["9E515"]},
        )
        assert told.on(FIRST) == []
        alerts = told.on(SECOND)
        changes = told.place.changes()
    assert {alert["watch"] for alert in alerts} == {"mongolia", "vietnam", "computing"}
    substantive = {change["new_eid"] for change in changes if change["materiality"] == "substantive"}
    assert substantive == {"734.9.b.2", "734.9.c"}
    (reference,) = [change for change in changes if str(change["new_eid"]).startswith("734.13")]
    assert reference["materiality"] == "editorial"
    (moved,) = [change for change in changes if change["kind"] == "renumbering"]
    assert (moved["old_eid"], moved["new_eid"]) == ("734.9.c", "734.9.d")
