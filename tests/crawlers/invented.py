"""Invented law for the replica: two titles with three parts in dated editions, and a handful of papers."""

from __future__ import annotations

from datetime import date, timedelta

from tests.replica.ecfr import Ecfr, Part
from tests.replica.federal_register import FederalRegister, Paper
from tests.replica.server import Replica

FIRST, SECOND, THIRD = date(2026, 1, 5), date(2026, 2, 9), date(2026, 3, 16)
ECFR_PARTS = ["15/1001-1004", "10/1900"]


def replica(today: date = FIRST + timedelta(days=1)) -> Replica:
    """The usual replica."""
    return Replica(today=today, ecfr=Ecfr(parts=parts()), register=FederalRegister(papers=papers()))


def parts() -> list[Part]:
    """Part 1001 in three editions (the third takes a section away), part 1003 with one long appendix, 10 CFR 1900."""
    units = {
        f"1001.{n}": [f"Section {n}.", *(f"({c}) Rule {n} {c}, in words." for c in "abc")]
        for n in range(1, 10)
    }
    units["1001.10"] = ["[Reserved]"]
    units["Appendix A to Part 1001"] = ["List.", "France", "Peru"]
    amended = {**units, "1001.4": ["Section 4.", "(a) The licence is due within 30 days."]}
    cut = {name: text for name, text in amended.items() if name != "1001.9"}
    table = {
        "Supplement No. 1 to Part 1003": [
            "Items.",
            *(f"Item {n}: an invented thing of kind {n}." for n in range(200)),
        ]
    }
    energy = {"1900.1": ["Scope.", "All of it."], "1900.2": ["Terms.", "None."]}
    return [
        Part(title=15, number="1001", editions={FIRST: units, SECOND: amended, THIRD: cut}),
        Part(title=15, number="1003", editions={FIRST: table}),
        Part(title=10, number="1900", editions={FIRST: energy}),
    ]


def papers(number: int = 12) -> list[Paper]:
    """Papers of the bureau from 2025-12-01 on, a week apart: rules, free-form notices, records without text; and one that
    only its CFR part tells, and one of neither kind."""
    words = "The invented goods of this paragraph need a licence, and nothing else that is said here matters to anybody {}."
    found = []
    for n in range(number):
        text = tuple(words.format(f"of case {n} point {k} thing{n}x{k}") for k in range(12))
        found.append(
            Paper(
                number=f"2025-{10000 + n}" if n < 5 else f"2026-{n:05d}",
                day=date(2025, 12, 1) + timedelta(weeks=n),
                root="RULE" if n % 3 == 0 else "NOTICE",
                cfr=((15, 744), (15, 774)) if n % 3 == 0 else (),
                pages=(100, 100) if n % 3 == 0 else None,
                paragraphs=() if n % 3 == 2 else text,
                filled=n % 3 == 0,
            )
        )
    elsewhere = Paper(
        number="2025-20001", day=date(2025, 12, 9), agencies=("state-department",), cfr=((22, 121),)
    )
    nobody = Paper(
        number="2025-20002",
        day=date(2025, 12, 9),
        agencies=("environmental-protection-agency",),
        cfr=((40, 52),),
    )
    return [*found, elsewhere, nobody]
