"""What the chain and the evidence files need beside the rows that they are about."""

from __future__ import annotations

EVIDENCE: tuple[str, ...] = ()
