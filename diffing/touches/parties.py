"""Names and aliases in the rows of a list of parties: what was added to it, removed from it, or changed in it."""

from __future__ import annotations

import re

from archive.records import Change
from archive.vocabulary.countries import country_code

_LIST_WORKS = re.compile(
    r"744/supp-(?:4|6|7)\b|\blist/(?:ofac-sdn|csl|bis-dpl)\b|sanctions|entity-list|end-user|unverified|管控名单|不可靠实体"
)
_LISTED = frozenset({"entry", "row", "li", "party"})
# "a.k.a., the following two aliases:", "f.k.a.", "also known as".
_CUE = re.compile(
    r",?\s*\b(?:a\.?k\.?a\.?|f\.?k\.?a\.?|n\.?k\.?a\.?|d\.?b\.?a\.?|also known as|formerly known as|doing business as|(?=alias(?:es)?:))"
    r",?\s*(?:the following\s+[\w-]+\s+)?(?:alias(?:es)?|names?|address(?:es)?)?\s*:?\s*",
    re.I,
)
# A cell of the list of Specially Designated Nationals that is an alias: its sort, how sure it is, the name.
_ALIAS_CELL = re.compile(r"(?<= \| )[afn]\.k\.a\., (?:strong|weak), (?P<name>[^|]+?)(?= \| |$)")
# Aliases are set apart by a dash, a line, a bullet, or a semicolon.
_BETWEEN = re.compile(r"\s*;\s*(?:and\s+|or\s+)?(?:\n|—|–)*\s*|\s*(?:\n\s*)?[—・•]\s*|\n+|\s*\(\d\)\s*")
# A full stop ends the aliases unless it ends a legal form that goes on.
_END = re.compile(
    r"(?<!\bCo)(?<!\bLtd)(?<!\bInc)(?<!\bCorp)(?<!\bSt)(?<!\bNo)(?<!\b[A-Z])\.(?=\s+[0-9A-Z]|\s*$)|(?<=Ltd)\.(?=\s+(?!and\b)[0-9A-Z])"
)
# An address after the name: a comma, then a number or the words of a place.
_ADDRESS = re.compile(
    r",\s*(?=(?:[0-9#]|(?:No|Nos|Rm|Apt|Ste|Bldg|Fl)\.|(?:Room|Suite|Unit|Floor|Ground Floor|Building|Flat|Block|Office|Street|Road|District|Lane)\b|P\.?\s?O\.?\s)|[A-Z][\w'-]+(?:\s[A-Z][\w'-]+)?\s(?:Road|Street|District|City|Province|Avenue|Boulevard|Highway|Industrial|Town|Village)\b)"
)
# Where no word tells the address, the first comma that no legal form follows.
_FIRST_COMMA = re.compile(
    r",\s*(?!(?:Ltd|Inc|LLC|L\.L\.C|Co|Corp|JSC|PJSC|S\.A|GmbH|Jr|Limited|Pte|Incorporated|including|and)\b)"
)


def is_list_of_parties(change: Change, work: str) -> bool:
    """Whether ``change`` is of a row of the Entity List, the Unverified List, the Military End User List or their like."""
    return bool(_LIST_WORKS.search(work)) and change.unit in _LISTED


def party_cell(text: str) -> tuple[int, int]:
    """The span of the cell that names the party: the first, or the second where the first is a country's name or empty."""
    cells = text.split(" | ")
    index = 1 if len(cells) > 1 and (not cells[0].strip() or country_code(cells[0])) else 0
    start = sum(len(cell) + 3 for cell in cells[:index])
    return start, start + len(cells[index])


def names_in(text: str) -> list[tuple[int, int, str]]:
    """The party's name, then its aliases, in a row's text: spans and names, without the address.

    A list that sets the address apart by an empty line is taken at its word; else a name ends at a comma before an
    address, and the aliases at the full stop after the last.
    """
    start, end = party_cell(text)
    cell = text[start:end]
    block = cell.split("\n\n", 1)[0]
    cue = _CUE.search(block)
    head = block[: cue.start()] if cue else block
    address = _ADDRESS.search(head)
    if address is None and head.count(",") >= 3:
        address = _FIRST_COMMA.search(head)
    pieces = [(0, address.start() if address else len(head))]
    if cue is not None:
        stop = _END.search(block, cue.end())
        pieces += _split(block, cue.end(), stop.start() if stop else len(block))
    found = []
    for left, right in pieces:
        name = cell[left:right].strip(" \n.,;:—–'\"“”")
        if len(name) > 1:
            at = start + left + cell[left:right].index(name)
            found.append((at, at + len(name), name))
    found += [(hit.start("name"), hit.end("name"), hit["name"]) for hit in _ALIAS_CELL.finditer(text, end)]
    return found


def _split(block: str, start: int, end: int) -> list[tuple[int, int]]:
    pieces, at = [], start
    for gap in _BETWEEN.finditer(block, start, end):
        pieces.append((at, gap.start()))
        at = gap.end()
    pieces.append((at, end))
    return [(left, right) for left, right in pieces if block[left:right].strip() not in ("", "and", "or")]
