"""``tocsin watch``: who hears of what, why, and what they would have heard."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from alerts.backtest import BackTest, backtest
from alerts.citations import cite_change
from alerts.conditions import Watch
from alerts.explain import explain
from alerts.items import watches_of_items
from alerts.watches import load_watches
from alerts.watches_written import as_file, put, watches_in_force
from archive import changes, clock, queries, watch_history
from archive.codec import loads
from archive.errors import BadInput
from archive.store import Archive
from archive.vocabulary.ccl_entries import CCL, ENTRIES
from archive.vocabulary.nearest import nearest
from crawlers.card import source_cards
from tocsin.cli.deeds import deed, operator
from tocsin.cli.setup import configured, day, reading, with_config
from tocsin.config import Config
from tocsin.review.roles import WATCH

SHOWN = 20
"""Alerts that a back-test names; the rest are counted. ``--json`` has all."""


@click.group("watch")
def command() -> None:
    """Watches: list them, check a file of them, ask why they match, try them on history."""


@command.command("list")
@with_config
def list_watches(config_path: str | None) -> None:
    """List the watches that are in force: those of the files, then those of the front end."""
    with reading(config_path) as (config, archive):
        authors = {one.watch: one.author for one in watch_history.written(archive)}
        for watch in _watches(config.watches, config, archive):
            click.echo(_line(watch) + (f" (front end, by {authors[watch.name]})" if not watch.file else ""))


@command.command("test")
@click.argument("file", type=click.Path(path_type=Path))
@with_config
def test(file: Path, config_path: str | None) -> None:
    """Check a file of watches (or a folder of them) without taking it into use."""
    for watch in _watches(file, configured(config_path)):
        click.echo(_line(watch))


@command.command("put")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--author", required=True, metavar="NAME", help="Who writes them.")
@with_config
def put_watches(file: Path, author: str, config_path: str | None) -> None:
    """Keep the watches of FILE in the archive, as the front end does: in force from the next run on, each a new version with its author."""
    config = configured(config_path)
    with Archive.open(config.archive) as archive:
        watches = _watches(file, config, archive)
        names = ", ".join(watch.name for watch in watches)
        with deed(archive, operator(config, author), WATCH, subject=names, said="put"):
            new = put(archive, watches, author=author, at=clock.now())
    click.echo(f"{new} of {len(watches)} watches say something new")


@command.command("remove")
@click.argument("name", metavar="WATCH")
@click.option("--author", required=True, metavar="NAME", help="Who takes it out.")
@with_config
def remove_watch(name: str, author: str, config_path: str | None) -> None:
    """Take WATCH, one of the front end, out of force; its versions stay in the history."""
    config = configured(config_path)
    with (
        Archive.open(config.archive) as archive,
        deed(archive, operator(config, author), WATCH, subject=name, said="removed"),
    ):
        watch_history.write(archive, name, "", author=author, at=clock.now())


@command.command("export")
@click.argument("names", nargs=-1, metavar="[WATCH]...")
@with_config
def export_watches(names: Sequence[str], config_path: str | None) -> None:
    """Print the watches of the front end (or those named) as a file of watches; kept among the files, it takes their place."""
    with reading(config_path) as (_, archive):
        kept = {one.watch: loads(one.content, Watch) for one in watch_history.written(archive)}
    for name in names:
        if name not in kept:
            close = nearest(name, kept)
            mend = f"The nearest is {close!r}" if close else "It has none; 'tocsin watch put' writes one"
            raise BadInput("the front end has no such watch", thing=f"watch {name}", mend=mend)
    click.echo(as_file(kept[name] for name in names or kept), nl=False)


@command.command("explain")
@click.argument("change_id", metavar="CHANGE")
@click.option("--watch", "name", metavar="WATCH", help="Only this watch: its name, or a file of watches.")
@with_config
def explain_change(change_id: str, name: str | None, config_path: str | None) -> None:
    """Say for each watch why CHANGE (an id of 'tocsin changes --json') met it, or which condition failed."""
    with reading(config_path) as (config, archive):
        stored = changes.change(archive, change_id)
        if stored is None:
            raise BadInput(
                "the archive has no such change",
                thing=f"change {change_id}",
                mend="'tocsin changes --json' prints the ids",
            )
        watches = _named(name, config, archive) if name else _watches(config.watches, config, archive)
        click.echo(f"{cite_change(stored)}: {stored.change.materiality} {stored.change.kind}, {stored.after}")
        for watch in watches:
            click.echo("\n".join(explain(watch, stored).lines()))


@command.command("backtest")
@click.argument("watch_name", metavar="WATCH")
@click.option(
    "--since", required=True, callback=day, metavar="DATE", help="First day of the editions looked at."
)
@click.option("--until", callback=day, metavar="DATE", help="Last day of them; today by default.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a watch.")
@with_config
def backtest_watch(
    watch_name: str, since: date, until: date | None, as_json: bool, config_path: str | None
) -> None:
    """Say what WATCH (its name, or a file of watches) would have told since DATE: how often, on what, in which week."""
    until = until or clock.now().date()
    if until < since:
        raise BadInput(f"{until} is before {since}", thing="--until", mend="Name a day after --since")
    with reading(config_path) as (config, archive):
        watches = _named(watch_name, config, archive)
        for tried in backtest(watches, changes.changes(archive), since=since, until=until):
            click.echo(
                json.dumps(_as_object(tried), ensure_ascii=False) if as_json else "\n".join(_told(tried))
            )
            if not as_json:
                for warning in tried.warnings:
                    click.echo(f"warning: {tried.watch.name}: {warning}", err=True)


@command.command("history")
@click.argument("name", required=False, metavar="[WATCH]")
@with_config
def show_history(name: str | None, config_path: str | None) -> None:
    """Print what WATCH (or every watch) said since when: a line for each edit, the keys that were edited with it."""
    with reading(config_path) as (_, archive):
        wordings = watch_history.history(archive, name)
    if name and not wordings:
        raise BadInput(
            "no watch of that name was ever in force", thing=name, mend="'tocsin watch list' lists them"
        )
    before: dict[str, dict[str, object]] = {}
    for one in wordings:
        now: dict[str, object] = json.loads(one.content or "{}")
        old = before.get(one.watch, {})
        edited = ", ".join(
            f"{key} = {json.dumps(now[key], ensure_ascii=False)}"
            for key in now
            if now[key] != old.get(key, [])
        )
        by = f" by {one.author}" if one.author else ""
        said = f"taken out{by}" if not now else f"{'edited' if old else 'new'}{by}: {edited}"
        click.echo(f"{one.at:%Y-%m-%d %H:%M} UTC  {one.watch}  {said}")
        before[one.watch] = now


@command.command("generate")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--owner", required=True, metavar="OWNER", help="An e-mail address, or a name of [people].")
@click.option("--matter", required=True, metavar="MATTER", help="The file or case the watches belong to.")
@click.option(
    "--notify", "notify", required=True, multiple=True, metavar="TARGET", help="A target; repeatable."
)
def generate(file: Path, owner: str, matter: str, notify: Sequence[str]) -> None:
    """Print watches for a company's own items: CSV with product, control_number, list, destinations, customers."""
    click.echo(watches_of_items(file, owner=owner, matter=matter, notify=notify), nl=False)


def _told(tried: BackTest) -> list[str]:
    lines = [
        f"{tried.watch.name}: {len(tried.fired):,} alerts on {tried.changes:,} changes from {tried.since} to {tried.until}, "
        f"{tried.per_week:.2f} a week"
    ]
    if tried.by_week:
        monday, most = max(tried.by_week, key=lambda week: week[1])
        lines[0] += f" (most in the week of {monday}: {most:,})"
    for alert in tried.fired[-SHOWN:]:
        cited = ", ".join(alert.citations[:3]) + (
            f" and {len(alert.citations) - 3} more" if len(alert.citations) > 3 else ""
        )
        mark = " (cross-reference)" if alert.cross_reference else ""
        lines.append(f"  {alert.day}  {len(alert.changes):,} changes{mark}: {cited}")
        lines.append(f"              by {'; '.join(alert.terms[:3]) or 'its materiality alone'}")
    if len(tried.fired) > SHOWN:
        lines.append(f"  and {len(tried.fired) - SHOWN:,} earlier ones; --json names them all")
    return lines


def _as_object(tried: BackTest) -> dict[str, object]:
    return {
        "watch": tried.watch.name,
        "since": tried.since.isoformat(),
        "until": tried.until.isoformat(),
        "alerts": len(tried.fired),
        "changes": tried.changes,
        "transitions": tried.transitions,
        "per_week": round(tried.per_week, 4),
        "weeks": {monday.isoformat(): number for monday, number in tried.by_week},
        "warnings": list(tried.warnings),
        "fired": [
            {
                "day": alert.day.isoformat(),
                "work": alert.work,
                "transition": alert.transition_id,
                "changes": list(alert.changes),
                "citations": list(alert.citations),
                "terms": list(alert.terms),
                "cross_reference": alert.cross_reference,
            }
            for alert in tried.fired
        ],
    }


def _named(said: str, config: Config, archive: Archive) -> Sequence[Watch]:
    """The watch of that name, or the watches of that file."""
    if Path(said).exists():
        return _watches(Path(said), config, archive)
    watches = _watches(config.watches, config, archive)
    found = [watch for watch in watches if watch.name == said]
    if not found:
        close = nearest(said, [watch.name for watch in watches])
        raise BadInput(
            f"no watch is called {said!r}, and no file either",
            thing=str(config.watches),
            mend=f"The nearest is {close!r}" if close else "Write one; 'tocsin watch list' lists them",
        )
    return found


def _watches(place: Path, config: Config, archive: Archive | None = None) -> tuple[Watch, ...]:
    """The watches of a place, checked, with those of the front end where the place is that of the configuration; their warnings are told."""
    known = (queries.roots(archive, CCL, "entry") or ENTRIES) if archive else ()
    sources = tuple(source_cards())
    if archive is not None and place == config.watches:
        watches, warnings = watches_in_force(
            archive, place, people=config.people, targets=config.targets, sources=sources, known_codes=known
        )
    else:
        watches, warnings = load_watches(
            place, people=config.people, targets=config.targets, sources=sources, known_codes=known
        )
    for warning in warnings:
        click.echo(f"warning: {warning}", err=True)
    return watches


def _line(watch: Watch) -> str:
    return f"{watch.name}  owner {watch.owner}, matter {watch.matter}: {watch.reason}"
