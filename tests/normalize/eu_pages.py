"""One invented regulation in every dialect that the official sources print: written for these tests, nobody's law."""

from __future__ import annotations

import io
import zipfile
from datetime import date

from normalize.reading import Hints

CELEX = "32031R0077"
HINTS = Hints(as_of=date(2031, 3, 1), document=CELEX, media_type="text/html; charset=utf-8")


def item(label: str, inner: str, *, leading: bool = False) -> str:
    """An enumeration as the Official Journal lays it out: one table for each item."""
    empty = "<td/>" if leading else ""
    return (
        f'<table width="100%"><col/><col/><tbody><tr>{empty}<td><p class="oj-normal">{label}</p></td>'
        f"<td>{inner}</td></tr></tbody></table>"
    )


def p(text: str, name: str = "oj-normal") -> str:
    return f'<p class="{name}">{text}</p>'


MARK = '<a id="ntc1-L1-E0001" href="#ntr1-L1-E0001"> (<span class="oj-super oj-note-tag">1</span>)</a>'
BODY = "".join(
    [
        '<table><tbody><tr><td><p class="oj-hd-ti">Official Journal</p></td><td><p class="oj-hd-lg">EN</p></td>',
        '<td><p class="oj-hd-uniq">2031/77</p><p class="oj-hd-date">14.2.2031</p></td></tr></tbody></table>',
        '<div class="eli-container"><div class="eli-main-title" id="tit_1">',
        p("REGULATION (EU) 2031/77 OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL", "oj-doc-ti"),
        p("on the loan of sextants", "oj-doc-ti"),
        '</div><div class="eli-subdivision" id="pbl_1">',
        p("THE EUROPEAN PARLIAMENT AND THE COUNCIL,"),
        '<div class="eli-subdivision" id="cit_1">'
        + p(f"Having regard to the opinion of the Committee{MARK},")
        + "</div>",
        p("Whereas:"),
        '<div class="eli-subdivision" id="rct_1">' + item("(1)", p("Sextants should be lent.")) + "</div>",
        '<div class="eli-subdivision" id="rct_2">' + item("(2)", p("They should come back.")) + "</div>",
        p("HAVE ADOPTED THIS REGULATION:"),
        '</div><div class="eli-subdivision" id="enc_1"><div id="cpt_I">' + p("CHAPTER I", "oj-ti-section-1"),
        '<div class="eli-title">' + p("LENDING", "oj-ti-section-2") + "</div>",
        '<div class="eli-subdivision" id="art_1">' + p("Article 1", "oj-ti-art"),
        '<div class="eli-title">' + p("Subject matter", "oj-sti-art") + "</div>",
        p("This Regulation governs loans.") + "</div>",
        '<div class="eli-subdivision" id="art_2">' + p("Article 2", "oj-ti-art"),
        '<div class="eli-title">' + p("Conditions", "oj-sti-art") + "</div>",
        '<div id="002.001">' + p("1.\u00a0\u00a0\u00a0A loan requires:"),
        item("(a)", p("a mass of at most 10<span class='oj-super'>3</span> g;")),
        item(
            "(b)", p("one of the following:") + item("(i)", p("a deposit;")) + item("(ii)", p("a guarantor."))
        ),
        p("Point (b) does not apply to schools.") + "</div>",
        '<div id="002.002">'
        + p("2.\u00a0\u00a0\u00a0No loan exceeds EUR 10\u00a0000.")
        + "</div></div></div>",
        '<div class="eli-subdivision" id="art_3">' + p("Article 3", "oj-ti-art"),
        p("In Article 9 of Regulation (EU) 2030/5, the following paragraph is added:"),
        '<div id="009.004">' + p("‘4.\u00a0\u00a0\u00a0Sextants are exempt.’") + "</div>.</div></div>",
        '<div class="oj-final">' + p("Done at Brussels, 3 February 2031.") + "</div>",
        '<p class="oj-note"><a id="ntr1-L1-E0001" href="#ntc1-L1-E0001">(<span class="oj-super">1</span>)</a>  OJ C 5, 1.1.2030, p. 7.</p></div>',
        '<div class="eli-container" id="anx_I">' + p("ANNEX I", "oj-doc-ti") + p("Instruments", "oj-doc-ti"),
        p("Section A. Brass", "oj-ti-grseq-1") + item("1.", "<span>Sextants;</span>", leading=True),
        item("—", p("with a case,")) + item("—", p("without.")),
        p("Section B. Glass", "oj-ti-grseq-1") + item("1.", p("Lenses.")) + "</div>",
        '<table class="oj-table"><tr><td><p class="oj-tbl-hdr">Part</p></td><td><p class="oj-tbl-hdr">Mass</p></td></tr>',
        "<tr><td><p class='oj-tbl-txt'>Arc</p></td><td><p class='oj-tbl-txt'>40 g</p></td></tr></table>",
    ]
)


def page(body: str = BODY) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>L</title></head>'
        f"<body>{body}</body></html>"
    ).encode()


def wrapped(body: str = BODY, token: str = "a1") -> bytes:
    """The same act inside a site: menus, a session token, a footer, tags that are never closed."""
    return (
        f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8><link rel=x><script>var t='{token}'</script></head><body>"
        f"<nav><ul><li>Home<li>Sign in {token}</ul></nav><div class=shell><div id=crumbs>You are here {token}</div><div id=text>{body}</div>"
        f"<div class=related>Related 77</div></div><footer>Last visit {token}</footer></body></html>"
    ).encode()


_HEAD = "<BIB.INSTANCE><DOCUMENT.REF><COLL>L</COLL></DOCUMENT.REF><LG.DOC>EN</LG.DOC><NO.SEQ>{}</NO.SEQ></BIB.INSTANCE>"
ACT_XML = (
    "<ACT>"
    + _HEAD.format("0001")
    + "<TITLE><TI><P><HT TYPE='UC'>Regulation (EU) 2031/77 of the European Parliament and of the Council</HT></P>"
    "<P>on the loan of sextants</P></TI></TITLE><PREAMBLE><PREAMBLE.INIT><P>THE EUROPEAN PARLIAMENT AND THE COUNCIL,</P></PREAMBLE.INIT>"
    "<GR.VISA><VISA>Having regard to the opinion of the Committee<NOTE NOTE.ID='E0001'><P>OJ C 5, 1.1.2030, p. 7.</P></NOTE>,</VISA></GR.VISA>"
    "<GR.CONSID><GR.CONSID.INIT>Whereas:</GR.CONSID.INIT>"
    "<CONSID><NP><NO.P>(1)</NO.P><TXT>Sextants should be lent.</TXT></NP></CONSID>"
    "<CONSID><NP><NO.P>(2)</NO.P><TXT>They should come back.</TXT></NP></CONSID></GR.CONSID>"
    "<PREAMBLE.FINAL><P>HAVE ADOPTED THIS REGULATION:</P></PREAMBLE.FINAL></PREAMBLE><ENACTING.TERMS>"
    "<DIVISION><TITLE><TI><P>CHAPTER I</P></TI><STI><P>LENDING</P></STI></TITLE>"
    "<ARTICLE IDENTIFIER='001'><TI.ART>Article 1</TI.ART><STI.ART><P>Subject matter</P></STI.ART>"
    "<ALINEA>This Regulation governs loans.</ALINEA></ARTICLE>"
    "<ARTICLE IDENTIFIER='002'><TI.ART>Article 2</TI.ART><STI.ART><P>Conditions</P></STI.ART>"
    "<PARAG IDENTIFIER='002.001'><NO.PARAG>1.</NO.PARAG><ALINEA><P>A loan requires:</P><LIST TYPE='alpha'>"
    "<ITEM><NP><NO.P>(a)</NO.P><TXT>a mass of at most 10<HT TYPE='SUP'>3</HT> g;</TXT></NP></ITEM>"
    "<ITEM><NP><NO.P>(b)</NO.P><TXT>one of the following:</TXT><P><LIST TYPE='roman'>"
    "<ITEM><NP><NO.P>(i)</NO.P><TXT>a deposit;</TXT></NP></ITEM><ITEM><NP><NO.P>(ii)</NO.P><TXT>a guarantor.</TXT></NP></ITEM>"
    "</LIST></P></NP></ITEM></LIST></ALINEA><ALINEA>Point (b) does not apply to schools.</ALINEA></PARAG>"
    "<PARAG IDENTIFIER='002.002'><NO.PARAG>2.</NO.PARAG><ALINEA>No loan exceeds EUR <FT TYPE='NUMBER'>10000</FT>.</ALINEA></PARAG></ARTICLE>"
    "</DIVISION><ARTICLE IDENTIFIER='003'><TI.ART>Article 3</TI.ART><ALINEA><P>In Article 9 of Regulation (EU) 2030/5, the following paragraph is"
    " added:</P><QUOT.S><PARAG><NO.PARAG><QUOT.START CODE='2018'/>4.</NO.PARAG><ALINEA>Sextants are exempt.<QUOT.END CODE='2019'/></ALINEA></PARAG>"
    "</QUOT.S>.</ALINEA></ARTICLE></ENACTING.TERMS><FINAL><P>Done at Brussels, 3 February 2031.</P></FINAL></ACT>"
)
ANNEX_XML = (
    "<ANNEX>"
    + _HEAD.format("0001.0001")
    + "<TITLE><TI><P>ANNEX I</P></TI><STI><P>Instruments</P></STI></TITLE><CONTENTS>"
    "<GR.SEQ LEVEL='1'><TITLE><TI><P>Section A. Brass</P></TI></TITLE><LIST TYPE='ARAB'><ITEM><NP><NO.P>1.</NO.P><TXT>Sextants;</TXT></NP></ITEM></LIST>"
    "<LIST TYPE='DASH'><ITEM><P>with a case,</P></ITEM><ITEM><P>without.</P></ITEM></LIST></GR.SEQ>"
    "<GR.SEQ LEVEL='1'><TITLE><TI><P>Section B. Glass</P></TI></TITLE><LIST TYPE='ARAB'><ITEM><NP><NO.P>1.</NO.P><TXT>Lenses.</TXT></NP></ITEM></LIST>"
    "<TBL><CORPUS><ROW TYPE='HEADER'><CELL>Part</CELL><CELL>Mass</CELL></ROW><ROW><CELL>Arc</CELL><CELL>40 g</CELL></ROW></CORPUS></TBL></GR.SEQ>"
    "</CONTENTS></ANNEX>"
)


def formex_zip(**files: str) -> bytes:
    """A zip as Cellar gives it; by default the act and its annex, in the wrong order."""
    named = files or {"b.annex": ANNEX_XML, "z.act": ACT_XML}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in named.items():
            archive.writestr(f"{name}.fmx.xml", text)
    return buffer.getvalue()


CONSOLIDATED = """<html xmlns="http://www.w3.org/1999/xhtml"><head><title>CONSLEG</title></head><body>
<p class="reference">02021R0821 — EN — 08.11.2030 — 004.001</p><p class="disclaimer">A documentation tool.</p>
<table><tr><td><p class="arrow"><a>►B</a></p></td><td><p class="title-doc-first">REGULATION (EU) 2021/821</p>
<p class="title-doc-oj-reference">(OJ L 206, p. 1)</p></td></tr></table><p class="hd-modifiers">Amended by:</p>
<div class="eli-container"><div class="eli-main-title"><p class="title-doc-first">REGULATION (EU) 2021/821 OF THE COUNCIL</p></div>
<div class="eli-subdivision" id="art_2"><p class="title-article-norm">Article 2</p>
<div class="eli-title"><p class="stitle-article-norm">Terms</p></div>
<div class="norm"><span class="no-parag">1.  </span><div class="norm inline-element">A term means: <a href="#E0001" id="src.E0001">(<span class="superscript">1</span>)</a>
<div class="grid-container grid-list"><div class="list grid-list-column-1"><span>(a) </span></div>
<div class="grid-list-column-2"><p class="norm">►M1  a word ◄ or sign ◄;</p></div></div></div></div>
<p class="modref">▼M2</p><div class="norm"><span class="no-parag">1a.  </span><div class="norm inline-element">Inserted.</div></div>
<p class="modref">▼M3 —————</p></div>
<p class="title-article-norm">Article 2a</p><p class="stitle-article-norm">More</p><p class="norm">An article without an anchor.</p></div>
<p class="title-annex-1">ANNEX I</p><p class="title-annex-2">LIST OF ITEMS</p><p class="title-gr-seq-level-1">CATEGORY 3</p>
%s
<p class="footnote">(<a href="#src.E0001" id="E0001">1</a>) OJ L 1, 2.3.2020, p. 4.</p></body></html>"""


def grid(label: str, *inner: str) -> str:
    return (
        f'<div class="grid-container grid-list"><div class="list grid-list-column-1"><span>{label}</span></div>'
        f'<div class="grid-list-column-2">{"".join(inner)}</div></div>'
    )


def consolidated(entries: str) -> bytes:
    return ('<?xml version="1.0" encoding="UTF-8"?>' + CONSOLIDATED % entries).encode()


def norm(text: str) -> str:
    return f'<p class="norm">{text}</p>'
