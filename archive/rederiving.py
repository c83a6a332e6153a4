"""A new recipe takes the place of an older one: every edition of a work is written anew, and what the older one made stays as it was known."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from archive import instants
from archive.errors import BadInput
from archive.publishing import Publication, known_instant
from archive.records import Expression
from archive.store import Archive


def rederive(
    archive: Archive, work: str, derived: Sequence[tuple[Expression, int]], *, at: datetime
) -> tuple[int, ...]:
    """Replace the editions of a work by what a new recipe makes of their captures: ``derived`` pairs each expression with the number of
    its capture, oldest first, all of one recipe and language. Answers the numbers of the new editions.

    What older recipes made stays and is closed as known until ``at``: asked as of an earlier instant, or by the older recipe's name, the
    archive answers as before. An edition keeps when it was observed and whether it is provisional. Raises ``BadInput`` for a mixed list.
    """
    kinds = {(expression.work, expression.recipe, expression.language) for expression, _ in derived}
    if len(kinds) != 1 or not all(one == work for one, _, _ in kinds):
        raise BadInput(
            "its editions are of several works, recipes or languages"
            if kinds
            else "no edition of it was given",
            thing=work,
            mend="Hand over all editions of one work as one recipe reads them",
        )
    _, recipe, language = kinds.pop()
    with archive.transaction():
        earlier = _supersede(archive.database, work, recipe, language, at)
        numbers = []
        for expression, capture_id in derived:
            key = (expression.as_of.isoformat(), capture_id)
            observed, provisional = earlier.get(key, (at, False))
            publication = Publication(archive.database, expression, capture_id, provisional)
            numbers.append(publication.write(observed, at))
    return tuple(numbers)


def _supersede(
    database: sqlite3.Connection, work: str, recipe: str, language: str, at: datetime
) -> dict[tuple[str, int], tuple[datetime, bool]]:
    """Close what other recipes made of a work; answers when each of its editions was observed and whether it is provisional."""
    earlier: dict[tuple[str, int], tuple[datetime, bool]] = {}
    row = database.execute("SELECT id FROM work WHERE path = ?", (work,)).fetchone()
    if row is None:
        return earlier
    known = known_instant(database, row[0], at)
    standing = database.execute(
        "SELECT id FROM series WHERE work = ? AND language = ? AND recipe <> ? AND superseded_at IS NULL",
        (row[0], language, recipe),
    ).fetchall()
    for series in standing:
        for as_of, capture, observed, provisional in database.execute(
            "SELECT as_of, capture, observed, provisional FROM edition WHERE series = ? AND known_to IS NULL",
            series,
        ):
            earlier[as_of, capture] = (instants.read(observed), bool(provisional))
        for close in (
            "UPDATE edition SET known_to = ? WHERE series = ? AND known_to IS NULL",
            "UPDATE provision SET known_to = ? WHERE series = ? AND known_to IS NULL",
            "UPDATE series SET superseded_at = ? WHERE id = ?",
        ):
            database.execute(close, (known, *series))
    return earlier
