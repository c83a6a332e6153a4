"""Captures as the archive holds them: bytes first, then the row that says what they are and what became of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from archive import codec, instants
from archive.dropped import dropped_body
from archive.errors import BadInput
from archive.masking import masked_headers
from archive.records import Capture, Request
from archive.store import Archive


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureRow:
    """A capture without its bytes. ``state`` is ``accepted`` (not read yet, or released), ``held`` (for ``reason``), ``published`` or
    ``rejected`` (by a person, for ``reason``); ``run`` is the run that first fetched it, None for none; ``request`` what
    was asked then, None where an older version did not keep it."""

    id: int
    run: int | None
    source: str
    document: str
    url: str
    fetched_at: datetime
    as_of: date
    status: int
    media_type: str
    headers: tuple[tuple[str, str], ...]
    meta: Mapping[str, object]
    inventory: Mapping[str, int] | None
    sha256: str
    bytes: int
    state: str
    reason: str
    request: Request | None = None


def record_capture(archive: Archive, run: int | None, capture: Capture) -> CaptureRow:
    """Keep a capture: its bytes are committed to ``captures.db`` first, then its row is written to ``archive.db``.

    Cookies and other credentials in its headers are masked. The same bytes of the same edition of a document are one capture: fetched again they give the row that is there, held if it is held,
    published if it is published, and only a new inventory is noted.
    """
    sha256 = archive.captures.put(capture.body, f"{capture.source}/{capture.document}")
    inventory = None if capture.inventory is None else codec.dumps(capture.inventory)
    key = (capture.source, capture.document, capture.as_of.isoformat(), sha256)
    with archive.transaction():
        archive.database.execute(
            """
            INSERT INTO capture (source, document, as_of, sha256, run, url, fetched_at, status, media_type, headers, meta, inventory, bytes,
                request)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (source, document, as_of, sha256) DO UPDATE SET inventory = coalesce(excluded.inventory, inventory)
            """,
            (
                *key,
                run,
                capture.url,
                instants.written(capture.fetched_at),
                capture.status,
                capture.media_type,
                codec.dumps(masked_headers(capture.headers)),
                codec.dumps(capture.meta),
                inventory,
                len(capture.body),
                codec.dumps(capture.request) if capture.request else "",
            ),
        )
        row = archive.database.execute(
            f"{_SELECT} WHERE source = ? AND document = ? AND as_of = ? AND sha256 = ?", key
        ).fetchone()
    return _capture_row(row)


def capture_row(archive: Archive, capture_id: int) -> CaptureRow:
    """One capture by its number. Raises ``BadInput`` where there is none."""
    row = archive.database.execute(f"{_SELECT} WHERE id = ?", (capture_id,)).fetchone()
    if row is None:
        raise BadInput(
            f"there is no capture {capture_id}",
            thing=str(archive.folder),
            mend="'tocsin health' lists the held ones",
        )
    return _capture_row(row)


def load_capture(archive: Archive, capture_id: int) -> Capture:
    """A capture with its bytes, as it was recorded. Raises ``UnsoundArchive`` where the bytes are not what they were, ``BadInput`` where they were
    dropped by retention."""
    row = capture_row(archive, capture_id)
    if row.sha256 not in archive.captures and (gone := dropped_body(archive, row.sha256)):
        raise BadInput(
            f"its bytes were {gone.line()}",
            thing=f"capture {capture_id} ({row.document} of {row.as_of})",
            mend="A backup from before has them",
        )
    return Capture(
        source=row.source,
        document=row.document,
        url=row.url,
        body=archive.captures.get(row.sha256),
        as_of=row.as_of,
        fetched_at=row.fetched_at,
        status=row.status,
        media_type=row.media_type,
        headers=row.headers,
        meta=row.meta,
        inventory=row.inventory,
        request=row.request,
    )


def captures(archive: Archive, *, source: str, document: str | None = None) -> tuple[CaptureRow, ...]:
    """The captures of a source, or of one document of it, by date of the edition, then as they came."""
    rows = archive.database.execute(
        f"{_SELECT} WHERE source = ? AND (? IS NULL OR document = ?) ORDER BY as_of, id",
        (source, document, document),
    )
    return tuple(_capture_row(row) for row in rows)


def documents(archive: Archive, source: str) -> Iterator[tuple[str, date, str]]:
    """Of each document of a source that was published: its name, the date of its newest edition and the SHA-256 of the bytes."""
    newest: dict[str, tuple[str, str]] = {
        document: (as_of, sha256)
        for document, as_of, sha256 in archive.database.execute(
            "SELECT document, as_of, sha256 FROM capture WHERE source = ? AND state = 'published' ORDER BY document, as_of, id",
            (source,),
        )
    }
    for document, (as_of, sha256) in newest.items():
        yield document, date.fromisoformat(as_of), sha256


def newest_capture(archive: Archive, source: str, document: str) -> CaptureRow | None:
    """The published capture of a document with the newest edition, None where nothing of it was published."""
    row = archive.database.execute(
        f"{_SELECT} WHERE source = ? AND document = ? AND state = 'published' ORDER BY as_of DESC, id DESC LIMIT 1",
        (source, document),
    ).fetchone()
    return None if row is None else _capture_row(row)


def hold(archive: Archive, capture_id: int, reason: str) -> None:
    """Keep a capture from being published, and say why. One that is published stays so."""
    _set_state(archive, capture_id, "held", reason, "accepted", "held")


def release(archive: Archive, capture_id: int, reason: str) -> None:
    """Let a held or rejected capture be published, by a person or by the source's own inventory, for a reason."""
    _set_state(archive, capture_id, "accepted", reason, "held", "rejected", "accepted")


def reject(archive: Archive, capture_id: int, reason: str) -> None:
    """Say that a held capture is not the document, so that it waits for nobody any more."""
    _set_state(archive, capture_id, "rejected", reason, "held", "accepted", "rejected")


def held(archive: Archive) -> tuple[CaptureRow, ...]:
    """The captures that wait for a person or an inventory, oldest first."""
    return tuple(
        _capture_row(row) for row in archive.database.execute(f"{_SELECT} WHERE state = 'held' ORDER BY id")
    )


def unread(archive: Archive, source: str) -> tuple[CaptureRow, ...]:
    """What runs of a source archived and did not read, because they were killed: by date of the edition, then as it came. Its publisher may show
    it no more."""
    rows = archive.database.execute(
        f"""
        {_SELECT} WHERE state = 'accepted' AND run IN (SELECT id FROM run WHERE source = ? AND outcome = 'interrupted')
        ORDER BY as_of, id
        """,  # noqa: S608
        (source,),
    )
    return tuple(_capture_row(row) for row in rows)


def _set_state(archive: Archive, capture_id: int, state: str, reason: str, *from_states: str) -> None:
    with archive.transaction():
        row = capture_row(archive, capture_id)
        if row.state not in from_states:
            raise BadInput(
                f"capture {capture_id} ({row.document} of {row.as_of}) is {row.state}, it cannot be {state}",
                thing=str(archive.folder),
                mend=f"Only one that is {' or '.join(from_states[:2])} can",
            )
        archive.database.execute(
            "UPDATE capture SET state = ?, reason = ? WHERE id = ?", (state, reason, capture_id)
        )


_SELECT = """
    SELECT id, run, source, document, url, fetched_at, as_of, status, media_type, headers, meta, inventory, sha256, bytes, state, reason,
        request
    FROM capture
"""


def _capture_row(row: sqlite3.Row | tuple[Any, ...]) -> CaptureRow:
    (
        number,
        run,
        source,
        document,
        url,
        fetched_at,
        as_of,
        status,
        media_type,
        headers,
        meta,
        inventory,
        sha256,
        size,
        state,
        reason,
        request,
    ) = row
    return CaptureRow(
        id=number,
        run=run,
        source=source,
        document=document,
        url=url,
        fetched_at=instants.read(fetched_at),
        as_of=date.fromisoformat(as_of),
        status=status,
        media_type=media_type,
        headers=codec.loads(headers, tuple[tuple[str, str], ...]),
        meta=codec.loads(meta, dict[str, object]),
        inventory=None if inventory is None else codec.loads(inventory, dict[str, int]),
        sha256=sha256,
        bytes=size,
        state=state,
        reason=reason,
        request=codec.loads(request, Request) if request else None,
    )
