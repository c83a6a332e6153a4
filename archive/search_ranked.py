"""The addresses at which some sayings stand, in the order in which they are shown, page by page, and how many they are.

A page shows a few of what may be hundreds of thousands. So the sayings are gone through from the best on, in ever larger parts, until the page is full,
and the rest is only counted.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field

from archive import codec
from archive.search_scope import Conditions

_FIRST = 32
"""Sayings of the first part."""
_SOME = 256
"""Addresses that are looked at together."""


@dataclass(slots=True)
class _Seen:
    """The addresses that were met so far, in order: those where it stands come before those where it stood."""

    stands: list[int] = field(default_factory=list)
    stood: list[int] = field(default_factory=list)
    all: set[int] = field(default_factory=set)

    def add(self, address: int, stands: bool) -> None:
        self.all.add(address)
        (self.stands if stands else self.stood).append(address)


class Ranked:
    """Sayings, the best first, at the places that meet some conditions."""

    def __init__(self, database: sqlite3.Connection, sayings: Sequence[int], where: Conditions) -> None:
        self._database = database
        self._sayings = sayings
        self._known = frozenset(sayings)
        self._words, self._values = where

    def page(self, start: int, limit: int) -> tuple[int, list[int]]:
        """How many addresses there are, and those from ``start`` on: those where it stands first, then by likeness, then by number."""
        seen, at, size, wanted = _Seen(), 0, _FIRST, start + limit
        while at < len(self._sayings):
            self._add(seen, self._sayings[at : at + size], wanted)
            if len(seen.stands) >= wanted:
                return self._count(), seen.stands[start:wanted]
            at, size = at + size, 2 * size
        return len(seen.all), [*seen.stands, *seen.stood][start:wanted]

    def newest(self, addresses: Sequence[int]) -> list[tuple[int, int]]:
        """Of each address the newest row that says one of them, and how many of them it says or said."""
        found: dict[int, list[tuple[str, int, int]]] = {address: [] for address in addresses}
        for address, saying, since, provision in self._database.execute(
            f"""
            SELECT place.address, place.saying, from_date, place.provision FROM json_each(?) AS wanted
            JOIN search.place ON place.address = wanted.value WHERE {self._words}
            """,  # noqa: S608 - conditions of ours
            (codec.dumps(addresses), *self._values),
        ):
            if saying in self._known:
                found[address].append((since, provision, saying))
        return [(max(rows)[1], len({saying for _, _, saying in rows})) for rows in found.values()]

    def _add(self, seen: _Seen, sayings: Sequence[int], wanted: int) -> None:
        """The addresses at which they stand or stood, without those that better ones led to; no more of them once so many are wanted and stand."""
        (listed,) = self._database.execute(
            f"""
            SELECT json_group_array(json_array(address, stands)) FROM (
                SELECT place.address, max(to_date IS NULL) AS stands {_SAID} WHERE {self._words}
                GROUP BY place.address ORDER BY min(wanted.key), place.address
            )
            """,  # noqa: S608 - conditions of ours
            (codec.dumps(sayings), *self._values),
        ).fetchone()
        rows = codec.loads(listed, list[tuple[int, int]])
        for at in range(0, len(rows), _SOME):
            if len(seen.stands) >= wanted:
                return
            fresh = [
                (address, stands) for address, stands in rows[at : at + _SOME] if address not in seen.all
            ]
            later = self._standing([address for address, stands in fresh if not stands])
            for address, stands in fresh:
                seen.add(address, bool(stands) or address in later)

    def _standing(self, addresses: Sequence[int]) -> set[int]:
        """Those of some addresses at which any of the sayings stands."""
        if not addresses:
            return set()
        rows = self._database.execute(
            f"""
            SELECT place.address, place.saying FROM json_each(?) AS wanted
            JOIN search.place ON place.address = wanted.value WHERE to_date IS NULL AND {self._words}
            """,  # noqa: S608 - conditions of ours
            (codec.dumps(addresses), *self._values),
        )
        return {address for address, saying in rows if saying in self._known}

    def _count(self) -> int:
        """How many addresses they have. A row that is alone at its address is one; of the others the addresses are told apart."""
        given = codec.dumps(self._sayings)
        if self._words == "true":
            (alone,) = self._database.execute(
                "SELECT sum(alone) FROM json_each(?) AS wanted JOIN search.saying ON saying.id = wanted.value",
                (given,),
            ).fetchone()
            (shared,) = self._database.execute(
                """
                SELECT count(DISTINCT place.address) FROM json_each(?) AS wanted
                JOIN search.place INDEXED BY place_shared ON place.saying = wanted.value WHERE shared
                """,
                (given,),
            ).fetchone()
        else:
            alone, shared = self._database.execute(
                f"""
                SELECT sum(NOT shared), count(DISTINCT CASE WHEN shared THEN place.address END)
                {_SAID} WHERE {self._words}
                """,
                (given, *self._values),
            ).fetchone()
        return int(alone or 0) + int(shared)


_SAID = "FROM json_each(?) AS wanted JOIN search.place ON place.saying = wanted.value"
