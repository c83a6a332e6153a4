"""What a transition rests on: the capture that its newer edition was read from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from archive import instants
from archive.store import Archive


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One fetch as proof: where it was fetched, when (UTC), the SHA-256 of its bytes in hex, and the ``language`` of the text that was read
    from it."""

    url: str
    fetched_at: datetime
    sha256: str
    language: str = ""


def evidence_of(archive: Archive, transition_id: str) -> Evidence | None:
    """The evidence of a transition, None where the archive does not hold it (any more): what it says is then nobody's to prove."""
    row = archive.database.execute(
        """
        SELECT capture.url, capture.fetched_at, capture.sha256, series.language
        FROM transition
        JOIN series ON series.work = transition.work
        JOIN edition ON edition.series = series.id AND edition.as_of = transition.after
        JOIN capture ON capture.id = edition.capture AND capture.sha256 = transition.after_sha256
        WHERE transition.id = ? ORDER BY edition.id DESC LIMIT 1
        """,
        (transition_id,),
    ).fetchone()
    if row is None:
        return None
    url, fetched_at, sha256, language = row
    return Evidence(url=url, fetched_at=instants.read(fetched_at), sha256=sha256, language=language)
