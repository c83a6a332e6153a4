"""Neighbours of a document: its tokens dropped, doubled, moved, or replaced by odd ones; of a zip, of the files in it."""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib

from tests.fuzz.pdf_mutations import mutated_pdf

_TOKENS = re.compile(rb"<[^<>]*>|[^<>\s]+|\s+")
_ODDITIES = tuple(
    b'<P>|</P>|<DIV8 N="990.1">|</DIV8>|<TABLE>|<TR><TD colspan="9" rowspan="9">|</TABLE>|<NOTE>|</NOTE>|<EXTRACT><HD1>|<FTNT>'
    b'|<SU>|</SU>|<E T="52">|<FR>|<br/>|<img/>|(a)|(i)|(l)|(ii)|(1)|(A)|(zz)|(j)-(w) [Reserved]|* (b)|1.|A.|[Reserved]|&|&amp;|<|>|&#0;'
    b"|\xa7|\xc2\xa7|\x00|\xe2\x80\x94|At 90 FR 1, Jan. 2, 2025, paragraph (a) was stayed until Nov. 9, 2026.|Category XI|<!--|]]>|^|_"
    b'|<Item Num="2"><ItemTitle>\xe4\xba\x8c</ItemTitle>|</Item>|<Ruby>x<Rt>y</Rt></Ruby>|\xe5\x89\x8a\xe9\x99\xa4|\xef\xbc\x88\xe4\xb8\x80\xef\xbc\x89'
    b'|<table><tr><td>(a)</td><td>|</td></tr></table>|<p class="oj-ti-art">Article 3</p>|<div>|</div>|<P3><Pnumber>b</Pnumber>|<DL><DT>1.</DT><DD><LA>|</LA></DD></DL>'
    b'|\xe7\xac\xac\xe4\xb8\x80\xe6\x9d\xa1|{|}|[|]|null|"details"|/Type|BT|ET'
    b"|<HD1>|</HD1>|<SCOL2><LI>|</LI></SCOL2>|<STARS/>|<MATH>|<EFFDNOT>|<BLURB>|3A090|a.1.|\xef\xbb\xbf"
    b'|<p class="modref">|<ALINEA>|</ALINEA>|<LIST><ITEM><NP><NO.P>(a)</NO.P><TXT>x</TXT></NP></ITEM></LIST>|<QUOT.S>|<ANNEX>|<TI.ART>Article 9</TI.ART>|<TBL><CORPUS><ROW><CELL COL="9">'
    b'|However, Chapters I and II shall apply from 2 February 2025.|It shall apply from 31 February 2026.|<rowspan>|<td rowspan="0">|<sup>1</sup>'
    b'|\xe6\x96\xbd\xe8\xa1\x8c\xe6\x9c\x9f\xe6\x97\xa5|"children"|"tag"|"attr"|<h2 id="b">B</h2>|<blockquote>|&nbsp;|&shy;|\xe8\xa1\xa8|%E4'.split(
        b"|"
    )
)


def mutated(body: bytes, choose: random.Random) -> bytes:
    """A neighbour of ``body``, of its own kind: a PDF stays a PDF, a zip (mostly) a zip, anything else is taken for markup."""
    if body.startswith(b"%PDF-"):
        return mutated_pdf(body, choose)
    if body.startswith(b"PK\x03\x04"):
        return _mutated_zip(body, choose)
    return _mutated_markup(body, choose)


def _mutated_markup(body: bytes, choose: random.Random) -> bytes:
    """A few of its tokens dropped, doubled, moved or replaced by odd ones, or a few bytes broken."""
    tokens = _TOKENS.findall(body)
    for _ in range(choose.randint(1, 12)):
        at = choose.randrange(len(tokens)) if tokens else 0
        action = choose.randrange(6)
        if not tokens or action == 0:
            tokens.insert(at, choose.choice(_ODDITIES))
        elif action == 1:
            del tokens[at : at + choose.randint(1, 8)]
        elif action == 2:
            tokens[at:at] = tokens[at : at + choose.randint(1, 20)]
        elif action == 3:
            other = choose.randrange(len(tokens))
            tokens[at], tokens[other] = tokens[other], tokens[at]
        elif action == 4:
            tokens[at] = choose.choice(_ODDITIES)
        else:
            token = bytearray(tokens[at])
            token[choose.randrange(len(token))] = choose.randrange(256)
            tokens[at] = bytes(token)
    made = b"".join(tokens)
    return made[: choose.randrange(len(made) + 1)] if choose.random() < 0.02 else made


def _mutated_zip(body: bytes, choose: random.Random) -> bytes:
    """One file of it mutated, dropped, doubled or renamed; now and then a broken byte of the zip itself."""
    if choose.random() < 0.1:
        broken = bytearray(body)
        broken[choose.randrange(4, len(broken))] = choose.randrange(256)
        return bytes(broken)
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            files = [(info.filename, archive.read(info)) for info in archive.infolist()]
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError):
        return body[: choose.randrange(len(body) + 1)]
    action = choose.randrange(8)
    if files:
        at = choose.randrange(len(files))
        name, data = files[at]
        if action == 0:
            del files[at]
        elif action == 1:
            files.append((f"copy-{name}"[-60:], data))
        elif action == 2:
            files[at] = (choose.choice(("a/b.xml", "../up.fmx.xml", "x.doc.xml", "notes.txt", "")), data)
        else:
            files[at] = (name, _mutated_markup(data, choose))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", choose.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as archive:
        for name, data in files:
            archive.writestr(zipfile.ZipInfo(name), data)
    return packed.getvalue()
