"""legislation.gov.uk: the law of the United Kingdom as revised, in Crown Legislation Markup, replaced in place (facts 8.2)."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import date

from lxml import etree

from archive.records import Capture
from crawlers.acceptance import shrunk, whole_xml, wrong
from crawlers.families.addressed import Address, Judged, crawl_addresses
from crawlers.settings import CrawlSettings, meaning
from crawlers.visit import Answer, Visit
from crawlers.walls import refusal

_TEXT = re.compile(
    r"[a-z]{2,6}/\d{4}/\d+(?:/(?:schedule|annex|part|article|section|regulation)/[0-9A-Za-z]+)*"
)
# The publisher counts the provisions of each text; the count and the marks agree in whole texts (measured on both of the corpus).
_KEPT = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class UkLegislationSettings(CrawlSettings):
    """Which texts are watched."""

    texts: tuple[str, ...] = field(
        # The Export Control Order 2008, the assimilated dual-use regulation with the list, the Export Control Act 2002.
        default=("uksi/2008/3231", "eur/2009/428", "ukpga/2002/28"),
        metadata=meaning(
            "texts by their place, like uksi/2008/3231, or pieces of one, like uksi/2008/3231/schedule/3"
        ),
    )

    def problems(self) -> tuple[tuple[str, str], ...]:
        """Also: places that are none."""
        found = list(CrawlSettings.problems(self))
        if not self.texts:
            found.append(("texts", "must name at least one text"))
        found += [
            ("texts", f"{text!r} is no text; write it like uksi/2008/3231")
            for text in self.texts
            if not _TEXT.fullmatch(text)
        ]
        return tuple(found)


async def crawl(visit: Visit, settings: UkLegislationSettings) -> AsyncIterator[Capture]:
    """The texts that are not held as they now are."""
    addresses = [
        Address(document=f"/{text}/data.xml", url=f"https://www.legislation.gov.uk/{text}/data.xml")
        for text in settings.texts
    ]
    async for capture in crawl_addresses(visit, "uk_legislation", addresses, accept_uk_text):
        yield capture


def accept_uk_text(answer: Answer, address: Address) -> Judged:
    """A text under its own address, with as many provisions as it says; the day is that from which it is valid as printed."""
    text = address.document.removeprefix("/").removesuffix("/data.xml")
    expected = f"the text of {text}"
    root, _ = whole_xml(answer, roots={"Legislation"}, expected=expected, local="Legislation")
    place = (
        (root.get("DocumentURI") or root.get("IdURI") or "")
        .partition("legislation.gov.uk/")[2]
        .removeprefix("id/")
    )
    if not f"{place}/".startswith(f"{text}/"):
        raise wrong(answer, f"{expected} is that of {place or 'nothing'}")
    said, found = root.get("NumberOfProvisions") or "", sum(1 for _ in root.iter("{*}P1"))
    if said.isdigit() and found < int(said) * _KEPT and "/" not in text.partition("/")[2].partition("/")[2]:
        raise shrunk(answer, f"{expected} says that it has {int(said):,} provisions, {found:,} came")
    if not any("".join(map(str, one.itertext())).strip() for one in root.iter("{*}Text")):
        raise refusal(answer, "EmptyDocument", f"{expected} has no provision", "Wait for the next run")
    day = _day(root, "valid") or _day(root, "modified")
    waiting = sum(1 for _ in root.iter("{*}UnappliedEffect"))
    return Judged(answer=answer, day=day, text=answer.body, meta={"text": text, "unapplied_effects": waiting})


def _day(root: etree._Element, name: str) -> date | None:
    said = next(
        (" ".join((one.text or "").split()) for one in root.iterfind(f"{{*}}Metadata/{{*}}{name}")), ""
    )
    return date.fromisoformat(said) if re.fullmatch(r"\d{4}-\d\d-\d\d", said) else None
