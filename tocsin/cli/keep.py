"""Keeping the archive: ``verify``, ``backup``, ``restore``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from archive import backup as backups
from archive import clock
from archive.verify import verify as findings_of
from tocsin.cli.setup import configured, reading, with_config
from tocsin.progress import reporter


@click.command()
@with_config
def verify(config_path: str | None) -> None:
    """Compute every hash again and put every edition together again. Exit status 1 where something is lost or not what it was."""
    grave = 0
    with reading(config_path) as (config, archive), _shown("verify") as advance:
        for finding in findings_of(archive, advance):
            grave += finding.grave
            click.echo(f"{'BROKEN' if finding.grave else 'note'}  {finding.file}: {finding.what}")
    if grave:
        click.echo(f"{config.archive}: {grave} findings. Restore it from a backup: 'tocsin restore'")
        raise click.exceptions.Exit(1)
    click.echo(f"{config.archive}: sound")


@click.command()
@click.argument("to", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--keep", type=click.IntRange(0), default=0, metavar="N", help="Keep the newest N backups of TO; 0: all."
)
@with_config
def backup(to: Path, keep: int, config_path: str | None) -> None:
    """Copy the archive into a new folder under TO, while it may be written to, and check the copy whole."""
    config = configured(config_path)
    with _shown("checking the copy") as advance:
        done = backups.back_up(config.archive, to, clock.now(), keep=keep, progress=advance)
    click.echo(f"{done.folder}: {done.size / 1e6:,.1f} MB, verified")


@click.command()
@click.argument("backup", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--replace", is_flag=True, help="Move the archive that is there aside; it is not deleted.")
@with_config
def restore(backup: Path, replace: bool, config_path: str | None) -> None:
    """Put BACKUP, a folder that ``tocsin backup`` made, in the place of the archive. Checked before anything is touched."""
    config = configured(config_path)
    aside = backups.restore(backup, config.archive, replace=replace)
    click.echo(f"{config.archive}: restored from {backup}")
    if aside is not None:
        click.echo(f"what was there is now in {aside}")


@contextmanager
def _shown(what: str) -> Iterator[backups.Progress]:
    """How far it is, as the callback that ``verify`` calls."""
    with reporter().source(what) as advance:
        yield lambda done, of: advance(done, of, "")
