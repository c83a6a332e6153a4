"""Datasette over the archive, on loopback, for reading: ``captures.db`` is not attached, and nobody writes SQL."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import threading
from pathlib import Path
from urllib.parse import urlsplit

import uvicorn
from datasette.app import Datasette
from datasette.plugins import pm

from archive import search_index
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
from tocsin.web.keys import secret_of
from tocsin.web.site import Site, site_of
from tocsin.web.tables import metadata
from tocsin.web.warm import warm

_ERRORS = "datasette.handle_exception"
_FOLDER = Path(__file__).parent
_SWITCH = 0.001
"""Seconds after which a thread that makes a page lets the others go on, at the latest: the loop takes a dozen turns for an answer, and waits for each."""
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


def application(folder: Path, config: Config | None = None) -> Datasette:
    """The front end over an archive's folder; with the configuration it belongs to it knows the watches as well. Raises ``UnsoundArchive`` where there is
    no archive."""
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
        secret=secret_of(folder),
        template_dir=str(_FOLDER / "templates"),
        static_mounts=[("tocsin", str(_FOLDER / "static"))],
    )
    datasette.databases["archive"] = counted(datasette, folder / "archive.db")
    datasette.tocsin_site = Site(folder=folder, config=config)
    return datasette


def serve(folder: Path, address: str, config: Config | None = None) -> None:
    """Serve until interrupted. ``address`` is a URL such as ``http://127.0.0.1:8801``."""
    parts = urlsplit(address)
    datasette = application(folder, config)
    app = datasette.app()
    asyncio.run(datasette.invoke_startup())
    sys.setswitchinterval(_SWITCH)
    threading.Thread(target=_bring_up, args=(datasette,), daemon=True).start()
    uvicorn.run(
        app,
        host=parts.hostname or "127.0.0.1",
        port=parts.port or 8801,
        log_level="warning",
        proxy_headers=False,  # whoever asks from this machine could write them
        server_header=False,
    )


def _bring_up(datasette: Datasette) -> None:
    """What the first readers need; and the search of an archive that was filled before there was an index, or by a run that could not keep it up."""
    site = site_of(datasette)
    warm(datasette, site)
    try:
        with Archive.open(site.folder, read_only=True) as archive:
            search_index.update(archive)
    except sqlite3.Error:
        return  # the folder is for reading only: the search page says how much is not in the index
