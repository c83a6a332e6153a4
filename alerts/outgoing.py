"""A message as a channel gets it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from alerts.language import texts
from alerts.message import Payload


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A message on its way: ``watches`` are the names with the ids of the changes that each met; ``repeat`` says that an earlier
    try may have arrived."""

    message_id: str
    payload: Payload
    watches: tuple[tuple[str, tuple[str, ...]], ...]
    sent_at: datetime
    repeat: bool = False

    @property
    def title(self) -> str:
        """The title, marked in the message's language where it may be a repeat."""
        if not self.repeat:
            return self.payload.title
        say = texts(self.payload.language)
        return f"{say('[possible repeat]')} {self.payload.title}"
