"""The one clock. ``TOCSIN_NOW`` sets it for a replay, and only for a replay.

The variable holds an ISO instant or date (``2026-06-18`` or ``2026-06-18T09:00:00+00:00``; without an offset
it is UTC). It is refused unless ``TOCSIN_HOSTS`` points away from the official hosts, so that a record of what was
seen when can never be forged against the real sources by a forgotten variable.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime

from archive.errors import BadInput


def now(environment: Mapping[str, str] | None = None) -> datetime:
    """The present instant in UTC, or the one that ``TOCSIN_NOW`` sets. Raises ``BadInput``."""
    environment = os.environ if environment is None else environment
    said = environment.get("TOCSIN_NOW", "").strip()
    if not said:
        return datetime.now(UTC)
    if not environment.get("TOCSIN_HOSTS", "").strip():
        raise BadInput(
            "the clock is set by hand while the official hosts are in use",
            thing="TOCSIN_NOW",
            mend="Unset it, or map the hosts to a replica with TOCSIN_HOSTS",
        )
    try:
        instant = datetime.fromisoformat(said)
    except ValueError:
        raise BadInput(
            f"{said!r} is not an ISO date or instant",
            thing="TOCSIN_NOW",
            mend="Write it like 2026-06-18 or 2026-06-18T09:00:00+00:00",
        ) from None
    return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)


def is_replayed(environment: Mapping[str, str] | None = None) -> bool:
    """Whether the clock is set by ``TOCSIN_NOW``; written to the ledger with each run."""
    environment = os.environ if environment is None else environment
    return bool(environment.get("TOCSIN_NOW", "").strip())
