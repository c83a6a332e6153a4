"""``tocsin feed``: changes as Atom or JSON lines, dates as iCalendar, to be put where others subscribe to them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import click

from alerts.conditions import Watch
from alerts.watches_written import watches_in_force
from archive import clock
from archive.changes import MATERIALITIES
from archive.errors import BadInput
from archive.store import Archive
from archive.vocabulary.nearest import nearest
from crawlers.card import source_cards
from tocsin import feeds
from tocsin.cli.setup import day, reading, with_config, written
from tocsin.config import Config
from tocsin.feeds import Wanted


@click.group("feed")
def command() -> None:
    """Write a feed: the same that the front end serves below /feeds/."""


def _with_options(function: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        click.option(
            "-o",
            "--output",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="Into FILE, whole or not at all.",
        ),
        click.option(
            "--since",
            callback=day,
            metavar="DATE",
            help="Observed on that day or later; dates from that day on.",
        ),
        click.option("--source", metavar="ID", help="Of one source."),
        click.option("--watch", "name", metavar="WATCH", help="What one watch met."),
    ):
        function = option(function)
    return with_config(function)


def _with_weight(default: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return click.option(
        "--materiality",
        type=click.Choice(MATERIALITIES),
        default=default,
        show_default=True,
        help="The least weight; a watch asks for its own.",
    )


@command.command("atom")
@_with_weight("substantive")
@_with_options
def atom(
    materiality: str,
    name: str | None,
    source: str | None,
    since: date | None,
    output: Path | None,
    config_path: str | None,
) -> None:
    """The newest 100 changes as Atom."""
    with reading(config_path) as (config, archive):
        wanted = _wanted(config, archive, name, source, since, materiality)
        feed = feeds.atom(archive, wanted, site=config.address, now=clock.now())
    _write([feed], output)


@command.command("ics")
@_with_options
def ics(
    name: str | None, source: str | None, since: date | None, output: Path | None, config_path: str | None
) -> None:
    """The dates on which law changes by itself or something is due, as iCalendar; from a year back on by default."""
    with reading(config_path) as (config, archive):
        wanted = _wanted(config, archive, name, source, since)
        calendar = feeds.ics(archive, wanted, site=config.address, now=clock.now())
    _write([calendar], output)


@command.command("jsonl")
@_with_weight("technical")
@_with_options
def jsonl(
    materiality: str,
    name: str | None,
    source: str | None,
    since: date | None,
    output: Path | None,
    config_path: str | None,
) -> None:
    """All changes, oldest first, a line of JSON each."""
    with reading(config_path) as (config, archive):
        wanted = _wanted(config, archive, name, source, since, materiality)
        _write(feeds.lines(archive, wanted, site=config.address), output)


def _wanted(
    config: Config,
    archive: Archive,
    name: str | None,
    source: str | None,
    since: date | None,
    materiality: str = "substantive",
) -> Wanted:
    cards = source_cards()
    if source is not None and source not in cards:
        raise BadInput(f"{source!r} is no source", thing="--source", mend=_mend(source, cards))
    watch = _watch(config, archive, name) if name is not None else None
    return Wanted(source=source, watch=watch, since=since, materiality=materiality)


def _watch(config: Config, archive: Archive, name: str) -> Watch:
    watches, _ = watches_in_force(
        archive,
        config.watches,
        people=config.people,
        targets=config.targets,
        sources=tuple(source_cards()),
    )
    by_name = {watch.name: watch for watch in watches}
    if name not in by_name:
        raise BadInput(f"no watch is called {name!r}", thing="--watch", mend=_mend(name, by_name))
    return by_name[name]


def _mend(said: str, valid: Iterable[str]) -> str:
    close = nearest(said, valid)
    return f"The nearest is {close!r}" if close else "There is none yet"


def _write(parts: Iterable[str], output: Path | None) -> None:
    """To the output, or into a file that is replaced when it is whole: a web server may be giving it out."""
    if output is None:
        for part in parts:
            click.echo(part.encode(), nl=False)
        return
    with written(output, "See that its folder is there and can be written"):
        handle, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
                file.writelines(parts)
                os.fchmod(file.fileno(), 0o644)
            Path(name).replace(output)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
