"""Points of amending acts of the Union, written for the project, read as what they change."""

from __future__ import annotations

from datetime import date

import pytest

from archive.records import Amendment, Expression, Fact, Provision
from normalize.amendments import amendments_of

OPENING = "Regulation (EU) 2021/821 is amended as follows:"
WORK = "eu/reg/2021/821"


def act(*points: Provision, opening: str = OPENING) -> tuple[Amendment, ...]:
    return amendments_of(
        Expression(
            work="eu/reg/2026/123",
            as_of=date(2026, 6, 1),
            recipe="eu_dual_use/1",
            kind="document",
            provisions=(
                Provision(eid="recital-1", unit="recital", text="Article 3 is deleted."),
                Provision(eid="art1", unit="article", num="Article 1", text=opening, children=points),
            ),
            facts=(Fact(name="effective", value="2026-07-01"),),
        )
    )


def point(text: str, *below: Provision, number: int = 1) -> Provision:
    return Provision(eid=f"art1.{number}", unit="point", num=f"({number})", text=text, children=below)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in Article 3, paragraph 2 is replaced by the following:", [("revise", "art3.2", "")]),
        ("Article 5 is deleted;", [("remove", "art5", "")]),
        ("the following Article 4a is inserted:", [("add", "art4a", "")]),
        ("in Article 2, points (1) and (3) are deleted;", [("remove", "art2.1", ""), ("remove", "art2.3", "")]),
        ("in Article 9(4), point (b) is replaced by the following:", [("revise", "art9.4.b", "")]),
        ("in Article 10, the following paragraph is added:", [("add", "art10", "paragraph")]),
        ("in Article 10(1), the first subparagraph is replaced by the following:", [("revise", "art10.1", "first subparagraph")]),
        ("Annex IV is replaced by the text set out in Annex II to this Regulation.", [("revise", "annexIV", "")]),
        ("in Annex I, the entry 3A001.b.2 is deleted;", [("remove", "3A001.b.2", "")]),
        ("in Article 6, the words ‘two years’ are replaced by ‘three years’;", [("substitute", "art6", "words")]),
    ],
)  # fmt: skip
def test_a_point_is_read_as_its_changes(text: str, expected: list[tuple[str, str, str]]) -> None:
    found = act(point(text))
    assert [(one.operation, one.eid, one.unit) for one in found] == expected
    assert all(one.work.startswith(WORK) and one.effective == date(2026, 7, 1) for one in found)
    assert {(one.instruction, one.place) for one in found} == {("1", "art1.1")}


def test_the_annex_with_the_list_is_a_work_of_its_own() -> None:
    (whole,) = act(point("Annex I is replaced by the text set out in the Annex to this Regulation;"))
    (entry,) = act(point("in Annex I, the entry 5A002.a is replaced by the following:"))
    assert (whole.work, whole.eid) == (f"{WORK}/annex-I", "")
    assert (entry.work, entry.eid) == (f"{WORK}/annex-I", "5A002.a")


def test_what_stands_above_lends_its_place_and_new_text_says_nothing() -> None:
    found = act(
        point(
            "Article 8 is amended as follows:",
            Provision(eid="art1.1.a", unit="point", num="(a)", text="paragraph 1 is replaced by the following:", children=(Provision(eid="q", text="‘1. Article 9 is deleted.’"),)),
            Provision(eid="art1.1.b", unit="point", num="(b)", text="paragraph 3 is deleted;"),
        ),
        point("in Article 12, paragraphs 2 and 4 are deleted;", number=2),
    )  # fmt: skip
    assert [(one.operation, one.eid) for one in found] == [
        ("revise", "art8.1"),
        ("remove", "art8.3"),
        ("remove", "art12.2"),
        ("remove", "art12.4"),
    ]


def test_words_for_words_are_kept() -> None:
    (one,) = act(point("in Article 6, the words ‘two years’ are replaced by ‘three years’;"))
    assert (one.name, one.becomes) == ("two years", "three years")


def test_what_is_not_understood_is_kept_and_said_so() -> None:
    (one,) = act(point("the frobnication in Article 6 is replaced by something else entirely."))
    assert (one.operation, one.work) == ("unknown", WORK)


@pytest.mark.parametrize(
    ("opening", "work"),
    [
        ("Council Regulation (EC) No 428/2009 is amended as follows:", "eu/reg/2009/428"),
        ("Regulation (EC) No 428/2009 is amended as follows:", "eu/reg/2009/428"),
        ("Directive 2009/43/EC is amended as follows:", "eu/dir/2009/43"),
        ("This Regulation lays down rules.", ""),
    ],
)
def test_the_act_is_named_by_its_number(opening: str, work: str) -> None:
    assert {one.work for one in act(point("Article 5 is deleted;"), opening=opening)} == (
        {work} if work else set()
    )


def test_an_act_named_inside_the_sentence_is_meant() -> None:
    found = amendments_of(
        Expression(
            work="eu/reg/2026/123",
            as_of=date(2026, 6, 1),
            recipe="eu_dual_use/1",
            provisions=(
                Provision(
                    eid="art9",
                    unit="article",
                    text="In Article 4(3) of Regulation (EC) No 300/2008, the following subparagraph is added:",
                    children=(Provision(eid="art9.q", text="‘Article 7 is deleted.’"),),
                ),
            ),
        )
    )
    assert [(one.operation, one.work, one.eid, one.unit) for one in found] == [
        ("add", "eu/reg/2008/300", "art4.3", "subparagraph")
    ]
