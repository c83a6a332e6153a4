"""What one link of the chain covers of the rows in great number: all that were written since the batch before.

A batch says of each sort of rows up to which number it goes. Its content is two hashes deep: a hash of each row, and one of each sort over those. So one
row can be shown to a stranger with the hashes of its neighbours, and nothing else of them.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from archive.batch_rows import SORTS, ends_read
from archive.canonical import digest_of

HISTORY, RUN, SENDING = "history", "run", "sending"
KINDS = (HISTORY, RUN, SENDING)
"""What an older version wrote without linking it; what was written until the end of a run; until the end of a round of sending."""

_MARK = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """The rows after those of the batch before (``after``) up to ``ends``, both by the sort of rows; ``marks`` as the table says."""

    number: int
    kind: str
    subject: str
    after: Mapping[str, int]
    ends: Mapping[str, int]
    marks: Mapping[str, str]


def newest(database: sqlite3.Connection) -> tuple[int, dict[str, int]]:
    """The number of the last batch and where it ends; 0 and nothing for none."""
    row = database.execute("SELECT id, ends FROM batch ORDER BY id DESC LIMIT 1").fetchone()
    return (row[0], ends_read(row[1])) if row else (0, ends_read("{}"))


def batch(database: sqlite3.Connection, kind: str, subject: str) -> Batch | None:
    """The batch of a link, None where there is none."""
    row = database.execute(
        "SELECT id, ends, marks FROM batch WHERE kind = ? AND subject = ?", (kind, subject)
    ).fetchone()
    if row is None:
        return None
    before = database.execute(
        "SELECT ends FROM batch WHERE id < ? ORDER BY id DESC LIMIT 1", (row[0],)
    ).fetchone()
    return Batch(
        number=row[0],
        kind=kind,
        subject=subject,
        after=ends_read(before[0] if before else "{}"),
        ends=ends_read(row[1]),
        marks=json.loads(row[2]),
    )


def holding(database: sqlite3.Connection, sort: str, number: int) -> Batch | None:
    """The batch that covers a row by its sort and number, None where none does yet."""
    row = database.execute(
        "SELECT kind, subject FROM batch WHERE coalesce(json_extract(ends, '$.' || ?), 0) >= ? ORDER BY id LIMIT 1",
        (sort, number),
    ).fetchone()
    return batch(database, *row) if row else None


def row_hashes(
    database: sqlite3.Connection, after: Mapping[str, int], ends: Mapping[str, int]
) -> dict[str, dict[int, str]]:
    """Of each sort that has rows there the hash of each row by its number."""
    found: dict[str, dict[int, str]] = {}
    for name, sort in SORTS.items():
        if after[name] < ends[name]:
            found[name] = {
                number: digest_of(said) for number, said in sort.read(database, after[name], ends[name])
            }
    return found


def content(
    after: Mapping[str, int], ends: Mapping[str, int], rows: Mapping[str, Mapping[int, str]]
) -> dict[str, Any]:
    """What is hashed into the link: the bounds, and of each sort the SHA-256 of the hashes of its rows, a line each."""
    return {
        "after": {name: number for name, number in after.items() if number},
        "ends": {name: number for name, number in ends.items() if number},
        "rows": {name: over(list(hashes.values())) for name, hashes in rows.items()},
    }


def over(hashes: list[str]) -> str:
    """The hash of a sort of rows: over theirs in hex, a line each."""
    return hashlib.sha256("\n".join(hashes).encode()).hexdigest()


def marks(rows: Mapping[str, Mapping[int, str]]) -> dict[str, str]:
    """What a batch keeps of the hashes, to find a row that is not what it was."""
    return {name: "".join(one[:_MARK] for one in hashes.values()) for name, hashes in rows.items()}


def content_of(database: sqlite3.Connection, kind: str, subject: str) -> dict[str, Any] | None:
    """The content of a link as the rows read now; None where its batch is gone."""
    found = batch(database, kind, subject)
    if found is None:
        return None
    return content(found.after, found.ends, row_hashes(database, found.after, found.ends))


def subjects(database: sqlite3.Connection, *, kind: str) -> set[str]:
    """The subjects of the batches of a kind."""
    return {subject for (subject,) in database.execute("SELECT subject FROM batch WHERE kind = ?", (kind,))}


def differences(database: sqlite3.Connection, kind: str, subject: str) -> Iterator[str]:
    """Which rows are not what a link says, in words; the batch itself, where all of them are."""
    found = batch(database, kind, subject)
    if found is None:
        return
    rows = row_hashes(database, found.after, found.ends)
    said = [
        words
        for name in SORTS
        for words in _differences(SORTS[name].name, found.marks.get(name, ""), rows.get(name, {}))
    ]
    yield from said or ["which rows it covers was changed"]


def _differences(name: str, kept: str, rows: Mapping[int, str]) -> Iterator[str]:
    before = [kept[at : at + _MARK] for at in range(0, len(kept), _MARK)]
    now = [one[:_MARK] for one in rows.values()]
    if before == now:
        return
    numbers = list(rows)
    if Counter(before) == Counter(now):
        moved = [number for number, old, new in zip(numbers, before, now, strict=True) if old != new]
        yield f"{name} {_some(moved)} stand in another order"
        return
    start = next(
        (at for at, pair in enumerate(zip(before, now, strict=False)) if pair[0] != pair[1]),
        min(len(before), len(now)),
    )
    matcher = SequenceMatcher(None, before[start:], now[start:], autojunk=False)
    for verb, i, j, k, m in matcher.get_opcodes():
        here = numbers[start + k : start + m]
        if verb == "replace" and j - i == m - k:
            yield f"{name} {_some(here)} {'was' if len(here) == 1 else 'were'} changed"
        elif verb != "equal":
            after = f" after {numbers[start + k - 1]}" if start + k else " at its beginning"
            yield (
                (f"{j - i:,} {name} removed{after}" if j > i else "")
                + (" and " if j > i and m > k else "")
                + (f"{name} {_some(here)} slipped in" if m > k else "")
            )


def _some(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers[:5])) + (f" and {len(numbers) - 5:,} more" if len(numbers) > 5 else "")
