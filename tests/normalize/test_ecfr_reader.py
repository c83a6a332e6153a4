"""Whole documents of the eCFR: structure, addresses, works, and the account of what is left out."""

from __future__ import annotations

import pickle
import re

import pytest

from archive.errors import UnreadableDocument
from tests.corpus import corpus_file
from tests.normalize.ecfr_fixtures import (
    FIXTURES,
    by_eid,
    eids,
    fixture,
    read_bytes,
    read_fixture,
    rendered,
    section,
    supplement,
)


@pytest.mark.parametrize("name", ["part-990", "bulk"])
def test_a_document_reads_as_its_golden_file_says(name: str) -> None:
    reading = read_fixture(f"{name}.xml")
    assert rendered(reading) == (FIXTURES / f"{name}.golden.txt").read_text(encoding="utf-8")
    assert reading.leftovers == ()
    assert reading.remarks == ()


def test_reading_twice_gives_equal_records_that_pickle() -> None:
    first, second = read_fixture("part-990.xml"), read_fixture("part-990.xml")
    assert first == second
    assert pickle.loads(pickle.dumps(first)) == first


def test_each_supplement_is_a_work_and_an_appendix_is_not() -> None:
    works = [expression.work for expression in read_fixture("part-990.xml").expressions]
    assert works == ["us/cfr/15/990", "us/cfr/15/990/supp-1"]


def test_an_edition_carries_its_recipe_date_and_citation() -> None:
    part, supplement_1 = read_fixture("part-990.xml").expressions
    assert part.recipe == "us_ecfr/1"
    assert part.as_of.isoformat() == "2026-02-01"
    assert [fact.value for fact in supplement_1.facts] == ["15 CFR Part 990, Supplement No. 1"]


def test_a_section_alone_is_an_edition_of_its_part_in_the_scope_of_that_section() -> None:
    whole = fixture("part-990.xml").decode()
    alone = re.search(r'<DIV8 N="990.2".*?</DIV8>', whole, re.DOTALL)
    assert alone is not None
    (expression,) = read_bytes(alone.group().encode(), meta={"title": 15}).expressions
    assert (expression.work, expression.scope) == ("us/cfr/15/990", ("990.2",))
    assert [one.eid for one in expression.walk()][:3] == ["990", "990.2", "990.2.fog"]


def test_a_supplement_alone_is_the_whole_of_its_work() -> None:
    (expression,) = read_bytes(supplement("<P>One.</P>")).expressions
    assert (expression.work, expression.scope) == ("us/cfr/15/990/supp-1", ())


@pytest.mark.parametrize(
    ("hints", "complaint"),
    [
        ({"document": "title-15/part-991"}, "part 990, not part 991"),
        (
            {"url": "https://www.ecfr.gov/api/versioner/v1/full/2026-01-01/title-22.xml?part=990"},
            "title 15, not title 22",
        ),
        ({"meta": {"title": 15, "part": "744"}}, "part 990, not part 744"),
    ],
)
def test_another_part_than_was_asked_for_is_refused(hints: dict[str, object], complaint: str) -> None:
    with pytest.raises(UnreadableDocument, match=complaint):
        read_bytes(fixture("part-990.xml"), **hints)


def test_a_bulk_file_without_the_part_that_was_asked_for_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match="no part 744"):
        read_bytes(fixture("bulk.xml"), document="title-15/part-744")


def test_hints_tell_the_title_where_the_document_does_not() -> None:
    bare = section("<P>x</P>").replace(b"title-15/", b"")
    assert read_bytes(bare, document="title-22/part-990").expressions[0].work == "us/cfr/22/990"
    with pytest.raises(UnreadableDocument, match="nothing says which title"):
        read_bytes(bare)


def test_an_unknown_element_is_left_over_with_its_place_and_its_words() -> None:
    reading = read_bytes(section("<P>(a) One.</P><BLURB>Not <B>law</B>?</BLURB><P>(b) Two.</P>"))
    assert [(one.place, one.text) for one in reading.leftovers] == [("/DIV5/DIV8/BLURB", "Not law?")]
    assert any("BLURB is not known" in remark.message for remark in reading.remarks)
    assert {"990.1.a", "990.1.b"} <= by_eid(reading).keys()


def test_words_between_the_blocks_are_left_over() -> None:
    reading = read_bytes(section("stray<P>(a) One.</P>tail"))
    assert sorted(one.text for one in reading.leftovers) == ["stray", "tail"]


def test_an_unknown_inline_element_is_read_through_and_told() -> None:
    reading = read_bytes(section("<P>(a) One <GLOW>bright</GLOW> light.</P>"))
    assert by_eid(reading)["990.1.a"].text == "One bright light."
    assert [remark.message for remark in reading.remarks] == ["the element GLOW is not known"]


def test_addresses_are_unique_and_a_collision_is_told() -> None:
    reading = read_bytes(section("<P>(a) One.</P><P>(a) Again.</P><P>Where:</P><P>Where:</P>"))
    found = eids(reading)
    assert len(found) == len(set(found))
    assert "990.1.a-2" in found
    assert any("is taken" in remark.message for remark in reading.remarks)


def test_a_paragraph_put_between_others_moves_no_address() -> None:
    before = "<P>In this part:</P><P><I>Fog</I> means mist.</P><P><I>Tide</I> means flow.</P><P>The keeper decides.</P>"
    after = before.replace("<P><I>Tide", "<P><I>Lamp</I> means light.</P><P><I>Tide")
    assert set(eids(read_bytes(section(after)))) - set(eids(read_bytes(section(before)))) == {"990.1.lamp"}


def test_an_item_put_into_a_list_adds_one_address() -> None:
    before = "<SCOL2><LI>Atlantis</LI><LI>Thule</LI></SCOL2>"
    after = before.replace("<LI>Thule", "<LI>Lyonesse (part)</LI><LI>Thule")
    found = set(eids(read_bytes(supplement(after)))) - set(eids(read_bytes(supplement(before))))
    assert found == {"supp-1.lyonesse"}


def test_a_continuing_flush_paragraph_belongs_to_the_paragraph_above_the_list() -> None:
    reading = read_bytes(
        section(
            "<P>(a) If:</P><P>(1) lit; or</P><P>(2) dark,</P><FP>then report it.</FP><P>(b) Else not.</P>"
        )
    )
    parent = by_eid(reading)["990.1.a"]
    assert [child.text for child in parent.children] == ["lit; or", "dark,", "then report it."]


def test_flush_words_after_the_only_level_belong_to_the_section() -> None:
    reading = read_bytes(section("<P>If:</P><P>(a) lit; or</P><P>(b) dark,</P><FP>then report it.</FP>"))
    assert [child.text for child in by_eid(reading)["990.1"].children] == [
        "lit; or",
        "dark,",
        "then report it.",
    ]


def test_a_note_set_as_a_paragraph_is_a_note_and_the_numbering_goes_on_after_it() -> None:
    body = "<P>(a) Lit:</P><P>(1) one;</P><P><I>Note 1 to paragraph (a)(1):</I> At dusk.</P><P>(2) two.</P><P>(b) Dark.</P>"
    found = by_eid(read_bytes(section(body)))
    note = found["990.1.a.1.note-1"]
    assert (note.unit, note.heading, note.text) == ("note", "Note 1 to paragraph (a)(1):", "At dusk.")
    assert {"990.1.a.2", "990.1.b"} <= found.keys()


@pytest.mark.parametrize(
    ("label", "eid"),
    [
        ("Note 1 to paragraph (a)(1):", "990.1.a.1.note-1"),
        ("Note 2 to § 990.1(a):", "990.1.a.note-2"),
        ("Note to § 990.1:", "990.1.note"),
        ("Note:", "990.1.b.note"),
        ("Technical Notes to paragraph (b):", "990.1.b.technical-note"),
        ("Caution:", "990.1.b.caution"),
    ],
)
def test_a_note_is_called_after_the_provision_that_it_names(label: str, eid: str) -> None:
    body = f"<P>(a) Lit:</P><P>(1) one.</P><P>(b) Dark.</P><NOTE><HED>{label}</HED><P>Words.</P></NOTE>"
    note = by_eid(read_bytes(section(body)))[eid]
    assert (note.unit, note.heading, note.text) == ("note", label, "Words.")


def test_thailand_in_appendix_a_of_10_cfr_810_and_the_citation_are_all_that_differs() -> None:
    path = "files/www.ecfr.gov/ecfr/title-10_part-810.en.{}.xml"
    before = by_eid(read_bytes(corpus_file(path.format("2026-03-25")).read_bytes()))
    after = by_eid(read_bytes(corpus_file(path.format("2026-06-18")).read_bytes()))
    assert before.keys() ^ after.keys() == {"app-A.thailand"}
    changed = {
        eid
        for eid in before
        if (before[eid].text, before[eid].heading) != (after[eid].text, after[eid].heading)
    }
    assert changed == {"app-A.citation"}


def test_the_usml_is_read_to_the_depth_that_people_cite() -> None:
    reading = read_bytes(
        corpus_file("files/www.ecfr.gov/ecfr/title-22_part-121.en.2026-03-25.xml").read_bytes()
    )
    found = by_eid(reading)
    categories = [one for one in found.values() if one.unit == "category"]
    assert len(categories) == 21
    assert found["121.1.XI.c.4"].num == "(4)"
    assert found["121.1.XI.b"].num == "*(b)".replace("*", "* ")
    assert found["121.1.I.a"].num == "* (a)"
    assert found["121.1.I.j-w"].text == "[Reserved]"
    assert sum(one.unit == "note" and "note" in one.eid.rsplit(".", 1)[-1] for one in found.values()) >= 209
    assert found["121.1.II.a.5.note-1"].heading == "Note 1 to paragraph (a)(5):"
    roman = [found[f"121.1.XI.a.3.{mark}"].num for mark in ("i", "v", "ix", "x", "xviii", "xxiii", "xxix")]
    assert roman == ["(i)", "(v)", "(ix)", "(x)", "(xviii)", "(xxiii)", "(xxix)"]
