"""``tocsin certificate``: what of a source was missed on some days, for an auditor."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click
import msgspec

from archive import clock
from archive.errors import BadInput
from archive.store import Archive
from crawlers.card import source_card
from tocsin.certificate.making import certificate
from tocsin.certificate.pages import as_page, as_text, sentence
from tocsin.certificate.records import WHOLE, Certificate
from tocsin.cli.setup import configured, day, with_config, write_file


@click.command("certificate")
@click.argument("source")
@click.option("--from", "first", required=True, metavar="DATE", callback=day, help="The first day.")
@click.option("--to", "last", metavar="DATE", callback=day, help="The last day; today if it is not said.")
@click.option("--json", "as_json", is_flag=True, help="JSON.")
@click.option("--html", "as_html", is_flag=True, help="A page that prints, without scripts.")
@click.option(
    "--output", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help="Write it there."
)
@with_config
def command(
    source: str,
    first: date,
    last: date | None,
    as_json: bool,
    as_html: bool,
    output: Path | None,
    config_path: str | None,
) -> None:
    """Say of SOURCE what its publisher's own counter says was published on some days, what was captured when, and what was missed, or cannot be said.

    Exit status 0 only where nothing was missed and that can be said of every day.
    """
    config = configured(config_path)
    last = last or clock.now().date()
    if last < first:
        raise BadInput(f"{last} is before {first}", thing="--to", mend="Name the later day as --to")
    with Archive.open(config.archive, read_only=True) as archive:
        made = certificate(config, archive, source_card(source), first, last)
    said = _json(made) if as_json else as_page(made) if as_html else as_text(made)
    if output is None:
        click.echo(said, nl=False)
    else:
        write_file(output, said.encode(), "Free space on its disk, or name another --output")
        click.echo(f"written to {output}")
    if made.verdict != WHOLE:
        raise click.exceptions.Exit(1)


def _json(made: Certificate) -> str:
    said = {**msgspec.to_builtins(made), "verdict": made.verdict, "finding": sentence(made)}
    return msgspec.json.format(msgspec.json.encode(said), indent=1).decode() + "\n"
