"""Shapes that parts of the Code of Federal Regulations have beside those of the golden files: definitions with lists, notes under every sort
of label, decimal numbers, reserved runs, and effective-date notes in their many wordings."""

from __future__ import annotations

from datetime import date

import pytest

from archive.records import Reading
from normalize.ecfr_states import read_note
from tests.normalize.ecfr_fixtures import by_eid, eids, read_bytes, section, supplement

_NEXT = date(2027, 1, 1)
_DAY_BEFORE = date(2026, 12, 31)


def _read(body: bytes) -> Reading:
    reading = read_bytes(body)
    assert reading.leftovers == ()
    return reading


def test_a_list_may_begin_in_the_line_of_its_term() -> None:
    found = by_eid(
        _read(
            section(
                "<P><I>Beacon.</I> A light.</P><P><I>Harbour person.</I> (a) For this part, the term includes:</P>"
                "<P>(1) Any keeper; <I>and</I></P><P>(2) Any pilot.</P><P>(b) See also § 990.9.</P><P><I>Wick.</I> A thread.</P>"
            )
        )
    )
    assert found["990.1.harbour-person"].text == "Harbour person."
    assert found["990.1.harbour-person.a"].text == "For this part, the term includes:"
    assert found["990.1.harbour-person.a.2"].text == "Any pilot."
    assert found["990.1.harbour-person.b"].text == "See also § 990.9."
    assert found["990.1.wick"].text == "Wick. A thread."


def test_words_in_brackets_after_a_term_are_no_list() -> None:
    found = by_eid(
        _read(section("<P><I>Beacon</I> (a light) is lit.</P><P><I>Wick.</I> (Cat 3) A thread.</P>"))
    )
    assert found["990.1.wick"].text == "Wick. (Cat 3) A thread."
    assert "990.1.beacon" in found


@pytest.mark.parametrize(
    "note",
    [
        "<NOTE><HED>Note 1 to paragraph (a):</HED><P>Words of it.</P></NOTE>",
        "<NOTE><HD1>Note 1 to Paragraph (a)</HD1><P>Words of it.</P></NOTE>",
        "<EXTRACT><HD1>Note 1 to paragraph (a):</HD1><P>Words of it.</P></EXTRACT>",
        "<HD1>Note 1 to paragraph (a)</HD1><P>Words of it.</P>",
        "<P><I>Note 1 to paragraph (a):</I> Words of it.</P>",
        "<P><I>Note 1 to paragraph (a)</I>: Words of it.</P>",
    ],
)
def test_a_note_belongs_to_the_paragraph_it_names_whatever_it_is_set_in(note: str) -> None:
    body = f"<P>(a) Lit:</P><P>(1) one;</P><P>(2) two.</P>{note}<P>(b) Dark.</P>"
    found = by_eid(_read(section(body)))
    assert (found["990.1.a.note-1"].unit, found["990.1.a.note-1"].text) == ("note", "Words of it.")
    assert found["990.1.b"].text == "Dark."


def test_a_note_to_a_definition_belongs_to_the_term() -> None:
    body = (
        "<P><I>Beacon.</I> A light that has:</P><P>(1) a wick;</P><P>(i) of wool.</P>"
        "<NOTE><HED>Note 2 to definition of “Beacon”:</HED><P>Wool is wool.</P></NOTE><P><I>Wick.</I> A thread:</P><P>(1) wet;</P>"
        "<NOTE><HED>Note 1 to paragraph (1):</HED><P>Water.</P></NOTE>"
    )
    found = by_eid(_read(section(body)))
    assert found["990.1.beacon.note-2"].text == "Wool is wool."
    assert found["990.1.wick.1.note-1"].text == "Water."


def test_a_heading_may_end_in_a_dash_that_stands_apart() -> None:
    found = by_eid(_read(section("<P>(a) <I>Scope</I> — (1) <I>Lamps.</I> Oil.</P><P>(2) Wicks.</P>")))
    assert (found["990.1.a"].heading, found["990.1.a.1"].heading) == ("Scope —", "Lamps.")
    assert found["990.1.a.2"].text == "Wicks."


@pytest.mark.parametrize(
    ("heading", "eid"),
    [("Category V [Reserved]", "990.1.V"), ("Country Group C [Reserved]", "990.1.group-C")],
)
def test_a_reserved_heading_has_the_address_of_its_number(heading: str, eid: str) -> None:
    reading = _read(section(f"<HD1>{heading}</HD1><P>(a) Lit.</P>"))
    found = by_eid(reading)[eid]
    assert (f"{found.num} {found.heading}", reading.leftovers) == (heading, ())


def test_decimal_numbers_say_themselves_where_they_stand() -> None:
    body = (
        "<P>1. <I>Lamps.</I></P><P>1.1 Oil lamps</P><P>(a) Of brass.</P><P>(b) Of tin:</P><P>1. thin;</P><P>2. thick.</P>"
        "<P>1.2. <I>Gas lamps</I></P><P>(a) Lit.</P><P>1.2.1 Street lamps</P><P>2. <I>Wicks.</I></P><P>2.1 Wool</P><P>2.10 Silk</P>"
    )
    reading = _read(supplement(body))
    assert [eid for eid in eids(reading) if "header" not in eid][1:] == [
        "supp-1.1", "supp-1.1.1", "supp-1.1.1.a", "supp-1.1.1.b", "supp-1.1.1.b.1", "supp-1.1.1.b.2", "supp-1.1.2", "supp-1.1.2.a",
        "supp-1.1.2.1", "supp-1.2", "supp-1.2.1", "supp-1.2.10",
    ]  # fmt: skip
    assert reading.remarks == ()


def test_a_measure_that_opens_a_line_is_no_number() -> None:
    found = by_eid(_read(supplement("<P>Limits are:</P><P>2.5 candela or more.</P><P>1.25 mm.</P>")))
    assert {one.text for one in found.values()} >= {"2.5 candela or more.", "1.25 mm."}


def test_another_table_before_it_moves_no_row() -> None:
    table = "<TABLE><THEAD><TR><TH>Lamp</TH><TH>Fee</TH></TR></THEAD><TBODY><TR><TD>Oil</TD><TD>$1</TD></TR></TBODY></TABLE>"
    other = "<TABLE><THEAD><TR><TH>Port</TH><TH>Depth</TH></TR></THEAD><TBODY><TR><TD>East</TD><TD>4 m</TD></TR></TBODY></TABLE>"
    alone = set(eids(_read(section(f"<P>(a) Lit.</P>{table}"))))
    both = set(eids(_read(section(f"<P>(a) Lit.</P>{other}{table}"))))
    assert alone < both


@pytest.mark.parametrize(
    ("name", "segment"),
    [
        ("Appendix A-1 to Part 990", "app-A-1"),
        ("Supplements Nos. 2-3 to Part 990", "supplement-2-3"),
        ("Appendices C-E to Part 990", "app-C-E"),
    ],
)
def test_a_run_of_reserved_appendices_has_its_range_for_a_name(name: str, segment: str) -> None:
    body = (
        section("<P>x</P>")
        .decode()
        .replace("</DIV5>", f'<DIV9 N="{name}" TYPE="APPENDIX"><HEAD>{name} [Reserved]</HEAD></DIV9></DIV5>')
    )
    found = by_eid(_read(body.encode()))[segment]
    assert (found.num, found.heading) == (name, "[Reserved]")


_AT = "At 90 FR 100, Jan. 2, 2025,"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("§ 990.1(b), (c), and (d)(1) were enjoined.", [("990.1.b", "stayed", date(2025, 1, 2), None), ("990.1.c", "stayed", date(2025, 1, 2), None), ("990.1.d.1", "stayed", date(2025, 1, 2), None)]),
        ("§§ 990.1 and 990.2 were stayed until further notice.", [("990.1", "stayed", date(2025, 1, 2), None), ("990.2", "stayed", date(2025, 1, 2), None)]),
        ("in part 990, subpart B was stayed, effective Feb. 1, 2025, until Nov. 9, 2026.", [("subpart-B", "stayed", date(2025, 2, 1), date(2026, 11, 9))]),
        ("the effectiveness of § 990.1(a)(2) was delayed until Jan. 1, 2027.", [("990.1.a.2", "future", date(2025, 1, 2), _DAY_BEFORE)]),
        ("§ 990.1 was amended by revising paragraph (a), effective Feb. 1, 2025. At 90 FR 200, Jan. 28, 2025, the effective date was delayed until Jan. 1, 2027.", [("990.1.a", "ended", _NEXT, None)]),
        ("§ 990.1 was amended by revising paragraph (a), effective Feb. 1, 2025. At 90 FR 200, Jan. 28, 2025, this amendment was delayed indefinitely.", []),
        ("§ 990.1 was amended by revising the definition of “Harbour person”, effective Jan. 1, 2027.", [("990.1.harbour-person", "ended", _NEXT, None)]),
        ("§ 990.1 was amended by redesignating paragraphs (c) and (d) as paragraphs (e) and (f), effective Jan. 1, 2027.", [("990.1.c", "ended", _NEXT, None), ("990.1.d", "ended", _NEXT, None)]),
        ("§ 990.1 was temporarily amended by adding paragraph (e), effective Jan. 2, 2025 through Dec. 31, 2026.", [("990.1.e", "ended", _NEXT, None)]),
        ("§ 990.1 was amended by revising paragraph (a), effective Jan. 1, 2027; however, the amendment could not be incorporated.", []),
        ("§ 990.1 was amended by staying paragraphs (a)(2)(i) and (ii), effective Feb. 1, 2025, until Nov. 9, 2026.", [("990.1.a.2.i", "stayed", date(2025, 2, 1), date(2026, 11, 9)), ("990.1.a.2.ii", "stayed", date(2025, 2, 1), date(2026, 11, 9))]),
        ("§ 990.1 was amended by staying paragraph (b) until Nov. 9, 2026, and revising paragraph (c), effective Jan. 1, 2027.", [("990.1.b", "stayed", date(2025, 1, 2), date(2026, 11, 9)), ("990.1.c", "ended", _NEXT, None)]),
        ("§ 990.1(a)(1) was stayed until 12:01 a.m. Eastern Time on Nov. 9, 2026.", [("990.1.a.1", "stayed", date(2025, 1, 2), date(2026, 11, 9))]),
        ("the stay of § 990.1(a) was further extended through Nov. 9, 2026.", [("990.1.a", "stayed", date(2025, 1, 2), date(2026, 11, 9))]),
        ("§§ 990.1 through 990.3 were stayed, effective until Nov. 9, 2026.", [(f"990.{number}", "stayed", date(2025, 1, 2), date(2026, 11, 9)) for number in (1, 2, 3)]),
        ("§ 990.1 was removed and reserved, effective Jan. 1, 2027.", [("990.1", "ended", _NEXT, None)]),
    ],
)  # fmt: skip
def test_the_wordings_of_effective_date_notes(words: str, expected: list[tuple[object, ...]]) -> None:
    said = read_note(f"{_AT} {words}", "990.1")
    assert said.unread == []
    assert [(target.eid, state.state, state.start, state.end) for target, state in said.states] == expected


def test_an_amendment_of_something_without_a_number_does_not_end_the_whole_list() -> None:
    said = read_note(
        f"{_AT} supplement no. 4 to part 990 was amended under Eastland by removing the entry for “Foo”, effective Jan. 1, 2027.",
        "supp-4",
    )
    assert said.states == []
    assert len(said.unread) == 1


def test_the_stay_of_a_note_is_not_that_of_the_paragraph_it_explains() -> None:
    said = read_note(f"{_AT} in § 990.1, Note 1 to paragraph (a) was stayed until Nov. 9, 2026.", "990.1")
    assert [(target.eid, target.note) for target, _ in said.states] == [("990.1.a", "1")]


@pytest.mark.parametrize(
    ("where", "eids"),
    [
        ("supplement no. 4 through 990.4", ["supp-4", "990.4"]),
        ("§§ 990.1 through 991.3", ["990.1", "991.3"]),
        ("§§ 990.1 through 990.3a", ["990.1", "990.3a"]),
    ],
)
def test_what_lies_between_two_sections_is_named_where_it_can_be_counted(where: str, eids: list[str]) -> None:
    said = read_note(f"{_AT} {where} were stayed until Nov. 9, 2026.", "990.1")
    assert [target.eid for target, _ in said.states] == eids


def test_the_stay_of_something_without_an_address_does_not_stay_the_whole_list() -> None:
    said = read_note(
        f"{_AT} in supplement no. 4 to part 990, footnote 3 was stayed until Nov. 9, 2026.", "supp-4"
    )
    assert said.states == []
    assert len(said.unread) == 1


def test_numbered_statements_of_one_note_are_read_each() -> None:
    note = (
        "<EFFDNOT><HED>Effective Date Notes:</HED><PSPACE>1. At 91 FR 1, Jan. 2, 2026, § 990.1(b) was suspended from "
        "Jan. 5, 2026, through Dec. 31, 2026.</PSPACE><P>2. At 91 FR 20, Feb. 2, 2026, § 990.1 was amended by revising paragraph "
        "(c), effective Jan. 1, 2027. For the convenience of the user, the revised text is set forth as follows:</P>"
        "<HD1>§ 990.1 Lights.</HD1><P>(c) New.</P><PSPACE>3. At 91 FR 30, Mar. 2, 2026, § 990.1 was amended by revising "
        "paragraph (d), effective Jan. 1, 2028. For the convenience of the user, the revised text is set forth as follows:</PSPACE>"
        "<HD1>§ 990.1 Lights.</HD1><P>(d) Newer.</P></EFFDNOT>"
    )
    found = by_eid(_read(section(f"<P>(a) A.</P><P>(b) B.</P><P>(c) C.</P><P>(d) D.</P>{note}")))
    states = {
        one.text: [(state.state, state.citation, state.start, state.end) for state in one.applicability]
        for one in found.values()
        if one.applicability and one.text
    }
    assert states == {
        "B.": [("stayed", "91 FR 1", date(2026, 1, 5), date(2026, 12, 31))],
        "C.": [("ended", "91 FR 20", _NEXT, None)],
        "D.": [("ended", "91 FR 30", date(2028, 1, 1), None)],
        "New.": [("future", "91 FR 20", date(2026, 2, 2), _DAY_BEFORE)],
        "Newer.": [("future", "91 FR 30", date(2026, 3, 2), date(2027, 12, 31))],
    }


def test_several_footnotes_in_one_cell_are_footnotes_each() -> None:
    table = (
        "<TABLE><THEAD><TR><TH>Lamp</TH><TH>Oil</TH></TR></THEAD><TBODY><TR><TD>Ship <sup>1</sup></TD><TD>Colza</TD></TR></TBODY>"
        '<TFOOT><TR><TD colspan="2"><sup>1</sup> Lit at dusk.<br/><sup>2</sup> Lit\n at dawn.</TD></TR></TFOOT></TABLE>'
    )
    notes = [one for one in by_eid(_read(section(table))).values() if one.unit == "footnote"]
    assert [(one.eid.rpartition(".")[2], one.num, one.text) for one in notes] == [
        ("fn-1", "^1", "Lit at dusk."),
        ("fn-2", "^2", "Lit at dawn."),
    ]


def test_the_words_to_come_are_law_of_the_future_until_their_day() -> None:
    note = (
        f"<EFFDNOT><HED>Effective Date Note:</HED><PSPACE>{_AT} § 990.1 was amended by revising paragraph (a), effective Jan. 1, 2027. "
        "For the convenience of the user, the revised text is set forth as follows:</PSPACE><HD1>§ 990.1 Lights.</HD1><STARS/>"
        "<P>(a) Lit brighter.</P></EFFDNOT>"
    )
    found = by_eid(_read(section(f"<P>(a) Lit.</P><P>(b) Dark.</P>{note}")))
    (ends,) = found["990.1.a"].applicability
    assert (ends.state, ends.start) == ("ended", _NEXT)
    (coming,) = [one for one in found.values() if one.text == "Lit brighter."]
    (state,) = coming.applicability
    assert (state.state, state.start, state.end) == ("future", date(2025, 1, 2), _DAY_BEFORE)
    assert found["990.1.b"].applicability == ()
    assert found["990.1.effective-date-note"].applicability == ()


def test_marks_that_are_glued_together_are_marks_even_where_the_list_opens_late() -> None:
    body = "<P>(a) Lit.</P><STARS/><P>(h)(1)(iv)(<I>A</I>) Odd.</P><P>(<I>B</I>) Even.</P>"
    found = by_eid(_read(section(body)))
    assert found["990.1.h.1.iv.A"].text == "Odd."
    assert found["990.1.h.1.iv.B"].text == "Even."
