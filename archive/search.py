"""Full-text search over every edition in every language: the index narrows, the texts themselves decide, so that what is found is exact."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from archive import codec
from archive.errors import BadInput
from archive.search_attached import FILE
from archive.search_index import is_there
from archive.search_query import Query
from archive.search_ranked import Ranked
from archive.search_scope import EVERYWHERE, Scope, conditions
from archive.search_words import folded
from archive.search_written import meeting_as_written
from archive.store import Archive

__all__ = ["MOST", "Found", "Hit", "Scope", "search"]

MOST = 20_000
"""Sayings that a search looks at; beyond them it says that it is cut."""


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
    """What meets a query, among all that was ever in force as it is held true now, as far as the index has read. Raises ``BadInput`` where there is no
    index yet, ``ValueError`` for a query that wants nothing."""
    if not query.wanted:
        raise ValueError("a query without a wanted word finds nothing")
    if not is_there(archive):
        raise BadInput(
            "there is no index to search in yet",
            thing=str(archive.folder / FILE),
            mend="The next 'tocsin run' makes it, and so does 'tocsin serve'",
        )
    database = archive.database
    with _at_once(database):
        (listed,) = database.execute(
            """
            SELECT json_group_array(saying) FROM
                (SELECT rowid AS saying FROM search.words WHERE words MATCH ? ORDER BY rank LIMIT ?)
            """,
            (query.match(), MOST + 1),
        ).fetchone()
        sayings = codec.loads(listed, list[int])
        meeting = _meeting(database, sayings[:MOST], query)
        ranked = Ranked(database, meeting, conditions(database, scope or EVERYWHERE))
        total, addresses = ranked.page(start, limit)
        hits = _hits(database, ranked.newest(addresses))
    return Found(total=total, hits=hits, cut=len(sayings) > MOST)


@contextmanager
def _at_once(database: sqlite3.Connection) -> Iterator[None]:
    """All of a search sees the archive and the index as they are at one moment, whatever is written meanwhile."""
    if database.in_transaction:
        yield
        return
    database.execute("BEGIN")
    try:
        yield
    finally:
        database.execute("ROLLBACK")  # nothing was written


def _meeting(database: sqlite3.Connection, sayings: list[int], query: Query) -> list[int]:
    """Those sayings whose number, heading or text meet the query, in the order of likeness."""
    if query.is_plain:
        return sayings
    sure = meeting_as_written(database, sayings, query)
    (listed,) = database.execute(
        """
        SELECT json_group_array(json_array(saying.id, json_array(num, coalesce(heading.body, ''), coalesce(words.body, ''))))
        FROM json_each(?) AS wanted
        JOIN search.saying ON saying.id = wanted.value
        LEFT JOIN text AS heading ON heading.id = saying.heading
        LEFT JOIN text AS words ON words.id = saying.text
        """,
        (codec.dumps([number for number in sayings if number not in sure]),),
    ).fetchone()
    met = sure | {
        number
        for number, fields in codec.loads(listed, list[tuple[int, tuple[str, str, str]]])
        if query.is_met(tuple(folded(field) for field in fields if field))
    }
    return [number for number in sayings if number in met]


def _hits(database: sqlite3.Connection, newest: list[tuple[int, int]]) -> tuple[Hit, ...]:
    """The hits of some rows, in their order, each with the number of its wordings."""
    rows = database.execute(
        """
        SELECT work.path, title, source, series.language, eid, unit, num, heading.body, words.body, from_date, to_date
        FROM json_each(?) AS wanted
        CROSS JOIN provision ON provision.id = wanted.value
        JOIN address ON address.id = provision.address
        JOIN work ON work.id = address.work
        JOIN series ON series.id = provision.series
        LEFT JOIN text AS heading ON heading.id = provision.heading
        LEFT JOIN text AS words ON words.id = provision.text
        ORDER BY wanted.key
        """,
        (codec.dumps([provision for provision, _ in newest]),),
    ).fetchall()
    return tuple(
        Hit(
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
            wordings=wordings,
        )
        for (work, title, source, language, eid, unit, num, heading, text, begin, end), (_, wordings) in zip(
            rows, newest, strict=True
        )
    )
