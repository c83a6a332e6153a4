"""A Change as a row and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from typing import Any

from archive import codec, instants
from archive.records import (
    Applicability,
    Change,
    Enclosing,
    Fact,
    LimitChange,
    Operation,
    StoredChange,
    Touch,
)

COLUMNS = """change.key, change.kind, change.materiality, change.old_eid, change.new_eid, change.heading, change.text_before, change.text_after,
    change.ops, change.likeness, change.path, change.details"""
"""What ``stored_change`` wants of ``change_in_full AS change``."""


@dataclass(frozen=True, slots=True)
class Details:
    """The fields of a Change that no query looks at and many changes share."""

    reason: str = ""
    unit: str = ""
    num: str = ""
    carried: tuple[tuple[str, str], ...] = ()
    limits: tuple[LimitChange, ...] = ()
    applicability: tuple[Applicability, ...] = ()


_DETAILS = tuple(one.name for one in fields(Details))


def details(change: Change) -> str:
    """Those fields of a change as JSON; what is empty is left out."""
    said = ((name, getattr(change, name)) for name in _DETAILS)
    return codec.dumps({name: value for name, value in said if value})


def stored_change(row: Sequence[Any], touches: Sequence[tuple[Any, ...]]) -> StoredChange:
    """The record of a row (``COLUMNS``, then source, work, title, transition, before, after, observed_at and facts) with the rows of its touches."""
    (
        key,
        kind,
        materiality,
        old_eid,
        new_eid,
        heading,
        text_before,
        text_after,
        ops,
        likeness,
        path,
        details,
    ) = row[:12]
    source, work, title, transition, before, after, observed_at, facts = row[12:]
    rest = _rest(details)
    return StoredChange(
        id=key,
        source=source,
        work=work,
        title=title,
        transition_id=transition,
        before=date.fromisoformat(before) if before else None,
        after=date.fromisoformat(after),
        observed_at=instants.read(observed_at),
        change=Change(
            kind=kind,
            materiality=materiality,
            reason=rest.reason,
            old_eid=old_eid,
            new_eid=new_eid,
            unit=rest.unit,
            num=rest.num,
            heading=heading,
            text_before=text_before,
            text_after=text_after,
            ops=_unpacked(ops, text_before, text_after),
            likeness=likeness,
            carried=rest.carried,
            limits=rest.limits,
            path=_path(path),
            applicability=rest.applicability,
        ),
        touches=tuple(
            Touch(
                type=type_,
                id=identity,
                regime=regime,
                excluded=bool(excluded),
                role=role,
                via=via,
                confidence=confidence,
                start=start,
                end=end,
            )
            for type_, identity, regime, excluded, role, via, confidence, start, end in touches
        ),
        facts=_facts(facts or "[]"),
    )


def packed_operations(change: Change) -> list[tuple[str, int | str]]:
    """The operations as lengths into the two texts, which are stored already; as they are where they do not join to them."""
    before = "".join(text for mark, text in change.ops if mark != "+")
    after = "".join(text for mark, text in change.ops if mark != "-")
    if (before, after) == (change.text_before, change.text_after):
        return [(mark, len(text)) for mark, text in change.ops]
    return list(change.ops)


def _unpacked(ops: str, text_before: str, text_after: str) -> tuple[Operation, ...]:
    unpacked: list[Operation] = []
    before = after = 0
    for mark, what in codec.loads(ops, list[tuple[str, int | str]]):
        if isinstance(what, str):
            unpacked.append((mark, what))
            continue
        unpacked.append(
            (mark, text_after[after : after + what] if mark == "+" else text_before[before : before + what])
        )
        before += what if mark != "+" else 0
        after += what if mark != "-" else 0
    return tuple(unpacked)


@lru_cache(maxsize=256)
def _rest(details: str) -> Details:
    return codec.loads(details, Details)


@lru_cache(maxsize=256)
def _path(path: str) -> tuple[Enclosing, ...]:
    return codec.loads(path, tuple[Enclosing, ...])


@lru_cache(maxsize=64)
def _facts(facts: str) -> tuple[Fact, ...]:
    return codec.loads(facts, tuple[Fact, ...])
