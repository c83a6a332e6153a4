"""Conservation of the official text, audited by code that shares nothing with the readers.

For every eCFR document of the corpus: the words that the raw markup prints, as a multiset, are the words of the provisions, of the
declared discards and of the leftovers, neither more nor fewer; and nothing is left over. The markup is taken apart here with the
standard library alone (``expat``), so that a mistake of the readers' XML and inline code cannot hide itself.

A further source is one more line in ``_AUDITED``: its host and kind in the corpus's index, and its source id.
"""

from __future__ import annotations

import re
import unicodedata
import xml.parsers.expat
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from archive.records import Reading
from normalize.reading import Hints, read
from tests.corpus import corpus_entries, corpus_file

# (host, kind) of the corpus's index → the source id whose reader takes it.
_AUDITED = {("www.ecfr.gov", "ecfr"): "us_ecfr"}

_MARKS_OF_READERS = dict.fromkeys(map(ord, "^_{}|*"))
_PICTURE = re.compile(r"\[graphic ([^\]]*)\]")


def _entries() -> Iterator[tuple[str, dict[str, object]]]:
    for (host, kind), source in _AUDITED.items():
        for entry in corpus_entries(host=host, kind=kind):
            yield source, entry


class _Printed:
    """Collects what a document prints: its character data, and the names of its pictures."""

    def __init__(self) -> None:
        self.pieces: list[str] = []

    def open(self, name: str, attributes: dict[str, str]) -> None:
        if name.lower() == "img":
            self.pieces.append(f" {attributes.get('src', '').rsplit('/', 1)[-1]} ")

    def text(self, data: str) -> None:
        self.pieces.append(data)


def _printed(body: bytes) -> str:
    collected = _Printed()
    parser = xml.parsers.expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = collected.open
    parser.CharacterDataHandler = collected.text
    parser.Parse(body, True)
    return "".join(collected.pieces)


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


def _read(source: str, entry: dict[str, object]) -> tuple[bytes, Reading]:
    body = corpus_file(str(entry["file"])).read_bytes()
    hints = Hints(
        as_of=date.fromisoformat(str(entry["valid_from"])),
        document=str(entry["id"]),
        media_type=str(entry["media_type"]),
        meta=dict(entry["meta"]),  # type: ignore[call-overload]
    )
    return body, read(source, body, hints)


def test_every_document_of_the_corpus_is_conserved_to_the_character() -> None:
    audited = 0
    for source, entry in _entries():
        body, reading = _read(source, entry)
        name = Path(str(entry["file"])).name
        assert [leftover.text for leftover in reading.leftovers] == [], name
        printed, kept = _printed(body), _kept(reading)
        words, words_kept = _words(printed), _words(kept)
        assert _characters(printed) == _characters(kept), (name, words - words_kept, words_kept - words)
        # Characters alone could be exchanged between words, so the words are counted too. A script that closes up to the word
        # before it (``m⏎<SU>2</SU>``) and a mark cut off its paragraph make a few words differ in their joints, not in length.
        assert (words - words_kept).total() <= words.total() // 500, name
        eids = [
            (expression.work, provision.eid)
            for expression in reading.expressions
            for provision in expression.walk()
        ]
        assert len(eids) == len(set(eids)), name
        audited += 1
    assert audited >= 20


@pytest.mark.parametrize(
    ("spoil", "complaint"),
    [
        (lambda text: text.replace("Thailand", "", 1), "a word is gone"),
        (lambda text: text + " Thailand", "a word stands twice"),
        (lambda text: text.replace("2", "3", 1), "a digit differs"),
    ],
)
def test_the_auditor_sees_a_single_lost_doubled_or_changed_word(spoil: object, complaint: str) -> None:
    (source, entry), *_ = [
        pair for pair in _entries() if "810" in str(pair[1]["id"]) and "06-18" in str(pair[1]["valid_from"])
    ]
    body, reading = _read(source, entry)
    printed, kept = _characters(_printed(body)), _characters(spoil(_kept(reading)))  # type: ignore[operator]
    assert printed != kept, complaint
