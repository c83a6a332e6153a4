"""Of the configuration who may come to the pages: ``[web]``, and the passwords of people. No secret stands in the file, only hashes and pointers."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from alerts.hours import read_span
from archive.errors import BadInput

if TYPE_CHECKING:
    from tocsin.config_people import Person

DEFAULT_ADDRESS = "http://127.0.0.1:8801"
POINTERS = ("env:", "file:")
HASH = re.compile(r"pbkdf2_sha256\$[1-9]\d{0,8}\$[^$\s]+\$[A-Za-z0-9+/]+={0,2}")
"""What ``tocsin password`` prints: algorithm, rounds, salt, hash."""
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_TAKEN = frozenset({"authorization", "cookie", "host", "origin", "content-type", "content-length", "referer"})
MOST_BY_DEFAULT = 2
_MOST = 64
_LONGEST_SESSION = timedelta(days=31)


class Proxy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``[web.proxy]``: a proxy of the organisation that says in the header ``user`` who asks (a name of ``[people]``, or their address), and shows in
    the header ``secret_header`` that it is the one, by the ``secret`` (``env:NAME``, ``file:PATH``). Without the secret the header is worth nothing."""

    user: str = "X-Remote-User"
    secret_header: str = "X-Proxy-Secret"  # noqa: S105 - the name of a header
    secret: str = ""


class WebTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``[web]``: the ``address`` at which people reach the pages, ``listen`` where the server listens if that is another place (behind a proxy);
    ``anybody_reads`` lets read without signing in though there are accounts; ``session`` is how long one lasts (``12h``); ``processes`` is how many
    processes make pages (0: as many as there are processors, two at most)."""

    address: str = DEFAULT_ADDRESS
    listen: str = ""
    anybody_reads: bool = False
    session: str = "12h"
    processes: int = 0
    proxy: Proxy = Proxy()

    def lasts(self) -> timedelta:
        """How long somebody who signed in stays so."""
        return read_span(self.session)


def processes_of(said: int) -> int:
    """How many processes serve. One makes one page at a time, so that who wants a long one holds up the others, and of two cores it leaves one to nobody.
    With two, readers have both. A third one takes its memory (some 200 MB) for good, and serves only a house that has the cores and the readers for it, which says so."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return said or min(usable, MOST_BY_DEFAULT)


def check_web(table: WebTable, people: Mapping[str, Person], path: Path) -> None:
    """Check ``[web]`` and the passwords. Raises ``BadInput`` with file, key and mend; it repeats no secret."""

    def refuse(key: str, message: str, mend: str) -> BadInput:
        return BadInput(message, thing=str(path), place=key, mend=mend)

    for key, said in (("address", table.address), ("listen", table.listen)):
        if said and (urlsplit(said).scheme not in ("http", "https") or not urlsplit(said).hostname):
            raise refuse(
                f"web.{key}", f"{said!r} is not a web address", "Write it like http://127.0.0.1:8801"
            )
    try:
        lasts = table.lasts()
    except ValueError as error:
        raise refuse("web.session", str(error), "Write it like 30m, 12h or 7d") from None
    if not timedelta(0) < lasts <= _LONGEST_SESSION:
        raise refuse("web.session", f"{table.session!r} is no length for a session", "Write 5m to 31d")
    if not 0 <= table.processes <= _MOST:
        raise refuse(
            "web.processes",
            f"{table.processes} is no number of processes",
            f"Write 1 to {_MOST}, or leave it out: as many as there are processors, {MOST_BY_DEFAULT} at most",
        )
    _check_proxy(table.proxy, path)
    for name, person in people.items():
        said = person.password
        if said and table.proxy.secret:
            raise refuse(
                f"people.{name}.password",
                "nobody signs in with a password where the proxy says who asks",
                "Take out the password, or the secret of web.proxy",
            )
        if said and not said.startswith(POINTERS) and not HASH.fullmatch(said):
            raise refuse(
                f"people.{name}.password",
                "it is not the hash of a password, and a password itself does not belong into this file",
                "'tocsin password' makes a hash; write that, or env:NAME or file:PATH for where it stands",
            )


def _check_proxy(proxy: Proxy, path: Path) -> None:
    for key, said in (("user", proxy.user), ("secret_header", proxy.secret_header)):
        if not _HEADER.fullmatch(said) or said.lower() in _TAKEN:
            raise BadInput(
                f"{said!r} is no name of a header of its own",
                thing=str(path),
                place=f"web.proxy.{key}",
                mend="Write it like X-Remote-User",
            )
    if proxy.user.lower() == proxy.secret_header.lower():
        raise BadInput(
            "the person and the secret stand in one header",
            thing=str(path),
            place="web.proxy.secret_header",
            mend="Name another one",
        )
    if proxy.secret and not proxy.secret.startswith(POINTERS):
        raise BadInput(
            "a secret does not belong into this file",
            thing=str(path),
            place="web.proxy.secret",
            mend="Write env:NAME for a variable, or file:PATH for the first line of a file",
        )
