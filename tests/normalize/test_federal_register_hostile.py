"""Federal Register input that is broken, hostile, or differs only in what carries no meaning."""

from __future__ import annotations

import json
import random
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.errors import TocsinError, UnreadableDocument
from archive.records import Provision, Reading
from normalize.reading import Hints, read

FIXTURES = Path(__file__).parent / "federal_register"
RULE = (FIXTURES / "rule.xml").read_text(encoding="utf-8")
HINTS = Hints(as_of=date(2026, 3, 2), document="2026-90001")


def read_paper(body: bytes | str) -> Reading:
    return read("us_federal_register", body.encode() if isinstance(body, str) else body, HINTS)


def outcome(body: str) -> Reading | str:
    """What was read, or the line of the error."""
    try:
        return read_paper(body)
    except TocsinError as refused:
        return refused.line()


def texts(reading: Reading) -> list[tuple[str, str, str, str]]:
    (expression,) = reading.expressions
    return [(p.eid, p.num, p.heading, p.text) for p in expression.walk()]


def test_an_unknown_element_is_a_leftover_with_its_place() -> None:
    reading = read_paper(
        RULE.replace("<P>Costs are small.</P>", "<HOLOGRAM>Costs <E T='03'>shimmer</E>.</HOLOGRAM>")
    )
    assert [(item.place, item.text) for item in reading.leftovers] == [
        ("/RULE/SUPLINF/HOLOGRAM", "Costs shimmer.")
    ]


def test_an_unknown_element_within_another_is_told_once() -> None:
    reading = read_paper(
        RULE.replace("<P>Costs are small.</P>", "<HOLOGRAM><RAY><BEAM>Light</BEAM></RAY></HOLOGRAM>")
    )
    assert [item.text for item in reading.leftovers] == ["Light"]


def test_text_outside_of_paragraphs_is_kept_and_remarked() -> None:
    reading = read_paper(RULE.replace("<P>Exports.</P>", "Imports.<P>Exports.</P>"))
    assert reading.leftovers == ()
    assert any(text == "Imports." for _, _, _, text in texts(reading))
    assert any("outside of its paragraphs" in remark.message for remark in reading.remarks)


def test_strays_in_a_table_are_leftovers() -> None:
    reading = read_paper(RULE.replace("<ENT>4</ENT>", "<ENT>4</ENT>stray<NAME>more</NAME>"))
    assert sorted(item.text for item in reading.leftovers) == ["more", "stray"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"<html><body>Request Access</body></html>", "web page"),
        (b"<ECFR><P>x</P></ECFR>", "root element is ECFR"),
        (RULE.encode()[: len(RULE) // 2], "cut off"),
        (b'<!DOCTYPE RULE [<!ENTITY a "b">]><RULE><P>&a;</P></RULE>', "declares entities"),
        (b"<RULE>" + b"<EXTRACT>" * 100_000 + b"x" + b"</EXTRACT>" * 100_000 + b"</RULE>", "deeper"),
        (b"<RULE/>", "no text"),
        (b"<FEDREG><VOL>1</VOL></FEDREG>", "no paper"),
        (b'{"document_number": "2026-90001", "title": "x"', "broken or cut off"),
        (b"[" * 200_000, "deeper"),
        (b'["' + b"]" * 100_000 + b'",' + b"[" * 99_000 + b"]" * 99_000 + b"]", "deeper"),
        (b'{"document_number": 1' + b"0" * 6000 + b', "title": "x"}', "no answer has"),
        (b'{"document_number": NaN, "title": "x"}', "no answer has"),
        (b'{"count": 0}', "no record"),
        (b'{"results": [{"title": "no number"}]}', "no record of a paper"),
        (b'{"document_number": "2026-1", "title": "x", "publication_date": "soon"}', "not a date"),
        (b'\xff{"a": 1}', ""),
    ],
)
def test_what_is_no_paper_is_refused_in_one_clear_line(body: bytes, said: str) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        read_paper(body)
    line = refused.value.line()
    assert said in line
    assert "\n" not in line
    assert refused.value.mend


def test_malformed_markup_is_mended_and_told_or_refused() -> None:
    broken = RULE.replace("<P>Costs are small.</P>", "<P>Costs are small & few.</P>")
    reading = read_paper(broken)
    assert reading.remarks
    assert any(text == "Costs are small & few." for _, _, _, text in texts(reading))


def test_the_order_of_attributes_changes_nothing() -> None:
    swapped = RULE.replace('TITLE="15" PART="744"', 'PART="744" TITLE="15"')
    assert texts(read_paper(swapped)) == texts(read_paper(RULE))


@given(st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_white_space_between_blocks_changes_nothing(chance: random.Random) -> None:
    noisy = re.sub(
        r">\n\s*<", lambda _: ">" + "\n" * chance.randint(1, 3) + " " * chance.randint(2, 9) + "<", RULE
    )
    blocks = ("PREAMB", "REGTEXT", "SIG", "AGY")
    for name in blocks:
        noisy = noisy.replace(f"</{name}>", f"{' ' * chance.randint(0, 5)}</{name}>")
    assert texts(read_paper(RULE))[:10] == texts(read_paper(noisy))[:10]


@given(
    st.integers(min_value=1, max_value=99_999), st.sampled_from(["Costs", "Why", "Writ", "reach", "Estim"])
)
@settings(max_examples=25, deadline=None)
def test_a_page_mark_inside_a_word_changes_nothing(page: int, word: str) -> None:
    at = RULE.index(word) + len(word) - 1
    marked = f'{RULE[:at]}<PRTPAGE P="{page}"/>{RULE[at:]}'
    assert texts(read_paper(marked)) == texts(read_paper(RULE))


@given(st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_damage_is_read_whole_or_refused_but_never_breaks_the_reader(chance: random.Random) -> None:
    damaged = list(RULE)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(damaged))
        damaged[at] = chance.choice(["<", ">", "", "&", "/", '"', "<P>", "</P>", "<FTNT>", "\x00", "é"])
    reading = outcome("".join(damaged))
    if isinstance(reading, str):
        assert reading
        assert "\n" not in reading
    else:
        eids = [provision.eid for expression in reading.expressions for provision in expression.walk()]
        assert len(eids) == len(set(eids))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "document_number",
                        "title",
                        "type",
                        "agencies",
                        "docket_ids",
                        "cfr_references",
                        "results",
                        "x",
                    ]
                ),
                inner,
            )
        ),
        max_leaves=12,
    )
)
@settings(max_examples=80, deadline=None)
def test_any_json_is_a_paper_or_a_clear_error(value: object) -> None:
    reading = outcome(json.dumps(value))
    if isinstance(reading, str):
        assert reading
    else:
        assert all(expression.work.startswith("us/fr/") for expression in reading.expressions)


def test_many_alike_headings_get_addresses_in_fair_time() -> None:
    body = (
        "<NOTICE><PREAMB>"
        + "<HD SOURCE='HD1'>Same</HD><P>x</P>" * 20_000
        + "</PREAMB><FRDOC>[FR Doc. 2026-90001</FRDOC></NOTICE>"
    )
    (expression,) = read_paper(body).expressions
    roots: tuple[Provision, ...] = expression.provisions
    assert roots[19_999].eid == "same-20000"


def test_many_page_marks_in_one_word_are_taken_out_in_fair_time() -> None:
    word = 'a<PRTPAGE P="1"/>' * 50_000
    body = f"<NOTICE><PREAMB><P>{word}</P></PREAMB><FRDOC>[FR Doc. 2026-90001</FRDOC></NOTICE>"
    (expression,) = read_paper(body).expressions
    assert expression.provisions[0].text == "a" * 50_000
