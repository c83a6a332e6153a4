"""Bytes that are no document, or a hostile one: a clear refusal, little memory, no network; malformed ones are mended and told."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from archive.errors import UnreadableDocument
from normalize.mending import mend
from normalize.safe_xml import parse_xml
from tests.normalize.ecfr_fixtures import by_eid, fixture, read_bytes, section

_PART = fixture("part-990.xml")


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        (b"", "is empty"),
        (b" \r\n\t ", "is empty"),
        (b"<!DOCTYPE html>\n<html><head><title>Request Access</title></head></html>", "is a web page"),
        (b'<html lang="en"><body>Request Access</body></html>', "is a web page"),
        (b'{"errors": []}', "is JSON"),
        (b"[]", "is JSON"),
        (b"Service unavailable", "has no markup"),
        (b"\x1f\x8b\x08\x00rest", "is gzip-compressed"),
        (b"%PDF-1.7 rest", "is a PDF"),
        (b"PK\x03\x04rest", "is a zip archive"),
        (b'<?xml version="1.0"?>\n<RULE><P>x</P></RULE>', "root element is RULE, not "),
        (b'<?xml version="1.0"?>\n<DIV5 N="1" N="2"></DIV5>', "the XML is broken"),
        (b"<DIV5 N=1></DIV5>", "the XML is broken"),
        (b"<>", "no element"),
        (_PART[: len(_PART) // 2], "ends before its root closes: </DIV5> is missing"),
        (_PART[: _PART.rindex(b"</DIV5>")], "ends before its root closes"),
        (_PART[: _PART.rindex(b"</DIV5>") + 4], "ends before its root closes"),
        (
            b'<?xml version="1.0" encoding="ISO-8859-1"?>\n' + "<DIV5><P>§</P></DIV5>".encode(),
            "declares ISO-8859-1, but its bytes are UTF-8",
        ),
        (
            b'<?xml version="1.0" encoding="UTF-8"?>\n<DIV5><P>\xa7</P></DIV5>',
            r"declares UTF-8, but byte \d+ is not",
        ),
        (b"<DIV5><P>caf\xe9</P></DIV5>", "is taken for UTF-8, but byte"),
        (b'<?xml version="1.0" encoding="UTF-16"?>\n<DIV5><P>x</P></DIV5>', "UTF-16|broken|decoded"),
        (b'<?xml version="1.0" encoding="x-no-such"?>\n<DIV5><P>x</P></DIV5>', "x-no-such|broken|decoded"),
        (b"<DIV5>" * 100_000 + b"</DIV5>" * 100_000, "nested deeper"),
        (b"<DIV5>" + b"<P>" * 150 + b"x" + b"</P>" * 150 + b"</DIV5>", "more than 100 elements deep"),
        (b"<DIV5></DIV5>", "nothing says which title"),
        (b"<DIV1><HEAD>Title</HEAD></DIV1>", "no part, section or appendix"),
    ],
)
def test_what_is_no_document_is_refused_with_the_reason_and_the_mend(body: bytes, complaint: str) -> None:
    with pytest.raises(UnreadableDocument, match=complaint) as caught:
        read_bytes(body, document="some-document")
    assert caught.value.thing == "some-document"
    assert caught.value.mend
    assert caught.value.exit_status == 2


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE DIV5 [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE DIV5 [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE DIV5 [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_declared_entities_are_refused_before_they_are_read(declaration: str, encoding: str) -> None:
    body = f'<?xml version="1.0" encoding="{encoding}"?>{declaration}<DIV5><P>&b;&x;</P></DIV5>'.encode(
        encoding
    )
    with pytest.raises(UnreadableDocument, match="declares entities"):
        read_bytes(body)


def test_an_external_document_type_is_not_fetched() -> None:
    body = (
        b'<!DOCTYPE DIV5 SYSTEM "http://127.0.0.1:9/ecfr.dtd">'
        + section("<P>(a) Lit.</P>").split(b"?>\n", 1)[1]
    )
    assert by_eid(read_bytes(body))["990.1.a"].text == "Lit."


def test_200_megabytes_are_refused_by_their_size_before_parsing() -> None:
    body = b"<DIV5>" + b"x" * (200 * 1024 * 1024)  # not closed: a parser that saw it would say so
    with pytest.raises(UnreadableDocument, match=r"209,715,2\d\d bytes, more than"):
        read_bytes(body)


def test_millions_of_tags_are_refused_by_their_number() -> None:
    with pytest.raises(UnreadableDocument, match="tags and attributes"):
        read_bytes(b"<DIV5>" + b"<P/>" * 2_000_000 + b"</DIV5>")


@pytest.mark.skipif(
    not Path("/proc/self/status").is_file(), reason="the kernel does not tell a program's peak here"
)
def test_the_largest_body_that_is_read_stays_under_500_megabytes() -> None:
    """As many tags as are allowed, in one flat run, in a process of its own. Its peak is read from the kernel's account of the
    program (VmHWM, in KiB): ``ru_maxrss`` of a child begins with what its parent held when it was forked."""
    program = (
        "import re\n"
        "from normalize.safe_xml import parse_xml\n"
        "body = b'<DIV5>' + b'<P/>x' * 1_400_000 + b'</DIV5>'\n"
        "parse_xml(body, thing='t')\n"
        "print(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 500 * 1024


_LIST_HEAD = (
    b"<TABLE><THEAD><TR><TH>Country</TH><TH>Entity</TH><TH>Citation</TH></TR></THEAD><TR><TD>A</TD><TD>"
)


@pytest.mark.parametrize(
    "body",
    [
        b"<BLURB>x</BLURB>" * 20_000,
        b"<P>(a) x</P>" * 2_000,
        b"<P>" + b"(a)" * 50_000 + b"</P>",
        b"<P>" + b" <SU>1</SU>" * 30_000 + b"</P>",
        b"<P>" + b'< "' * 50_000 + b"</P>",
        b"<P>&" + b"<!--" * 50_000 + b"</P>",
        b"<TABLE>" + b"<TR><TD>a</TD><TD>1</TD></TR>" * 10_000 + b"</TABLE>",
        _LIST_HEAD + b"the following subordinate x of " * 10_000 + b"</TD><TD>1 FR 1</TD></TR></TABLE>",
        _LIST_HEAD + b"a, ltd, " * 10_000 + b"</TD><TD>1 FR 1</TD></TR></TABLE>",
        b"<EFFDNOT><PSPACE>At 1 FR 1, Jan. 1, 2020, paragraphs "
        + b"(a)" * 20_000
        + b" was stayed.</PSPACE></EFFDNOT>",
    ],
    ids=range(10),
)
def test_no_repetition_makes_the_reader_slow(body: bytes) -> None:
    start = time.process_time()
    read_bytes(section("@").replace(b"@", body))
    assert time.process_time() - start < 4


# ── malformed but complete ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("malformed", "text", "said"),
    [
        ("<P>(a) Oil & wicks.</P>", "Oil & wicks.", "a bare & was read as text"),
        ("<P>(a) Under 5 < 6 lamps.</P>", "Under 5 < 6 lamps.", "a bare < was read as text"),
        ("<P>(a) Oil&nbsp;and&mdash;wicks &sect; 1.</P>", "Oil and—wicks § 1.", "&mdash; was read as '—'"),
        ("<P>(a) <I>Oil and wicks.</P>", "Oil and wicks.", "<I> was never closed"),
        (
            "<P>(a) Oil and wicks.",
            "Oil and wicks.",
            "<P> was never closed and ends where the next <P> begins",
        ),
        ("<P>(a) Oil</B> and wicks.</P>", "Oil and wicks.", "</B> without its start was left out"),
        ("<P>(a) Oil\x0b and wicks.</P>", "Oil and wicks.", "a control character"),
    ],
)
def test_malformed_markup_is_mended_without_losing_a_word_and_told(
    malformed: str, text: str, said: str
) -> None:
    reading = read_bytes(section(f"{malformed}<P>(b) The next.</P>"))
    found = by_eid(reading)
    first = found["990.1.a"]
    assert f"{first.heading} {first.text}".strip() == text
    assert found["990.1.b"].text == "The next.", "the damage stays where it is"
    assert any("malformed" in remark.message and said in remark.message for remark in reading.remarks)
    assert reading.leftovers == ()


def test_a_section_that_was_never_closed_ends_where_the_part_ends() -> None:
    body = _PART.replace(b"</DIV8>\n</DIV7>", b"</DIV7>")
    reading = read_bytes(body)
    assert by_eid(reading).keys() == by_eid(read_bytes(_PART)).keys()
    assert any("<DIV8> was never closed" in remark.message for remark in reading.remarks)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<A>",
                "</A>",
                "<B x='1'>",
                "</B>",
                "<C/>",
                "&",
                "&amp;",
                "&lt;",
                "< ",  # at once before a letter it would open a tag
                ">",
                "x ",
                "<!--",
                "-->",
                "]]>",
                '"',
                "&#1;",
                "<![CDATA[",
                "&bogus;",
            ]
        ),
        max_size=25,
    )
)
def test_mending_makes_any_complete_markup_well_formed_and_keeps_its_words(tokens: list[str]) -> None:
    mended = mend(f"<R>{''.join(tokens)}</R>", depth_limit=50)
    root = etree.fromstring(mended.text.encode())
    words = "".join(root.itertext())
    if "<!--" not in tokens and "<![CDATA[" not in tokens:
        assert words.count("x") == sum(token == "x " for token in tokens)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    with contextlib.suppress(UnreadableDocument):
        assert parse_xml(body, thing="t").root.tag


def _cuts() -> Iterator[int]:
    yield from range(1, len(_PART) - 10, 701)


def test_a_document_cut_anywhere_is_refused() -> None:
    for at in _cuts():
        with pytest.raises(UnreadableDocument):
            read_bytes(_PART[:at])
