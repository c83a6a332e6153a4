"""How old the last success and the last change of a source may be: by its cadence, and by the working days of its publisher.

The Federal Register and the eCFR move on federal business days, the Official Journal on those of the institutions, e-Gov on Japanese ones: no
change over a long holiday is no sign of trouble.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from crawlers.card import SourceCard
from tocsin.cadence import Cadence, read_cadence
from tocsin.working_days import working_days

GRACE = timedelta(hours=1)
"""What a run may take beyond its cadence before a source counts as late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Age:
    """How a source stands at an instant: ``late`` since when a run should have succeeded (None: it is in time), ``idle`` the working days since
    something changed (None: nothing ever did), ``usual`` those within which something usually does (0: nobody can say)."""

    late: datetime | None = None
    idle: int | None = None
    usual: int = 0

    @property
    def is_stale(self) -> bool:
        """Whether it has been quiet for longer than is usual."""
        return self.usual > 0 and self.idle is not None and self.idle > self.usual


def age(
    card: SourceCard, every: str, last_success: datetime | None, last_change: datetime | None, now: datetime
) -> Age:
    """The age of a source that runs by ``every`` (its own cadence where that is "")."""
    late = None
    if last_success is not None:
        cadence = cadence_of(card, every)
        # One run may fail or be put off; that the next one brought nothing either is late.
        second = cadence.after(cadence.after(last_success))
        if now > second + GRACE:
            late = second
    idle = working_days(calendar_of(card), last_change.date(), now.date()) if last_change else None
    return Age(late=late, idle=idle, usual=card.moves)


def cadence_of(card: SourceCard, every: str) -> Cadence:
    """When a source is due: as ``every`` of the configuration says, as its card says where that is "". Raises ``BadInput``."""
    return read_cadence(every or card.cadence, calendar_of(card), thing=f"sources.{card.id}.every")


def calendar_of(card: SourceCard) -> str:
    """Whose holidays its publisher keeps."""
    return card.calendar or card.jurisdiction.lower()
