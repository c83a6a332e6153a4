"""One crawl against a server on this machine, in its child process or as bare logic, and what came of it."""

from __future__ import annotations

import asyncio
import hashlib
import tempfile
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, TypeVar
from urllib.parse import urlencode

from archive.errors import Refused
from archive.records import Attempt, Capture
from crawlers.card import source_card
from crawlers.crawl import crawl
from crawlers.events import Attempted, Captured, Counted, Finished, Progressed, capture_of
from crawlers.hosts import Hosts
from crawlers.job import Held, Job, State
from crawlers.ledger import Told
from crawlers.manners import LARGEST
from crawlers.transfer import Cut, unpacked
from crawlers.visit import Answer, Unchanged
from tests.replica.server import Replica

Taken = TypeVar("Taken")
FAST = {"pace": 500.0, "retry_wait": 0.01, "patience": 0.5, "timeout": 60.0}


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
    state = State() if state is None else state
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
        for event in crawl(job, time_limit=300):
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
    return _crawled(state, captures, attempts, progress, finished)


def visited(
    source: str, hosts: Mapping[str, str], today: date, state: State | None = None, **settings: Any
) -> Crawled:
    """Runs the logic of a source alone, on plain HTTP without Scrapy: its questions, its acceptance, its memory. No child process, no robots,
    no repetition, and so fifty times as fast."""
    card = source_card(source)
    visit = PlainVisit(Hosts(card.hosts, hosts), today, State() if state is None else state, source)
    captures = asyncio.run(visit.read(card.crawl(visit, card.configured(settings))))
    return _crawled(visit.state, captures, visit.attempts, visit.steps, visit.told.finished())


def counts(source: str, server: Replica, state: State, settings: Mapping[str, Any]) -> list[Counted]:
    """What a source says that it published on any day, and how much of that a state holds."""
    card = source_card(source)
    assert card.count is not None
    visit = PlainVisit(Hosts(card.hosts, server.hosts), server.today, state, source)

    async def counted() -> list[Counted]:
        assert card.count is not None
        return [one async for one in card.count(visit, card.configured(settings), date.min, date.max)]

    return asyncio.run(counted())


def _crawled(
    state: State,
    captures: list[Capture],
    attempts: list[Attempt],
    progress: list[Progressed],
    finished: Finished,
) -> Crawled:
    held = {
        each.document: Held(as_of=each.as_of, sha256=hashlib.sha256(each.body).hexdigest())
        for each in captures
    }
    memory = state.memory if finished.memory is None else finished.memory
    after = State(documents={**state.documents, **held}, memory=memory)
    return Crawled(captures=captures, attempts=attempts, progress=progress, finished=finished, state=after)


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """A redirect is an answer like any other, as it is for the spider."""


_OPENER = urllib.request.build_opener(_Stay)


class PlainVisit:
    """A Visit over the standard library, for the logic of the families."""

    def __init__(self, hosts: Hosts, today: date, state: State, source: str) -> None:
        self.state, self.today = state, today
        self.told = Told(memory=dict(state.memory))
        self.attempts: list[Attempt] = []
        self.steps: list[Progressed] = []
        self._hosts, self._source = hosts, source

    async def read(self, captures: AsyncIterator[Capture]) -> list[Capture]:
        """All captures, or those until a refusal ended it."""
        found = []
        try:
            async for capture in captures:
                found.append(capture)
                self.told.counts["captures"] += 1
            self.told.ended = True
        except Refused as refused:
            self.gap(refused)
        return found

    async def fetch(
        self,
        url: str,
        accept: Callable[[Answer], Taken],
        *,
        etag: str = "",
        modified: str = "",
        wanted: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
    ) -> Taken:
        known = {"If-None-Match": etag, "If-Modified-Since": modified, **(wanted or {})}
        request = urllib.request.Request(
            self._hosts.mapped(url),
            data=None if form is None else urlencode(form).encode(),
            headers={name: value for name, value in known.items() if value},
        )
        try:
            response = _OPENER.open(request, timeout=30)
        except urllib.error.HTTPError as error:
            response = error
        with response:
            headers = {name.lower(): value for name, value in response.headers.items()}
            body, cut = response.read(), ""
        try:
            body = unpacked(body, headers.get("content-encoding", ""), limit=LARGEST)
        except Cut as said:
            cut = str(said)
        answer = Answer(
            url=url, status=response.status, body=body, fetched_at=self.now(), headers=headers, cut=cut
        )
        if answer.status == 304:
            self._note(answer, "unchanged")
            raise Unchanged(url)
        try:
            taken = accept(answer)
        except Refused as refused:
            self._note(answer, refused.kind)
            raise
        self._note(answer, "accepted")
        return taken

    def official(self, url: str) -> str:
        return self._hosts.official(url)

    def knows(self, url: str) -> bool:
        return self._hosts.knows(url)

    def now(self) -> datetime:
        return datetime.now(UTC)

    def gap(self, refused: Refused) -> None:
        self.told.gaps.append(refused)

    def remark(self, words: str) -> None:
        """For the log only."""

    def unchanged(self, number: int = 1) -> None:
        self.told.counts["unchanged"] += number

    def progress(self, done: int, expected: int | None, what: str) -> None:
        self.steps.append(Progressed(done=done, expected=expected, what=what))

    def speaks_of(self, *, since: date | None = None, until: date | None = None) -> None:
        self.told.narrow(since, until)

    def remember(self, **memory: object) -> None:
        self.told.memory.update(memory)

    def _note(self, answer: Answer, outcome: str) -> None:
        self.told.counts["requests"] += 1
        self.attempts.append(
            Attempt(source=self._source, url=answer.url, at=self.now(), outcome=outcome, status=answer.status)
        )
