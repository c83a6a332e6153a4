"""Where in a long text the terms stand that a watch met: a few words on each side, for a message that cannot show it all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from alerts.match import Match
from alerts.outcomes import Reason
from archive.records import StoredChange

AROUND = 70
QUOTES = 8


def quotes_of(stored: StoredChange, matches: Sequence[Match]) -> tuple[str, ...]:
    """The first place of each term, in the order of the conditions, at most ``QUOTES``."""
    reasons = dict.fromkeys(reason for match in matches for reason in match.why)
    found = (
        _around(_side(stored, reason.via), start, end)
        for reason in reasons
        for start, end in _first_span(stored, reason)
    )
    return tuple(dict.fromkeys(found))[:QUOTES]


def _first_span(stored: StoredChange, reason: Reason) -> Iterator[tuple[int, int]]:
    text = _side(stored, reason.via)
    if reason.key in ("text", "regex"):
        start = text.find(reason.term)
        if start >= 0:
            yield start, start + len(reason.term)
        return
    for touch in stored.touches:
        if touch.id == reason.term and touch.via == reason.via and touch.start < touch.end <= len(text):
            yield touch.start, touch.end
            return


def _side(stored: StoredChange, via: str) -> str:
    return stored.change.text_before if via == "deleted" else stored.change.text_after


def _around(text: str, start: int, end: int) -> str:
    before = text[max(0, start - AROUND) : start]
    after = text[end : end + AROUND]
    if start > AROUND:
        before = "…" + before.partition(" ")[2]
    if end + AROUND < len(text):
        after = after.rpartition(" ")[0] + "…"
    return " ".join(f"{before}{text[start:end]}{after}".split())
