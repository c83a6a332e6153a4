"""A digest as PDF: the HTML as it is printed. The same digest gives the same bytes on a machine with the same fonts and libraries."""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from archive.errors import TocsinError
from archive.uncollected import uncollected


def pdf(html: str, *, at: datetime, identifier: str) -> bytes:
    """The document that ``html`` prints as, dated ``at``. It fetches nothing: whatever a template links to is left out. Raises
    ``TocsinError`` on a machine without Pango."""
    with _without_harfbuzz_too():
        return _printed(html, at, identifier)


def _printed(html: str, at: datetime, identifier: str) -> bytes:
    try:
        from weasyprint import HTML  # it takes long to import, and most commands print nothing
        from weasyprint.urls import URLFetcher
    except OSError as error:
        raise TocsinError(
            f"Pango, which sets the PDF, cannot be loaded ({str(error).splitlines()[0]})",
            thing="digest.pdf",
            mend="Install libpango-1.0-0 and libpangoft2-1.0-0",
        ) from None

    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    alone = URLFetcher(allowed_protocols=("data",), allow_redirects=False)
    dated = f'<meta name="dcterms.created" content="{at:%Y-%m-%dT%H:%M:%SZ}"></head>'
    # The layout makes millions of objects that all live to its end: looking for garbage among them took a fifth of the time.
    with _same_dates(at), uncollected():
        data: bytes = HTML(string=html.replace("</head>", dated, 1), url_fetcher=alone).write_pdf(
            pdf_identifier=identifier.encode(), pdf_tags=True
        )
    return data


@contextmanager
def _without_harfbuzz_too() -> Iterator[None]:
    """A machine without the library that cuts fonts down prints all the same, by another one: what WeasyPrint 70 says of that concerns nobody here."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="HarfBuzz-Subset", category=DeprecationWarning)
        yield


@contextmanager
def _same_dates(at: datetime) -> Iterator[None]:
    """``SOURCE_DATE_EPOCH``, by which fonttools dates the subsets of fonts (reproducible-builds.org)."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(int(at.timestamp()))
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before
