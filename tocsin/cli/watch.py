"""``tocsin watch``: who hears of what."""

from __future__ import annotations

from pathlib import Path

import click

from alerts.watches import load_watches
from crawlers.card import source_cards
from tocsin.cli.setup import configured, with_config


@click.group("watch")
def command() -> None:
    """Watches: list them, or check a folder of files."""


@command.command("list")
@with_config
def list_watches(config_path: str | None) -> None:
    """List the watches that are in force."""
    config = configured(config_path)
    _print(config.watches, config_path)


@command.command("test")
@click.argument("file", type=click.Path(path_type=Path))
@with_config
def test(file: Path, config_path: str | None) -> None:
    """Check a file of watches (or a folder of them) without taking it into use."""
    _print(file, config_path)


def _print(place: Path, config_path: str | None) -> None:
    config = configured(config_path)
    watches, warnings = load_watches(
        place, people=config.people, targets=config.targets, sources=tuple(source_cards())
    )
    for watch in watches:
        click.echo(f"{watch.name}  owner {watch.owner}, matter {watch.matter}: {watch.reason}")
    for warning in warnings:
        click.echo(f"warning: {warning}", err=True)
