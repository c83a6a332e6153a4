"""Legal acts through their stages, what they announced beside what was observed, and the days ahead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import timedelta
from functools import lru_cache
from pathlib import Path

from alerts.citations import cite, cite_work
from alerts.events_missing import instruction_of
from alerts.language import Texts
from archive import announced, calendar, changes, clock, codec, editions, events
from archive.events import EventRow, Stage
from archive.records import Fact
from archive.store import Archive
from diffing.touches.claimed import Outcome
from tocsin.announced import outcomes_of, works_of
from tocsin.claimed import claims_held
from tocsin.web.site import Absent, Asked, Page
from tocsin.web.wording import Wording

EACH = 40
_DATES = (
    "published",
    "filed",
    "signed",
    "effective",
    "applicable",
    "compliance",
    "comments_close",
    "stayed",
    "expires",
)
_PLACES = 6
_STATES = ("missing", "awaited", "found", "unchecked")
_ANALYSES = """
    SELECT count(*), max(changeset.id), sum(newest), group_concat(DISTINCT reference)
    FROM work JOIN transition ON transition.work = work.id JOIN changeset ON changeset.transition_id = transition.id
    WHERE path IN (SELECT value FROM json_each(?))
"""
_FUSE = ("day", "named", "sort", "work", "eid", "act", "words")


def listed(archive: Archive, asked: Asked) -> Page:
    """The events, the one with the newest stage first."""
    page = asked.number("page")
    found = events.recent(archive, limit=page * EACH + 1)[(page - 1) * EACH :]
    rows = [(row, Wording(asked.say).act(row), _stages(row)) for row in found[:EACH]]
    values = {"rows": rows, "page": page, "more": len(found) > EACH}
    head = ("id", "title", "names", "first", "newest", "stage")
    table = [
        (
            row.id,
            title,
            ", ".join(" ".join(name) for name in sorted(row.names)),
            stages[0][1],
            stages[-1][1],
            stages[-1][0],
        )
        for row, title, stages in rows
    ]
    return Page(template="events.html", values=values, data={"events": found[:EACH]}, table=(head, table))


def one(archive: Archive, asked: Asked) -> Page:
    """An event: its names, its stages with their dates and what each changed, and what is overdue."""
    keys = events.beginning(archive, asked.named["id"])
    if len(keys) != 1:
        raise Absent(f"there is no event {asked.named['id']}", mend="/events lists them")
    row = events.event(archive, keys[0])
    papers = _papers(row)
    stages = [_stage(archive, stage, asked.say) for stage in row.stages]
    overdue = [one for paper in papers for one in announced.by_act(archive, paper) if one.missing]
    values = {
        "row": row,
        "title": Wording(asked.say).act(row),
        "names": sorted(row.names),
        "stages": stages,
        "papers": papers,
        "overdue": [
            (one, cite_work(one.act, say=asked.say), cite_work(one.work, say=asked.say)) for one in overdue
        ],
    }
    return Page(
        template="event.html", values=values, data={"event": row, "stages": stages, "overdue": overdue}
    )


def compared(archive: Archive, asked: Asked) -> Page:
    """What the papers of an event say that they change, instruction by instruction, beside what was observed."""
    keys = events.beginning(archive, asked.named["id"])
    if len(keys) != 1:
        raise Absent(f"there is no event {asked.named['id']}", mend="/events lists them")
    row = events.event(archive, keys[0])
    papers = [
        (paper, cite_work(paper, say=asked.say), outcomes_kept(archive, paper)) for paper in _papers(row)
    ]
    found = Counter(one.state for _, _, outcomes in papers for one in outcomes)
    values = {
        "row": row,
        "title": Wording(asked.say).act(row),
        "tally": [(state, found[state]) for state in _STATES if found[state]],
        "papers": [
            (paper, name, [_told(one, asked.say) for one in outcomes]) for paper, name, outcomes in papers
        ],
    }
    data = {"event": row.id, "papers": {paper: outcomes for paper, _, outcomes in papers}}
    return Page(template="announced.html", values=values, data=data)


def dates(archive: Archive, asked: Asked) -> Page:
    """The days on which law changes by itself, or something is due."""
    since = asked.day("since") or clock.now().date()
    page, kept = asked.number("page"), calendar.fuses(archive, since=since)
    shown = kept[(page - 1) * EACH : page * EACH]
    values = {
        "since": since,
        "rows": [(one, cite(one.fuse.work, one.fuse.eid, one.title, asked.say)) for one in shown],
        "total": len(kept),
        "today": clock.now().date(),
        "soon": clock.now().date() + timedelta(days=30),
        "page": page,
        "pages": max(-(-len(kept) // EACH), 1),
        "query": dict(asked.query),
    }
    return Page(
        template="calendar.html",
        values=values,
        data={"since": since, "total": len(kept), "dates": shown},
        table=(_FUSE, [[getattr(one.fuse, name) for name in _FUSE] for one in shown]),
    )


def _stages(row: EventRow) -> list[tuple[str, str, int]]:
    found: dict[str, list[Stage]] = {}
    for stage in row.stages:
        found.setdefault(stage.stage, []).append(stage)
    return [(name, f"{some[0].at:%Y-%m-%d}", len(some)) for name, some in found.items()]


def _stage(archive: Archive, stage: Stage, say: Texts) -> dict[str, object]:
    paper = stage.work.startswith("us/fr/")
    newest = editions.latest(archive, stage.work) if paper else None
    row = archive.database.execute(
        "SELECT before, after, source FROM transition WHERE id = ?", (stage.transition_id,)
    ).fetchone()
    number = archive.database.execute(
        "SELECT count(*) FROM change JOIN changeset ON changeset.id = changeset WHERE newest = 1 AND transition_id = ?",
        (stage.transition_id,),
    ).fetchone()[0]
    facts = newest.facts if newest else _facts(archive, stage)
    return {
        "stage": stage,
        "cited": cite_work(stage.work, stage.title, say),
        "dates": list(dict.fromkeys((fact.name, fact.value) for fact in facts if fact.name in _DATES)),
        "links": list(dict.fromkeys(fact.value for fact in facts if fact.name == "url")),
        "before": row[0] if row else None,
        "after": row[1] if row else None,
        "changes": number,
    }


def _facts(archive: Archive, stage: Stage) -> tuple[Fact, ...]:
    key = archive.database.execute(
        "SELECT change.key FROM change JOIN changeset ON changeset.id = changeset WHERE newest = 1 AND transition_id = ? LIMIT 1",
        (stage.transition_id,),
    ).fetchone()
    found = changes.change(archive, key[0]) if key else None
    return found.facts if found else ()


def _papers(row: EventRow) -> tuple[str, ...]:
    return tuple(dict.fromkeys(stage.work for stage in row.stages if stage.work.startswith("us/fr/")))


_State = tuple[object, ...]


def outcomes_kept(archive: Archive, paper: str) -> tuple[Outcome, ...]:
    """What became of the instructions of a paper. Comparing reads many changes; it is kept for as long as there is no new edition of the paper and of the
    works that it names, and no new analysis of their changes: what comes of other works says nothing of it."""
    named = _works(archive.folder, _state(archive, [paper]), paper)
    return _outcomes(archive.folder, _state(archive, [paper, *named]), paper)


def _state(archive: Archive, works: Collection[str]) -> _State:
    """What is another one as soon as the editions of some works are, or their changes with what these touch."""
    listed = codec.dumps(list(works))
    read = archive.database
    return (
        *editions.mark(archive, works),
        *read.execute(_ANALYSES, (listed,)).fetchone(),
    )


@lru_cache(maxsize=256)
def _works(folder: Path, state: _State, paper: str) -> tuple[str, ...]:
    with Archive.open(folder, read_only=True) as archive:
        return works_of(claims_held(archive, paper))


@lru_cache(maxsize=64)
def _outcomes(folder: Path, state: _State, paper: str) -> tuple[Outcome, ...]:
    with Archive.open(folder, read_only=True) as archive:
        return outcomes_of(archive, paper)


def _told(outcome: Outcome, say: Texts) -> dict[str, object]:
    places: dict[str, str] = {}  # each place once, with the first of its changes
    for one in outcome.changes:
        cited = cite(one.work, one.change.new_eid or one.change.old_eid or "", one.title, say)
        places.setdefault(cited, one.id)
    return {
        "state": outcome.state,
        "said": instruction_of(outcome.claim.amendment, say),
        "words": outcome.claim.amendment.words,
        "effective": outcome.claim.amendment.effective,
        "reason": outcome.reason,
        "checked": outcome.checked,
        "places": [(key, cited) for cited, key in places.items()][:_PLACES],
        "more": max(len(places) - _PLACES, 0),
    }
