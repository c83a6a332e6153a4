"""One budget for each host, shared by all crawls of this machine's user, whichever process or installation they belong to.

A file for each host holds the instant at which the next request may go out. Whoever wants one locks the file, takes that instant (or now, if it has
passed), and writes the one after it. Scrapy keeps the pace inside one crawl; this keeps it between crawls.
"""

from __future__ import annotations

import asyncio
import fcntl
import hashlib
import os
import re
import tempfile
import time
from pathlib import Path

LONGEST = 600.0
"""Seconds: a file that says to wait longer than any budget does was written under another clock."""


class Budget:
    """The budgets in one folder; it is made where it is not there."""

    def __init__(self, folder: Path | str = "") -> None:
        self._folder = Path(folder) if folder else _shared()
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    async def turn(self, host: str, gap: float) -> None:
        """Returns when it is our turn to ask ``host`` (where it is really asked); the next turn is ``gap`` seconds later at the earliest."""
        wait = self.take(host, gap)
        if wait > 0:
            await asyncio.sleep(wait)

    def take(self, host: str, gap: float) -> float:
        """Takes the next turn at a host, and says how many seconds it is away."""
        with self._file(host).open("a+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.seek(0)
            now = time.time()
            free = _instant(file.read(64))
            at = now if not now < free < now + LONGEST else free
            file.truncate(0)
            file.write(repr(at + gap).encode())
        return at - now

    def _file(self, host: str) -> Path:
        plain = re.sub(r"[^\w.-]", "_", host)[:80]
        return self._folder / f"{plain}-{hashlib.sha256(host.encode()).hexdigest()[:8]}"


def _instant(said: bytes) -> float:
    try:
        return float(said)
    except ValueError:
        return 0.0


def _shared() -> Path:
    """The folder of this user on this machine; without a home that can be written, one among the temporary files."""
    cache = os.environ.get("XDG_CACHE_HOME") or ""
    home = Path(cache) if Path(cache).is_absolute() else Path.home() / ".cache"
    if os.access(home if home.exists() else home.parent, os.W_OK):
        return home / "tocsin" / "hosts"
    return Path(tempfile.gettempdir()) / f"tocsin-{os.getuid()}" / "hosts"
