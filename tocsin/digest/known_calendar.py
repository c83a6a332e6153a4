"""The calendar as it was known at an instant: dates ahead that had been found by then and had not been taken out."""

from __future__ import annotations

from datetime import date, datetime

from alerts.citations import cite
from archive import instants
from archive.store import Archive
from tocsin.digest.records import Due


def calendar(archive: Archive, *, first: date, last: date, known: datetime) -> tuple[Due, ...]:
    """The dates from ``first`` to ``last``, by day, work and place."""
    rows = archive.database.execute(
        _FUSES,
        {
            "first": first.isoformat(),
            "last": last.isoformat(),
            "known": instants.written(known),
            "bound": instants.microseconds(known),
        },
    )
    return tuple(
        Due(
            day=date.fromisoformat(day),
            named=date.fromisoformat(named),
            sort=sort,
            work=work,
            citation=cite(work, eid, title or ""),
            source=source,
            act=act,
            words=words,
        )
        for day, named, sort, work, eid, source, act, words, title in rows
    )


_FUSES = """
    SELECT day, named, sort, work.path, eid, work.source, told.act, told.words,
        (SELECT edition.title FROM edition JOIN series ON series.id = edition.series
            WHERE series.work = work.id AND edition.known_from <= :bound ORDER BY edition.as_of DESC, edition.id DESC LIMIT 1)
    FROM fuse JOIN work ON work.id = fuse.work
    JOIN fuse_history AS told ON told.id =
        (SELECT max(id) FROM fuse_history WHERE fuse_history.fuse = fuse.id AND at <= :known)
    WHERE told.gone IS NULL AND day BETWEEN :first AND :last
    ORDER BY day, work.path, fuse.eid, sort, fuse.id
"""
