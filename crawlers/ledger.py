"""What a crawl knows of itself while it runs, and the one line it comes to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from archive.errors import Refused
from crawlers.events import Finished


def _zero() -> Counter[str]:
    return Counter({"requests": 0, "captures": 0, "unchanged": 0, "refused": 0})


@dataclass(slots=True, kw_only=True)
class Told:
    """Counts, gaps and memory of one crawl. ``ended`` once its logic came to its end; ``stopped`` says why it could not, ``postponed`` that the
    hour is one of quiet. ``in_a_row`` are the refusals of each host since its last good answer; ``is_counted``, ``uncounted``, ``spoken_since`` and ``spoken_until`` as in
    :class:`~crawlers.events.Finished`; ``unkept`` is what was fetched and the disk did not take."""

    counts: Counter[str] = field(default_factory=_zero)
    gaps: list[Refused] = field(default_factory=list)
    memory: dict[str, Any] = field(default_factory=dict)
    stopped: str = ""
    postponed: str = ""
    ended: bool = False
    in_a_row: Counter[str] = field(default_factory=Counter)
    is_counted: bool = False
    uncounted: str = ""
    spoken_since: date | None = None
    spoken_until: date | None = None
    unkept: list[str] = field(default_factory=list)

    def narrow(self, since: date | None, until: date | None) -> None:
        """The counter says nothing of days before or after these, whatever was said before."""
        self.spoken_since = max(filter(None, (self.spoken_since, since)), default=None)
        self.spoken_until = min(filter(None, (self.spoken_until, until)), default=None)

    def finished(self) -> Finished:
        """The last event."""
        complete = self.ended and not self.gaps and not self.stopped and not self.unkept
        outcome = "postponed" if self.postponed else "complete" if complete else "incomplete"
        return Finished(
            outcome=outcome,
            reason=self.postponed or ("" if complete else self._reason()),
            counts=dict(self.counts),
            # What a crawl remembers half way may name papers that it never came to ask for, or that nobody has.
            memory=self.memory if self.ended and not self.unkept else None,
            is_counted=self.is_counted and not self.unkept,
            uncounted="" if self.unkept else self.uncounted,
            spoken_since=self.spoken_since,
            spoken_until=self.spoken_until,
        )

    def _reason(self) -> str:
        if self.stopped:
            return self.stopped
        if self.unkept:
            more = f" (and {len(self.unkept) - 1} more)" if len(self.unkept) > 1 else ""
            return f"{self.unkept[0]}{more}"
        if not self.gaps:
            return "the crawl was ended before its time"
        first = self.gaps[0].line()
        if len(self.gaps) == 1:
            return first
        kinds = ", ".join(
            f"{number} {kind}" for kind, number in Counter(gap.kind for gap in self.gaps).most_common()
        )
        return f"{len(self.gaps)} documents or lists refused ({kinds}); the first: {first}"
