"""What a crawl hands to the next one, less what it says of documents that were not published.

A crawl remembers what it handed over: digests and validators. If a document was held back, the next crawl has to ask for it again, and for it
alone; so what the memory says of its bytes is put back to what it said before.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any


def without(memory: Mapping[str, Any], before: Mapping[str, Any], digests: Collection[str]) -> dict[str, Any]:
    """``memory`` with each table whose ``sha256`` is one of ``digests`` as it was in ``before``, or left out where it was not there."""
    if memory.get("sha256") in digests:
        return dict(before)
    found: dict[str, Any] = {}
    for key, value in memory.items():
        if not isinstance(value, Mapping):
            found[key] = value
            continue
        was = before.get(key)
        kept = without(value, was if isinstance(was, Mapping) else {}, digests)
        if kept or not value:
            found[key] = kept
    return found
