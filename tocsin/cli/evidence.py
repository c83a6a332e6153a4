"""``tocsin evidence``: one change as a file that a stranger checks offline."""

from __future__ import annotations

import hashlib
from pathlib import Path

import click

from tocsin.cli.setup import reading, with_config, write_file
from tocsin.evidence.making import evidence_file, head_of
from tocsin.review.roles import PRIVILEGED, actor


@click.command("evidence")
@click.argument("change")
@click.option(
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where to write it; evidence-CHANGE.zip here if it is not said.",
)
@click.option(
    "--include-privileged",
    "privileged",
    is_flag=True,
    help="With comments for counsel alone; needs that role.",
)
@click.option(
    "--as", "person", envvar="TOCSIN_PERSON", default="", metavar="NAME", help="Who asks; else TOCSIN_PERSON."
)
@with_config
def command(change: str, output: Path | None, privileged: bool, person: str, config_path: str | None) -> None:
    """Write all that proves a CHANGE (its id, or the start of it) into one zip: what was fetched, both texts, what was found, whom it was told, what was
    decided, the chain, and a program that checks it with Python alone."""
    with reading(config_path) as (config, archive):
        if privileged:
            actor(config.people, person).role_for(PRIVILEGED)
        key, data = evidence_file(archive, change, privileged=privileged)
    place = output or Path(f"evidence-{key[:12]}.zip")
    write_file(place, data, "Free space on its disk, or name another --output")
    position, head = head_of(data)
    click.echo(f"{place}: {len(data) / 1e6:,.2f} MB, SHA-256 {hashlib.sha256(data).hexdigest()}")
    click.echo(f"head of the chain: {head} (link {position:,})")
    click.echo("to check it: unpack it and run 'python -I verify.py'")
