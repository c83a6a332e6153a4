"""Conservation for Germany, China and web pages, audited by code that shares nothing with the readers.

The words that the raw document prints, taken from it by the standard library alone (``expat``, ``html.parser``), are the words of the
provisions, of the declared discards and of the leftovers, neither more nor fewer; and nothing is left over.
"""

from __future__ import annotations

import re
import unicodedata
import xml.parsers.expat
from collections import Counter
from datetime import date
from html.parser import HTMLParser

import pytest

from archive.records import Reading
from normalize.reading import Hints, read
from tests.corpus import corpus_entries, corpus_file, corpus_folder

_MARKS_OF_READERS = dict.fromkeys(map(ord, "^_{}|*#"))
_PICTURE = re.compile(r"\[graphic ([^\]]*)\]")
_INLINE = frozenset("B I U F SUB SUP NB small FnR a b i u em span strong font sup sub".split())
_UNPRINTED = frozenset({"script", "style", "noscript", "template"})


class _Law:
    """What a law of gesetze-im-internet.de prints: its character data, the names of its pictures, the marks of its footnotes."""

    def __init__(self, body: bytes) -> None:
        self.pieces: list[str] = []
        self.marks: dict[str, str] = {}
        self.calls: list[str] = []
        parser = xml.parsers.expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._open
        parser.EndElementHandler = self._close
        parser.CharacterDataHandler = self.pieces.append
        parser.Parse(body, True)
        self.pieces += [f" {self.marks[call]} " for call in self.calls]

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        if name not in _INLINE:
            self.pieces.append(" ")
        if name in ("IMG", "FILE"):
            self.pieces.append(f" {attributes['SRC']} ")
        elif name == "Footnote":
            self.marks[attributes["ID"]] = attributes["FnZ"]
            self.pieces.append(f" {attributes['FnZ']} ")
        elif name == "FnR":
            self.calls.append(attributes["ID"])

    def _close(self, name: str) -> None:
        if name not in _INLINE:
            self.pieces.append(" ")


class _Page(HTMLParser):
    """What a page prints, and the words that stand for its pictures."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._unprinted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unprinted += tag in _UNPRINTED
        self.pieces.append("" if tag in _INLINE else " ")
        if tag == "img" and (words := dict(attrs).get("alt")):
            self.pieces.append(f" {words} ")

    def handle_endtag(self, tag: str) -> None:
        self.pieces.append("" if tag in _INLINE else " ")
        self._unprinted -= tag in _UNPRINTED and self._unprinted > 0

    def handle_data(self, data: str) -> None:
        if not self._unprinted:
            self.pieces.append(data)


def _kept(reading: Reading) -> str:
    pieces: list[str] = []
    for expression in reading.expressions:
        for provision in expression.walk():
            pieces += (provision.num, provision.heading, provision.text)
    pieces += (discard.text for discard in reading.discards)
    pieces += (leftover.text for leftover in reading.leftovers)
    return _PICTURE.sub(r" \1 ", "\n".join(pieces))


def _characters(text: str) -> Counter[str]:
    composed = unicodedata.normalize("NFC", text).translate(_MARKS_OF_READERS)
    return Counter("".join(composed.split()))


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]{3,}", text.translate(_MARKS_OF_READERS)))


def _assert_conserved(printed: str, reading: Reading, name: str) -> None:
    assert [leftover.text for leftover in reading.leftovers] == [], name
    kept = _kept(reading)
    missing, extra = _characters(printed) - _characters(kept), _characters(kept) - _characters(printed)
    assert (dict(missing), dict(extra)) == ({}, {}), (
        name,
        _words(printed) - _words(kept),
        _words(kept) - _words(printed),
    )
    words = _words(printed)
    lost = words - _words(kept)
    assert sum(lost.values()) <= max(sum(words.values()) // 250, 3), (name, lost)
    eids = [provision.eid for expression in reading.expressions for provision in expression.walk()]
    assert len(eids) == len(set(eids)), name


def _entry(entry: dict[str, object]) -> tuple[bytes, Hints]:
    body = corpus_file(str(entry["file"])).read_bytes()
    hints = Hints(
        as_of=date.fromisoformat(str(entry["valid_from"])),
        document=str(entry["id"]),
        url=f"https://{entry['host']}{entry['id']}" if str(entry["id"]).startswith("/") else "",
        media_type=str(entry["media_type"]),
    )
    return body, hints


def test_every_german_law_of_the_corpus_is_conserved_to_the_character() -> None:
    entries = corpus_entries(host="www.gesetze-im-internet.de")
    for entry in entries:
        body, hints = _entry(entry)
        reading = read("de_awv", body, hints)
        assert reading.remarks == (), entry["file"]
        _assert_conserved("".join(_Law(body).pieces), reading, str(entry["file"]))
    assert len(entries) == 32


def test_every_mark_of_a_list_of_the_ausfuhrliste_is_the_number_of_a_provision() -> None:
    (newest,) = [
        entry
        for entry in corpus_entries(host="www.gesetze-im-internet.de")
        if (entry["id"], entry["valid_from"]) == ("awv_2013", "2024-03-06")
    ]
    body, hints = _entry(newest)
    expression = read("de_awv", body, hints).expressions[0]
    numbers = Counter(one.num for one in expression.walk() if one.num)
    raw = Counter(
        " ".join(re.sub(r"<[^>]+>", "", mark).split())
        for mark in re.findall(r"<DT>(.*?)</DT>", body.decode(), re.DOTALL)
    )
    del raw[""]
    assert raw - numbers == Counter()
    national = {mark for mark in raw if re.fullmatch(r"\d[A-E]9\d\d", mark)}
    assert len(national) >= 15
    assert national <= {one.eid for one in expression.walk()}


@pytest.mark.parametrize(
    ("host", "source", "least"),
    [
        ("www.cac.gov.cn", "cn_mofcom", 1),
        ("www.cac.gov.cn", "web_page", 1),
        ("www.whitehouse.gov", "us_whitehouse", 12),
        ("bidenwhitehouse.archives.gov", "us_whitehouse", 25),
        ("bidenwhitehouse.archives.gov", "web_page", 25),
    ],
)
def test_every_page_of_the_corpus_is_conserved_to_the_character(host: str, source: str, least: int) -> None:
    entries = corpus_entries(host=host, kind="page")
    for entry in entries:
        body, hints = _entry(entry)
        printed = _Page()
        printed.feed(body.decode())
        _assert_conserved("".join(printed.pieces), read(source, body, hints), str(entry["file"]))
    assert len(entries) >= least


def test_every_chinese_statute_of_the_corpus_is_conserved_and_its_articles_are_counted() -> None:
    files = sorted((corpus_folder() / "extra" / "china").glob("*.md"))
    for file in files:
        body = file.read_bytes()
        reading = read("cn_mofcom", body, Hints(as_of=date(2026, 1, 1), document=file.name))
        printed = re.sub(r"^#+ ", "", body.decode(), flags=re.MULTILINE)
        _assert_conserved(printed, reading, file.name)
        articles = [one for one in reading.expressions[0].walk() if one.unit == "article"]
        assert len(articles) == len(
            re.findall(
                r"^第[一二三四五六七八九十百]+条(?:之[一二三四五])?[\s　]", body.decode(), re.MULTILINE
            )
        ), file.name
    assert len(files) == 17


@pytest.mark.parametrize(
    "spoil",
    [lambda text: text.replace("Ausfuhr", "", 1), lambda text: text + " Ausfuhr", lambda text: text.replace("1", "7", 1)],
    ids=["a word is gone", "a word stands twice", "a digit differs"],
)  # fmt: skip
def test_the_auditor_sees_a_single_lost_doubled_or_changed_word(spoil: object) -> None:
    body, hints = _entry(corpus_entries(host="www.gesetze-im-internet.de")[0])
    kept = _kept(read("de_awv", body, hints))
    printed = "".join(_Law(body).pieces)
    assert _characters(printed) == _characters(kept)
    assert _characters(printed) != _characters(spoil(kept))  # type: ignore[operator]
