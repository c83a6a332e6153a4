"""What values are called on pages, in the words of the messages and in the language of the reader."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from alerts.citations import cite, cite_work, spot
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
    bounds,
    label,
)
from alerts.language import ENGLISH, Texts
from alerts.outcomes import Reason
from alerts.reasons import reason_in
from archive.codec import loads
from archive.events import EventRow
from archive.records import Applicability, Change, LimitChange, Touch
from archive.vocabulary.countries import spellings
from archive.vocabulary.technologies import names_by_id
from crawlers.card import source_cards
from tocsin.digest.wording import VERDICTS
from tocsin.web.called import APPLIES, FORMS, KEYS, LAWS, NAMES, ROLE_NAMES, STATES, TOUCHES, VIAS

_KEYS: Mapping[str, str] = {**CONDITIONS, **KEYS}
_VALUES: Mapping[str, Mapping[str, str]] = {
    "kinds": KINDS,
    "materiality": MATERIALITY,
    "roles": ROLES,
    "through_groups": {"false": "no"},
}
_DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_LONGEST_NAME, _GIST = 80, 200
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

    def on(self, value: object) -> str:
        """A day, also one that is written as a text, as the reader writes days; any other value as it is."""
        written = str(value)
        return self.day(date.fromisoformat(written)) if _DAY.fullmatch(written) else written

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

    def state(self, of: Applicability, on: date | None = None) -> str:
        """``stayed, from 2026-11-10, until 2027-11-09, by 90 FR 50857``; of law that came into force before a day since when it is, and "" of a stay
        that was over by then."""
        if on and of.end and of.end < on:
            if of.state != "future":
                return ""
            said = self.say("in force since {day}", day=self.say.day(of.end + timedelta(days=1)))
            by = [self.say("by {act}", act=of.citation)] if of.citation else []
            return self.say(", ").join([said, *by])
        parts = [label(self.say, APPLIES, of.state)]
        parts += [self.say("from {day}", day=self.say.day(of.start))] if of.start else []
        parts += [self.say("until {day}", day=self.say.day(of.end))] if of.end else []
        parts += [self.say("by {act}", act=of.citation)] if of.citation else []
        return self.say(", ").join(parts)

    def own_name(self, change: Change) -> str:
        """What the changed provision is called, or its first words."""
        return named(change)

    def cited(self, work: str, eid: str, title: str, own: str = "") -> str:
        """How people cite it; where that says no more than the regulation with its place in words, or with its ``own`` name."""
        name = cite(work, eid, title, self.say)
        if not eid or name != cite_work(work, title, self.say):
            return name
        more = own if len(own) <= _LONGEST_NAME and own else spot(work, eid)
        return f"{name}{self.say(', ')}{more}" if more else name

    def spot(self, work: str, eid: str) -> str:
        """Where in its regulation something stands; its address where that holds no words."""
        return spot(work, eid) or eid

    def told_apart(self, work: str, eid: str) -> str:
        """The same, for places that have no name, or the same one."""
        said = spot(work, eid)
        return said if said and said != "附則" else _plain(eid)

    def source(self, name: str) -> str:
        """What a source is called."""
        card = source_cards().get(name)
        return self.say(card.title) if card else name

    def type(self, value: str) -> str:
        """The sort of a law as its source calls it: ``Cabinet Order`` of ``CabinetOrder``."""
        return label(self.say, LAWS, value)

    def form(self, name: str) -> str:
        """The format of a file: ``Word`` of ``docx``."""
        return label(self.say, FORMS, name)

    def act(self, row: EventRow) -> str:
        """What a legal act is called: by its own paper; without one by the citation that the amended text gives."""
        first = row.stages[0]
        cited = [name for sort, name in sorted(row.names) if sort in ("cited", "citation")]
        if first.stage in ("codified", "listed") and cited:
            return cited[0]
        return first.title or cite_work(first.work, say=self.say)

    def act_name(self, sort: str, name: str) -> str:
        """A name that an act goes under: ``Docket 250107-0007``, ``15 CFR Part 774``."""
        if sort == "part":
            return cite_work(name, say=self.say)
        return name if sort == "cited" else f"{self.fact(sort)} {name}"

    def touched(self, told: Iterable[str]) -> str:
        """What a digest says that a change touches, ``country TH``, with the names of countries and technologies."""
        found = []
        for one in told:
            kind, _, rest = one.partition(" ")
            identity, excluded = rest.removesuffix(" (excluded)"), rest.endswith(" (excluded)")
            touch = Touch(type=kind, id=identity, via="", excluded=excluded)
            said = f"{self.sort(touch)} {self.touch(touch)}"
            found.append(f"{said} ({self.say('in an exception')})" if excluded else said)
        return self.say(", ").join(found)

    @staticmethod
    def own(change: Change) -> str:
        """What a provision is called by itself: its heading, else the name with which a row begins."""
        first, _, more = (change.text_after or change.text_before).partition(" | ")
        return first if more and change.unit in ("row", "entry") else change.heading

    def gist(self, change: Change) -> str:
        """The beginning of what stands, or stood, there; of a row its first cells."""
        text = " ".join((change.text_after or change.text_before).split())
        said = (
            named(change)
            if change.unit == "row" or len(change.heading) > len(text)
            else text or named(change)
        )
        return said if len(said) <= _GIST else said[: _GIST - 1].rstrip() + "…"

    def limits(self, found: Iterable[LimitChange]) -> tuple[str, ...]:
        """``total processing performance: ≥ 4800 → ≥ 2400 (tighter)``, each once."""
        return tuple(dict.fromkeys(map(self._limit, found)))

    def _limit(self, limit: LimitChange) -> str:
        old, new = bounds(self.say, limit)
        said = f"{old} → {new}"
        if limit.quantity:
            said = self.say("{label}: {value}", label=limit.quantity, value=said)
        return said if limit.direction == "unknown" else f"{said} ({self.direction(limit.direction)})"

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


def _plain(eid: str) -> str:
    words = eid.replace(".", " ").replace("-", " ")
    return words[:1].upper() + words[1:]


def _listed(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
