"""``tocsin health``: how the sources fare; ``tocsin metrics``: the same as figures."""

from __future__ import annotations

import json
from pathlib import Path

import click

from archive import clock, ledger
from archive.incidents import incidents
from tocsin.cli.setup import configured, reading, with_config, written
from tocsin.health import ages, exit_status, health_data, health_lines


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@with_config
def health(as_json: bool, config_path: str | None) -> None:
    """Say of each source when it last succeeded, what it found, and what stands in its way. Exit status 1 if anything does."""
    with reading(config_path) as (config, archive):
        found = ledger.health(archive)
        old, opened = ages(found, config, clock.now()), incidents(archive)
        if as_json:
            said = health_data(found, config, ages=old, incidents=opened)
            click.echo(json.dumps(said, ensure_ascii=False, indent=1))
        else:
            for line in health_lines(found, config, ages=old, incidents=opened):
                click.echo(line)
        raise click.exceptions.Exit(exit_status(found, old, opened))


@click.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write them there, whole or not at all, as node_exporter's textfile collector takes them.",
)
@with_config
def metrics(output: Path | None, config_path: str | None) -> None:
    """Print the figures of the archive in Prometheus' text form, as the web server tells them at /-/metrics."""
    from prometheus_client import write_to_textfile

    from tocsin.service.figures import exposition, registry

    config = configured(config_path)
    if output is None:
        click.echo(exposition(config.archive, config).decode(), nl=False)
        return
    with written(output, "Name a file in a folder this user may write to"):
        write_to_textfile(str(output), registry(config.archive, config))
