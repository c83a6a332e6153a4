"""Why a change met a watch, or which condition it failed, in words. It reads no index: it is the check on matching."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from alerts.conditions import Watch
from alerts.labels import CONDITIONS, DIRECTIONS, KINDS, MATERIALITY, ROLES, label
from alerts.language import ENGLISH, Texts, mark
from alerts.outcomes import Outcome, Reason, outcomes
from alerts.subject import Subject
from archive.records import StoredChange
from archive.vocabulary.countries import spellings


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """All conditions of a watch held against one change."""

    watch: Watch
    change_id: str
    outcomes: tuple[Outcome, ...]

    @property
    def matched(self) -> bool:
        """Whether every condition was met."""
        return all(outcome.met for outcome in self.outcomes)

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """The conditions that were not met."""
        return tuple(outcome for outcome in self.outcomes if not outcome.met)

    def lines(self) -> tuple[str, ...]:
        """The verdict, then a line for each condition."""
        verdict = "matches" if self.matched else "does not match"
        return (f"{self.watch.name} {verdict} change {self.change_id}", *_told(self.outcomes, "  "))


def explain(watch: Watch, stored: StoredChange) -> Explanation:
    """Hold every condition of ``watch`` against the change, also after one has failed."""
    return Explanation(watch=watch, change_id=stored.id, outcomes=tuple(outcomes(watch, Subject(stored))))


def in_words(reason: Reason, say: Texts = ENGLISH) -> str:
    """``country Thailand (TH), inserted, as item``: what was touched, by what, and where the tie is loose."""
    term = _term(reason, say)
    parts = [say("{label} {value}", label=label(say, CONDITIONS, reason.key), value=term)]
    if reason.key == "regex":
        parts.append(say("found by {pattern}", pattern=f"/{reason.watched}/"))
    elif reason.key == "limits":
        parts.append(label(say, DIRECTIONS, reason.watched))
    elif reason.watched != reason.term:
        parts.append(say("watched as {value}", value=reason.watched))
    if reason.via.startswith("group:"):
        parts.append(say("reached through group {group}", group=reason.via.removeprefix("group:")))
    elif reason.via:
        parts.append(label(say, _VIAS, reason.via))
    if reason.role:
        parts.append(say("as {role}", role=label(say, ROLES, reason.role)))
    if reason.key == "limits":
        parts += [reason.note] if reason.note else []
    elif reason.note:
        parts += (_note(part, say) for part in reason.note.split(", "))
    return say(", ").join(parts)


def _term(reason: Reason, say: Texts) -> str:
    if reason.key == "countries":
        name = (say.country(reason.term) if say.language != "en" else "") or _country_names().get(reason.term)
        return say("{name} ({code})", name=name, code=reason.term) if name else reason.term
    tables = {"kinds": KINDS, "roles": ROLES, "materiality": MATERIALITY}
    return label(say, tables[reason.key], reason.term) if reason.key in tables else reason.term


def _note(note: str, say: Texts) -> str:
    """A note of ``alerts.outcomes``, whose scores are numbers of its own."""
    if found := _SCORE.fullmatch(note):
        return say("score {score} of 100", score=found[1])
    return say(note)


@cache
def _country_names() -> dict[str, str]:
    """The English name of each country: the first of its spellings."""
    return {name.code: name.written for name in reversed(spellings())}


HELD = "held"
"""By what a term is met that stands in a text in which nothing moved: the ``via`` of a reminder."""
_SCORE = re.compile(r"score (\d+\.\d) of 100")
_NOTES = (mark("may include"), mark("named in an exception"), mark("a candidate"))
_VIAS = {
    "inserted": mark("in inserted words"),
    "deleted": mark("in deleted words"),
    "enclosing": mark("in a heading or number above it"),
    HELD: mark("in its words"),
}


def _told(results: tuple[Outcome, ...], indent: str) -> list[str]:
    lines = []
    for outcome in results:
        said = f" = {', '.join(outcome.values)}" if outcome.values else ""
        lines.append(
            f"{indent}{'met' if outcome.met else 'FAILED'}  {outcome.key.replace('none', 'not')}{said}"
        )
        lines += (f"{indent}     by {in_words(reason)}" for reason in outcome.reasons)
        for table in outcome.inside:
            lines += _told(table, indent + "    ")
    return lines
