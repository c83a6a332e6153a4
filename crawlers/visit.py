"""What a source works with while it is crawled: it asks for official URLs and gets what its own acceptance makes of the answers.

The crawl logic of the families is written against this protocol alone and does not know Scrapy.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol, TypeVar

from archive.errors import Refused
from archive.records import Capture, Request
from crawlers.job import State

Taken = TypeVar("Taken")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer of a host, decompressed. ``url`` is official; header names are lower case; ``cut`` says how the transfer was
    incomplete, "" when it was whole; ``request`` what was asked."""

    url: str
    status: int
    body: bytes
    fetched_at: datetime
    headers: dict[str, str] = field(default_factory=dict)
    cut: str = ""
    request: Request | None = None

    @property
    def media_type(self) -> str:
        """``application/json``: without parameters, in lower case."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str:
        """The declared character set in lower case, "" if none is."""
        for parameter in self.headers.get("content-type", "").split(";")[1:]:
            name, _, value = parameter.partition("=")
            if name.strip().lower() == "charset":
                return value.strip().strip("\"'").lower()
        return ""

    def captured(
        self,
        *,
        source: str,
        document: str,
        as_of: date,
        meta: Mapping[str, object],
        url: str = "",
        inventory: Mapping[str, int] | None = None,
    ) -> Capture:
        """The answer as it came, as an edition of a document; ``url`` where the document is known by another address than the one that answered."""
        return Capture(
            source=source,
            document=document,
            url=url or self.url,
            body=self.body,
            as_of=as_of,
            fetched_at=self.fetched_at,
            status=self.status,
            media_type=self.media_type,
            headers=tuple(sorted(self.headers.items())),
            meta=meta,
            inventory=inventory,
            request=self.request,
        )


class Unchanged(Exception):
    """The host says (304) that what we know is still so."""


class Stopped(Exception):
    """The crawl gave up on its host; nothing more is asked. The message is the reason."""


class Quiet(Exception):
    """The host wants to be left alone at this hour; nothing more is asked. The message says until when."""


class Visit(Protocol):
    """One crawl, from the inside."""

    state: State
    today: date

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
        """What ``accept`` makes of the answer. ``accept`` raises ``Refused`` for anything that is not the document; so does this
        method, after the repetitions that the settings allow. ``etag`` and ``modified`` are the validators (ETag, Last-Modified)
        of an answer that we hold; ``wanted`` are headers for a host that negotiates (Accept, Accept-Language);
        ``form`` is sent as a form (POST), for a list that is asked for so. Raises :class:`Unchanged` when they still hold, and :class:`Stopped` when the host is given up."""

    def official(self, url: str) -> str:
        """The official URL of a link found in an answer."""

    def knows(self, url: str) -> bool:
        """Whether an official URL is on a host that this source names."""

    def now(self) -> datetime:
        """The present instant by the program's clock."""

    def gap(self, refused: Refused) -> None:
        """Something this crawl should have brought and did not: the run is incomplete, and says why."""

    def remark(self, words: str) -> None:
        """Something odd that loses nothing; goes to the log."""

    def unchanged(self, number: int = 1) -> None:
        """So many documents were found to be as we hold them."""

    def progress(self, done: int, expected: int | None, what: str) -> None:
        """Tells how far the crawl is."""

    def speaks_of(self, *, since: date | None = None, until: date | None = None) -> None:
        """While a source is counted: its counter says nothing of days before ``since``, or after ``until``."""

    def remember(self, **memory: object) -> None:
        """What the next crawl of this source gets in ``state.memory``."""
