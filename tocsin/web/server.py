"""Datasette over the archive, for reading: ``captures.db`` is not attached, and nobody writes SQL."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from datasette.app import Datasette
from datasette.plugins import pm

from archive.store import Archive
from tocsin.config import Config
from tocsin.web import (
    captured,
    feeds,
    frame,
    login,
    pages,
    probes,
    review_api,
    speaking,
    spreadsheets,
    sql,
    working,
)
from tocsin.web.described import Described, counted
from tocsin.web.doorkeeper import Doorkeeper
from tocsin.web.headers import App, Receive, Scope, Send
from tocsin.web.keys import secret_of
from tocsin.web.site import Site, site_of
from tocsin.web.tables import metadata
from tocsin.web.warm import warm

_ERRORS = "datasette.handle_exception"
_FOLDER = Path(__file__).parent
_SETTINGS = {
    "allow_facet": False,  # facets scan whole columns of law text
    "suggest_facets": False,
    "allow_download": False,
    "allow_signed_tokens": False,  # tokens of Datasette's own would be a way in that no configuration names
    "default_page_size": 50,
    "max_returned_rows": 500,
    "truncate_cells_html": 300,
    "num_sql_threads": 2,
    "sql_time_limit_ms": 3000,
}


def application(
    folder: Path, config: Config | None = None, *, secret: str = "", doorkeeper: Doorkeeper | None = None
) -> Datasette:
    """The front end over an archive's folder; with the configuration it belongs to it knows the watches as well. ``secret`` and ``doorkeeper`` are those
    that it has in common with other processes, its own where there are none. Raises ``UnsoundArchive`` where there is no archive."""
    Archive.open(folder, read_only=True).close()
    # The last one is asked first for its addresses, and those of pages leave hardly anything over.
    for plugin in (
        pages,
        login,
        captured,
        frame,
        speaking,
        feeds,
        spreadsheets,
        review_api,
        sql,
        probes,
        working,
    ):
        if not pm.is_registered(plugin):
            pm.register(plugin)
    if pm.has_plugin(_ERRORS):  # it prints every refusal with all local variables; ours answers in its place
        pm.unregister(name=_ERRORS)
    datasette = Described(
        [str(folder / "archive.db")],
        metadata=metadata(folder / "archive.db"),
        settings=_SETTINGS,
        secret=secret or secret_of(folder),
        template_dir=str(_FOLDER / "templates"),
        static_mounts=[("tocsin", str(_FOLDER / "static"))],
    )
    datasette.databases["archive"] = counted(datasette, folder / "archive.db")
    datasette.tocsin_site = Site(folder=folder, config=config, doorkeeper=doorkeeper or Doorkeeper())
    return datasette


def started(datasette: Datasette, ready: Callable[[], None]) -> App:
    """Its ASGI application, warmed before it takes a request: nobody who reads meets a cold one. ``ready`` is called when it is."""
    app: App = datasette.app()

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan":
            await app(scope, receive, send)
            return
        await receive()
        await datasette.invoke_startup()
        await asyncio.get_running_loop().run_in_executor(None, warm, datasette, site_of(datasette))
        ready()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})

    return answer
