"""What a change must have at least, so that only the changes that can matter are read: a need is looked up in the indexes, what it lets through is judged
by whoever asked. Whatever cannot be said this way is left out of a need, which then lets more through, never less."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from archive import codec
from archive.below import at_or_below
from archive.store import Archive

Sql = tuple[str, tuple[object, ...]]
Column = Literal["kind", "materiality", "source", "jurisdiction", "work"]
_COLUMNS = {
    "kind": "change.kind",
    "materiality": "change.materiality",
    "source": "transition.source",
    "jurisdiction": "work.jurisdiction",
    "work": "work.path",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Valued:
    """One of some values in a column."""

    column: Column
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Touching:
    """A touch of one of the ``types`` (any for none), with an id that is one of ``ids`` or begins with one of ``beginnings`` (any id where both are
    empty), in one of the ``roles`` (any for none), by the reading of the touches that counts."""

    types: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    beginnings: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """In one of the works or below it, or in a document that says which parts of the CFR it amends."""

    works: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """At one of the eids, under it or above it, or in a provision that took others with it."""

    eids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limited:
    """With a limit that moved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stepped:
    """Between two editions, into one of ``since`` or later, out of one of before ``before``."""

    since: date
    before: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Every:
    """All of some needs; of none: any change."""

    of: tuple[Need, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Either:
    """At least one of some needs; of none: no change."""

    of: tuple[Need, ...]


Need = Valued | Touching | Placed | Standing | Limited | Stepped | Every | Either
ANY = Every()


def condition(need: Need) -> Sql:
    """The need as a condition on ``change``, ``changeset``, ``transition`` and ``work``, with its values."""
    match need:
        case Valued(column=column, values=values):
            return f"{_COLUMNS[column]} IN {_LISTED}", (codec.dumps(list(values)),)
        case Touching():
            return _touching(need)
        case Placed(works=works):
            below = [(at_or_below("work.path"), (one,) * 3) for one in works]
            return _joined(" OR ", "false", [*below, (_ANNOUNCES, ())])
        case Standing(eids=eids):
            return _standing(eids)
        case Limited():
            return _LIMITED, ()
        case Stepped(since=since, before=before):
            # NULL, of a document that appeared, is before no day.
            return "(transition.after >= ? AND transition.before < ?)", (
                since.isoformat(),
                before.isoformat(),
            )
        case Every(of=needs):
            return _joined(" AND ", "true", map(condition, needs))
        case Either(of=needs):
            return _joined(" OR ", "false", map(condition, needs))


def touched(archive: Archive, type_: str) -> tuple[str, ...]:
    """The ids that touches of a type have."""
    rows = archive.database.execute(
        "SELECT DISTINCT touch_of_change.id FROM touch_sort JOIN touch_of_change ON sort = touch_sort.id WHERE type = ?",
        (type_,),
    )
    return tuple(identity for (identity,) in rows)


def _touching(need: Touching) -> Sql:
    wanted: list[Sql] = []
    if need.types:
        wanted.append((f"type IN {_LISTED}", (codec.dumps(list(need.types)),)))
    if need.roles:
        wanted.append((f"role IN {_LISTED}", (codec.dumps(list(need.roles)),)))
    if need.ids or need.beginnings:
        ranges = [
            ("touch_of_change.id >= ? AND touch_of_change.id < ?", (one, _after(one)))
            for one in need.beginnings
        ]
        wanted.append(
            _joined(
                " OR ",
                "false",
                [(f"touch_of_change.id IN {_LISTED}", (codec.dumps(list(need.ids)),)), *ranges],
            )
        )
    words, values = _joined(" AND ", "true", wanted)
    return (
        f"(change.id, changeset.reference) IN (SELECT change, reference FROM touch_of_change JOIN touch_sort ON touch_sort.id = sort WHERE {words})",  # noqa: S608
        values,
    )


def _standing(eids: tuple[str, ...]) -> Sql:
    at_or_above = codec.dumps(list(dict.fromkeys(above for one in eids for above in _levels(one))))
    parts: list[Sql] = []
    for column in ("change.old_eid", "change.new_eid"):
        parts.append((f"{column} IN {_LISTED}", (at_or_above,)))
        # "." and "/" part the levels of an eid, and "0" comes after both.
        parts += ((f"({column} > ? AND {column} < ?)", (f"{one}.", f"{one}0")) for one in eids)
    return _joined(" OR ", "false", [*parts, (_CARRIES, ())])


def _levels(eid: str) -> tuple[str, ...]:
    return (*(eid[:at] for at, mark in enumerate(eid) if mark in "./"), eid)


def _joined(word: str, empty: str, parts: Iterable[Sql]) -> Sql:
    given = list(parts)
    said = word.join(words for words, _ in given)
    return f"({said})" if given else empty, tuple(value for _, values in given for value in values)


def _after(beginning: str) -> str:
    """What sorts after every text with a beginning."""
    return beginning[:-1] + chr(ord(beginning[-1]) + 1)


_LISTED = "(SELECT value FROM json_each(?))"
_CARRIES = "change.finding IN (SELECT id FROM finding WHERE instr(content, '\"carried\"'))"
_LIMITED = "change.finding IN (SELECT id FROM finding WHERE instr(content, '\"limits\"'))"
_ANNOUNCES = """
    EXISTS (SELECT 1 FROM series JOIN edition ON edition.series = series.id
        WHERE series.work = work.id AND edition.as_of = transition.after AND instr(edition.facts, '"cfr_part"'))
"""
