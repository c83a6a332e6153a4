"""The digests that were built, kept as canonical JSON under their hash. They are only added; the same content is kept once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

import msgspec

from archive import instants
from archive.errors import BadInput
from archive.store import Archive
from tocsin.digest.records import Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptDigest:
    """A digest as it is kept. ``version`` is the hash of its content."""

    week: str
    known: datetime
    version: str
    built: datetime


def content_of(digest: Digest) -> str:
    """The digest as canonical JSON: the same digest gives the same text."""
    return msgspec.json.encode(digest, order="sorted").decode()


def version_of(digest: Digest) -> str:
    """The SHA-256 of its content, in hex."""
    return hashlib.sha256(content_of(digest).encode()).hexdigest()


def is_new(archive: Archive, digest: Digest) -> bool:
    """Whether that content is not kept yet."""
    row = archive.database.execute("SELECT 1 FROM digest WHERE version = ?", (version_of(digest),)).fetchone()
    return row is None


def keep(archive: Archive, digest: Digest, *, at: datetime) -> bool:
    """Write a digest; False where that content is kept already."""
    version = version_of(digest)
    with archive.transaction():
        if not is_new(archive, digest):
            return False
        archive.database.execute(
            "INSERT INTO digest (week, as_known, version, built_at, content) VALUES (?, ?, ?, ?, ?)",
            (
                digest.period.week,
                instants.written(digest.period.known),
                version,
                instants.written(at),
                content_of(digest),
            ),
        )
    return True


def kept(archive: Archive) -> tuple[KeptDigest, ...]:
    """All of them, in the order in which they were built."""
    rows = archive.database.execute("SELECT week, as_known, version, built_at FROM digest ORDER BY id")
    return tuple(
        KeptDigest(week=week, known=instants.read(known), version=version, built=instants.read(built))
        for week, known, version, built in rows
    )


def find(archive: Archive, name: str) -> tuple[KeptDigest, Digest]:
    """The digest of that week (of several the one that knows most), or whose version begins so; for "" the one that was built last. Raises
    ``BadInput``."""
    found = sorted(
        (one for one in kept(archive) if not name or one.week == name),
        key=lambda one: one.known if name else one.built,
    )
    if not found:
        found = [one for one in kept(archive) if one.version.startswith(name)]
        if len(found) > 1:
            raise BadInput(
                "several versions begin so", thing=f"digest {name}", mend="Write more of the version"
            )
    if not found:
        raise BadInput(
            "no such digest was built",
            thing=f"digest {name}".strip(),
            mend="'tocsin digest list' shows those that were; 'tocsin digest build --week' makes one",
        )
    (content,) = archive.database.execute(
        "SELECT content FROM digest WHERE version = ?", (found[-1].version,)
    ).fetchone()
    return found[-1], msgspec.json.decode(content, type=Digest)


def others(archive: Archive, digest: Digest) -> tuple[KeptDigest, ...]:
    """Those that are kept of the same week and known instant, with other content."""
    version = version_of(digest)
    return tuple(
        one
        for one in kept(archive)
        if one.week == digest.period.week and one.known == digest.period.known and one.version != version
    )
