"""A short run of the fuzzer, always the same; its findings stay below as cases of their own."""

from __future__ import annotations

import pytest

from tests.fuzz.mutations import mutated
from tests.fuzz.target import SOURCES, one_input, run, seeds

# Each entry broke a reader once: the source, the bytes, and whether they are a document.
FINDINGS = [
    # An empty slug was asked for its roman value (a paragraph of punctuation alone).
    ("us_ecfr", b'<DIV9 N="Supplement No. 1 to Part 990"><P>1</P><P>:</P></DIV9>', True),
    # A heading without words before the first category of the Commerce Control List.
    (
        "us_ecfr",
        b'<DIV9 N="Supplement No. 1 to Part 774"><HEAD>Supplement No. 1 to Part 774</HEAD><HD1></HD1><NOTE><HED>Note:</HED>'
        b"<P>x</P></NOTE><FP-2><B>3A090 X.</B></FP-2></DIV9>",
        True,
    ),
    # Two lists whose names differ in their marks alone.
    (
        "us_csl",
        b"_id,source,entity_number,name,alt_names,type,title,addresses,programs,federal_register_notice,start_date,end_date,"
        b"standard_order,license_requirement,license_policy,call_sign,vessel_type,gross_tonnage,gross_registered_tonnage,"
        b"vessel_flag,vessel_owner,remarks,citizenships,dates_of_birth,nationalities,places_of_birth,ids,source_list_url,"
        b"source_information_url\n1,Alpha (A) - List,,One,,,,,,,,,,,,,,,,,,,,,,,,,\n2,Alpha (A) List,,Two,,,,,,,,,,,,,,,,,,,,,,,,,\n",
        True,
    ),
    # A tag that begins with a colon, which the parser lets pass and its own names do not.
    ("us_ofac_sdn", b'<sdnList xmlns="http://x"><:mg/></sdnList>', False),
    # A page whose only marks of an act stand outside its body.
    ("eu_dual_use", b'<title></title><body></body><div class="grid-list-column-2">', False),
    # A control character in the attribute that joins a footnote to its call.
    (
        "eu_dual_use",
        b'<html><body><p class="title-doc-first">REGULATION (EU) 2021/821</p><p class="title-article-norm">Article 2</p>'
        b'<p class="norm">A term <a href="#E0001" id="src.E\x0c0001">(<span class="superscript">1</span>)</a>.</p>'
        b'<p class="footnote">(<a href="#src.E0001" id="E0001">1</a>) OJ L 1.</p></body></html>',
        True,
    ),
    # A day that no month has, in the record of an order and in the head of a regulation.
    (
        "uk_legislation",
        b'<Legislation xmlns="http://www.legislation.gov.uk/namespaces/legislation" DocumentURI="http://www.legislation.gov.uk/uksi/2031/77">'
        b'<ukm:Metadata xmlns:ukm="http://www.legislation.gov.uk/namespaces/metadata" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        b"<dc:modified>2031-54-02</dc:modified></ukm:Metadata><Secondary><Body><P1><Pnumber>1</Pnumber><P1para><Text>x</Text></P1para></P1>"
        b"</Body></Secondary></Legislation>",
        True,
    ),
    (
        "eu_ai_act",
        b'<html><body><p class="oj-hd-date">31.2.2031</p><div class="eli-container"><p class="oj-doc-ti">REGULATION (EU) 2031/77</p>'
        b'<p class="oj-ti-art">Article 1</p><p class="oj-normal">A term.</p></div></body></html>',
        True,
    ),
    # Two marks without words, which are two paragraphs however alike they are.
    (
        "web_page",
        b"<html><body><main><h1>T</h1><p>Words of the page, long enough to be content of it.</p><p>(i)</p><p>(ii) x</p><p>(i)</p>"
        b"</main></body></html>",
        True,
    ),
    # A chapter inside a part.
    ("us_ecfr", b'<DIV5 N="990"><DIV3 N="I"><HEAD>X</HEAD><P>x</P></DIV3></DIV5>', True),
]


# How many mutations of each source, and how many of them have at least to be taken for documents. The lists are strict, and so is a PDF:
# most of their neighbours are rightly refused.
_ROUNDS = {
    "us_ecfr": (500, 101),
    "us_federal_register": (500, 101),
    "us_csl": (500, 1),
    "us_bis_dpl": (500, 1),
    "us_ofac_sdn": (500, 1),
}
_ROUNDS |= {"uk_notices": (500, 25), "pdf_document": (500, 1)}


@pytest.mark.parametrize("source", SOURCES)
def test_neighbours_of_the_fixtures_are_read_or_refused(source: str) -> None:
    assert seeds(source)
    rounds, least = _ROUNDS.get(source, (500, 100))
    done, taken = run(source, rounds=rounds, seed=20261122)
    assert done == rounds
    assert taken >= least, "the mutations are too wild to say anything of the reader"


@pytest.mark.parametrize(("source", "body", "is_document"), FINDINGS)
def test_what_broke_a_reader_once_does_so_no_more(source: str, body: bytes, is_document: bool) -> None:
    assert one_input(source, body) is is_document


def test_mutations_differ_from_what_they_come_from() -> None:
    import random

    body = seeds("us_ecfr")[0]
    assert len({mutated(body, random.Random(seed)) for seed in range(20)} - {body}) > 15
