"""``tocsin sources``: what can be watched, what each source is and can be told, and whether it behaves."""

from __future__ import annotations

import json
from pathlib import Path

import click

from crawlers.card import SourceCard, source_card, source_cards
from crawlers.settings import described
from normalize import reading as readers
from tocsin.cli.setup import configured, with_config
from tocsin.config import find
from tocsin.skeleton import add_page, page_table, write_source
from tocsin.trial import check as checked


@click.group("sources", invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """The sources that tocsin can crawl: list them, show one, check one, begin a new one."""
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
            click.echo(f"{name}  {card.jurisdiction}  at {card.cadence}  {card.title}{when}")


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


@command.group()
def new() -> None:
    """Begin a source that is not there yet: a page of the configuration, or a package of your own."""


@new.command()
@click.argument("url")
@click.option("--landmark", required=True, help="Words that stand on the real page whatever changes.")
@click.option(
    "--selector", default="", help="CSS selector of its content; it is found by itself without one."
)
@click.option("--every", default="1d", show_default=True, help="How often it is asked: 6h, 1d.")
@with_config
def page(url: str, landmark: str, selector: str, every: str, config_path: str | None) -> None:
    """Watch the page at URL: its table is put at the end of tocsin.toml."""
    file = find(config_path or click.get_current_context().find_root().obj)
    table = page_table(url, landmark, selector=selector, every=every)
    add_page(file, table, source_card("web_page"), tuple(source_cards()))
    click.echo(f"{table}written to {file}; try it with: tocsin crawl web_page --dry-run")


@new.command("package")
@click.argument("source")
@click.option("--url", required=True, help="The page that its crawl takes first.")
@click.option("--landmark", required=True, help="Words that stand on the real page whatever changes.")
@click.option(
    "--out", "folder", required=True, type=click.Path(path_type=Path, file_okay=False), help="A folder."
)
def package(source: str, url: str, landmark: str, folder: Path) -> None:
    """Write a package with the source SOURCE (like us_bureau), which works as it is and is found by its entry point."""
    for path in write_source(folder, source, url, landmark):
        click.echo(path)
    click.echo(f"install it beside tocsin (pip install {folder}), then: tocsin crawl {source} --dry-run")


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
        "cadence": card.cadence,
        "runs": "by default" if card.by_default else "once the configuration has a table for it",
        "landmark": card.landmark,
        "recipe": recipe,
        "able": able,
        "licence": card.licence,
        "legal status": card.legal_status,
        "not observed": card.beyond or "nothing known of",
    }
