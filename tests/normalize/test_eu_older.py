"""Pages of the Official Journal from before 2023 and before 2004, and notes and dates of consolidated texts, in other languages than English."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from archive.records import Provision, Reading
from normalize.reading import Hints, read
from tests.normalize.eu_pages import consolidated, grid, norm

FRENCH = """<!DOCTYPE html><html><head><meta charset="utf-8"/></head><body>
<table><tr><td><p class="hd-date">4.7.2019</p></td><td><p class="hd-lg">FR</p></td><td><p class="hd-ti">Journal officiel</p></td></tr></table>
<p class="doc-ti">RÈGLEMENT (UE) 2019/77 DU CONSEIL</p><p class="doc-ti">relatif aux bouées</p>
<p class="normal">LE CONSEIL DE L’UNION EUROPÉENNE,</p><p class="normal">vu le traité sur le fonctionnement de l’Union européenne,</p>
<p class="normal">considérant ce qui suit:</p><table><tbody><tr><td><p class="normal">(1)</p></td><td><p class="normal">Les bouées flottent.</p></td></tr></tbody></table>
<p class="normal">A ADOPTÉ LE PRÉSENT RÈGLEMENT:</p><p class="ti-art">Article premier</p><p class="normal">Le présent règlement s’applique à l’exportation.</p>
<p class="ti-art">Article 2</p><p class="normal">1.   Une autorisation est requise:</p>
<table><tbody><tr><td><p class="normal">a)</p></td><td><p class="normal">pour les bouées;</p></td></tr></tbody></table>
<p class="ti-art">Article 3</p><p class="normal">Le présent règlement entre en vigueur le vingtième jour suivant celui de sa publication.</p>
<p class="normal">Il est applicable à partir du 1<span class="super">er</span> janvier 2027, à l’exception de l’article 2, paragraphe 1, point a), qui est applicable à partir du 1<span class="super">er</span> juillet 2027.</p>
<p class="normal">Fait à Bruxelles, le 2 juillet 2019.</p><p class="doc-ti">ANNEXE I</p><p class="normal">Note: les jouets sont exclus.</p></body></html>"""
PLAIN = """<html><head><title>EUR-Lex - 31998R1334 - EN</title></head><body><div id="TexteOnly"><p><strong>COUNCIL REGULATION (EC) No 1334/1998</strong></p>
<p>setting up a regime for buoys</p><TXT_TE><p>THE COUNCIL OF THE EUROPEAN UNION,</p><p>Having regard to the Treaty,</p><p>(1) Whereas buoys float,</p>
<p>HAS ADOPTED THIS REGULATION:</p><p>Article 1</p><p>1. An authorisation is required for:</p><p>(a) buoys;</p><p>Article 2</p>
<p>This Regulation shall enter into force on 1 July 1998.</p><p>Done at Brussels, 22 June 1998.</p><p>For the Council</p><p>ANNEX I</p><p>LIST OF BUOYS</p><p>1. Red buoys.</p></TXT_TE></div></body></html>"""


def parts(reading: Reading) -> dict[str, Provision]:
    assert reading.leftovers == ()
    return {one.eid: one for one in reading.expressions[0].walk()}


def hints(name: str) -> Hints:
    return Hints(as_of=date(2026, 5, 1), document=name)


def test_a_page_of_the_journal_without_anchors_has_citations_closing_lines_and_stages() -> None:
    reading = read("eu_ai_act", FRENCH.encode(), hints("32019R0077"))
    found = parts(reading)
    assert found["citation-1"].text.startswith("vu le traité")
    assert found["final"].text == "Fait à Bruxelles, le 2 juillet 2019."
    assert found["annexI.note"].text == "les jouets sont exclus."
    assert [state.end for state in found["art2.1.a"].applicability] == [date(2027, 6, 30)]
    assert [state.end for state in found["art1"].applicability] == [date(2026, 12, 31)]
    assert {fact.value for fact in reading.expressions[0].facts if fact.name == "effective"} == {"2019-07-24"}


def test_a_text_from_before_2004_closes_after_its_last_article() -> None:
    found = parts(read("eu_dual_use", PLAIN.encode(), hints("31998R1334")))
    assert found["citation-1"].text == "Having regard to the Treaty,"
    assert found["art1.1.a"].text == "buoys;"
    assert (found["final"].text, found["final.subpar-2"].text) == (
        "Done at Brussels, 22 June 1998.",
        "For the Council",
    )
    assert found["annexI.1"].text == "Red buoys."


def test_the_label_of_a_note_on_a_line_of_its_own_takes_the_line_after_it() -> None:
    entry = grid(
        "6A001 ",
        norm("Buoys:"),
        grid("a. ", norm("deep ones;"), norm("Technical Note:"), norm("‘Depth’ is measured."), norm("More.")),
    )
    reading = read(
        "eu_dual_use", consolidated(entry), replace(hints("02021R0821-20301108"), media_type="text/html")
    )
    listed = {one.eid: one for expression in reading.expressions for one in expression.walk()}
    assert reading.leftovers == ()
    assert (listed["6A001.a.technical-note"].num, listed["6A001.a.technical-note"].text) == (
        "Technical Note:",
        "‘Depth’ is measured.",
    )


def test_the_front_of_a_consolidated_text_gives_no_number() -> None:
    reading = read("eu_dual_use", consolidated(""), hints("02021R0821-20301108"))
    assert [fact.name for fact in reading.expressions[0].facts] == ["citation"]
