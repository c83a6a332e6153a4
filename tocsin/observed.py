"""How closely a source was looked at that has no counter: how often, and for how long at most it was not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """The good looks at a source over some days: how many, the time that usually lies between two (None: there were not two), and the longest span
    without one, which counts also before the first look of these days and after the last, as far as the source was looked at before or should
    have been since."""

    looks: int
    usual: timedelta | None
    longest: tuple[datetime, datetime] | None

    def line(self) -> str:
        """``no counter exists, so: observed every 6 h (28 times), longest gap 13 h 5 min, from 2031-04-02 06:15 to 2031-04-02 19:20``."""
        if not self.looks:
            said = "no counter exists, so: it was never observed on these days"
        elif self.usual is None:
            said = "no counter exists, so: observed once"
        else:
            said = f"no counter exists, so: observed every {in_words(self.usual)} ({self.looks:,} times)"
        if self.longest is None:
            return said
        since, until = self.longest
        return (
            f"{said}, longest gap {in_words(until - since)}, from {since:%Y-%m-%d %H:%M} to {until:%Y-%m-%d %H:%M}; "
            "what stood there only in between was not seen"
        )


def observed(looks: Sequence[datetime], first: date, last: date, *, now: datetime) -> Observed:
    """What the good looks at a source come to on the days from ``first`` to ``last``, seen from ``now``."""
    within = [at for at in looks if first <= at.date() <= last]
    before = [at for at in looks if at.date() < first]
    after = [at for at in looks if at.date() > last]
    spans = [(later - sooner).total_seconds() for sooner, later in pairwise(within)]
    chain = [*before[-1:], *within, *(after[:1] or ([now] if looks else []))]
    gaps = list(pairwise(chain))
    return Observed(
        looks=len(within),
        usual=timedelta(seconds=median(spans)) if spans else None,
        longest=max(gaps, key=lambda one: one[1] - one[0]) if gaps else None,
    )


def in_words(span: timedelta) -> str:
    """``13 h 5 min``, ``2 d 3 h``: the two largest units, rounded down."""
    minutes = int(span.total_seconds()) // 60
    units = ((minutes // 1440, "d"), (minutes // 60 % 24, "h"), (minutes % 60, "min"))
    found = [f"{number} {unit}" for number, unit in units if number]
    return " ".join(found[:2]) or "less than a minute"
