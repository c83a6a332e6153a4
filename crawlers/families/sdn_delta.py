"""OFAC's own account of what each publication added to its lists and took away, and the two full lists that it must agree with (facts 5.2).

``/changes/history/{year}`` names the publications of a year, ``/changes/{number}`` gives one: XML in which each ``entity`` that came or went has
an ``action`` and the ``sanctionsLists`` it is on. Its number is the ``uid`` of SDN.XML. There can be several publications a day.
"""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import AsyncIterator, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from archive.errors import Refused
from crawlers.acceptance import whole_json, whole_xml, wrong
from crawlers.visit import Answer, Visit

BASE = "https://sanctionslistservice.ofac.treas.gov/changes"
FIRST_YEAR = 2023  # the service has publications since then

_LIST = "sdn list"
_ADDED, _REMOVED = frozenset({"add", "added"}), frozenset({"remove", "removed", "delete", "deleted"})
_HOPS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """One publication of OFAC's lists."""

    number: int
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Delta:
    """What a publication did to the SDN list: the numbers of the entries that came and of those that went."""

    publication: Publication
    added: frozenset[str]
    removed: frozenset[str]


async def publications(visit: Visit, first: date, last: date) -> list[Publication]:
    """The publications of some days, in their order. Raises ``Refused``."""
    found: list[Publication] = []
    for year in range(max(first.year, FIRST_YEAR), last.year + 1):
        found += await visit.fetch(f"{BASE}/history/{year}", partial(accept_history, year=year))
    return sorted((one for one in found if first <= one.day <= last), key=lambda one: one.number)


async def delta(visit: Visit, publication: Publication) -> Delta:
    """What one publication did, wherever its service sends us for it. Raises ``Refused``."""
    url = f"{BASE}/{publication.number}"
    for _ in range(_HOPS):
        found = await visit.fetch(url, partial(accept_delta, publication=publication, visit=visit))
        if isinstance(found, Delta):
            return found
        url = found
    raise Refused(
        "RedirectedAway",
        f"RedirectedAway: the host sends us on and on instead of publication {publication.number}",
        thing=url,
        mend="Look whether the source has moved",
    )


async def deltas(visit: Visit, first: date, last: date) -> AsyncIterator[Delta]:
    """What the publications of some days did, in their order. Raises ``Refused``."""
    for publication in await publications(visit, first, last):
        yield await delta(visit, publication)


def accept_history(answer: Answer, year: int) -> list[Publication]:
    """The publications of a year: a list of numbers and days, bare or under its name. Each is of that year, and none comes twice."""
    expected = f"the publications of {year}"
    value = whole_json(answer, expected=expected)
    rows = value.get("publications") if isinstance(value, dict) else value
    if not isinstance(rows, list):
        raise wrong(answer, f"{expected} are no list")
    try:
        found = [
            Publication(
                number=int(row["publicationID"]), day=date.fromisoformat(str(row["datePublished"])[:10])
            )
            for row in rows
        ]
    except (KeyError, TypeError, ValueError) as error:
        raise wrong(answer, f"{expected} name one without {error}") from None
    if any(one.day.year != year for one in found):
        raise wrong(answer, f"{expected} are of other years, too")
    if len({one.number for one in found}) != len(found):
        raise wrong(answer, f"{expected} name one twice")
    return found


def accept_delta(answer: Answer, publication: Publication, visit: Visit) -> Delta | str:
    """One publication: ``sanctionsData`` of its own day, closed, every entity with its number; or the store that has it."""
    expected = f"publication {publication.number}"
    if answer.status in (301, 302, 303, 307, 308) and "location" in answer.headers and not answer.cut:
        place = visit.official(urljoin(answer.url, answer.headers["location"]))
        if place != answer.url and visit.knows(place):
            return place
    root, _ = whole_xml(answer, roots=(), expected=expected, local="sanctionsData")
    said = next((one.text or "" for one in _under(root, "datePublished")), "").strip()
    if said[:10] != publication.day.isoformat():
        raise wrong(answer, f"{expected} is of {publication.day}, what came is of {said[:10] or 'no day'}")
    added: set[str] = set()
    removed: set[str] = set()
    for entity in _under(root, "entity"):
        number = (entity.get("id") or "").strip()
        if not re.fullmatch(r"\d+", number):
            raise wrong(answer, f"{expected} has an entry without a number")
        action = _action(entity)
        (added if action in _ADDED else removed if action in _REMOVED else set()).add(number)
    return Delta(publication=publication, added=frozenset(added), removed=frozenset(removed))


def expected_after(before: Collection[str], changes: Iterable[Delta]) -> set[str]:
    """The entries that a list has after some publications."""
    now = set(before)
    for one in changes:
        now = (now - one.removed) | one.added
    return now


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """Two full lists against the publications between them: the entries that went though none took them away, and those that came though
    none added them."""

    gone: tuple[str, ...] = ()
    come: tuple[str, ...] = ()

    @property
    def is_even(self) -> bool:
        """Whether the publications tell all of it."""
        return not self.gone and not self.come


def reconciled(
    before: Collection[str], after: Collection[str], changes: Sequence[Delta], day: date
) -> Reconciled:
    """What of two lists the publications do not tell. ``day`` is that of the second list: of the publications of that very day any first few
    may be in it, because a list can be older than the last of them."""
    there = set(after)
    sure = sum(1 for one in changes if one.publication.day < day)
    best: Reconciled | None = None
    for number in range(sure, len(changes) + 1):
        due = expected_after(before, changes[:number])
        found = Reconciled(gone=_sorted(due - there), come=_sorted(there - due))
        if best is None or len(found.gone) + len(found.come) <= len(best.gone) + len(best.come):
            best = found
    assert best is not None
    return best


def packed(numbers: Iterable[str]) -> str:
    """The numbers of a list for the memory of a crawl: twenty thousand in some 30 KB."""
    return base64.b64encode(zlib.compress(" ".join(_sorted(numbers)).encode(), 9)).decode("ascii")


def unpacked(said: Any) -> frozenset[str]:
    """The numbers again; none of what is no such text."""
    try:
        return frozenset(zlib.decompress(base64.b64decode(str(said))).decode().split())
    except (ValueError, zlib.error):
        return frozenset()


def _action(entity: etree._Element) -> str:
    """What happened to an entity's place on the SDN list; "" for none. One that stays on another list has the action at the list's name."""
    lists = [one for one in _under(entity, "sanctionsList") if (one.text or "").strip().casefold() == _LIST]
    named = list(_under(entity, "sanctionsList"))
    if named and not lists:
        return ""
    own = (entity.get("action") or "").strip().casefold()
    if own in _ADDED | _REMOVED:
        return own
    return next((said for one in lists if (said := (one.get("action") or "").strip().casefold())), "")


def _under(root: etree._Element, local: str) -> list[etree._Element]:
    return [one for one in root.iter() if isinstance(one.tag, str) and one.tag.rpartition("}")[2] == local]


def _sorted(numbers: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(numbers, key=lambda number: (len(number), number)))
