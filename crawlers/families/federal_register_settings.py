"""Which papers a crawl of the Federal Register brings, and from when."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from crawlers.settings import CrawlSettings, meaning

FIRST_DAY = date(1994, 1, 1)  # the API has papers from 1994 on

_RANGE = re.compile(r"(\d{1,2})/(\d{1,5}(?:-\d{1,5})?)")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

Conditions = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FederalRegisterSettings(CrawlSettings):
    """Which papers are watched, and from when."""

    agencies: tuple[str, ...] = field(
        # Agencies of which every paper matters here. Of the others (State, Energy, the NRC, ITA, Commerce as such) the bulk is visas, rates, reactors
        # and dumping duties, hundreds of papers a month: theirs are found by the parts that they cite.
        default=("industry-and-security-bureau", "foreign-assets-control-office"),
        metadata=meaning("agencies by their slug in the API"),
    )
    parts: tuple[str, ...] = field(
        # The EAR, the CHIPS guardrails, the ITAR, OFAC's programmes, outbound investment, nuclear exports and assistance.
        default=("15/730-774", "15/231", "22/120-130", "31/500-599", "31/850", "10/110", "10/810"),
        metadata=meaning("parts of the CFR whose papers are taken, as title/part or title/first-last"),
    )
    since: int | str = field(
        default="all",
        metadata=meaning("where the first run begins: a number of days, a date like 2025-01-01, or all"),
    )
    full_text: int | str = field(
        default="all",
        metadata=meaning(
            "papers whose full text is taken: those of so many days before the newest one, or all; of the rest their record is"
        ),
    )
    overlap: int = field(
        default=30, metadata=meaning("days before the newest known paper that are listed again")
    )

    def problems(self) -> tuple[tuple[str, str], ...]:
        """Also: slugs, parts and dates that do not read as such."""
        found = list(CrawlSettings.problems(self))
        found += [("agencies", f"{slug!r} is no slug") for slug in self.agencies if not _SLUG.fullmatch(slug)]
        found += [
            ("parts", f"{part!r} is no part; write it like 15/744")
            for part in self.parts
            if not _RANGE.fullmatch(part)
        ]
        if not self.agencies and not self.parts:
            found.append(("agencies", "must not be empty while parts is empty, too"))
        try:
            self.first_day(date(2000, 1, 1))
        except (ValueError, OverflowError):
            found.append(
                ("since", f"{self.since!r} is neither a number of days, a date like 2025-01-01, nor all")
            )
        if self.full_text != "all" and not (isinstance(self.full_text, int) and self.full_text >= 0):
            found.append(("full_text", f"{self.full_text!r} is neither a number of days nor all"))
        if self.overlap < 0:
            found.append(("overlap", "must not be negative"))
        return tuple(found)

    def first_text_day(self, newest: date) -> date:
        """The day from which papers are taken with their full text, given the newest one that is listed."""
        return newest - timedelta(days=self.full_text) if isinstance(self.full_text, int) else FIRST_DAY

    def first_day(self, today: date) -> date:
        """The day from which a first run lists."""
        if self.since == "all":
            return FIRST_DAY
        if isinstance(self.since, int):
            if self.since < 0:
                raise ValueError(self.since)
            return max(FIRST_DAY, today - timedelta(days=self.since))
        return max(FIRST_DAY, date.fromisoformat(self.since))

    def searches(self) -> dict[str, Conditions]:
        """The searches that together find the papers, by a name that lasts."""
        found: dict[str, Conditions] = {}
        if self.agencies:
            name = "agencies " + " ".join(sorted(self.agencies))
            found[name] = tuple(("conditions[agencies][]", slug) for slug in self.agencies)
        for part in self.parts:
            title, numbers = part.split("/")
            found[f"cfr {part}"] = (("conditions[cfr][title]", title), ("conditions[cfr][part]", numbers))
        return found
