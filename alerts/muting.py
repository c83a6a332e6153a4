"""Whether a person muted what a message is about: a watch, a document, a legal act."""

from __future__ import annotations

from datetime import datetime

from alerts.people import Recipient
from archive import mutes
from archive.mutes import Mute
from archive.outbox import Owed
from archive.store import Archive


class Muting:
    """The mutes of an archive at one instant."""

    def __init__(self, archive: Archive, now: datetime) -> None:
        self._archive, self._now = archive, now
        self._mutes = mutes.mutes(archive)

    def of(self, row: Owed, person: Recipient) -> Mute | None:
        """The mute that a message of this person falls under, None for none."""
        for mute in self._mutes:
            if mute.person not in (person.name, person.address):
                continue
            if self._now < person.hours.first_instant_of(mute.until) and self._covers(mute, row):
                return mute
        return None

    def _covers(self, mute: Mute, row: Owed) -> bool:
        if mute.sort == mutes.WATCH:
            return row.delivery.watch == mute.subject
        transition = row.delivery.transition_id
        if mute.sort == mutes.EVENT:
            return mute.subject in mutes.events_of(self._archive, transition)
        works = mutes.works_of(self._archive, transition, row.delivery.changes)
        return any(work == mute.subject or work.startswith(f"{mute.subject}/") for work in works)
