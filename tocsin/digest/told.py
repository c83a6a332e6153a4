"""What a digest tells, change by change, without its words: for those who ask how it stands now."""

from __future__ import annotations

from dataclasses import dataclass

from archive.counted import Eids
from tocsin.digest.records import Digest, Review


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One change that a digest tells: its id, its transition and the place in it, what it is called, and the last word of a person on it then."""

    change: str
    transition: str
    eids: Eids
    citation: str
    review: Review | None


def tellings(digest: Digest) -> tuple[Telling, ...]:
    """All changes that a digest tells, in its order."""
    return tuple(
        Telling(
            change=item.id,
            transition=step.transition,
            eids=(item.change.old_eid, item.change.new_eid),
            citation=item.citation,
            review=item.review,
        )
        for step in digest.steps
        for item in step.items
    )
