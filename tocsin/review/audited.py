"""The log of actions as those write it who know who somebody is: a page, the interface for programs, the command line."""

from __future__ import annotations

from archive import actions, clock
from archive.store import Archive
from tocsin.review.roles import Actor


def audit(
    archive: Archive, who: Actor, deed: str, *, subject: str = "", said: str = "", outcome: str = actions.DONE
) -> None:
    """Write to the log what somebody did, in the caller's transaction where there is one. No secret may stand in ``subject`` or ``said``."""
    actions.write(
        archive,
        at=clock.now(),
        person=who.name,
        roles=who.roles,
        deed=deed,
        subject=subject,
        outcome=outcome,
        said=said,
        via=who.via,
        client=who.client,
    )
