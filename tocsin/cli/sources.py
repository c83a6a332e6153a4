"""``tocsin sources``: what can be watched, what each source is and can be told, and whether it behaves."""

from __future__ import annotations

import json

import click

from crawlers.card import SourceCard, source_card, source_cards
from crawlers.settings import described
from normalize import reading as readers
from tocsin.cli.setup import configured, with_config
from tocsin.trial import check as checked


@click.group("sources", invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """The sources that tocsin can crawl: list them, show one, check one."""
    if context.invoked_subcommand is None:
        context.invoke(list_sources)


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def list_sources(as_json: bool = False) -> None:
    """List the sources that tocsin can crawl."""
    for name, card in source_cards().items():
        if as_json:
            click.echo(json.dumps({"id": name, **_said(card)}, ensure_ascii=False))
        else:
            when = "" if card.by_default else "  (runs once the configuration has a table for it)"
            click.echo(f"{name}  {card.jurisdiction}  every {card.cadence}  {card.title}{when}")


@command.command()
@click.argument("source")
def show(source: str) -> None:
    """Show what SOURCE is, where it comes from, and what it can be told in its table of tocsin.toml."""
    card = source_card(source)
    for name, value in _said(card).items():
        click.echo(f"{name:13} {', '.join(value) if isinstance(value, list) else value}")
    click.echo(f"\n[sources.{card.id}]")
    for name, default, meaning in described(card.settings):
        shown = list(default) if isinstance(default, tuple) else default
        click.echo(f"{name} = {json.dumps(shown, ensure_ascii=False)}  # {meaning}")


@command.command()
@click.argument("source")
@click.option(
    "--documents",
    default=3,
    show_default=True,
    metavar="N",
    help="How many documents are fetched; 0 for all.",
)
@with_config
def check(source: str, documents: int, config_path: str | None) -> None:
    """Fetch some documents of SOURCE twice: they must be read alike. Nothing is archived. Exit status 1 if they are not."""
    card = source_card(source)
    number, differences, failure = checked(configured(config_path), card, most=max(0, documents))
    for each in differences:
        click.echo(f"{card.id}: {each.document}: {each.said}")
    if failure:
        click.echo(f"{card.id}: {failure}")
    if not number:
        click.echo(f"{card.id}: no document came")
    if differences or failure or not number:
        raise click.exceptions.Exit(1)
    click.echo(f"{card.id}: {number:,} documents came twice and were read alike")


def _said(card: SourceCard) -> dict[str, str | list[str]]:
    recipe = readers.profile(card.id).recipe if card.id in readers.sources() else ""
    able = [
        word for word, can in (("crawl", True), ("coverage", card.count), ("backfill", card.backfill)) if can
    ]
    return {
        "title": card.title,
        "publisher": card.publisher,
        "jurisdiction": card.jurisdiction,
        "language": card.language,
        "kind": card.kind,
        "hosts": list(card.hosts),
        "cadence": f"{card.cadence} (UTC)",
        "runs": "by default" if card.by_default else "once the configuration has a table for it",
        "landmark": card.landmark,
        "recipe": recipe,
        "able": able,
        "licence": card.licence,
        "legal status": card.legal_status,
    }
