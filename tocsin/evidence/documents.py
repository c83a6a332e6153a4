"""A document as it was read for an edition: put together from the archive, else read again from the captured bytes; never any other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from archive import editions
from archive.errors import TocsinError
from archive.records import Expression
from archive.store import Archive
from archive.trees import Standing, digest, flatten
from normalize import reading as readers
from tocsin.hints import hints_of


def document(archive: Archive, edition: Mapping[str, Any]) -> Sequence[Standing]:
    """The provisions of an edition by its row in the chain, in document order; none where what can be had has another digest. An edition that was replaced in
    the instant in which it became known stands in no interval of the archive: its capture is read again."""
    (series,) = archive.database.execute(
        "SELECT series FROM edition WHERE id = ?", (edition["id"],)
    ).fetchone()
    try:
        held = list(flatten(editions.provisions_at(archive, series, edition["as_of"], edition["known_from"])))
    except KeyError:
        held = []
    if digest(held) == edition["digest"]:
        return held
    again = [list(flatten(one.provisions)) for one in _read_again(archive, edition)]
    return next((one for one in again if digest(one) == edition["digest"]), ())


def _read_again(archive: Archive, edition: Mapping[str, Any]) -> Sequence[Expression]:
    try:
        capture = editions.load_capture(archive, edition["capture"])
        read = readers.read(capture.source, capture.body, hints_of(capture))
    except TocsinError:
        return ()
    return [one for one in read.expressions if one.work == edition["work"]]
