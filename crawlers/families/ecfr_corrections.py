"""Corrections of the eCFR: errors that its publisher made in a text and took back, with no rule behind them (facts 2.2).

``admin/v1/corrections/title/{n}.json`` says of each what was wrong since when, when that was corrected, and in which sections and appendices. A
correction changes editions that are long held: those from the day of the error to that of its correction are fetched anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from archive.errors import Refused
from crawlers.acceptance import shrunk, whole_json, wrong
from crawlers.visit import Answer, Visit

BASE = "https://www.ecfr.gov/api/admin/v1"

_LOST = 10  # one in so many may be taken off the list before it is no longer believed


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One error in one part: ``reference`` is the place as cited, ``occurred`` the day since which the text was wrong (None: not told),
    ``corrected`` the day of the correction, ``modified`` the mark by which a change of this row is seen."""

    id: int
    part: str
    reference: str
    action: str
    occurred: date | None
    corrected: date
    citation: str = ""
    modified: str = ""

    @property
    def told(self) -> dict[str, str | None]:
        """What goes along with the edition that it corrected."""
        return {
            "reference": self.reference,
            "action": self.action,
            "occurred": self.occurred.isoformat() if self.occurred else None,
            "corrected": self.corrected.isoformat(),
            "citation": self.citation,
        }

    def reaches(self, day: date) -> bool:
        """Whether an edition of a day has had the error in it, or was the first without it."""
        return (self.occurred is None or self.occurred <= day) and day <= self.corrected


def accept_corrections(answer: Answer, title: int, known: Iterable[str] = ()) -> tuple[Correction, ...]:
    """The corrections of a title, one for each part that one is about. The list must be of this title, and hold what it held."""
    expected = f"the corrections of title {title}"
    value = whole_json(answer, expected=expected)
    rows = value.get("ecfr_corrections") if isinstance(value, dict) else None
    if not isinstance(rows, list):
        raise wrong(answer, f"{expected} are no list")
    try:
        if any(int(row["title"]) != title for row in rows):
            raise wrong(answer, f"{expected} are of other titles, too")
        found = [one for row in rows for one in _corrections(row)]
    except (KeyError, TypeError, ValueError) as error:
        raise wrong(answer, f"{expected} have a row without {error}") from None
    before, here = set(known), {str(row["id"]) for row in rows}
    if len(before - here) * _LOST > len(before):
        raise shrunk(answer, f"{expected} lack {len(before - here)} of {len(before)} that they had")
    return tuple(found)


class Corrections:
    """The corrections of the titles in one crawl: asked once a day and for a title that moved, remembered by their marks."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._memory: dict[str, Any] = dict(visit.state.memory.get("corrections", {}))
        self._of: dict[int, tuple[Correction, ...]] = {}
        #: Whether the host has such lists: one that never had them is asked once a day, for one title.
        self.is_there = self._memory.get("absent") != visit.today.isoformat()

    def is_due(self, title: int) -> bool:
        """Whether a title was not asked for its corrections today."""
        return self.is_there and self._last(title).get("asked") != self._visit.today.isoformat()

    async def read(self, title: int, watched: Iterable[str]) -> tuple[Correction, ...]:
        """The corrections of watched parts that are new, or told otherwise, since the last crawl. A first crawl finds none new: what it brings
        is corrected already. Raises ``Refused``."""
        seen: Mapping[str, str] | None = self._last(title).get("seen")
        url = f"{BASE}/corrections/title/{title}.json"
        try:
            found = await self._visit.fetch(url, partial(accept_corrections, title=title, known=seen or ()))
        except Refused as refused:
            if refused.kind != "NotFound" or seen is not None:
                raise
            self._visit.remark(f"there is no list of corrections: {refused.line()}")
            self.is_there = False
            self._memory["absent"] = self._visit.today.isoformat()
            self._visit.remember(corrections=self._memory)
            return ()
        parts = set(watched)
        mine = self._of[title] = tuple(one for one in found if one.part in parts)
        return () if seen is None else tuple(one for one in mine if seen.get(str(one.id)) != one.modified)

    def settle(self, title: int) -> None:
        """What was read of a title has been followed up: it is remembered."""
        if title in self._of:
            seen = {str(one.id): one.modified for one in self._of[title]}
            self._memory[str(title)] = {"seen": seen, "asked": self._visit.today.isoformat()}
            self._visit.remember(corrections=self._memory)

    def of_edition(self, title: int, part: str, before: date, day: date) -> tuple[Correction, ...]:
        """The corrections that an edition of a day is the first to have, given the day of the edition before it."""
        return tuple(
            one for one in self._of.get(title, ()) if one.part == part and before < one.corrected <= day
        )

    def _last(self, title: int) -> Mapping[str, Any]:
        last: Mapping[str, Any] = self._memory.get(str(title), {})
        return last


def _corrections(row: Mapping[str, Any]) -> Iterator[Correction]:
    if not row["error_corrected"]:  # found, and not yet corrected: it comes again with another mark
        return
    references = row["cfr_references"]
    if not isinstance(references, list):
        raise TypeError("cfr_references")
    parts: dict[str, list[str]] = {}
    for reference in references:
        part = str((reference.get("hierarchy") or {}).get("part") or "")
        if part:
            parts.setdefault(part, []).append(str(reference.get("cfr_reference") or ""))
    occurred = row.get("error_occurred")
    for part, said in parts.items():
        yield Correction(
            id=int(row["id"]),
            part=part,
            reference="; ".join(dict.fromkeys(said)),
            action=str(row.get("corrective_action") or ""),
            occurred=date.fromisoformat(occurred) if occurred else None,
            corrected=date.fromisoformat(row["error_corrected"]),
            citation=str(row.get("fr_citation") or ""),
            modified=str(row.get("last_modified") or ""),
        )
