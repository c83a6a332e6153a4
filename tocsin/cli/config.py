"""``tocsin config show``: every key with its value as it counts, and where it comes from."""

from __future__ import annotations

import json

import click

from crawlers.card import source_cards
from tocsin.cli.setup import configured, with_config
from tocsin.config import find
from tocsin.origins import effective


@click.group("config")
def command() -> None:
    """What is configured."""


@command.command()
@click.option(
    "--origin", is_flag=True, help="Say of each key where it comes from: file and line, variable, default."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a key, one a line.")
@with_config
def show(origin: bool, as_json: bool, config_path: str | None) -> None:
    """Print every key with its value as it counts, defaults too, secrets masked. A faulty configuration is told with its place (exit status 2)."""
    config = configured(config_path)
    file = find(config_path or click.get_current_context().find_root().obj)
    for name, card in source_cards().items():
        if name in config.sources:
            card.configured(config.sources[name].settings)
    for said in effective(file):
        if as_json:
            click.echo(
                json.dumps({"key": said.key, "value": said.value, "origin": said.origin}, ensure_ascii=False)
            )
            continue
        line = f"{said.key} = {json.dumps(said.value, ensure_ascii=False)}"
        click.echo(f"{line:<60}  # {said.origin}" if origin else line)
