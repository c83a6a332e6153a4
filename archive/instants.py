"""Instants as the archive writes them: UTC text of one width, so that text order is time order; and microseconds for the hot table."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def written(instant: datetime) -> str:
    """``2026-06-18T09:00:00.000000Z``. Raises ``ValueError`` for an instant without an offset: it names no moment."""
    return _in_utc(instant).isoformat(timespec="microseconds").replace("+00:00", "Z")


def read(text: str) -> datetime:
    """The instant that ``written`` wrote."""
    return datetime.fromisoformat(text)


def read_optional(text: str | None) -> datetime | None:
    """The same, None for nothing."""
    return None if text is None else datetime.fromisoformat(text)


def microseconds(instant: datetime) -> int:
    """Microseconds since 1970 in UTC, exact."""
    return (_in_utc(instant) - _EPOCH) // _MICROSECOND


def from_microseconds(count: int) -> datetime:
    """The instant of ``microseconds``."""
    return _EPOCH + timedelta(microseconds=count)


def _in_utc(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError(f"{instant} has no offset: it names no moment")
    return instant.astimezone(UTC)
