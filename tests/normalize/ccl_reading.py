"""What the tests of the control list reader share: reading a list, and writing a tree as lines."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import etree

from archive.records import Provision
from normalize.audit import Account, settle, source_text
from normalize.ccl import read_ccl

HERE = Path(__file__).parent / "ccl"
GENUINE = "files/www.ecfr.gov/ecfr/title-15_part-774_Supplement_No._1_to_Part_774.en.2026-06-24.xml"


def read_bytes(body: bytes) -> tuple[tuple[Provision, ...], Account]:
    """The list in these bytes, with every character settled: what no provision has is a leftover of the account."""
    division = etree.fromstring(body)
    account = Account()
    since = account.since()
    provisions = read_ccl(division, account)
    texts = [text for one in walk(provisions) for text in (one.num, one.heading, one.text)]
    settle(division, source_text(division), texts, account, since)
    return provisions, account


def read_list(*blocks: str) -> tuple[tuple[Provision, ...], Account]:
    """A list made of these blocks of XML."""
    inside = "\n".join(blocks)
    return read_bytes(f'<DIV9 N="Supplement No. 1 to Part 774">{inside}</DIV9>'.encode())


def read_items(*paragraphs: str, code: str = "3A700") -> tuple[tuple[Provision, ...], Account]:
    """An entry whose items are these paragraphs (blocks of their own where they begin with ``<``)."""
    blocks = [text if text.startswith("<") else f"<P>{text}</P>" for text in paragraphs]
    return read_list(f"<FP-2><B>{code} Kites.</B></FP-2>", "<FP><I>Items:</I></FP>", *blocks)


def walk(provisions: Iterable[Provision]) -> Iterator[Provision]:
    for provision in provisions:
        yield from provision.walk()


def eids(provisions: Iterable[Provision], unit: str = "") -> list[str]:
    return [one.eid for one in walk(provisions) if not unit or one.unit == unit]


def by_eid(provisions: Iterable[Provision]) -> dict[str, Provision]:
    return {one.eid: one for one in walk(provisions)}


def full_lines(provisions: Iterable[Provision], depth: int = 0) -> Iterator[str]:
    """The tree with all its words, a line a provision."""
    for one in provisions:
        parts = (one.eid, one.unit, one.num, one.heading, one.text.replace("\n", "⏎"))
        yield "  " * depth + " · ".join(parts)
        yield from full_lines(one.children, depth + 1)


def outline_lines(provision: Provision, depth: int = 0) -> Iterator[str]:
    """The tree without its words: address, unit, mark, and the length and digest of heading and text."""
    words = f"{provision.heading}\n{provision.text}"
    digest = hashlib.sha256(words.encode()).hexdigest()[:10]
    yield "  " * depth + f"{provision.eid} {provision.unit} [{provision.num}] {len(words)} {digest}"
    for child in provision.children:
        yield from outline_lines(child, depth + 1)
