"""A screening list as records, and the provisions they become: one entry a party, with the cells its list gives.

The key of an entry is the list's own number, where it keeps one. BIS and State keep none (the identifiers of the consolidated
list are hashes of the content), so theirs is name and country, with the first citation, then the address, to tell
namesakes apart.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from archive.records import Provision

JOINT = " | "

_NOT_WORD = re.compile(r"[^0-9a-z]+")
_LONGEST_NAME = 60
_CITATION = re.compile(r"(\d+)\s*F\.?\s?R\.?\s*(\d+)")
_UNCITED = 10_000  # sorts after every volume
_SHORT_NAME = re.compile(r"\(([A-Z][A-Z-]{1,7})(?:\s+List)?\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListCell:
    """One cell that is not empty: the column it stands in, and its text in one line."""

    column: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListEntry:
    """One record of a list. ``list_name`` is the list's full name, ``number`` its own number for the party ("" if it has none),
    ``country`` the ISO code of the first address if one is given, ``citation`` the first Federal Register citation, ``start``
    and ``end`` the days from and to which the listing runs, None where the list gives none. ``cells`` begin with the name."""

    list_name: str
    name: str
    number: str = ""
    country: str = ""
    citation: str = ""
    start: date | None = None
    end: date | None = None
    cells: tuple[ListCell, ...] = ()

    @property
    def text(self) -> str:
        """The row as a Provision carries it: the cells that are not empty, the name first."""
        return JOINT.join(cell.text for cell in self.cells)


def list_slug(name: str) -> str:
    """The short name of a list: ``Specially Designated Nationals (SDN) - Treasury Department`` → ``sdn``."""
    found = _SHORT_NAME.search(name)
    return slug(found.group(1)) if found else slug(name.partition(" - ")[0])


def slug(words: str) -> str:
    """Words as part of an address: plain letters and digits. Longer than 60, they are cut at a word, and a digest tells them from
    others that begin alike."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    whole = _NOT_WORD.sub("-", plain).strip("-")
    if len(whole) <= _LONGEST_NAME:
        return whole
    cut = whole[: _LONGEST_NAME + 1].rpartition("-")[0] or whole[:_LONGEST_NAME]
    return f"{cut}-{_digest(whole)}"


def entry_provisions(entries: Sequence[ListEntry], *, grouped: bool) -> tuple[Provision, ...]:
    """One provision a record, in the list's order; ``grouped``: under a provision for each list, those in order of their names."""
    keys = _keys(entries)
    made = [
        (entry.list_name, Provision(eid=key, unit="entry", num=entry.number, text=entry.text))
        for entry, key in zip(entries, keys, strict=True)
    ]
    if not grouped:
        return tuple(provision for _, provision in made)
    groups: dict[str, list[Provision]] = {}
    for name, provision in made:
        groups.setdefault(name, []).append(provision)
    return tuple(
        Provision(eid=eid, unit="list", heading=name, children=tuple(groups[name]))
        for name, eid in _list_eids(sorted(groups)).items()
    )


def _list_eids(names: Sequence[str]) -> dict[str, str]:
    """An address for each list: its short name, its whole name where lists share that, a digest besides where they differ in marks alone."""
    short, whole = Counter(map(list_slug, names)), Counter(map(slug, names))
    return {
        name: list_slug(name)
        if short[list_slug(name)] == 1
        else slug(name)
        if whole[slug(name)] == 1
        else f"{slug(name)}-{_digest(name)}"
        for name in names
    }


def _keys(entries: Sequence[ListEntry]) -> list[str]:
    """An address for each entry. Of namesakes the one with the oldest citation keeps the plain key, so that a new one never renames
    it; the others add their citation, then their address. Only twins in all of that get a counter."""
    keys = [_own_key(entry) for entry in entries]
    namesakes: dict[str, list[int]] = {}
    for index, key in enumerate(keys):
        namesakes.setdefault(key, []).append(index)
    for key, same in namesakes.items():
        if len(same) == 1:
            continue
        same.sort(
            key=lambda index: (_citation(entries[index]), _address(entries[index]), entries[index].text)
        )
        citations = Counter(_citation(entries[index]) for index in same)
        for index in same[1:]:
            volume, page = _citation(entries[index])
            keys[index] = f"{key}-{volume}-fr-{page}" if volume < _UNCITED else key
            if citations[volume, page] > 1 or volume == _UNCITED:
                keys[index] += f"-{_digest(_address(entries[index]))}"
    return _unique(keys)


def _unique(keys: list[str]) -> list[str]:
    taken = set(keys)
    seen: Counter[str] = Counter()
    unique: list[str] = []
    for key in keys:
        seen[key] += 1
        name, number = key, seen[key]
        while number > 1 and (name := f"{key}-{number}") in taken:
            number += 1
        taken.add(name)
        unique.append(name)
    return unique


def _own_key(entry: ListEntry) -> str:
    prefix = list_slug(entry.list_name)
    if entry.number:
        return f"{prefix}-{slug(entry.number)}"
    return "-".join(filter(None, (prefix, slug(entry.name) or _digest(entry.name), entry.country.lower())))


def _citation(entry: ListEntry) -> tuple[int, int]:
    """Volume and page of the first citation: later ones are added to it as orders are amended."""
    first = _CITATION.search(entry.citation)
    return (int(first.group(1)), int(first.group(2))) if first else (_UNCITED, 0)


def _address(entry: ListEntry) -> str:
    return next((cell.text for cell in entry.cells if cell.column.lower().startswith("address")), "")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:6]
