"""What is known of a title before it is asked: the editions held, and what the last crawl left as settled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from crawlers.families.ecfr_answers import Title
from crawlers.job import State


def document(title: int, part: str) -> str:
    """The name of a part among the documents of the source."""
    return f"title-{title}/part-{part}"


class Known:
    """One title: its watched parts, the last edition that was handed over of each, and the parts that do not exist.

    A part is settled when it does not exist, or when the archive holds what was handed over last. An edition that the archive
    did not publish (it was held back, or lost with a crash) leaves its part unsettled, and so it is asked for again.
    """

    def __init__(self, state: State, title: int, watched: Iterable[range]) -> None:
        self._state, self._title = state, title
        self._last: Mapping[str, Any] = state.memory.get("titles", {}).get(str(title), {})
        self.watched = [str(part) for part in sorted({part for each in watched for part in each})]
        self.latest: dict[str, str] = dict(self._last.get("latest", {}))
        self.absent: set[str] = set(self._last.get("absent", ()))

    def held(self, part: str) -> date | None:
        """The day of the edition that the archive holds."""
        held = self._state.documents.get(document(self._title, part))
        return None if held is None else held.as_of

    def days(self, part: str) -> list[date]:
        """The days of all editions of a part that the archive is known to hold, oldest first."""
        held, name = self.held(part), document(self._title, part)
        return sorted({*self._state.editions.get(name, ()), *([held] if held else [])})

    def last(self, title: int) -> Title:
        """The title as the last crawl found it."""
        days = {
            name: date.fromisoformat(said) if (said := self._last.get(name)) else None
            for name in ("checked", "amended", "issued")
        }
        return Title(
            number=title,
            up_to=days["checked"],
            amended=days["amended"],
            issued=days["issued"],
            processing=False,
        )

    def unsettled(self) -> list[str]:
        """The parts that have to be asked for, whatever the probe says."""
        return [part for part in self.watched if not self._is_settled(part)]

    def checked(self, title: Title) -> str | None:
        """The day up to which the title was checked, if it has moved since; None if it has not, or was never checked."""
        same = (self._last.get("amended"), self._last.get("issued")) == (
            iso(title.amended),
            iso(title.issued),
        )
        return None if same else self._last.get("checked")

    def forget(self, part: str) -> None:
        """What was known of a part no longer counts."""
        self.latest.pop(part, None)
        self.absent.discard(part)

    def memory(self, title: Title) -> dict[str, Any]:
        """What the next crawl is told, after this one looked at the title."""
        return {
            "amended": iso(title.amended),
            "issued": iso(title.issued),
            "checked": iso(title.up_to),
            "latest": self.latest,
            "absent": sorted(self.absent),
        }

    def _is_settled(self, part: str) -> bool:
        held = self.held(part)
        if part in self.absent:
            return True
        return held is not None and part in self.latest and held.isoformat() >= self.latest[part]


def iso(day: date | None) -> str | None:
    """A date as the memory has it."""
    return None if day is None else day.isoformat()
