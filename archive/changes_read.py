"""Changes whose numbers are known, read in parts: what many of them have in common (what encloses them, their transition) is asked for once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from archive import codec
from archive.not_compared import not_compared
from archive.records import StoredChange
from archive.stored_changes import stored_change

_FIRST, _MOST = 8, 256
"""Changes of the first part, twice as many of each further one: who takes only a few does not wait for hundreds."""


def read_in_parts(database: sqlite3.Connection, numbers: Iterator[int]) -> Iterator[StoredChange]:
    """The changes with these numbers, in their order, each part read when its first one is taken."""
    reader, size = _Reader(database), _FIRST
    while part := list(islice(numbers, size)):
        yield from reader.changes(part)
        size = min(2 * size, _MOST)


class _Reader:
    """What was read so far of what changes share."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._paths: dict[int | None, str] = {None: "[]"}
        self._transitions: dict[str, tuple[Any, ...]] = {}

    def changes(self, numbers: Sequence[int]) -> Iterator[StoredChange]:
        given = codec.dumps(numbers)
        touches: dict[tuple[int, str], list[tuple[Any, ...]]] = {}
        for number, reference, *touch in self._database.execute(_TOUCHES, (given,)):
            touches.setdefault((number, reference), []).append(tuple(touch))
        rows = {row[0]: row[1:] for row in self._database.execute(_CHANGES, (given,))}
        for number in numbers:
            *said, enclosing, details, transition, reference = rows[number]
            *where, left_out = self._transition(transition)
            row = (*said, self._path(enclosing), details, *where)
            stored = stored_change(row, touches.get((number, reference), ()))
            yield replace(stored, facts=(*stored.facts, *left_out)) if left_out else stored

    def _path(self, enclosing: int | None) -> str:
        """What encloses a change directly, with all above it, as a JSON list, root first."""
        if enclosing not in self._paths:
            above, said = self._database.execute(_ENCLOSING, (enclosing,)).fetchone()
            over = self._path(above)
            self._paths[enclosing] = f"[{said}]" if above is None else f"{over[:-1]},{said}]"
        return self._paths[enclosing]

    def _transition(self, key: str) -> tuple[Any, ...]:
        """What ``stored_change`` wants of a transition, and the statement on what was not compared."""
        if key not in self._transitions:
            *row, edition = self._database.execute(_TRANSITION, (key,)).fetchone()
            self._transitions[key] = (*row, not_compared(self._database, edition, row[4]))
        return self._transitions[key]


_CHANGES = """
    SELECT change.id, change.key, kind, materiality, old_eid, new_eid, change.heading,
        coalesce(lead_before, '') || coalesce(old.body, ''), coalesce(lead_after, '') || coalesce(new.body, ''),
        ops, coalesce(likeness, 0.0), enclosing, finding.content, transition_id, reference
    FROM json_each(?) AS wanted
    CROSS JOIN change ON change.id = wanted.value
    JOIN changeset ON changeset.id = change.changeset
    JOIN finding ON finding.id = change.finding
    LEFT JOIN text AS old ON old.id = change.text_before
    LEFT JOIN text AS new ON new.id = change.text_after
"""
_TOUCHES = """
    SELECT change, reference, touch_sort.type, touch_of_change.id, regime, excluded, role, via, confidence, start, "end" FROM json_each(?) AS wanted
    CROSS JOIN touch_of_change ON touch_of_change.change = wanted.value
    JOIN touch_sort ON touch_sort.id = sort
    ORDER BY touch_of_change.change, reference, touch_of_change.position
"""
_ENCLOSING = """
    SELECT above, json_object('eid', eid, 'unit', unit, 'num', num, 'heading', coalesce(body, ''))
    FROM enclosing LEFT JOIN text ON text.id = enclosing.heading WHERE enclosing.id = ?
"""
_TRANSITION = """
    SELECT transition.source, work.path, work.title, transition.id, before, after, observed_at, held.facts, held.id
    FROM transition
    JOIN work ON work.id = transition.work
    LEFT JOIN edition AS held ON held.id =
        (SELECT edition.id FROM edition JOIN series ON series.id = edition.series JOIN capture ON capture.id = edition.capture
            WHERE series.work = work.id AND edition.as_of = transition.after AND capture.sha256 = transition.after_sha256
            ORDER BY edition.id DESC LIMIT 1)
    WHERE transition.id = ?
"""
