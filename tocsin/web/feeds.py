"""Feeds in Datasette: ``/feeds/changes.atom``, ``/feeds/watch/NAME.atom``, ``/feeds/source/ID.atom``, ``/feeds/calendar.ics``, ``/feeds/changes.jsonl``.

A page of a feed holds so many entries and names the next one (``?page=2``); ``?since=DATE`` begins later, ``?materiality=technical`` leaves
nothing out. A reader that has the newest state is told so (304).
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time
from functools import partial
from itertools import islice
from typing import Any
from urllib.parse import quote, unquote, urlencode

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from archive import clock
from archive.changes import MATERIALITIES
from archive.errors import BadInput
from archive.store import Archive
from tocsin import feeds
from tocsin.feeds import Wanted
from tocsin.web.site import Absent, Asked, Site, site_of

LINES = 1_000
"""Changes of one page of JSON lines."""
_MOST_PAGES = 10_000


@dataclass(frozen=True, kw_only=True)
class Made:
    """A feed as it is answered."""

    body: str
    content_type: str
    headers: Mapping[str, str] = field(default_factory=dict)


Feed = Callable[[Archive, Asked, str], Made]


def changes_atom(archive: Archive, asked: Asked, site: str) -> Made:
    """Changes of everything."""
    return _atom(archive, asked, site, _wanted(asked))


def source_atom(archive: Archive, asked: Asked, site: str) -> Made:
    """Changes of one source."""
    source = asked.named["name"]
    known = archive.database.execute("SELECT 1 FROM work WHERE source = ? LIMIT 1", (source,)).fetchone()
    if known is None:
        raise Absent(f"The archive holds nothing of a source {source!r}")
    return _atom(archive, asked, site, replace(_wanted(asked), source=source))


def watch_atom(archive: Archive, asked: Asked, site: str) -> Made:
    """Changes that a watch met."""
    name = asked.named["name"]
    for watch in asked.site.watches(archive):
        if watch.name == name:
            return _atom(archive, asked, site, replace(_wanted(asked), watch=watch))
    raise Absent(f"There is no watch {name!r}")


def calendar_ics(archive: Archive, asked: Asked, site: str) -> Made:
    """The dates on which law changes by itself, or something is due. Its events are stamped with the day, so that it is the same all day long."""
    today = datetime.combine(clock.now().date(), time(), UTC)
    body = feeds.ics(archive, Wanted(since=asked.day("since")), site=site, now=today)
    return Made(body=body, content_type="text/calendar; charset=utf-8")


def changes_jsonl(archive: Archive, asked: Asked, site: str) -> Made:
    """All changes as JSON lines, oldest first, a page of them; the header ``Link`` names the next one."""
    page = asked.number("page", most=_MOST_PAGES)
    every = feeds.lines(archive, _wanted(asked, "technical"), site=site)
    found = list(islice(every, (page - 1) * LINES, page * LINES + 1))
    headers = {}
    if len(found) > LINES:
        following = urlencode({**asked.query, "page": page + 1})
        headers["link"] = f'<{site}{quote(asked.path)}?{following}>; rel="next"'
    return Made(body="".join(found[:LINES]), content_type="application/jsonl; charset=utf-8", headers=headers)


def _atom(archive: Archive, asked: Asked, site: str, wanted: Wanted) -> Made:
    page = asked.number("page", most=_MOST_PAGES)
    body = feeds.atom(
        archive,
        wanted,
        site=site,
        now=clock.now(),
        path=quote(asked.path),
        query=asked.query,
        page=page,
    )
    return Made(body=body, content_type="application/atom+xml; charset=utf-8")


def _wanted(asked: Asked, least: str = "substantive") -> Wanted:
    said = asked.text("materiality") or least
    if said not in MATERIALITIES:
        raise BadInput(
            f"{said[:40]!r} is no materiality", thing="materiality", mend=f"One of {', '.join(MATERIALITIES)}"
        )
    return Wanted(materiality=said, since=asked.day("since"))


def _route(pattern: str, feed: Feed) -> tuple[str, Callable[..., Awaitable[Response]]]:
    async def answer(datasette: Datasette, request: Request) -> Response:
        site = site_of(datasette)
        asked = Asked(
            site=site,
            path=unquote(request.path),
            named={name: unquote(value or "") for name, value in request.url_vars.items()},
            query={name: request.args.get(name) or "" for name in request.args},
        )
        address = _address(site, datasette, request)
        work = partial(_made, feed, asked, address)
        return _answer(await asyncio.get_running_loop().run_in_executor(None, work), request)

    return rf"^/feeds/{pattern}$", answer


def _made(feed: Feed, asked: Asked, address: str) -> Made | tuple[int, str]:
    """The feed, or the status and the words of a refusal; made off the event loop, for reading the archive blocks."""
    with Archive.open(asked.site.folder, read_only=True) as archive:
        try:
            return feed(archive, asked, address)
        except Absent as error:
            return 404, error.line()
        except BadInput as error:
            return 400, error.line()


def _answer(made: Made | tuple[int, str], request: Request) -> Response:
    if not isinstance(made, Made):
        status, said = made
        return Response.text(f"{said}\n", status=status, headers={"x-content-type-options": "nosniff"})
    body = made.body.encode()
    mark = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {
        "etag": mark,
        "cache-control": "no-cache",
        "x-content-type-options": "nosniff",
        "content-security-policy": "default-src 'none'; sandbox",
        **made.headers,
    }
    known = [
        one.strip().removeprefix("W/") for one in (request.headers.get("if-none-match") or "").split(",")
    ]
    if mark in known:
        return Response(b"", status=304, headers=headers, content_type=made.content_type)
    return Response(body, headers=headers, content_type=made.content_type)


def _address(site: Site, datasette: Datasette, request: Request) -> str:
    """The front end's own address: that of the configuration, else where it was asked."""
    if site.config is not None:
        return site.config.address.rstrip("/")
    asked: str = datasette.absolute_url(request, "/")
    return asked.rstrip("/")


ROUTES: list[tuple[str, Any]] = [
    _route(r"changes\.atom", changes_atom),
    _route(r"watch/(?P<name>[^/]+)\.atom", watch_atom),
    _route(r"source/(?P<name>[a-z0-9_]+)\.atom", source_atom),
    _route(r"calendar\.ics", calendar_ics),
    _route(r"changes\.jsonl", changes_jsonl),
]


@hookimpl  # type: ignore[untyped-decorator]
def register_routes() -> list[tuple[str, Any]]:
    """The addresses of the feeds."""
    return ROUTES
