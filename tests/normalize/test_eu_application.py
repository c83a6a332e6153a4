"""From when an act applies, as its last article says it: in each language, of each part, for the whole and with exceptions."""

from __future__ import annotations

from datetime import date

import pytest

from archive.records import Reading
from normalize.eu_application_words import applications, in_force_on, names_no_day
from normalize.eu_references import references
from normalize.reading import read
from tests.normalize.eu_pages import ACT_XML, BODY, HINTS, item, p, page


def article(*parts: str, title: str = "Article 4") -> str:
    return f'<div class="eli-subdivision" id="art_4">{p(title, "oj-ti-art")}{"".join(parts)}</div>'


def with_last(*parts: str, title: str = "Article 4") -> Reading:
    return read(
        "eu_ai_act",
        page(BODY.replace('<div class="oj-final">', article(*parts, title=title) + '<div class="oj-final">')),
        HINTS,
    )


def ends(reading: Reading) -> dict[str, list[date | None]]:
    """The last day on which each provision is law to come."""
    return {one.eid: [state.end for state in one.applicability] for one in reading.expressions[0].walk()}


STAGES = (
    p("This Regulation shall enter into force on the twentieth day following that of its publication."),
    p("It shall apply from 2 August 2032."),
    p("However:"),
    item("(a)", p("Chapter I shall apply from 2 February 2032, with the exception of Article 1;")),
    item("(b)", p("Article 2(1), point (b), and Annex I shall apply from 2 May 2033.")),
)


def test_stages_are_set_on_what_they_name_and_the_narrower_one_counts() -> None:
    reading = with_last(*STAGES)
    found = ends(reading)
    assert found["enacting-terms"] == found["art1"] == found["annexes"] == [date(2032, 8, 1)]
    assert found["chapterI"] == found["art2"] == found["art2.2"] == found["art3"] == [date(2032, 2, 1)]
    assert (
        found["art2.1.b"]
        == found["art2.1.b.ii"]
        == found["annexI"]
        == found["annexI.sectionA.1"]
        == [date(2033, 5, 1)]
    )
    assert found["art4"] == found["art4.a"] == found["preamble"] == found["recital-1"] == []
    assert reading.remarks == ()


def test_a_state_says_the_sentence_it_was_read_from_and_the_article() -> None:
    (expression,) = with_last(*STAGES).expressions
    (state,) = next(one for one in expression.walk() if one.eid == "chapterI").applicability
    assert (state.state, state.citation) == ("future", "Regulation (EU) 2031/77, Article 4")
    assert state.start == date(2031, 2, 14)
    assert state.words == "Chapter I shall apply from 2 February 2032, with the exception of Article 1;"
    (effective,) = [fact for fact in expression.facts if fact.name == "effective"]
    assert effective.value == "2031-03-06"


def test_an_amended_stage_with_two_days_for_two_cases_keeps_both() -> None:
    listed = item(
        "(a)",
        p("Chapter I shall apply from:")
        + item("(i)", p("2 December 2033 as regards brass; and"))
        + item("(ii)", p("2 August 2034 as regards glass.")),
    )
    found = ends(with_last(p("It shall apply from 2 August 2032. However:"), listed))
    assert found["chapterI"] == [date(2033, 12, 1), date(2034, 8, 1)]
    assert found["annexI"] == [date(2032, 8, 1)]


def test_the_same_is_read_in_formex() -> None:
    staged = (
        "<ARTICLE IDENTIFIER='004'><TI.ART>Article 4</TI.ART><ALINEA>It shall apply from 2 August 2032.</ALINEA>"
        "<ALINEA><P>However:</P><LIST TYPE='alpha'><ITEM><NP><NO.P>(a)</NO.P><TXT>Article 2 shall apply from 2 February 2032.</TXT></NP></ITEM></LIST>"
        "</ALINEA></ARTICLE></ENACTING.TERMS>"
    )
    found = ends(read("eu_ai_act", ACT_XML.replace("</ENACTING.TERMS>", staged).encode(), HINTS))
    assert found["art1"] == [date(2032, 8, 1)]
    assert found["art2.1.b"] == [date(2032, 2, 1)]


def test_a_text_that_is_put_into_another_act_stages_nothing_here() -> None:
    quoted = p("In Article 9 of Regulation (EU) 2030/5, the following paragraph is added:") + p(
        "‘5.   Article 1 shall apply from 2 May 2033.’"
    )
    assert ends(with_last(quoted))["art1"] == []


def test_a_day_that_nobody_can_compute_and_a_part_that_is_not_there_are_told() -> None:
    reading = with_last(
        p("Article 1 shall apply from the date of entry into force of the agreement."),
        p("Article 77 shall apply from 2 May 2033."),
    )
    assert ends(reading)["art1"] == []
    assert [("not by a day" in one.message, "names art77" in one.message) for one in reading.remarks] == [
        (True, False),
        (False, True),
    ]


GERMAN = "Jedoch gelten Kapitel III Abschnitt 4 und Kapitel V sowie Artikel 78 ab dem 2. August 2025, mit Ausnahme des Artikels 101;"
FRENCH = "Toutefois: l’article 6, paragraphe 1, et les obligations correspondantes du présent règlement s'appliquent à partir du 1er août 2027."


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("It shall apply from 2 August 2026.", [("2026-08-02", True, (), ())]),
        ("This Decision shall apply from 9 September 2021", [("2021-09-09", True, (), ())]),
        (GERMAN, [("2025-08-02", False, ("chapterIII.section4", "chapterV", "art78"), ("art101",))]),
        ("Sie gilt ab dem 2. August 2026.", [("2026-08-02", True, (), ())]),
        ("Diese Verordnung ist ab dem 1. Januar 2027 anzuwenden.", [("2027-01-01", True, (), ())]),
        (FRENCH, [("2027-08-01", False, ("art6.1",), ())]),
        (
            "Il s’applique à partir du 1er janvier 2027, à l'exception des articles 5 et 6, qui s’appliquent à partir du 1er juillet 2027.",
            [("2027-01-01", True, (), ("art5", "art6")), ("2027-07-01", False, ("art5", "art6"), ())],
        ),
        ("De hoofdstukken I en II zijn echter van toepassing met ingang van 2 februari 2025.", [("2025-02-02", False, ("chapterI", "chapterII"), ())]),
        (
            "Articles 1 to 3 shall apply from 1 January 2026 and Article 4 shall apply from 1 July 2026.",
            [("2026-01-01", False, ("art1", "art2", "art3"), ()), ("2026-07-01", False, ("art4",), ())],
        ),
        ("The obligations laid down in Article 5 shall apply from 2 May 2030.", []),
        ("Exporters shall apply from 1 May 2030 the form in Annex I.", []),
        ("Article 5 of Regulation (EU) 2019/1020 shall apply from 1 January 2027.", []),
        ("This Regulation shall apply from 31 February 2026.", []),
    ],
)  # fmt: skip
def test_sentences_of_application(
    sentence: str, said: list[tuple[str, bool, tuple[str, ...], tuple[str, ...]]]
) -> None:
    assert [
        (one.day.isoformat(), one.whole, one.named, one.excepted) for one in applications(sentence)
    ] == said


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (
            "Chapter III, Sections 1, 2 and 3",
            ("chapterIII.section1", "chapterIII.section2", "chapterIII.section3"),
        ),
        ("points (a) and (b) of Article 3", ("art3.a", "art3.b")),
        ("Article 5(1)(b) and Articles 102 to 104", ("art5.1.b", "art102", "art103", "art104")),
        ("Artikel 5 Absatz 1 Buchstaben a und b", ("art5.1.a", "art5.1.b")),
        ("l'article 5, paragraphe 1, points a) et b)", ("art5.1.a", "art5.1.b")),
        (
            "hoofdstuk III, de afdelingen 1 en 2, en artikel 6, lid 5",
            ("chapterIII.section1", "chapterIII.section2", "art6.5"),
        ),
        ("Annexes I to III", ("annexI", "annexII", "annexIII")),
        ("paragraph 2 of this Article", (".2",)),
        ("Article 9 of Directive (EU) 2016/680 and Article 4", ("art4",)),
        ("no part of any act", ()),
    ],
)
def test_references(words: str, named: tuple[str, ...]) -> None:
    assert references(words) == named


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        (
            "This Regulation shall enter into force on the twentieth day following that of its publication.",
            date(2024, 8, 1),
        ),
        (
            "Diese Verordnung tritt am zwanzigsten Tag nach ihrer Veröffentlichung im Amtsblatt in Kraft.",
            date(2024, 8, 1),
        ),
        ("Le présent règlement entre en vigueur le lendemain de sa publication.", date(2024, 7, 13)),
        (
            "Deze verordening treedt in werking op de derde dag na die van de bekendmaking ervan.",
            date(2024, 7, 15),
        ),
        ("This Regulation shall enter into force on 9 September 2024.", date(2024, 9, 9)),
        ("It shall enter into force when a notice is given.", None),
    ],
)
def test_entry_into_force_is_counted_from_the_publication(sentence: str, day: date | None) -> None:
    assert in_force_on(sentence, date(2024, 7, 12)) == day


def test_an_application_without_a_day_is_known_from_a_scope() -> None:
    assert names_no_day(
        "Articles 102 to 110 shall apply from the date of entry into force of this Regulation."
    )
    assert not names_no_day("This Regulation applies to items exported from the customs territory.")
