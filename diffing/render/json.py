"""A change as JSON: the keys that the command line and the front end show, in their order."""

from __future__ import annotations

from archive.codec import dumps
from archive.records import Change


def json(change: Change) -> str:
    """The record as one line of compact JSON."""
    return dumps(change)
