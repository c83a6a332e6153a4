"""``tocsin sources``: what can be watched."""

from __future__ import annotations

import click

from crawlers.card import source_cards


@click.command("sources")
def command() -> None:
    """List the sources that tocsin can crawl."""
    for name, card in sorted(source_cards().items()):
        click.echo(f"{name}  {card.jurisdiction}  every {card.cadence}  {card.title}")
