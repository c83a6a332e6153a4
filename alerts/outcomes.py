"""Whether one change meets one table of conditions, and by what. Matching and explaining both stand on this."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from alerts.conditions import CODE_KEYS, TOUCH_KEYS, Conditions
from alerts.phrases import find_pattern, find_phrase
from alerts.subject import Side, Subject, party, stands_under
from archive.records import Touch

MAY_INCLUDE = "may include"
IN_EXCEPTION = "named in an exception"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One way in which a condition was met: the ``key``, the ``watched`` value of it, the ``term`` that the change touches, by what
    (``via`` inserted, deleted, enclosing, ``group:D:5``), in which ``role``, and a ``note`` where the tie is loose."""

    key: str
    watched: str
    term: str
    via: str = ""
    role: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one key: its values, whether it was met, by what. Of a nested table ``inside`` holds its own outcomes."""

    key: str
    values: tuple[str, ...]
    met: bool
    reasons: tuple[Reason, ...] = ()
    inside: tuple[tuple[Outcome, ...], ...] = ()


def outcomes(conditions: Conditions, subject: Subject) -> Iterator[Outcome]:
    """The outcome of each key that was given, cheap ones first; lazy, so that a match can stop at the first that failed."""
    given = dict(conditions.values())
    counts = any(key in given for key in TOUCH_KEYS)
    for key in _ORDER:
        if key in given and not (key == "roles" and counts):
            reasons = _BY_KEY[key](key, given[key], conditions, subject)
            yield Outcome(
                key=key, values=given[key], met=bool(reasons), reasons=tuple(dict.fromkeys(reasons))
            )
    for key, tables in (("all", conditions.all), ("any", conditions.any), ("none", conditions.none)):
        if tables:
            yield _nested(key, tables, subject)


def reasons_to_match(conditions: Conditions, subject: Subject) -> tuple[Reason, ...] | None:
    """Why the change meets the conditions, None where it does not; empty for conditions that every change meets."""
    found: list[Reason] = []
    for outcome in outcomes(conditions, subject):
        if not outcome.met:
            return None
        found += outcome.reasons
    return tuple(found)


def _nested(key: str, tables: tuple[Conditions, ...], subject: Subject) -> Outcome:
    inside = tuple(tuple(outcomes(table, subject)) for table in tables)
    verdicts = [all(outcome.met for outcome in table) for table in inside]
    met = {"all": all(verdicts), "any": any(verdicts), "none": not any(verdicts)}[key]
    reasons: tuple[Reason, ...] = ()
    if key != "none":
        reasons = tuple(
            reason
            for table, verdict in zip(inside, verdicts, strict=True)
            if verdict
            for outcome in table
            for reason in outcome.reasons
        )
    return Outcome(key=key, values=(), met=met, reasons=reasons, inside=inside)


# ── one reader for each sort of key ────────────────────────────────────────────────────────────────


def _codes(key: str, values: tuple[str, ...], conditions: Conditions, subject: Subject) -> list[Reason]:
    regime, found = CODE_KEYS[key], []
    for touch in subject.touches.get("code", ()):
        if touch.regime in ("", regime) and _plays(touch, conditions):
            for watched in values:
                if touch.id == watched or stands_under(watched, touch.id):
                    found.append(_reason(key, watched, touch))
    for touch in subject.bare_codes:
        if touch.regime in ("", regime) and _plays(touch, conditions):
            for watched in values:
                if stands_under(touch.id, watched):
                    found.append(_reason(key, watched, touch, MAY_INCLUDE))
    return found


def _countries(key: str, values: tuple[str, ...], conditions: Conditions, subject: Subject) -> list[Reason]:
    return [
        _reason(key, watched, touch)
        for touch in subject.touches.get("country", ())
        for watched in values
        if (touch.id == watched or touch.id.startswith(f"{watched}-"))
        and (conditions.through_groups or not touch.via.startswith("group:"))
        and _plays(touch, conditions)
    ]


def _groups(key: str, values: tuple[str, ...], conditions: Conditions, subject: Subject) -> list[Reason]:
    return [
        _reason(key, watched, touch)
        for touch in (*subject.touches.get("group", ()), *subject.touches.get("series", ()))
        for watched in values
        if _is_of(touch.id.removeprefix("group:"), watched) and _plays(touch, conditions)
    ]


def _is_of(group: str, watched: str) -> bool:
    """Whether a group is the one watched or, as D:5 of D, a part of it."""
    return group == watched or group.startswith(f"{watched}:")


def _technologies(
    key: str, values: tuple[str, ...], conditions: Conditions, subject: Subject
) -> list[Reason]:
    return [
        _reason(key, watched, touch)
        for touch in subject.touches.get("technology", ())
        for watched in values
        if (touch.id == watched or stands_under(watched, touch.id)) and _plays(touch, conditions)
    ]


def _parties(key: str, values: tuple[str, ...], conditions: Conditions, subject: Subject) -> list[Reason]:
    return [
        _reason(key, watched, touch)
        for touch in subject.touches.get("party", ())
        for watched in values
        if party(touch.id) == party(watched) and _plays(touch, conditions)
    ]


def _counterparties(
    key: str, values: tuple[str, ...], conditions: Conditions, subject: Subject
) -> list[Reason]:
    """Candidates with their score, to be looked at by a person; never a verdict."""
    return [
        _reason(key, watched, touch, f"a candidate, score {100 * touch.confidence:.1f} of 100")
        for touch in subject.touches.get("counterparty", ())
        for watched in values
        if watched in ("*", touch.id) or touch.id.casefold() == watched.casefold()
        if _plays(touch, conditions)
    ]


def _limits(key: str, values: tuple[str, ...], conditions: Conditions, subject: Subject) -> list[Reason]:
    return [
        Reason(
            key=key,
            watched=limit.direction,
            term=f"{limit.old or 'none'} → {limit.new or 'none'}",
            note=limit.quantity,
        )
        for limit in subject.change.limits
        if limit.direction in values
    ]


def _works(key: str, values: tuple[str, ...], conditions: Conditions, subject: Subject) -> list[Reason]:
    return [Reason(key=key, watched=watched, term=watched) for watched in values if watched in subject.places]


def _roles(key: str, values: tuple[str, ...], conditions: Conditions, subject: Subject) -> list[Reason]:
    return [_reason(key, touch.role, touch) for touch in subject.stored.touches if touch.role in values]


def _field(read: Callable[[Subject], str]) -> _Reader:
    def one_of(key: str, values: tuple[str, ...], conditions: Conditions, subject: Subject) -> list[Reason]:
        value = read(subject)
        return [Reason(key=key, watched=value, term=value)] if value in values else []

    return one_of


def _words(find: Callable[[str, Side], str]) -> _Reader:
    def anywhere(key: str, values: tuple[str, ...], conditions: Conditions, subject: Subject) -> list[Reason]:
        return [
            Reason(key=key, watched=watched, term=term, via=side.via)
            for watched in values
            for side in subject.sides
            if (term := find(watched, side))
        ]

    return anywhere


def _plays(touch: Touch, conditions: Conditions) -> bool:
    return not conditions.roles or touch.role in conditions.roles


def _reason(key: str, watched: str, touch: Touch, note: str = "") -> Reason:
    notes = [note] if note else []
    if touch.excluded:
        notes.append(IN_EXCEPTION)
    return Reason(
        key=key, watched=watched, term=touch.id, via=touch.via, role=touch.role, note=", ".join(notes)
    )


_Reader = Callable[[str, tuple[str, ...], Conditions, Subject], list[Reason]]

_BY_KEY: dict[str, _Reader] = {
    "materiality": _field(lambda subject: subject.change.materiality),
    "kinds": _field(lambda subject: subject.change.kind),
    "sources": _field(lambda subject: subject.stored.source),
    "jurisdictions": _field(lambda subject: subject.jurisdiction),
    "works": _works,
    **dict.fromkeys(CODE_KEYS, _codes),
    "countries": _countries,
    "groups": _groups,
    "technologies": _technologies,
    "parties": _parties,
    "counterparties": _counterparties,
    "limits": _limits,
    "roles": _roles,
    "text": _words(find_phrase),
    "regex": _words(find_pattern),
}
_ORDER = tuple(_BY_KEY)
