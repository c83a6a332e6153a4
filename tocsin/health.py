"""What a person should know of the sources: a line each, and whether any of them needs a hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from archive.ledger import SourceHealth
from tocsin.config import Config


def health_lines(found: Sequence[SourceHealth], config: Config) -> Iterator[str]:
    """The table of ``tocsin health``: state, source, last success, last change, and the reason of a failure under it.

    ``ok`` is said of a source only once it has reached its goal: while its first run is under way nothing is known of it."""
    known = {health.source for health in found}
    for health in found:
        yield (
            f"{_state(health):<5}{health.source}  last success {_moment(health.last_success)}"
            f"  last change {_moment(health.last_change)}  failures in a row {health.failures}  held {len(health.held)}"
        )
        if not is_well(health) and health.last_reason:
            yield f"     {health.last_reason}"
        for held in health.held:
            yield f"     held capture {held.id} ({held.document} of {held.as_of}): {held.reason}"
    for source, settings in config.sources.items():
        if settings.enabled and source not in known:
            yield f"-    {source}  never ran"


def is_well(health: SourceHealth) -> bool:
    """Whether the last run reached its goal and nothing waits for a person."""
    return health.failures == 0 and not health.held


def _state(health: SourceHealth) -> str:
    if not is_well(health):
        return "FAIL"
    return "ok" if health.last_success else "-"


def exit_status(found: Iterable[SourceHealth]) -> int:
    """0 when all is well, else 1."""
    return 0 if all(is_well(health) for health in found) else 1


def _moment(instant: object) -> str:
    return str(instant)[:16] if instant else "never"
