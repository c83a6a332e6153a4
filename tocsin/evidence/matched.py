"""Which watches a change was told to, as they were worded then, and why each met it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from alerts.conditions import Watch
from alerts.explain import explain
from archive.changes import change
from archive.codec import loads
from archive.store import Archive
from tocsin.evidence.shown import Entry


def matched(archive: Archive, key: str, shown: Sequence[Entry]) -> Iterator[tuple[str, str]]:
    """Lines of a watch's name and what it met, condition by condition, by the wording that was in force when the message was owed."""
    stored = change(archive, key)
    wordings = [one for one in shown if one["sort"] == "wordings"]
    told = sorted({one["row"]["watch"] for one in shown if one["sort"] == "owed"})
    if stored is None or not told:
        yield "", "no watch met it"
        return
    for name in told:
        content = [one["said"]["content"] for one in wordings if one["row"]["watch"] == name]
        if not any(content):
            yield name, "its wording of then is not kept"
        for one in filter(None, content):
            for line in explain(loads(one, Watch), stored).lines():
                yield name, line.strip()
