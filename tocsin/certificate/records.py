"""What a certificate says, as data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from archive.ledger import Unobserved
from tocsin.observed import Observed

DATED, STANDING, NONE = "dated", "standing", "none"
"""A counter that tells what was published on each day; one that tells only how a list stands; none at all."""

WHOLE, MISSING, IN_PART, UNKNOWN = (
    "nothing was missed",
    "missed",
    "cannot be said of all of it",
    "cannot be said",
)
"""What it comes to. ``WHOLE`` is said only where the counter spoke of every day, and everything that it counts is held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """A document that was published on a day and is not held; ``waits`` says that it was fetched and waits for a person."""

    day: date
    name: str
    waits: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsaid:
    """Days of which nothing can be said, and why."""

    first: date
    last: date
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A run that read the counter: what it said, and how much of that was held then."""

    at: datetime
    published: int
    held: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A document of these days that is held: when it was fetched, and the SHA-256 of its bytes."""

    day: date
    document: str
    fetched_at: datetime
    sha256: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """A source from ``first`` to ``last``, as its counter was read at ``read_at`` (None: it could not be) and as the ledger has it. ``watched`` is what the
    configuration selects of it, setting by setting, as JSON: of nothing else anything is said.

    ``published`` and ``held`` are sums over the days of which the counter spoke; ``missed`` names every document that is not held, ``unsaid`` the days of which
    nothing can be said. ``reads`` are the runs that read the counter, ``observed`` and ``unobserved`` how closely the source was looked at; ``recipes``
    read the documents; ``program`` made this, ``head`` is the last link of the chain (position and hash) then.
    """

    source: str
    title: str
    watched: tuple[tuple[str, str], ...]
    first: date
    last: date
    counter: str
    what: tuple[str, ...]
    read_at: datetime | None
    published: int
    held: int
    missed: tuple[Missed, ...]
    unsaid: tuple[Unsaid, ...]
    reads: tuple[Read, ...]
    observed: Observed
    unobserved: tuple[Unobserved, ...]
    taken: tuple[Taken, ...]
    beyond: str
    recipes: tuple[str, ...]
    program: str
    head: tuple[int, str]

    @property
    def verdict(self) -> str:
        """Nothing was missed; something was; or it cannot be said of some or of any of the days."""
        if self.missed:
            return MISSING
        if not self.unsaid:
            return WHOLE
        return UNKNOWN if self.counter == NONE or _covers(self.unsaid, self.first, self.last) else IN_PART


def _covers(unsaid: tuple[Unsaid, ...], first: date, last: date) -> bool:
    days = sum((min(one.last, last) - max(one.first, first)).days + 1 for one in unsaid)
    return days >= (last - first).days + 1
