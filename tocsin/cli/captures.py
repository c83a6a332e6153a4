"""``tocsin captures``: what is held back, and a person's decision about it."""

from __future__ import annotations

from pathlib import Path

import click

from archive import clock, editions, received
from archive.store import Archive
from tocsin.cli.crawl import summary
from tocsin.cli.deeds import deed, operator
from tocsin.cli.setup import configured, reading, with_config, write_file
from tocsin.flow import Flow
from tocsin.reconciliation import reckon_held

ACCEPT, REJECT = "accept a held capture", "reject a held capture"


@click.group("captures")
def command() -> None:
    """Captures that were held: list them, look at one, accept or reject it with a reason."""


@command.command("list")
@with_config
def list_held(config_path: str | None) -> None:
    """List what is held, with the reason."""
    with reading(config_path) as (_, archive):
        for held in editions.held(archive):
            click.echo(f"{held.id}  {held.source}  {held.document} of {held.as_of}: {held.reason}")


@command.command()
@click.argument("capture", type=int)
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write its bytes, as they came, into FILE.",
)
@with_config
def show(capture: int, out: Path | None, config_path: str | None) -> None:
    """Show what a capture is and why it is held, beside the edition that stands in its place."""
    with reading(config_path) as (_, archive):
        row = received.capture_row(archive, capture)
        before = received.newest_capture(archive, row.source, row.document)
        body = editions.load_capture(archive, capture).body if out is not None else b""
    click.echo(f"{row.id}  {row.source}  {row.document} of {row.as_of}: {row.state}")
    for name, value in (
        ("reason", row.reason),
        ("address", row.url),
        ("fetched", f"{row.fetched_at:%Y-%m-%d %H:%M} UTC, status {row.status}"),
        ("bytes", f"{row.bytes:,} of {row.media_type or 'no type'}, SHA-256 {row.sha256}"),
        ("inventory", ", ".join(f"{number:,} {unit}" for unit, number in (row.inventory or {}).items())),
        ("in its place", f"{before.as_of}, {before.bytes:,} bytes" if before else "nothing is published yet"),
    ):
        if value:
            click.echo(f"{name:13} {value}")
    if out is not None:
        write_file(out, body, "Free space on its disk, or name another --out")
        click.echo(f"written to {out}")


@command.command()
@click.argument("capture", type=int)
@click.option("--reason", required=True, help="Why it is the whole document after all.")
@with_config
def accept(capture: int, reason: str, config_path: str | None) -> None:
    """Publish a held capture: its changes are compared, and those who watch them are told."""
    config = configured(config_path)
    with Archive.open(config.archive) as archive:
        flow = Flow(config, archive)
        with deed(archive, operator(config), ACCEPT, subject=str(capture), said=reason):
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
    config = configured(config_path)
    with (
        Archive.open(config.archive) as archive,
        deed(archive, operator(config), REJECT, subject=str(capture), said=reason),
    ):
        editions.reject(archive, capture, reason)
        for step in reckon_held(archive, received.capture_row(archive, capture).source, at=clock.now()):
            click.echo(step.line(), err=True)
