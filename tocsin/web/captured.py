"""The bytes that were captured, for those who may have them. They come from outside, so a browser is told to keep them as a file and to show nothing of
them: no type, no script, no frame, and a name that no program runs.
"""

from __future__ import annotations

import asyncio
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from archive import actions
from archive.errors import TocsinError
from archive.store import Archive
from tocsin.review.audited import audit
from tocsin.review.roles import CAPTURE, Actor, Denied
from tocsin.web.access import reader
from tocsin.web.forms import refused
from tocsin.web.site import Absent, Page, shown, site_of

_NAMES = {
    "application/pdf": "pdf",
    "application/json": "json",
    "application/xml": "xml.txt",  # a browser runs a style sheet or a script that an XML file of a folder names
    "text/xml": "xml.txt",
    "text/csv": "csv.txt",
    "application/zip": "zip",
}
"""How the name of a file ends by what it is; anything else is a text to look at with care."""
_INERT = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
}


@hookimpl  # type: ignore[untyped-decorator]
def register_routes() -> list[tuple[str, Any]]:
    """A capture by the SHA-256 of its bytes."""
    return [(r"^/capture/(?P<sha256>[0-9a-f]{64})$", download)]


async def download(datasette: Datasette, request: Request) -> Response:
    """The bytes as a file."""
    folder, who, sha256 = site_of(datasette).folder, reader(request), request.url_vars["sha256"]

    def read() -> tuple[bytes, str] | Page:
        try:
            with Archive.beside(folder) as archive:
                return _read(archive, who, sha256)
        except Absent as error:
            return refused(error.line(), status=404)
        except Denied as error:
            return refused(error.line(), status=403)
        except TocsinError as error:
            return refused(error.line(), status=503)

    found = await asyncio.get_running_loop().run_in_executor(None, read)
    if isinstance(found, Page):
        return await shown(datasette, request, found)
    body, name = found
    headers = {**_INERT, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, 200, headers, content_type="application/octet-stream")


def _read(archive: Archive, who: Actor, sha256: str) -> tuple[bytes, str]:
    """The bytes and the name of the file, once it is written down who has them. Raises ``Denied``, ``Absent``, ``UnsoundArchive``."""
    try:
        who.role_for(CAPTURE)
    except Denied as error:
        if who.name:
            audit(archive, who, CAPTURE, subject=sha256, said=error.message, outcome=actions.REFUSED)
        raise
    row = archive.database.execute(
        "SELECT media_type, source FROM capture WHERE sha256 = ? ORDER BY id LIMIT 1", (sha256,)
    ).fetchone()
    if row is None or sha256 not in archive.captures:
        raise Absent(f"The archive does not hold the bytes {sha256}")
    body = archive.captures.get(sha256)
    media_type, source = row
    audit(archive, who, CAPTURE, subject=sha256, said=f"{len(body)} bytes of {source}")
    ending = _NAMES.get(media_type.partition(";")[0].strip().lower(), "txt")
    return body, f"tocsin-{sha256[:16]}.{ending}"
