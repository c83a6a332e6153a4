"""The disk of the archive: room, what sort of file system it is, who writes, whether the archive can be opened."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

from archive.databases import ARCHIVE_FILE, CAPTURES_FILE
from archive.errors import TocsinError
from archive.lock import holder
from archive.store import Archive
from tocsin.doctor.finding import Found, Patient, failure, ok, warning

LEAST = 200 * 10**6
"""Bytes without which a run may not come to its end."""
ENOUGH = 2 * 10**9
FOREIGN = ("nfs", "cifs", "smb", "9p", "afs", "ceph", "glusterfs", "lustre", "fuse.sshfs", "fuse.s3fs", "fuse.rclone", "ncpfs", "vboxsf", "drvfs", "virtiofs")  # fmt: skip
"""File systems that lie on another machine, or are passed through from one: SQLite's log needs memory that all its processes share."""


def room(patient: Patient) -> Found:
    """Whether there is room for runs, and for a backup or an upgrade, which write the archive a second time."""
    folder = _nearest(patient.config.archive)
    free = shutil.disk_usage(folder).free
    size = sum(file.stat().st_size for file in patient.config.archive.glob("*.db*"))
    said = f"{free / 1e9:,.1f} GB are free, the archive has {size / 1e9:,.1f} GB"
    if free < LEAST:
        return failure(said, f"Free at least {LEAST / 1e6:,.0f} MB on the disk of {folder}")
    if free < max(ENOUGH, size):
        return warning(
            said, "Free some room, or move the archive ([archive] folder): a backup needs as much again"
        )
    return ok(said)


def file_system(patient: Patient, mounts: Path = Path("/proc/self/mounts")) -> Found:
    """Whether the archive lies on a disk of this machine."""
    folder = _nearest(patient.config.archive).resolve()
    try:
        lines = [line.split() for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines()]
    except OSError:
        return ok("this system does not tell how its disks are mounted")
    found = [
        (Path(parts[1].replace("\\040", " ")), parts[2])
        for parts in lines
        if len(parts) > 2 and folder.is_relative_to(parts[1].replace("\\040", " "))
    ]
    if not found:
        return ok("this system does not tell on which disk it is")
    place, kind = max(enumerate(found), key=lambda one: (len(one[1][0].parts), one[0]))[1]
    if kind.startswith(FOREIGN):
        return failure(
            f"the archive lies on {kind} at {place}",
            "Move it to a disk of this machine ([archive] folder): on a network disk SQLite's files break when two processes use them",
        )
    return ok(f"{kind} at {place}")


def writer(patient: Patient) -> Found:
    """Whether the archive can be written: the folder by this user, the lock by nobody else."""
    folder = patient.config.archive
    by = holder(folder) if folder.is_dir() else None
    if by is not None:
        return ok(f"process {by or '?'} is writing, which holds the lock until it ends or dies")
    probe = folder / ".doctor"
    try:
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        return failure(
            f"{folder} cannot be written ({error.strerror})",
            f"Make it writable for this user: chown -R $(id -un) {folder}",
        )
    return ok("nobody holds the lock, and the folder is writable")


def archive(patient: Patient) -> Found:
    """Whether both files are there, ours, and of a schema that this version reads."""
    try:
        with Archive.open(patient.config.archive, read_only=True) as found:
            runs, works = (
                found.database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - ours
                for table in ("run", "work")
            )
    except TocsinError as error:
        return failure(error.message, error.mend or "Restore it from a backup")
    except sqlite3.Error as error:
        return failure(f"SQLite says: {error}", "Run 'tocsin verify'; restore it from a backup")
    return ok(
        f"{ARCHIVE_FILE.name} and {CAPTURES_FILE.name} are sound to open: {runs:,} runs, {works:,} works"
    )


def _nearest(folder: Path) -> Path:
    """The folder, or the one above it that is there."""
    while not folder.exists():
        folder = folder.parent
    return folder
