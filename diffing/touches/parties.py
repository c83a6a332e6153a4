"""Names and aliases in the rows of a list of parties: what was added to it, removed from it, or changed in it."""

from __future__ import annotations

import re

from archive.records import Change

_ALIASES = re.compile(r"\b(?:a\.\s?k\.\s?a\.|aka|f\.\s?k\.\s?a\.|n\.\s?k\.\s?a\.|also known as|formerly known as|doing business as|d\.\s?b\.\s?a\.)[:,]?|(?:following\s+\w+\s+)?alias(?:es)?:", re.I)
_LIST_WORKS = re.compile(r"744/supp-(?:4|6|7)\b|sanctions|entity-list|end-user|unverified|管控名单|不可靠实体")
_LISTED = frozenset({"entry", "row", "li", "party"})
_BULLET = re.compile(r"\n|—|;\s*(?:and\s*)?|\s–\s|・|\(\d+\)")
_LEGAL = re.compile(r"\b(?:co|ltd|llc|inc|corp|limited|company|gmbh|university|institute|academy|technolog|trading|group|holding|bureau|factory|laborator|center|plant|fze|ooo|jsc|pjsc|pte|sdn|bhd)\b", re.I)


def is_list_of_parties(change: Change, work: str) -> bool:
    """Whether ``change`` is of a row of the Entity List, the Unverified List, the Military End User List or their like."""
    return bool(_LIST_WORKS.search(work)) and change.unit in _LISTED


def party_cell(text: str) -> tuple[int, int]:
    """The span of the cell that names the party: the first, or the second where the first is a country's name."""
    cells = text.split(" | ")
    if len(cells) == 1:
        return 0, len(text)
    from archive.vocabulary.countries import country_code

    index = 1 if country_code(cells[0]) or not cells[0].strip() else 0
    start = sum(len(cell) + 3 for cell in cells[:index])
    return start, start + len(cells[index])


def names_in(text: str) -> list[tuple[int, int, str]]:
    """The party's name and its aliases in one cell: spans and names without address."""
    pieces: list[tuple[int, int]] = []
    start, end = party_cell(text)
    cell = text[start:end]
    opening = _ALIASES.search(cell)
    head_end = opening.start() if opening else len(cell)
    pieces.append((start, start + _end_of_name(cell[:head_end])))
    if opening is not None:
        # The aliases run to the address, which follows a full stop or the last bullet.
        at = start + opening.end()
        tail = cell[opening.end() :]
        for piece in re.finditer(rf"(?:(?!{_BULLET.pattern}).)+", tail):
            name = piece[0]
            width = _end_of_name(name)
            if name.strip(" .,") and not re.match(r"\s*(?:and|or)?\s*$", name):
                pieces.append((at + piece.start(), at + piece.start() + width))
            if re.search(r"[.;]\s*$", name) is None and re.search(r"\.\s+[0-9A-Z]", name[width:]):
                break
    found = []
    for left, right in pieces:
        raw = text[left:right]
        name = re.sub(r"^(?:and|or)\s+", "", raw.strip(" .,;:-—'\"\n")).strip(" .,;:'\"")
        if len(name) > 1:
            offset = raw.find(name)
            found.append((left + max(0, offset), left + max(0, offset) + len(name), name))
    return found


def _end_of_name(cell: str) -> int:
    """Where the name ends and an address begins: at a comma before a number, a street, a building; at ``, ALIAS`` marks."""
    hit = re.search(
        r",\s*(?=(?:[0-9#]|No\.|Nos\.|Room|Rm|Suite|Unit|Floor|Building|Bldg|Flat|Block|P\.?O\.?|Street|St\.|Road|District|[A-Z][\w'-]+ (?:Road|Street|District|City|Province|Avenue|Building|Industrial)))|\.\s+(?=[0-9A-Z])(?<!Co\.\s)(?<!Ltd\.\s)|,?\s*$",
        cell,
    )
    return hit.start() if hit else len(cell)
