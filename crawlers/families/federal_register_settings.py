"""Which papers a crawl of the Federal Register brings, and from when."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from crawlers.settings import CrawlSettings, meaning

FIRST_DAY = date(1994, 1, 1)  # the API has papers from 1994 on

_RANGE = re.compile(r"(\d{1,2})/(\d{1,5}(?:-\d{1,5})?)")
_AGENCY = re.compile(r"(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)(?:\s*:\s*(?P<words>\S.*))?")

Conditions = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FederalRegisterSettings(CrawlSettings):
    """Which papers are watched, and from when."""

    agencies: tuple[str, ...] = field(
        # Agencies of which every paper matters here (BIS had another name before 2002, facts 1.4). Of the others the bulk is visas, rates, reactors and
        # dumping duties, hundreds of papers a month, and their notices on our matters cite no part: those are found by their words.
        default=(
            "industry-and-security-bureau",
            "export-administration-bureau",
            "foreign-assets-control-office",
            'state-department: "Arms Export Control Act" | "defense trade" | "statutory debarment" | "Nonproliferation Act"',
            'treasury-department: "outbound investment" | "countries of concern" | "foreign investment"',
            'commerce-department: "CHIPS Act" | "export controls"',
            'energy-department: "Part 810" | "nuclear nonproliferation" | "subsequent arrangement"',
            'nuclear-regulatory-commission: "export license" | "license to export"',
            'international-trade-administration: "export controls" | "Consolidated Screening List"',
            'executive-office-of-the-president: "export control" | "artificial intelligence" | semiconductor',
        ),
        metadata=meaning(
            "agencies by their slug in the API; behind a colon words that their papers must have, like state-department: debarment | visa"
        ),
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
        found += [
            (
                "agencies",
                f"{said!r} is no slug; write it like state-department, or state-department: debarment",
            )
            for said in self.agencies
            if not _AGENCY.fullmatch(said)
        ]
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

    def begins(self, today: date) -> date:
        """A first run brings every paper from its first day on."""
        return self.first_day(today)

    def chosen_agencies(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Each agency by its slug, with the words of which its papers must have one; none for all of its papers."""
        found = (hit for said in self.agencies if (hit := _AGENCY.fullmatch(said)))
        return tuple(
            (
                hit["slug"],
                tuple(word.strip().strip('"') for word in (hit["words"] or "").split("|") if word.strip()),
            )
            for hit in found
        )

    def searches(self) -> dict[str, Conditions]:
        """The searches that together find the papers, by a name that lasts."""
        found: dict[str, Conditions] = {}
        # One search an agency: the API refuses a search as a whole for one slug that it does not know.
        for said in self.agencies:
            hit = _AGENCY.fullmatch(said)
            if hit is not None:
                words = (("conditions[term]", hit["words"]),) if hit["words"] else ()
                found[f"agency {said}"] = (("conditions[agencies][]", hit["slug"]), *words)
        for part in self.parts:
            title, numbers = part.split("/")
            found[f"cfr {part}"] = (("conditions[cfr][title]", title), ("conditions[cfr][part]", numbers))
        return found
