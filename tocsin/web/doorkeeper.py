"""Who tried too often: guessing a password is slowed down by name and by network address, and what goes on and on is written to the log once a minute.

It is kept in memory, for one server: whoever can start it anew needs no password of the pages.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

FREE = 5
"""Wrong passwords for one name before the next try has to wait."""
FREE_OF_CLIENT = 20
"""The same from one network address, whatever the names: several people may share it."""
FIRST, LONGEST = timedelta(seconds=30), timedelta(minutes=15)
"""How long the first wait is; each further one is twice as long, up to the longest."""
_QUIET = timedelta(minutes=1)
_KEPT = 10_000


@dataclass(slots=True)
class _Tries:
    number: int
    last: datetime

    def until(self, free: int) -> datetime:
        """The instant from which on the next try is heard."""
        if self.number < free:
            return self.last
        return self.last + min(FIRST * (1 << min(self.number - free, 16)), LONGEST)


@dataclass(eq=False)
class Doorkeeper:
    """Counts what went wrong. Names are kept as hashes: people type passwords into the wrong field."""

    _tries: OrderedDict[str, _Tries] = field(default_factory=OrderedDict)
    _news: OrderedDict[tuple[str, str], datetime] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, name: str, client: str, at: datetime) -> timedelta:
        """How long somebody has to wait before a try for a name is heard; zero for not at all."""
        with self._lock:
            ends = [
                tries.until(free)
                for key, free in _keys(name, client)
                if (tries := self._tries.get(key)) is not None
            ]
        return max([end - at for end in ends] + [timedelta(0)])

    def failed(self, name: str, client: str, at: datetime) -> None:
        """Count a try that went wrong."""
        with self._lock:
            for key, _ in _keys(name, client):
                tries = self._tries.get(key)
                if tries is None or at - tries.last > 4 * LONGEST:
                    tries = self._tries[key] = _Tries(0, at)
                tries.number, tries.last = tries.number + 1, at
                self._tries.move_to_end(key)
            while len(self._tries) > _KEPT:
                self._tries.popitem(last=False)

    def succeeded(self, name: str) -> None:
        """Forget what went wrong for a name: its owner has come."""
        with self._lock:
            self._tries.pop(_key("name", name), None)

    def is_news(self, what: str, client: str, at: datetime) -> bool:
        """Whether something from an address was not said within the last minute."""
        with self._lock:
            before = self._news.get((what, client))
            if before is not None and at - before < _QUIET:
                return False
            self._news[(what, client)] = at
            self._news.move_to_end((what, client))
            while len(self._news) > _KEPT:
                self._news.popitem(last=False)
        return True


def _keys(name: str, client: str) -> tuple[tuple[str, int], ...]:
    of_client = ((_key("client", client), FREE_OF_CLIENT),) if client else ()
    return (_key("name", name), FREE), *of_client


def _key(sort: str, said: str) -> str:
    return sort + hashlib.sha256(said.encode("utf-8", "surrogateescape")).hexdigest()
