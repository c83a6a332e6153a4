"""Stays, delayed starts and sunsets: law that changes without a word changing."""

from __future__ import annotations

from datetime import date

from archive.records import Applicability, Provision


def applicability_changed(before: Provision, after: Provision, was: date, now: date) -> str:
    """What changed in force between two dates, in words, or "".

    A state that begins or ends between the editions counts, and so does a state whose dates were changed while it
    lasts or before it begins. A note that only vanishes after its state is over does not.
    """
    if not before.applicability and not after.applicability:
        return ""
    old_states, new_states = _in_effect(before.applicability, was), _in_effect(after.applicability, now)
    began = [state for state in new_states if state.state not in {other.state for other in old_states}]
    over = [state for state in old_states if state.state not in {other.state for other in new_states}]
    said = [_began(state) for state in began] + [_over(state, now) for state in over]
    if not said:
        old_dates = {(a.state, a.start, a.end) for a in before.applicability if a.end is None or a.end >= was}
        new_dates = {(a.state, a.start, a.end) for a in after.applicability if a.end is None or a.end >= now}
        still = {pair for pair in old_dates if pair[2] is None or pair[2] >= now}
        if still != new_dates:
            said = [
                "the dates of its application changed: "
                + (_dates(after.applicability) or "none are given now")
            ]
    return "; ".join(said)


def _in_effect(states: tuple[Applicability, ...], on: date) -> list[Applicability]:
    """The states that hold on a day; ``future`` holds until the day before its end."""
    return [a for a in states if (a.start is None or a.start <= on) and (a.end is None or on <= a.end)]


def _began(state: Applicability) -> str:
    words = {"stayed": "stayed", "future": "not yet in force", "ended": "ended"}.get(state.state, state.state)
    if state.start:
        words += f" from {state.start.isoformat()}"
    if state.end:
        words += f" to {state.end.isoformat()}"
    return f"{words} by {state.citation}" if state.citation else words


def _over(state: Applicability, now: date) -> str:
    words = {"stayed": "the stay is over", "future": "in force", "ended": "in force again"}
    return f"{words.get(state.state, state.state + ' is over')} as of {now.isoformat()}"


def _dates(states: tuple[Applicability, ...]) -> str:
    return "; ".join(_began(state) for state in states)
