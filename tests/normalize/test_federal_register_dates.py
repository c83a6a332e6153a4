"""The DATES paragraph: every date that matters, each with its sentence, and none that is only a citation."""

from __future__ import annotations

from datetime import date

import pytest

from normalize.dates_paragraph import dates_facts, dates_in, sentences


def found(text: str, published: date | None = None) -> list[tuple[str, str]]:
    return [(fact.name, fact.value) for fact in dates_facts(text, published=published)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("This rule is effective March 2, 2026.", [("effective", "2026-03-02")]),
        ("Effective date: This rule is effective on January 20, 2026.", [("effective", "2026-01-20")]),
        ("Effective: 10:00 a.m. on April 4, 2026.", [("effective", "2026-04-04")]),
        ("This rule is effective at 10:00 a.m. on April 4, 2026.", [("effective", "2026-04-04")]),
        ("On May 3, 2026, this rule becomes effective.", [("effective", "2026-05-03")]),
        (
            "This rule is effective August 27, 2026 except for amendatory instruction 11, which is effective September 16, 2026.",
            [("effective", "2026-08-27"), ("effective", "2026-09-16")],
        ),
        (
            "This rule is effective March 13, 2026, except for instructions 3 and 4, which are delayed indefinitely.",
            [("effective", "2026-03-13")],
        ),
        (
            "This rule is effective May 1, 2026 and is applicable beginning January 1, 2026.",
            [("effective", "2026-05-01"), ("applicable", "2026-01-01")],
        ),
        ("Applicable February 12, 2026.", [("applicable", "2026-02-12")]),
        ("Comments must be received by BIS no later than March 5, 2026.", [("comments_close", "2026-03-05")]),
        ("Comments must be received on or before: 5/15/2026.", [("comments_close", "2026-05-15")]),
        (
            "Interested persons are invited to submit comments on or before June 14, 2026.",
            [("comments_close", "2026-06-14")],
        ),
        (
            "Effective May 1, 2026. Comments are due by May 31, 2026.",
            [("effective", "2026-05-01"), ("comments_close", "2026-05-31")],
        ),
        (
            "The compliance date for the requirements in § 744.99 is June 1, 2026.",
            [("compliance", "2026-06-01")],
        ),
        (
            "Persons must comply with this rule by July 1, 2026; comments are due August 3, 2026.",
            [("compliance", "2026-07-01"), ("comments_close", "2026-08-03")],
        ),
        (
            "The effective date of the interim final rule published March 1, 2026 (91 FR 10477) is delayed from April 15, 2026 to"
            " May 16, 2026.",
            [("effective", "2026-05-16")],
        ),
        (
            "The comment period for the proposed rule published on January 20, 2026 (91 FR 3033) is extended until May 5, 2026.",
            [("comments_close", "2026-05-05")],
        ),
        (
            "The comment period for the rule published January 20, 2026, is reopened. Comments must be received by May 5, 2026.",
            [("comments_close", "2026-05-05")],
        ),
        (
            "The rule published on January 15, 2026, at 91 FR 4544, is stayed from March 10, 2026, until November 9, 2026.",
            [("effective", "2026-03-10"), ("stayed", "2026-11-09")],
        ),
        (
            "The effective date is delayed until further notice. The original effective date was January 31, 2026.",
            [],
        ),
        ("These amendments are effective 30 days after March 2, 2026.", [("effective", "2026-04-01")]),
        ("This rule is effective two months after March 2, 2026.", []),
        ("This rule is effective 90 days after December 31, 9999.", [("effective", "9999-12-31")]),
        ("Section 744.99 is stayed until November 9, 2026.", [("stayed", "2026-11-09")]),
        (
            "Effective February 9, 2026, through December 31, 2026.",
            [("effective", "2026-02-09"), ("expires", "2026-12-31")],
        ),
        (
            "This temporary final rule is effective from 7:30 a.m. until 3 p.m. on April 30, 2026.",
            [("effective", "2026-04-30"), ("expires", "2026-04-30")],
        ),
        (
            "Sixth, this Order is effective immediately and shall remain in effect until March 1, 2033.",
            [("expires", "2033-03-01")],
        ),
        ("The meeting will be held on May 4, 2026.", []),
        (
            "Either comments on this public workshop must be submitted by June 21, 2026.",
            [("comments_close", "2026-06-21")],
        ),
        (
            "This rule is effective May 1, 2026. The incorporation by reference of certain material is approved by the Director as of"
            " May 9, 2026.",
            [("effective", "2026-05-01")],
        ),
        ("Objections and requests for hearings must be received on or before April 12, 2026.", []),
        ("This correction is effective as of Feb. 3, 2026.", [("effective", "2026-02-03")]),
    ],
)
def test_what_a_dates_paragraph_says(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_effective_upon_publication_is_the_day_of_print_if_that_is_known() -> None:
    assert found("This rule is effective upon publication.", date(2026, 3, 2)) == [
        ("effective", "2026-03-02")
    ]
    assert found("This rule is effective upon publication.") == []


def test_the_words_of_a_fact_are_its_sentence() -> None:
    facts = dates_facts("This rule is effective at 9 a.m. on May 1, 2026. Comments close May 31, 2026.")
    assert [fact.words for fact in facts] == [
        "This rule is effective at 9 a.m. on May 1, 2026.",
        "Comments close May 31, 2026.",
    ]


def test_abbreviations_end_no_sentence() -> None:
    assert sentences("See Supp. No. 1 to 15 U.S.C. Sec. 4 at 5 p.m. Eastern time. It ends.") == [
        "See Supp. No. 1 to 15 U.S.C. Sec. 4 at 5 p.m. Eastern time.",
        "It ends.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "April 15, 2016",
        "Apr. 15, 2016",
        "15 April 2016",
        "15th day of April, 2016",
        "4/15/2016",
        "2016-04-15",
    ],
)
def test_dates_are_read_in_their_usual_forms(text: str) -> None:
    assert [span.day for span in dates_in(f"on {text}.")] == [date(2016, 4, 15)]


def test_an_impossible_date_is_none() -> None:
    assert list(dates_in("February 30, 2026 and 13/45/2026")) == []
