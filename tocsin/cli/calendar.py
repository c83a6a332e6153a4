"""``tocsin calendar``: the days on which law changes by itself, or something is due."""

from __future__ import annotations

import json
from datetime import date

import click

from alerts.citations import cite
from alerts.ics import as_ics
from archive import calendar, clock
from archive.calendar import KeptFuse
from archive.errors import BadInput
from tocsin.cli.setup import day, reading, with_config


@click.command("calendar")
@click.option("--since", callback=day, metavar="DATE", help="From that day on; from today by default.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--ics", "ics", is_flag=True, help="As iCalendar, for a calendar program.")
@with_config
def command(since: date | None, as_json: bool, ics: bool, config_path: str | None) -> None:
    """List the dates ahead on which a text held changes its meaning with no word changed: stays, staged dates, deadlines."""
    if as_json and ics:
        raise BadInput("two forms were asked for", thing="--json and --ics", mend="Name one of them")
    with reading(config_path) as (_, archive):
        kept = calendar.fuses(archive, since=since or clock.now().date())
        waiting = len(calendar.unsearched(archive))
    if ics:
        click.echo(as_ics(kept, clock.now()).encode(), nl=False)
    for one in () if ics else kept:
        click.echo(json.dumps(_as_object(one), ensure_ascii=False) if as_json else _line(one))
    if waiting:
        click.echo(
            f"warning: {waiting:,} works are not searched yet; the next 'tocsin run' does it", err=True
        )


def _line(one: KeptFuse) -> str:
    fuse = one.fuse
    by = f" by {fuse.act}" if fuse.act else ""
    last = f" (last day {fuse.named})" if fuse.named != fuse.day else ""
    head = f"{fuse.day}  {fuse.sort}{by}{last}: {cite(fuse.work, fuse.eid, one.title)}"
    return f"{head}\n            {fuse.words}" if fuse.words else head


def _as_object(one: KeptFuse) -> dict[str, object]:
    fuse = one.fuse
    return {
        "id": one.id,
        "day": fuse.day.isoformat(),
        "named": fuse.named.isoformat(),
        "sort": fuse.sort,
        "work": fuse.work,
        "eid": fuse.eid,
        "citation": cite(fuse.work, fuse.eid, one.title),
        "act": fuse.act,
        "words": fuse.words,
        "source": one.source,
        "title": one.title,
        "as_of": one.as_of.isoformat(),
        "told": one.told,
    }
