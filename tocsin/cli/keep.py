"""Keeping the archive: ``verify``, ``backup``, ``restore``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from archive import backup as backups
from archive import chain, clock, linking
from archive.errors import BadInput
from archive.verify import Finding
from archive.verify import verify as findings_of
from tocsin.cli.deeds import operator
from tocsin.cli.setup import configured, reading, with_config
from tocsin.progress import reporter
from tocsin.review.audited import audit

RESTORE = "restore a backup"


@click.command()
@click.option(
    "--head",
    metavar="HASH",
    default="",
    help="A head that was printed or mailed before: the chain has to have it.",
)
@with_config
def verify(head: str, config_path: str | None) -> None:
    """Compute every hash again, put every edition together again and follow the chain. Exit status 1 where something is lost or not what it was.

    The last line is the head of the chain: kept elsewhere, it proves later that nothing before it was changed.
    """
    if head and not re.fullmatch(f"[0-9a-fA-F]{{{chain.HEAD_DIGITS},64}}", head):
        raise BadInput(
            f"{head!r} is no head of a chain",
            thing="--head",
            mend=f"Give {chain.HEAD_DIGITS} to 64 hexadecimal digits, as 'tocsin verify' prints them",
        )
    grave: list[Finding] = []
    with reading(config_path) as (config, archive):
        with _shown("verify") as advance:
            for finding in findings_of(archive, advance, head=head):
                grave += [finding] * finding.grave
                click.echo(f"{'BROKEN' if finding.grave else 'note'}  {finding.file}: {finding.what}")
        waiting = ", ".join(f"{number:,} {name}" for name, number in linking.not_linked(archive).items())
        position, last = chain.head(archive)
        of_head = chain.check_head(chain.links(archive), head) if head else None
    if waiting:
        click.echo(
            f"note  not in the chain yet, and linked when the next run or round of sending ends: {waiting}"
        )
    if of_head is not None:
        click.echo(f"the head {of_head.hash[:16]}… is that of link {of_head.position:,} of {of_head.at[:10]}")
    for mend in dict.fromkeys(finding.mend for finding in grave if finding.mend):
        click.echo(f"what to do: {mend}")
    click.echo(f"{config.archive}: {f'{len(grave):,} findings' if grave else 'sound'}")
    click.echo(f"head of the chain: {last} (link {position:,})")
    if grave:
        raise click.exceptions.Exit(1)


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
    aside = backups.restore(
        backup,
        config.archive,
        replace=replace,
        note=lambda archive: audit(archive, operator(config), RESTORE, subject=backup.name),
    )
    click.echo(f"{config.archive}: restored from {backup}")
    if aside is not None:
        click.echo(f"what was there is now in {aside}")


@contextmanager
def _shown(what: str) -> Iterator[backups.Progress]:
    """How far it is, as the callback that ``verify`` calls."""
    with reporter().source(what) as advance:
        yield lambda done, of: advance(done, of, "")
