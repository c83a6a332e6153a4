"""The second gate: is what was read the whole document, so that it may be published?

The first gate (``crawlers``) accepted the bytes. This one weighs what a reader made of them against what the source says it has (its
inventory) and against the edition held before. What does not pass is held with its reasons: the earlier edition stays, and nobody is alerted.
A second fetch that says the same releases nothing; the source's own inventory or a person with a reason does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from archive.records import Expression, Reading
from archive.shared_scope import shared

# Below this share of what the last edition held, an edition is taken for cut until it is confirmed. No amendment of the Commerce
# Control List from 2017 to 2023 took away more than 2.1 % of its units (docs/adr/0005).
SHRINK_FLOOR = 0.8

_ROOTS = ("part", "appendix", "section")


@dataclass(frozen=True, slots=True)
class Size:
    """How much a text is: provisions and characters."""

    provisions: int
    characters: int


def size(expression: Expression) -> Size:
    """The size of an expression, over all its provisions."""
    provisions = characters = 0
    for provision in expression.walk():
        provisions += 1
        characters += len(provision.heading) + len(provision.text)
    return Size(provisions, characters)


def reasons_to_hold(
    reading: Reading,
    *,
    before: Iterable[Expression],
    inventory: Mapping[str, int] | None,
    leftover_limit: int,
) -> tuple[str, ...]:
    """Why this reading must not be published, empty where it may. ``before`` are the latest editions of the works of this document."""
    reasons = [*_leftover(reading, leftover_limit), *_empty(reading), *_missing_units(reading, inventory)]
    after = {expression.work: expression for expression in reading.expressions}
    for earlier in before:
        reasons += shrinkage(earlier, after.get(earlier.work))
    return tuple(reasons)


def shrinkage(before: Expression, after: Expression | None) -> list[str]:
    """What is suspiciously less in ``after``; only the scope that both editions print is weighed."""
    if after is None:
        return [f"{before.work} is missing from the document, which held it on {before.as_of}"]
    was, now = (size(one) for one in shared(before, after))
    return [
        f"{before.work} shrank from {old:,} to {new:,} {what} since {before.as_of}"
        for what, old, new in (
            ("provisions", was.provisions, now.provisions),
            ("characters", was.characters, now.characters),
        )
        if new < old * SHRINK_FLOOR
    ]


def _leftover(reading: Reading, limit: int) -> list[str]:
    characters = sum(len(leftover.text) for leftover in reading.leftovers)
    if characters <= limit:
        return []
    first = reading.leftovers[0]
    return [
        f"{characters:,} characters were not understood (limit {limit:,}), the first at {first.place}: {first.text[:60]!r}"
    ]


def _empty(reading: Reading) -> list[str]:
    if not reading.expressions:
        return ["nothing was read from the document"]
    return [f"{expression.work} is empty" for expression in reading.expressions if not expression.provisions]


def _missing_units(reading: Reading, inventory: Mapping[str, int] | None) -> list[str]:
    if not inventory:
        return []
    found = Counter(provision.unit for expression in reading.expressions for provision in expression.walk())
    # A supplement that is read as a list (the Commerce Control List) has entries for roots and is itself the appendix.
    found["appendix"] += sum(
        expression.provisions[0].unit not in _ROOTS
        for expression in reading.expressions
        if expression.provisions
    )
    return [
        f"the source lists {listed:,} of unit {unit}, the document has {found[unit]:,}"
        for unit, listed in inventory.items()
        if found[unit] != listed
    ]
