"""The history of every watch: each wording it had, from when on, and when it was taken out. Files are authoritative; this only remembers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from archive import instants
from archive.store import Archive


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What a watch said from ``at`` on, as JSON; "" where it was taken out then. ``file`` is where it stood."""

    watch: str
    at: datetime
    file: str
    content: str


def remember(archive: Archive, watches: Mapping[str, tuple[str, str]], *, at: datetime) -> int:
    """Write which watches are in force, by name, each with its file and its content as JSON; answers how many differ from what was in force
    before. A watch that only moved to another file or line is the same."""
    with archive.transaction():
        before = {one.watch: one.content for one in history(archive)}
        edits = [
            (name, file, content)
            for name, (file, content) in watches.items()
            if before.get(name, "") != content
        ]
        edits += [(name, "", "") for name, content in before.items() if content and name not in watches]
        archive.database.executemany(
            "INSERT INTO watch_wording (watch, at, file, content) VALUES (?, ?, ?, ?)",
            ((name, instants.written(at), file, content) for name, file, content in edits),
        )
    return len(edits)


def history(archive: Archive, watch: str | None = None) -> tuple[Wording, ...]:
    """The wordings of a watch, of all without one, in the order in which they came."""
    rows = archive.database.execute(
        "SELECT watch, at, file, content FROM watch_wording WHERE ? IS NULL OR watch = ? ORDER BY id",
        (watch, watch),
    )
    return tuple(
        Wording(watch=name, at=instants.read(at), file=file, content=content)
        for name, at, file, content in rows
    )
