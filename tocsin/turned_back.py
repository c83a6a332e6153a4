"""Whether the clock of this machine was set back since the last run: said, because dates are judged by it."""

from __future__ import annotations

from datetime import datetime

from archive import turned_back
from archive.store import Archive


def heed_a_clock_set_back(archive: Archive, now: datetime) -> tuple[str, ...]:
    """A warning where ``now`` is before the last run; what was put off by the clock of then is due now. Nothing where time goes on."""
    last = turned_back.last_instant(archive)
    if last is None or now >= last:
        return ()
    due = turned_back.make_due(archive, now)
    messages = f"; {due} messages that it would hold up are due now" if due else ""
    return (
        f"the clock stands at {now:%Y-%m-%d %H:%M:%S} UTC, before the last run ({last:%Y-%m-%d %H:%M:%S}): what is known keeps its order{messages}. "
        "Set the clock of this machine: dates are judged by it",
    )
