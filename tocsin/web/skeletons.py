"""The skeletons of editions that were looked at lately: an edition, once published, reads the same for as long as it stands."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from archive import sections
from archive.editions import edition_at, mark
from archive.sections import Skeleton
from archive.store import Archive

_KEPT = 12
_DAYS_KEPT = 500
_OF_PLACES = ("below", "by_eid", "everything")
"""What a skeleton remembers that follows from its places alone."""
_Key = tuple[Path, int, int, str, datetime]
Made = TypeVar("Made")

_lock = threading.Lock()
_lately: OrderedDict[_Key, Skeleton] = OrderedDict()
_reckoned: OrderedDict[tuple[int, Any], tuple[Any, Any]] = OrderedDict()
_days: OrderedDict[tuple[Path, tuple[int, ...], int, str], tuple[date, ...]] = OrderedDict()


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
        reckoned = {name: value for name, value in vars(kept).items() if name in _OF_PLACES}
        kept = replace(kept, edition=edition, known=found.known)
        vars(kept).update(reckoned)
    return kept


def once(of: Skeleton, reckon: Callable[[Skeleton], Made]) -> Made:
    """What is reckoned of all the places of a skeleton, reckoned once for as long as they are looked at: a list has tens of thousands."""
    key = (id(of.places), reckon)
    with _lock:
        places, made = _reckoned.get(key, (None, None))
        if places is of.places:
            _reckoned.move_to_end(key)
            return made  # type: ignore[no-any-return]
    made = reckon(of)
    with _lock:
        _reckoned[key] = (of.places, made)
        while len(_reckoned) > 3 * _KEPT:
            _reckoned.popitem(last=False)
    return made


def days_of(archive: Archive, of: Skeleton, eid: str) -> tuple[date, ...]:
    """``archive.sections.days_of``, read once until something new of the work is in the archive."""
    key = (archive.folder, mark(archive, [of.edition.work]), of.series, eid)
    with _lock:
        kept = _days.get(key)
    if kept is None:
        kept = sections.days_of(archive, of, eid)
        with _lock:
            _days[key] = kept
            while len(_days) > _DAYS_KEPT:
                _days.popitem(last=False)
    return kept
