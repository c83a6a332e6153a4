"""Who a request comes from: the session of a browser, the word of the organisation's proxy, or the token of a program. Read-only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from http.cookies import CookieError, SimpleCookie
from typing import Any

from archive import clock, sessions
from tocsin.config import Config
from tocsin.review.roles import Actor, actor
from tocsin.review.tokens import is_same, person_of, secret
from tocsin.web.access import without_name
from tocsin.web.headers import API, given
from tocsin.web.kept import reading
from tocsin.web.site import Site

SESSION, PROXY, TOKEN = "session", "proxy", "token"
OPEN_COOKIE = "tocsin_session"
"""The cookie of a session. Where the pages are reached by https alone its name lets no other host of the domain set it."""
_READING = ("GET", "HEAD")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Who it is, and what is wrong with how they say it ("" for nothing), which is written to the log and told to nobody."""

    who: Actor
    wrong: str = ""


def identify(site: Site, scope: Mapping[str, Any]) -> Found:
    """Who a request comes from. It reads files and the archive, so it does not belong on the event loop."""
    config = site.config
    client = client_of(scope)
    nobody = Found(who=replace(without_name(config), client=client))
    if config is None:
        return nobody
    is_program = scope["path"].startswith(API)
    if (is_program or scope["method"] in _READING) and (sent := given(dict(scope), "authorization")):
        return _by_token(config, sent, nobody)
    if is_program:
        return nobody
    if config.web.proxy.secret:
        return _by_proxy(config, scope, nobody)
    token = token_of(config, scope)
    name = _in_session(site, config, token) if token else ""
    return Found(who=_known(config, name, SESSION, client)) if name else nobody


def token_of(config: Config, scope: Mapping[str, Any]) -> str:
    """What the cookie of a session holds, "" without one."""
    sent = b"; ".join(value for key, value in scope["headers"] if key.lower() == b"cookie")
    try:
        cookies = SimpleCookie(sent.decode("latin-1"))
    except CookieError:
        return ""
    held = cookies.get(cookie_name(config))
    return held.value if held else ""


def cookie_name(config: Config) -> str:
    """What the cookie of a session is called."""
    return f"__Host-{OPEN_COOKIE}" if is_secure(config) else OPEN_COOKIE


def is_secure(config: Config | None) -> bool:
    """Whether people reach the pages by https alone. The configuration says so: what a request says of it anybody could write."""
    return config is not None and config.web.address.startswith("https://")


def account(config: Config, name: str) -> str:
    """The hash of a person's password, "" for somebody without one."""
    said = config.people[name].password if name in config.people else ""
    return secret(said, config.folder) if said.startswith(("env:", "file:")) else said


def client_of(scope: Mapping[str, Any]) -> str:
    """The network address that asks, "" where there is none."""
    return str((scope.get("client") or ("", 0))[0])


def _by_token(config: Config, sent: str, nobody: Found) -> Found:
    """Whose token a program presents (``Authorization: Bearer …``)."""
    scheme, _, presented = sent.partition(" ")
    name = person_of(presented.strip(), config.people, config.folder) if scheme.lower() == "bearer" else ""
    if not name:
        return Found(who=nobody.who, wrong="the token is nobody's")
    return Found(who=_known(config, name, TOKEN, nobody.who.client))


def _in_session(site: Site, config: Config, token: str) -> str:
    with reading(site.folder) as archive:
        name, proof = sessions.person_of(archive.database, token, at=clock.now())
    kept = account(config, name) if name else ""
    return name if kept and sessions.is_of(token, kept, proof) else ""


def _by_proxy(config: Config, scope: Mapping[str, Any], nobody: Found) -> Found:
    """Whom the proxy names. What says that it is the proxy and has not its secret is not believed."""
    proxy = config.web.proxy
    said = [value for key, value in scope["headers"] if key.lower() == proxy.user.lower().encode()]
    shown = given(dict(scope), proxy.secret_header) or ""
    if not is_same(shown, secret(proxy.secret, config.folder)):
        wrong = "the header of the proxy came without its secret" if said else ""
        return Found(who=nobody.who, wrong=wrong)
    if len(said) > 1:
        return Found(who=nobody.who, wrong="the proxy named two people")
    called = said[0].decode("utf-8", "replace").strip() if said else ""
    if not called:
        return nobody
    names = [called] if called in config.people else _with_address(config, called)
    if len(names) != 1:
        return Found(who=nobody.who, wrong="the proxy named somebody whom [people] does not have")
    return Found(who=_known(config, names[0], PROXY, client_of(scope)))


def _with_address(config: Config, called: str) -> list[str]:
    return [name for name, one in config.people.items() if one.address.casefold() == called.casefold()]


def _known(config: Config, name: str, via: str, client: str) -> Actor:
    return replace(actor(config.people, name), via=via, client=client)
