"""What values are called on pages, in the words of the messages and in the language of the reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from alerts.citations import cite, cite_work
from alerts.citations import own_name as named
from alerts.explain import in_words
from alerts.labels import (
    CONDITIONS,
    DATED_FACTS,
    DIRECTIONS,
    FACTS,
    FUSES,
    KINDS,
    MATERIALITY,
    ROLES,
    STAGES,
    label,
)
from alerts.language import ENGLISH, Texts
from alerts.outcomes import Reason
from alerts.reasons import reason_in
from archive.codec import loads
from archive.records import Applicability, Change, Touch
from archive.vocabulary.countries import spellings
from archive.vocabulary.technologies import names_by_id
from tocsin.digest.wording import VERDICTS

STATES = MappingProxyType(
    {
        "ok": "well",
        "running": "running",
        "failing": "failing",
        "held": "held",
        "late": "late",
        "unusually quiet": "unusually quiet",
        # of messages
        "pending": "waiting to be sent",
        "muted": "muted",
        "gathered": "told by another message",
        "sending": "being sent",
        "sent": "sent",
        "failed": "failed, will be tried again",
        "dead": "could not be delivered",
        "unknown": "outcome not known",
        # of runs
        "complete": "complete",
        "incomplete": "incomplete",
        "interrupted": "interrupted",
        "postponed": "postponed",
        # of what was announced
        "found": "found in the text",
        "missing": "not found in the text",
        "awaited": "not due yet",
        "unchecked": "not checked",
        # of reviews
        "open": "to be decided",
        "open again": "to be decided again",
        "date open": "its date is to be looked at again",
        "decided": "decided",
        "assigned": "assigned",
    }
)
"""How something stands."""
APPLIES = MappingProxyType({"stayed": "stayed", "future": "not yet in force", "ended": "ended"})
TOUCHES = MappingProxyType(
    {
        "code": "control number",
        "series": "series",
        "country": "country",
        "group": "group",
        "technology": "technology",
        "party": "party",
        "counterparty": "counterparty",
        "limit": "limit",
        "date": "date",
    }
)
"""What a change reaches, by the type of the touch."""
VIAS = MappingProxyType(
    {
        "inserted": "in inserted words",
        "deleted": "in deleted words",
        "enclosing": "in a heading or number above it",
        "text": "in its words",
    }
)
NAMES = MappingProxyType(
    {
        "rin": "RIN",
        "docket": "Docket",
        "document": "Document",
        "revision": "Revision",
        "citation": "Citation",
        "url": "Address",
        "type": "Type",
        "cfr_part": "Part of the CFR",
        "corrects": "corrects",
        "number": "Number",
        "stayed": "stayed",
    }
)
"""What documents and acts say of themselves, beyond what messages tell."""
ROLE_NAMES = MappingProxyType(
    {"reader": "reader", "reviewer": "reviewer", "counsel": "counsel", "administrator": "administrator"}
)
KEYS = MappingProxyType(
    {
        "name": "name",
        "owner": "owner",
        "reason": "reason",
        "matter": "matter",
        "materiality": "materiality",
        "notify": "told by",
        "rate": "how often",
        "acknowledge": "to be acknowledged",
        "through_groups": "countries through their groups",
        "all of": "all of",
        "any of": "any of",
        "not": "not",
    }
)
"""What the keys of watches are called beyond those that messages name."""
_KEYS: Mapping[str, str] = {**CONDITIONS, **KEYS}
_VALUES: Mapping[str, Mapping[str, str]] = {
    "kinds": KINDS,
    "materiality": MATERIALITY,
    "roles": ROLES,
    "through_groups": {"false": "no"},
}
_FACTS: Mapping[str, str] = {**NAMES, **FACTS, **DATED_FACTS}


@dataclass(frozen=True, slots=True)
class Wording:
    """The names of values in one language."""

    say: Texts = ENGLISH

    def place(self, jurisdiction: str) -> str:
        """``Japan`` of ``JP``; the code where it names no country."""
        return self.say.country("GB" if jurisdiction == "UK" else jurisdiction) or jurisdiction

    def kind(self, value: str) -> str:
        """``substitution``"""
        return label(self.say, KINDS, value)

    def materiality(self, value: str) -> str:
        """``substantive``"""
        return label(self.say, MATERIALITY, value)

    def stage(self, value: str) -> str:
        """``codified``"""
        return label(self.say, STAGES, value)

    def fuse(self, value: str) -> str:
        """``stay ends``"""
        return label(self.say, FUSES, value)

    def direction(self, value: str) -> str:
        """``tighter``"""
        return label(self.say, DIRECTIONS, value)

    def how_it_stands(self, value: str) -> str:
        """``being sent``, ``late``"""
        return label(self.say, STATES, value)

    def verdict(self, value: str) -> str:
        """``not applicable``"""
        return label(self.say, VERDICTS, value)

    def role(self, value: str) -> str:
        """``counsel``"""
        return label(self.say, ROLE_NAMES, value)

    def fact(self, name: str) -> str:
        """What a document says of itself: ``comments close``."""
        return label(self.say, _FACTS, name).replace("_", " ")

    @property
    def dated(self) -> Mapping[str, str]:
        """The facts that say since when, or until when, something holds."""
        return DATED_FACTS

    def reason(self, why: Reason) -> str:
        """Why a watch was met."""
        return in_words(why, self.say)

    def because(self, reason: str) -> str:
        """The rule that weighed a change."""
        return reason_in(self.say, reason)

    def day(self, day: date | None) -> str:
        """``2026-06-18``"""
        return self.say.day(day) if day else ""

    def instant(self, at: datetime | None) -> str:
        """``2026-06-18 09:00 UTC``, or that it never was."""
        return self.say.instant(at) if at else self.say("never")

    def touch(self, found: Touch) -> str:
        """``Thailand (TH)``, ``3A090``."""
        if found.type == "country":
            return self.say("{name} ({code})", name=self._country(found.id), code=found.id)
        if found.type == "technology":
            name = names_by_id().get(found.id, "")
            return self.say("{name} ({code})", name=name, code=found.id) if name else found.id
        return found.id

    def sort(self, found: Touch) -> str:
        """``country``"""
        return label(self.say, TOUCHES, found.type)

    def via(self, found: Touch) -> str:
        """``in inserted words``"""
        if found.via.startswith("group:"):
            return self.say("reached through group {group}", group=found.via.removeprefix("group:"))
        return label(self.say, VIAS, found.via)

    def how(self, found: Touch) -> str:
        """How a touch came to be: by what, in which role."""
        parts = [self.sort(found), self.via(found)]
        parts += [self.say("as {role}", role=label(self.say, ROLES, found.role))] if found.role else []
        parts += [self.say("in an exception")] * found.excluded
        return self.say(", ").join(part for part in parts if part)

    def state(self, of: Applicability) -> str:
        """``stayed, from 2026-11-10, until 2027-11-09, by 90 FR 50857``"""
        parts = [label(self.say, APPLIES, of.state)]
        parts += [self.say("from {day}", day=self.say.day(of.start))] if of.start else []
        parts += [self.say("until {day}", day=self.say.day(of.end))] if of.end else []
        parts += [self.say("by {act}", act=of.citation)] if of.citation else []
        return self.say(", ").join(parts)

    def own_name(self, change: Change) -> str:
        """What the changed provision is called, or its first words."""
        return named(change)

    def cited(self, work: str, eid: str, title: str) -> str:
        """How people cite it, with the address where that says no more than the regulation."""
        name = cite(work, eid, title, self.say)
        return f"{name}{self.say(', ')}{eid}" if eid and name == cite_work(work, title, self.say) else name

    def watch(self, content: str) -> str:
        """What a wording of a watch says, without the keys that it leaves empty."""
        said = loads(content, dict[str, object])
        told = {key: value for key, value in said.items() if value not in ([], "", 0, None, True)}
        return "; ".join(
            self.say("{label}: {value}", label=self.key(key), value=self.asked(key, _listed(value)))
            for key, value in told.items()
        )

    def key(self, key: str) -> str:
        """What a key of a watch is called, with the tables that it stands in: ``any of 1: control number``."""
        names = [one.rpartition(" ") if one[-1:].isdigit() else (one, "", "") for one in key.split(": ")]
        return ": ".join(f"{label(self.say, _KEYS, name)}{blank}{number}" for name, blank, number in names)

    def asked(self, key: str, values: str) -> str:
        """The values of a key of a watch: countries by their names."""
        name = key.rpartition(": ")[2]
        if name == "countries":
            found = [(one, self._country(one)) for one in values.split(", ")]
            return self.say(", ").join(
                self.say("{name} ({code})", name=said, code=code) if said != code else code
                for code, said in found
            )
        if name not in _VALUES:
            return values
        return self.say(", ").join(label(self.say, _VALUES[name], one) for one in values.split(", "))

    def _country(self, code: str) -> str:
        name = self.say.country(code) if self.say.language != "en" else ""
        return name or next((name.written for name in spellings() if name.code == code), code)


def _listed(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
