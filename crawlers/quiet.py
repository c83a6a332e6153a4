"""Hours in which a publisher wants to be left alone: said by a source's card, by a person's setting, or by the host's robots.txt (Visit-time).

``22:00-06:00 America/New_York``: from the first time to the second by the clocks of that zone, over midnight where the second is earlier.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_SAID = re.compile(r"\s*(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})\s+([\w/+-]+)\s*")


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From ``start`` up to, and without, ``end``, every day by the clocks of ``zone``."""

    start: time
    end: time
    zone: tzinfo

    @classmethod
    def read(cls, said: str) -> QuietHours:
        """``22:00-06:00 America/New_York``. Raises ``ValueError`` that says what is wrong with it."""
        hit = _SAID.fullmatch(said)
        if hit is None:
            raise ValueError(f"{said!r} is no span of hours; write it like 22:00-06:00 America/New_York")
        try:
            zone = ZoneInfo(hit[5])
            start, end = time(int(hit[1]), int(hit[2])), time(int(hit[3]), int(hit[4]))
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"{said!r} is no span of hours ({error})") from None
        if start == end:
            raise ValueError(f"{said!r} leaves no hour to ask in")
        return cls(start, end, zone)

    def until(self, now: datetime) -> datetime | None:
        """When they end, if ``now`` is in them; None outside of them."""
        here = now.astimezone(self.zone)
        clock = here.time()
        inside = (
            self.start <= clock < self.end
            if self.start < self.end
            else clock >= self.start or clock < self.end
        )
        if not inside:
            return None
        day = here.date() + timedelta(days=clock >= self.end)
        return datetime.combine(day, self.end, self.zone).astimezone(now.tzinfo)


def quiet_until(spans: tuple[str, ...], now: datetime) -> datetime | None:
    """When the last of the spans that ``now`` is in ends, None where it is in none."""
    return max((end for said in spans if (end := QuietHours.read(said).until(now))), default=None)
