"""Specially Designated Nationals: the list of the Office of Foreign Assets Control, reconciled with what its publications say that they changed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import date

from archive.errors import Refused
from archive.records import Capture
from crawlers.card import SourceCard
from crawlers.events import Counted
from crawlers.families.bulk_list import BulkList, Listed, ListSettings, count_list, crawl_list
from crawlers.families.bulk_list_answers import accept_sdn
from crawlers.families.sdn_delta import deltas, packed, reconciled, unpacked
from crawlers.settings import meaning
from crawlers.visit import Answer, Visit

LIST = BulkList(
    source="us_ofac_sdn",
    document="sdn",
    url="https://sanctionslistservice.ofac.treas.gov/api/download/SDN.XML",
    accept=accept_sdn,
    name="the list of Specially Designated Nationals",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SdnSettings(ListSettings):
    """The list had 10,026 entries in May 2022."""

    floor: int = field(
        default=8_000, metadata=meaning("entries that the whole list has at least; a shorter one is held")
    )
    reconcile: bool = field(
        default=True,
        metadata=meaning(
            "whether a new list is compared with what OFAC's publications say that they changed"
        ),
    )


async def crawl(visit: Visit, settings: SdnSettings) -> AsyncIterator[Capture]:
    """The list, if it is not the one that is held; with doubts where entries are gone that no publication took away."""
    seen: list[Listed] = []

    def accept(answer: Answer) -> Listed:
        seen[:] = [accept_sdn(answer)]
        return seen[0]

    before, since = unpacked(visit.state.memory.get("entries", "")), visit.state.memory.get("of")
    held = visit.state.documents.get(LIST.document)
    is_it = held is not None and held.sha256 in ("", visit.state.memory.get("sha256"))
    async for capture in crawl_list(visit, settings, replace(LIST, accept=accept)):
        if settings.reconcile and before and since and is_it:
            capture = await _weighed(visit, capture, seen[0], before, date.fromisoformat(str(since)))
        yield capture
    if seen:
        entries = (number for numbers in seen[0].parts.values() for number in numbers)
        visit.remember(entries=packed(entries), of=(seen[0].day or visit.today).isoformat())


async def _weighed(
    visit: Visit, capture: Capture, now: Listed, before: frozenset[str], since: date
) -> Capture:
    """A new list against the publications since the last one. What they tell whole is believed, however much it is; an entry that is gone and
    that none of them took away holds the list; one that came with none of them is told, and let through: it is blocked all the same."""
    entries = {number for numbers in now.parts.values() for number in numbers}
    try:
        changes = [one async for one in deltas(visit, since, now.day or visit.today)]
    except Refused as refused:
        visit.gap(refused)
        return capture
    found = reconciled(before, entries, changes, now.day or visit.today)
    doubts = list(capture.meta.get("doubts", ()))  # type: ignore[call-overload]
    if found.is_even:
        doubts = []
    if found.gone:
        doubts.append(
            f"{len(found.gone):,} entries are gone that no publication since {since} took away: {_some(found.gone)}"
        )
    if found.come:
        visit.gap(
            Refused(
                "WrongDocument",
                f"WrongDocument: {LIST.name} has {len(found.come):,} entries that no publication since {since} added: {_some(found.come)}",
                thing=LIST.url,
                mend="They are taken; if it lasts, compare with OFAC's recent actions, or set reconcile = false",
            )
        )
    told = {"publications": [one.publication.number for one in changes]} if changes else {}
    meta = {name: value for name, value in capture.meta.items() if name != "doubts"}
    return replace(capture, meta={**meta, **told, **({"doubts": doubts} if doubts else {})})


async def count(visit: Visit, _settings: SdnSettings, first: date, last: date) -> AsyncIterator[Counted]:
    """What the publications of these days added and took away, against the list that is held; and the length of the list as published now,
    for the list itself keeps no past."""
    if not visit.state.is_fresh:
        held = unpacked(visit.state.memory.get("entries", ""))
        latest: dict[str, tuple[date, bool]] = {}
        async for change in deltas(visit, first, last):
            day = change.publication.day
            latest |= dict.fromkeys(change.removed, (day, False))
            latest |= dict.fromkeys(change.added, (day, True))
        for day in sorted({day for day, _ in latest.values()}):
            due = {number: came for number, (on, came) in latest.items() if on == day}
            lacking = sorted(number for number, came in due.items() if (number in held) is not came)
            yield Counted(
                day=day,
                what="entries that came or went",
                published=len(due),
                held=len(due) - len(lacking),
                missing=tuple(f"entry {number}" for number in lacking),
            )
    async for counted in count_list(visit, LIST):
        yield counted


def _some(numbers: tuple[str, ...]) -> str:
    return ", ".join(numbers[:5]) + (" …" if len(numbers) > 5 else "")


CARD = SourceCard(
    id="us_ofac_sdn",
    title="Specially Designated Nationals and Blocked Persons List",
    jurisdiction="US",
    publisher="Office of Foreign Assets Control",
    # The service answers a download by sending the client to its store of files (facts 5.2).
    hosts=("sanctionslistservice.ofac.treas.gov", "*.amazonaws.com"),
    kind="consolidated",
    # Published on any working day, several times on some.
    cadence="20 */3 * * *",
    landmark="sdnList with as many sdnEntry as its Record_Count says, each with its own uid, of the day that it states",
    legal_status="The list as OFAC publishes it as XML. Changes of lists are not a screening of parties.",
    licence="Public domain (17 U.S.C. 105)",
    crawl=crawl,
    settings=SdnSettings,
    moves=10,
    count=count,
)
