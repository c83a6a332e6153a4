"""The transition from one edition of a work to the next, named by the captures that both were read from."""

from __future__ import annotations

from datetime import date, datetime

from archive.editions import Edition
from archive.identifiers import transition_id
from archive.records import Transition


def between(before: Edition, after: Edition, *, source: str, observed_at: datetime) -> Transition:
    """From one edition that is held to another."""
    return to_capture(
        before,
        source=source,
        work=after.work,
        sha256=after.sha256,
        as_of=after.as_of,
        observed_at=observed_at,
    )


def to_capture(
    before: Edition | None, *, source: str, work: str, sha256: str, as_of: date, observed_at: datetime
) -> Transition:
    """From an edition (None: the work appeared) to the one that a capture holds.

    A capture is its bytes and its date: a text that flaps from A to B, back, and to B again, makes that step twice, and the second
    one is another transition.
    """
    return Transition(
        id=transition_id(work, f"{before.sha256}@{before.as_of}" if before else "", f"{sha256}@{as_of}"),
        source=source,
        work=work,
        before_sha256=before.sha256 if before else "",
        after_sha256=sha256,
        before=before.as_of if before else None,
        after=as_of,
        observed_at=observed_at,
    )
