"""The headers that every answer carries, and the methods that are refused before anybody looks at a request."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

_NOTHING_FOREIGN = "default-src 'none'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; style-src 'self'"
STRICT: Mapping[str, str] = {"content-security-policy": _NOTHING_FOREIGN}
"""What our own pages say: no script at all, and no style but the one sheet."""
_ALWAYS: Mapping[str, str] = {
    # Datasette's own pages style themselves in line; scripts are refused there too.
    "content-security-policy": f"{_NOTHING_FOREIGN} 'unsafe-inline'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
API = "/api/"
"""Where programs write: each request with a token of its own, and no cookie is looked at."""
DOING = "/do/"
"""Where the forms of our pages are sent to (``tocsin.web.forms``)."""
LONGEST = 200_000
"""Bytes of a form."""
_READING = ("GET", "HEAD", "OPTIONS")
_SHOWN = ("static", "static-plugins", "databases", "databases.json", "health", "metrics")
"""What is served below ``/-/``; the rest tells of the machine (its threads, paths and plugins), or would let people in past ``tocsin.web.login``."""
_FORM = "application/x-www-form-urlencoded"


def guarded(app: App, hosts: Collection[str] = (), *, secure: bool = False) -> App:
    """An ASGI application that answers only what may be asked, with the headers. ``hosts`` are the names besides loopback ones and bare addresses under
    which it is reached: another one is a foreign page that had its name point at us. ``secure`` where it is reached by https alone."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return

        async def send_with_headers(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": _with_headers(message.get("headers", ()), secure)}
            await send(message)

        refusal = _refusal(scope, hosts)
        if refusal is None and _is_form(scope):
            body = await _whole(receive)
            refusal = _of_form(body)
            receive = _again(body or b"")
        if refusal:
            await refuse(*refusal, send_with_headers)
        else:
            await app({**scope, "headers": _ours(scope)}, receive, send_with_headers)

    return answer


def given(scope: Scope, name: str) -> str | None:
    """The value of a header of a request, None where it is absent or stands there twice."""
    found = [value for key, value in scope.get("headers", ()) if key.lower() == name.lower().encode()]
    return found[0].decode("latin-1") if len(found) == 1 else None


def _is_form(scope: Scope) -> bool:
    return scope["method"] == "POST" and bool(scope["path"].startswith(DOING))


def _refusal(scope: Scope, hosts: Collection[str]) -> tuple[int, str] | None:
    path: str = scope["path"]
    host = _name_of(f"//{given(scope, 'host') or ''}")
    if not (host in hosts or _is_near(host)):
        return 421, "This server is not called so"
    is_form = _is_form(scope)
    if not is_form and scope["method"] not in _READING and not path.startswith(API):
        return 405, "Nothing is written here"
    if path.startswith("/-/") and path.split("/")[2] not in _SHOWN:
        return 403, "This is not shown"
    if is_form and _is_foreign(scope, (host, *hosts)):
        return 403, "This form comes from another site"
    if is_form and (given(scope, "content-type") or "").partition(";")[0].strip().lower() != _FORM:
        return 415, "A form is sent as a browser sends it"
    return None


def _of_form(body: bytes | None) -> tuple[int, str] | None:
    if body is None:
        return 413, f"A form has {LONGEST:,} bytes at most"
    try:
        unquote_to_bytes(body.replace(b"+", b" ")).decode("utf-8")
        body.decode("ascii")
    except UnicodeDecodeError:
        return 400, "A form is sent in UTF-8"
    return None


def _is_foreign(scope: Scope, hosts: Collection[str]) -> bool:
    """Whether a browser says that the page which sends a form is not ours. A program says nothing of it; it has no token either."""
    if (given(scope, "sec-fetch-site") or "same-origin") not in ("same-origin", "none"):
        return True
    named = [value for key, value in scope["headers"] if key.lower() == b"origin"]
    return any(_name_of(value.decode("latin-1")) not in hosts for value in named)


def _name_of(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _is_near(host: str) -> bool:
    """Whether a name cannot have been pointed at us by somebody else: ``localhost``, or an address as such."""
    try:
        ip_address(host)
    except ValueError:
        return host == "localhost"
    return True


def _ours(scope: Scope) -> list[tuple[bytes, bytes]]:
    """The headers of a request without the ways in that are not ours: passwords in a header (nothing would slow down who guesses), Datasette's own
    cookie of who is there, the token of a form in a header; without any cookie where programs ask, and without what no browser writes into one."""
    kept: list[tuple[bytes, bytes]] = []
    for key, value in scope["headers"]:
        name = key.lower()
        if name == b"authorization" and value[:7].lower() != b"bearer ":
            continue
        if name == b"x-csrftoken":
            continue
        if name == b"cookie":
            parts = [part.strip() for part in value.split(b";")]
            parts = [
                part
                for part in parts
                if part.isascii() and not part.startswith((b"ds_actor=", b"ds_messages="))
            ]
            if not parts or scope["path"].startswith(API):
                continue
            value = b"; ".join(parts)
        kept.append((key, value))
    return kept


def _with_headers(given: Iterable[tuple[bytes, bytes]], secure: bool) -> list[tuple[bytes, bytes]]:
    """Those of an answer with ours. No cookie of ours or of Datasette's is for a script, and none goes over a line that is open where there is another."""
    headers = [
        (key, _closed(value, secure) if key.lower() == b"set-cookie" else value) for key, value in given
    ]
    names = {key.lower() for key, _ in headers}
    return headers + [(k.encode(), v.encode()) for k, v in _ALWAYS.items() if k.encode() not in names]


def _closed(cookie: bytes, secure: bool) -> bytes:
    said = {part.strip().lower() for part in cookie.split(b";")[1:]}
    cookie += b"" if b"httponly" in said else b"; HttpOnly"
    return cookie + (b"; Secure" if secure and b"secure" not in said else b"")


async def _whole(receive: Receive) -> bytes | None:
    """The body of a request, None for one that is too long: it is not read to its end."""
    body, more = b"", True
    while more and len(body) <= LONGEST:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body if len(body) <= LONGEST else None


def _again(body: bytes) -> Receive:
    """A body that was read already."""
    left = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> dict[str, Any]:
        return left.pop() if left else {"type": "http.disconnect"}

    return receive


async def refuse(status: int, said: str, send: Send) -> None:
    """Answer in plain words."""
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"allow", b"GET, HEAD, OPTIONS")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": said.encode()})
