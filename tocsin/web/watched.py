"""Who watches a text: the watches that would be met if its words came into force now, decided by what decides of alerts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from alerts.conditions import Watch
from alerts.match import Match, WatchIndex
from archive import editions
from archive.records import Change, Enclosing, Provision, StoredChange
from archive.sections import Skeleton
from archive.store import Archive
from diffing.touches.engine import touches_of
from diffing.touches.reference import Reference
from tocsin.reference import reference_now
from tocsin.web.leaves import Leaf

_LONGEST = 40_000


def watched(
    archive: Archive, of: Skeleton, eid: str, shown: Sequence[Leaf], watches: tuple[Watch, ...]
) -> tuple[Match, ...]:
    """The watches that ask for what is shown of an address."""
    if not watches:
        return ()
    place, edition = of.by_eid[eid], of.edition
    text = "\n".join(line(leaf.provision) for leaf in shown)[:_LONGEST]
    change = Change(
        kind="substitution",
        materiality="substantive",
        reason="",
        old_eid=eid,
        new_eid=eid,
        unit=place.unit,
        num=place.num,
        heading=place.heading,
        text_after=text,
        ops=(("+", text),),
        path=tuple(
            Enclosing(eid=one.eid, unit=one.unit, num=one.num, heading=one.heading) for one in of.above(place)
        ),
    )
    stored = StoredChange(
        id="",
        source=next(one.source for one in editions.works(archive, edition.work) if one.path == edition.work),
        work=edition.work,
        title=edition.title,
        transition_id="",
        before=edition.as_of,
        after=edition.as_of,
        observed_at=edition.observed,
        change=change,
        facts=edition.facts,
    )
    return _met(reference_now(archive), stored, edition.language, watches)


def line(provision: Provision) -> str:
    """A provision in one line: its number, heading and text."""
    return " ".join(part for part in (provision.num, provision.heading, provision.text) if part)


@lru_cache(maxsize=64)
def _met(
    reference: Reference, stored: StoredChange, language: str, watches: tuple[Watch, ...]
) -> tuple[Match, ...]:
    """Finding what a long text touches takes a while; it is kept until the text, the watches or the groups of countries are others."""
    touches = touches_of(
        stored.change, work=stored.work, source=stored.source, language=language, reference=reference
    )
    return WatchIndex(watches).match(replace(stored, touches=touches))
