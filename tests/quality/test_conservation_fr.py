"""Nothing of a Federal Register paper or a list is lost: counted word by word, by other means than the readers'.

The raw bytes are taken apart by the standard library alone; what is compared are multisets of words. A word that the source breaks (a
page mark in its midst, a subscript set in an element of its own) may come back whole: then what is missing and what is new must
be spelt with the same letters.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from archive.errors import UnreadableDocument
from archive.records import Reading
from normalize.reading import Hints, profile, read
from tests.corpus import corpus_entries, corpus_file

WORD = re.compile(r"[^\W_]+")
PICTURES = ("GID", "MID")


def words(texts: Iterable[str]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for text in texts:
        counted.update(WORD.findall(text))
    return counted


def words_read(reading: Reading) -> Counter[str]:
    """The words of all provisions and of all declared discards."""
    texts = [
        part
        for expression in reading.expressions
        for provision in expression.walk()
        for part in (provision.num, provision.heading, provision.text)
    ]
    return words(texts) + words(discard.text for discard in reading.discards)


def unexplained(raw: Counter[str], kept: Counter[str]) -> str:
    """What differs beyond words that were broken in the source, "" if nothing does."""
    missing, new = raw - kept, kept - raw
    letters_missing = Counter("".join(missing.elements()))
    letters_new = Counter("".join(new.elements()))
    if letters_missing != letters_new:
        return f"missing {dict((raw - kept).most_common(12))}, new {dict((kept - raw).most_common(12))}"
    broken = sum(missing.values())
    if broken > 20 + raw.total() // 20:
        return f"{broken} words of {raw.total()} are spelt otherwise: {dict(missing.most_common(12))}"
    return ""


def declared(source: str, reading: Reading) -> bool:
    return {discard.rule for discard in reading.discards} <= profile(source).discard_names


def raw_xml_words(body: bytes) -> Counter[str]:
    root = ElementTree.fromstring(body)
    counted = words(str(run) for run in root.itertext())
    counted["graphic"] += sum(1 for element in root.iter() if element.tag in PICTURES)
    return +counted


def raw_json_words(value: object) -> Counter[str]:
    if isinstance(value, dict):
        return sum((raw_json_words(item) for item in value.values()), Counter())
    if isinstance(value, list):
        return sum((raw_json_words(item) for item in value), Counter())
    return words([] if value is None else [str(value)])


def problems(source: str, entries: list[dict[str, object]]) -> tuple[int, list[str]]:
    """How many documents were read, and a line for each that does not add up."""
    found: list[str] = []
    for entry in entries:
        path = corpus_file(str(entry["file"]))
        body = path.read_bytes()
        meta = entry["meta"] if entry["kind"] == "fr_document" and entry["format"] == "xml" else {}
        assert isinstance(meta, dict)
        hints = Hints(
            as_of=date.fromisoformat(str(entry["valid_from"])), document=str(entry["id"]), meta=meta
        )
        reading = read(source, body, hints)
        raw = raw_xml_words(body) if entry["format"] == "xml" else raw_json_words(json.loads(body))
        if reading.leftovers:
            found.append(f"{path.name}: leftover {reading.leftovers[0]}")
        if not declared(source, reading):
            found.append(f"{path.name}: a discard by a rule that is not declared")
        if difference := unexplained(raw, words_read(reading)):
            found.append(f"{path.name}: {difference}")
        for expression in reading.expressions:
            eids = [provision.eid for provision in expression.walk()]
            if len(set(eids)) != len(eids) or "" in eids:
                found.append(f"{path.name}: an address is empty or stands twice")
    return len(entries), found


@pytest.mark.parametrize("layout", ["xml", "json"])
def test_every_paper_of_the_corpus_is_conserved(layout: str) -> None:
    entries = [entry for entry in corpus_entries(host="www.federalregister.gov") if entry["format"] == layout]
    count, found = problems("us_federal_register", entries)
    assert count >= 300
    assert found == []


def test_every_daily_issue_of_the_corpus_is_conserved() -> None:
    count, found = problems("us_federal_register", corpus_entries(kind="fr_issue"))
    assert count >= 3
    assert found == []


def list_bytes(path: Path) -> bytes:
    body = path.read_bytes()
    return gzip.decompress(body) if path.suffix == ".gz" else body


def raw_list_words(body: bytes, delimiter: str) -> tuple[int, Counter[str]]:
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), delimiter=delimiter))
    return len(rows), words(cell for row in rows for cell in row)


@pytest.mark.parametrize(
    ("host", "source", "delimiter"),
    [("data.trade.gov", "us_csl", ","), ("www.bis.doc.gov", "us_bis_dpl", "\t")],
)
def test_every_whole_list_of_the_corpus_is_conserved(host: str, source: str, delimiter: str) -> None:
    whole = [entry for entry in corpus_entries(host=host) if "cut" not in str(entry["meta"])]
    assert len(whole) >= 2
    for entry in whole:
        path = corpus_file(str(entry["file"]))
        hints = Hints(as_of=date.fromisoformat(str(entry["valid_from"])), document=path.name)
        reading = read(source, path.read_bytes(), hints)
        rows, raw = raw_list_words(list_bytes(path), delimiter)
        assert reading.leftovers == ()
        assert declared(source, reading)
        assert unexplained(raw, words_read(reading)) == "", path.name
        found = [provision for provision in reading.expressions[0].walk() if provision.unit == "entry"]
        assert len(found) == rows - 1
        assert len({provision.eid for provision in found}) == len(found)


def test_the_list_that_arrived_cut_is_refused_and_its_whole_records_are_conserved() -> None:
    (entry,) = [
        entry for entry in corpus_entries(host="data.trade.gov") if entry["valid_from"] == "2023-11-30"
    ]
    body = corpus_file(str(entry["file"])).read_bytes()
    hints = Hints(as_of=date(2023, 11, 30), document="consolidated")
    with pytest.raises(UnreadableDocument, match="cut off inside its last record") as refused:
        read("us_csl", body, hints)
    assert refused.value.place.startswith("line 4")
    whole = body[: body.rindex(b'"\n"') + 2]
    reading = read("us_csl", whole, hints)
    rows, raw = raw_list_words(whole, ",")
    assert unexplained(raw, words_read(reading)) == ""
    entries = [provision for provision in reading.expressions[0].walk() if provision.unit == "entry"]
    assert len(entries) == rows - 2  # the header stands twice
    assert any("header is repeated" in remark.message for remark in reading.remarks)


def test_the_auditor_sees_a_lost_and_an_invented_word() -> None:
    raw = words(["a license is required for 3A090 items"])
    assert unexplained(raw, words(["a license is required for items"]))
    assert unexplained(raw, words(["a license is not required for 3A090 items"]))
    assert not unexplained(words(["regu lation of SO 2"]), words(["regulation of SO2"]))
