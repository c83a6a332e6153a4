"""Conservation of Japanese law, audited by code that shares nothing with the readers.

For every e-Gov document of the corpus (standard XML, JSON trees, Shift_JIS pages) the characters that the source prints are those of the provisions and
of the declared discards, neither more nor fewer. XML is taken apart by ``expat``, pages by ``html.parser``, JSON by ``json``.
"""

from __future__ import annotations

import html.parser
import json
import re
import xml.parsers.expat
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from archive.errors import UnreadableDocument
from archive.records import Provision, Reading
from diffing.engine import compare
from normalize.reading import Hints, profile, read
from tests.corpus import corpus_entries, corpus_file, corpus_folder

_OURS = dict.fromkeys(map(ord, "^_|"))
_WORD = re.compile(r"[^\W_]{2,}")


class _PageText(html.parser.HTMLParser):
    """What a page prints: its character data outside of the head."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in ("head", "style", "script")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("head", "style", "script")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.pieces.append(data)


def _printed(body: bytes, layout: str) -> str:
    if layout == "html":
        page = _PageText()
        page.feed(body.decode("cp932"))
        return "\n".join(page.pieces)
    pieces: list[str] = []
    if layout == "xml":
        parser = xml.parsers.expat.ParserCreate()
        parser.buffer_text = True
        parser.CharacterDataHandler = pieces.append
        parser.EndElementHandler = lambda name: pieces.append("\n")
        parser.Parse(body, True)
        return "".join(pieces)
    stack: list[object] = [json.loads(body)]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            pieces.append(node)
        elif isinstance(node, dict):
            stack.extend(reversed(node["children"]))
    return "\n".join(pieces)


def _characters(text: str) -> Counter[str]:
    return Counter("".join(text.translate(_OURS).split()))


def _kept(reading: Reading) -> str:
    pieces = [
        part
        for expression in reading.expressions
        for provision in expression.walk()
        for part in (provision.num, provision.heading, provision.text)
    ]
    return "\n".join([*pieces, *(discard.text for discard in reading.discards)])


def _entries() -> Iterator[dict[str, object]]:
    yield from corpus_entries(host="laws.e-gov.go.jp", kind="egov_law")
    yield from corpus_entries(host="law.e-gov.go.jp", kind="page")


def _read(entry: dict[str, object]) -> tuple[bytes, Reading]:
    body = corpus_file(str(entry["file"])).read_bytes()
    hints = Hints(
        as_of=date.fromisoformat(str(entry["valid_from"])),
        document=str(entry["id"]),
        media_type=str(entry["media_type"]),
        meta=dict(entry["meta"]),  # type: ignore[call-overload]
    )
    return body, read("jp_egov", body, hints)


def _provisions(reading: Reading) -> dict[str, Provision]:
    return {provision.eid: provision for provision in reading.expressions[0].walk()}


def test_every_japanese_document_of_the_corpus_is_conserved_to_the_character() -> None:
    audited: Counter[str] = Counter()
    for entry in _entries():
        body, reading = _read(entry)
        name, layout = Path(str(entry["file"])).name, str(entry["format"])
        assert [leftover.text for leftover in reading.leftovers] == [], name
        assert {discard.rule for discard in reading.discards} <= profile("jp_egov").discard_names, name
        printed, kept = _printed(body, layout), _kept(reading)
        missing, extra = _characters(printed) - _characters(kept), _characters(kept) - _characters(printed)
        assert (dict(missing), dict(extra)) == ({}, {}), name
        # Characters could be exchanged between words: the words, broken only where a mark was cut off or a line ended, are there too.
        words, whole = Counter(_WORD.findall(printed)), "".join(kept.split())
        lost = [word for word in words if word not in whole]
        assert len(lost) <= len(words) // 50, (name, lost[:20])
        eids = [provision.eid for provision in reading.expressions[0].walk()]
        assert len(eids) == len(set(eids)), name
        audited[layout] += 1
    assert audited["xml"] >= 114
    assert audited["json"] >= 2
    assert audited["html"] >= 18


def test_the_auditor_sees_a_lost_and_a_doubled_character() -> None:
    body, reading = _read(next(_entries()))
    printed, kept = _characters(_printed(body, "xml")), _kept(reading)
    assert printed == _characters(kept)
    assert printed != _characters(kept.replace("貨", "", 1))
    assert printed != _characters(kept + "貨")


def _pages() -> dict[str, dict[str, dict[str, object]]]:
    found: dict[str, dict[str, dict[str, object]]] = {}
    for entry in corpus_entries(host="law.e-gov.go.jp", kind="page"):
        found.setdefault(Path(str(entry["id"])).stem, {})[str(entry["valid_from"])] = entry
    return found


def test_of_the_nine_pages_three_are_unchanged_four_differ_in_one_date_and_two_in_law() -> None:
    unchanged, dated, amended = [], [], []
    for name, pair in _pages().items():
        (old_body, old), (new_body, new) = _read(pair["2013-11-02"]), _read(pair["2013-11-26"])
        changes = compare(old.expressions[0], new.expressions[0])
        if old_body == new_body:
            assert changes == ()
            unchanged.append(name)
        elif len(changes) == 1:
            (change,) = changes
            assert change.kind == "substitution"
            assert str(change.new_eid).startswith("附則/平成25年経済産業省令第51号/")
            assert [text for sign, text in change.ops if sign == "-"] == ["平成二十五年九月二十七日"]
            dated.append(name)
        else:
            eids = {change.old_eid for change in changes}
            assert "未施行/平成25年政令第267号" in eids
            assert any(str(eid).startswith("別表") for eid in eids)
            assert {change.materiality for change in changes} == {"substantive"}
            amended.append(name)
    assert len(unchanged) == 3
    assert len(dated) == 4
    assert sorted(amended) == ["S24SE378", "S55SE260"]


def test_each_bracketed_item_of_the_appended_table_is_a_provision_in_both_forms() -> None:
    (page,) = [pair["2013-11-26"] for name, pair in _pages().items() if name == "S24SE378"]
    orders = [entry for entry in _entries() if str(entry["id"]).startswith("324CO0000000378_")]
    assert len(orders) >= 30
    for entry in (page, *orders):
        found = _provisions(_read(entry)[1])
        assert found["別表1/7/16"].num == "（十六）"
        assert "半導体" in found["別表1/7/16"].text
        assert found["別表1/15/1"].text.endswith("五の項（十六）に掲げる貨物を用いた繊維を使用した成型品")
        rows = [eid for eid in found if re.fullmatch(r"別表1/[0-9_]+", eid)]
        assert len(rows) == 17
        marks = [
            eid
            for eid in found
            if re.fullmatch(r"別表1/[0-9_]+/[0-9_:]+", eid) and found[eid].num.startswith("（")
        ]
        assert len(marks) >= 200
        assert not [eid for eid in found if eid.startswith("別表1/") and re.search(r"-[0-9]+$", eid)]


def test_every_bracket_that_begins_an_item_on_a_page_is_the_mark_of_one_provision() -> None:
    for pair in _pages().values():
        for entry in pair.values():
            body, reading = _read(entry)
            begun = re.findall(
                r"(?:<BR>|<TD[^>]*>)\s*（([一二三四五六七八九十]+(?:の[一二三四五六七八九十]+)*)）　",
                body.decode("cp932"),
            )
            marks = Counter(provision.num for provision in reading.expressions[0].walk())
            short = Counter(f"（{mark}）" for mark in begun) - marks
            assert not short, (entry["id"], short)


def test_articles_of_the_ministerial_order_are_cited_to_the_last_number() -> None:
    (entry,) = [entry for entry in _entries() if str(entry["id"]).startswith("403M50000400049_20230723_")]
    found = _provisions(_read(entry)[1])
    assert found["6/16_2"].num == "十六の二"
    assert found["6/17/レ/6/1/1"].text.startswith("二以上の金属の供給源を有するもの")


def test_the_empty_answer_that_was_once_published_as_the_law_is_refused() -> None:
    folder = corpus_folder() / "extra" / "japan"
    body = (folder / "355CO0000000260.20260622.json").read_bytes()
    hints = Hints(as_of=date(2026, 6, 22), document="355CO0000000260")
    with pytest.raises(UnreadableDocument, match="no law_full_text"):
        read("jp_egov", body, hints)
