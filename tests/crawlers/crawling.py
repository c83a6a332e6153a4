"""One crawl in its child process against a server on this machine, and what came of it."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from archive.records import Attempt, Capture
from crawlers.crawl import crawl
from crawlers.events import Attempted, Captured, Finished, Progressed, capture_of
from crawlers.job import Held, Job, State

FAST = {"pace": 500.0, "retry_wait": 0.01, "patience": 0.5, "timeout": 5.0}


@dataclass(frozen=True, kw_only=True)
class Crawled:
    """The captures with their bytes, the attempts, the last event, and the state that an archive would have afterwards."""

    captures: list[Capture]
    attempts: list[Attempt]
    progress: list[Progressed]
    finished: Finished
    state: State

    def named(self) -> dict[str, list[str]]:
        """Document → days of its captures, in the order they came."""
        found: dict[str, list[str]] = {}
        for capture in self.captures:
            found.setdefault(capture.document, []).append(capture.as_of.isoformat())
        return found

    def kinds(self) -> set[str]:
        """The outcomes of the attempts."""
        return {attempt.outcome for attempt in self.attempts}


def crawled(
    source: str, hosts: Mapping[str, str], today: date, state: State | None = None, **settings: Any
) -> Crawled:
    """Runs a crawl to its end."""
    state = state or State()
    captures, attempts, progress = [], [], []
    finished = None
    with tempfile.TemporaryDirectory() as spool:
        job = Job(
            source=source,
            spool=spool,
            today=today,
            hosts=dict(hosts),
            settings={**FAST, **settings},
            state=state,
            first_run=not state.documents,
        )
        for event in crawl(job, time_limit=60):
            match event:
                case Captured():
                    captures.append(capture_of(event, spool))
                case Attempted():
                    attempts.append(event.attempt)
                case Progressed():
                    progress.append(event)
                case Finished():
                    finished = event
    assert finished is not None, "a crawl ends with a last event, whatever happens"
    held = {each.document: Held(as_of=each.as_of) for each in captures}
    memory = state.memory if finished.memory is None else finished.memory
    after = State(documents={**state.documents, **held}, memory=memory)
    return Crawled(captures=captures, attempts=attempts, progress=progress, finished=finished, state=after)
