"""The history of every watch: each wording it had, from when on, by whom, and when it was taken out.

Files are authoritative, and this only remembers what they say. A watch that a person writes in the front end stands here alone, with its author; it
gives way to a file that has a watch of its name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from archive import instants
from archive.errors import BadInput
from archive.store import Archive


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What a watch said from ``at`` on, as JSON; "" where it was taken out then. ``file`` is where it stood, ``author`` who wrote it in the front
    end; one of the two is ""."""

    watch: str
    at: datetime
    file: str
    content: str
    author: str = ""


def remember(archive: Archive, watches: Mapping[str, tuple[str, str]], *, at: datetime) -> int:
    """Write which watches the files have, by name, each with its file and its content as JSON; answers how many differ from what was in force
    before. A watch that only moved to another file or line is the same. One of the front end stays, unless a file has its name now."""
    with archive.transaction():
        before = {one.watch: one for one in history(archive)}
        edits = [
            (name, file, content)
            for name, (file, content) in watches.items()
            if name not in before or before[name].author or before[name].content != content
        ]
        edits += [
            (name, "", "")
            for name, one in before.items()
            if one.content and not one.author and name not in watches
        ]
        archive.database.executemany(
            "INSERT INTO watch_wording (watch, at, file, content) VALUES (?, ?, ?, ?)",
            ((name, instants.written(at), file, content) for name, file, content in edits),
        )
    return len(edits)


def write(archive: Archive, watch: str, content: str, *, author: str, at: datetime) -> bool:
    """Write what a watch of the front end says from now on, as JSON, "" to take it out; False where it says that already. Raises ``BadInput`` without
    an author, for a watch that stands in a file, and for taking out what is not there."""
    if not author.strip():
        raise BadInput("nobody is named as its author", thing=f"watch {watch}", mend="Say who writes it")
    with archive.transaction():
        before = {one.watch: one for one in history(archive, watch)}.get(watch)
        if before is not None and before.content and not before.author:
            raise BadInput(
                f"it stands in {before.file}, and files are authoritative",
                thing=f"watch {watch}",
                mend="Edit the file, or give this one another name",
            )
        if (before.content if before else "") == content:
            if not content:
                raise BadInput("there is no such watch of the front end", thing=f"watch {watch}")
            return False
        archive.database.execute(
            "INSERT INTO watch_wording (watch, at, file, content, author) VALUES (?, ?, '', ?, ?)",
            (watch, instants.written(at), content, author.strip()),
        )
    return True


def written(archive: Archive) -> tuple[Wording, ...]:
    """The watches of the front end that are in force, by name."""
    newest = {one.watch: one for one in history(archive)}
    return tuple(newest[name] for name in sorted(newest) if newest[name].author and newest[name].content)


def history(archive: Archive, watch: str | None = None) -> tuple[Wording, ...]:
    """The wordings of a watch, of all without one, in the order in which they came."""
    rows = archive.database.execute(
        "SELECT watch, at, file, content, author FROM watch_wording WHERE ? IS NULL OR watch = ? ORDER BY id",
        (watch, watch),
    )
    return tuple(
        Wording(watch=name, at=instants.read(at), file=file, content=content, author=author)
        for name, at, file, content, author in rows
    )
