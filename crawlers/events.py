"""What a crawl tells: one JSON object a line on the standard output of the child process.

A crawl ends with one :class:`Finished`. A stream without it comes from a process that died.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec

from archive.errors import TocsinError
from archive.records import Attempt, Capture, Request


class Attempted(msgspec.Struct, frozen=True, kw_only=True, tag="attempt", tag_field="event"):
    """One request, whatever came of it."""

    attempt: Attempt


class Captured(msgspec.Struct, frozen=True, kw_only=True, tag="capture", tag_field="event"):
    """A document that passed the first gate. ``body`` is the name of a file in the job's spool, ``sha256`` and ``size`` are of its bytes."""

    source: str
    document: str
    url: str
    body: str
    sha256: str
    size: int
    as_of: date
    fetched_at: datetime
    status: int = 200
    media_type: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    meta: dict[str, Any] = {}
    inventory: dict[str, int] | None = None
    request: Request | None = None


class Progressed(msgspec.Struct, frozen=True, kw_only=True, tag="progress", tag_field="event"):
    """How far the crawl is: ``done`` of ``expected`` (None while nobody knows), and what it is at."""

    done: int
    expected: int | None = None
    what: str = ""


class Counted(msgspec.Struct, frozen=True, kw_only=True, tag="counted", tag_field="event"):
    """What a source says that it published on a day (``what``: papers, editions, entries of a list), how much of it is held, and the names of what is
    not. ``is_dated`` is False for a source that tells only how it stands now: then the day is that of the count."""

    day: date
    what: str
    published: int
    held: int
    missing: tuple[str, ...] = ()
    is_dated: bool = True


class Finished(msgspec.Struct, frozen=True, kw_only=True, tag="finished", tag_field="event"):
    """The end. ``outcome`` is ``complete``, ``incomplete`` (``reason`` says in one line what is missing and why), ``postponed`` (the host wants
    to be left alone at this hour, and was) or, made by the parent, ``died``. ``counts`` has requests, captures, unchanged, refused. ``memory`` is to
    be handed to the next crawl as ``State.memory``, once all captures are recorded; None, from a crawl that did not come to its end, leaves the
    stored one as it is. ``is_counted`` says that the publisher's counter was asked and the events have what it said, ``uncounted`` why it could not be had;
    ``spoken_since`` and ``spoken_until`` are the first and last day of which that counter says anything, None where it says of all that it was asked."""

    outcome: str
    reason: str = ""
    counts: dict[str, int] = {}
    memory: dict[str, Any] | None = None
    is_counted: bool = False
    uncounted: str = ""
    spoken_since: date | None = None
    spoken_until: date | None = None


Event = Attempted | Captured | Progressed | Counted | Finished

_DECODER: msgspec.json.Decoder[Event] = msgspec.json.Decoder(Event)


def write_event(event: Event) -> bytes:
    """One line, with its newline."""
    return msgspec.json.encode(event) + b"\n"


def read_events(stream: Iterable[bytes]) -> Iterator[Event]:
    """The events of a stream of lines. Raises ``TocsinError`` on a line that is none."""
    for number, line in enumerate(stream, start=1):
        try:
            yield _DECODER.decode(line)
        except msgspec.DecodeError as error:
            raise TocsinError(
                f"not an event of a crawl ({error})",
                thing="crawl",
                place=f"line {number} of its output",
                mend="This is a fault of the program: please report it with the log",
            ) from None


def capture_of(event: Captured, spool: Path | str) -> Capture:
    """The Capture with its bytes, read from the spool. Raises ``TocsinError`` where they are not those that were written."""
    path = Path(spool) / event.body
    try:
        body = path.read_bytes()
    except OSError as error:
        raise TocsinError(
            f"the body of {event.document} cannot be read ({error.strerror})", thing=str(path)
        ) from None
    if hashlib.sha256(body).hexdigest() != event.sha256:
        raise TocsinError(
            f"the body of {event.document} is not what the crawl wrote", thing=str(path), mend="Crawl again"
        )
    return Capture(
        source=event.source,
        document=event.document,
        url=event.url,
        body=body,
        as_of=event.as_of,
        fetched_at=event.fetched_at,
        status=event.status,
        media_type=event.media_type,
        headers=event.headers,
        meta=event.meta,
        inventory=event.inventory,
        request=event.request,
    )


def captured(capture: Capture, spool: Path | str, number: int) -> Captured:
    """Writes the bytes of a Capture into the spool and makes the event. ``number`` counts the captures of a crawl: the parent may take
    a file away once it has read it, and two documents can have the same bytes."""
    digest = hashlib.sha256(capture.body).hexdigest()
    name = f"{number:06d}-{digest[:16]}"
    (Path(spool) / name).write_bytes(capture.body)
    inventory: Mapping[str, int] | None = capture.inventory
    return Captured(
        source=capture.source,
        document=capture.document,
        url=capture.url,
        body=name,
        sha256=digest,
        size=len(capture.body),
        as_of=capture.as_of,
        fetched_at=capture.fetched_at,
        status=capture.status,
        media_type=capture.media_type,
        headers=capture.headers,
        meta=dict(capture.meta),
        inventory=None if inventory is None else dict(inventory),
        request=capture.request,
    )
