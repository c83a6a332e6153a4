"""A part of a work without the rest: what stood at an address and below it, and what the work contains, read row by row instead of as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

from archive import codec, instants
from archive.editions import Edition, Found, edition_at
from archive.records import Provision
from archive.store import Archive
from archive.trees import Row, assemble


class Place(NamedTuple):
    """A provision without its text: ``size`` is the number of characters of its heading and text, ``parent`` the address it stands under (None: a root)."""

    address: int
    parent: int | None
    eid: str
    unit: str
    num: str
    heading: str
    size: int


@dataclass(frozen=True, kw_only=True)
class Skeleton:
    """An edition without its texts. ``places`` are by address, siblings in their order; ``known`` is what its rows are read with."""

    edition: Edition
    series: int
    known: int | None
    places: Mapping[int, Place]

    @cached_property
    def below(self) -> Mapping[int | None, Sequence[Place]]:
        """What stands directly under each address, None for the roots."""
        children: dict[int | None, list[Place]] = {}
        for place in self.places.values():
            children.setdefault(place.parent, []).append(place)
        return children

    @cached_property
    def by_eid(self) -> Mapping[str, Place]:
        """The places by their eids."""
        return {place.eid: place for place in self.places.values()}

    @cached_property
    def everything(self) -> Sequence[tuple[int, Place]]:
        """All places in document order, each with its depth."""
        return self._walked([(0, place) for place in reversed(self.below.get(None, ()))])

    def in_order(self, root: int | None = None) -> Sequence[tuple[int, Place]]:
        """The places at and below an address (None: all) in document order, each with its depth below it."""
        return self.everything if root is None else self._walked([(0, self.places[root])])

    def above(self, place: Place) -> tuple[Place, ...]:
        """What encloses a place, the root first."""
        chain: list[Place] = []
        parent = place.parent
        while parent is not None:
            chain.append(self.places[parent])
            parent = chain[-1].parent
        return tuple(reversed(chain))

    def _walked(self, stack: list[tuple[int, Place]]) -> Sequence[tuple[int, Place]]:
        ordered, below = [], self.below
        while stack:
            depth, place = one = stack.pop()
            ordered.append(one)
            if children := below.get(place.address):
                stack += [(depth + 1, child) for child in reversed(children)]
        return ordered


def skeleton(
    archive: Archive, work: str, *, on: date | None = None, known: datetime | None = None
) -> Skeleton | None:
    """The edition that ``editions.expression`` would read, without its texts; None where there is none."""
    found = edition_at(archive, work, on=on, known=known)
    return skeleton_of(archive, found) if found else None


def skeleton_of(archive: Archive, found: Found) -> Skeleton:
    """The same of an edition that was found."""
    condition, values = _standing(found.series, found.edition.as_of.isoformat(), found.known)
    rows = archive.database.execute(
        f"""
        SELECT address, parent, eid, unit, num, coalesce(heading.body, ''), coalesce(length(heading.body), 0) + coalesce(length(words.body), 0)
        FROM provision
        JOIN address ON address.id = provision.address
        LEFT JOIN text AS heading ON heading.id = provision.heading
        LEFT JOIN text AS words ON words.id = provision.text
        WHERE {condition} ORDER BY rank
        """,  # noqa: S608
        values,
    )
    places = {row[0]: Place(*row) for row in rows}
    return Skeleton(edition=found.edition, series=found.series, known=found.known, places=places)


def provisions(archive: Archive, of: Skeleton, addresses: Iterable[int]) -> dict[int, Provision]:
    """What stands at some addresses of an edition, with its words, without children."""
    condition, values = _standing(of.series, of.edition.as_of.isoformat(), of.known)
    rows: list[Row] = archive.database.execute(
        f"""
        SELECT address, NULL, eid, unit, num, heading.body, words.body, applicability
        FROM provision
        JOIN address ON address.id = provision.address
        LEFT JOIN text AS heading ON heading.id = provision.heading
        LEFT JOIN text AS words ON words.id = provision.text
        WHERE {condition} AND address IN (SELECT value FROM json_each(:wanted)) ORDER BY address
        """,  # noqa: S608
        {**values, "wanted": codec.dumps(list(addresses))},
    ).fetchall()
    return {row[0]: provision for row, provision in zip(rows, assemble(rows), strict=True)}


def text_at(
    archive: Archive, work: str, eid: str, *, on: date | None = None, known: datetime | None = None
) -> Provision | None:
    """What stood at an address with all below it: the node that ``editions.expression`` has there; None for nothing."""
    found = skeleton(archive, work, on=on, known=known)
    place = found.by_eid.get(eid) if found else None
    if found is None or place is None:
        return None
    wanted = [one.address for _, one in found.in_order(place.address)]
    made = provisions(archive, found, wanted)
    rows: list[Row] = [
        (
            address,
            found.places[address].parent if address != place.address else None,
            one.eid,
            one.unit,
            one.num,
            one.heading,
            one.text,
            codec.dumps(one.applicability) if one.applicability else None,
        )
        for address in wanted
        if (one := made[address])
    ]
    return assemble(rows)[0]


def days_of(archive: Archive, of: Skeleton, eid: str) -> tuple[date, ...]:
    """The dates of the editions, by the same recipe and as it is held true now, from which on something else stood at an address or below it than before;
    oldest first. Text that came and went below it counts."""
    row = archive.database.execute(
        "SELECT address.id FROM address JOIN work ON work.id = address.work WHERE path = ? AND eid = ?",
        (of.edition.work, eid),
    ).fetchone()
    if row is None:
        return ()
    rows = archive.database.execute(
        """
        SELECT address, parent, from_date, to_date, unit, num, heading, text, applicability, rank FROM provision
        WHERE series = ? AND known_to IS NULL ORDER BY from_date
        """,
        (of.series,),
    ).fetchall()
    children: dict[int | None, set[int]] = {}
    for address, parent, *_ in rows:
        children.setdefault(parent, set()).add(address)
    within: set[int] = set()
    reached = [int(row[0])]
    while reached:
        address = reached.pop()
        if address not in within:
            within.add(address)
            reached += children.get(address, ())
    return tuple(date.fromisoformat(day) for day in sorted(_turns(one for one in rows if one[0] in within)))


def first_known(archive: Archive, work: str) -> datetime | None:
    """The first instant at which anything of a work was known."""
    (first,) = archive.database.execute(
        "SELECT min(known_from) FROM edition JOIN series ON series.id = edition.series JOIN work ON work.id = series.work WHERE path = ?",
        (work,),
    ).fetchone()
    return None if first is None else instants.from_microseconds(first)


def _turns(rows: Iterable[tuple[object, ...]]) -> set[str]:
    """The days on which rows begin or end, but for those on which one goes on as another that says the same."""
    begins: dict[str, set[tuple[object, ...]]] = {}
    ends: dict[str, set[tuple[object, ...]]] = {}
    for address, parent, begin, end, *said in rows:
        what = (address, parent, *said)
        begins.setdefault(str(begin), set()).add(what)
        if end is not None:
            ends.setdefault(str(end), set()).add(what)
    return {day for day in begins.keys() | ends.keys() if begins.get(day, set()) != ends.get(day, set())}


def _standing(series: int, day: str, known: int | None) -> tuple[str, dict[str, object]]:
    knew = (
        "known_to IS NULL"
        if known is None
        else "known_from <= :known AND (known_to IS NULL OR known_to > :known)"
    )
    return (
        f"series = :series AND {knew} AND from_date <= :day AND (to_date IS NULL OR to_date > :day)",
        {"series": series, "day": day, "known": known},
    )
