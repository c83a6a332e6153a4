"""govinfo, for the Federal Register and the eCFR while their own hosts do not let us in (facts 3): the same documents, under their names.

It asks for nothing unless the last run of one of the two met a wall, and brings only what that one does not hold. What it brings is recorded as that
source's document, read by its reader and known by its number and part, so that the host, once it opens, finds it held.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import Any, Literal

from archive.errors import Refused
from archive.records import Capture
from crawlers.families import govinfo_ecfr, govinfo_register
from crawlers.families.ecfr_memory import document as part_name
from crawlers.families.ecfr_settings import EcfrSettings
from crawlers.families.federal_register_answers import document as paper_name
from crawlers.families.federal_register_settings import FederalRegisterSettings
from crawlers.families.govinfo_register import Issue, is_selected, record
from crawlers.job import Held, Principal
from crawlers.settings import CrawlSettings, configured, meaning
from crawlers.visit import Answer, Unchanged, Visit

REGISTER, ECFR = "us_federal_register", "us_ecfr"
_JSON = {"Accept": "application/json"}  # its folders answer 406 without it


@dataclass(frozen=True, slots=True, kw_only=True)
class GovinfoSettings(CrawlSettings):
    """When it stands in, and how far it looks back. Which papers and parts is set for the sources that it stands in for."""

    when: Literal["walled", "always"] = field(
        default="walled",
        metadata=meaning("walled: after a run of the source itself met a wall; always: whatever it met"),
    )
    back: int = field(
        default=30, metadata=meaning("days of issues that are read where no paper is held, and at most")
    )
    overlap: int = field(
        default=7, metadata=meaning("days before the newest paper held whose issues are read again")
    )

    def problems(self) -> tuple[tuple[str, str], ...]:
        """Also: days that are none."""
        found = list(CrawlSettings.problems(self))
        found += [(name, "must not be negative") for name in ("back", "overlap") if getattr(self, name) < 0]
        return tuple(found)


async def crawl(visit: Visit, settings: GovinfoSettings) -> AsyncIterator[Capture]:
    """The papers and parts that the sources themselves could not bring."""
    for name, standing_in in ((REGISTER, _register), (ECFR, _ecfr)):
        principal = visit.state.principals.get(name, Principal())
        if settings.when == "always" or principal.is_walled:
            async for capture in standing_in(visit, settings, principal):
                yield capture


# ── the Federal Register, day by day ───────────────────────────────────────────────────────────────


async def _register(visit: Visit, settings: GovinfoSettings, principal: Principal) -> AsyncIterator[Capture]:
    chosen = configured(FederalRegisterSettings, principal.settings, thing=f"source {REGISTER}")
    held = {**principal.documents, **visit.state.documents}
    mark = hashlib.sha256(json.dumps([chosen.agencies, chosen.parts]).encode()).hexdigest()[:16]
    memory: dict[str, Any] = dict(visit.state.memory.get("issues", {}))
    read: dict[str, str] = dict(memory.get("read", {})) if memory.get("for") == mark else {}
    first = _first_day(visit, settings, chosen, principal)
    issues = await _issues(visit, first)
    for done, (day, changed) in enumerate(sorted(issues.items())):
        visit.progress(done, len(issues), f"issue of {day}")
        if read.get(day.isoformat()) == changed and changed:
            visit.unchanged()
            continue
        whole = True
        try:
            answer, issue = await _issue(visit, day)
        except Refused as refused:
            visit.gap(refused)
            continue
        for capture in _papers(visit, chosen, held, answer, issue):
            yield capture
        for number, agencies in issue.missing.items():
            if any(not words and slug in agencies for slug, words in chosen.chosen_agencies()):
                whole = False
                visit.gap(_missing(number, day))
        if whole:
            read[day.isoformat()] = changed
        visit.remember(issues={"for": mark, "read": read})
    visit.progress(len(issues), len(issues), "issues")


def _first_day(
    visit: Visit, settings: GovinfoSettings, chosen: FederalRegisterSettings, principal: Principal
) -> date:
    """Where to begin: some days before the newest paper that is held, or before, where papers were listed and did not arrive."""
    furthest = max(visit.today - timedelta(days=settings.back), chosen.first_day(visit.today))
    if not principal.documents:
        return furthest
    newest = max(held.as_of for held in principal.documents.values())
    pending = [
        date.fromisoformat(str(day))
        for name, day in dict(principal.memory.get("pending", {})).items()
        if name not in principal.documents
    ]
    return max(chosen.first_day(visit.today), min([newest - timedelta(days=settings.overlap), *pending]))


async def _issues(visit: Visit, first: date) -> dict[date, str]:
    """The issues since a day, each with the mark of its last change. A list of a month that cannot be had is a gap."""
    found: dict[date, str] = {}
    month = first.replace(day=1)
    while month <= visit.today:
        try:
            found |= await visit.fetch(
                govinfo_register.folder(month),
                partial(govinfo_register.accept_folder, month=month),
                wanted=_JSON,
            )
        except Refused as refused:
            # The folder of a month is made with its first issue.
            if refused.kind != "NotFound" or (visit.today - month).days > 4:
                visit.gap(refused)
        month = (month + timedelta(days=32)).replace(day=1)
    return {day: changed for day, changed in found.items() if first <= day <= visit.today}


async def _issue(visit: Visit, day: date) -> tuple[Answer, Issue]:
    taken: list[Answer] = []

    def accept(answer: Answer) -> Issue:
        issue = govinfo_register.accept_issue(answer, day)
        taken[:] = [answer]
        return issue

    issue = await visit.fetch(govinfo_register.address(day), accept)
    return taken[0], issue


def _papers(
    visit: Visit,
    chosen: FederalRegisterSettings,
    held: dict[str, Held],
    answer: Answer,
    issue: Issue,
) -> list[Capture]:
    """The papers of an issue that are selected and not held."""
    known = {_unpadded(name) for name in held}
    found = []
    for paper in issue.papers:
        if not is_selected(paper, chosen):
            continue
        meta = record(paper, issue.day)
        name = paper_name(meta)
        if name in held or _unpadded(name) in known:
            visit.unchanged()
            continue
        found.append(
            Capture(
                source=REGISTER,
                document=name,
                url=answer.url,
                body=paper.body,
                as_of=issue.day,
                fetched_at=answer.fetched_at,
                media_type="application/xml",
                headers=tuple(sorted(answer.headers.items())),
                request=answer.request,
                meta={**meta, "stands_in": "us_govinfo"},
            )
        )
    return found


def _unpadded(name: str) -> str:
    """The desk, the API and the print pad numbers differently (facts 1.4)."""
    head, _, tail = name.rpartition("-")
    return f"{head}-{tail.lstrip('0')}"


def _missing(number: str, day: date) -> Refused:
    return Refused(
        "SuspiciousShrink",
        f"SuspiciousShrink: the issue of {day} names paper {number} in its contents and does not have it",
        thing=govinfo_register.address(day),
        mend="Wait for the next run",
    )


# ── the eCFR, title by title ───────────────────────────────────────────────────────────────────────


async def _ecfr(visit: Visit, _settings: GovinfoSettings, principal: Principal) -> AsyncIterator[Capture]:
    chosen = configured(EcfrSettings, principal.settings, thing=f"source {ECFR}")
    memory: dict[str, Any] = dict(visit.state.memory.get("files", {}))
    held = {**principal.documents, **visit.state.documents}
    for title, ranges in sorted(chosen.ranges().items()):
        watched = frozenset(str(number) for each in ranges for number in each)
        visit.progress(0, None, f"title {title}")
        last: dict[str, Any] = dict(memory.get(str(title), {}))
        try:
            answer, parts = await _title(visit, title, watched, held, last)
        except Unchanged:
            visit.unchanged(len(last.get("parts", {})))
            continue
        except Refused as refused:
            visit.gap(refused)
            continue
        digests: dict[str, str] = dict(last.get("parts", {}))
        for number, part in sorted(parts.items()):
            before = held.get(part_name(title, number))
            is_older = before is not None and part.amended < before.as_of
            if is_older or (before is not None and digests.get(number) == part.digest):
                visit.unchanged()
                continue
            digests[number] = part.digest
            yield Capture(
                source=ECFR,
                document=part_name(title, number),
                url=answer.url,
                body=part.body,
                as_of=min(part.amended, visit.today),
                fetched_at=answer.fetched_at,
                media_type="application/xml",
                headers=tuple(sorted(answer.headers.items())),
                request=answer.request,
                meta={"title": title, "part": number, "stands_in": "us_govinfo"},
                inventory=part.units,
            )
        memory[str(title)] = {"modified": answer.headers.get("last-modified", ""), "parts": digests}
        visit.remember(files=memory)


async def _title(
    visit: Visit, title: int, watched: frozenset[str], held: dict[str, Held], last: dict[str, Any]
) -> tuple[Answer, dict[str, govinfo_ecfr.Part]]:
    taken: list[Answer] = []
    ours = frozenset(number for number in watched if part_name(title, number) in held)

    def accept(answer: Answer) -> dict[str, govinfo_ecfr.Part]:
        parts = govinfo_ecfr.accept_title(answer, title, ours, watched)
        taken[:] = [answer]
        return parts

    is_known = all(number in last.get("parts", {}) for number in ours)
    modified = str(last.get("modified", "")) if is_known else ""
    parts = await visit.fetch(govinfo_ecfr.address(title), accept, modified=modified)
    return taken[0], parts
