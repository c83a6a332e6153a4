"""Normalising the canonical output changes nothing: every document of the corpus from outside the United States, written in the neutral form and read back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from archive.records import Expression, Provision
from normalize.provisions_format import read_provisions, write_provisions
from normalize.reading import Hints, read
from tests.corpus import corpus_entries, corpus_file

# Whose documents each host has: (source, kind of the document's name: its id, or the address).
_SOURCES = {
    "eur-lex.europa.eu": "eu_ai_act",
    "publications.europa.eu": "eu_ai_act",
    "www.legislation.gov.uk": "uk_legislation",
    "www.gov.uk": "uk_notices",
    "www.gesetze-im-internet.de": "de_awv",
    "laws.e-gov.go.jp": "jp_egov",
    "law.e-gov.go.jp": "jp_egov",
    "www.cac.gov.cn": "cn_mofcom",
}


@pytest.mark.parametrize("host", sorted(_SOURCES))
def test_what_was_read_is_read_back_word_by_word(host: str) -> None:
    seen = 0
    for expression in _expressions(host):
        lines = list(write_provisions(expression.provisions, expression.language))
        back = read_provisions(
            "".join(lines).encode(),
            work=expression.work,
            as_of=expression.as_of,
            language=expression.language,
        )
        assert back.provisions == _stateless(expression.provisions), expression.work
        assert list(write_provisions(back.provisions, back.language)) == lines
        seen += 1
    assert seen


def _expressions(host: str) -> Iterator[Expression]:
    """What is read of each document, those with the same bytes once."""
    done: set[str] = set()
    for entry in corpus_entries(host=host):
        body = corpus_file(str(entry["file"])).read_bytes()
        if (digest := hashlib.sha256(body).hexdigest()) in done:
            continue
        done.add(digest)
        name = str(entry["id"])
        hints = Hints(
            as_of=date.fromisoformat(str(entry["valid_from"])[:10]),
            document=name,
            url=f"https://{host}{name}" if name.startswith("/") else "",
            media_type=str(entry["media_type"]),
            meta=entry["meta"] if isinstance(entry.get("meta"), dict) else {},
        )
        yield from read(_SOURCES[host], body, hints).expressions


def _stateless(provisions: tuple[Provision, ...]) -> tuple[Provision, ...]:
    """The tree without what the neutral form does not carry: when a provision applies."""
    made: dict[int, Provision] = {}
    for one in reversed([below for root in provisions for below in root.walk()]):
        children = tuple(made[id(child)] for child in one.children)
        made[id(one)] = replace(one, applicability=(), children=children)
    return tuple(made[id(root)] for root in provisions)
