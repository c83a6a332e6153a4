"""What values are called on pages, in the words of the messages."""

from __future__ import annotations

from datetime import datetime

from alerts.citations import cite, cite_work
from alerts.citations import own_name as named
from alerts.explain import in_words
from alerts.labels import DIRECTIONS, FUSES, KINDS, MATERIALITY, OPERATIONS, STAGES, label
from alerts.language import ENGLISH
from alerts.outcomes import Reason
from archive.codec import loads
from archive.records import Applicability, Change, Touch
from archive.vocabulary.countries import spellings
from archive.vocabulary.technologies import names_by_id


def kind(value: str) -> str:
    """``substitution``"""
    return label(ENGLISH, KINDS, value)


def materiality(value: str) -> str:
    """``substantive``"""
    return label(ENGLISH, MATERIALITY, value)


def stage(value: str) -> str:
    """``codified``"""
    return label(ENGLISH, STAGES, value)


def fuse(value: str) -> str:
    """``stay ends``"""
    return label(ENGLISH, FUSES, value)


def direction(value: str) -> str:
    """``tighter``"""
    return label(ENGLISH, DIRECTIONS, value)


def operation(value: str) -> str:
    """``revise``"""
    return label(ENGLISH, OPERATIONS, value)


def reason(why: Reason) -> str:
    """Why a watch was met."""
    return in_words(why)


def instant(at: datetime | None) -> str:
    """``2026-06-18 09:00 UTC``, or that it never was."""
    return ENGLISH.instant(at) if at else "never"


def touch(found: Touch) -> str:
    """``country Thailand (TH)``, ``code 3A090``."""
    if found.type == "country":
        return f"{_country(found.id)} ({found.id})"
    if found.type == "technology":
        name = names_by_id().get(found.id, "")
        return f"{name} ({found.id})" if name else found.id
    return found.id


def how(found: Touch) -> str:
    """How a touch came to be: by what, in which role."""
    parts = [found.type, found.via.replace("group:", "through group "), found.role.replace("-", " ")]
    parts += ["in an exception"] * found.excluded
    return ", ".join(part for part in parts if part)


def state(of: Applicability) -> str:
    """``stayed from 2026-11-10 until 2027-11-09 by 90 FR 50857``"""
    named = {"future": "not yet in force"}.get(of.state, of.state)
    parts = [named]
    parts += [f"from {of.start}"] if of.start else []
    parts += [f"until {of.end}"] if of.end else []
    parts += [f"by {of.citation}"] if of.citation else []
    return " ".join(parts)


def own_name(change: Change) -> str:
    """What the changed provision is called, or its first words."""
    return named(change)


def cited(work: str, eid: str, title: str) -> str:
    """How people cite it, with the address where that says no more than the regulation."""
    name = cite(work, eid, title)
    return f"{name}, {eid}" if eid and name == cite_work(work, title) else name


def watch(content: str) -> str:
    """What a wording of a watch says, without the keys that it leaves empty."""
    said = loads(content, dict[str, object])
    return "; ".join(
        f"{key}: {_listed(value)}" for key, value in said.items() if value not in ([], "", 0, None, True)
    )


def _listed(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _country(code: str) -> str:
    return next((name.written for name in spellings() if name.code == code), code)
