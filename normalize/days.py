"""Days as ISO writes them, from documents that may write anything."""

from __future__ import annotations

import re
from datetime import date

_ISO = re.compile(r"\d{4}-\d\d-\d\d")


def iso_day(words: str) -> date | None:
    """The day of ``2031-04-01``; None for all else, also for a day that no month has (``2031-54-02``)."""
    if _ISO.fullmatch(words) is None:
        return None
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None
