"""Why a change met a watch, or which condition it failed, in words. It reads no index: it is the check on matching."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from alerts.conditions import Watch
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


def in_words(reason: Reason) -> str:
    """``country TH, inserted, in an item``: what was touched, by what, and where the tie is loose."""
    term = f"{name} ({reason.term})" if (name := _country_names().get(reason.term)) else reason.term
    parts = [f"{_NOUNS.get(reason.key, reason.key)} {term if reason.key == 'countries' else reason.term}"]
    if reason.watched != reason.term and reason.key not in ("limits", "regex"):
        parts.append(f"watched as {reason.watched}")
    if reason.key == "regex":
        parts.append(f"found by /{reason.watched}/")
    if reason.key == "limits":
        parts.append(reason.watched)
    if reason.via.startswith("group:"):
        parts.append(f"reached through group {reason.via.removeprefix('group:')}")
    elif reason.via:
        parts.append(_VIAS.get(reason.via, reason.via))
    if reason.role:
        parts.append(f"as {reason.role}")
    if reason.note:
        parts.append(reason.note)
    return ", ".join(parts)


@cache
def _country_names() -> dict[str, str]:
    """The English name of each country: the first of its spellings."""
    return {name.code: name.written for name in reversed(spellings())}


_NOUNS = {
    "eccn": "control number",
    "usml": "munitions list",
    "item_jp": "Japanese item",
    "item_eu": "EU item",
    "item_uk": "UK item",
    "item_cn": "Chinese item",
    "item_de": "German item",
    "military": "military item",
    "ai_act": "AI Act",
    "countries": "country",
    "groups": "group",
    "technologies": "technology",
    "parties": "party",
    "counterparties": "counterparty",
    "limits": "limit",
    "works": "work",
    "sources": "source",
    "jurisdictions": "jurisdiction",
    "kinds": "kind",
    "roles": "role of",
    "text": "words",
    "regex": "words",
}
_VIAS = {
    "inserted": "in inserted words",
    "deleted": "in deleted words",
    "enclosing": "in a heading or number above it",
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
