"""A watch tried on history: what it would have told, when, by what, and whether people could live with it.

An alert is one watch that one transition meets: what a target would have had as one message. Days are those of the editions (for a paper, of its
publication), not those on which they came to hand: an archive that was filled in one evening still says how often the law moved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from alerts.citations import cite_change
from alerts.conditions import TOUCH_KEYS, Watch
from alerts.explain import in_words
from alerts.language import ENGLISH, Texts
from alerts.match import Match, WatchIndex
from alerts.narrowing import narrowing
from alerts.screening import TextScreen
from archive import changes
from archive.narrowing import touched
from archive.records import StoredChange
from archive.store import Archive

CROSS_REFERENCE = "cross-reference"
NOISY_WEEK = 5.0
"""Alerts a week, on average, above which a watch is called noisy."""
NOISY_SHARE = 0.5
"""Share of all transitions above which a watch asks for nearly everything, judged from :data:`ENOUGH` transitions on."""
ENOUGH = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Fired:
    """One alert that would have been: the transition, the day of its edition, the changes met with how they are cited, and by which terms.
    ``cross_reference`` says that the watched terms were only named there, in what changed elsewhere."""

    transition_id: str
    work: str
    day: date
    changes: tuple[str, ...]
    citations: tuple[str, ...]
    terms: tuple[str, ...]
    cross_reference: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BackTest:
    """What a watch would have told from ``since`` to ``until``, oldest first, out of ``transitions`` that were looked at."""

    watch: Watch
    since: date
    until: date
    fired: tuple[Fired, ...]
    transitions: int

    @property
    def changes(self) -> int:
        """How many changes the alerts would have told of."""
        return sum(len(alert.changes) for alert in self.fired)

    @property
    def weeks(self) -> float:
        """The length of the time looked at, in weeks, one at least."""
        return max(((self.until - self.since).days + 1) / 7, 1.0)

    @property
    def per_week(self) -> float:
        """Alerts a week, on average."""
        return len(self.fired) / self.weeks

    @property
    def by_week(self) -> tuple[tuple[date, int], ...]:
        """The weeks (by their Mondays) that would have had alerts, with their number."""
        mondays = Counter(alert.day - timedelta(days=alert.day.weekday()) for alert in self.fired)
        return tuple(sorted(mondays.items()))

    @property
    def warnings(self) -> tuple[str, ...]:
        """Why one would not trust the watch as it is; empty where nothing speaks against it."""
        if not self.transitions:
            return (f"nothing changed in the archive since {self.since}: there was nothing to try it on",)
        if not self.fired:
            return (
                f"silent: none of {self.transitions:,} transitions since {self.since} met it; see by 'tocsin watch explain' which "
                "condition fails",
            )
        told = []
        if self.per_week > NOISY_WEEK:
            told.append(
                f"noisy: {self.per_week:.1f} alerts a week on average; narrow it by works, roles or kinds"
            )
        if self.transitions >= ENOUGH and len(self.fired) > NOISY_SHARE * self.transitions:
            told.append(
                f"noisy: it met {len(self.fired):,} of {self.transitions:,} transitions, nearly everything that changed"
            )
        return tuple(told)


def backtest(
    watches: Sequence[Watch],
    stored: Iterable[StoredChange],
    *,
    since: date,
    until: date,
    transitions: int | None = None,
    say: Texts = ENGLISH,
) -> tuple[BackTest, ...]:
    """Hold each watch against every change whose edition is of ``since`` to ``until``; one result for each watch, in their order.

    The same index and the same deciding code as for alerts are used, and a change is read once for all watches. ``transitions`` is how many there
    were, where ``stored`` leaves out changes that cannot meet any of them.
    """
    index = WatchIndex(watches)
    seen: set[str] = set()
    met: dict[str, dict[str, list[tuple[StoredChange, Match]]]] = {watch.name: {} for watch in watches}
    for change in stored:
        if not since <= change.after <= until:
            continue
        seen.add(change.transition_id)
        for found in index.match(change):
            met[found.watch.name].setdefault(change.transition_id, []).append((change, found))
    return tuple(
        BackTest(
            watch=watch,
            since=since,
            until=until,
            fired=tuple(
                sorted(
                    (_fired(some, say) for some in met[watch.name].values()),
                    key=lambda alert: (alert.day, alert.work),
                )
            ),
            transitions=len(seen) if transitions is None else transitions,
        )
        for watch in watches
    )


def backtest_archive(
    archive: Archive, watches: Sequence[Watch], *, since: date, until: date, say: Texts = ENGLISH
) -> tuple[BackTest, ...]:
    """The same on all that an archive holds, of which only what can meet a watch is read."""
    need, screen = narrowing(watches, lambda type_: touched(archive, type_)), TextScreen(watches)
    return backtest(
        watches,
        changes.into_editions(
            archive, since=since, until=until, need=need, screen=screen if screen.narrows else None
        ),
        since=since,
        until=until,
        transitions=changes.transitions_into(archive, since=since, until=until),
        say=say,
    )


def is_cross_reference(matches: Iterable[Match]) -> bool:
    """Whether the watched terms are only named in what changed elsewhere: every touch that was met plays that role."""
    roles = {reason.role for found in matches for reason in found.why if reason.key in TOUCH_KEYS}
    return roles == {CROSS_REFERENCE}


def _fired(met: Sequence[tuple[StoredChange, Match]], say: Texts) -> Fired:
    first = met[0][0]
    terms = [
        in_words(reason, say)
        for _, found in met
        for reason in found.why
        if reason.key not in ("materiality",)
    ]
    return Fired(
        transition_id=first.transition_id,
        work=first.work,
        day=first.after,
        changes=tuple(change.id for change, _ in met),
        citations=tuple(dict.fromkeys(cite_change(change, say) for change, _ in met)),
        terms=tuple(dict.fromkeys(terms)),
        cross_reference=is_cross_reference(found for _, found in met),
    )
