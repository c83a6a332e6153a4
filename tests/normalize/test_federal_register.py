"""Federal Register papers: their tree, their addresses and what they state of themselves."""

from __future__ import annotations

import json
import pickle
from datetime import date
from pathlib import Path

import pytest

from archive.errors import UnreadableDocument
from archive.records import Expression, Provision, Reading
from normalize.federal_register_record import cfr_parts_in, dockets_in, work_of
from normalize.reading import Hints, read

FIXTURES = Path(__file__).parent / "federal_register"
SOURCE = "us_federal_register"


def fixture(name: str) -> bytes:
    return (FIXTURES / name).read_bytes()


def reading(name: str = "rule.xml", *, as_of: date = date(2026, 3, 2), **meta: object) -> Reading:
    return read(SOURCE, fixture(name), Hints(as_of=as_of, document=name, meta=meta))


def only(read_: Reading) -> Expression:
    (expression,) = read_.expressions
    return expression


def by_eid(expression: Expression) -> dict[str, Provision]:
    return {provision.eid: provision for provision in expression.walk()}


def facts(expression: Expression, name: str) -> list[str]:
    return [fact.value for fact in expression.facts if fact.name == name]


# ── the tree ───────────────────────────────────────────────────────────────────────────────────────


def test_a_paper_has_its_preamble_blocks_by_name() -> None:
    blocks = {p.eid: p.text for p in only(reading()).provisions if p.unit == "preamble"}
    assert blocks["department"] == "DEPARTMENT OF COMMERCE"
    assert blocks["bureau"] == "Bureau of Industry and Security"
    assert blocks["subject"] == "Controls on Widget Lathes"
    assert blocks["agency"] == "Bureau of Industry and Security, Department of Commerce."
    assert blocks["action"] == "Final rule."
    assert {"summary", "dates", "addresses", "contact", "cfr", "docket", "rin"} <= set(blocks)


def test_layout_around_emphasis_is_undone_exactly() -> None:
    assert by_eid(only(reading()))["summary"].text == (
        "This rule adds widget lathes (i.e., lathes for widgets) to the list."
    )


def test_page_marks_go_and_what_they_parted_is_joined() -> None:
    tree = by_eid(only(reading()))
    assert tree["i-background.a-why-regulation"].heading == "A. Why regulation"
    assert tree["i-background.a-why-regulation.p1"].text == "Because of ECCN 3A090 and its kin."


def test_text_wrapped_at_its_blanks_keeps_them() -> None:
    body = b"""<NOTICE><PREAMB><SUBJECT>Wrapped</SUBJECT><P>
      one
      <E T="03">two</E>
      three
    </P></PREAMB><FRDOC>[FR Doc. 2026-90005 Filed 2-27-26; 8:45 am]</FRDOC></NOTICE>"""
    tree = by_eid(only(read(SOURCE, body, Hints(as_of=date(2026, 3, 2)))))
    assert tree["p1"].text == "one two three"


def test_headings_nest_and_repeat_without_repeating_an_address() -> None:
    expression = only(reading())
    supplementary = by_eid(expression)["supplementary"]
    assert supplementary.heading == "SUPPLEMENTARY INFORMATION:"
    assert [child.eid for child in supplementary.children[:2]] == ["i-background", "ii-background"]
    eids = [provision.eid for provision in expression.walk()]
    assert len(eids) == len(set(eids))


def test_superscripts_subscripts_and_footnote_marks_survive() -> None:
    tree = by_eid(only(reading()))
    assert tree["i-background.p1"].text == "Widget lathes reach 10^26 turns and consume CO_2 quickly.^1"


def test_a_footnote_hangs_on_the_paragraph_that_calls_it() -> None:
    footnote = by_eid(only(reading()))["i-background.p1.fn1"]
    assert (footnote.unit, footnote.num, footnote.text) == ("footnote", "1", "A lathe turns.")
    assert [child.text for child in footnote.children] == ["It turns again."]


def test_a_table_has_title_heads_rows_and_notes() -> None:
    table = by_eid(only(reading()))["ii-background.table-1"]
    assert table.heading == "Table 1—Lathes"
    assert [(child.unit, child.text) for child in table.children] == [
        ("header", "Kind | Count | "),
        ("header", " | Old | New^a"),
        ("row", "Small | 4 | 5"),
        ("row", "All | 9 | "),
        ("note", "^a Estimated."),
    ]


def test_a_picture_is_a_token() -> None:
    graphics = [p.text for p in only(reading()).walk() if p.unit == "graphic"]
    assert graphics == ["[graphic ER02MR26.000]"]


def test_amendments_hold_the_text_they_set_and_their_parts() -> None:
    tree = by_eid(only(reading()))
    assert tree["cfr-15-744"].unit == "regulation"
    second = tree["cfr-15-744.amd-2"]
    assert (second.num, second.text) == ("2.", "Section 744.99 is amended by:")
    assert [child.eid for child in second.children] == [
        "cfr-15-744.amd-2.a",
        "cfr-15-744.amd-2.b",
        "cfr-15-744.amd-2.p1",
        "744.99",
    ]
    assert tree["cfr-15-744.amd-2.b.i"].text == "Removing the entry for “Alpha Lathes”."


def test_a_quoted_section_shows_that_it_is_partial() -> None:
    section = by_eid(only(reading()))["744.99"]
    assert (section.num, section.heading) == ("§ 744.99", "Widget lathes.")
    assert [(child.unit, child.num, child.text) for child in section.children] == [
        ("paragraph", "(a)", "Scope. Applies to lathes."),
        ("stars", "", "* * * * *"),
    ]


def test_a_signature_is_one_text_by_lines() -> None:
    assert by_eid(only(reading()))["signature"].text == (
        "Dated: February 25, 2026.\nThe Under Secretary,\nBureau of Industry and Security."
    )


# ── what a paper states of itself ──────────────────────────────────────────────────────────────────


def test_a_bare_paper_tells_its_facts_itself() -> None:
    expression = only(reading())
    assert expression.work == "us/fr/2026-90001"
    assert (expression.kind, expression.title) == ("document", "Controls on Widget Lathes")
    assert facts(expression, "number") == ["2026-90001"]
    assert facts(expression, "type") == ["RULE"]
    assert facts(expression, "agency") == ["DEPARTMENT OF COMMERCE", "Bureau of Industry and Security"]
    assert facts(expression, "docket") == ["260101-0007"]
    assert facts(expression, "rin") == ["0694-ZZ99"]
    assert facts(expression, "cfr_part") == ["15/744", "15/774"]
    assert facts(expression, "filed") == ["2026-02-27"]
    assert facts(expression, "signed") == ["2026-02-25"]


def test_every_effective_compliance_and_comment_date_is_a_fact_with_its_sentence() -> None:
    expression = only(reading())
    assert facts(expression, "effective") == ["2026-03-02", "2026-05-04"]
    assert facts(expression, "comments_close") == ["2026-04-01"]
    assert facts(expression, "compliance") == ["2026-06-01"]
    words = next(fact.words for fact in expression.facts if fact.value == "2026-05-04")
    assert words.endswith("except for amendatory instruction 3, which is effective May 4, 2026.")


def test_the_index_completes_a_paper_and_disagreement_is_said() -> None:
    read_ = reading(**json.loads(fixture("record.json")))
    expression = only(read_)
    assert facts(expression, "agency") == ["Commerce Department", "Industry and Security Bureau"]
    assert facts(expression, "citation") == ["91 FR 51000"]
    assert facts(expression, "comments_close") == ["2026-04-01", "2026-04-08"]
    assert facts(expression, "corrects") == ["2026-80000"]
    assert facts(expression, "url") == ["https://www.federalregister.gov/d/2026-90001"]
    assert [remark.message for remark in read_.remarks] == [
        "the index says 2026-04-08, the DATES paragraph 2026-04-01"
    ]


def test_another_paper_than_the_index_names_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match="FR Doc. 2026-90001, the index says 2026-77777"):
        reading(document_number="2026-77777", title="Other", publication_date="2026-03-02")


def test_a_paper_without_a_number_is_refused() -> None:
    body = b"<NOTICE><PREAMB><SUBJECT>Nameless</SUBJECT></PREAMB></NOTICE>"
    with pytest.raises(UnreadableDocument, match="no document number"):
        read(SOURCE, body, Hints(as_of=date(2026, 3, 2)))


def test_a_correction_names_what_it_corrects() -> None:
    body = (
        "<CORRECT><PREAMB><SUBJECT>Lathes; Correction</SUBJECT></PREAMB>"
        "<SUPLINF><P>In rule document 2026–90001 beginning on page 51000, correct line 3.</P></SUPLINF>"
        "<FRDOC>[FR Doc. C1–2026–90001 Filed 3–5–26; 8:45 am]</FRDOC></CORRECT>"
    ).encode()
    expression = only(read(SOURCE, body, Hints(as_of=date(2026, 3, 6))))
    assert expression.work == "us/fr/C1-2026-90001"
    assert facts(expression, "corrects") == ["2026-90001"]


@pytest.mark.parametrize(
    ("number", "day", "work"),
    [
        ("2024-02930", date(2024, 2, 12), "us/fr/2024-02930"),
        ("05-8393", date(2005, 4, 27), "us/fr/2005-04-27/05-8393"),
        ("E8-4768", date(2008, 3, 10), "us/fr/2008-03-10/E8-4768"),
        ("2010-1234", date(2010, 1, 25), "us/fr/2010-1234"),
        ("C1-2024-13148", date(2024, 9, 4), "us/fr/C1-2024-13148"),
        ("C1-2011-9613", date(2011, 5, 9), "us/fr/C1-2011-9613"),
    ],
)
def test_numbers_that_were_used_again_carry_their_date(number: str, day: date, work: str) -> None:
    assert work_of(number, day) == work


def test_dockets_and_parts_are_read_from_their_printed_forms() -> None:
    assert dockets_in("[Docket No. 250509–0083; BIS–2025–0001]") == ("250509-0083", "BIS-2025-0001")
    assert dockets_in("[A–570–148, C–570–149]") == ("A-570-148", "C-570-149")
    assert cfr_parts_in("15 CFR Parts 734, 740, and 774") == ("15/734", "15/740", "15/774")
    assert cfr_parts_in("42 CFR 424") == ("42/424",)
    assert cfr_parts_in("45 CFR Chapter III") == ()


# ── issues and records ─────────────────────────────────────────────────────────────────────────────


def test_a_daily_issue_is_its_papers_with_their_pages() -> None:
    read_ = reading("issue.xml", as_of=date(2005, 4, 27))
    assert [(e.work, e.published, facts(e, "citation")) for e in read_.expressions] == [
        ("us/fr/2005-04-27/05-90002", date(2005, 4, 27), ["70 FR 21800"]),
        ("us/fr/2005-04-27/05-90003", date(2005, 4, 27), ["70 FR 21800"]),
        ("us/fr/2005-04-27/05-90004", date(2005, 4, 27), ["70 FR 21901"]),
    ]
    assert read_.leftovers == ()
    assert {discard.rule for discard in read_.discards} == {"issue-frame", "issue-contents"}


def test_a_free_form_notice_has_its_blocks_by_their_headings() -> None:
    notice = reading("issue.xml", as_of=date(2005, 4, 27)).expressions[0]
    tree = by_eid(notice)
    assert tree["dates"].children[0].text == "Comments are due May 9, 2005."
    assert facts(notice, "comments_close") == ["2005-05-09"]
    assert tree["agenda"].children[0].text == "Lathes."
    assert (tree["place"].heading, tree["place"].text) == ("PLACE:", "Room 1.")


def test_a_presidential_paper_is_read_through_its_wrapper() -> None:
    paper = reading("issue.xml", as_of=date(2005, 4, 27)).expressions[2]
    assert paper.title == "Continuation of the Lathe Emergency"
    assert facts(paper, "type") == ["PRESDOCU"]
    assert facts(paper, "filed") == ["2005-04-26"]


def test_an_index_record_alone_is_a_paper() -> None:
    read_ = reading("record.json")
    expression = only(read_)
    assert expression.work == "us/fr/2026-90001"
    assert [(p.eid, p.text[:12]) for p in expression.provisions] == [
        ("subject", "Controls on "),
        ("summary", "This rule ad"),
        ("action", "Final rule."),
        ("dates", "This rule is"),
    ]
    assert facts(expression, "effective") == ["2026-03-02"]
    assert facts(expression, "cfr_part") == ["15/744", "15/774"]
    assert read_.leftovers == ()


def test_an_answer_of_the_api_is_as_many_papers_as_it_lists() -> None:
    record = json.loads(fixture("record.json"))
    body = json.dumps({"count": 2, "results": [record, {**record, "document_number": "2026-90009"}]}).encode()
    read_ = read(SOURCE, body, Hints(as_of=date(2026, 3, 2)))
    assert [expression.work for expression in read_.expressions] == ["us/fr/2026-90001", "us/fr/2026-90009"]


def test_a_field_nobody_knows_is_a_leftover() -> None:
    record = {**json.loads(fixture("record.json")), "moon_phase": "waxing"}
    read_ = read(SOURCE, json.dumps(record).encode(), Hints(as_of=date(2026, 3, 2)))
    assert [(item.place, item.text) for item in read_.leftovers] == [("$.moon_phase", "waxing")]


def test_a_reading_pickles() -> None:
    read_ = reading()
    assert pickle.loads(pickle.dumps(read_)) == read_


@pytest.mark.parametrize("dash", ["-", "\u2013", "\u2012", "\u2212"])
def test_a_section_has_one_address_whichever_dash_its_number_is_written_with(dash: str) -> None:
    body = (
        '<RULE><PREAMB><SUBJECT>Lamps</SUBJECT></PREAMB><SUPLINF><REGTEXT TITLE="33" PART="165"><SECTION>'
        f"<SECTNO>§ 165.T11{dash}157</SECTNO><SUBJECT>Lamps of the bay.</SUBJECT><P>No lamp may be lit.</P></SECTION></REGTEXT></SUPLINF>"
        "<FRDOC>[FR Doc. 2026-00001 Filed 1-2-26; 8:45 am]</FRDOC></RULE>"
    )
    found = only(read(SOURCE, body.encode(), Hints(as_of=date(2026, 1, 2))))
    assert [one.eid for one in found.walk() if one.unit == "section"] == ["165.T11-157"]
