"""``tocsin events``: legal acts as people know them, stage by stage, announced beside observed."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time

import click

from alerts.citations import cite, cite_work
from alerts.events import is_paper
from alerts.events_missing import instruction_of
from archive import announced, changes, codec, editions, events
from archive.errors import BadInput
from archive.events import EventRow, Stage
from archive.records import Fact
from archive.store import Archive
from diffing.touches.claimed import Outcome
from tocsin.announced import outcomes_of
from tocsin.cli.setup import day, reading, with_config

_DATES = ("published", "effective", "applicable", "compliance", "comments_close", "stayed", "expires")
_LISTED = ("document", "citation", "rin", "docket", "revision")
PLACES = 4
"""Places of an instruction's changes that a line names; the rest are counted, ``--json`` has all."""


@click.group("events")
def command() -> None:
    """Legal acts: their stages from the desk to the codified text and the lists, what was announced beside what was observed."""


@command.command("list")
@click.option(
    "--since", callback=day, metavar="DATE", help="Only events with a stage observed on that day or later."
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="The newest N; all by default.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@with_config
def list_events(since: date | None, limit: int | None, as_json: bool, config_path: str | None) -> None:
    """List the events, the one with the newest stage first."""
    start = datetime.combine(since, time(), UTC) if since else None
    with reading(config_path) as (_, archive):
        for row in events.recent(archive, since=start, limit=limit or -1):
            if as_json:
                click.echo(codec.dumps(_as_object(archive, row)))
                continue
            stages = ", ".join(_counted(row))
            title = row.stages[0].title or cite_work(row.stages[0].work)
            click.echo(f"{row.id[:12]}  {row.stages[-1].at:%Y-%m-%d}  {title}\n              {stages}")
            for said in _overdue(archive, row):
                click.echo(f"              {said}")


@command.command("show")
@click.argument("event_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@with_config
def show(event_id: str, as_json: bool, config_path: str | None) -> None:
    """Show the event ID (the start of it is enough; a work such as us/fr/2026-05902 names the one it is a stage of)."""
    with reading(config_path) as (_, archive):
        row = events.event(archive, _found(archive, event_id))
        if as_json:
            click.echo(
                codec.dumps({**_as_object(archive, row), "announced": _announced_objects(archive, row)})
            )
            return
        click.echo(f"{row.id}  {row.stages[0].title or cite_work(row.stages[0].work)}")
        click.echo("known as  " + "; ".join(f"{sort} {name}" for sort, name in _names(row)))
        for stage in row.stages:
            click.echo(_stage_line(archive, stage))
        for said in _overdue(archive, row):
            click.echo(said)
        for paper in _papers(row):
            _print_announced(paper, outcomes_of(archive, paper))


def _found(archive: Archive, said: str) -> str:
    """The one event that a work is a stage of, or whose id begins so."""
    keys = events.of_work(archive, said) if "/" in said else events.beginning(archive, said)
    if len(keys) == 1:
        return keys[0]
    if keys:
        mend = (
            f"It is one of {', '.join(key[:12] for key in keys)}" if "/" in said else "Write more of the id"
        )
        raise BadInput("several events answer to this", thing=f"event {said}", mend=mend)
    raise BadInput(
        "the archive has no such event", thing=f"event {said}", mend="'tocsin events list' prints the ids"
    )


def _counted(row: EventRow) -> list[str]:
    found: dict[str, list[Stage]] = {}
    for stage in row.stages:
        found.setdefault(stage.stage, []).append(stage)
    return [
        f"{name} {stages[0].at:%Y-%m-%d}" + (f" and {len(stages) - 1} more" if len(stages) > 1 else "")
        for name, stages in found.items()
    ]


def _stage_line(archive: Archive, stage: Stage) -> str:
    facts = _facts(archive, stage)
    dates = [f"{fact.name.replace('_', ' ')} {fact.value}" for fact in facts if fact.name in _DATES]
    links = [fact.value for fact in facts if fact.name == "url"] or _link(archive, stage)
    seen = len(changes.of_transition(archive, stage.transition_id))
    count = f"{seen:,} change{'s' * (seen != 1)} of " if stage.stage in ("codified", "listed") else ""
    lines = [f"{stage.at:%Y-%m-%d}  {stage.stage:<10} {count}{cite_work(stage.work, stage.title)}"]
    if is_paper(stage.work) and cite_work(stage.work, stage.title) != stage.title:
        lines.append(f"            {stage.title}")
    if dates:
        lines.append(f"            {', '.join(dict.fromkeys(dates))}")
    lines += (f"            {link}" for link in dict.fromkeys(links))
    return "\n".join(lines)


def _print_announced(paper: str, outcomes: tuple[Outcome, ...]) -> None:
    if not outcomes:
        return
    states = Counter(outcome.state for outcome in outcomes)
    counted = ", ".join(
        f"{states[state]} {state}" for state in ("found", "missing", "awaited", "unchecked") if states[state]
    )
    click.echo(f"announced by {cite_work(paper)}, beside what was observed: {counted}")
    for outcome in outcomes:
        click.echo(f"  {outcome.state:<9}  {instruction_of(outcome.claim.amendment)}{_observed(outcome)}")


def _observed(outcome: Outcome) -> str:
    if outcome.state == "found":
        places = list(
            dict.fromkeys(
                cite(one.work, one.change.new_eid or one.change.old_eid or "") for one in outcome.changes
            )
        )
        more = f" and {len(places) - PLACES} more" if len(places) > PLACES else ""
        days = " and ".join(sorted({one.after.isoformat() for one in outcome.changes}))
        return f" → edition of {days}: {', '.join(places[:PLACES])}{more}"
    effective = outcome.claim.amendment.effective
    due = f"effective {effective}" if effective else ""
    looked = f"looked for up to the edition of {outcome.checked}" if outcome.checked else ""
    return f" ({', '.join(filter(None, (outcome.reason, due, looked)))})"


def _overdue(archive: Archive, row: EventRow) -> list[str]:
    """What was told of the event as announced and not in the text."""
    return [
        f"announced, not yet codified (said on {one.closed}): of {cite_work(one.act)}, effective {one.day}: {'; '.join(one.missing[:PLACES])}"
        + (f" and {len(one.missing) - PLACES} more" if len(one.missing) > PLACES else "")
        for paper in _papers(row)
        for one in announced.by_act(archive, paper)
        if one.missing
    ]


def _papers(row: EventRow) -> tuple[str, ...]:
    return tuple(dict.fromkeys(stage.work for stage in row.stages if stage.work.startswith("us/fr/")))


def _names(row: EventRow) -> list[tuple[str, str]]:
    return sorted(
        row.names, key=lambda name: (_LISTED.index(name[0]) if name[0] in _LISTED else len(_LISTED), name)
    )


def _facts(archive: Archive, stage: Stage) -> tuple[Fact, ...]:
    found = changes.of_transition(archive, stage.transition_id)
    newest = editions.latest(archive, stage.work) if is_paper(stage.work) else None
    return newest.facts if newest else found[0].facts if found else ()


def _link(archive: Archive, stage: Stage) -> list[str]:
    """Where the edition of a stage was read."""
    found = changes.of_transition(archive, stage.transition_id)
    edition = editions.edition_at(archive, stage.work, on=found[0].after) if found else None
    return [edition.edition.url] if edition and edition.edition.url else []


def _as_object(archive: Archive, row: EventRow) -> dict[str, object]:
    """An event as ``--json`` prints it; the keys are a promise to scripts."""
    return {
        "id": row.id,
        "title": row.stages[0].title,
        "names": [f"{sort}:{name}" for sort, name in _names(row)],
        "stages": [
            {
                "stage": stage.stage,
                "work": stage.work,
                "title": stage.title,
                "at": stage.at,
                "transition": stage.transition_id,
                "dates": {
                    fact.name: fact.value for fact in reversed(_facts(archive, stage)) if fact.name in _DATES
                },
                "links": [fact.value for fact in _facts(archive, stage) if fact.name == "url"]
                or _link(archive, stage),
            }
            for stage in row.stages
        ],
        "not_codified": [
            {
                "act": one.act,
                "work": one.work,
                "day": one.day,
                "said": one.closed,
                "instructions": one.missing,
            }
            for paper in _papers(row)
            for one in announced.by_act(archive, paper)
            if one.missing
        ],
    }


def _announced_objects(archive: Archive, row: EventRow) -> list[dict[str, object]]:
    return [
        {
            "act": paper,
            "instruction": outcome.claim.amendment.instruction,
            "said": instruction_of(outcome.claim.amendment),
            "words": outcome.claim.amendment.words,
            "work": outcome.claim.amendment.work,
            "eid": outcome.claim.amendment.eid,
            "effective": outcome.claim.amendment.effective,
            "state": outcome.state,
            "reason": outcome.reason,
            "checked": outcome.checked,
            "changes": [one.id for one in outcome.changes],
        }
        for paper in _papers(row)
        for outcome in outcomes_of(archive, paper)
    ]
