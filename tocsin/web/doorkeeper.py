"""Who tried too often: guessing a password is slowed down by name and by network address, and what goes on and on is written to the log once a minute.

It is kept in memory, for all processes of one server: whoever can start it anew needs no password of the pages.
"""

from __future__ import annotations

import hashlib
import secrets
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from struct import Struct

from tocsin.web.shared import Shared

FREE = 5
"""Wrong passwords for one name before the next try has to wait."""
FREE_OF_CLIENT = 20
"""The same from one network address, whatever the names: several people may share it."""
FIRST, LONGEST = timedelta(seconds=30), timedelta(minutes=15)
"""How long the first wait is; each further one is twice as long, up to the longest."""
_QUIET = timedelta(minutes=1)
SLOTS = 1 << 14
"""How much is remembered of either sort. What is remembered has its place by its hash; what comes to the same place takes it, and whoever floods us with
names cannot tell which of them will."""
_SLOT = Struct("=16sQd")
_NEVER = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True, slots=True)
class _Tries:
    number: int
    last: datetime

    def until(self, free: int) -> datetime:
        """The instant from which on the next try is heard."""
        if self.number < free:
            return self.last
        return self.last + min(FIRST * (1 << min(self.number - free, 16)), LONGEST)


@dataclass(frozen=True, eq=False)
class Doorkeeper:
    """Counts what went wrong. Names are kept as hashes that nobody else can reckon: people type passwords into the wrong field."""

    _tries: Shared = field(default_factory=Shared)
    _news: Shared = field(default_factory=Shared)
    _asking: Shared = field(default_factory=Shared)
    _salt: bytes = field(default_factory=lambda: secrets.token_bytes(16))

    def one_at_a_time(self) -> AbstractContextManager[None]:
        """Until the end of the block no other try is heard, in no process: who sends many at once waits for each, and no more than one core reckons."""
        return self._asking.turn()

    def wait(self, name: str, client: str, at: datetime) -> timedelta:
        """How long somebody has to wait before a try for a name is heard; zero for not at all."""
        with self._tries.turn():
            ends = [
                tries.until(free)
                for key, free in self._keys(name, client)
                if (tries := _read(self._tries, key)).number
            ]
        return max([end - at for end in ends] + [timedelta(0)])

    def failed(self, name: str, client: str, at: datetime) -> None:
        """Count a try that went wrong."""
        with self._tries.turn():
            for key, _ in self._keys(name, client):
                before = _read(self._tries, key)
                number = 0 if at - before.last > 4 * LONGEST else before.number
                _write(self._tries, key, _Tries(number + 1, at))

    def succeeded(self, name: str) -> None:
        """Forget what went wrong for a name: its owner has come."""
        with self._tries.turn():
            key = self._key("name", name)
            if _read(self._tries, key).number:
                _write(self._tries, key, _Tries(0, _NEVER))

    def is_news(self, what: str, client: str, at: datetime) -> bool:
        """Whether something from an address was not said within the last minute."""
        key = self._key("news", f"{client} {what}")
        with self._news.turn():
            before = _read(self._news, key)
            if before.number and at - before.last < _QUIET:
                return False
            _write(self._news, key, _Tries(1, at))
        return True

    def _keys(self, name: str, client: str) -> tuple[tuple[bytes, int], ...]:
        of_client = ((self._key("client", client), FREE_OF_CLIENT),) if client else ()
        return (self._key("name", name), FREE), *of_client

    def _key(self, sort: str, said: str) -> bytes:
        text = f"{sort} {said}".encode("utf-8", "surrogateescape")
        return hashlib.blake2b(text, digest_size=16, key=self._salt).digest()


def _read(of: Shared, key: bytes) -> _Tries:
    held, number, last = _SLOT.unpack(of.read(_place(key), _SLOT.size))
    return _Tries(number, datetime.fromtimestamp(last, UTC)) if held == key else _Tries(0, _NEVER)


def _write(of: Shared, key: bytes, tries: _Tries) -> None:
    of.write(_place(key), _SLOT.pack(key, tries.number, tries.last.timestamp()))


def _place(key: bytes) -> int:
    return int.from_bytes(key[:4], "big") % SLOTS * _SLOT.size
