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
    """Counts, gaps and memory of one crawl. ``ended`` once its logic came to its end; ``stopped`` says why it could not."""

    counts: Counter[str] = field(default_factory=_zero)
    gaps: list[Refused] = field(default_factory=list)
    memory: dict[str, Any] = field(default_factory=dict)
    stopped: str = ""
    ended: bool = False
    in_a_row: int = 0

    def finished(self) -> Finished:
        """The last event."""
        complete = self.ended and not self.gaps and not self.stopped
        return Finished(
            outcome="complete" if complete else "incomplete",
            reason="" if complete else self._reason(),
            counts=dict(self.counts),
            memory=self.memory,
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
