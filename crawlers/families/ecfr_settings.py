"""Which parts of the CFR a crawl of the eCFR brings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from crawlers.settings import CrawlSettings, meaning

_RANGE = re.compile(r"(\d{1,2})/(\d{1,5})(?:-(\d{1,5}))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class EcfrSettings(CrawlSettings):
    """Which parts are watched."""

    parts: tuple[str, ...] = field(
        # The EAR, the CHIPS guardrails, the ITAR, nuclear exports and assistance, OFAC's programmes, outbound investment.
        default=("15/730-774", "15/231", "22/120-130", "10/110", "10/810", "31/500-599", "31/850"),
        metadata=meaning("parts of the CFR as title/part or title/first-last"),
    )
    editions: int = field(default=40, metadata=meaning("editions of one part to catch up with in one crawl"))

    def problems(self) -> tuple[tuple[str, str], ...]:
        """Also: ranges that do not read as such."""
        found = list(CrawlSettings.problems(self))
        if not self.parts:
            found.append(("parts", "must name at least one part"))
        for words in self.parts:
            hit = _RANGE.fullmatch(words)
            if not hit or not 1 <= int(hit[1]) <= 50 or int(hit[3] or hit[2]) < int(hit[2]):
                found.append(
                    ("parts", f"{words!r} is no part of the CFR; write it like 15/744 or 15/730-774")
                )
        if self.editions < 1:
            found.append(("editions", "must be 1 or more"))
        return tuple(found)

    def ranges(self) -> dict[int, tuple[range, ...]]:
        """Title → ranges of part numbers."""
        found: dict[int, tuple[range, ...]] = {}
        for words in self.parts:
            hit = _RANGE.fullmatch(words)
            assert hit is not None
            title = int(hit[1])
            found[title] = (*found.get(title, ()), range(int(hit[2]), int(hit[3] or hit[2]) + 1))
        return found


def takes(work: str, settings: EcfrSettings) -> str | None:
    """Why a work would never come from a crawl with these settings, None where it would."""
    hit = re.fullmatch(r"us/cfr/(\d+)/(\d+)(?:/.*)?", work)
    if hit is None:
        return f"{work} is not a part of the CFR"
    if any(int(hit[2]) in part for part in settings.ranges().get(int(hit[1]), ())):
        return None
    return f"{hit[1]} CFR part {hit[2]} is not among the watched parts ({', '.join(settings.parts)})"
