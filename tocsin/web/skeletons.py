"""What was read lately of the places of editions, whole or in part, and of the days on which something else stood there: an edition, once published, reads
the same for as long as it stands, and what comes of other works says nothing of it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from archive import sections
from archive.editions import Found, mark
from archive.sections import Links, Skeleton
from archive.store import Archive

_KEPT = 150_000
"""Places of whole editions that stay, some hundred bytes each."""
_PART = 2_000
"""Addresses up to which a part is read without the rest; more than these are read with all of the edition, which stays."""
_DAYS_KEPT = 500
_LINKS_KEPT = 64
_OF_PLACES = ("below", "by_eid", "everything")
"""What a skeleton remembers that follows from its places alone."""
_Key = tuple[Path, int, int, str, datetime]
_Series = tuple[Path, tuple[int, ...], int]
Made = TypeVar("Made")

_lock = threading.Lock()
_lately: OrderedDict[_Key, Skeleton] = OrderedDict()
_reckoned: OrderedDict[tuple[int, Any], tuple[Any, Any]] = OrderedDict()
_days: OrderedDict[tuple[_Series, int], tuple[date, ...]] = OrderedDict()
_links: OrderedDict[_Series, Links] = OrderedDict()


def skeleton(archive: Archive, found: Found) -> Skeleton:
    """The skeleton of an edition, read once."""
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
            places = sum(len(one.places) for one in _lately.values())
            while places > _KEPT and len(_lately) > 1:
                places -= len(_lately.popitem(last=False)[1].places)
    if (kept.edition, kept.known) != (edition, found.known):
        reckoned = {name: value for name, value in vars(kept).items() if name in _OF_PLACES}
        kept = replace(kept, edition=edition, known=found.known)
        vars(kept).update(reckoned)
    return kept


def part(archive: Archive, found: Found, address: int | None) -> Skeleton | None:
    """The skeleton of an edition at an address, above it and below it, or more of it; None where nothing ever stood there."""
    if address is None:
        return None
    of_series = links(archive, found)
    if len(of_series.within(address)) > _PART:
        return skeleton(archive, found)
    return sections.part_of(archive, found, address, of_series)


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
        kept = {id(one.places) for one in _lately.values()}
        for gone in [one for one in _reckoned if one[0] not in kept and one != key]:
            del _reckoned[gone]
    return made


def days_of(archive: Archive, found: Found, address: int) -> tuple[date, ...]:
    """``archive.sections.days_of``, read once until something new of the work is in the archive."""
    key = (_series(archive, found), address)
    return _read_once(
        _days,
        key,
        _DAYS_KEPT,
        lambda: sections.days_of(
            archive, found.series, address, links(archive, found, key[0]).within(address)
        ),
    )


def links(archive: Archive, found: Found, series: _Series | None = None) -> Links:
    """``archive.sections.links_of``, read once until something new of the work is in the archive."""
    key = series or _series(archive, found)
    return _read_once(_links, key, _LINKS_KEPT, lambda: sections.links_of(archive, found.series))


def _series(archive: Archive, found: Found) -> _Series:
    return archive.folder, mark(archive, [found.edition.work]), found.series


Key = TypeVar("Key")


def _read_once(kept: OrderedDict[Key, Made], key: Key, most: int, read: Callable[[], Made]) -> Made:
    with _lock:
        if key in kept:
            kept.move_to_end(key)
            return kept[key]
    made = read()
    with _lock:
        kept[key] = made
        while len(kept) > most:
            kept.popitem(last=False)
    return made
