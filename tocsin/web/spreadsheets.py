"""The tables that Datasette gives out as CSV, with no cell that a spreadsheet would run: they hold words of fetched pages."""

from __future__ import annotations

import asyncio
import csv
import io
import sys
from collections.abc import Awaitable, Callable
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette

from archive.spreadsheet import csv_text
from tocsin.web.headers import App, Receive, Scope, Send

Message = dict[str, Any]


@hookimpl  # type: ignore[untyped-decorator]
def asgi_wrapper(datasette: Datasette) -> Callable[[App], App]:
    """Datasette's hook around all that it answers."""
    return safe_csv


def safe_csv(app: App) -> App:
    """An ASGI application whose CSV is safe to open. Anything else passes as it is."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        asked = scope["path"].endswith(".csv") or b"_format=csv" in scope.get("query_string", b"")
        await app(scope, receive, _Rewriting(send).send if asked else send)

    return answer


class _Rewriting:
    """Passes an answer on; one of CSV is kept until it is whole. Its size is bounded by Datasette's ``max_csv_mb``."""

    def __init__(self, send: Callable[[Message], Awaitable[None]]) -> None:
        self._send = send
        self._start: Message | None = None
        self._body = bytearray()

    async def send(self, message: Message) -> None:
        """One message of the answer."""
        if message["type"] == "http.response.start" and _is_csv(message):
            self._start = message
        elif message["type"] == "http.response.body" and self._start is not None:
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                body = await asyncio.get_running_loop().run_in_executor(None, _safe, self._body)
                await self._send(self._without_length(self._start))
                await self._send({"type": "http.response.body", "body": body})
        else:
            await self._send(message)

    def _without_length(self, start: Message) -> Message:
        headers = [(name, value) for name, value in start["headers"] if name.lower() != b"content-length"]
        return {**start, "headers": headers}


def _is_csv(start: Message) -> bool:
    """Datasette names it ``text/plain`` where it is not to be saved at once."""
    return start["status"] == 200 and any(
        name.lower() == b"content-type" and value.startswith((b"text/csv", b"text/plain"))
        for name, value in start.get("headers", ())
    )


def _safe(body: bytearray) -> bytes:
    csv.field_size_limit(sys.maxsize)
    return csv_text(csv.reader(io.StringIO(body.decode("utf-8"), newline=""))).encode()
