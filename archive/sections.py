"""A part of a work without the rest: what stood at an address and below it, and what the work contains, read by rows instead of as a whole.

SQLite answers with all the rows of a question as one JSON list: whoever reads row by row gives the interpreter away and waits for it again with each of them,
which among busy threads took many times as long as the question itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

import msgspec

from archive import addresses, codec, instants
from archive.editions import Edition, Found, edition_at
from archive.fresh_provisions import fresh_provision
from archive.records import Provision
from archive.store import Archive
from archive.trees import Row, assemble, states


class Place(msgspec.Struct, frozen=True, array_like=True, gc=False):
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
    return _skeleton(archive, found, "FROM provision", {})


def part_of(archive: Archive, found: Found, address: int, links: Links) -> Skeleton:
    """The same of what stands at an address, below it and above it, with the headers of the tables that it stands in; ``links`` are those of its series."""
    condition, _ = _standing(found)
    given = f"""
        FROM (
            WITH RECURSIVE above(address) AS (
                SELECT :address
                UNION SELECT coalesce(parent, 0) FROM above JOIN provision ON provision.address = above.address WHERE {condition}
            )
            SELECT address AS given FROM above UNION SELECT value FROM json_each(:within)
            UNION SELECT json_extract(value, '$[1]') FROM json_each(:headers) WHERE json_extract(value, '$[0]') IN above
        ) CROSS JOIN provision INDEXED BY provision_address ON provision.address = given
    """  # noqa: S608
    values = {
        "address": address,
        "within": codec.dumps(links.within(address)),
        "headers": codec.dumps(links.headers),
    }
    return _skeleton(archive, found, given, values)


def _skeleton(archive: Archive, found: Found, rows: str, values: Mapping[str, object]) -> Skeleton:
    condition, standing = _standing(found)
    (listed,) = archive.database.execute(
        f"""
        SELECT json_group_array(json_array(address, parent, eid, unit, num, heading, size)) FROM (
            SELECT provision.address, parent, eid, unit, num, coalesce(heading.body, '') AS heading,
                coalesce(length(heading.body), 0) + coalesce(length(words.body), 0) AS size
            {rows}
            JOIN address ON address.id = provision.address
            LEFT JOIN text AS heading ON heading.id = provision.heading
            LEFT JOIN text AS words ON words.id = provision.text
            WHERE {condition} ORDER BY rank
        )
        """,  # noqa: S608
        {**values, **standing},
    ).fetchone()
    places = {place.address: place for place in codec.loads(listed, list[Place])}
    return Skeleton(edition=found.edition, series=found.series, known=found.known, places=places)


def provisions(archive: Archive, of: Skeleton, addresses: Iterable[int]) -> dict[int, Provision]:
    """What stands at some addresses of an edition, with its words, without children."""
    condition, values = _standing(of)
    (listed,) = archive.database.execute(
        f"""
        SELECT json_group_array(json_array(address, eid, unit, num, coalesce(heading.body, ''), coalesce(words.body, ''), applicability))
        FROM json_each(:wanted) AS wanted
        CROSS JOIN provision INDEXED BY provision_address ON provision.address = wanted.value
        JOIN address ON address.id = provision.address
        LEFT JOIN text AS heading ON heading.id = provision.heading
        LEFT JOIN text AS words ON words.id = provision.text
        WHERE {condition}
        """,  # noqa: S608
        {**values, "wanted": codec.dumps(list(addresses))},
    ).fetchone()
    return {
        address: fresh_provision(
            eid, unit, num, heading, text, (), states(applicability) if applicability else ()
        )
        for address, eid, unit, num, heading, text, applicability in codec.loads(listed, list[_Said])
    }


_Said = tuple[int, str, str, str, str, str, str | None]


def text_at(
    archive: Archive, work: str, eid: str, *, on: date | None = None, known: datetime | None = None
) -> Provision | None:
    """What stood at an address with all below it: the node that ``editions.expression`` has there; None for nothing."""
    found, address = edition_at(archive, work, on=on, known=known), addresses.number(archive, work, eid)
    if found is None or address is None:
        return None
    part = part_of(archive, found, address, links_of(archive, found.series))
    if address not in part.places:
        return None
    wanted = [one.address for _, one in part.in_order(address)]
    made = provisions(archive, part, wanted)
    rows: list[Row] = [
        (
            number,
            part.places[number].parent if number != address else None,
            one.eid,
            one.unit,
            one.num,
            one.heading,
            one.text,
            codec.dumps(one.applicability) if one.applicability else None,
        )
        for number in wanted
        if (one := made[number])
    ]
    return assemble(rows)[0]


@dataclass(frozen=True, slots=True)
class Links:
    """The addresses of a series under which anything ever stood, on any day and as known at any instant, with those that stood directly under them (0: what
    the roots stand under); and ``headers``, each after what it stood under."""

    below: Mapping[int, Sequence[int]]
    headers: Sequence[tuple[int, int]]

    def within(self, address: int) -> list[int]:
        """All addresses that ever stood below an address, and itself."""
        reached = {address: None}
        left = [address]
        while left:
            fresh = [one for one in self.below.get(left.pop(), ()) if one not in reached]
            reached |= dict.fromkeys(fresh)
            left += fresh
        return list(reached)


def links_of(archive: Archive, series: int) -> Links:
    """The links of a series."""
    read = archive.database
    (below,) = read.execute(
        """
        SELECT json_group_array(json_array(parent, json(below))) FROM (
            SELECT coalesce(parent, 0) AS parent, json_group_array(DISTINCT address) AS below FROM provision WHERE series = ? GROUP BY 1
        )
        """,
        (series,),
    ).fetchone()
    (headers,) = read.execute(
        """
        SELECT json_group_array(json_array(parent, address)) FROM (
            SELECT DISTINCT coalesce(parent, 0) AS parent, address FROM provision WHERE series = ? AND unit = 'header'
        )
        """,
        (series,),
    ).fetchone()
    return Links(
        dict(codec.loads(below, list[tuple[int, list[int]]])), codec.loads(headers, list[tuple[int, int]])
    )


def days_of(archive: Archive, series: int, address: int, within: Iterable[int]) -> tuple[date, ...]:
    """The dates of the editions of a series, as it is held true now, from which on something else stood at an address or below it than before; oldest
    first. Text that came and went below it counts. ``within`` are the addresses below it and more (``Links.within``)."""
    rows = archive.database.execute(
        _DAYS, {"series": series, "address": address, "within": codec.dumps(list(within))}
    )
    return tuple(date.fromisoformat(day) for (day,) in rows)


# The days on which rows begin or end, but for those on which one goes on as another that says the same.
_DAYS = """
    WITH RECURSIVE held AS MATERIALIZED (
        SELECT address, provision.parent, from_date, to_date, unit, num, heading, text, applicability, rank
        FROM json_each(:within) AS given CROSS JOIN provision INDEXED BY provision_address ON provision.address = given.value
        WHERE series = :series AND known_to IS NULL
    ), reached(address) AS (
        SELECT :address UNION SELECT held.address FROM reached JOIN held ON held.parent = reached.address
    ), begins AS MATERIALIZED (
        SELECT from_date AS day, address, parent, unit, num, heading, text, applicability, rank FROM held WHERE address IN reached
    ), ends AS MATERIALIZED (
        SELECT to_date, address, parent, unit, num, heading, text, applicability, rank FROM held WHERE address IN reached AND to_date NOTNULL
    )
    SELECT day FROM (SELECT * FROM begins EXCEPT SELECT * FROM ends)
    UNION SELECT to_date FROM (SELECT * FROM ends EXCEPT SELECT * FROM begins) ORDER BY 1
"""


def first_known(archive: Archive, work: str) -> datetime | None:
    """The first instant at which anything of a work was known."""
    (first,) = archive.database.execute(
        "SELECT min(known_from) FROM edition JOIN series ON series.id = edition.series JOIN work ON work.id = series.work WHERE path = ?",
        (work,),
    ).fetchone()
    return None if first is None else instants.from_microseconds(first)


def _standing(of: Found | Skeleton) -> tuple[str, dict[str, object]]:
    """The rows of an edition, as a condition with its values."""
    knew = (
        "known_to IS NULL"
        if of.known is None
        else "known_from <= :known AND (known_to IS NULL OR known_to > :known)"
    )
    return (
        f"series = :series AND {knew} AND from_date <= :day AND (to_date IS NULL OR to_date > :day)",
        {"series": of.series, "day": of.edition.as_of.isoformat(), "known": of.known},
    )
