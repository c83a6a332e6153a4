"""What a reader is told of a capture besides its bytes."""

from __future__ import annotations

from archive.records import Capture
from normalize.profile import Hints


def hints_of(capture: Capture) -> Hints:
    """The date, names and index entry that came with the bytes. A document that moved on its site is read under its first address, which
    its work is named after."""
    return Hints(
        as_of=capture.as_of,
        url=str(capture.meta.get("first_url") or capture.url),
        media_type=capture.media_type,
        document=capture.document,
        meta=capture.meta,
    )
