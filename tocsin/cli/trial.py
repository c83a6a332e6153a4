"""``tocsin crawl``: a crawl to look at, which leaves the archive as it is."""

from __future__ import annotations

from pathlib import Path

import click

from archive.errors import BadInput, TocsinError
from crawlers.card import source_card
from crawlers.events import Finished
from tocsin.cli.setup import configured, with_config
from tocsin.recording import write_case
from tocsin.trial import trial


@click.command("crawl")
@click.argument("source")
@click.option("--dry-run", is_flag=True, help="Say what would come.")
@click.option(
    "--record",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write each document as a case for the tests under DIR.",
)
@click.option("--documents", default=0, metavar="N", help="At most so many documents; 0 for all.")
@with_config
def command(source: str, dry_run: bool, record: Path | None, documents: int, config_path: str | None) -> None:
    """Crawl SOURCE and archive nothing. Exit status 1 if it did not reach its goal."""
    card = source_card(source)
    if not dry_run and record is None:
        raise BadInput(
            "say what the crawl is for",
            thing="tocsin crawl",
            mend=f"Use --dry-run or --record DIR; 'tocsin run --once --source {source}' archives what comes",
        )
    well = True
    for each in trial(configured(config_path), card, most=max(0, documents)):
        if isinstance(each, Finished):
            well = well and each.outcome == "complete"
            counts = ", ".join(f"{number:,} {name}" for name, number in sorted(each.counts.items()) if number)
            click.echo(
                f"{card.id}: {each.outcome} ({counts or 'nothing asked'}){' ' + each.reason if each.reason else ''}"
            )
            continue
        doubts = each.meta.get("doubts") or ()
        click.echo(
            f"{each.document} of {each.as_of}: {len(each.body):,} bytes{' with doubts' if doubts else ''}"
        )
        if record is not None:
            try:
                click.echo(f"  recorded in {write_case(record, each)}")
            except TocsinError as error:
                well = False
                click.echo(f"  cannot be read: {error.line()}")
    if not well:
        raise click.exceptions.Exit(1)
