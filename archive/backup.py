"""Copies of an archive while it is written to: both files of one moment, checked by opening them, and put in the place of a lost one.

``archive.db`` is copied first and ``captures.db`` after it. Bodies are committed before the rows that name them, and none is taken away meanwhile
(``archive.lock.no_body_goes``), so that whatever the first copy names is in the second.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from archive import databases
from archive.databases import ARCHIVE_FILE, CAPTURES_FILE, RESTORED, Kind
from archive.errors import BadInput, UnsoundArchive
from archive.lock import WriterLock, no_body_goes
from archive.store import Archive
from archive.verify import Finding, verify

MANIFEST = "manifest.json"
NAME = "tocsin-%Y%m%dT%H%M%S.%fZ"
_KINDS = (ARCHIVE_FILE, CAPTURES_FILE)
_UNFINISHED, _UNSOUND = ".unfinished", ".unsound"
_AT_WORK = timedelta(days=1)
_CHUNK = 1 << 20


class Copied(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of a backup: its bytes, and their SHA-256 in hex."""

    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a backup says of itself: the instant, the schemas, the files by name."""

    at: str
    schemas: dict[str, int]
    files: dict[str, Copied]


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A finished backup: a folder with both files and their manifest."""

    folder: Path
    manifest: Manifest

    @property
    def size(self) -> int:
        """Bytes of both files."""
        return sum(file.size for file in self.manifest.files.values())


Progress = Callable[[int, int], None]


def back_up(
    folder: Path, to: Path, at: datetime, *, keep: int = 0, progress: Progress = lambda done, of: None
) -> Backup:
    """Copy the archive in ``folder`` into a new folder under ``to``, check the copy whole, and keep the newest ``keep`` (0: all).

    It may be done while a crawl writes. An archive of an older program is copied as it is. Raises ``UnsoundArchive`` where the copy does not verify: it
    stays, by another name, to be looked at, and no older backup is taken away then. Of one that fails nothing stays, of one that is killed the next
    takes away what is more than a day old.
    """
    for kind in _KINDS:
        databases.examine(kind, folder)
    try:
        to.mkdir(parents=True, exist_ok=True)
        fresh = to / f"{at.astimezone(UTC).strftime(NAME)}{_UNFINISHED}"
        fresh.mkdir()
    except OSError as error:
        raise BadInput(
            f"it cannot be written ({error.strerror or error})",
            thing=str(to),
            mend="Name a folder this user may write to",
        ) from None
    try:
        with databases.told_clearly(fresh), closing(no_body_goes(folder)):
            for kind in _KINDS:
                _copy(kind, folder, fresh)
        findings = [finding for finding in _check_copy(fresh, progress) if finding.grave]
        if findings:
            raise _unsound(fresh, findings)
        manifest = Manifest(
            at=at.astimezone(UTC).isoformat(),
            schemas={kind.name: databases.examine(kind, fresh) for kind in _KINDS},
            files={kind.name: _described(fresh / kind.name) for kind in _KINDS},
        )
        (fresh / MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=1))
        _settle(fresh)
        done = fresh.with_name(fresh.name.removesuffix(_UNFINISHED))
        fresh.rename(done)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)  # half a copy would only keep the disk full
        raise
    _flush(to)
    for left in _left(to, at):
        shutil.rmtree(left)
    if keep:
        # Where the clock went back this one has not the last name, and stays all the same.
        others = [one.folder for one in backups(to) if one.folder != done]
        for old in others[: len(others) - keep + 1] if len(others) >= keep else ():
            # By another name first: one that is taken away halfway must not look like a backup.
            shutil.rmtree(old.rename(old.with_name(old.name + _UNFINISHED)))
    return Backup(folder=done, manifest=manifest)


def _unsound(fresh: Path, findings: Sequence[Finding]) -> UnsoundArchive:
    """What is wrong with a copy, which gets the name of what it is."""
    place = fresh.rename(fresh.with_name(fresh.name.removesuffix(_UNFINISHED) + _UNSOUND))
    return UnsoundArchive(
        f"the copy does not verify: {findings[0].file}: {findings[0].what}"
        + (f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""),
        thing=str(place),
        mend="Run 'tocsin verify' on the archive; older backups were left alone",
    )


def _left(folder: Path, at: datetime) -> Iterator[Path]:
    """What backups that were killed have left. One that began less than a day ago may be at work."""
    for place in folder.glob(f"tocsin-*Z{_UNFINISHED}"):
        try:
            began = datetime.strptime(place.name.removesuffix(_UNFINISHED), NAME).replace(tzinfo=UTC)
        except ValueError:
            continue
        if at - began > _AT_WORK:
            yield place


def backups(folder: Path) -> tuple[Backup, ...]:
    """The finished backups under a folder, oldest first."""
    found = [place for place in folder.glob("tocsin-*Z") if (place / MANIFEST).is_file()]
    return tuple(Backup(folder=place, manifest=_manifest(place)) for place in sorted(found))


def restore(
    backup: Path,
    folder: Path,
    *,
    replace: bool = False,
    note: Callable[[Archive], None] = lambda archive: None,
) -> Path | None:
    """Put a backup in the place of the archive in ``folder``; what is there (with ``replace``) is moved aside, and its new place answered. One of an older
    program is upgraded on the way; ``note`` may write into what takes the place.

    Checked before anything is touched: the bytes against the manifest, both files by ``verify``. Raises ``BadInput`` where there is an archive and
    ``replace`` does not say so, or where a program is writing to it, ``UnsoundArchive`` for a backup that is not whole.
    """
    manifest = _manifest(backup)
    for name, said in manifest.files.items():
        if not (backup / name).is_file() or _described(backup / name) != said:
            raise UnsoundArchive(
                f"{name} is not the file that was backed up", thing=str(backup), mend="Take another backup"
            )
    held = any((folder / kind.name).exists() for kind in _KINDS)
    if held and not replace:
        raise BadInput(
            "there is an archive already", thing=str(folder), mend="Name an empty folder, or say --replace"
        )
    folder.mkdir(parents=True, exist_ok=True)
    lock = WriterLock(folder)
    try:
        fresh = folder / RESTORED
        try:
            _put_ready(backup, fresh, note)
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise
        aside = _move_aside(folder) if held else None
        # archive.db comes last: a folder without it is no archive, and the restoring can be done again.
        for kind in reversed(_KINDS):
            (fresh / kind.name).rename(folder / kind.name)
        shutil.rmtree(fresh)
        _flush(folder)
    finally:
        lock.release()
    return aside


def _put_ready(backup: Path, fresh: Path, note: Callable[[Archive], None]) -> None:
    """A copy of a backup, upgraded where an older program made it, found sound, and on the disk."""
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    for kind in _KINDS:
        shutil.copyfile(backup / kind.name, fresh / kind.name)
    with Archive.open(fresh) as archive:
        note(archive)
        for kind, connection in zip(_KINDS, (archive.database, archive.captures.database), strict=True):
            with databases.told_clearly(fresh / kind.name):
                databases.settle(connection)
    if findings := [finding for finding in _check(fresh) if finding.grave]:
        raise UnsoundArchive(findings[0].what, thing=str(backup), mend="Take another backup")
    _settle(fresh)


def _copy(kind: Kind, folder: Path, to: Path) -> None:
    source = databases.open_to_read(folder / kind.name)
    copy = sqlite3.connect(to / kind.name)
    try:
        source.execute(f"PRAGMA busy_timeout = {databases.BUSY_TIMEOUT_MS:d}")
        source.backup(copy)  # in one step: one snapshot, which a writer neither waits for nor disturbs
        copy.execute("PRAGMA journal_mode = DELETE")
    finally:
        copy.close()
        source.close()


def _check(folder: Path, progress: Progress = lambda done, of: None) -> list[Finding]:
    with Archive.open(folder, read_only=True) as archive:
        return list(verify(archive, progress))


def _check_copy(folder: Path, progress: Progress) -> list[Finding]:
    """The same for a copy that stays as it is: where its schema is an older one, of a second copy, which is upgraded and goes again."""
    if all(databases.examine(kind, folder) == kind.version for kind in _KINDS):
        return _check(folder, progress)
    upgraded = folder / "upgraded"
    upgraded.mkdir()
    for kind in _KINDS:
        shutil.copyfile(folder / kind.name, upgraded / kind.name)
    Archive.open(upgraded).close()
    findings = _check(upgraded, progress)
    shutil.rmtree(upgraded)
    return findings


def _manifest(backup: Path) -> Manifest:
    try:
        return msgspec.json.decode((backup / MANIFEST).read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError) as error:
        raise BadInput(
            f"its {MANIFEST} cannot be read ({error})",
            thing=str(backup),
            mend="Name a folder that 'tocsin backup' made",
        ) from None


def _described(path: Path) -> Copied:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            found.update(chunk)
    return Copied(size=path.stat().st_size, sha256=found.hexdigest())


def _move_aside(folder: Path) -> Path:
    """The files of the archive, their logs with them, in a folder of their own beside the new ones."""
    number = 1
    while (aside := folder / f"replaced-{number}").exists():
        number += 1
    aside.mkdir()
    for kind in _KINDS:
        for file in sorted(folder.glob(f"{kind.name}*")):
            file.rename(aside / file.name)
    return aside


def _settle(folder: Path) -> None:
    """On the disk, whatever happens to the machine next; what SQLite put beside the files for reading is gone."""
    for file in folder.iterdir():
        if file.name.endswith(("-wal", "-shm")):
            file.unlink()
        else:
            _flush(file)
    _flush(folder)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
