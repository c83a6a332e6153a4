"""Nothing of a document of the United Kingdom is lost: the words of the raw bytes, by the standard library, against those that were read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from archive.records import Reading
from normalize.reading import Hints, profile, read
from tests.corpus import corpus_entries, corpus_file

WORD = re.compile(r"[^\W_]+")
SILENT = frozenset({"script", "style", "head", "title", "noscript", "template", "svg"})
SOURCES = {"www.legislation.gov.uk": "uk_legislation", "www.gov.uk": "uk_notices"}


class Printed(HTMLParser):
    """The runs of text that a browser shows."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.runs: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.silent += tag in SILENT

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in SILENT

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.runs.append(data)


def words(texts: Iterable[str]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for text in texts:
        counted.update(WORD.findall(re.sub(r"\[graphic [^\]]*\]", " ", text)))
    return counted


def raw_words(body: bytes, layout: str) -> Counter[str]:
    if layout == "xml":
        return words(ElementTree.fromstring(body).itertext())
    parser = Printed()
    parser.feed(body.decode("utf-8"))
    return words(parser.runs)


def kept_words(reading: Reading) -> Counter[str]:
    texts = [
        part
        for expression in reading.expressions
        for one in expression.walk()
        for part in (one.num, one.heading, one.text)
    ]
    return words(texts) + words(discard.text for discard in reading.discards)


def unexplained(raw: Counter[str], kept: Counter[str]) -> str:
    missing, new = raw - kept, kept - raw
    if (
        Counter("".join(missing.elements())) == Counter("".join(new.elements()))
        and missing.total() * 20 <= raw.total() + 400
    ):
        return ""
    return f"missing {missing.most_common(15)}, new {new.most_common(15)}"


def entries() -> list[dict[str, object]]:
    return [entry for host in SOURCES for entry in corpus_entries(host=host)]


def reading_of(entry: dict[str, object]) -> tuple[str, Reading]:
    source = SOURCES[str(entry["host"])]
    hints = Hints(
        as_of=date.fromisoformat(str(entry["valid_from"])),
        document=str(entry["id"]),
        media_type=str(entry["media_type"]),
    )
    return source, read(source, corpus_file(str(entry["file"])).read_bytes(), hints)


def test_every_document_of_the_united_kingdom_in_the_corpus_is_conserved() -> None:
    assert len(entries()) >= 3
    for entry in entries():
        source, reading = reading_of(entry)
        raw = raw_words(corpus_file(str(entry["file"])).read_bytes(), str(entry["format"]))
        assert reading.leftovers == (), entry["file"]
        assert {one.rule for one in reading.discards} <= profile(source).discard_names
        assert unexplained(raw, kept_words(reading)) == "", entry["file"]
        eids = [one.eid for one in reading.expressions[0].walk()]
        assert "" not in eids
        assert len(set(eids)) == len(eids)


@pytest.mark.parametrize("identifier", ["/ukpga/2022/46/data.xml", "/uksi/2018/506/data.xml"])
def test_every_provision_that_the_publisher_named_has_its_address(identifier: str) -> None:
    (entry,) = [one for one in entries() if one["id"] == identifier]
    root = ElementTree.fromstring(corpus_file(str(entry["file"])).read_bytes())
    numbered = [
        one.get("id", "")
        for one in root.iter()
        if re.search(r"\}P[1-9]$", str(one.tag)) and "-" in one.get("id", "")  # p00152 is a serial number
    ]
    _, reading = reading_of(entry)
    addresses = {one.eid.replace(".", "-") for one in reading.expressions[0].walk()}
    assert len(numbered) > 500
    assert set(numbered) <= addresses


def test_the_auditor_sees_a_lost_word() -> None:
    assert unexplained(words(["a licence for 3A001"]), words(["a licence for"]))
