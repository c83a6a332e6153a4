"""The calendar: dates on which law changes though no word does, found in the newest edition of each work and kept until they are told.

A fuse that an edition before its day no longer has was taken out by an amendment, which is told as such; it is *gone*. One that vanishes from an
edition of its day or later has burnt down: it stays, and is told even if nobody looked on the day itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from archive.below import at_or_below
from archive.identifiers import digest
from archive.publishing import work_id
from archive.records import Fuse
from archive.store import Archive


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFuse:
    """A fuse as the archive holds it: ``as_of`` is the newest edition that has it, ``seen`` the day on which it was first found, ``told`` the
    days ahead of the last reminder (None: none yet), ``source`` and ``title`` those of its work."""

    id: str
    fuse: Fuse
    source: str
    title: str
    as_of: date
    seen: date
    told: int | None


def unsearched(archive: Archive) -> tuple[str, ...]:
    """The works that have editions which nobody has searched for fuses yet, by path."""
    rows = archive.database.execute(
        """
        SELECT work.path FROM work
        JOIN series ON series.work = work.id
        JOIN edition ON edition.series = series.id AND edition.known_to IS NULL
        LEFT JOIN fuse_search ON fuse_search.work = work.id
        GROUP BY work.id HAVING max(edition.id) > coalesce(max(fuse_search.edition), 0) ORDER BY work.path
        """
    )
    return tuple(path for (path,) in rows)


def keep(archive: Archive, work: str, found: Sequence[Fuse], *, as_of: date, seen: date) -> None:
    """Write what the newest edition of a work, of ``as_of``, has, and that it was searched on ``seen``. What it no longer has is gone, unless
    its day had come by then."""
    day = as_of.isoformat()
    with archive.transaction():
        number = work_id(archive.database, work, "")
        numbered = _numbered(work, found)
        standing = archive.database.execute(
            "SELECT id, day, sort, words, told FROM fuse WHERE work = ? AND gone IS NULL AND day > ?",
            (number, day),
        ).fetchall()
        lost = [row for row in standing if row[0] not in numbered]
        told = {(when, sort, words): stage for _, when, sort, words, stage in lost}
        archive.database.executemany("UPDATE fuse SET gone = ? WHERE id = ?", ((day, row[0]) for row in lost))
        for key, fuse in numbered.items():
            # What only moved to another address was told under the old one.
            stage = told.get((fuse.day.isoformat(), fuse.sort, fuse.words))
            archive.database.execute(
                """
                INSERT INTO fuse (id, work, eid, day, named, sort, act, words, as_of, seen, told)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET act = excluded.act, words = excluded.words, as_of = excluded.as_of, gone = NULL
                """,
                (
                    key,
                    number,
                    fuse.eid,
                    fuse.day.isoformat(),
                    fuse.named.isoformat(),
                    fuse.sort,
                    fuse.act,
                    fuse.words,
                    day,
                    seen.isoformat(),
                    stage,
                ),
            )
        archive.database.execute(
            """
            INSERT INTO fuse_search (work, edition)
            SELECT work, max(edition.id) FROM edition JOIN series ON series.id = edition.series WHERE work = ? GROUP BY work
            ON CONFLICT (work) DO UPDATE SET edition = excluded.edition
            """,
            (number,),
        )


def fuses(
    archive: Archive, *, since: date | None = None, work: str = "", below: str = ""
) -> tuple[KeptFuse, ...]:
    """The fuses that stand, with a day of ``since`` or later, of all works or of one, there of all addresses or of one and those ``below`` it, by day, work
    and place."""
    words, values = "day >= ?", [(since or date.min).isoformat()]
    if work:
        words, values = f"{words} AND path = ?", [*values, work]
    if below:
        words, values = f"{words} AND {at_or_below('eid', '.')}", [*values, *[below] * 3]
    return _kept(archive, words, *values)


def fuses_named(archive: Archive, ids: Iterable[str]) -> tuple[KeptFuse, ...]:
    """The fuses with these ids, as far as they stand."""
    return tuple(kept for key in sorted(set(ids)) for kept in _kept(archive, "fuse.id = ?", key))


def untold(archive: Archive) -> tuple[KeptFuse, ...]:
    """The fuses that stand and whose day itself has not been told."""
    return _kept(archive, "told IS NULL OR told > 0")


def mark_told(archive: Archive, ids: Iterable[str], stage: int) -> None:
    """Write that the reminder of ``stage`` days ahead was made. Call it in the transaction that owes the messages."""
    with archive.transaction():
        archive.database.executemany("UPDATE fuse SET told = ? WHERE id = ?", ((stage, one) for one in ids))


def _numbered(work: str, found: Iterable[Fuse]) -> dict[str, Fuse]:
    """The fuses by their ids, which outlive a change of their words: the first, the second of a place, day and sort."""
    equals: Counter[tuple[str, ...]] = Counter()
    numbered = {}
    for fuse in found:
        place = (work, fuse.eid, fuse.day.isoformat(), fuse.sort)
        numbered[digest("fuse", *place, str(equals[place]))] = fuse
        equals[place] += 1
    return numbered


def _kept(archive: Archive, condition: str, *values: str) -> tuple[KeptFuse, ...]:
    rows = archive.database.execute(
        f"""
        SELECT fuse.id, path, eid, day, named, sort, act, words, source, title, as_of, seen, told
        FROM fuse JOIN work ON work.id = fuse.work WHERE gone IS NULL AND ({condition}) ORDER BY day, path, fuse.rowid
        """,  # noqa: S608
        values,
    )
    return tuple(
        KeptFuse(
            id=key,
            fuse=Fuse(
                work=path,
                eid=eid,
                day=date.fromisoformat(day),
                named=date.fromisoformat(named),
                sort=sort,
                act=act,
                words=words,
            ),
            source=source,
            title=title,
            as_of=date.fromisoformat(as_of),
            seen=date.fromisoformat(seen),
            told=told,
        )
        for key, path, eid, day, named, sort, act, words, source, title, as_of, seen, told in rows
    )
