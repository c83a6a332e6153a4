"""Papers of the Federal Register as a story needs them: any type, with its own action, dates and text. All of it is invented."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.replica.faults import Reply
from tests.replica.federal_register import FederalRegister, Paper
from tests.replica.server import Replica

TYPES = {"RULE": "Rule", "PRORULE": "Proposed Rule", "NOTICE": "Notice", "PRESDOCU": "Presidential Document"}
COMMERCE = ("commerce-department", "industry-and-security-bureau")
SETTINGS: dict[str, Any] = {
    "agencies": [COMMERCE[1]],
    "parts": ["15/730-774"],
    "since": "all",
    "overlap": 30,
}


@dataclass(frozen=True, kw_only=True)
class Printed:
    """A paper: ``body`` is what stands behind its preamble, as the paragraphs of it; ``said`` are further members of its record."""

    number: str
    day: date
    title: str
    action: str = "Notice."
    root: str = "NOTICE"
    summary: str = "This paper was written for a test and has no force."
    dates: str = "None."
    body: tuple[str, ...] = ()
    markup: str = ""
    cfr: tuple[tuple[int, int], ...] = ((15, 774),)
    agencies: tuple[str, ...] = COMMERCE
    filed: date | None = None
    said: Mapping[str, Any] = field(default_factory=dict)

    def xml(self) -> bytes:
        """Its full text."""
        preamble = "".join(
            f'<{tag}><HD SOURCE="HED">{name}:</HD><P>{words}</P></{tag}>\n'
            for tag, name, words in (
                ("AGY", "AGENCY", "Bureau of Industry and Security, Commerce."),
                ("ACT", "ACTION", self.action),
                ("SUM", "SUMMARY", self.summary),
                ("DATES", "DATES", self.dates),
            )
        )
        text = "".join(f"<P>{paragraph}</P>\n" for paragraph in self.body)
        cited = "".join(f"<CFR>{title} CFR Part {part}</CFR>\n" for title, part in self.cfr)
        supplement = (
            f'<SUPLINF>\n<HD SOURCE="HED">SUPPLEMENTARY INFORMATION:</HD>\n{text}{self.markup}</SUPLINF>\n'
        )
        return (
            f"<{self.root}>\n<PREAMB>\n{cited}<SUBJECT>{self.title}</SUBJECT>\n{preamble}</PREAMB>\n{supplement}"
            f"<FRDOC>[FR Doc. {self.number} Filed {self.day:%m-%d-%y}; 8:45 am]</FRDOC>\n"
            f"<BILCOD>BILLING CODE 3510-33-P</BILCOD>\n</{self.root}>\n"
        ).encode()

    def paper(self) -> Paper:
        """As the service lists it."""
        return Paper(
            number=self.number,
            day=self.day,
            title=self.title,
            agencies=self.agencies,
            cfr=self.cfr,
            paragraphs=(self.summary,),
            filed=self.filed,
        )


@dataclass(kw_only=True)
class Register(FederalRegister):
    """The service over such papers."""

    printed: dict[str, Printed] = field(default_factory=dict)

    def answer(self, path: str, query: dict[str, list[str]], today: date, base: str) -> Reply:
        """Their own texts; all else as ever."""
        self.papers = [one.paper() for one in self.printed.values()]
        hit = re.fullmatch(r"/documents/full_text/(xml|text)/[\d/]+/([\w-]+)\.(?:xml|txt)", path)
        paper = self.printed.get(hit[2]) if hit else None
        if hit is None or paper is None or paper.day > today:
            return super().answer(path, query, today, base)
        if hit[1] == "xml":
            return Reply(body=paper.xml(), media_type="text/xml; charset=utf-8")
        words = re.sub(r"<[^>]*>", " ", paper.xml().decode())
        return Reply(body=words.encode(), media_type="text/plain; charset=utf-8")

    def _record(self, paper: Paper, fields: list[str], base: str) -> dict[str, object]:  # type: ignore[override]
        printed = self.printed[paper.number]
        said = {"type": TYPES[printed.root], "action": printed.action, "dates": printed.dates, **printed.said}
        known = super()._record(paper, fields, base)
        return {**known, **{name: value for name, value in said.items() if name in fields}}


def register(*papers: Printed, today: date) -> Replica:
    """A replica with these papers."""
    return Replica(today=today, register=Register(printed={one.number: one for one in papers}))
