"""What people did on the pages, and when they last read."""

from __future__ import annotations

ACCESS: tuple[str, ...] = ()
