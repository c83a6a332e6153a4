"""The rows that concern a change as a stranger gets them: what was hashed, and the texts that stand behind the hashes, without what holds a secret."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from archive import batches, chain
from archive.batch_rows import SORTS, change_content, changes_of, touches_read
from archive.batches import Batch
from archive.canonical import canonical
from archive.dropped import dropped_body
from archive.errors import BadInput
from archive.masking import masked_headers, masked_url
from archive.store import Archive
from tocsin.evidence.concerned import Concerned

Entry = dict[str, Any]
Batches = dict[int, dict[str, Any]]

_SAID: Mapping[str, str] = {
    "runs": "SELECT reason FROM run WHERE id = ?",
    "attempts": "SELECT url, reason FROM attempt WHERE id = ?",
    "captures": "SELECT document, url, headers, request, meta FROM capture WHERE id = ?",
    "editions": "SELECT facts FROM edition WHERE id = ?",
    "wordings": "SELECT content FROM watch_wording WHERE id = ?",
    "sends": """
        SELECT delivery_attempt.error, payload FROM delivery_order JOIN delivery_attempt USING (delivery, number)
        JOIN delivery ON delivery.key = delivery_order.delivery WHERE delivery_order.id = ?
    """,
    "acknowledgements": "SELECT note FROM acknowledgement WHERE id = ?",
}
"""Of each sort the texts that its rows have by their hashes."""


def entries(archive: Archive, found: Concerned) -> tuple[list[Entry], Batches]:
    """The rows in the order of the links that cover them, and what those links cover. Raises ``BadInput`` for one that is in no link yet."""
    links = {(one.kind, one.subject): one.position for one in chain.links(archive, kinds=batches.KINDS)}
    covered: Batches = {}
    shown: list[Entry] = []
    for sort, numbers in found.rows.items():
        for number in numbers:
            batch = batches.holding(archive.database, sort, number)
            if batch is None:
                raise BadInput(
                    f"{SORTS[sort].name} {number} is not in the chain yet",
                    thing=f"change {found.change}",
                    mend="Ask again when the next run, or round of sending, has ended",
                )
            position = links[batch.kind, batch.subject]
            _, row = next(SORTS[sort].read(archive.database, number - 1, number))
            place = _cover(archive.database, covered, position, batch, sort)[number]
            shown.append(
                {
                    "link": position,
                    "sort": sort,
                    "place": place,
                    "row": row,
                    **_said(archive.database, sort, number),
                }
            )
    shown.append(_change(archive.database, found, shown))
    return sorted(shown, key=lambda one: (one["link"], one["sort"], one["place"])), covered


def _cover(
    database: sqlite3.Connection, covered: Batches, position: int, batch: Batch, sort: str
) -> dict[int, int]:
    """Note what a link covers, with the hashes of one sort of its rows; answers the place of each of those by its number."""
    if position not in covered:
        rows = batches.row_hashes(database, batch.after, batch.ends)
        said = batches.content(batch.after, batch.ends, rows)
        covered[position] = {"link": position, **said, "hashes": {}, "all": rows}
    one = covered[position]
    hashes = one["all"][sort]
    one["hashes"][sort] = list(hashes.values())
    return {number: place for place, number in enumerate(hashes)}


def _said(database: sqlite3.Connection, sort: str, number: int) -> Entry:
    if sort == "readings":
        analysis, reference = database.execute(
            "SELECT changeset, reference FROM analysis_history WHERE id = ?", (number,)
        ).fetchone()
        if reference is None:
            return {}
        return {"said": {"touches": canonical(touches_read(database, number, analysis, reference)).decode()}}
    if sort not in _SAID:
        return {}
    cursor = database.execute(_SAID[sort], (number,))
    names = [column[0] for column in cursor.description]
    texts = dict(zip(names, cursor.fetchone(), strict=True))
    said = {name: _masked(name, text) for name, text in texts.items()}
    hidden = [name for name, text in texts.items() if said[name] != text]
    return {"said": said, **({"masked": hidden} if hidden else {})}


def _masked(name: str, text: str) -> str:
    if name != "headers":
        return masked_url(text)
    pairs = tuple((str(key), str(value)) for key, value in json.loads(text))
    masked = masked_headers(pairs)
    return text if masked == pairs else json.dumps(masked, ensure_ascii=False, separators=(",", ":"))


def _change(database: sqlite3.Connection, found: Concerned, shown: list[Entry]) -> Entry:
    analysis = next(one for one in shown if one["sort"] == "analyses")
    changes = list(changes_of(database, found.rows["analyses"][0]))
    _, change = changes[found.place]
    return {"link": analysis["link"], "sort": "change", "place": found.place, "row": change_content(change)}


def dropped_entries(archive: Archive, shown: Iterable[Entry]) -> Iterator[Entry]:
    """What says of bytes that are not in the archive any more that a rule of retention dropped them."""
    gone = {one["row"]["body_sha256"] for one in shown if one["sort"] == "captures"}
    gone = {sha256 for sha256 in gone if dropped_body(archive, sha256)}
    for one in chain.links(archive, kinds=("retention",)):
        row = chain.KINDS[one.kind].content(archive.database, one.subject)
        if row and gone & {sha256 for sha256, _ in row["bodies"]}:
            yield {"link": one.position, "sort": one.kind, "place": 0, "row": row}


def review_entries(archive: Archive, change: str, *, privileged: bool) -> Iterator[Entry]:
    """The decisions, comments and assignments on a change, each the row of a link of its own; privileged comments only where ``privileged`` says so."""
    for one in chain.links(archive, kinds=("decision", "comment", "assignment")):
        row = chain.KINDS[one.kind].content(archive.database, one.subject)
        if row and row["change"] == change and (privileged or not row.get("privileged")):
            yield {"link": one.position, "sort": one.kind, "place": 0, "row": row}
