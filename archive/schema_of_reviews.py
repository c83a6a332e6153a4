"""The tables of reviews and digests, and of the chain that holds their order."""

from __future__ import annotations

REVIEWS: tuple[str, ...] = ()
