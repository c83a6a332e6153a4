"""The hash chain: the order of what was written, and that nothing of it was changed since.

A link holds the SHA-256 of the canonical content of one row elsewhere, and the hash of the link before it. Whoever changes, removes or reorders a row
has to write every later link anew, and still differs from a head that was printed, mailed or signed before. The tables refuse edits by triggers; the
chain finds the edits of those who take the triggers away.

Rows in great number need no link each: one link for a run (kind ``run``, the run's number as subject) over the rows that it wrote costs one row and
one pass (``archive.batches``). To put a kind into the chain, name in ``KINDS`` how its content is read.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from archive import batches, dropped, instants
from archive.canonical import canonical, digest_of
from archive.store import Archive

__all__ = [
    "BEGINNING",
    "HEAD_DIGITS",
    "KINDS",
    "Break",
    "Kind",
    "Link",
    "append",
    "canonical",
    "check_chain",
    "check_content",
    "check_head",
    "check_order",
    "check_unlinked",
    "digest_of",
    "head",
    "is_linked",
    "link",
    "links",
]

BEGINNING = "0" * 64
"""What the first link has as the hash of the one before it."""

HEAD_DIGITS = 12
"""How much of a hash says which head is meant."""

Content = Callable[[sqlite3.Connection, str], Any]
"""Of a subject what is in the chain, as plain values for JSON; None where there is no such row."""
Subjects = Callable[[sqlite3.Connection], set[str]]
"""The subjects of a kind that the archive holds."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How the rows of one kind are read: the content of one, and which there are; ``differences`` says of a link over many which are not what they
    were."""

    content: Content
    subjects: Subjects
    differences: Callable[[sqlite3.Connection, str], Iterator[str]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One link as it stands in the archive. ``at`` is as ``archive.instants`` writes it; ``content`` is the SHA-256 of what ``subject`` said, ``hash`` that of the link itself."""

    position: int
    at: str
    kind: str
    subject: str
    content: str
    previous: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """Where the chain does not hold: the link (0: it has none), what it is about, and what is wrong."""

    position: int
    kind: str
    subject: str
    what: str

    def line(self) -> str:
        """``link 7, decision 01ab…: what it says was changed``."""
        link = f"link {self.position}" if self.position else "no link"
        return f"{link}, {self.kind} {self.subject}: {self.what}"


def link(archive: Archive, kind: str, subject: str, *, at: datetime) -> Link:
    """Put a row that was just written at the end of the chain, in the caller's transaction. Raises ``KeyError`` for a kind that ``KINDS`` does not
    name, ``ValueError`` for a row that is not there: both are mistakes of ours."""
    with archive.transaction():
        content = KINDS[kind].content(archive.database, subject)
        if content is None:
            raise ValueError(f"there is no {kind} {subject} to put into the chain")
        return append(archive, kind, subject, digest_of(content), at=at)


def append(archive: Archive, kind: str, subject: str, content: str, *, at: datetime) -> Link:
    """The same for a row whose content was hashed already."""
    with archive.transaction():
        position, previous = head(archive)
        said = (position + 1, instants.written(at), kind, subject, content, previous)
        made = (*said, _hash(said))
        archive.database.execute(
            "INSERT INTO chain (position, at, kind, subject, content, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
            made,
        )
    return _link(made)


def head(archive: Archive) -> tuple[int, str]:
    """Position and hash of the last link; 0 and ``BEGINNING`` for an empty chain. Whoever keeps it elsewhere can prove that nothing was cut off."""
    row = archive.database.execute(
        "SELECT position, hash FROM chain ORDER BY position DESC LIMIT 1"
    ).fetchone()
    return (row[0], row[1]) if row else (0, BEGINNING)


def is_linked(archive: Archive, kind: str, subject: str) -> bool:
    """Whether a row is in the chain."""
    found = archive.database.execute("SELECT 1 FROM chain WHERE kind = ? AND subject = ?", (kind, subject))
    return found.fetchone() is not None


def links(archive: Archive, *, kinds: tuple[str, ...] = ()) -> tuple[Link, ...]:
    """The links in order, of some kinds or of all."""
    rows = archive.database.execute(
        """
        SELECT position, at, kind, subject, content, previous, hash FROM chain
        WHERE ? = '[]' OR kind IN (SELECT value FROM json_each(?)) ORDER BY position
        """,
        (json.dumps(kinds), json.dumps(kinds)),
    )
    return tuple(_link(row) for row in rows)


def check_chain(archive: Archive, *, anchor: tuple[int, str] | None = None) -> Iterator[Break]:
    """What of the chain does not hold, link by link; nothing for a sound one. ``anchor`` is a head that was kept elsewhere: the chain has to have it."""
    found = links(archive)
    for one, broken in zip(found, check_order(found), strict=True):
        yield from broken
        yield from check_content(archive, one)
    yield from check_unlinked(archive, found)
    by_hash = {one.hash: one for one in found}
    if anchor and anchor[0] and (anchor[1] not in by_hash or by_hash[anchor[1]].position != anchor[0]):
        yield Break(
            position=anchor[0],
            kind="chain",
            subject=anchor[1],
            what="the link that was kept elsewhere is gone",
        )


def check_order(found: Sequence[Link]) -> Iterator[tuple[Break, ...]]:
    """Of each link what is wrong with the link itself and its place."""
    by_hash = {one.hash: one for one in found}
    before, expected = BEGINNING, 1
    for one in found:
        yield tuple(_check_link(one, before, expected, by_hash))
        before, expected = one.hash, one.position + 1


def check_unlinked(archive: Archive, found: Sequence[Link]) -> Iterator[Break]:
    """The rows that have to be in the chain and are not."""
    linked = {(one.kind, one.subject) for one in found}
    for name, kind in KINDS.items():
        for subject in sorted(kind.subjects(archive.database)):
            if (name, subject) not in linked:
                yield Break(position=0, kind=name, subject=subject, what="it is not in the chain")


def check_head(found: Sequence[Link], kept: str) -> Link | None:
    """The link that was the head when somebody printed or mailed it: its hash, or the start of it. None where the chain has none such."""
    return next(
        (one for one in found if len(kept) >= HEAD_DIGITS and one.hash.startswith(kept.lower())), None
    )


def _check_link(one: Link, before: str, expected: int, by_hash: Mapping[str, Link]) -> Iterator[Break]:
    def wrong(what: str) -> Break:
        return Break(position=one.position, kind=one.kind, subject=one.subject, what=what)

    if one.position != expected:
        gone = f"{expected}" if one.position == expected + 1 else f"{expected} to {one.position - 1}"
        yield wrong(f"link {gone} before it was removed")
    elif one.previous != before:
        other = by_hash.get(one.previous)
        yield wrong(
            f"it was moved: it was written after link {other.position}"
            if other and other.position != one.position
            else "the link before it is not the one that it was written after"
        )
    said = (one.position, one.at, one.kind, one.subject, one.content, one.previous)
    if _hash(said) != one.hash:
        yield wrong("the link itself was changed")


def check_content(archive: Archive, one: Link) -> Iterator[Break]:
    """What of the rows that a link is about is not as it says."""
    database = archive.database
    kind = KINDS.get(one.kind)
    content = kind.content(database, one.subject) if kind else None
    if content is None:
        what = "what it was about was removed" if kind else "this program does not know its kind"
    elif digest_of(content) != one.content:
        said = kind.differences(database, one.subject) if kind and kind.differences else ()
        what = "; ".join(said) or "what it says was changed"
    else:
        return
    yield Break(position=one.position, kind=one.kind, subject=one.subject, what=what)


def _hash(said: tuple[object, ...]) -> str:
    return digest_of(list(said))


def _link(row: tuple[Any, ...]) -> Link:
    position, at, kind, subject, content, previous, hashed = row
    return Link(
        position=position,
        at=at,
        kind=kind,
        subject=subject,
        content=content,
        previous=previous,
        hash=hashed,
    )


# ── what is in the chain ───────────────────────────────────────────────────────────────────────────


def _rows_of(table: str, columns: str, *, key: str = "id", every: str = "") -> Kind:
    """A kind whose content is one row of a table; ``every`` selects the subjects that have to be in the chain, where that is not the whole table. The columns are named: one that a later migration adds belongs to a kind of its own, so that
    what is linked already reads as it did."""
    names = columns.split()
    one = f"SELECT {', '.join(names)} FROM {table} WHERE {key} = ?"  # noqa: S608 - no word of it comes from outside
    every = every or f"SELECT {key} FROM {table}"  # noqa: S608

    def content(database: sqlite3.Connection, subject: str) -> dict[str, Any] | None:
        row = database.execute(one, (subject,)).fetchone()
        return None if row is None else dict(zip(names, row, strict=True))

    def subjects(database: sqlite3.Connection) -> set[str]:
        return {subject for (subject,) in database.execute(every)}

    return Kind(content, subjects)


def _many(kind: str) -> Kind:
    """A kind whose links cover many rows."""
    return Kind(
        lambda database, subject: batches.content_of(database, kind, subject),
        partial(batches.subjects, kind=kind),
        lambda database, subject: batches.differences(database, kind, subject),
    )


_ACT = "id at author role transition_id change"
KINDS: Mapping[str, Kind] = {
    "decision": _rows_of("decision", f"{_ACT} watch verdict reason person due corrects bond"),
    "comment": _rows_of("comment", f"{_ACT} quote start redline words privileged corrects salt"),
    "assignment": _rows_of("assignment", f"{_ACT} watch person"),
    "digest": _rows_of(
        "digest",
        "week as_known version built_at content",
        key="version",
        every="SELECT DISTINCT version FROM signature",
    ),
    "signature": _rows_of("signature", "id at author role version head"),
    "release": _rows_of("release", "id at version signatures"),
    **{kind: _many(kind) for kind in batches.KINDS},
    "retention": Kind(dropped.content, dropped.subjects),
}
