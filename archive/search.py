"""Full-text search over every edition in every language: the index narrows, the texts themselves decide, so that what is found is exact."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from archive import codec
from archive.errors import BadInput
from archive.search_index import FILE, VERSION
from archive.search_query import Query
from archive.search_words import folded
from archive.store import Archive

MOST = 20_000
"""Sayings that a search looks at; beyond them it says that it is cut."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Where to look: a work with all below it, a source, a jurisdiction (``US``), a language, an address and all below it in any work (``3A090``), what
    stood on a day; everything for "" and None. ``standing`` asks for what stands in the newest editions."""

    work: str = ""
    source: str = ""
    jurisdiction: str = ""
    language: str = ""
    below: str = ""
    on: date | None = None
    standing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A provision that meets a query, with the newest of its wordings that does: in force from ``from_date`` until the day before ``to_date`` (None: it stands
    in the newest edition). ``wordings`` is how many of them meet it."""

    work: str
    title: str
    source: str
    language: str
    eid: str
    unit: str
    num: str
    heading: str
    text: str
    from_date: date
    to_date: date | None
    wordings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The provisions that meet a query, the best first: ``total`` of them, ``hits`` those of one page. ``cut`` says that there were too many to look at."""

    total: int
    hits: tuple[Hit, ...]
    cut: bool


def search(
    archive: Archive, query: Query, scope: Scope | None = None, *, start: int = 0, limit: int = 25
) -> Found:
    """What meets a query, among all that was ever in force as it is held true now. Raises ``BadInput`` where there is no index yet, ``ValueError`` for a query
    that wants nothing."""
    if not query.wanted:
        raise ValueError("a query without a wanted word finds nothing")
    with _searching(archive) as database:
        sayings = database.execute(
            "SELECT rowid FROM search.words WHERE words MATCH ? ORDER BY rank LIMIT ?",
            (query.match(), MOST + 1),
        ).fetchall()
        meeting = _meeting(database, [number for (number,) in sayings[:MOST]], query)
        addresses = _addresses(database, meeting, scope or Scope())
        page = _rows(database, meeting, scope or Scope(), addresses[start : start + limit])
        shown = [_hit(archive, *one) for one in page.items()]
        return Found(total=len(addresses), hits=tuple(shown), cut=len(sayings) > MOST)


@contextmanager
def _searching(archive: Archive) -> Iterator[sqlite3.Connection]:
    """The archive's connection with the index attached for reading."""
    path = archive.folder / FILE
    if not path.is_file():
        raise _not_yet(archive)
    database = archive.database
    try:
        database.execute("ATTACH ? AS search", (f"{path.resolve().as_uri()}?mode=ro",))
    except sqlite3.OperationalError:
        raise _not_yet(archive) from None
    try:
        if database.execute("PRAGMA search.user_version").fetchone()[0] != VERSION:
            raise _not_yet(archive)
        yield database
    finally:
        database.execute("DETACH search")


def _not_yet(archive: Archive) -> BadInput:
    return BadInput(
        "there is no index to search in yet",
        thing=str(archive.folder / FILE),
        mend="The next 'tocsin run' makes it, and so does 'tocsin serve'",
    )


def _meeting(database: sqlite3.Connection, sayings: list[int], query: Query) -> list[int]:
    """Those sayings whose number, heading or text meet the query, in the order of likeness."""
    if query.is_plain:
        return sayings
    rows = database.execute(
        """
        SELECT saying.id, num, heading.body, words.body FROM json_each(?) AS wanted
        JOIN search.saying ON saying.id = wanted.value
        LEFT JOIN text AS heading ON heading.id = saying.heading
        LEFT JOIN text AS words ON words.id = saying.text
        ORDER BY wanted.key
        """,
        (codec.dumps(sayings),),
    )
    return [
        number for number, *fields in rows if query.is_met(tuple(folded(field) for field in fields if field))
    ]


def _addresses(database: sqlite3.Connection, sayings: list[int], scope: Scope) -> list[int]:
    """The addresses at which it is said; those where it stands first, then by likeness."""
    conditions, values = _conditions(scope)
    rows = database.execute(
        f"""
        SELECT place.address {_SAID} WHERE {" AND ".join(conditions)}
        GROUP BY place.address ORDER BY max(to_date IS NULL) DESC, min(wanted.key), place.address
        """,
        (codec.dumps(sayings), *values),
    )
    return [address for (address,) in rows]


def _rows(
    database: sqlite3.Connection, sayings: list[int], scope: Scope, addresses: list[int]
) -> dict[int, list[tuple[Any, ...]]]:
    """The rows of ``provision`` that say it at some addresses, by address in their order."""
    conditions, values = _conditions(scope)
    rows = database.execute(
        f"""
        SELECT place.address, place.saying, provision.id, from_date, to_date {_SAID}
        WHERE {" AND ".join(conditions)} AND place.address IN (SELECT value FROM json_each(?))
        """,  # noqa: S608 - conditions of ours
        (codec.dumps(sayings), *values, codec.dumps(addresses)),
    )
    found: dict[int, list[tuple[Any, ...]]] = {address: [] for address in addresses}
    for address, *row in rows:
        found[address].append(tuple(row))
    return found


def _conditions(scope: Scope) -> tuple[list[str], list[object]]:
    conditions, values = ["true"], list[object]()
    if scope.work:
        conditions.append("(work.path = ? OR (work.path >= ? || '/' AND work.path < ? || '0'))")
        values += [scope.work] * 3
    if scope.below:
        conditions.append("(address.eid = ? OR (address.eid >= ? || '.' AND address.eid < ? || '0'))")
        values += [scope.below] * 3
    for column, wanted in (
        ("work.source", scope.source),
        ("work.jurisdiction", scope.jurisdiction),
        ("series.language", scope.language),
    ):
        if wanted:
            conditions.append(f"{column} = ?")
            values.append(wanted)
    if scope.on is not None:
        conditions.append("from_date <= ? AND (to_date IS NULL OR to_date > ?)")
        values += [scope.on.isoformat()] * 2
    if scope.standing:
        conditions.append("to_date IS NULL")
    return conditions, values


def _hit(archive: Archive, address: int, rows: list[tuple[Any, ...]]) -> Hit:
    _, newest, _, _ = max(rows, key=lambda row: (row[2], row[1]))
    work, title, source, language, eid, unit, num, heading, text, begin, end = archive.database.execute(
        """
        SELECT path, title, source, series.language, eid, unit, num, heading.body, words.body, from_date, to_date
        FROM provision
        JOIN address ON address.id = provision.address
        JOIN work ON work.id = address.work
        JOIN series ON series.id = provision.series
        LEFT JOIN text AS heading ON heading.id = provision.heading
        LEFT JOIN text AS words ON words.id = provision.text
        WHERE provision.id = ?
        """,
        (newest,),
    ).fetchone()
    return Hit(
        work=work,
        title=title,
        source=source,
        language=language,
        eid=eid,
        unit=unit,
        num=num,
        heading=heading or "",
        text=text or "",
        from_date=date.fromisoformat(begin),
        to_date=date.fromisoformat(end) if end else None,
        wordings=len({row[0] for row in rows}),
    )


_SAID = """
    FROM json_each(?) AS wanted
    JOIN search.saying ON saying.id = wanted.value
    JOIN search.place ON place.saying = saying.id
    JOIN provision ON provision.address = place.address AND provision.known_to IS NULL AND provision.num = saying.num
        AND coalesce(provision.text, 0) = saying.text AND coalesce(provision.heading, 0) = saying.heading
    JOIN address ON address.id = place.address
    JOIN work ON work.id = address.work
    JOIN series ON series.id = provision.series
"""
