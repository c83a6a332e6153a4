"""Which bytes were dropped, when and why: read by whoever looks for them. The rows of their captures are where they were."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from archive import instants
from archive.store import Archive


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """The bytes of captures with one SHA-256, ``size`` of them, that were taken away ``at`` an instant for a ``reason``."""

    sha256: str
    at: datetime
    source: str
    reason: str
    size: int

    def line(self) -> str:
        """``dropped by retention on 2028-11-23 (sources.us_csl.keep_captures = "2 years")``."""
        return f"dropped by retention on {self.at.date()} ({self.reason})"


def dropped(archive: Archive) -> dict[str, Dropped]:
    """By their SHA-256 the bytes that were dropped and are not there; what came again since is not among them."""
    rows = archive.database.execute(
        """
        SELECT sha256, at, source, reason, size FROM dropped_body JOIN retention ON retention.id = dropped_body.retention
        ORDER BY at, retention.id
        """
    )
    return {
        sha256: Dropped(sha256=sha256, at=instants.read(at), source=source, reason=reason, size=size)
        for sha256, at, source, reason, size in rows
        if sha256 not in archive.captures
    }


def dropped_body(archive: Archive, sha256: str) -> Dropped | None:
    """The same of one; None where it was never dropped, or is there."""
    row = archive.database.execute(
        """
        SELECT at, source, reason, size FROM dropped_body JOIN retention ON retention.id = dropped_body.retention
        WHERE sha256 = ? ORDER BY at DESC, retention.id DESC LIMIT 1
        """,
        (sha256,),
    ).fetchone()
    if row is None or sha256 in archive.captures:
        return None
    at, source, reason, size = row
    return Dropped(sha256=sha256, at=instants.read(at), source=source, reason=reason, size=size)


def content(database: sqlite3.Connection, subject: str) -> dict[str, Any] | None:
    """For the chain: what one application of a rule said, and what it dropped; None where there is none."""
    row = database.execute("SELECT at, source, reason FROM retention WHERE id = ?", (subject,)).fetchone()
    if row is None:
        return None
    at, source, reason = row
    bodies = database.execute(
        "SELECT sha256, size FROM dropped_body WHERE retention = ? ORDER BY sha256", (subject,)
    )
    return {
        "id": subject,
        "at": at,
        "source": source,
        "reason": reason,
        "bodies": [[sha256, size] for sha256, size in bodies],
    }


def subjects(database: sqlite3.Connection) -> set[str]:
    """For the chain: every application of a rule."""
    return {subject for (subject,) in database.execute("SELECT id FROM retention")}
