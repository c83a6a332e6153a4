"""The limits of the entries that compliance teams watch most, as the goldens of this folder hold them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from archive.records import Change, Expression
from diffing.quantities import quantities

WATCHED = ("3A001", "3A090", "4A003", "4A090", "3B001")
Row = tuple[str, ...]


def golden(name: str) -> list[Row]:
    """The rows of a golden file: cells parted by tabs, lines of explanation beginning with #."""
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]


def told(day: str, changes: Iterable[Change]) -> set[Row]:
    """(day, eid, old, new, direction) of the limits that moved in the watched entries.

    The editions print some lists now as items of their own, now inside the text above them: a limit that went at one place of an
    entry and came at another on the same day did not move.
    """
    rows: defaultdict[str, set[Row]] = defaultdict(set)
    for change in changes:
        if change.kind in ("split", "join"):  # each is told beside the whole text it is a part of
            continue
        for limit in change.limits:
            rows[limit.eid.split(".")[0]].add((day, limit.eid, limit.old, limit.new, limit.direction))
    found: set[Row] = set()
    for entry in WATCHED:
        gone = {row[2] for row in rows[entry] if not row[3]}
        come = {row[3] for row in rows[entry] if not row[2]}
        both = gone & come
        found |= {row for row in rows[entry] if (row[2] and row[3]) or (row[2] or row[3]) not in both}
    return found


def limits(expression: Expression) -> dict[str, dict[str, str]]:
    """For each watched entry its limits, each with the first address it stands at."""
    found: dict[str, dict[str, str]] = {entry: {} for entry in WATCHED}
    for provision in expression.walk():
        entry = provision.eid.split(".")[0]
        if entry in found:
            for quantity in quantities(provision.text, expression.language):
                if quantity.measured:
                    found[entry][str(quantity)] = min(
                        found[entry].get(str(quantity), provision.eid), provision.eid
                    )
    return found
