"""What a crawl is told: one JSON object on the standard input of the child process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

import msgspec

from archive.errors import BadInput


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The latest published edition of a document that the archive holds: its date, and the SHA-256 of its bytes."""

    as_of: date
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """A source for which another one stands in while its own host cannot be had: its table of the configuration, what is held of it, what it
    remembers, and whether its last run met a wall."""

    settings: Mapping[str, Any] = field(default_factory=dict)
    documents: Mapping[str, Held] = field(default_factory=dict)
    memory: Mapping[str, Any] = field(default_factory=dict)
    is_walled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What the archive knows of a source when a crawl starts.

    ``documents`` holds the latest *published* edition of each document, by its name in the source (``title-15/part-744``,
    ``2026-05902``). ``memory`` is what the last crawl handed back in ``Finished.memory``, as it came: it only saves
    requests, a crawl without it is slower and no less complete. ``editions`` are the days of all editions held of each document; they are told
    only to tasks that look back. ``is_fresh`` says that a crawl has just ended and that this is the state it leaves: what it saw
    need not be asked for again. ``principals`` are the sources that this one stands in for, by their ids.
    """

    documents: Mapping[str, Held] = field(default_factory=dict)
    editions: Mapping[str, tuple[date, ...]] = field(default_factory=dict)
    memory: Mapping[str, Any] = field(default_factory=dict)
    is_fresh: bool = False
    principals: Mapping[str, Principal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One crawl of one source. ``hosts`` maps official hosts to base URLs, ``settings`` is the source's table of the
    configuration, ``spool`` an existing folder for the bodies, ``today`` the day by the program's clock. ``task`` is ``crawl``; or for the days from
    ``first`` to ``last``: ``count`` what was published and is held, or ``backfill`` what is not held. ``reconcile`` is the day from which a crawl that
    reached its end counts, against the publisher's own counter, what is held then; None for no count. ``run`` is the number of the run in the
    ledger, which the log of the crawl repeats; 0 for none."""

    source: str
    spool: str
    today: date
    hosts: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    state: State = field(default_factory=State)
    first_run: bool = False
    task: Literal["crawl", "count", "backfill"] = "crawl"
    first: date = date.min
    last: date = date.max
    reconcile: date | None = None
    run: int = 0


def read_job(text: bytes) -> Job:
    """A job from JSON. Raises ``BadInput`` with the path of what does not fit."""
    try:
        return msgspec.json.decode(text, type=Job)
    except msgspec.DecodeError as error:
        raise BadInput(
            str(error), thing="crawl job", mend="The job is one JSON object, see crawlers/job.py"
        ) from None


def write_job(job: Job) -> bytes:
    """The JSON of a job."""
    return msgspec.json.encode(job)
