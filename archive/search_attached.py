"""The index as a reader has it: attached to the archive's connection, where it stays. Opening it anew for each question means reading its whole log
again wherever nobody else has it open, which took longer than most questions."""

from __future__ import annotations

import sqlite3
from weakref import WeakKeyDictionary

from archive.store import Archive

FILE = "search.db"
_CACHE_KIB = 16 * 1024
_attached: WeakKeyDictionary[Archive, tuple[int, int]] = WeakKeyDictionary()
"""Which file each of them has."""


def attach(archive: Archive) -> bool:
    """Have the file that is there now as ``search`` on the archive's connection; False where there is none that can be opened."""
    path, database = archive.folder / FILE, archive.database
    try:
        found = path.stat()
    except OSError:
        which = None
    else:
        which = (found.st_dev, found.st_ino)
    if which is not None and which == _attached.get(archive):
        return True
    if _attached.pop(archive, None) is not None:
        database.execute("DETACH search")
    if which is None:
        return False
    try:
        database.execute("ATTACH ? AS search", (f"{path.resolve().as_uri()}?mode=ro",))
    except sqlite3.OperationalError:
        return False
    _attached[archive] = which
    database.execute(f"PRAGMA search.cache_size = -{_CACHE_KIB:d}")
    return True
