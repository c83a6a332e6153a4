"""Of a change what many changes share, kept once."""

from __future__ import annotations

DETAILS: tuple[str, ...] = ()
