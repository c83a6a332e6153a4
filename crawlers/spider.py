"""The spider of every source: Scrapy's downloader with our acceptance, repetition and ledger around it."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import random
import time
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

from scrapy import FormRequest, Request, Spider
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.http import Response

from archive import clock
from archive.disk import disk_failed
from archive.errors import Refused
from archive.masking import masked_headers, masked_url
from archive.records import Attempt, Capture
from archive.records import Request as Asked
from crawlers.addresses import named_hosts, private_address
from crawlers.budget import Budget
from crawlers.card import SourceCard
from crawlers.events import Attempted, Event, Progressed
from crawlers.failures import TRANSIENT, failed, on_private_network
from crawlers.hosts import Hosts
from crawlers.job import Held, Job, State
from crawlers.ledger import Told
from crawlers.manners import LARGEST
from crawlers.quiet import quiet_until
from crawlers.robots import Robots
from crawlers.settings import CrawlSettings
from crawlers.transfer import Cut, unpacked
from crawlers.visit import Answer, Quiet, Stopped, Unchanged

Taken = TypeVar("Taken")

log = logging.getLogger("crawlers")


class RegulationSpider(Spider):
    """One crawl of one source. It is the :class:`~crawlers.visit.Visit` that the source's crawl logic works with."""

    name = "tocsin"

    def __init__(
        self,
        *,
        job: Job,
        card: SourceCard,
        settings: CrawlSettings,
        tell: Callable[[Event], None],
        **arguments: Any,
    ) -> None:
        super().__init__(card.id, **arguments)
        self.job, self.card, self.chosen, self.tell = job, card, settings, tell
        self.state = job.state
        self.today: date = job.today
        self.told = Told(memory=dict(job.state.memory))
        self._hosts = Hosts(card.hosts, job.hosts)
        self._named = named_hosts(job.hosts)
        self._robots = Robots()
        self._budget = Budget()
        self._handed: list[tuple[str, date, str]] = []
        self._given_up: dict[str, Refused] = {}

    async def start(self) -> AsyncIterator[Capture]:
        """The captures of this source; whatever goes wrong ends in ``told``, never in silence."""
        try:
            self._mind_the_hour()
            async for capture in self._captures():
                yield capture
        except Refused as refused:
            self.gap(refused)
        except Quiet as quiet:
            self.told.postponed = str(quiet)
        except Stopped as stopped:
            self.told.stopped = str(stopped)
        except Exception as error:
            log.exception("the crawl of %s failed", self.card.id)
            failed = (
                disk_failed(error, f"the crawl of {self.card.id}") if isinstance(error, OSError) else None
            )
            self.told.stopped = failed.line() if failed else self._broke(error)
        else:
            self.told.ended = True
            if self.job.task == "crawl" and self.job.reconcile is not None and self.card.count is not None:
                await self._reconcile(self.job.reconcile)
        # An engine that is not idle when this ends looks again only at its next heartbeat, 5 s later (Scrapy 2.19).
        slot = self.crawler.engine.scraper.slot
        while slot is not None and not slot.is_idle():
            await asyncio.sleep(0.01)

    async def _captures(self) -> AsyncIterator[Capture]:
        """What the task brings; a count is told at once and brings nothing."""
        job, card = self.job, self.card
        if job.task == "count" and card.count is not None:
            async for counted in card.count(self, self.chosen, job.first, job.last):
                self.tell(counted)
        elif job.task == "backfill" and card.backfill is not None:
            async for capture in card.backfill(self, self.chosen, job.first, job.last):
                yield capture
        elif job.task == "crawl":
            async for capture in card.crawl(self, self.chosen):
                digest = hashlib.sha256(capture.body).hexdigest()
                self._handed.append((capture.document, capture.as_of, digest))
                yield capture
        else:
            raise Refused(
                "NotFound",
                f"NotFound: {card.id} tells nothing of the past, so there is nothing to {job.task}",
                thing=card.id,
                mend="'tocsin sources show' says what a source can do",
            )

    def _broke(self, error: Exception) -> str:
        return f"the crawler of {self.card.id} failed ({type(error).__name__}: {error}); please report it"

    def _mind_the_hour(self) -> None:
        """Raises ``Quiet`` in the hours that the publisher, or a person, wants the host to be left alone."""
        spans = (*self.card.quiet, *([self.chosen.quiet] if self.chosen.quiet else []))
        until = quiet_until(spans, clock.now())
        if until is not None:
            raise Quiet(f"{self.card.id} is in its quiet hours until {until:%Y-%m-%d %H:%M} UTC")

    async def _reconcile(self, first: date) -> None:
        """The publisher's own counter, against what is held once all that was handed over is; the parent knows what of it is held back."""
        assert self.card.count is not None
        documents, editions = dict(self.state.documents), dict(self.state.editions)
        for document, as_of, digest in self._handed:
            if document not in documents or documents[document].as_of <= as_of:
                documents[document] = Held(as_of=as_of, sha256=digest)
            editions[document] = tuple(sorted({*editions.get(document, ()), as_of}))
        self.state = State(
            documents=documents, editions=editions, memory=dict(self.told.memory), is_fresh=True
        )
        gaps = len(self.told.gaps)
        try:
            async for counted in self.card.count(self, self.chosen, first, self.today):
                self.tell(counted)
            self.told.is_counted = True
        except (Refused, Unchanged, Quiet, Stopped) as error:
            self.told.uncounted = error.line() if isinstance(error, Refused) else str(error)
        except Exception as error:
            log.exception("the count of %s failed", self.card.id)
            self.told.uncounted = (
                f"the counter of {self.card.id} failed ({type(error).__name__}: {error}); please report it"
            )
        if len(self.told.gaps) > gaps:  # what the count could not have is no document that is missing
            self.told.uncounted = self.told.uncounted or self.told.gaps[gaps].line()
            self.told.is_counted = False
            del self.told.gaps[gaps:]

    # ── what a source asks for ─────────────────────────────────────────────────────────────────────

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
        """See :class:`~crawlers.visit.Visit`."""
        host = urlsplit(url).netloc
        if host in self._given_up:
            raise self._given_up[host]
        try:
            delay = await self._robots.allow(url, self._ask, clock.now())
        except Refused as refused:
            if refused.kind == "Disallowed":
                self._note(url, refused.kind, reason=refused.line())
                raise
            self._give_up(host, refused)
            raise
        held = {"If-None-Match": etag, "If-Modified-Since": modified}
        held = {name: value for name, value in held.items() if value}
        taken = await self._ask(url, accept, held=held, delay=delay, wanted=wanted, form=form)
        self.told.in_a_row[host] = 0
        return taken

    async def _ask(
        self,
        url: str,
        accept: Callable[[Answer], Taken],
        *,
        held: Mapping[str, str] | None = None,
        delay: float = 0.0,
        wanted: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
    ) -> Taken:
        """One request, repeated while that may help; ``held`` are the conditions under which the answer is none."""
        request: Request | None = self._request(url, {**(wanted or {}), **(held or {})}, delay, form)
        while True:
            assert request is not None
            answer: Answer | None = None
            try:
                await self._budget.turn(*self._turn(request))
                answer = await self._answer(url, request)
                if answer.status == 304 and held:
                    self._note(url, "unchanged", answer)
                    raise Unchanged(url)
                taken = accept(answer)
            except Refused as refused:
                self._note(url, refused.kind, answer, refused.line())
                request = await self._again(request, refused, answer)
                if request is None:
                    self._count(urlsplit(url).netloc, refused)
                    raise
            else:
                self._note(url, "accepted", answer)
                return taken

    def _request(
        self, url: str, headers: Mapping[str, str], delay: float, form: Mapping[str, str] | None
    ) -> Request:
        try:
            asked = self._hosts.mapped(url)
        except ValueError as error:
            raise Refused(
                "RedirectedAway",
                f"RedirectedAway: {error}",
                thing=url,
                mend="Look whether the source has moved",
            ) from None
        if address := private_address(asked, self._named):
            raise on_private_network(url, address)
        host = urlsplit(url).netloc
        slot = self.crawler.engine.downloader.slots.get(host)
        if slot is not None and delay > slot.delay:
            slot.delay = delay
        common: dict[str, Any] = {
            "headers": dict(headers) or None,
            "meta": {"download_slot": host, "autothrottle_dont_adjust_delay": delay > 0},
            "dont_filter": True,
        }
        return Request(asked, **common) if form is None else FormRequest(asked, formdata=dict(form), **common)

    def _turn(self, request: Request) -> tuple[str, float]:
        """Whose budget a request is on, and the seconds until the next turn: a little more than Scrapy's own delay, which then adds nothing."""
        slot = self.crawler.engine.downloader.slots.get(request.meta["download_slot"])
        delay = slot.delay if slot is not None else 0.0
        asked = urlsplit(request.url).netloc
        host = request.meta["download_slot"]
        return (host if asked == host else f"{host} at {asked}"), max(1.2 / self.chosen.pace, delay * 1.1)

    async def _answer(self, url: str, request: Request) -> Answer:
        began = time.monotonic()
        try:
            response: Response = await self.crawler.engine.download_async(request)
        except Exception as error:
            if not type(error).__module__.startswith(("scrapy", "twisted", "OpenSSL", "ssl", "builtins")):
                raise
            if address := private_address(request.url, self._named):
                raise on_private_network(url, address) from None
            raise failed(error, url, asked=request.url) from None
        headers = {
            name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
            for name, values in response.headers.items()
        }
        body, cut = response.body, ""
        try:
            body = unpacked(response.body, headers.get("content-encoding", "").strip().lower(), limit=LARGEST)
        except Cut as said:
            cut = str(said)
        log.info("%s %s, %s bytes in %.2f s", response.status, url, len(body), time.monotonic() - began)
        return Answer(
            url=url,
            status=response.status,
            body=body,
            fetched_at=clock.now(),
            headers=headers,
            cut=cut,
            request=_asked(request),
        )

    async def _again(self, request: Request, refused: Refused, answer: Answer | None) -> Request | None:
        """The same request after a wait, None when it is not worth it or the host asks for more patience than we have."""
        if refused.kind not in TRANSIENT:
            return None
        most = min(1, self.chosen.retries) if refused.kind == "Unreachable" else self.chosen.retries
        again = get_retry_request(
            request, spider=self, reason=refused.kind, max_retry_times=most, give_up_log_level="INFO"
        )
        if again is None:
            return None
        tries = int(again.meta["retry_times"])
        # Jitter, so that many crawlers that met one failure do not come back as one.
        wait = self.chosen.retry_wait * 2 ** (tries - 1) * random.uniform(1.0, 1.25)  # noqa: S311
        if answer is not None:
            wait = max(wait, _retry_after(answer))
        if wait > self.chosen.patience:
            return None
        await asyncio.sleep(wait)
        return again

    def _count(self, host: str, refused: Refused) -> None:
        self.told.in_a_row[host] += 1
        number = self.told.in_a_row[host]
        if number >= self.chosen.give_up:
            self._give_up(host, refused, f"gave up after {number} refusals in a row; the last: ")

    def _give_up(self, host: str, refused: Refused, said: str = "") -> None:
        """Nothing more is asked of a host: the end of a crawl of one host, and one host less for a crawl of many."""
        if "*" not in self.card.hosts:
            raise Stopped(said + refused.line()) from None
        self._given_up[host] = Refused(
            refused.kind, f"{said}{refused.message}", thing=refused.thing, mend=refused.mend
        )

    # ── what a source tells ────────────────────────────────────────────────────────────────────────

    def official(self, url: str) -> str:
        """See :class:`~crawlers.visit.Visit`."""
        return self._hosts.official(url)

    def knows(self, url: str) -> bool:
        """See :class:`~crawlers.visit.Visit`."""
        return self._hosts.knows(url)

    def now(self) -> datetime:
        """See :class:`~crawlers.visit.Visit`."""
        return clock.now()

    def gap(self, refused: Refused) -> None:
        """See :class:`~crawlers.visit.Visit`."""
        log.warning("%s", refused.line())
        self.told.gaps.append(refused)

    def remark(self, words: str) -> None:
        """See :class:`~crawlers.visit.Visit`."""
        log.info("%s: %s", self.card.id, words)

    def unchanged(self, number: int = 1) -> None:
        """See :class:`~crawlers.visit.Visit`."""
        self.told.counts["unchanged"] += number

    def progress(self, done: int, expected: int | None, what: str) -> None:
        """See :class:`~crawlers.visit.Visit`."""
        self.tell(Progressed(done=done, expected=expected, what=what))

    def speaks_of(self, *, since: date | None = None, until: date | None = None) -> None:
        """See :class:`~crawlers.visit.Visit`."""
        self.told.narrow(since, until)

    def remember(self, **memory: object) -> None:
        """See :class:`~crawlers.visit.Visit`."""
        self.told.memory.update(memory)

    def _note(self, url: str, outcome: str, answer: Answer | None = None, reason: str = "") -> None:
        self.told.counts["requests"] += outcome != "Disallowed"
        self.told.counts["refused"] += outcome not in ("accepted", "unchanged")
        attempt = Attempt(
            source=self.card.id,
            url=url,
            at=clock.now(),
            outcome=outcome,
            status=answer.status if answer else 0,
            reason=reason,
            bytes=len(answer.body) if answer else 0,
        )
        self.tell(Attempted(attempt=attempt))


def _asked(request: Request) -> Asked:
    """What went out: the headers as Scrapy's middlewares have completed them, and the host that its handler adds."""
    headers = {
        name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
        for name, values in request.headers.items()
    }
    headers.setdefault("host", urlsplit(request.url).netloc.rpartition("@")[2])
    return Asked(
        method=request.method,
        url=masked_url(request.url),
        headers=masked_headers(tuple(sorted(headers.items()))),
        body=masked_url(f"?{request.body.decode('utf-8', 'replace')}")[1:],
    )


def _retry_after(answer: Answer) -> float:
    """Seconds that the host asks us to wait: a number, or an HTTP date; 0 if it does not ask."""
    said = answer.headers.get("retry-after", "").strip()
    if said.isdigit():
        return float(said)
    try:
        return max(0.0, (parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return 0.0
