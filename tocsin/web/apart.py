"""Datasette's own pages (tables, rows, questions), each made from beginning to end in one thread.

Datasette makes them on the event loop, where setting a page holds up everybody, and hands each statement to a thread: its list of tables asks 150 of them,
and each waits its turn there and back.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import AsgiStream, Request, Response
from datasette.views.base import DataView
from datasette.views.database import DatabaseView
from datasette.views.row import RowView
from datasette.views.table import TableView

from tocsin.web.language import texts_for
from tocsin.web.site import site_of

FORM = r"(\.(?P<format>\w+))?$"
"""What Datasette's addresses end in."""
# The whole file (.db) is another page of Datasette's, which nobody is given.
_PLACES = (
    (r"/(?P<database>archive)(?!\.db$)", DatabaseView),
    (r"/(?P<database>archive)/(?P<table>[^/.]+)", TableView),
    (r"/(?P<database>archive)/(?P<table>[^/]+?)/(?P<pks>[^/]+?)", RowView),
)
# Whoever takes a whole table with them keeps no page from anybody, only other such.
_EXPORTS = ThreadPoolExecutor(max_workers=1, thread_name_prefix="exports")
_form: ContextVar[str | None] = ContextVar("form")
_NOT_APART = "on the loop"


def routes() -> list[tuple[str, Any]]:
    """Datasette's own addresses, as its hook ``register_routes`` wants them."""
    return [(pattern + FORM, _answering(view)) for pattern, view in _PLACES]


def is_apart() -> bool:
    """Whether this thread makes such a page: then it asks the archive itself."""
    return _form.get(_NOT_APART) != _NOT_APART


def is_page() -> bool:
    """Whether what is made is to be looked at, not to be read by a program."""
    return _form.get(_NOT_APART) is None


def _answering(view: type[DataView]) -> Callable[..., Awaitable[Response]]:
    async def answer(datasette: Datasette, request: Request) -> Response:
        threads = _EXPORTS if request.args.get("_stream") else datasette.executor
        return await asyncio.get_running_loop().run_in_executor(threads, _made, view, datasette, request)

    return answer


def _made(view: type[DataView], datasette: Datasette, request: Request) -> Response:
    return asyncio.run(_whole(view, datasette, request))


async def _whole(view: type[DataView], datasette: Datasette, request: Request) -> Response:
    _form.set(request.url_vars["format"])
    response = await view(datasette).dispatch_request(request)
    if isinstance(response, AsgiStream):
        kept = _Kept()
        await response.stream_fn(kept)
        return Response(bytes(kept.body), response.status, response.headers, response.content_type)
    if response.content_type.startswith("text/html"):
        language = texts_for(site_of(datasette).config, request).language
        response.headers |= {"Content-Language": language, "Vary": "Accept-Language, Cookie"}
    return response


class _Kept:
    """Where Datasette writes CSV to, row by row. Its size is bounded by Datasette's ``max_csv_mb``, and it is kept whole anyway
    (``tocsin.web.spreadsheets``)."""

    def __init__(self) -> None:
        self.body = bytearray()

    async def write(self, some: str) -> None:
        """Some more of it."""
        self.body += some.encode()
