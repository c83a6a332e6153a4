"""``tocsin health``: how the sources fare."""

from __future__ import annotations

import click

from archive import clock, ledger
from archive.incidents import incidents
from tocsin.cli.setup import reading, with_config
from tocsin.health import ages, exit_status, health_lines


@click.command()
@with_config
def health(config_path: str | None) -> None:
    """Say of each source when it last succeeded, what it found, and what stands in its way. Exit status 1 if anything does."""
    with reading(config_path) as (config, archive):
        found = ledger.health(archive)
        old, opened = ages(found, config, clock.now()), incidents(archive)
        for line in health_lines(found, config, ages=old, incidents=opened):
            click.echo(line)
        raise click.exceptions.Exit(exit_status(found, old, opened))
