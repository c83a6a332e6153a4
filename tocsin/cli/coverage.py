"""``tocsin coverage`` and ``tocsin backfill``: what of the past is held, and fetching what is not."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

import click

from archive import clock
from archive.errors import BadInput
from archive.store import Archive
from crawlers.card import SourceCard, source_card, source_cards
from tocsin import executors
from tocsin.cli.crawl import summary
from tocsin.cli.deeds import operator
from tocsin.cli.setup import configured, day, with_config, with_executor
from tocsin.config import Config
from tocsin.coverage import Coverage, coverage, told
from tocsin.flow import Flow
from tocsin.progress import reporter
from tocsin.review.audited import audit

BACKFILL = "backfill"
_REQUESTS_EACH = (
    2  # a document, and what proves that it is whole: the plain text of a paper, the structure of a title
)


@click.command("coverage")
@click.option(
    "--from", "first", required=True, metavar="DATE", callback=day, help="The first day that counts."
)
@click.option("--to", "last", metavar="DATE", callback=day, help="The last day; today if it is not said.")
@click.option("--source", "names", multiple=True, metavar="ID", help="Only this source; repeatable.")
@with_config
def coverage_command(first: date, last: date | None, names: Sequence[str], config_path: str | None) -> None:
    """Compare the archive with each source's own count, or say how closely one without a count was observed. Exit status 1 if anything is missing."""
    config = configured(config_path)
    whole = True
    for card in _cards(config, names):
        with Archive.open(config.archive, read_only=True) as archive:
            found = coverage(config, archive, card, *_span(first, last))
        whole = whole and found.is_whole
        for line in told(found):
            click.echo(line)
    if not whole:
        raise click.exceptions.Exit(1)


@click.command("backfill")
@click.argument("source")
@click.option("--from", "first", required=True, metavar="DATE", callback=day, help="The first day.")
@click.option("--to", "last", metavar="DATE", callback=day, help="The last day; today if it is not said.")
@click.option("--alert", is_flag=True, help="Tell those who watch what is found, as if it were news.")
@click.option("--dry-run", is_flag=True, help="Say what would be fetched, and end.")
@with_executor
@with_config
def backfill_command(
    source: str,
    first: date,
    last: date | None,
    alert: bool,
    dry_run: bool,
    executor: str,
    config_path: str | None,
) -> None:
    """Fetch what SOURCE published on some days and the archive does not hold. Run it again to go on where it was stopped."""
    config = configured(config_path)
    card = source_card(source)
    if card.backfill is None:
        raise BadInput(
            "it tells nothing of the past",
            thing=f"source {source}",
            mend="'tocsin sources show' says what it can do",
        )
    span = _span(first, last)
    with executors.read(executor) as workers:
        with Archive.open(config.archive, read_only=True) as archive:
            found = coverage(config, archive, card, *span)
        click.echo(_estimate(config, card, found), err=True)
        if found.failure:
            raise click.exceptions.Exit(1)
        if dry_run:
            return
        with Archive.open(config.archive) as opened:
            audit(opened, operator(config), BACKFILL, subject=source, said=f"{span[0]} to {span[1]}")
            flow = Flow(config, opened)
            outcome = flow.backfill(card, *span, alert=alert, report=reporter(), executor=workers)
            failures = flow.tell() if alert else ()
    for line in [*summary(outcome), *failures]:
        click.echo(line, err=True)
    if failures or not outcome.complete:
        raise click.exceptions.Exit(1)


def _estimate(config: Config, card: SourceCard, found: Coverage) -> str:
    if found.failure:
        return f"{card.id}: could not be counted: {found.failure}"
    settings = config.sources.get(card.id)
    pace = card.configured(settings.settings if settings else {}).pace
    requests = found.missing * _REQUESTS_EACH
    minutes = math.ceil(requests * 1.2 / pace / 60)
    return (
        f"{card.id}: {found.published:,} documents on these days, {found.held:,} held, {found.missing:,} to fetch: "
        f"up to {requests:,} requests, about {minutes:,} min at {pace:g} a second"
    )


def _span(first: date, last: date | None) -> tuple[date, date]:
    last = last or clock.now().date()
    if last < first:
        raise BadInput(f"{last} is before {first}", thing="--to", mend="Name the later day as --to")
    return first, last


def _cards(config: Config, names: Sequence[str]) -> list[SourceCard]:
    if names:
        return [source_card(name) for name in names]
    off = {name for name, settings in config.sources.items() if not settings.enabled}
    return [
        card
        for name, card in source_cards().items()
        if name not in off and (card.by_default or name in config.sources)
    ]
