"""The eCFR: a cheap probe, then what moved, then each dated edition of a part, oldest first.

One request tells whether any title moved. A title that did is asked for its change log since the last crawl; a part named there is
asked for its whole change log, for the structure at each new date, and for its text at that date. A part that is not
held yet is taken once, as it stands on the title's day. Once a day the publisher's own corrections are asked for: editions that are held and were
corrected since are fetched anew.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from datetime import date
from functools import partial
from urllib.parse import urlencode

from archive.errors import Refused
from archive.records import Capture
from crawlers.families.ecfr_answers import (
    Structure,
    Title,
    Version,
    accept_part,
    accept_structure,
    accept_titles,
    accept_versions,
    live,
)
from crawlers.families.ecfr_corrections import Correction, Corrections
from crawlers.families.ecfr_memory import Known, document, iso
from crawlers.families.ecfr_settings import EcfrSettings
from crawlers.visit import Answer, Unchanged, Visit

BASE = "https://www.ecfr.gov/api/versioner/v1"


async def crawl(visit: Visit, settings: EcfrSettings) -> AsyncIterator[Capture]:
    """The editions that are not held yet, title by title."""
    ranges = settings.ranges()
    known = {number: Known(visit.state, number, parts) for number, parts in sorted(ranges.items())}
    settled = not any(each.unsettled() for each in known.values())
    etag = str(visit.state.memory.get("etag", "")) if settled else ""
    corrections = Corrections(visit)
    has_moved = True
    try:
        titles, etag = await visit.fetch(f"{BASE}/titles.json", partial(_with_etag, wanted=ranges), etag=etag)
    except Unchanged:
        visit.unchanged(sum(len(each.latest) for each in known.values()))
        titles, has_moved = {number: each.last(number) for number, each in known.items()}, False
    memory = dict(visit.state.memory.get("titles", {}))
    whole = True
    for done, (number, each) in enumerate(known.items()):
        visit.progress(done, len(known), f"title {number}")
        walk = TitleWalk(visit, settings, titles[number], each, corrections)
        try:
            async for capture in walk.corrected(has_moved=has_moved):
                yield capture
        except Refused as refused:  # they are asked for again, and keep no edition waiting
            visit.gap(refused)
        try:
            if has_moved:
                async for capture in walk.editions():
                    yield capture
        except Refused as refused:
            whole = False
            visit.gap(refused)
        else:
            memory[str(number)] = each.memory(titles[number])
            visit.remember(titles=memory)
    visit.remember(etag=etag if whole else "")
    visit.progress(len(known), len(known), "titles")


def _with_etag(answer: Answer, wanted: Iterable[int]) -> tuple[dict[int, Title], str]:
    return accept_titles(answer, wanted), answer.headers.get("etag", "")


class TitleWalk:
    """One title in one crawl; it leaves what it found in ``known``."""

    def __init__(
        self,
        visit: Visit,
        settings: EcfrSettings,
        title: Title,
        known: Known,
        corrections: Corrections | None = None,
    ) -> None:
        self._visit, self._settings, self._title, self._known = visit, settings, title, known
        self._corrections = corrections
        self._structures: dict[date, Structure] = {}
        self.number, self.up_to = title.number, title.up_to

    async def editions(self) -> AsyncIterator[Capture]:
        """Each edition of each watched part that is not held, oldest first. Raises ``Refused`` where the title as a whole fails."""
        known = self._known
        if self._title.processing:
            raise self._refused("ServerError", "is being rebuilt by the publisher, its texts may be partial")
        if self._title.up_to is None:
            if any(known.held(part) for part in known.watched):
                raise self._refused("SuspiciousShrink", "is said to have no text, and parts of it are held")
            self._visit.remark(f"title {self._title.number} has no text")
            return
        parts = await self._to_look_at()
        self._visit.unchanged(sum(1 for part in known.latest if part not in parts))
        for part in parts:
            known.forget(part)
            try:
                async for capture in self._editions_of(part, self._title.up_to):
                    yield capture
            except Refused as refused:
                known.latest.pop(part, None)
                self._visit.gap(refused)

    async def corrected(self, *, has_moved: bool) -> AsyncIterator[Capture]:
        """The editions that are held and that the publisher corrected since the last crawl. Raises ``Refused`` where the corrections cannot be had."""
        log, number, up_to = self._corrections, self.number, self.up_to
        is_new = has_moved and self._known.checked(self._title) is not None
        if log is None or not log.is_there or not (is_new or log.is_due(number)):
            return
        if up_to is None or self._title.processing:
            return
        new = await log.read(number, self._known.watched)
        for part in dict.fromkeys(one.part for one in new):
            mine = [one for one in new if one.part == part]
            days = [day for day in self._known.days(part) if any(one.reaches(day) for one in mine)]
            versions = await self.versions(part=part) if days else []
            for day in days:
                yield await self.edition(part, day, versions, [one for one in mine if one.reaches(day)])
        log.settle(number)

    async def _to_look_at(self) -> list[str]:
        """The parts that may have moved: those named by the title's change log since the last crawl, and those not settled then."""
        unsettled = self._known.unsettled()
        checked = self._known.checked(self._title)
        if checked is None or len(unsettled) == len(self._known.watched):
            return unsettled
        named = {version.part for version in await self.versions(**{"issue_date[gte]": checked})}
        return [part for part in self._known.watched if part in named or part in unsettled]

    async def _editions_of(self, part: str, up_to: date) -> AsyncIterator[Capture]:
        held = self._known.held(part)
        if held is None and not await self._exists(part, up_to):
            self._known.absent.add(part)
            return
        versions = await self.versions(part=part)
        if not live(versions, up_to):
            self._known.absent.add(part)
            if held is not None:
                raise self._refused(
                    "WrongDocument", f"has no part {part} any more, which is held as of {held}"
                )
            self._visit.remark(f"title {self._title.number} part {part} is in the structure and has no text")
            return
        dates = [up_to] if held is None else sorted({v.issued for v in versions if held < v.issued <= up_to})
        if held is not None and not dates:
            self._known.latest[part] = held.isoformat()
            self._visit.unchanged()
        before = held
        for day in dates[: self._settings.editions]:
            log = self._corrections
            told = log.of_edition(self.number, part, before, day) if log and before else ()
            yield await self.edition(part, day, versions, told)
            before = day
            self._known.latest[part] = day.isoformat()
        if len(dates) > self._settings.editions:
            rest = len(dates) - self._settings.editions
            raise self._refused(
                "TooMany", f"part {part} has {rest} more editions to catch up with", "Run the crawl again"
            )

    async def edition(
        self, part: str, day: date, versions: list[Version], corrections: Iterable[Correction] = ()
    ) -> Capture:
        """A part as it stood on a day, whole by the structure of that day, with what the publisher corrected in it. Raises ``Refused``."""
        number = self._title.number
        structure = await self._structure(day)
        leaves = structure.parts.get(part, ())
        lost = live(versions, day) - {leaf.unit for leaf in leaves}
        if lost:
            said = (
                f"lists {len(lost)} units of part {part} in its change log that its structure of {day} lacks"
            )
            if not structure.proven and len(lost) * 10 > len(live(versions, day)):
                raise self._refused("SuspiciousShrink", said)
            self._visit.remark(f"title {number} {said}")
        url = f"{BASE}/full/{day}/title-{number}.xml?{urlencode({'part': part})}"
        body: list[Answer] = []

        def accept(answer: Answer) -> dict[str, int]:
            body[:] = [answer]
            return accept_part(answer, number, part, leaves)

        inventory = await self._visit.fetch(url, accept)
        answer = body[0]
        issued = [version for version in versions if version.issued == day]
        told = [one.told for one in corrections]
        return answer.captured(
            source="us_ecfr",
            document=document(number, part),
            url=url,
            as_of=day,
            meta={
                "title": number,
                "part": part,
                "up_to_date_as_of": iso(self._title.up_to),
                "issued": [
                    {
                        "unit": v.unit[0],
                        "identifier": v.identifier,
                        "removed": v.removed,
                        "substantive": v.substantive,
                    }
                    for v in issued
                ],
                **({"corrections": told} if told else {}),
            },
            inventory=inventory,
        )

    async def _exists(self, part: str, day: date) -> bool:
        """Whether a part has text. A structure whose sizes add up is believed when it lacks one; any other is asked twice."""
        structure = await self._structure(day)
        if part in structure.parts or structure.proven:
            return part in structure.parts
        if live(await self.versions(part=part), day):
            raise self._refused(
                "SuspiciousShrink", f"has texts of part {part}, and its structure of {day} does not list it"
            )
        return False

    async def _structure(self, day: date) -> Structure:
        if day not in self._structures:
            url = f"{BASE}/structure/{day}/title-{self._title.number}.json"
            self._structures[day] = await self._visit.fetch(
                url, partial(accept_structure, title=self._title.number)
            )
        return self._structures[day]

    async def versions(self, **conditions: str) -> list[Version]:
        """The change log under these conditions, all pages of it."""
        number = self._title.number
        url = f"{BASE}/versions/title-{number}.json?{urlencode(conditions)}"
        versions, count, pages = await self._visit.fetch(url, partial(accept_versions, title=number))
        for page in range(2, pages + 1):
            more, _, _ = await self._visit.fetch(f"{url}&page={page}", partial(accept_versions, title=number))
            versions.extend(more)
        if len(versions) != count:
            raise self._refused(
                "SuspiciousShrink", f"says that its change log has {count} rows, {len(versions)} came"
            )
        part = conditions.get("part")
        if part is not None and any(version.part != part for version in versions):
            raise self._refused("WrongDocument", f"answers with other parts than {part}")
        return versions

    def _refused(self, kind: str, said: str, mend: str = "Wait for the next run") -> Refused:
        title = f"title {self._title.number}"
        return Refused(kind, f"{kind}: {title} {said}", thing=BASE, mend=mend)
