"""A digest as data: all that any format of it says. Frozen, and written as canonical JSON, whose hash is its version.

Everything in here is read from the archive, as it was known at ``Period.known``. What depends on the reader alone (language, links, templates) is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from archive.records import Change, Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The days that a digest is about. A change belongs to the week in which it was *known* (first observed, or first found): from ``since`` up to but
    not including ``until``, Monday to Sunday in ``zone``. ``known`` is the instant up to which the archive counted."""

    week: str
    zone: str
    first: date
    last: date
    since: datetime
    until: datetime
    known: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What a person decided of a change: the contract with the life of reviews, which hands these in, oldest first.

    ``change`` is the id of a stored change, ``transition`` that of its transition; ``decision`` is ``relevant``, ``not applicable``, ``action`` or "" (it
    was opened again, or only assigned: nothing is decided), ``reason`` in the person's words, ``due`` the day of an action, ``done`` whether it is. Of
    several on one change the last counts. ``privileged`` ones are in no digest.
    """

    change: str
    transition: str
    at: datetime
    by: str
    decision: str = ""
    reason: str = ""
    assigned: str = ""
    due: date | None = None
    done: bool = False
    citation: str = ""
    privileged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One change as a digest shows it. ``name`` is what the provision is called, else its first words; ``change`` is folded; ``cut`` counts the changed characters left out; ``under`` are the headings that enclose
    it; ``touches`` are like ``country TH``; ``review`` is the last word of a person on it, None for none."""

    id: str
    citation: str
    name: str
    change: Change
    under: tuple[str, ...] = ()
    cut: int = 0
    touches: tuple[str, ...] = ()
    review: Review | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A work that went from one edition to the next (``before`` None: it appeared), with its substantive changes. ``late`` says why it is told late:
    ``older`` (the edition is older than the week before), ``reread`` (found when the documents were read again), "" for news. ``language`` is that of the text."""

    transition: str
    source: str
    source_title: str
    work: str
    citation: str
    title: str
    before: date | None
    after: date
    observed: datetime
    language: str = ""
    facts: tuple[Fact, ...] = ()
    items: tuple[Item, ...] = ()
    late: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActStage:
    """A stage of an act as it was known: ``published``, ``codified`` … with the work and its title."""

    stage: str
    at: datetime
    work: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What belongs to one legal act (to several, where a text cites them at once); ``id`` is "" for what belongs to none that is known."""

    id: str
    title: str
    stages: tuple[ActStage, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Jurisdiction:
    """The substantive changes of one jurisdiction (``US``), by act."""

    code: str
    acts: tuple[Act, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesser:
    """The changes of a step that are not substantive: ``count`` of one ``materiality``, by the rules that decided it."""

    transition: str
    source: str
    source_title: str
    work: str
    citation: str
    before: date | None
    after: date
    materiality: str
    count: int
    reasons: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A step between editions that were old when they came to hand, a younger one being held: told as numbers, it is no law of today."""

    transition: str
    citation: str
    before: date | None
    after: date
    substantive: int
    lesser: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A run that did not reach its goal."""

    at: datetime
    outcome: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """From one good run to the next, or to the end of what is known (``until_next`` False: it lasted on)."""

    since: datetime
    until: datetime
    until_next: bool

    @property
    def hours(self) -> int:
        """Whole hours of it."""
        return int((self.until - self.since).total_seconds() // 3600)


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """What was wrong with a source in the week: opened by its end, and not closed before its beginning. Instants after the known one are None."""

    sort: str
    subject: str
    said: str
    opened: datetime
    escalated: datetime | None
    closed: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCoverage:
    """How one source was looked at. ``runs`` of the week, of which so many were ``complete`` and so many ``postponed``; ``requests`` with ``refused``
    ones; ``captures`` taken in, ``published`` as editions; ``counted`` and ``counted_held`` by the publisher's own counter at the last run that asked it (None:
    it has none, or was not asked); ``backfills`` are runs for the past."""

    source: str
    title: str
    runs: int
    complete: int
    postponed: int
    backfills: int
    requests: int
    refused: int
    captures: int
    published: int
    last_success: datetime | None
    silence: Silence | None
    counted: int | None = None
    counted_held: int | None = None
    failures: tuple[Failure, ...] = ()
    incidents: tuple[Incident, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A date ahead, with what happens on it."""

    day: date
    named: date
    sort: str
    work: str
    citation: str
    source: str
    act: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsent:
    """A message of the week that had not gone by itself: ``state`` is ``held`` (by a rule: ``why``), ``elsewhere`` (another message told of it) or
    ``waiting``, after ``failed`` tries in vain."""

    message: str
    citation: str
    watches: tuple[str, ...]
    owed: datetime
    state: str
    why: str = ""
    failed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaited:
    """An alert whose owner has to say that it was read, by ``due``, and has not by then."""

    transition: str
    citation: str
    owner: str
    since: datetime
    due: datetime
    overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Alerts:
    """The messages of the week, a message to a target counted once: ``owed``, of which ``sent``; those that were not are ``unsent``. Of the alerts that
    have to be acknowledged (let go in this week, or earlier and not acknowledged before it): how many were ``acknowledged``; the others are ``awaited``.
    ``incidents`` are those of targets that take nothing."""

    owed: int
    sent: int
    acknowledged: int
    unsent: tuple[Unsent, ...] = ()
    awaited: tuple[Awaited, ...] = ()
    incidents: tuple[Incident, ...] = ()

    @property
    def overdue(self) -> int:
        """How many were not acknowledged in time."""
        return sum(one.overdue for one in self.awaited)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviews:
    """What people decided: ``decided`` of the substantive changes of this week, the ids of the ``undecided`` ones, the decisions ``taken`` in this week,
    and what is still ``open`` (assigned or reopened and not decided, or an action that is not done)."""

    decided: int
    undecided: tuple[str, ...]
    taken: tuple[Review, ...]
    open: tuple[Review, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """One week. ``calendar_first`` and ``calendar_last`` bound the calendar; ``unsearched`` works had an edition whose dates were not in it yet."""

    period: Period
    jurisdictions: tuple[Jurisdiction, ...]
    late: tuple[Step, ...]
    lesser: tuple[Lesser, ...]
    history: tuple[History, ...]
    coverage: tuple[SourceCoverage, ...]
    calendar_first: date
    calendar_last: date
    calendar: tuple[Due, ...]
    alerts: Alerts
    reviews: Reviews

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every step whose changes are told in full, news first."""
        news = (step for one in self.jurisdictions for act in one.acts for step in act.steps)
        return (*news, *self.late)

    @property
    def substantive(self) -> int:
        """How many substantive changes are told, late findings included."""
        return sum(len(step.items) for step in self.steps)
