"""What a crawl knows of itself while it runs, and the one line it comes to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from archive.errors import Refused
from crawlers.events import Finished


def _zero() -> Counter[str]:
    return Counter({"requests": 0, "captures": 0, "unchanged": 0, "refused": 0})


@dataclass(slots=True, kw_only=True)
class Told:
    """Counts, gaps and memory of one crawl. ``ended`` once its logic came to its end; ``stopped`` says why it could not, ``postponed`` that the
    hour is one of quiet. ``in_a_row`` are the refusals of each host since its last good answer; ``is_counted`` and ``uncounted`` as in
    :class:`~crawlers.events.Finished`."""

    counts: Counter[str] = field(default_factory=_zero)
    gaps: list[Refused] = field(default_factory=list)
    memory: dict[str, Any] = field(default_factory=dict)
    stopped: str = ""
    postponed: str = ""
    ended: bool = False
    in_a_row: Counter[str] = field(default_factory=Counter)
    is_counted: bool = False
    uncounted: str = ""

    def finished(self) -> Finished:
        """The last event."""
        complete = self.ended and not self.gaps and not self.stopped
        outcome = "postponed" if self.postponed else "complete" if complete else "incomplete"
        return Finished(
            outcome=outcome,
            reason=self.postponed or ("" if complete else self._reason()),
            counts=dict(self.counts),
            # What a crawl remembers half way may name papers that it never came to ask for.
            memory=self.memory if self.ended else None,
            is_counted=self.is_counted,
            uncounted=self.uncounted,
        )

    def _reason(self) -> str:
        if self.stopped:
            return self.stopped
        if not self.gaps:
            return "the crawl was ended before its time"
        first = self.gaps[0].line()
        if len(self.gaps) == 1:
            return first
        kinds = ", ".join(
            f"{number} {kind}" for kind, number in Counter(gap.kind for gap in self.gaps).most_common()
        )
        return f"{len(self.gaps)} documents or lists refused ({kinds}); the first: {first}"
