"""Signing in with a password, and signing out. Passwords are checked by the kept plugin datasette-auth-passwords, whose hashes the configuration holds.

Of the plugin only that is used: its own page and its Basic authentication let people guess as fast as they can, tell by their time which names there are,
give out a cookie that scripts can read and that no one can end, and go on to no page that was asked for (docs/adr/0013).
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request, Response
from datasette_auth_passwords.utils import hash_password, verify_password

from archive import actions, clock, sessions
from archive.errors import TocsinError
from archive.store import Archive
from tocsin.config import Config
from tocsin.config_web import HASH
from tocsin.review.audited import audit
from tocsin.review.roles import READ, Actor, actor
from tocsin.web.access import has_accounts, reader
from tocsin.web.door import SIGN_IN
from tocsin.web.forms import local, received, refused
from tocsin.web.headers import DOING, STRICT
from tocsin.web.identity import SESSION, account, client_of, cookie_name, is_secure, token_of
from tocsin.web.site import Page, Site, shown, site_of

IN, OUT = "sign in", "sign out"
# One at a time (in all processes together: ``one_at_a_time``): the wait for the next one is known by then.
_CHECKING = ThreadPoolExecutor(max_workers=1, thread_name_prefix="passwords")
_LONGEST_PASSWORD = 1_024


@dataclass(frozen=True, slots=True, kw_only=True)
class _In:
    """That somebody signed in, and the token of their session."""

    who: Actor
    token: str
    go: str


@hookimpl  # type: ignore[untyped-decorator]
def register_routes() -> list[tuple[str, Any]]:
    """The page and its two forms."""
    sign_in.deed = IN  # type: ignore[attr-defined]
    sign_out.deed = OUT  # type: ignore[attr-defined]
    return [
        (rf"^{SIGN_IN}$", asked),
        (r"^/do/sign-in$", sign_in),
        (r"^/do/sign-out$", sign_out),
    ]


@hookimpl  # type: ignore[untyped-decorator]
def skip_csrf(scope: dict[str, Any]) -> bool:
    """Of our forms the token is asked for by themselves (``tocsin.web.forms.is_ours``), from everybody and not only from a browser that sends a cookie."""
    return str(scope["path"]).startswith(DOING)


async def asked(datasette: Datasette, request: Request) -> Response:
    """The page on which people sign in."""
    page = _page(site_of(datasette), reader(request), go=local(request.args.get("next") or "/"))
    return await shown(datasette, request, page)


async def sign_in(datasette: Datasette, request: Request) -> Response:
    """A name and a password: a session, or the page again."""
    site, sent = site_of(datasette), await received(datasette, request)
    if isinstance(sent, Response):
        return sent
    if site.config is None or not has_accounts(site.config):
        return await shown(datasette, request, refused(sent.say("Nobody signs in here."), status=404))
    before = token_of(site.config, request.scope)
    name, password, go = (
        sent.line("person"),
        next(iter(sent.all("password")), ""),
        local(sent.line("next") or "/"),
    )
    client = client_of(request.scope)
    try:
        made = await asyncio.get_running_loop().run_in_executor(
            _CHECKING, _begun, site, site.config, name, password, go, client, before
        )
    except TocsinError as error:
        made = refused(error.line(), status=503)
    if isinstance(made, Page):
        return await shown(datasette, request, made)
    answer = _on(made.go)
    _set(answer, site.config, made.token, lasts=site.config.web.lasts())
    return answer


async def sign_out(datasette: Datasette, request: Request) -> Response:
    """The end of a session: its cookie is worth nothing from then on."""
    site, sent = site_of(datasette), await received(datasette, request)
    if isinstance(sent, Response):
        return sent
    config, who = site.config, reader(request)
    if config is None or who.via != SESSION:
        return await shown(
            datasette, request, refused(sent.say("Nobody has signed in with a password."), status=403)
        )
    try:
        await asyncio.get_running_loop().run_in_executor(
            None, _ended, site, who, token_of(config, request.scope)
        )
    except TocsinError as error:
        return await shown(datasette, request, refused(error.line(), status=503))
    answer = _on(SIGN_IN)
    _set(answer, config, "", lasts=timedelta(0))
    return answer


def _begun(
    site: Site, config: Config, name: str, password: str, go: str, client: str, before: str
) -> _In | Page:
    """A session for whom the password is right; for anybody else the page again, and a row in the log. The wait is asked for here, where one is at once."""
    with site.doorkeeper.one_at_a_time():
        return _heard(site, config, name, password, go, client, before)


def _heard(
    site: Site, config: Config, name: str, password: str, go: str, client: str, before: str
) -> _In | Page:
    now = clock.now()
    # Behind a proxy that speaks https for us everybody has one address, and one who guesses would keep out all.
    counted = "" if config.web.listen else client
    wait = site.doorkeeper.wait(name, counted, now)
    known = name if name in config.people else ""
    if wait > timedelta(0):
        if site.doorkeeper.is_news(f"too many tries {name}", client, now):
            _refused(site, known, "too many tries", client)
        return _page(site, None, go=go, name=name, wait=wait)
    kept = account(config, known) if known else ""
    if not _is_right(config, password, kept):
        site.doorkeeper.failed(name, counted, now)
        _refused(site, known, "wrong password" if known else "no such person", client)
        return _page(site, None, go=go, name=name, is_wrong=True)
    who = actor(config.people, known)
    if not who.may(READ):
        _refused(site, known, "no role", client)
        return _page(site, None, go=go, name=name, has_no_role=True)
    who = Actor(name=who.name, roles=who.roles, via=SESSION, client=client)
    with Archive.beside(site.folder) as archive, archive.transaction():
        if before:
            sessions.end(archive, before, at=now)
        token = sessions.begin(archive, known, kept, at=now, until=now + config.web.lasts())
        audit(archive, who, IN)
    site.doorkeeper.succeeded(name)
    return _In(who=who, token=token, go=go)


def _ended(site: Site, who: Actor, token: str) -> None:
    with Archive.beside(site.folder) as archive, archive.transaction():
        sessions.end(archive, token, at=clock.now())
        audit(archive, who, OUT)


def _refused(site: Site, known: str, why: str, client: str) -> None:
    with Archive.beside(site.folder) as archive:
        actions.write(
            archive,
            at=clock.now(),
            person="",
            deed=IN,
            subject=known,
            outcome=actions.REFUSED,
            said=why,
            client=client,
        )


def _is_right(config: Config, password: str, kept: str) -> bool:
    """Whether a password is the one. For a name without an account as much is reckoned, so that the time tells of no name that there is one."""
    if not HASH.fullmatch(kept) or len(password) > _LONGEST_PASSWORD:
        found = [one for name in config.people if HASH.fullmatch(one := account(config, name))]
        verify_password(password[:_LONGEST_PASSWORD], _nobodys(found[0].split("$")[1] if found else "1"))
        return False
    return bool(verify_password(password, kept))


@lru_cache(maxsize=4)
def _nobodys(rounds: str) -> str:
    return str(hash_password("nobody's", iterations=int(rounds)))


def _page(
    site: Site,
    who: Actor | None,
    *,
    go: str,
    name: str = "",
    wait: timedelta = timedelta(0),
    is_wrong: bool = False,
    has_no_role: bool = False,
) -> Page:
    minutes = -(-wait // timedelta(minutes=1))
    values = {
        "go": go,
        "name": name[:100],
        "minutes": minutes,
        "is_wrong": is_wrong,
        "has_no_role": has_no_role,
        "by_proxy": site.config is not None and bool(site.config.web.proxy.secret),
    }
    headers = {"Cache-Control": "no-store"}
    if wait:
        headers["Retry-After"] = str(-(-wait // timedelta(seconds=1)))
    status = 429 if wait else 403 if is_wrong or has_no_role else 200
    return Page(template="sign_in.html", values=values, data={}, status=status, headers=headers)


def _on(go: str) -> Response:
    return Response("", 303, {**STRICT, "Location": local(go), "Cache-Control": "no-store"})


def _set(answer: Response, config: Config, token: str, *, lasts: timedelta) -> None:
    answer.set_cookie(
        cookie_name(config),
        token,
        max_age=int(lasts.total_seconds()),
        path="/",
        secure=is_secure(config),
        httponly=True,
        samesite="lax",
    )
