"""Datasette over the archive, on loopback, for reading: ``captures.db`` is not attached, and nobody writes SQL."""

from __future__ import annotations

import sqlite3
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
from tocsin.web.keys import secret_of
from tocsin.web.site import Site
from tocsin.web.tables import metadata

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
    datasette = Datasette(
        [str(folder / "archive.db")],
        metadata=metadata(folder / "archive.db"),
        settings=_SETTINGS,
        secret=secret_of(folder),
        template_dir=str(_FOLDER / "templates"),
        static_mounts=[("tocsin", str(_FOLDER / "static"))],
    )
    datasette.tocsin_site = Site(folder=folder, config=config)
    return datasette


def serve(folder: Path, address: str, config: Config | None = None) -> None:
    """Serve until interrupted. ``address`` is a URL such as ``http://127.0.0.1:8801``."""
    parts = urlsplit(address)
    app = application(folder, config).app()
    threading.Thread(target=_bring_up, args=(folder,), daemon=True).start()
    uvicorn.run(
        app,
        host=parts.hostname or "127.0.0.1",
        port=parts.port or 8801,
        log_level="warning",
        proxy_headers=False,  # whoever asks from this machine could write them
        server_header=False,
    )


def _bring_up(folder: Path) -> None:
    """The search of an archive that was filled before there was an index, or by a run that could not keep it up."""
    try:
        with Archive.open(folder, read_only=True) as archive:
            search_index.update(archive)
    except sqlite3.Error:
        return  # the folder is for reading only: the search page says how much is not in the index
