"""A publisher's site over some days, as a script: papers that appear, are amended, replaced, moved, taken off a list, withdrawn and put back; and
what of it is true on each day."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from email.utils import format_datetime

from tests.replica.faults import Reply
from tests.replica.server import Replica

Row = tuple[str, str, str]
"""Of a list: address, words, day."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """From ``day`` on a paper stands ``at`` an address (host and path) as ``reply``; without one it is gone. ``listed``: its lists name it."""

    day: date
    at: str = ""
    reply: Reply | None = None
    listed: bool = True


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A paper under its ``title`` on ``lists``; on none, it is a page that is watched. ``wanted`` says that it is of the source's matter."""

    title: str
    steps: tuple[Step, ...]
    lists: tuple[str, ...] = ()
    wanted: bool = True

    @property
    def name(self) -> str:
        """How the archive calls it: its first address."""
        return self.steps[0].at

    def on(self, day: date) -> Step | None:
        """How it stands on a day, None before it appeared."""
        return next((step for step in reversed(self.steps) if step.day <= day), None)

    def between(self, since: date, day: date) -> set[str]:
        """What happened to it after one day and until another."""
        before, now = self.on(since), self.on(day)
        if now is None or now is before:
            return set()
        if now.reply is None:
            return {"withdrawn"}
        if before is None:
            return {"came"}
        found = {"came"} if before.reply is None else {"moved"} if before.at != now.at else set()
        last = next(step for step in reversed(self.steps) if step.day <= since and step.reply is not None)
        assert last.reply is not None
        return found | ({"words"} if last.reply.body != now.reply.body else set())


@dataclass
class Timeline(Replica):
    """A running site."""

    papers: Sequence[Paper] = ()
    listings: dict[str, Callable[[Sequence[Row]], Reply]] = field(default_factory=dict)
    scheme: str = "https"

    @property
    def hosts(self) -> dict[str, str]:
        """The mapping that sends the crawlers here."""
        addresses = [*self.listings, *(step.at for paper in self.papers for step in paper.steps if step.at)]
        return {host: f"{self.base}/{host}" for host in {one.partition("/")[0] for one in addresses}}

    def answer(self, host: str, path: str, query: str) -> Reply:
        """The true answer of the day."""
        for place in (f"{host}{path}?{query}", f"{host}{path}"):
            if place in self.listings:
                return self._listing(place)
            for paper in self.papers:
                step = paper.on(self.today)
                if step is not None and step.at == place and step.reply is not None:
                    return _dated(step.reply, step.day)
        return Reply(status=404, body=b"<html><head><title>Not Found</title></head><body></body></html>")

    def truth(self) -> dict[str, str]:
        """What is published of the source's matter: name → digest of the bytes."""
        found = {}
        for paper in self.papers:
            step = paper.on(self.today)
            if paper.wanted and step is not None and step.reply is not None:
                found[paper.name] = hashlib.sha256(step.reply.body).hexdigest()
        return found

    def happened(self, since: date) -> dict[str, set[str]]:
        """What happened after ``since``: name → ``came``, ``words`` (they changed), ``moved``, ``withdrawn``."""
        found = {}
        for paper in self.papers:
            if paper.wanted and (said := paper.between(since, self.today)):
                found[paper.name] = said
        return found

    def _listing(self, place: str) -> Reply:
        rows: list[Row] = []
        days = []
        for paper in self.papers:
            step = paper.on(self.today)
            if place not in paper.lists or step is None:
                continue
            days.append(step.day)
            if step.listed and step.at:
                rows.append((f"{self.scheme}://{step.at}", paper.title, paper.steps[0].day.isoformat()))
        return _dated(self.listings[place](rows), max(days))


def _dated(reply: Reply, day: date) -> Reply:
    modified = format_datetime(datetime.combine(day, time(3), UTC), usegmt=True)
    return replace(reply, headers={**reply.headers, "Last-Modified": modified})
