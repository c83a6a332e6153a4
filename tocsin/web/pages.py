"""Pages of our own in Datasette: the list of what changed, and a change with its redline, reached by a lasting address."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response

from archive import changes
from archive.records import StoredChange
from archive.store import Archive
from diffing.render.html import html

Found = TypeVar("Found")

NEWEST = 500
_SAFE = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self'",
    "X-Content-Type-Options": "nosniff",
}


@hookimpl  # type: ignore[untyped-decorator]
def register_routes() -> list[tuple[str, Any]]:
    """The addresses that alerts link to."""
    return [(r"^/changes$", change_list), (r"^/change/(?P<id>[0-9a-f]+)$", change_page)]


async def change_list(datasette: Datasette, request: Request) -> Response:
    """The newest changes, newest first, or with ``?transition=ID`` those between two editions, in document order; those without
    weight are counted, not listed, unless ``?all=1`` asks for them."""
    everything = request.args.get("all") == "1"
    transition = request.args.get("transition") or ""

    def newest() -> tuple[list[StoredChange], int]:
        with _archive(datasette) as archive:
            if transition:
                found = list(changes.of_transition(archive, transition))
            else:
                found = list(deque(changes.changes(archive), maxlen=NEWEST))[::-1]
        shown = [stored for stored in found if everything or stored.change.materiality == "substantive"]
        return shown, len(found) - len(shown)

    shown, left_out = await _in_thread(newest)
    values = {"changes": shown, "left_out": left_out, "transition": transition}
    return await _render(datasette, request, "tocsin_changes.html", values)


async def change_page(datasette: Datasette, request: Request) -> Response:
    """One change: citation, redline, dates, why it is material, what it touches."""
    wanted = request.url_vars["id"]

    def find() -> StoredChange | None:
        with _archive(datasette) as archive:
            return changes.change(archive, wanted)

    stored = await _in_thread(find)
    if stored is None:
        raise NotFound(f"There is no change {wanted}")
    return await _render(
        datasette,
        request,
        "tocsin_change.html",
        {"stored": stored, "change": stored.change, "redline": html(stored.change)},
    )


def _archive(datasette: Datasette) -> Archive:
    path = datasette.get_database("archive").path
    return Archive.open(Path(path).parent, read_only=True)


async def _in_thread(work: Callable[[], Found]) -> Found:
    """Off the event loop: reading the archive blocks."""
    return await asyncio.get_running_loop().run_in_executor(None, work)


async def _render(datasette: Datasette, request: Request, template: str, values: dict[str, Any]) -> Response:
    body = await datasette.render_template(template, values, request=request)
    return Response.html(body, headers=_SAFE)
