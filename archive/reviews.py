"""What people said of changes: decided, commented, assigned. Rows that only grow, each with author, role and instant, each in the hash chain.

A change is named by its transition and its id, a decision also by the watch that it was made for ("" where the change met none). Nothing is edited: a
correction is a new row that names the one it takes the place of.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from archive import chain, codec, instants
from archive.store import Archive

RELEVANT, NOT_APPLICABLE, ACTION, DONE = "relevant", "not applicable", "action", "done"
VERDICTS = (RELEVANT, NOT_APPLICABLE, ACTION, DONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bond:
    """What a decision was made on. ``old`` and ``new`` are the SHA-256 of the comparison key of the law text before and after, as it was read, "" on the
    side where there was none; ``old_eid`` and ``new_eid`` where it stood ("" for a document as such), ``carried`` the eids that went along;
    ``watch`` is the SHA-256 of what the watch asked for, "" without one; ``dates`` are names with days, such as ``effective``."""

    old: str = ""
    new: str = ""
    old_eid: str | None = None
    new_eid: str | None = None
    carried: tuple[str, ...] = ()
    watch: str = ""
    dates: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """``verdict`` with its ``reason``; of an action ``person`` and ``due`` say who does what by when, of a ``done`` that it was done."""

    id: str
    at: datetime
    author: str
    role: str
    transition_id: str
    change: str
    watch: str
    verdict: str
    reason: str
    person: str
    due: date | None
    corrects: str | None
    bond: Bond


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """``words`` on a passage: ``quote`` begins at character ``start`` of the redline text, whose SHA-256 is ``redline``; "" for the whole change."""

    id: str
    at: datetime
    author: str
    role: str
    transition_id: str
    change: str
    quote: str
    start: int
    redline: str
    words: str
    privileged: bool
    corrects: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """That a change is ``person``'s to decide for a watch, "" nobody's any more."""

    id: str
    at: datetime
    author: str
    role: str
    transition_id: str
    change: str
    watch: str
    person: str


def write_decision(
    archive: Archive,
    *,
    at: datetime,
    author: str,
    role: str,
    transition_id: str,
    change: str,
    watch: str,
    verdict: str,
    reason: str,
    person: str,
    due: date | None,
    corrects: str | None,
    bond: Bond,
) -> Decision:
    """Write a decision and link it, in one transaction. What is sensible is the caller's to check (``tocsin.review.decisions``)."""
    key = _insert(
        archive,
        "decision",
        at,
        {
            "author": author,
            "role": role,
            "transition_id": transition_id,
            "change": change,
            "watch": watch,
            "verdict": verdict,
            "reason": reason,
            "person": person,
            "due": due.isoformat() if due else None,
            "corrects": corrects,
            "bond": codec.dumps(bond),
        },
    )
    return next(one for one in decisions(archive, change=change) if one.id == key)


def write_comment(
    archive: Archive,
    *,
    at: datetime,
    author: str,
    role: str,
    transition_id: str,
    change: str,
    quote: str,
    start: int,
    redline: str,
    words: str,
    privileged: bool,
    corrects: str | None,
) -> Comment:
    """Write a comment and link it, in one transaction."""
    key = _insert(
        archive,
        "comment",
        at,
        {
            "author": author,
            "role": role,
            "transition_id": transition_id,
            "change": change,
            "quote": quote,
            "start": start,
            "redline": redline,
            "words": words,
            "privileged": int(privileged),
            "corrects": corrects,
            "salt": secrets.token_hex(16),
        },
    )
    return next(one for one in comments(archive, change=change, privileged=True) if one.id == key)


def write_assignment(
    archive: Archive,
    *,
    at: datetime,
    author: str,
    role: str,
    transition_id: str,
    change: str,
    watch: str,
    person: str,
) -> Assignment:
    """Write an assignment and link it, in one transaction."""
    key = _insert(
        archive,
        "assignment",
        at,
        {
            "author": author,
            "role": role,
            "transition_id": transition_id,
            "change": change,
            "watch": watch,
            "person": person,
        },
    )
    return next(one for one in assignments(archive, change=change) if one.id == key)


def decisions(
    archive: Archive,
    *,
    change: str | None = None,
    transition: str | None = None,
    known: datetime | None = None,
) -> tuple[Decision, ...]:
    """The decisions on a change, on a transition, on all without either, that were made by an instant; in the order in which they were written."""
    rows = archive.database.execute(
        f"""
        SELECT id, decision.at, author, role, transition_id, change, watch, verdict, reason, person, due, corrects, bond
        FROM decision {_LINKED.format("decision")}
        """,  # noqa: S608
        _bounds("decision", change, transition, known),
    )
    return tuple(
        Decision(
            id=key,
            at=instants.read(at),
            author=author,
            role=role,
            transition_id=transition,
            change=on,
            watch=watch,
            verdict=verdict,
            reason=reason,
            person=person,
            due=date.fromisoformat(due) if due else None,
            corrects=corrects,
            bond=codec.loads(bond, Bond),
        )
        for key, at, author, role, transition, on, watch, verdict, reason, person, due, corrects, bond in rows
    )


def comments(
    archive: Archive,
    *,
    privileged: bool,
    change: str | None = None,
    transition: str | None = None,
    known: datetime | None = None,
) -> tuple[Comment, ...]:
    """The comments likewise; those for counsel alone are among them only if ``privileged`` says so."""
    rows = archive.database.execute(
        f"""
        SELECT id, comment.at, author, role, transition_id, change, quote, start, redline, words, privileged, corrects
        FROM comment {_LINKED.format("comment")}
        """,  # noqa: S608
        _bounds("comment", change, transition, known),
    )
    return tuple(
        Comment(
            id=key,
            at=instants.read(at),
            author=author,
            role=role,
            transition_id=transition,
            change=on,
            quote=quote,
            start=start,
            redline=redline,
            words=words,
            privileged=bool(secret),
            corrects=corrects,
        )
        for key, at, author, role, transition, on, quote, start, redline, words, secret, corrects in rows
        if privileged or not secret
    )


def assignments(
    archive: Archive,
    *,
    change: str | None = None,
    transition: str | None = None,
    known: datetime | None = None,
) -> tuple[Assignment, ...]:
    """The assignments likewise."""
    rows = archive.database.execute(
        f"""
        SELECT id, assignment.at, author, role, transition_id, change, watch, person
        FROM assignment {_LINKED.format("assignment")}
        """,  # noqa: S608
        _bounds("assignment", change, transition, known),
    )
    return tuple(
        Assignment(
            id=key,
            at=instants.read(at),
            author=author,
            role=role,
            transition_id=transition,
            change=on,
            watch=watch,
            person=person,
        )
        for key, at, author, role, transition, on, watch, person in rows
    )


_LINKED = """
    JOIN chain ON chain.kind = :kind AND chain.subject = id
    WHERE (:change IS NULL OR change = :change) AND (:transition IS NULL OR transition_id = :transition)
        AND (:known IS NULL OR {}.at <= :known)
    ORDER BY chain.position
"""


def _bounds(
    kind: str, change: str | None, transition: str | None, known: datetime | None
) -> dict[str, str | None]:
    bound = None if known is None else instants.written(known)
    return {"kind": kind, "change": change, "transition": transition, "known": bound}


def _insert(archive: Archive, kind: str, at: datetime, said: Mapping[str, str | int | None]) -> str:
    """Write a row under the hash of what it says, and link it; answers its id. The same said twice in one instant is one row more, so its place in
    the chain is part of the hash."""
    with archive.transaction():
        row = {"at": instants.written(at), **said}
        key = chain.digest_of([kind, chain.head(archive)[0] + 1, row])[:32]
        names = ", ".join(("id", *row))
        marks = ", ".join("?" * (len(row) + 1))
        insert = f"INSERT INTO {kind} ({names}) VALUES ({marks})"  # noqa: S608 - no word of it comes from outside
        archive.database.execute(insert, (key, *row.values()))
        chain.link(archive, kind, key, at=at)
    return key
