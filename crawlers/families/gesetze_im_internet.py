"""gesetze-im-internet.de, the federal law of Germany: each law as a zip with one XML file (facts: gii-norm.dtd), replaced in place."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import date

from lxml import etree

from archive.records import Capture
from crawlers.acceptance import wrong
from crawlers.families.addressed import Address, Judged, crawl_addresses
from crawlers.families.packages import accept_package
from crawlers.settings import CrawlSettings, meaning
from crawlers.visit import Answer, Visit
from crawlers.walls import refusal

_LAW = re.compile(r"[a-z0-9][a-z0-9_-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class GermanLawSettings(CrawlSettings):
    """Which laws are watched."""

    laws: tuple[str, ...] = field(
        default=("awv_2013", "awg_2013", "krwaffkontrg"),
        metadata=meaning("laws by their name in the address, like awv_2013 (Ausfuhrliste: its Anlage 1)"),
    )

    def problems(self) -> tuple[tuple[str, str], ...]:
        """Also: names that are none."""
        found = list(CrawlSettings.problems(self))
        if not self.laws:
            found.append(("laws", "must name at least one law"))
        found += [("laws", f"{law!r} is no name of a law") for law in self.laws if not _LAW.fullmatch(law)]
        return tuple(found)


async def crawl(visit: Visit, settings: GermanLawSettings) -> AsyncIterator[Capture]:
    """The laws that are not held as they now are."""
    addresses = [
        Address(document=law, url=f"https://www.gesetze-im-internet.de/{law}/xml.zip")
        for law in settings.laws
    ]
    async for capture in crawl_addresses(visit, "de_awv", addresses, accept_german_law):
        yield capture


def accept_german_law(answer: Answer, address: Address) -> Judged:
    """A law: one XML file of norms, the first of which names it; the day is that on which the publisher built it."""
    expected = f"the law {address.document}"
    files = list(accept_package(answer, expected=expected).values())
    if len(files) != 1:
        raise wrong(answer, f"{expected} came as {len(files)} XML files, it is always one")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(files[0], parser)
    except etree.XMLSyntaxError as error:
        raise wrong(answer, f"{expected} is malformed: {error.msg}") from None
    norms = root.findall("norm") if root.tag == "dokumente" else []
    if not norms or not (norms[0].findtext("metadaten/jurabk") or "").strip():
        raise wrong(answer, f"{expected} has no norm that names its law")
    if not any(
        "".join(map(str, one.itertext())).strip() for one in root.iterfind("norm/textdaten/text/Content")
    ):
        raise refusal(answer, "EmptyDocument", f"{expected} has no text", "Wait for the next run")
    built = re.match(r"(\d{4})(\d\d)(\d\d)", root.get("builddate") or norms[0].get("builddate") or "")
    day = date(int(built[1]), int(built[2]), int(built[3])) if built else None
    return Judged(answer=answer, day=day, text=files[0], meta={"law": address.document})
