"""What a new edition does to the rows of its series: which end, which are new, and with which rank. Pure: rows in, a plan out.

Let an edition of date ``d`` arrive. The rows that stand at ``d`` show the edition before it; each that the new one does not repeat is closed as
knowledge and told again for the days it keeps: from its begin to ``d``, and, where a later edition is held already, from that one's date on.
What the new edition says otherwise is a row from ``d`` to the date of that later edition. Rows that are repeated are left alone: they cost nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from archive.ranks import arrange
from archive.trees import Standing


class Held(NamedTuple):
    """A row of ``provision`` that stands: its number, address, rank, what it says, and from when to when (ISO dates)."""

    id: int
    address: int
    rank: str
    standing: Standing
    from_date: str
    to_date: str | None


class Fresh(NamedTuple):
    """A row to be written for what an edition says."""

    rank: str
    standing: Standing


class Remainder(NamedTuple):
    """What is left of a closed row: it, and the days it keeps."""

    held: Held
    from_date: str
    to_date: str | None


@dataclass(frozen=True, slots=True)
class Plan:
    """``closed`` are the rows that are no longer held true, ``remainders`` what is told again of them, ``fresh`` what is new."""

    closed: tuple[Held, ...]
    remainders: tuple[Remainder, ...]
    fresh: tuple[Fresh, ...]


def plan(before: Sequence[Held], after: Sequence[Standing], *, day: str, next_day: str | None) -> Plan:
    """The plan for an edition of ``day`` that says ``after`` (in document order), ``before`` being the rows that stand on that day.
    ``next_day`` is the date of the next edition held, None where this is the latest."""
    held = {row.standing.eid: row for row in before}
    ranks = _ranks(held, after)
    repeated: set[str] = set()
    fresh: list[Fresh] = []
    for standing in after:
        row = held.get(standing.eid)
        rank = ranks[standing.eid]
        if row is not None and row.standing == standing and row.rank == rank:
            repeated.add(standing.eid)
        else:
            fresh.append(Fresh(rank, standing))
    closed = [row for row in before if row.standing.eid not in repeated]
    remainders: list[Remainder] = []
    for row in closed:
        if row.from_date < day:
            remainders.append(Remainder(row, row.from_date, day))
        if next_day is not None and (row.to_date is None or row.to_date > next_day):
            remainders.append(Remainder(row, next_day, row.to_date))
    return Plan(tuple(closed), tuple(remainders), tuple(fresh))


def in_document_order(rows: Sequence[Held]) -> list[Standing]:
    """What the rows of one day say, parents before children, siblings by their ranks."""
    below: dict[str, list[Held]] = {}
    for row in sorted(rows, key=lambda row: row.rank, reverse=True):
        below.setdefault(row.standing.parent, []).append(row)
    ordered: list[Standing] = []
    stack = below.get("", [])
    while stack:
        standing = stack.pop().standing
        ordered.append(standing)
        stack += below.get(standing.eid, ())
    return ordered


def _ranks(held: Mapping[str, Held], after: Sequence[Standing]) -> dict[str, str]:
    """The rank of each provision among its siblings: its own, where it stays under its parent and in order."""
    siblings: dict[str, list[str]] = {}
    for standing in after:
        siblings.setdefault(standing.parent, []).append(standing.eid)
    ranks: dict[str, str] = {}
    for parent, eids in siblings.items():
        held_ranks: list[str | None] = []
        for eid in eids:
            row = held.get(eid)
            held_ranks.append(row.rank if row is not None and row.standing.parent == parent else None)
        ranks.update(zip(eids, arrange(held_ranks), strict=True))
    return ranks
