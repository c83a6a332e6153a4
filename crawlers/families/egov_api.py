"""e-Gov, the law database of Japan: the list of a law's revisions, then each revision that is not held as it now is (facts 6.1).

A revision that is promulgated and not yet in force is taken when it appears, and again on the day it comes into force; one whose data were
corrected keeps its id and moves its ``updated``. The list of laws that were updated on each day is an independent counter of all that.
"""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Mapping
from datetime import date, timedelta
from functools import partial
from urllib.parse import urlencode

from archive.errors import Refused
from archive.records import Capture
from crawlers.events import Counted
from crawlers.families.egov_answers import Revision, accept_law, accept_revisions, accept_updates, is_absent
from crawlers.families.egov_settings import EgovSettings
from crawlers.visit import Answer, Visit

BASE = "https://laws.e-gov.go.jp/api"
_XML = urlencode({"response_format": "xml", "law_full_text_format": "xml"})
# How far back the daily lists are asked for, where the last crawl was long ago: one request a day of it.
_DAYS_BACK = 14


async def crawl(visit: Visit, settings: EgovSettings) -> AsyncIterator[Capture]:
    """The revisions that are not held as they now are, law by law."""
    marks: dict[str, dict[str, str]] = {
        name: said if isinstance(said, dict) else {"mark": said}
        for name, said in visit.state.memory.get("marks", {}).items()
    }
    lists: dict[str, list[Revision]] = {}
    for done, law in enumerate(settings.laws):
        visit.progress(done, len(settings.laws), law)
        try:
            revisions = await _revisions(visit, law)
            lists[law] = revisions
            async for capture in _editions(visit, settings, revisions, marks):
                yield capture
        except Refused as refused:
            visit.gap(refused)
    visit.remember(marks=marks, lists={law: [_row(one) for one in rows] for law, rows in lists.items()})
    if await _reconcile(visit, lists):
        visit.remember(checked=visit.today.isoformat())
    visit.progress(len(settings.laws), len(settings.laws), "laws")


async def count(visit: Visit, settings: EgovSettings, first: date, last: date) -> AsyncIterator[Counted]:
    """Each day on which a revision of a watched law comes into force: how many, and which of them are not held."""
    remembered = visit.state.memory.get("lists", {}) if visit.state.is_fresh else {}
    days: dict[date, list[str]] = {}
    for law in settings.laws:
        rows = remembered.get(law)
        if rows is None:
            rows = [_row(one) for one in await _revisions(visit, law)]
        due: dict[date, str] = {}
        for name, day, stands in rows:  # of two revisions for one day the last is its text
            if (
                settings.takes_revision(date.fromisoformat(day), stands)
                and first <= date.fromisoformat(day) <= last
            ):
                due[date.fromisoformat(day)] = name
        for when, name in due.items():
            days.setdefault(when, []).append(name)
    for when, names in sorted(days.items()):
        missing = tuple(name for name in names if name not in visit.state.documents)
        yield Counted(
            day=when, what="revisions", published=len(names), held=len(names) - len(missing), missing=missing
        )


def _row(revision: Revision) -> tuple[str, str, bool]:
    return revision.id, revision.day.isoformat(), revision.stands


async def _revisions(visit: Visit, law: str) -> list[Revision]:
    """The revisions of a law, oldest first; none for a law that the database does not have and never had."""
    url = f"{BASE}/2/law_revisions/{law}"
    held = {name for name in visit.state.documents if name.startswith(f"{law}_")}

    def accept(answer: Answer) -> list[Revision]:
        if not held and is_absent(answer):
            return []
        return accept_revisions(answer, law)

    revisions = await visit.fetch(url, accept)
    if not revisions:
        visit.remark(f"e-Gov has no law {law}")
    listed = {revision.id for revision in revisions}
    # A revision that is not in force yet changes its id when its day is fixed; one that was in force never goes.
    lost = {name for name in held - listed if visit.state.documents[name].as_of <= visit.today}
    if lost:
        raise Refused(
            "SuspiciousShrink",
            f"SuspiciousShrink: the list of revisions lacks {len(lost)} that are held, {min(lost)} among them",
            thing=url,
            mend="Wait for the next run; if it lasts, compare with the publisher's page",
        )
    return revisions


async def _editions(
    visit: Visit, settings: EgovSettings, revisions: list[Revision], marks: dict[str, dict[str, str]]
) -> AsyncIterator[Capture]:
    """What of one law is not held as it is. On a first taking the newest comes first: it is the baseline, and what comes after is history."""
    documents = visit.state.documents
    first = not any(revision.id in documents for revision in revisions)
    wanted = [
        revision
        for revision in revisions
        if revision.id in documents or settings.takes_revision(revision.day, revision.stands)
    ]
    # Two acts can amend a law for one day: the text of that day is the last one's.
    last = {revision.day: revision.id for revision in wanted}
    new = []
    for revision in wanted:
        if revision.id in documents and marks.get(revision.id, {}).get("mark") == revision.mark:
            visit.unchanged()
        elif last[revision.day] == revision.id or not (first or last[revision.day] in documents):
            new.append(revision)
    for revision in reversed(new) if first else new:
        capture = await _edition(visit, revision)
        yield capture
        marks[revision.id] = {
            "mark": revision.mark,
            "sha256": hashlib.sha256(capture.body).hexdigest(),
        }


async def _edition(visit: Visit, revision: Revision) -> Capture:
    url = f"{BASE}/2/law_data/{revision.id}?{_XML}"
    answer, doubts = await visit.fetch(url, partial(accept_law, revision=revision))
    meta: Mapping[str, object] = revision.said
    return answer.captured(
        source="jp_egov",
        document=revision.id,
        url=url,
        as_of=revision.day,
        meta={**meta, **({"doubts": list(doubts)} if doubts else {})},
    )


async def _reconcile(visit: Visit, lists: Mapping[str, list[Revision]]) -> bool:
    """Every revision that the daily lists name is in the list of its law, else something of it is missing. Answers whether that was so."""
    whole = True
    checked = visit.state.memory.get("checked")
    day = date.fromisoformat(checked) if checked else visit.today - timedelta(days=1)
    day = max(day, visit.today - timedelta(days=_DAYS_BACK))
    while day <= visit.today:
        url = f"{BASE}/1/updatelawlists/{day:%Y%m%d}"
        try:
            updates = await visit.fetch(url, accept_updates)
        except Refused as refused:
            visit.gap(refused)
            return False
        for law, force in updates:
            if law in lists and force not in {revision.day for revision in lists[law]}:
                whole = False
                visit.gap(
                    Refused(
                        "SuspiciousShrink",
                        f"SuspiciousShrink: {law} was updated on {day} by a revision in force on {force}, which its list of revisions lacks",
                        thing=url,
                        mend="Wait for the next run; if it lasts, compare with the publisher's page",
                    )
                )
        day += timedelta(days=1)
    return whole
