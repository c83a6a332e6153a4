"""The rows that the chain covers in great number, sort by sort: how each is read for its hash.

What a row says that never changes is in it, and nothing else: of a delivery its message, not its state. A field whose name ends in ``_sha256`` stands for
a text by its hash: an evidence file can then show the row and leave out of it what holds a secret, and the hash of the row is the same.
What a table is called and how it packs its columns may change with the schema; what is said here may not.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from archive.canonical import digest_of, digest_of_text
from archive.records import Change
from archive.stored_changes import COLUMNS, stored_change

Content = dict[str, Any]
Rows = Iterator[tuple[int, Content]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort:
    """One sort of rows: what one is called, the number of the last one that can be covered now, and those after one number up to another, in
    order, each with its number."""

    name: str
    last: str
    read: Callable[[sqlite3.Connection, int, int], Rows]


def _plain(sql: str) -> Callable[[sqlite3.Connection, int, int], Rows]:
    """Rows that are read by one query (``number``, then its columns by name; ``:after`` and ``:upto``)."""

    def read(database: sqlite3.Connection, after: int, upto: int) -> Rows:
        cursor = database.execute(sql, {"after": after, "upto": upto})
        names = [column[0] for column in cursor.description][1:]
        for number, *values in cursor:
            yield number, dict(_hidden(name, value) for name, value in zip(names, values, strict=True))

    return read


def _hidden(name: str, value: Any) -> tuple[str, Any]:
    """A field by its hash, where its name says so; that of a body is a hash already, and one that is gone is None."""
    stands = value is None or name == "body_sha256" or not name.endswith("_sha256")
    return name, value if stands else digest_of_text(value)


def _analyses(database: sqlite3.Connection, after: int, upto: int) -> Rows:
    for number, *step, engine in database.execute(_ANALYSES, {"after": after, "upto": upto}):
        found = [digest_of(change_content(one)) for _, one in changes_of(database, number)]
        transition = dict(zip(_TRANSITION.split(), step, strict=True))
        yield number, {"id": number, "transition": transition, "engine": engine, "changes": found}


def changes_of(database: sqlite3.Connection, analysis: int) -> Iterator[tuple[str, Change]]:
    """The changes of an analysis with their ids, in document order."""
    for key, *row in database.execute(_CHANGES, (analysis,)):
        yield key, stored_change((key, *row, *_NOWHERE), ()).change


def change_content(change: Change) -> Content:
    """A change as plain values. What is as it is by default is left out, so that a field that a later version adds alters no hash."""
    said: Content = _sparse(change)
    return said


def _sparse(record: Any) -> Any:
    if is_dataclass(record):
        said = ((one.name, getattr(record, one.name), one.default) for one in fields(record))
        return {name: _sparse(value) for name, value, usual in said if value != usual}
    if isinstance(record, tuple | list):
        return [_sparse(one) for one in record]
    return record.isoformat() if hasattr(record, "isoformat") else record


def _readings(database: sqlite3.Connection, after: int, upto: int) -> Rows:
    for number, analysis, at, newest, reference in database.execute(_READINGS, (after, upto)).fetchall():
        touches = None if reference is None else touches_read(database, number, analysis, reference)
        said = None if touches is None else digest_of(touches)
        yield (
            number,
            {
                "id": number,
                "analysis": analysis,
                "at": at,
                "counts": newest,
                "reference": reference,
                "touches_sha256": said,
            },
        )


def touches_read(
    database: sqlite3.Connection, reading: int, analysis: int, reference: str
) -> list[list[Any]]:
    """The touches of one reading of an analysis, each after the position of its change."""
    later = "SELECT 1 FROM analysis_history WHERE changeset = ? AND reference = ? AND id > ? LIMIT 1"
    if database.execute(later, (analysis, reference, reading)).fetchone():
        rows = database.execute(_TOUCHES.format("touch_history", "reading"), (analysis, reading))
    else:
        rows = database.execute(_TOUCHES.format("touch", "reference"), (analysis, reference))
    return [list(row) for row in rows]


_NOWHERE = ("", "", "", "", None, "0001-01-01", "0001-01-01T00:00:00.000000Z", "[]")
_TRANSITION = "id source work before_sha256 after_sha256 before after observed_at"
_ANALYSES = """
    SELECT changeset.id, transition.id, transition.source, work.path, before_sha256, after_sha256, before, after, observed_at, engine
    FROM changeset JOIN transition ON transition.id = changeset.transition_id JOIN work ON work.id = transition.work
    WHERE changeset.id > :after AND changeset.id <= :upto ORDER BY changeset.id
"""
_CHANGES = f"SELECT {COLUMNS} FROM change_in_full AS change WHERE changeset = ? ORDER BY position"  # noqa: S608 - no word of it comes from outside
_READINGS = (
    "SELECT id, changeset, at, newest, reference FROM analysis_history WHERE id > ? AND id <= ? ORDER BY id"
)
_TOUCHES = """
    SELECT change.position, type, touch.id, regime, excluded, role, via, confidence, start, "end"
    FROM {0} AS touch JOIN change ON change.id = touch.change WHERE change.changeset = ? AND touch.{1} = ?
    ORDER BY change.position, touch.position
"""


def _last(table: str, column: str = "id") -> str:
    return f"SELECT coalesce(max({column}), 0) FROM {table}"  # noqa: S608 - no word of it comes from outside


SORTS: Mapping[str, Sort] = {
    # A run that goes on is covered when it has ended, and so is whatever began after it.
    "runs": Sort(
        name="run",
        last="SELECT coalesce((SELECT min(id) - 1 FROM run WHERE finished_at IS NULL), (SELECT max(id) FROM run), 0)",
        read=_plain(
            "SELECT id, id, source, started_at, finished_at, outcome, reason AS reason_sha256, counts, replayed FROM run"
            " WHERE id > :after AND id <= :upto ORDER BY id"
        ),
    ),
    "attempts": Sort(
        name="attempt",
        last=_last("attempt"),
        read=_plain(
            "SELECT id, id, run, source, url AS url_sha256, at, outcome, status, reason AS reason_sha256, bytes FROM attempt"
            " WHERE id > :after AND id <= :upto ORDER BY id"
        ),
    ),
    "captures": Sort(
        name="capture",
        last=_last("capture"),
        read=_plain(
            "SELECT id, id, run, source, document AS document_sha256, url AS url_sha256, fetched_at, as_of, status, media_type,"
            " headers AS headers_sha256, request AS request_sha256, meta AS meta_sha256, sha256 AS body_sha256, bytes FROM capture"
            " WHERE id > :after AND id <= :upto ORDER BY id"
        ),
    ),
    "editions": Sort(
        name="edition",
        last=_last("edition"),
        read=_plain(
            "SELECT edition.id, edition.id, work.path AS work, recipe, series.language, as_of, capture, edition.title, edition.kind,"
            " published, observed, known_from, scope, covers, digest, facts AS facts_sha256 FROM edition"
            " JOIN series ON series.id = edition.series JOIN work ON work.id = series.work"
            " WHERE edition.id > :after AND edition.id <= :upto ORDER BY edition.id"
        ),
    ),
    "analyses": Sort(name="analysis", last=_last("changeset"), read=_analyses),
    "readings": Sort(name="reading", last=_last("analysis_history"), read=_readings),
    "wordings": Sort(
        name="wording of a watch",
        last=_last("watch_wording"),
        read=_plain(
            "SELECT id, id, watch, at, file, content AS content_sha256, author FROM watch_wording"
            " WHERE id > :after AND id <= :upto ORDER BY id"
        ),
    ),
    "owed": Sort(
        name="delivery",
        last=_last("delivery", "position"),
        read=_plain(
            "SELECT position, position, key, message_id, transition_id, watch, target, changes, enqueued_at FROM delivery"
            " WHERE position > :after AND position <= :upto ORDER BY position"
        ),
    ),
    "sends": Sort(
        name="attempt at a delivery",
        last=_last("delivery_order"),
        read=_plain(
            "SELECT delivery_order.id, delivery_order.id, delivery_order.delivery, delivery_order.number, at, outcome,"
            " delivery_attempt.error AS error_sha256, payload AS payload_sha256 FROM delivery_order"
            " LEFT JOIN delivery_attempt USING (delivery, number) LEFT JOIN delivery ON delivery.key = delivery_order.delivery"
            " WHERE delivery_order.id > :after AND delivery_order.id <= :upto ORDER BY delivery_order.id"
        ),
    ),
    "acknowledgements": Sort(
        name="acknowledgement",
        last=_last("acknowledgement"),
        read=_plain(
            "SELECT id, id, transition_id, owner, person, note AS note_sha256, at FROM acknowledgement"
            " WHERE id > :after AND id <= :upto ORDER BY id"
        ),
    ),
}


def ends_now(database: sqlite3.Connection) -> dict[str, int]:
    """Of each sort the number of the last row that can be covered."""
    return {name: database.execute(sort.last).fetchone()[0] for name, sort in SORTS.items()}


def ends_read(text: str) -> dict[str, int]:
    """The same from what a batch keeps."""
    return {**dict.fromkeys(SORTS, 0), **json.loads(text)}
