"""The skeletons of editions that were looked at lately: an edition, once published, reads the same for as long as it stands."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from archive import sections
from archive.editions import edition_at
from archive.sections import Skeleton
from archive.store import Archive

_KEPT = 12
_DAYS_KEPT = 500
_Key = tuple[Path, int, int, str, datetime]

_lock = threading.Lock()
_lately: OrderedDict[_Key, Skeleton] = OrderedDict()
_days: OrderedDict[tuple[Path, int, int, str], tuple[date, ...]] = OrderedDict()


def skeleton(
    archive: Archive, work: str, *, on: date | None = None, known: datetime | None = None
) -> Skeleton | None:
    """``archive.sections.skeleton``, read once."""
    found = edition_at(archive, work, on=on, known=known)
    if found is None:
        return None
    edition = found.edition
    key = (archive.folder, edition.id, found.series, edition.digest, edition.known_from)
    with _lock:
        kept = _lately.get(key)
        if kept is not None:
            _lately.move_to_end(key)
    if kept is None:
        kept = sections.skeleton_of(archive, found)
        with _lock:
            _lately[key] = kept
            while len(_lately) > _KEPT:
                _lately.popitem(last=False)
    if (kept.edition, kept.known) != (edition, found.known):
        kept = replace(kept, edition=edition, known=found.known)
    return kept


def days_of(archive: Archive, of: Skeleton, eid: str) -> tuple[date, ...]:
    """``archive.sections.days_of``, read once until something new is in the archive."""
    (newest,) = archive.database.execute("SELECT max(id) FROM provision").fetchone()
    key = (archive.folder, newest, of.series, eid)
    with _lock:
        kept = _days.get(key)
    if kept is None:
        kept = sections.days_of(archive, of, eid)
        with _lock:
            _days[key] = kept
            while len(_days) > _DAYS_KEPT:
                _days.popitem(last=False)
    return kept
