"""Works and their editions: what is held, and the text of a work as of any day, as known at any instant.

Publishing is in ``archive.publishing`` and ``archive.rederiving``, captures in ``archive.received``; their functions are offered here as well, because a
capture, its edition and its text are asked for together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from archive import codec, instants
from archive.below import at_or_below
from archive.publishing import confirm, publish
from archive.received import (
    CaptureRow,
    capture_row,
    captures,
    documents,
    held,
    hold,
    load_capture,
    newest_capture,
    record_capture,
    reject,
    release,
    unread,
)
from archive.records import Expression, Fact, Provision
from archive.rederiving import rederive
from archive.store import Archive
from archive.trees import assemble

__all__ = [
    "CaptureRow",
    "Edition",
    "Found",
    "WorkRow",
    "capture_row",
    "captures",
    "confirm",
    "documents",
    "edition_at",
    "editions",
    "expression",
    "held",
    "hold",
    "latest",
    "load_capture",
    "newest_capture",
    "newest_document_of_run",
    "provisions_at",
    "publish",
    "record_capture",
    "rederive",
    "reject",
    "release",
    "text_of",
    "unread",
    "work_row",
    "works",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRow:
    """A work that is held: ``title`` and ``kind`` are those of its newest edition; ``language`` is the one it was first read in."""

    path: str
    source: str
    title: str
    language: str
    kind: str
    jurisdiction: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """An edition without its text. ``observed`` is when we saw it, ``known_from`` when the archive came to hold it so; ``sha256`` the bytes
    it was read from; ``digest`` the SHA-256 of its tree; ``scope`` the parts of the work that it prints, empty for all; ``covers`` those that its
    text has, with what stood before outside of its scope."""

    id: int
    work: str
    as_of: date
    recipe: str
    language: str
    title: str
    kind: str
    capture_id: int
    document: str
    url: str
    sha256: str
    published: date | None
    observed: datetime
    known_from: datetime
    provisional: bool
    scope: tuple[str, ...]
    covers: tuple[str, ...]
    digest: str
    facts: tuple[Fact, ...]


def works(archive: Archive, prefix: str = "") -> tuple[WorkRow, ...]:
    """The works at a path and below it (``us/cfr/15/744`` and ``us/cfr/15/744/supp-4``), all without one, by path."""
    where, values = (f"WHERE {at_or_below('path')}", (prefix,) * 3) if prefix else ("", ())
    return tuple(map(_work_row, archive.database.execute(f"{_WORKS} {where} ORDER BY path", values)))


def work_row(archive: Archive, work: str) -> WorkRow:
    """The work at a path, which is held. Raises ``KeyError`` where it is not."""
    row = archive.database.execute(f"{_WORKS} WHERE path = ?", (work,)).fetchone()
    if row is None:
        raise KeyError(work)
    return _work_row(row)


def editions(
    archive: Archive, work: str, *, recipe: str | None = None, language: str | None = None
) -> tuple[Edition, ...]:
    """The editions of a work that stand, oldest first: of each date the one by the newest recipe, or by the one named; in its first
    language, or in the one named."""
    rows = archive.database.execute(
        f"{_SELECT} {_CHOSEN} AND {_STANDING} ORDER BY edition.as_of, series.id",
        {"work": work, "recipe": recipe, "language": language},
    )
    newest = {row[2]: row for row in rows}
    return tuple(_edition(row) for row in newest.values())


def latest(
    archive: Archive, work: str, *, recipe: str | None = None, language: str | None = None
) -> Edition | None:
    """The newest edition of a work, None where none is held."""
    found = edition_at(archive, work, recipe=recipe, language=language)
    return found.edition if found else None


def newest_document_of_run(archive: Archive, run: int) -> date | None:
    """The latest date of publication among the documents (rules, notices, pages) that a run brought, None where it brought none."""
    (day,) = archive.database.execute(
        """
        SELECT max(coalesce(published, edition.as_of)) FROM capture JOIN edition ON edition.capture = capture.id
        WHERE capture.run = ? AND edition.kind = 'document'
        """,
        (run,),
    ).fetchone()
    return date.fromisoformat(day) if day else None


def mark(archive: Archive, works: Iterable[str]) -> tuple[int, ...]:
    """What is another one as soon as the editions of some works are, and stays as it is whatever comes of other works: for what is kept of them."""
    row: tuple[int | None, ...] = archive.database.execute(
        """
        SELECT count(*), max(edition.id), count(known_to), sum(provisional), count(superseded_at)
        FROM work JOIN series ON series.work = work.id JOIN edition ON edition.series = series.id
        WHERE path IN (SELECT value FROM json_each(?))
        """,
        (codec.dumps(sorted(set(works))),),
    ).fetchone()
    return tuple(value or 0 for value in row)


def expression(
    archive: Archive,
    work: str,
    *,
    on: date | None = None,
    known: datetime | None = None,
    recipe: str | None = None,
    language: str | None = None,
) -> Expression | None:
    """The text of a work as it stood on a day (by default in its latest edition), as far as was known at an instant (by default now):
    exactly the tree that was published. None where no edition of that day was known then.

    Where several recipes read an edition, the newest counts unless one is named.
    """
    found = edition_at(archive, work, on=on, known=known, recipe=recipe, language=language)
    return text_of(archive, found) if found else None


def text_of(archive: Archive, found: Found) -> Expression:
    """The text of an edition that was found."""
    edition = found.edition
    return Expression(
        work=edition.work,
        as_of=edition.as_of,
        recipe=edition.recipe,
        title=edition.title,
        language=edition.language,
        kind=edition.kind,
        provisions=provisions_at(archive, found.series, edition.as_of.isoformat(), found.known),
        facts=edition.facts,
        published=edition.published,
        scope=edition.covers,
    )


def provisions_at(archive: Archive, series: int, day: str, known: int | None) -> tuple[Provision, ...]:
    """The tree of a series on a day (ISO), as known at an instant in microseconds (None: now). Raises ``KeyError`` where a parent is
    missing: then the file was tampered with."""
    standing = (
        "known_to IS NULL"
        if known is None
        else "known_from <= :known AND (known_to IS NULL OR known_to > :known)"
    )
    rows = archive.database.execute(
        f"""
        SELECT address, parent, eid, unit, num, heading.body, words.body, applicability
        FROM provision
        JOIN address ON address.id = provision.address
        LEFT JOIN text AS heading ON heading.id = provision.heading
        LEFT JOIN text AS words ON words.id = provision.text
        WHERE series = :series AND {standing} AND from_date <= :day AND (to_date IS NULL OR to_date > :day)
        ORDER BY rank
        """,  # noqa: S608
        {"series": series, "day": day, "known": known},
    )
    return assemble(rows)


class Found(NamedTuple):
    """The edition of a day, the number of its series, and the instant (microseconds; None: now) as of which its rows are to be read."""

    edition: Edition
    series: int
    known: int | None


def edition_at(
    archive: Archive,
    work: str,
    *,
    on: date | None = None,
    known: datetime | None = None,
    recipe: str | None = None,
    language: str | None = None,
) -> Found | None:
    """The edition that ``expression`` reads, without its text."""
    instant = None if known is None else instants.microseconds(known)
    row = archive.database.execute(
        f"""
        {_SELECT} {_CHOSEN} AND (:day IS NULL OR edition.as_of <= :day)
        AND {_STANDING if known is None else "known_from <= :known AND (known_to IS NULL OR known_to > :known)"}
        ORDER BY edition.as_of DESC, series.id DESC LIMIT 1
        """,
        {
            "work": work,
            "recipe": recipe,
            "language": language,
            "day": on.isoformat() if on else None,
            "known": instant,
        },
    ).fetchone()
    if row is None:
        return None
    series, known_to = row[-2:]
    if instant is None and known_to is not None:
        instant = known_to - 1  # superseded, and asked for by its recipe: as last held true
    return Found(_edition(row), series, instant)


_WORKS = "SELECT path, source, title, language, kind, jurisdiction FROM work"


def _work_row(row: tuple[str, ...]) -> WorkRow:
    path, source, title, language, kind, where = row
    return WorkRow(path=path, source=source, title=title, language=language, kind=kind, jurisdiction=where)


_SELECT = """
    SELECT edition.id, work.path, edition.as_of, recipe, series.language, edition.title, edition.kind, capture, document, url, sha256,
        published, observed, known_from, provisional, scope, covers, digest, facts, edition.series, known_to
    FROM edition
    JOIN series ON series.id = edition.series
    JOIN work ON work.id = series.work
    JOIN capture ON capture.id = edition.capture
"""
# What an older recipe made is closed, and still answers to its name.
_STANDING = "(known_to IS NULL OR (:recipe IS NOT NULL AND known_to = superseded_at))"
_CHOSEN = """
    WHERE work.path = :work AND series.language = coalesce(:language, work.language) AND (:recipe IS NULL OR recipe = :recipe)
"""


def _edition(row: tuple[Any, ...]) -> Edition:
    number, work, as_of, recipe, language, title, kind, capture, document, url, sha256, *rest = row
    published, observed, known_from, provisional, scope, covers, digest, facts, _series, _known_to = rest
    return Edition(
        id=number,
        work=work,
        as_of=date.fromisoformat(as_of),
        recipe=recipe,
        language=language,
        title=title,
        kind=kind,
        capture_id=capture,
        document=document,
        url=url,
        sha256=sha256,
        published=date.fromisoformat(published) if published else None,
        observed=instants.read(observed),
        known_from=instants.from_microseconds(known_from),
        provisional=bool(provisional),
        scope=codec.loads(scope, tuple[str, ...]),
        covers=codec.loads(covers, tuple[str, ...]),
        digest=digest,
        facts=codec.loads(facts, tuple[Fact, ...]),
    )
