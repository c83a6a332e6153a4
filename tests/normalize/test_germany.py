"""Laws of gesetze-im-internet.de: §§ with their Absätze and Nummern, the Ausfuhrliste by its numbers, notes, tables, citations."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

from archive.errors import UnreadableDocument
from archive.records import Expression, Provision, Reading
from normalize.reading import Hints, read

HINTS = Hints(as_of=date(2026, 3, 1), document="mustv")

HEAD = (
    '<metadaten><jurabk>MustV 2020</jurabk><amtabk>MustV</amtabk><ausfertigung-datum manuell="ja">2020-05-04</ausfertigung-datum>'
    '<fundstelle typ="amtlich"><periodikum>BGBl I</periodikum><zitstelle>2020, 999</zitstelle></fundstelle>'
    '<langue>Musterverordnung über die Ausfuhr</langue><standangabe checked="ja"><standtyp>Stand</standtyp>'
    "<standkommentar>Zuletzt geändert durch Art. 2 V v. 3.2.2026 I Nr. 7</standkommentar></standangabe></metadaten>"
    "<textdaten><fussnoten><Content><P>(+++ Textnachweis ab: 1.6.2020 +++)<BR/>(+++ § 1: Zur Anwendung vgl. § 9 +++)</P></Content></fussnoten></textdaten>"
)
CHAPTER = (
    "<metadaten><jurabk>MustV 2020</jurabk><gliederungseinheit><gliederungskennzahl>010</gliederungskennzahl><gliederungsbez>Kapitel 1</gliederungsbez>"
    "<gliederungstitel>Ausfuhr</gliederungstitel></gliederungseinheit></metadaten><textdaten/>"
)
ANNEX = (
    '<P><noindex><kommentar typ="Fundstelle">(Fundstelle: BGBl. 2026 I Nr. 7, S. 3)</kommentar></noindex></P>'
    "<P><B>TEIL I</B></P><P><DL Type=\"arabic\"><DT><B>B</B></DT><DD><LA><B>National erfasste Güter</B></LA></DD>"
    "<DT>3A906</DT><DD Font=\"normal\"><LA>Schalter wie folgt: <DL Type=\"alpha\"><DT>a)</DT><DD Font=\"normal\"><LA>mit einer Spannung größer als 500 V und<DL Type=\"arabic\">"
    "<DT>1.</DT><DD Font=\"normal\"><LA>einem Strom von 10<SUP>3</SUP> A oder</LA></DD><DT>2.</DT><DD Font=\"normal\"><LA>C<SUB>2</SUB>-Gas.</LA></DD></DL></LA></DD></DL>"
    "<DL Indent=\"20\" Type=\"arabic\"><DT><I>Anmerkung 1:</I></DT><DD Font=\"italic\"><LA><I>Nummer 3A906 erfasst nicht:</I><DL Type=\"alpha\"><DT>a)</DT><DD Font=\"italic\"><LA>Haushaltsgeräte,</LA></DD></DL></LA></DD></DL></LA>"
    "<LA><I>Technische Anmerkung:</I></LA><LA><I>Gemessen wird bei 20 °C.</I></LA></DD>"
    "<DT>0001</DT><DD Font=\"normal\"><LA>Waffen.</LA></DD></DL></P>"
    '<P><table><tgroup cols="3"><colspec colname="c1"/><colspec colname="c2"/><colspec colname="c3"/><thead><row><entry colname="c1">Nr.</entry>'
    '<entry namest="c2" nameend="c3">Ware</entry></row></thead><tbody><row><entry colname="c1" morerows="1">0703 10</entry><entry colname="c2">Speisezwiebeln</entry><entry colname="c3">frisch</entry></row>'
    '<row><entry colname="c2">Schalotten</entry><entry colname="c3">gekühlt</entry></row></tbody></tgroup></table></P>'
    "<P>„Laser“ (3A906) (laser): ein Gerät zum Erzeugen von Licht.</P>"
)  # fmt: skip


def norm(designation: str, title: str, content: str, after: str = "") -> str:
    return (
        f'<norm><metadaten><jurabk>MustV 2020</jurabk><enbez>{designation}</enbez><titel format="XML">{title}</titel></metadaten>'
        f'<textdaten><text format="XML"><Content>{content}</Content>{after}</text><fussnoten/></textdaten></norm>'
    )


def law(*norms: str) -> bytes:
    made = "".join((f"<norm>{HEAD}</norm>", f"<norm>{CHAPTER}</norm>", *norms))
    return (
        f'<?xml version="1.0" encoding="UTF-8" ?><!DOCTYPE dokumente SYSTEM "http://www.gesetze-im-internet.de/dtd/1.01/gii-norm.dtd"><dokumente>{made}</dokumente>'
    ).encode()


SECTION = norm(
    "§ 9a",
    "Genehmigung",
    '<P>(1) Der Genehmigung bedarf <DL Type="arabic"><DT>1.</DT><DD><LA>die Ausfuhr <DL Type="alpha"><DT>a)</DT><DD><LA>von Gütern,</LA></DD><DT>aa)</DT><DD><LA>von Technologie,</LA></DD></DL></LA></DD>'
    '<DT>2.</DT><DD><LA>die Verbringung,</LA></DD></DL>sofern nicht anders bestimmt. Ausgenommen sind <DL Type="arabic"><DT>1.</DT><DD><LA>Bücher.</LA></DD></DL></P><P>(1a) Absatz 1 gilt entsprechend.<FnR ID="f1"/></P>',
    '<Footnotes><Footnote FnZ="1" ID="f1">Amtlicher Hinweis.</Footnote></Footnotes>',
)
WHOLE = law(SECTION, norm("§ 10", "(weggefallen)", "<P/>"), norm("Anlage 1", "Ausfuhrliste", ANNEX))


def _read(body: bytes) -> Reading:
    reading = read("de_awv", body, HINTS)
    assert reading.leftovers == ()
    assert reading.remarks == ()
    return reading


def _by_eid(expression: Expression) -> dict[str, Provision]:
    found = {one.eid: one for one in expression.walk()}
    assert len(found) == sum(1 for _ in expression.walk())
    return found


def test_the_law_is_named_by_its_abbreviation_and_dated_by_its_head() -> None:
    expression = _read(WHOLE).expressions[0]
    assert (expression.work, expression.title, expression.language) == (
        "de/gii/mustv_2020",
        "Musterverordnung über die Ausfuhr",
        "de",
    )
    assert {(fact.name, fact.value) for fact in expression.facts} == {
        ("signed", "2020-05-04"),
        ("citation", "BGBl I 2020, 999"),
    }


def test_paragraphs_numbers_and_letters_have_the_address_of_their_citation() -> None:
    found = _by_eid(_read(WHOLE).expressions[0])
    assert found["§9a"].heading == "Genehmigung"
    assert found["§9a.1"].text == "Der Genehmigung bedarf"
    assert found["§9a.1.1.a"].text == "von Gütern,"
    assert found["§9a.1.1.aa"].num == "aa)"
    assert found["§9a.1.2"].text == "die Verbringung,"
    assert found["§9a.1a"].text == "Absatz 1 gilt entsprechend.^1"


def test_words_after_a_list_stand_after_it_and_lead_a_second_list() -> None:
    found = _by_eid(_read(WHOLE).expressions[0])
    assert found["§9a.1.nach-2"].text == "sofern nicht anders bestimmt. Ausgenommen sind"
    assert found["§9a.1.nach-2.1"].text == "Bücher."


def test_a_section_that_fell_away_is_its_placeholder() -> None:
    assert _by_eid(_read(WHOLE).expressions[0])["§10"].heading == "(weggefallen)"


def test_sections_that_fell_away_together_are_cited_as_such() -> None:
    expression = _read(law(norm("(XXXX) §§ 9 bis 12", "", "<P>(weggefallen)</P>"))).expressions[0]
    assert _by_eid(expression)["§9-12"].text == "(weggefallen)"


def test_a_list_in_a_cell_has_an_item_a_line() -> None:
    table = (
        "<P>Liste</P><table><tgroup cols='2'><tbody><row><entry>0001</entry><entry>Bojen: <DL><DT>a)</DT><DD><LA>rote,</LA></DD><DT>b)</DT>"
        "<DD><LA>grüne.</LA></DD></DL></entry></row></tbody></tgroup></table>"
    )
    expression = _read(law(norm("Anlage 1", "Ausfuhrliste", table))).expressions[0]
    (row,) = [one for one in expression.walk() if one.unit == "row"]
    assert row.text == "0001 | Bojen:\na) rote,\nb) grüne."


def test_sections_stand_in_their_chapter_and_annexes_beside_it() -> None:
    roots = [one.eid for one in _read(WHOLE).expressions[0].provisions]
    assert roots == ["titel", "kapitel-1", "anlage-1"]


def test_entries_of_the_list_are_cited_by_number_alone_to_full_depth() -> None:
    found = _by_eid(_read(WHOLE).expressions[0])
    assert found["3A906"].unit == "entry"
    assert found["3A906.a.1"].text == "einem Strom von 10^3 A oder"
    assert found["3A906.a.2"].text == "C_2-Gas."
    assert found["0001"].text == "Waffen."


def test_notes_are_notes_and_their_lists_are_no_items_of_the_entry() -> None:
    found = _by_eid(_read(WHOLE).expressions[0])
    assert (found["3A906.anmerkung-1"].unit, found["3A906.anmerkung-1.a"].text) == (
        "note",
        "Haushaltsgeräte,",
    )
    assert found["3A906.technische-anmerkung"].text == "Gemessen wird bei 20 °C."
    assert [child.eid for child in found["3A906"].children] == [
        "3A906.a",
        "3A906.anmerkung-1",
        "3A906.technische-anmerkung",
    ]


def test_tables_are_rows_with_their_spans_resolved() -> None:
    rows = [
        (one.unit, one.text) for one in _read(WHOLE).expressions[0].walk() if one.unit in ("row", "header")
    ]
    assert rows == [
        ("header", "Nr. | Ware | "),
        ("row", "0703 10 | Speisezwiebeln | frisch"),
        ("row", " | Schalotten | gekühlt"),
    ]


def test_sources_stand_notes_and_footnotes_are_units_of_their_own() -> None:
    found = _by_eid(_read(WHOLE).expressions[0])
    assert found["titel.stand"].unit == "citation"
    assert found["titel.stand"].text.startswith("Zuletzt geändert")
    assert found["anlage-1.fundstelle"].unit == "citation"
    assert [child.unit for child in found["titel"].children] == ["citation"] * 5
    assert (found["§9a.fn-1"].unit, found["§9a.fn-1"].text) == ("footnote", "Amtlicher Hinweis.")


def test_definitions_of_an_annex_are_keyed_by_their_term() -> None:
    assert any(
        one.eid.endswith(".laser") and one.unit == "definition" for one in _read(WHOLE).expressions[0].walk()
    )


def test_the_zip_archive_reads_like_the_xml() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("BJNR0001.xml", WHOLE)
        archive.writestr("bild.jpg", b"\xff\xd8")
    assert _read(packed.getvalue()).expressions == _read(WHOLE).expressions


def test_build_dates_and_document_numbers_change_nothing() -> None:
    stamped = WHOLE.replace(b"<norm>", b'<norm builddate="20260101000000" doknr="BJNR1">')
    assert _read(stamped).expressions == _read(WHOLE).expressions


def test_an_unknown_element_is_told_and_its_words_are_kept() -> None:
    reading = read("de_awv", law(norm("§ 1", "X", "<P>Ein <Neu>neues</Neu> Wort.</P>")), HINTS)
    assert reading.leftovers == ()
    assert "the element Neu is not known" in reading.remarks[0].message
    assert _by_eid(reading.expressions[0])["§1"].text == "Ein neues Wort."


def _bomb() -> bytes:
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("law.xml", "w") as member,
    ):
        for _ in range(60):
            member.write(b" " * (1 << 20))
    return packed.getvalue()


def _two() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("one.xml", WHOLE)
        archive.writestr("two.xml", WHOLE)
    return packed.getvalue()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"PK\x03\x04 and no archive",
        _bomb(),
        _two(),
        b"<dokumente></dokumente>",
        b"<html><body>Fehler</body></html>",
        WHOLE[:-200],
        WHOLE.replace(b"<dokumente>", b"<andere>").replace(b"</dokumente>", b"</andere>"),
        b'<!DOCTYPE d [<!ENTITY a "aaaa">]><dokumente/>',
        law(),
        b"<dokumente><norm><metadaten><jurabk>X</jurabk></metadaten>" + b"<P>" * 100_000 + b"</P>" * 100_000 + b"</norm></dokumente>",
    ],
    ids=["empty", "no zip", "zip bomb", "two files", "no norm", "a page", "cut off", "another root", "entities", "no text", "nested"],
)  # fmt: skip
def test_what_is_no_law_is_refused_with_the_mend(body: bytes) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        read("de_awv", body, HINTS)
    assert caught.value.mend


def test_a_norm_that_lost_its_metadata_keeps_its_text() -> None:
    lost = '<norm><textdaten><text format="XML"><Content><P>Ein Satz.</P></Content></text></textdaten></norm>'
    assert _by_eid(_read(law(lost)).expressions[0])["norm"].text == "Ein Satz."
