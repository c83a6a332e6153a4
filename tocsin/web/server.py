"""Datasette over the archive, on loopback, for reading: ``captures.db`` is not attached, and nobody writes SQL."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import uvicorn
from datasette.app import Datasette
from datasette.plugins import pm

from archive.store import Archive
from tocsin.web import pages

_FOLDER = Path(__file__).parent
_SETTINGS = {
    "allow_facet": False,  # facets scan whole columns of law text
    "suggest_facets": False,
    "allow_download": False,
    "default_page_size": 50,
    "truncate_cells_html": 300,
    "num_sql_threads": 2,
}
_METADATA = {
    "title": "tocsin",
    "description": "What changed in export-control and AI regulation, as the archive saw it.",
    "allow_sql": False,
}


def application(folder: Path) -> Datasette:
    """The front end over an archive's folder. Raises ``UnsoundArchive`` where there is none."""
    Archive.open(folder, read_only=True).close()
    if not pm.is_registered(pages):
        pm.register(pages)
    return Datasette(
        [str(folder / "archive.db")],
        metadata=_METADATA,
        settings=_SETTINGS,
        template_dir=str(_FOLDER / "templates"),
        static_mounts=[("tocsin", str(_FOLDER / "static"))],
    )


def serve(folder: Path, address: str) -> None:
    """Serve until interrupted. ``address`` is a URL such as ``http://127.0.0.1:8801``."""
    parts = urlsplit(address)
    uvicorn.run(
        application(folder).app(),
        host=parts.hostname or "127.0.0.1",
        port=parts.port or 8801,
        log_level="warning",
    )
