"""What was built of a week (``tocsin.digest.kept`` writes it), who signed which build, and what was released: rows that only grow. A build is in the hash
chain from its first signature on, signatures and releases are in it at once.

The version of a build is the SHA-256 of its content, and a signature is over a version: what was signed is what was read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from archive import chain, codec, instants
from archive.errors import BadInput
from archive.store import Archive


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """A digest of a week as it was built, without its content; ``as_known`` is the instant up to which the archive counted."""

    week: str
    as_known: datetime
    version: str
    built_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """That ``author`` signed a version; ``head`` was the last link of the chain then."""

    id: str
    at: datetime
    author: str
    role: str
    version: str
    head: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """That a version had all its ``signatures`` (ids) and went out."""

    id: str
    at: datetime
    version: str
    signatures: tuple[str, ...]


def builds(archive: Archive, week: str | None = None) -> tuple[Build, ...]:
    """The builds of a week, of all weeks without one: the one that knows most last."""
    return _builds(archive, "? IS NULL OR week = ?", week, week)


def newest_build(archive: Archive, week: str) -> Build | None:
    """The build of a week that counts: the one that knows most, of equals the last; None where there is none."""
    found = builds(archive, week)
    return found[-1] if found else None


def build_of(archive: Archive, start: str) -> Build:
    """The build whose version begins so. Raises ``BadInput`` where that names none or several, or is too short to be meant."""
    if len(start) >= 8:
        found = _builds(archive, "version >= ? AND version < ? || '~'", start, start)
        if len(found) == 1:
            return found[0]
    raise BadInput(
        f"{start!r} names no version of a digest",
        thing="version",
        mend="Give the first 8 or more characters; 'tocsin review show WEEK' prints it",
    )


def content_of(archive: Archive, version: str) -> str:
    """What a build says, as canonical JSON."""
    (content,) = archive.database.execute(
        "SELECT content FROM digest WHERE version = ?", (version,)
    ).fetchone()
    return str(content)


def write_signature(archive: Archive, *, at: datetime, author: str, role: str, version: str) -> Signature:
    """Write a signature and link it, and before the first one what is signed, in the caller's transaction. Whether it may stand is checked in
    ``tocsin.review.signatures``."""
    with archive.transaction():
        if not chain.is_linked(archive, "digest", version):
            chain.link(archive, "digest", version, at=at)
        _, head = chain.head(archive)
        key = chain.digest_of(["signature", head, author, version])[:32]
        archive.database.execute(
            "INSERT INTO signature (id, at, author, role, version, head) VALUES (?, ?, ?, ?, ?, ?)",
            (key, instants.written(at), author, role, version, head),
        )
        chain.link(archive, "signature", key, at=at)
    return next(one for one in signatures(archive, version) if one.id == key)


def signatures(archive: Archive, version: str | None = None) -> tuple[Signature, ...]:
    """The signatures of a version, of all without one, in the order in which they were written."""
    rows = archive.database.execute(
        """
        SELECT id, signature.at, author, role, version, head FROM signature
        JOIN chain ON chain.kind = 'signature' AND chain.subject = id
        WHERE ? IS NULL OR version = ? ORDER BY chain.position
        """,
        (version, version),
    )
    return tuple(
        Signature(id=key, at=instants.read(at), author=author, role=role, version=signed, head=head)
        for key, at, author, role, signed, head in rows
    )


def write_release(archive: Archive, *, at: datetime, version: str, signed: tuple[str, ...]) -> Release:
    """Write that a version goes out, and link it, in the caller's transaction."""
    with archive.transaction():
        key = chain.digest_of(["release", version, signed])[:32]
        archive.database.execute(
            "INSERT INTO release (id, at, version, signatures) VALUES (?, ?, ?, ?)",
            (key, instants.written(at), version, codec.dumps(signed)),
        )
        chain.link(archive, "release", key, at=at)
    return next(one for one in releases(archive) if one.id == key)


def releases(archive: Archive, week: str | None = None) -> tuple[Release, ...]:
    """What was released of a week, of all weeks without one, in that order."""
    rows = archive.database.execute(
        """
        SELECT release.id, release.at, release.version, signatures FROM release
        JOIN digest ON digest.version = release.version JOIN chain ON chain.kind = 'release' AND chain.subject = release.id
        WHERE ? IS NULL OR week = ? ORDER BY chain.position
        """,
        (week, week),
    )
    return tuple(
        Release(
            id=key, at=instants.read(at), version=version, signatures=codec.loads(signed, tuple[str, ...])
        )
        for key, at, version, signed in rows
    )


def _builds(archive: Archive, condition: str, *values: object) -> tuple[Build, ...]:
    rows = archive.database.execute(
        f"SELECT week, as_known, version, built_at FROM digest WHERE {condition} ORDER BY as_known, id",  # noqa: S608
        values,
    )
    return tuple(
        Build(week=week, as_known=instants.read(known), version=version, built_at=instants.read(built))
        for week, known, version, built in rows
    )
