"""Today, to each reader what is new to them: since the visit before this one, which is kept for a person with their account, for anybody else in a
cookie of their browser, signed so that it is ours. A day that the reader names goes before it; programs are asked to name one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import msgspec
from datasette.app import BadSignature, Datasette
from datasette.utils.asgi import Request, Response

from archive import clock, instants, visits
from archive.errors import TocsinError
from archive.store import Archive
from archive.visits import Visit
from tocsin.web import catalogue
from tocsin.web.access import reader
from tocsin.web.identity import is_secure
from tocsin.web.kept import reading
from tocsin.web.site import Site, route, site_of

COOKIE, _PURPOSE = "tocsin_visit", "visit"
_KEPT = 365 * 24 * 3600


def today(pattern: str) -> tuple[str, Callable[..., Awaitable[Response]]]:
    """The route of Today."""
    address, without_visit = route(pattern, catalogue.today)

    async def answer(datasette: Datasette, request: Request) -> Response:
        if request.path.endswith(".json") or request.args.get("since") or request.args.get("_format"):
            return await without_visit(datasette, request)
        site, who = site_of(datasette), reader(request)
        loop = asyncio.get_running_loop()
        now = clock.now()
        before, mark = await loop.run_in_executor(None, _before, site, who.name)
        if not who.name:
            before = _held(datasette, request.cookies.get(COOKIE, ""))
        visit = visits.after(before, now, mark)
        _, made = route(pattern, partial(catalogue.today, visit=visit))
        response = await made(datasette, request)
        if who.name and not visit.is_as(before):
            # Nobody waits for it: where the writer is at work, the look is written when it is done.
            loop.run_in_executor(None, _keep, site, who.name, visit)
        elif not who.name:
            _give(datasette, response, visit, secure=is_secure(site.config))
        return response

    return address, answer


def _before(site: Site, person: str) -> tuple[Visit | None, int]:
    """The last visit of a person, and how much there is to see now."""
    with reading(site.folder) as archive:
        before = visits.visit(archive.database, person) if person else None
        return before, visits.mark(archive.database)


def _keep(site: Site, person: str, visit: Visit) -> None:
    """Write the look. Where it cannot be written the next visit shows what this one did, and nothing is missed."""
    try:
        with Archive.beside(site.folder) as archive:
            visits.look(archive, person, visit.last_at, visit.last_mark)
    except TocsinError:
        return


def _held(datasette: Datasette, cookie: str) -> Visit | None:
    """The visit that a cookie tells of, None for one that we did not write."""
    if not cookie:
        return None
    try:
        said: Any = datasette.unsign(cookie, _PURPOSE)
        since, since_mark, last_at, last_mark = msgspec.convert(said, tuple[str, int, str, int])
        return Visit(
            since=instants.read(since) if since else None,
            since_mark=since_mark,
            last_at=instants.read(last_at),
            last_mark=last_mark,
        )
    except (BadSignature, msgspec.ValidationError, ValueError):
        return None


def _give(datasette: Datasette, response: Response, visit: Visit, *, secure: bool) -> None:
    since = instants.written(visit.since) if visit.since else ""
    said = [since, visit.since_mark, instants.written(visit.last_at), visit.last_mark]
    response.set_cookie(
        COOKIE,
        datasette.sign(said, _PURPOSE),
        max_age=_KEPT,
        secure=secure,
        httponly=True,
        samesite="lax",
    )
