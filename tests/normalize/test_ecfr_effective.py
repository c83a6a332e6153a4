"""Effective-date notes: what they say, of what, from when, until when."""

from __future__ import annotations

from datetime import date

import pytest

from normalize.ecfr_states import read_states
from tests.corpus import corpus_file
from tests.normalize.ecfr_fixtures import by_eid, read_bytes, section

_UNTIL = date(2026, 11, 9)


def _note(words: str) -> str:
    return f"<EFFDNOT><HED>Effective Date Note:</HED><PSPACE>{words}</PSPACE></EFFDNOT>"


def test_the_seven_notes_of_part_744_mark_the_provisions_that_they_name() -> None:
    body = corpus_file("files/www.ecfr.gov/ecfr/title-15_part-744.en.2026-07-18.xml").read_bytes()
    found = by_eid(read_bytes(body))
    stayed = {eid: one.applicability for eid, one in found.items() if one.applicability}
    named = {
        *("744.8.a.2", "744.8.b", "744.11.a.1", "744.16.e", "744.21.a.3", "744.21.b.2", "744.21.d"),
        *("supp-4", "supp-7", "supp-8", "supp-8.a", "supp-8.b", "supp-8.c", "supp-8.citation"),
    }
    assert stayed.keys() == named
    for states in stayed.values():
        (state,) = states
        assert (state.state, state.start, state.end) == ("stayed", date(2025, 11, 12), _UNTIL)
        assert state.citation == "90 FR 50857"
        assert "stayed" in state.words
    assert len({states[0].words for states in stayed.values()}) == 7


def test_the_temporary_note_of_the_usml_ends_on_the_day_of_its_extension() -> None:
    body = corpus_file("files/www.ecfr.gov/ecfr/title-22_part-121.en.2026-03-25.xml").read_bytes()
    found = by_eid(read_bytes(body))
    (state,) = found["121.1.VIII.h.1.note-1"].applicability
    assert (state.state, state.start, state.citation) == (
        "ended",
        date(2026, 12, 2),
        "88 FR 84074, 89 FR 93170",
    )


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "At 91 FR 12, Jan. 7, 2026, in § 990.1, paragraph (a)(1) was stayed, effective until Nov. 9, 2026.",
            [("990.1.a.1", False, "stayed", date(2026, 1, 7), _UNTIL)],
        ),
        (
            "At 91 FR 12, Jan. 7, 2026, in § 990.1, the first sentence of paragraph (b) and paragraphs (c)(1) and (2) were "
            "stayed, effective from Feb. 1, 2026, until Nov. 9, 2026.",
            [
                ("990.1.b", True, "stayed", date(2026, 2, 1), _UNTIL),
                ("990.1.c.1", False, "stayed", date(2026, 2, 1), _UNTIL),
                ("990.1.c.2", False, "stayed", date(2026, 2, 1), _UNTIL),
            ],
        ),
        (
            "At 91 FR 12, Jan. 7, 2026, paragraphs (a)(1) through (a)(4) were stayed indefinitely.",
            [(f"990.1.a.{number}", False, "stayed", date(2026, 1, 7), None) for number in (1, 2, 3, 4)],
        ),
        (
            "At 91 FR 12, Jan. 7, 2026, § 990.1 was stayed, effective until Nov. 9, 2026.",
            [("990.1", False, "stayed", date(2026, 1, 7), _UNTIL)],
        ),
        (
            "At 91 FR 12, January 7, 2026, the introductory text was suspended, effective January 9, 2026.",
            [("990.1", True, "stayed", date(2026, 1, 9), None)],
        ),
        (
            "At 91 FR 12, Jan. 7, 2026, paragraph (a) was stayed until Mar. 1, 2026. At 91 FR 99, Feb. 20, 2026, the stay "
            "was extended until Nov. 9, 2026.",
            [("990.1.a", False, "stayed", date(2026, 1, 7), _UNTIL)],
        ),
        (
            "At 91 FR 12, Jan. 7, 2026, paragraph (a) was stayed until Mar. 1, 2026. At 91 FR 99, Feb. 20, 2026, the stay of "
            "paragraph (a) was lifted, effective Feb. 25, 2026.",
            [("990.1.a", False, "stayed", date(2026, 1, 7), date(2026, 2, 24))],
        ),
        (
            "At 91 FR 12, Jan. 7, 2026, § 990.1 was amended by revising paragraph (b)(2), effective July 1, 2026.",
            [("990.1.b.2", False, "ended", date(2026, 7, 1), None)],
        ),
        (
            "At 91 FR 12, Jan. 7, 2026, § 990.1 was amended by adding paragraph (x), effective July 1, 2026.",
            [],
        ),
        ("See the almanac.", []),
    ],
)
def test_the_words_of_a_note_as_states(words: str, expected: list[tuple[object, ...]]) -> None:
    found = [
        (target.eid, target.own, state.state, state.start, state.end)
        for target, state in read_states(words, "990.1")
    ]
    assert found == expected


def test_a_stayed_paragraph_takes_what_is_under_it_along_and_its_introductory_text_does_not() -> None:
    body = "<P>(a) Lit:</P><P>(1) one;</P><P>(2) two.</P><P>(b) Dark:</P><P>(1) three.</P>"
    words = "At 91 FR 12, Jan. 7, 2026, paragraph (a) and the introductory text of paragraph (b) were stayed until Nov. 9, 2026."
    found = by_eid(read_bytes(section(body + _note(words))))
    assert {eid for eid, one in found.items() if one.applicability} == {
        "990.1.a",
        "990.1.a.1",
        "990.1.a.2",
        "990.1.b",
    }


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (
            "At 91 FR 12, Jan. 7, 2026, paragraph (q) was stayed until Nov. 9, 2026.",
            "names 990.1.q, which is not here",
        ),
        ("This section is not what it was.", "could not be read"),
        ("At 91 FR 12, Jan. 47, 2026, paragraph (a) was stayed.", "could not be read"),
    ],
)
def test_a_note_that_cannot_be_followed_is_told(words: str, complaint: str) -> None:
    reading = read_bytes(section("<P>(a) Lit.</P>" + _note(words)))
    assert any(complaint in remark.message for remark in reading.remarks)
    assert not any(one.applicability for one in by_eid(reading).values())


def test_a_note_is_printed_text_too() -> None:
    reading = read_bytes(
        section("<P>(a) Lit.</P>" + _note("At 91 FR 12, Jan. 7, 2026, paragraph (a) was stayed."))
    )
    note = by_eid(reading)["990.1.effective-date-note"]
    assert (note.unit, note.heading) == ("note", "Effective Date Note:")


def test_the_words_to_come_stand_in_the_note_and_not_in_the_section() -> None:
    to_come = "<REVTXT><HEAD>§ 990.1 Lights.</HEAD><STARS/><P>(a) Lit brighter.</P></REVTXT>"
    note = (
        "<EFFDNOT><HED>Effective Date Note:</HED><PSPACE>At 91 FR 12, Jan. 7, 2026, § 990.1 was amended by revising paragraph "
        f"(a), effective July 1, 2026. The revised text is set forth as follows:</PSPACE>{to_come}</EFFDNOT>"
    )
    reading = read_bytes(section("<P>(a) Lit.</P>" + note))
    found = by_eid(reading)
    assert reading.leftovers == ()
    assert found["990.1.a"].applicability[0].start == date(2026, 7, 1)
    assert [one.eid for one in found.values() if one.text == "Lit brighter."][0].startswith(
        "990.1.effective-date-note."
    )
