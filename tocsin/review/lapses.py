"""When a decision no longer stands, and why. Pure: the decision and what it rests on now, in; its state, out.

It rests on the transition, the law text before and after as it is read, and the watch. If one of them changes it is open again. If only a date moved, only
the date is. An engine or a recipe that reads the same words changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from archive.counted import Found
from archive.reviews import Bond, Decision
from archive.vocabulary.folding import comparison_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """What surrounds a decision at an instant. ``bond`` is what it would be bound to if it were made then; ``read_at`` since when the law text is read
    so, ``watch_at`` since when the watch says so, ``date_at`` since when the dates are those; ``superseded_at`` since when no analysis of its transition
    counts, None where one does; ``later`` what later transitions did at its place, ``watch_edits`` the keys of the watch that were edited."""

    bond: Bond
    read_at: datetime
    watch_at: datetime
    date_at: datetime
    superseded_at: datetime | None = None
    later: tuple[Found, ...] = ()
    watch_edits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapse:
    """One reason why a decision is open again: what happened, and when it came to be known. ``date_only`` opens its dates alone."""

    at: datetime
    why: str
    date_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A decision with what opened it again, the oldest first."""

    decision: Decision
    lapses: tuple[Lapse, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it has to be decided again."""
        return any(not lapse.date_only for lapse in self.lapses)

    @property
    def is_date_open(self) -> bool:
        """Whether its dates have to be looked at again."""
        return any(lapse.date_only for lapse in self.lapses)


def state_of(decision: Decision, now: Now) -> State:
    """Whether a decision stands, as things are now."""
    lapses = [*_law(decision, now), *_watch(decision, now), *_later(now), *_dates(decision, now)]
    return State(decision=decision, lapses=tuple(sorted(lapses, key=lambda lapse: lapse.at)))


def _law(decision: Decision, now: Now) -> list[Lapse]:
    if now.superseded_at is not None:
        return [
            Lapse(
                at=now.superseded_at,
                why="an edition in between came to hand, and its transition no longer counts",
            )
        ]
    sides = [
        side
        for side, then, read in (
            ("before", decision.bond.old, now.bond.old),
            ("after", decision.bond.new, now.bond.new),
        )
        if then != read
    ]
    if not sides:
        return []
    return [Lapse(at=now.read_at, why=f"the law text {' and '.join(sides)} is read otherwise now")]


def _watch(decision: Decision, now: Now) -> list[Lapse]:
    if decision.bond.watch == now.bond.watch:
        return []
    if not now.bond.watch:
        why = f"the watch “{decision.watch}” was taken out"
    else:
        keys = f": {', '.join(now.watch_edits)}" if now.watch_edits else ""
        why = f"the watch “{decision.watch}” was edited{keys}"
    return [Lapse(at=now.watch_at, why=why)]


def _later(now: Now) -> list[Lapse]:
    lapses: dict[str, Lapse] = {}
    for one in now.later:
        if one.kind == "applicability":
            why = f"since {one.after} the provision applies otherwise: {one.reason}"
            lapse = Lapse(at=one.observed_at, why=why, date_only=True)
        elif _is_law(one):
            why = (
                f"a later change of the same provision ({one.materiality} {one.kind}, edition of {one.after})"
            )
            lapse = Lapse(at=one.observed_at, why=why)
        else:
            continue
        lapses.setdefault(why, lapse)
    return list(lapses.values())


def _is_law(one: Found) -> bool:
    """Whether a change changed words, or where they stand with weight: what is only numbered or set otherwise is the same law."""
    if one.materiality == "technical":
        return False
    return one.materiality == "substantive" or comparison_key(one.text_before) != comparison_key(
        one.text_after
    )


def _dates(decision: Decision, now: Now) -> list[Lapse]:
    then, current = _by_name(decision.bond), _by_name(now.bond)
    moved = [
        f"{name.replace('_', ' ')}: {_listed(days - current.get(name, set()) or days)} → {_listed(current.get(name, set()) - days)}"
        for name, days in sorted(then.items())
        if current.get(name, set()) != days
    ]
    return [Lapse(at=now.date_at, why=f"a date moved ({'; '.join(moved)})", date_only=True)] if moved else []


def _listed(days: set[str]) -> str:
    return ", ".join(sorted(days)) or "no longer stated"


def _by_name(bond: Bond) -> dict[str, set[str]]:
    days: dict[str, set[str]] = {}
    for name, day in bond.dates:
        days.setdefault(name, set()).add(day)
    return days
