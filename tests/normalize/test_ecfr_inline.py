"""Inline markup as text: scripts, fractions, pictures, white space."""

from __future__ import annotations

import pytest
from lxml import etree

from normalize.inline import inline_text
from tests.corpus import corpus_file
from tests.normalize.ecfr_fixtures import by_eid, read_bytes


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ("<P>10<sup>26</sup> operations</P>", "10^26 operations"),
        ("<P>10\n<SU>26</SU> operations</P>", "10^26 operations"),
        ("<P>10 <SU>26</SU> operations</P>", "10^26 operations"),
        ('<P>5 × 10<E T="51">−4</E> ohm</P>', "5 × 10^−4 ohm"),
        ('<P>10<E T="51">^</E>5 N</P>', "10^5 N"),
        ("<P>(10</P>".replace("</P>", '<E T="53">12</E>)</P>'), "(10^12)"),
        ('<P>Al<E T="52">2</E>O<E T="52">3</E></P>', "Al_2O_3"),
        ('<P>K<E T="54">t</E> and PM<E T="0732">2.5</E></P>', "K_t and PM_2.5"),
        ("<P>10<sup>2</sup>5</P>", "10^{2}5"),
        ("<P>deuterium (\n<SU>2</SU>H)</P>", "deuterium (^2H)"),
        ("<P>plutonium or\n<SU>235</SU>U</P>", "plutonium or ^235U"),
        ("<P>0.1 W/cm\n<SU>2</SU>K</P>", "0.1 W/cm^2K"),
        ("<P>you know\n<SU>1</SU>\n<FTREF/> that</P>", "you know^1 that"),
        ("<P><SU>1</SU> A note</P>", "^1 A note"),
        ("<P>8<FR>1/2</FR> inches</P>", "8 1/2 inches"),
        ("<P><FR>1/2</FR> inch</P>", "1/2 inch"),
        ("<TD>No. 1<sup>1</sup>⁄<sub>2</sub> Street</TD>", "No. 1 1⁄2 Street"),
        ("<TD>Street <sup>9</sup>⁄<sub>6</sub>, Town</TD>", "Street 9⁄6, Town"),
        ("<P>mean x<AC T='8'/></P>", "mean x\u0303"),
        ('<P>as <img src="/graphics/er16ja25.003.gif"/> shows</P>', "as [graphic er16ja25.003.gif] shows"),
        ("<P>see <GPH SPAN='3'><GID>ER12FE24.000</GID></GPH></P>", "see [graphic ER12FE24.000]"),
        ("<TD>one<br/>two<br></br> three</TD>", "one\ntwo\nthree"),
        ("<TD>name.<br/> <br/>address</TD>", "name.\n\naddress"),
        ("<CHED>Number of<LI>lamps</LI></CHED>", "Number of\nlamps"),
        ("<P>a <I>b</I>c <B> d </B>e</P>", "a bc d e"),
        ("<P>page<PRTPAGE P='9'/>break and\n<PRTPAGE P='9'/>\nblank</P>", "pagebreak and blank"),
        ("<P>\u00a0no\u2009thin\u00a0</P>", "no thin"),
        ("<P/>", ""),
        ("<P>x<sup/>y <sup> </sup>z</P>", "xy z"),
        ("<P>a<!-- c -->b<?p i?>c</P>", "abc"),
    ],
)
def test_inline_markup_as_text(xml: str, text: str) -> None:
    assert inline_text(etree.fromstring(xml)) == text


def test_elements_can_be_left_out_with_their_words_but_not_their_tails() -> None:
    element = etree.fromstring("<P>one <NOTE>two</NOTE> three</P>")
    assert inline_text(element, without={"NOTE"}) == "one three"


def test_a_thousand_levels_of_markup_need_no_recursion() -> None:
    deep = etree.fromstring("<P/>")
    inner = deep
    for _ in range(5000):
        inner = etree.SubElement(inner, "I")
    inner.text = "x"
    assert inline_text(deep) == "x"


# Fifty places of the official texts where a sign carries law; each was looked up in the source.
_CCL = "title-15_part-774_Supplement_No._1_to_Part_774.en.2026-06-24.xml"
_USML = "title-22_part-121.en.2026-03-25.xml"
_744 = "title-15_part-744.en.2026-07-18.xml"
_810 = "title-10_part-810.en.2026-06-18.xml"
SPOTS = [
    (_810, "810.2.b.7", "(^2H)"),
    (_810, "810.2.b.7", "(^1H)"),
    (_USML, "121.1.V.f.17", "250 m^2/g"),
    (_USML, "121.1.V.a.36.v", "3,3′-dinitro"),
    (_USML, "121.1.XI.a.3.x", "16 degrees^2"),
    (_USML, "121.1.XII.c.2.ii", "350 µA/lm"),
    (_USML, "121.1.XIII.e.2", "≤40 lb/ft^2"),
    (_USML, "121.1.XIII.e.2.i", "E_m ≥1.3"),
    (_USML, "121.1.XIII.e.2.ii", "E_m <1.3"),
    (_USML, "121.1.XIII.m.9", "E_m is"),
    (_USML, "121.1.XIV.a.1.i", "C_10"),
    (_USML, "121.1.XIV.a.1.vii", "α-picolinyl"),
    (_USML, "121.1.XV.a.7.iii", "Δλ"),
    (_744, "744.2.a", "know^1 that"),
    (_744, "supp-2.1.ii", "3.18x10^6m"),
    (_744, "supp-2.1.ii", "7.62x10^4m"),
    (_744, "supp-4.belize.ecothermcryolimited", "1 1⁄2 Miles"),
    (_744, "supp-4.russia.aleksanderkuznetsov", "9⁄6"),
    (_744, "supp-4.argentina.huaweicloudargentina", "of the EAR^2"),
    (_CCL, "1A227.a", "0.09 m^2"),
    (_CCL, "1B230.b", "8.5 m^3/h"),
    (_CCL, "1C002.c.1.a", "100 µm"),
    (_CCL, "1C003.c.2", "(B_s)"),
    (_CCL, "1C010.c.1.a", "SiO_2"),
    (_CCL, "1C225", "(^10B)"),
    (_CCL, "1C239", "1.8 g/cm^3"),
    (_CCL, "1C210.related-definitions", "±2"),
    (_CCL, "2A225.a.2.b", "CaZrO_3"),
    (_CCL, "2A225.a.2.h", "Y_2O_3"),
    (_CCL, "2B005.e", "0.1 mA/mm^2"),
    (_CCL, "2B006.b.3.c", "20±0.01 °C"),
    (_CCL, "2B206.d.1.b", "±5 mm"),
    (_CCL, "2B350.a.1", "0.1 m^3"),
    (_CCL, "3A001.a.12", "N log_2 N"),
    (_CCL, "3A001.b.5", "f_max/f_min"),
    (_CCL, "3A001.b.10", "20log_10F −"),
    (_CCL, "3A001.d.1", "10^−14 J"),
    (_CCL, "3A002.g.2", "10^−11/month"),
    (_CCL, "3A232.b", "5,000 mm^2"),
    (_CCL, "3A904.a", "600 µW"),
    (_CCL, "3B001.d.4.a.1", "H_2 +"),
    (_CCL, "3B001.d.4.a.2", "O_3"),
    (_CCL, "6A002.b.1", "200 µrad"),
    (_CCL, "6A004.a.1.b.2", "2 J/cm^2"),
    (_CCL, "6A004.f.2", "λ/20"),
    (_CCL, "6A005.d.1.d.1.b", "350W/cm^2"),
    (_CCL, "6C004.b.2", "AgGaSe_2"),
    (_CCL, "6C004.c.1.a", "10^−6 m^2/V^2"),
    (_CCL, "7A107.b", "±80 degrees"),
    (_CCL, "9A515.d.1", "5 × 10^3"),
    (_CCL, "9E003.e.3", "700 kW/m^3"),
]


@pytest.mark.parametrize("document", [_810, _USML, _744, _CCL])
def test_signs_survive_at_the_places_where_they_are_law(document: str) -> None:
    found = by_eid(read_bytes(corpus_file(f"files/www.ecfr.gov/ecfr/{document}").read_bytes()))
    missing = [
        (eid, sign)
        for where, eid, sign in SPOTS
        if where == document and sign not in found[eid].heading + found[eid].text
    ]
    assert missing == []


def test_fifty_places_are_looked_at() -> None:
    assert len({(document, eid, sign) for document, eid, sign in SPOTS}) >= 50


def test_a_superscript_split_over_lines_in_a_heading_keeps_its_power() -> None:
    """As the eCFR prints the heading of 4E091: ten, a line break, and 26 raised, within bold."""
    heading = etree.fromstring(
        "<FP-2><B>4E091 Weights trained on more than 10\n<SU>26</SU> operations</B></FP-2>"
    )
    assert inline_text(heading) == "4E091 Weights trained on more than 10^26 operations"
