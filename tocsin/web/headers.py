"""The headers that every answer carries, and the methods that are refused before anybody looks at a request."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

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
WRITING = ("/api/",)
"""Where anything but reading is let through, to be refused or allowed by what stands there."""
_READING = ("GET", "HEAD", "OPTIONS")
_SHOWN = ("static", "static-plugins", "databases", "databases.json")
"""What is served below ``/-/``; the rest tells of the machine (its threads, paths and plugins)."""


def guarded(app: App) -> App:
    """An ASGI application that answers only what may be asked, with the headers."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return

        async def send_with_headers(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                given = list(message.get("headers", ()))
                names = {name.lower() for name, _ in given}
                given += [(k.encode(), v.encode()) for k, v in _ALWAYS.items() if k.encode() not in names]
                message = {**message, "headers": given}
            await send(message)

        refusal = _refusal(scope)
        if refusal:
            await _refuse(refusal, send_with_headers)
        else:
            await app(scope, receive, send_with_headers)

    return answer


def _refusal(scope: Scope) -> tuple[int, str] | None:
    path = scope["path"]
    if scope["method"] not in _READING and not path.startswith(WRITING):
        return 405, "Nothing is written here"
    if path.startswith("/-/") and path.split("/")[2] not in _SHOWN:
        return 403, "This is not shown"
    return None


async def _refuse(refusal: tuple[int, str], send: Send) -> None:
    status, said = refusal
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"allow", b"GET, HEAD, OPTIONS")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": said.encode()})
