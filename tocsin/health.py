"""What a person should know of the sources: a line each, and whether any of them needs a hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from archive.incidents import Incident
from archive.ledger import SourceHealth
from crawlers.card import source_cards
from tocsin.config import Config
from tocsin.expectation import Age, age


def ages(found: Sequence[SourceHealth], config: Config, now: datetime) -> dict[str, Age]:
    """How old each source is against what is expected of it."""
    cards = source_cards()
    return {
        health.source: age(
            cards[health.source],
            config.sources[health.source].every if health.source in config.sources else "",
            health.last_success,
            health.last_change,
            now,
        )
        for health in found
        if health.source in cards
    }


def health_lines(
    found: Sequence[SourceHealth],
    config: Config,
    *,
    ages: Mapping[str, Age] | None = None,
    incidents: Sequence[Incident] = (),
) -> Iterator[str]:
    """The table of ``tocsin health``: state, source, last success, last change, and under it the reason of a failure, what is late, and the incidents
    that are open.

    ``ok`` is said of a source only once it has reached its goal: while its first run is under way nothing is known of it."""
    known = {health.source for health in found}
    for health in found:
        own = (ages or {}).get(health.source, Age())
        idle = f" ({own.idle} working days ago)" if own.idle is not None else ""
        opened = [incident for incident in incidents if incident.source == health.source]
        yield (
            f"{_state(health, own):<5}{health.source}  last success {_moment(health.last_success)}"
            f"  last change {_moment(health.last_change)}{idle}  failures in a row {health.failures}  held {len(health.held)}"
            f"  incidents {len(opened)}"
        )
        if not is_well(health) and health.last_reason:
            yield f"     {health.last_reason}"
        if own.late:
            yield f"     no run has reached its goal since, and one should have by {_moment(own.late)}"
        if own.is_stale:
            yield f"     nothing has changed for {own.idle} working days, usually something does within {own.usual}"
        for held in health.held:
            yield f"     held capture {held.id} ({held.document} of {held.as_of}): {held.reason}"
        for incident in opened:
            since = f"since {_moment(incident.opened_at)}{', escalated' if incident.escalated_at else ''}"
            yield f"     incident {incident.id} ({incident.sort}, {since}): {incident.said}"
    for source, settings in config.sources.items():
        if settings.enabled and source not in known:
            yield f"-    {source}  never ran"


def is_well(health: SourceHealth) -> bool:
    """Whether the last run reached its goal and nothing waits for a person."""
    return health.failures == 0 and not health.held


def exit_status(
    found: Iterable[SourceHealth],
    ages: Mapping[str, Age] | None = None,
    incidents: Sequence[Incident] = (),
) -> int:
    """0 when all is well, in time and without an open incident, else 1."""
    well = all(is_well(health) for health in found)
    in_time = all(own.late is None and not own.is_stale for own in (ages or {}).values())
    return 0 if well and in_time and not incidents else 1


def _state(health: SourceHealth, own: Age) -> str:
    if not is_well(health):
        return "FAIL"
    if own.late:
        return "LATE"
    if own.is_stale:
        return "IDLE"
    return "ok" if health.last_success else "-"


def _moment(instant: object) -> str:
    return str(instant)[:16] if instant else "never"


def health_data(
    found: Sequence[SourceHealth],
    config: Config | None,
    *,
    ages: Mapping[str, Age] | None = None,
    incidents: Sequence[Incident] = (),
    in_words: bool = True,
) -> dict[str, Any]:
    """The same for programs, JSON-ready. Without ``in_words`` reasons and words of incidents are left out: they can name addresses, and a probe is
    read by machines."""
    sources = [_source_data(one, (ages or {}).get(one.source, Age()), in_words) for one in found]
    known = {one.source for one in found}
    never = (
        [name for name, own in config.sources.items() if own.enabled and name not in known] if config else []
    )
    return {
        "status": "failing" if exit_status(found, ages, incidents) else "ok",
        "sources": sources + [{"source": name, "state": "never ran"} for name in never],
        "incidents": [
            {
                "id": one.id,
                "source": one.source,
                "sort": one.sort,
                "opened_at": _written(one.opened_at),
                "escalated_at": _written(one.escalated_at),
                **({"said": one.said} if in_words else {}),
            }
            for one in incidents
        ],
    }


_STATES = {"FAIL": "failing", "LATE": "late", "IDLE": "idle", "ok": "ok", "-": "not known yet"}


def _source_data(health: SourceHealth, own: Age, in_words: bool) -> dict[str, Any]:
    return {
        "source": health.source,
        "state": _STATES[_state(health, own)],
        "last_run": _written(health.last_run),
        "last_success": _written(health.last_success),
        "last_change": _written(health.last_change),
        "failures": health.failures,
        "held": len(health.held),
        "running": health.running,
        "late_since": _written(own.late),
        "idle_working_days": own.idle,
        **({"reason": health.last_reason} if in_words and not is_well(health) else {}),
    }


def _written(instant: datetime | None) -> str | None:
    return None if instant is None else instant.isoformat(timespec="seconds")
