"""``tocsin changes``: what the archive saw change, as JSON lines or for a reader."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

import click

from archive import changes, codec
from archive.errors import BadInput
from archive.records import StoredChange
from archive.shared_scope import NOT_COMPARED
from archive.vocabulary.countries import country_code
from archive.vocabulary.eccn import parse_code
from archive.vocabulary.nearest import nearest
from diffing.render.plain import plain
from tocsin.cli import terminal
from tocsin.cli.setup import day, reading, with_config

MATERIALITIES = ("technical", "editorial", "substantive")
_TYPES = ("code", "series", "country", "group", "technology", "party", "counterparty", "date")


@click.command("changes")
@click.option("--since", callback=day, metavar="DATE", help="Observed on that day or later.")
@click.option(
    "--touching", metavar="TYPE:ID", help="code:3A090 (with all below it), country:TH, technology:X4 …"
)
@click.option(
    "--materiality", multiple=True, type=click.Choice(MATERIALITIES), help="Only these; all by default."
)
@click.option("--source", metavar="ID", help="Of one source.")
@click.option("--work", metavar="WORK", help="Of one work and those below it.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@with_config
def command(
    since: date | None,
    touching: str | None,
    materiality: Sequence[str],
    source: str | None,
    work: str | None,
    as_json: bool,
    config_path: str | None,
) -> None:
    """List the changes that were observed, oldest first."""
    wanted = _touch(touching) if touching else None
    with reading(config_path) as (_, archive):
        for stored in changes.changes(
            archive,
            since=since,
            source=source,
            work=work,
            touching=wanted,
            materiality=tuple(materiality) or None,
        ):
            if as_json:
                click.echo(codec.dumps(as_object(stored)))
            else:
                click.echo(
                    f"{stored.work}  {stored.before or 'new'} → {stored.after}  {terminal.label(stored.change)}"
                )
                click.echo(plain(stored.change))
                for fact in stored.facts:
                    if fact.name == NOT_COMPARED:
                        click.echo(f"not compared: {fact.value} ({fact.words})")
                click.echo()


def as_object(stored: StoredChange) -> dict[str, Any]:
    """A change as ``--json`` prints it; the keys are a promise to scripts."""
    change = stored.change
    return {
        "id": stored.id,
        "source": stored.source,
        "work": stored.work,
        "before": stored.before,
        "after": stored.after,
        "observed_at": stored.observed_at,
        "kind": change.kind,
        "materiality": change.materiality,
        "reason": change.reason,
        "old_eid": change.old_eid,
        "new_eid": change.new_eid,
        "heading": change.heading,
        "text_before": change.text_before,
        "text_after": change.text_after,
        "ops": change.ops,
        "likeness": change.likeness,
        "carried": change.carried,
        "limits": change.limits,
        "touches": stored.touches,
        "not_compared": [
            {"parts": fact.value, "reason": fact.words} for fact in stored.facts if fact.name == NOT_COMPARED
        ],
    }


def _touch(said: str) -> tuple[str, str]:
    kind, _, name = said.partition(":")
    if kind not in _TYPES or not name:
        raise BadInput(
            f"{said!r} is not TYPE:ID",
            thing="--touching",
            mend=f"Write it like {nearest(kind, _TYPES)}:…, for example code:3A090 or country:TH",
        )
    if kind == "code" and re.match(r"[0-9]", name):
        canonical = parse_code(name)
        if canonical is None:
            raise BadInput(
                f"{name!r} is not a control number", thing="--touching", mend="Write it like code:3A090.a"
            )
        return kind, canonical
    if kind == "country":
        found = country_code(name)
        if found is None:
            raise BadInput(f"{name!r} is no country", thing="--touching", mend="Write it like country:TH")
        return kind, found
    return kind, name
