"""Who is let in: before Datasette sees a request it is found out who asks, and whoever has to say who they are first is sent to sign in."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlencode

from archive import actions, clock
from archive.errors import TocsinError
from archive.store import Archive
from tocsin.config import Config
from tocsin.review.roles import READ, Actor
from tocsin.web import sql
from tocsin.web.access import SCOPE, is_configured
from tocsin.web.headers import API, App, Receive, Scope, Send, refuse
from tocsin.web.identity import Found, identify
from tocsin.web.site import Site

SIGN_IN = "/sign-in"
OPEN = (SIGN_IN, "/do/sign-in", "/do/sign-out", "/-/health", "/-/metrics", "/favicon.ico")
"""What is answered without knowing who asks: the page on which people say it, and (to whom ``[service]`` lets) how the server fares."""
_FOLDERS = (API, "/tocsin/", "/-/static/")
"""The same of all below: programs say who they are to the API itself, and a style sheet is for all."""
# Threads of their own: who asks is known at once, however many pages are being made.
_ASKING = ThreadPoolExecutor(max_workers=4, thread_name_prefix="door")


def let_in(app: App, site: Site) -> App:
    """An ASGI application that knows who asks (``tocsin.web.access.reader``), and answers only whom it may."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        try:
            found = await asyncio.get_running_loop().run_in_executor(_ASKING, _found, site, scope)
        except TocsinError as error:
            await refuse(503, error.line(), send)
            return
        scope = {**scope, "headers": _without_proxy(site.config, scope), SCOPE: found.who}
        scope["actor"] = {"id": found.who.name, "roles": list(found.who.roles)} if found.who.name else None
        path: str = scope["path"]
        if found.who.may(READ) or path in OPEN or path.startswith(_FOLDERS):
            await app(scope, receive, send)
        elif found.who.name:
            await refuse(403, f"{found.who.name} has no role in the configuration that lets them read", send)
        elif scope["method"] == "GET" and not _is_of_program(scope) and is_configured(site.config):
            await _redirect(f"{SIGN_IN}?{urlencode({'next': _asked(scope)})}", send)
        else:
            await refuse(401, "Nobody has signed in", send)

    return answer


def _found(site: Site, scope: Mapping[str, Any]) -> Found:
    found = identify(site, scope)
    if found.wrong and site.doorkeeper.is_news(found.wrong, found.who.client, clock.now()):
        _write(site, found.who, found.wrong)
    asked = sql.written_by_hand(scope)
    if asked and found.who.name:
        sql.log(site, found.who, asked)
    return found


def _write(site: Site, who: Actor, wrong: str) -> None:
    """That somebody said something wrong of who they are. Where that cannot be written they are not let in any more than where it can."""
    try:
        with Archive.beside(site.folder) as archive:
            actions.write(
                archive,
                at=clock.now(),
                person="",
                deed="sign in",
                outcome=actions.REFUSED,
                said=wrong,
                client=who.client,
            )
    except TocsinError:
        return


def _without_proxy(config: Config | None, scope: Mapping[str, Any]) -> list[tuple[bytes, bytes]]:
    """The headers of a request without those of a proxy: what they say was read, or is to be believed by nobody."""
    proxy = config.web.proxy if config else None
    named = {"x-remote-user", "remote-user", "x-forwarded-user", "x-proxy-secret"}
    named |= {proxy.user.lower(), proxy.secret_header.lower()} if proxy else set()
    return [(key, value) for key, value in scope["headers"] if key.lower().decode("latin-1") not in named]


def _asked(scope: Mapping[str, Any]) -> str:
    """The address that was asked for, as it was written."""
    path = (scope.get("raw_path") or scope["path"].encode()).partition(b"?")[0]
    query = b"?" + scope["query_string"] if scope["query_string"] else b""
    return bytes(path + query).decode("latin-1")


def _is_of_program(scope: Mapping[str, Any]) -> bool:
    """Whether a program asks, to which a page to sign in would say nothing."""
    return (
        scope["path"].endswith((".json", ".csv", ".atom", ".ics", ".jsonl"))
        or b"_format=" in scope["query_string"]
    )


async def _redirect(address: str, send: Send) -> None:
    headers = [(b"location", address.encode("ascii")), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 302, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
