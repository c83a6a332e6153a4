"""``tocsin captures``: what is held back, and a person's decision about it."""

from __future__ import annotations

import click

from archive import editions
from archive.store import Archive
from tocsin.cli.crawl import summary
from tocsin.cli.setup import configured, reading, with_config
from tocsin.flow import Flow


@click.group("captures")
def command() -> None:
    """Captures that were held: list them, accept or reject them with a reason."""


@command.command("list")
@with_config
def list_held(config_path: str | None) -> None:
    """List what is held, with the reason."""
    with reading(config_path) as (_, archive):
        for held in editions.held(archive):
            click.echo(f"{held.id}  {held.source}  {held.document} of {held.as_of}: {held.reason}")


@command.command()
@click.argument("capture", type=int)
@click.option("--reason", required=True, help="Why it is the whole document after all.")
@with_config
def accept(capture: int, reason: str, config_path: str | None) -> None:
    """Publish a held capture: its changes are compared, and those who watch them are told."""
    config = configured(config_path)
    with Archive.open(config.archive) as archive:
        flow = Flow(config, archive)
        outcome = flow.release(capture, reason)
        failures = flow.tell()
    for line in [*summary(outcome), *failures]:
        click.echo(line, err=True)
    if failures or not outcome.complete:
        raise click.exceptions.Exit(1)


@command.command()
@click.argument("capture", type=int)
@click.option("--reason", required=True, help="Why it is not the document.")
@with_config
def reject(capture: int, reason: str, config_path: str | None) -> None:
    """Set a held capture aside for good; its bytes stay in the archive."""
    with Archive.open(configured(config_path).archive) as archive, archive.transaction():
        editions.reject(archive, capture, reason)
