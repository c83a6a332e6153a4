"""In which thread a message was sent: the file of alerts does not say it, the outbox does."""

from __future__ import annotations

from typing import Any

from alerts.message import Payload
from archive.codec import loads
from archive.store import Archive
from tests.tocsin.program import Installation


def thread_of(place: Installation, alert: dict[str, Any]) -> str:
    """The legal act that an alert of the file is about."""
    with Archive.open(place.folder / "archive", read_only=True) as archive:
        (payload,) = archive.database.execute(
            "SELECT payload FROM delivery WHERE message_id = ?", (alert["message_id"],)
        ).fetchone()
    return loads(payload, Payload).thread
