"""The legal acts that transitions were stages of, as it was known at an instant."""

from __future__ import annotations

from datetime import datetime

from archive import instants
from archive.store import Archive
from tocsin.digest.records import ActStage


def acts_of(archive: Archive, transition: str, *, known: datetime) -> tuple[str, ...]:
    """The ids of the acts that a transition was known to be a stage of, in the order in which it was put to them."""
    rows = archive.database.execute(
        "SELECT event FROM event_stage WHERE transition_id = ? AND at <= ? ORDER BY rowid",
        (transition, instants.written(known)),
    )
    return tuple(event for (event,) in rows)


def stages_of(archive: Archive, act: str, *, known: datetime) -> tuple[ActStage, ...]:
    """The stages of an act that were known, the first one first."""
    rows = archive.database.execute(
        "SELECT stage, at, work, title FROM event_stage WHERE event = ? AND at <= ? ORDER BY rowid",
        (act, instants.written(known)),
    )
    return tuple(
        ActStage(stage=stage, at=instants.read(at), work=work, title=title) for stage, at, work, title in rows
    )
