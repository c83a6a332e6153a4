"""What machines ask: ``/-/health`` (JSON, 200 or 503) and ``/-/metrics`` (Prometheus). Counted in the archive at each question, by nobody remembered.

Who may ask says ``[service] probes``: this machine alone unless it says otherwise. A request that a proxy passed on comes from elsewhere, whatever its
connection looks like.
"""

from __future__ import annotations

import asyncio
import sqlite3
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request, Response
from prometheus_client import CONTENT_TYPE_LATEST

from archive import clock, codec, ledger
from archive.errors import TocsinError
from archive.incidents import incidents
from archive.store import Archive
from tocsin import __version__
from tocsin.config import Config
from tocsin.config_service import ALL, LOOPBACK
from tocsin.health import ages, health_data
from tocsin.service.figures import exposition
from tocsin.web.site import site_of

_PASSED_ON = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
_NOT_KEPT = {"cache-control": "no-store"}


@hookimpl  # type: ignore[untyped-decorator]
def register_routes() -> list[tuple[str, Any]]:
    """Both probes."""
    return [(r"^/-/health$", health), (r"^/-/metrics$", metrics)]


async def health(datasette: Datasette, request: Request) -> Response:
    """Whether all is well: 200, or 503 with what is not; no words of reasons, which can name addresses."""
    site = site_of(datasette)
    if not may_ask(site.config, request.scope):
        return _refused()
    said = await asyncio.get_running_loop().run_in_executor(None, state, site.folder, site.config)
    return Response(
        codec.dumps(said) + "\n",
        status=200 if said["status"] == "ok" else 503,
        content_type="application/json; charset=utf-8",
        headers=dict(_NOT_KEPT),
    )


async def metrics(datasette: Datasette, request: Request) -> Response:
    """The figures in Prometheus' text form."""
    site = site_of(datasette)
    if not may_ask(site.config, request.scope):
        return _refused()
    told = await asyncio.get_running_loop().run_in_executor(None, exposition, site.folder, site.config)
    return Response(told.decode(), content_type=CONTENT_TYPE_LATEST, headers=dict(_NOT_KEPT))


def state(folder: Path, config: Config | None) -> dict[str, Any]:
    """How the archive of a folder fares; ``unreadable`` where it cannot be asked."""
    said = {"at": clock.now().isoformat(timespec="seconds"), "version": __version__}
    try:
        with Archive.open(folder, read_only=True) as archive:
            found, opened = ledger.health(archive), incidents(archive)
    except (TocsinError, sqlite3.Error, OSError):
        return {"status": "unreadable", **said}
    old = ages(found, config, clock.now()) if config else {}
    return {**health_data(found, config, ages=old, incidents=opened, in_words=False), **said}


def may_ask(config: Config | None, scope: Any) -> bool:
    """Whether a request comes from where ``[service] probes`` lets it come from."""
    allowed = config.service.probes if config else LOOPBACK
    if allowed == ALL:
        return True
    names = {key.lower().decode("latin-1") for key, _ in scope.get("headers", ())}
    client = scope.get("client")
    return allowed == LOOPBACK and names.isdisjoint(_PASSED_ON) and client is not None and _is_here(client[0])


def _is_here(host: str) -> bool:
    try:
        address = ip_address(host)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return bool((mapped or address).is_loopback)


def _refused() -> Response:
    return Response.text("This is told to this machine alone ([service] probes)", status=403)
