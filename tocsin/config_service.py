"""Of the configuration how the program runs for years: ``[service]`` (its log, its heartbeat, its figures), and how long captures are kept."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from archive.errors import BadInput
from archive.vocabulary.nearest import nearest

PLAIN, JSON = "plain", "json"
LOGS = ("", PLAIN, JSON)
LOOPBACK, ALL, OFF = "loopback", "all", "off"
PROBES = (LOOPBACK, ALL, OFF)
POINTERS = ("env:", "file:")
_KEPT = re.compile(r"([1-9]\d{0,3})\s*(day|month|year)s?")
_DAYS = {"day": 1, "month": 30, "year": 365}
_SHORTEST = 30
"""Days: what was fetched last month may still be asked for by a review, an incident, or the next run."""


class ServiceTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``[service]``. ``log`` is the form of the log: ``plain`` (key=value) or ``json`` (a line each); "" is plain on a terminal, JSON elsewhere, and for
    ``run --once`` lines for people. ``heartbeat`` is a web address (or ``env:NAME``, ``file:PATH``) that is asked after each round that was whole,
    ``heartbeat_failure`` the one after another round ("": that of the heartbeat with ``/fail``; ``off``: none); ``heartbeat_private`` lets them be on a private
    network. ``metrics_file`` is written after each round in Prometheus' text form; ``probes`` says who may ask for ``/-/health`` and ``/-/metrics``: ``loopback``,
    ``all`` or ``off`` (nobody)."""

    log: str = ""
    heartbeat: str = ""
    heartbeat_failure: str = ""
    heartbeat_private: bool = False
    metrics_file: str = ""
    probes: str = LOOPBACK


def check_service(table: ServiceTable, path: Path) -> None:
    """Check ``[service]``. Raises ``BadInput`` with file, key and mend; an address that may be a secret is not repeated."""
    for key, said, valid in (("log", table.log, LOGS), ("probes", table.probes, PROBES)):
        if said not in valid:
            raise BadInput(
                f"{said!r} is none of {', '.join(one for one in valid if one)}",
                thing=str(path),
                place=f"service.{key}",
                mend=f"The nearest is {nearest(said, [one for one in valid if one])!r}",
            )
    for key, said in (("heartbeat", table.heartbeat), ("heartbeat_failure", table.heartbeat_failure)):
        if said.startswith(POINTERS) or said in ("", OFF):
            continue
        if urlsplit(said).scheme not in ("http", "https") or not urlsplit(said).hostname:
            raise BadInput(
                "it is not a web address",
                thing=str(path),
                place=f"service.{key}",
                mend="Write it like https://hc.example.org/ping/your-id, or env:NAME, or file:PATH",
            )


def check_kept(said: str, place: str, path: Path) -> None:
    """Check ``keep_captures``. Raises ``BadInput``."""
    if not said:
        return
    hit = _KEPT.fullmatch(said.strip())
    if hit is None or int(hit[1]) * _DAYS[hit[2]] < _SHORTEST:
        raise BadInput(
            f"{said!r} is no length of time" if hit is None else f"{said!r} is less than {_SHORTEST} days",
            thing=str(path),
            place=place,
            mend='Write it like "90 days", "18 months" or "2 years"; without it captures are kept for ever',
        )


def kept(said: str) -> tuple[int, str]:
    """``2 years`` → ``(2, "year")``, of a text that was checked."""
    hit = _KEPT.fullmatch(said.strip())
    assert hit is not None, "the configuration was checked"
    return int(hit[1]), hit[2]
