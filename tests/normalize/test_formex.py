"""Formex 4 gives the same act as the pages; a zip is read under suspicion."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest

from archive.errors import UnreadableDocument
from archive.records import Reading
from archive.vocabulary.folding import comparison_key
from normalize.reading import read
from tests.normalize.eu_pages import ACT_XML, ANNEX_XML, HINTS, formex_zip, page

FORMEX = replace(HINTS, media_type="application/zip")


def said(reading: Reading) -> list[tuple[str, str, str, str]]:
    """Everything but the numbers of footnotes, which Formex leaves to the printer."""
    return [
        (
            one.eid,
            "" if one.unit == "footnote" else comparison_key(one.num),
            comparison_key(one.heading),
            comparison_key(one.text),
        )
        for one in reading.expressions[0].walk()
    ]


def test_formex_and_the_page_of_one_act_are_the_same_tree_word_for_word() -> None:
    formex = read("eu_ai_act", formex_zip(), FORMEX)
    assert formex.leftovers == ()
    assert said(formex) == said(read("eu_ai_act", page(), HINTS))
    assert formex.expressions[0].work == "eu/reg/2031/77"


def test_one_file_of_formex_is_read_without_a_zip() -> None:
    act = read("eu_ai_act", ACT_XML.encode(), FORMEX)
    assert act.leftovers == ()
    assert [one.eid for one in act.expressions[0].provisions] == [
        "title",
        "preamble",
        "enacting-terms",
        "final",
    ]


def test_a_corrigendum_keeps_what_it_says_and_is_a_work_of_its_own() -> None:
    text = (
        "<CORR><TITLE><TI><P>Corrigendum to Regulation (EU) 2031/77</P></TI></TITLE><CONTENTS.CORR><CORRECTION><DESCRIPTION><P>On page 1, Article 1:</P>"
        "</DESCRIPTION><P>for: ‘loans’, read: ‘hires’.</P></CORRECTION></CONTENTS.CORR></CORR>"
    )
    reading = read("eu_ai_act", text.encode(), replace(FORMEX, document="32031R0077R(01)"))
    made = reading.expressions[0]
    assert (made.work, reading.leftovers) == ("eu/reg/2031/77/corrigendum-1", ())
    assert "for: ‘loans’, read: ‘hires’." in [one.text for one in made.walk()]


def test_a_consolidation_in_formex_says_which_parts_it_prints() -> None:
    body = ACT_XML.replace("<ACT>", "<CONS.ACT><CONS.DOC>").replace("</ACT>", "</CONS.DOC></CONS.ACT>")
    start, end = body.index("<PREAMBLE>"), body.index("</PREAMBLE>") + len("</PREAMBLE>")
    reading = read(
        "eu_ai_act", (body[:start] + body[end:]).encode(), replace(FORMEX, document="02031R0077-20320101")
    )
    made = reading.expressions[0]
    assert (made.kind, made.as_of.isoformat()) == ("consolidated", "2032-01-01")
    assert made.scope == ("title", "enacting-terms", "final")


def test_a_zip_that_unpacks_to_more_than_any_act_is_refused_before_it_fills_memory() -> None:
    with pytest.raises(UnreadableDocument, match="more than any act"):
        read("eu_ai_act", formex_zip(bomb="<ACT>" + " " * 100_000_000 + "</ACT>"), FORMEX)


def test_a_zip_that_lies_about_its_size_is_refused() -> None:
    honest = formex_zip(act="<ACT>" + " " * 3_000_000 + "</ACT>")
    size = (len("<ACT></ACT>") + 3_000_000).to_bytes(4, "little")
    with pytest.raises(UnreadableDocument):
        read("eu_ai_act", honest.replace(size, (100).to_bytes(4, "little")), FORMEX)


@pytest.mark.parametrize(
    ("body", "said_of_it"),
    [
        (formex_zip()[:400], "damaged"),
        (formex_zip(doc="<DOC><BIB.DOC/></DOC>"), "no file in it holds an act"),
        (formex_zip(act="<ACT><TITLE>"), "cut off"),
        (formex_zip(act="<html><body/></html>"), "web page"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><ACT>&b;</ACT>", "entities"),
        (b"<ACT></ACT>", "no text"),
        (b"<ACT>" + b"<P>" * 50_000 + b"x" + b"</P>" * 50_000 + b"</ACT>", "nested|deeper"),
    ],
)
def test_damaged_or_hostile_formex_is_a_clear_error(body: bytes, said_of_it: str) -> None:
    with pytest.raises(UnreadableDocument, match=said_of_it) as refused:
        read("eu_ai_act", body, FORMEX)
    assert refused.value.mend


def test_no_damaged_byte_of_the_directory_of_a_zip_is_more_than_a_clear_error() -> None:
    whole = formex_zip()
    refused = 0
    for at in range(len(whole) - 180, len(whole)):
        for byte in (0x00, 0xFF):
            damaged = whole[:at] + bytes([byte]) + whole[at + 1 :]
            try:
                read("eu_ai_act", damaged, FORMEX)
            except UnreadableDocument as error:
                refused += bool(error.mend)
    assert refused > 20


def test_a_zip_without_xml_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("readme.pdf", b"%PDF")
    with pytest.raises(UnreadableDocument, match="holds no XML"):
        read("eu_ai_act", buffer.getvalue(), FORMEX)


def test_the_contents_file_says_the_order_of_the_annexes() -> None:
    second = ANNEX_XML.replace("ANNEX I", "ANNEX II")
    listing = "<DOC><FMX><DOC.MAIN.PUB><REF.PHYS FILE='m.fmx.xml'/></DOC.MAIN.PUB><DOC.SUB.PUB><REF.PHYS FILE='z.fmx.xml'/></DOC.SUB.PUB><DOC.SUB.PUB><REF.PHYS FILE='a.fmx.xml'/></DOC.SUB.PUB></FMX></DOC>"
    reading = read("eu_ai_act", formex_zip(a=second, doc=listing, m=ACT_XML, z=ANNEX_XML), FORMEX)
    annexes = [one.eid for one in reading.expressions[0].walk() if one.unit == "annex"]
    assert annexes == ["annexI", "annexII"]
