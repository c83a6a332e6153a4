"""Hostile, broken and mutilated Japanese documents: a clear refusal or an honest reading, never a crash and never a silent loss."""

from __future__ import annotations

import json
import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.errors import UnreadableDocument
from normalize.reading import Hints, read
from tests.normalize.japan_fixtures import envelope, order_json, order_xml, page_bytes, reading


def nested(depth: int) -> bytes:
    return f"<Law><LawBody>{'<Section>' * depth}{'</Section>' * depth}</LawBody></Law>".encode()


def nested_json(depth: int) -> bytes:
    return ('{"tag":"Law","attr":{},"children":[' * depth + "]}" * depth).encode()


@pytest.mark.parametrize(
    "body",
    [
        b'<!DOCTYPE Law [<!ENTITY a "b">]><Law>&a;</Law>',
        b"\xff\xfe\x00\x00",
        b"PK\x03\x04....",
        b"%PDF-1.7",
        b"<html>",
        nested(200),
        nested(100_000),
        nested_json(150),
        nested_json(100_000),
        order_xml().encode()[:3000],
        order_xml().encode("cp932", "ignore"),
        order_xml().encode().replace(b"UTF-8", b"Shift_JIS"),
        envelope({"tag": "Law", "attr": {"Era": "\x00"}, "children": []}),
        envelope({"tag": "Law", "attr": {}, "children": ["\x01"]}),
        envelope({"tag": "Law", "attr": {}, "children": [{"tag": "bad tag", "attr": {}, "children": []}]}),
        envelope({"tag": "Law", "attr": {}, "children": [5]}),
        envelope({"tag": "Law", "attr": {}, "children": {"a": "b"}}),
        envelope({"tag": "Law", "attr": [], "children": [], "more": 1}),
        json.dumps({"law_full_text": 7}).encode(),
    ],
    ids=range(19),
)
def test_hostile_and_broken_bytes_are_refused_with_a_mend(body: bytes) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        reading(body)
    assert refused.value.thing
    assert refused.value.mend


def test_more_bytes_than_any_law_are_refused_before_they_are_parsed() -> None:
    body = b'{"law_full_text": "' + b"a" * (49 * 1024 * 1024) + b'"}'
    with pytest.raises(UnreadableDocument, match="more than"):
        reading(body)


def test_many_items_and_long_runs_are_read_in_time() -> None:
    items = "".join(
        f"<Item><ItemTitle>{n}</ItemTitle><ItemSentence><Sentence>甲</Sentence></ItemSentence></Item>"
        for n in range(1, 10_000)
    )
    run = "（一）　" + "（" * 20_000 + "イ　ロ　" * 20_000
    body = order_xml().replace(
        '<Item Num="1"><ItemTitle>一</ItemTitle><ItemSentence><Sentence>見本</Sentence></ItemSentence></Item>',
        items,
    )
    body = body.replace("水時計", run)
    read_ = reading(
        body
    )  # a reader that is quadratic in either would not come back within the patience of a test run
    assert read_.leftovers == ()
    assert any(provision.eid == "1/項2/9999" for provision in read_.expressions[0].walk())


@settings(max_examples=150, deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from(["xml", "json", "page", "meti"]))
def test_mutilated_documents_are_refused_or_read_whole(chance: random.Random, layout: str) -> None:
    source = {"xml": order_xml().encode(), "json": envelope(order_json())}.get(layout, page_bytes())
    body = bytearray(source)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(body))
        choice = chance.randrange(4)
        if choice == 0:
            del body[at : at + chance.randint(1, 200)]
        elif choice == 1:
            body[at:at] = body[at : at + chance.randint(1, 300)]
        elif choice == 2:
            body[at] = chance.randrange(256)
        else:
            body[at:at] = chance.choice(
                [b"<TableRow>", b"</Article>", b"<DIV>", b"&amp;", b"<B>", "一".encode(), b"</TABLE>"]
            )
    hints = Hints(
        as_of=date(2019, 6, 1),
        document="324CO0000000378_20190601_x",
        media_type="text/html" if layout != "json" else "",
    )
    try:
        read_ = read("jp_meti" if layout == "meti" else "jp_egov", bytes(body), hints)
    except UnreadableDocument:
        return
    eids = [provision.eid for expression in read_.expressions for provision in expression.walk()]
    assert len(eids) == len(set(eids))
    assert all(eids)
