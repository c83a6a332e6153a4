"""What a script of a publisher's site is made of: its papers and lists over nine invented days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tests.replica.faults import Reply
from tests.replica.sites import framed, paragraphs
from tests.replica.timeline import Paper, Step, Timeline

FIRST = date(2031, 4, 2)
DAYS = [FIRST + timedelta(days=n) for n in range(9)]
"""The days of the script: what is taken away on the fourth counts as gone on the sixth, and is there again on the eighth."""


@dataclass(frozen=True, kw_only=True)
class Script:
    """A source's site, and the settings it is crawled with."""

    source: str
    papers: tuple[Paper, ...]
    listings: dict[str, Any]
    settings: dict[str, Any]
    scheme: str = "https"

    def server(self) -> Timeline:
        """The site on its first day."""
        return Timeline(today=FIRST, papers=self.papers, listings=dict(self.listings), scheme=self.scheme)


def step(number: int, at: str = "", reply: Reply | None = None, *, listed: bool = True) -> Step:
    return Step(day=DAYS[number], at=at, reply=reply, listed=listed)


def page(title: str, *words: str, site: str, language: str = "en", **how: Any) -> Reply:
    return framed(title, paragraphs(*words), site=site, language=language, **how)


POINTS = tuple(f"{n}. Item {n} of the invented notice concerns sextants of kind {n}." for n in range(1, 8))
"""Words enough that the loss of most of them is seen."""
