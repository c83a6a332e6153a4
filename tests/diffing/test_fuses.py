"""Dates of an edition that lie ahead of it. The texts are invented."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from archive.records import Applicability, Expression, Fact, Provision
from diffing.fuses import fuses_of

STAY = Applicability(
    state="stayed",
    start=date(2025, 11, 10),
    end=date(2026, 11, 9),
    citation="90 FR 99999",
    words="At 90 FR 99999, paragraph (a) was stayed, effective until Nov. 9, 2026.",
)


def edition(*provisions: Provision, **given: Any) -> Expression:
    return Expression(
        **{
            "work": "us/cfr/15/999",
            "as_of": date(2026, 6, 17),
            "recipe": "t/1",
            "provisions": provisions,
            **given,
        }
    )


def told(expression: Expression) -> list[tuple[str, str, str, str]]:
    return [(fuse.day.isoformat(), fuse.sort, fuse.eid, fuse.act) for fuse in fuses_of(expression)]


def test_a_stay_ends_on_the_day_after_its_last_and_is_told_where_it_begins_in_the_tree() -> None:
    under = Provision(eid="999.1.a.1", text="Inner words.", applicability=(STAY,))
    stayed = Provision(eid="999.1.a", text="Words.", applicability=(STAY,), children=(under,))
    note = Provision(eid="999.1.note", unit="note", text=STAY.words)
    (fuse,) = fuses_of(edition(Provision(eid="999.1", children=(stayed, note))))
    assert (fuse.day, fuse.named, fuse.sort) == (date(2026, 11, 10), date(2026, 11, 9), "stay ends")
    assert (fuse.eid, fuse.act, fuse.words) == ("999.1.a", "90 FR 99999", STAY.words)


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (
            Applicability(state="stayed", start=date(2026, 7, 1), end=date(2026, 7, 31)),
            [("2026-07-01", "stay begins"), ("2026-08-01", "stay ends")],
        ),
        (Applicability(state="future", end=date(2026, 9, 30)), [("2026-10-01", "comes into force")]),
        (Applicability(state="ended", start=date(2026, 12, 2)), [("2026-12-02", "ends")]),
        (Applicability(state="stayed", start=date(2025, 1, 1)), []),
        (Applicability(state="stayed", end=date.max), []),
    ],
)
def test_each_state_has_its_days(state: Applicability, expected: list[tuple[str, str]]) -> None:
    found = told(edition(Provision(eid="1", text="Words.", applicability=(state,))))
    assert [(day, sort) for day, sort, _, _ in found] == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("This license exception is available until December 31, 2026.", "en"),
        ("Prior to December 31, 2026, designers include all designers of this test.", "en"),
        ("It ceases to apply on 31 December 2026.", "en"),
        ("Diese Anlage gilt bis zum 31. Dezember 2026.", "de"),
        ("La présente annexe s'applique jusqu'au 31 décembre 2026.", "fr"),
        ("この規定は、令和八年十二月三十一日まで効力を有する。", "ja"),
        ("本规定有效期至2026年12月31日。", "zh"),
    ],
)
def test_a_date_ahead_counts_in_every_language(text: str, language: str) -> None:
    (fuse,) = fuses_of(edition(Provision(eid="1", text=text), language=language))
    assert (fuse.day, fuse.sort, fuse.words) == (date(2026, 12, 31), "date in the text", text)


@pytest.mark.parametrize(
    "text",
    [
        "The act of December 31, 2020, applies.",
        "[91 FR 10000, June 17, 2026]",
        "Building 2026, Room 12, 31 December Street",
    ],
)
def test_a_date_that_is_past_or_none_does_not(text: str) -> None:
    assert fuses_of(edition(Provision(eid="1", text=text))) == ()


def test_two_conditions_of_one_provision_are_two_and_each_has_its_sentence() -> None:
    text = (
        "After December 31, 2026, only these. However, a firm listed after December 31, 2026, has 180 days."
    )
    found = fuses_of(edition(Provision(eid="1", text=text)))
    assert [fuse.words for fuse in found] == [text[:36], text[37:]]


def test_a_document_states_its_days_and_its_prose_is_left_alone() -> None:
    facts = (
        Fact(name="citation", value="91 FR 20000"),
        Fact(name="effective", value="2026-07-17", words="This rule is effective July 17, 2026."),
        Fact(name="comments_close", value="2026-08-17"),
        Fact(name="compliance", value="90 days after publication"),
        Fact(name="published", value="2026-06-17"),
    )
    prose = Provision(eid="p1", unit="supplementary", text="A meeting is held on September 1, 2026.")
    assert told(edition(prose, kind="document", facts=facts, published=date(2026, 6, 17))) == [
        ("2026-07-17", "effective", "", "91 FR 20000"),
        ("2026-08-17", "comments close", "", "91 FR 20000"),
    ]


def test_the_articles_of_an_act_are_law_though_it_is_a_document() -> None:
    article = Provision(
        eid="art-113",
        unit="article",
        children=(Provision(eid="art-113.1", text="It shall apply from 2 August 2027."),),
    )
    assert told(edition(article, kind="document", work="eu/act")) == [
        ("2027-08-02", "date in the text", "art-113.1", "")
    ]
