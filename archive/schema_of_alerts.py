"""The tables of what becomes of an alert: acknowledged, muted, waiting for its hour."""

from __future__ import annotations

ALERTS: tuple[str, ...] = ()
