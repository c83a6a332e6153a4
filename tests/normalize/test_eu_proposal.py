"""Proposals of the older dialect, and Parliament's amendments to them."""

from __future__ import annotations

from dataclasses import replace

from archive.records import Reading
from normalize.reading import read
from tests.normalize.eu_pages import HINTS

COM = replace(HINTS, document="52031PC0008")
AMENDED = replace(HINTS, document="52031AP0009")


def line(name: str, text: str, num: str = "") -> str:
    number = f'<span class="num"><span>{num}</span></span>' if num else ""
    return f'<p class="{name}">{number}<span>{text}</span></p>'


NOTE = '<span class="FootnoteReference"> <a class="footnoteRef" id="footnoteref2" href="#footnote2">1</a> </span>'
PROPOSAL = (
    "<html><head><meta charset=utf-8></head><body><header>EUR-Lex</header><div id=document1><div class=content>"
    + line("Emission", "Brussels, 4.2.2031") + line("Rfrenceinstitutionnelle", "COM(2031) 8 final")
    + line("Exposdesmotifstitre", "EXPLANATORY MEMORANDUM") + line("li ManualHeading1", "CONTEXT", "1.")
    + line("li ManualHeading2", "Reasons", "1.1.") + line("Normal", f"Buoys matter{NOTE}.") + line("li ManualHeading1", "RESULTS", "2.")
    + line("Typedudocument", "REGULATION") + line("Titreobjet", "ON BUOYS") + line("Normal", "Whereas:")
    + line("li ManualConsidrant", "Buoys float.", "(1)") + line("Formuledadoption", "HAVE ADOPTED THIS REGULATION:")
    + line("SectionTitle", "TITLE I") + line("SectionTitle", "GENERAL") + "<p class=Titrearticle><span>Article 1</span><span><br>Scope</span></p>"
    + line("li ManualNumPar1", "This applies to:", "1.") + line("li Point1", "buoys:", "(a)") + line("li Point2", "red ones;", "(i)")
    + line("Text1", "Buoys on land are left out.") + line("li ManualNumPar1", "It applies at sea.", "2.")
    + line("Fait", "Done at Brussels,") + "<p class=Annexetitre><span>ANNEX I</span><br><span>KINDS</span></p>" + line("li NumPar1", "Round.", "1.")
    + "</div><dl id=footnotes><dd id=footnote2><span class=num><a class=footnote href='#footnoteref2'>(1)</a></span> See COM(2030) 1.</dd></dl></div>"
    "<footer>Help</footer></body></html>"
)  # fmt: skip


def texts(reading: Reading) -> dict[str, str]:
    assert reading.leftovers == ()
    return {one.eid: one.text or one.heading for one in reading.expressions[0].walk()}


def test_a_proposal_is_read_by_the_styles_of_the_word_processor() -> None:
    found = texts(read("eu_ai_act", PROPOSAL.encode(), COM))
    assert found["memorandum.1.1"] == "Buoys matter."
    assert found["memorandum.2"] == "RESULTS"
    assert found["recital-1"] == "Buoys float."
    assert found["titleI"] == "GENERAL"
    assert found["art1.1.a.i"] == "red ones;"
    assert found["art1.1.subpar-2"] == "Buoys on land are left out."
    assert found["art1.2"] == "It applies at sea."
    assert found["annexI.1"] == "Round."
    assert found["memorandum.1.1.footnote"] == "See COM(2030) 1."


def test_the_chrome_of_the_site_is_discarded_by_name() -> None:
    reading = read("eu_ai_act", PROPOSAL.encode(), COM)
    assert {one.text for one in reading.discards if one.rule == "site-chrome"} == {"EUR-Lex", "Help"}
    assert reading.expressions[0].work == "eu/celex/52031PC0008"


def amendment(number: int, of: str, before: str, after: str) -> str:
    return (
        f'<p class="oj-ti-grseq-1"><span class="oj-bold">Amendment {number}</span></p><p class="oj-ti-grseq-1">{of}</p>'
        '<table class="oj-table"><tr><td><p class="oj-tbl-hdr">Text proposed by the Commission</p></td><td><p class="oj-tbl-hdr">Amendment</p></td></tr>'
        f'<tr><td><p class="oj-normal">{before}</p></td><td><p class="oj-normal">{after}</p></td></tr></table>'
    )


def test_amendments_of_parliament_keep_both_texts_side_by_side() -> None:
    body = "".join(
        amendment(number, f"Recital {number}", f"old {number}", f"new {number}") for number in (1, 2, 3)
    )
    page = f'<html><body><div>Menu</div><div><p class="oj-doc-ti">Amendments on buoys</p>{body}</div></body></html>'
    reading = read("eu_ai_act", page.encode(), AMENDED)
    found = texts(reading)
    assert [one.eid for one in reading.expressions[0].walk() if one.unit == "amendment"] == [
        "am-1",
        "am-2",
        "am-3",
    ]
    assert (found["am-2"], found["am-2.row-1"]) == ("Recital 2", "old 2 | new 2")
    assert found["am-2.header"] == "Text proposed by the Commission | Amendment"
