"""``tocsin run``: crawl, compare, tell; once, or by the schedule until it is stopped."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from archive import ledger
from archive.errors import BadInput
from archive.store import Archive
from archive.vocabulary.nearest import nearest
from crawlers.card import SourceCard, source_cards
from tocsin.cli.logged import logged
from tocsin.cli.setup import configured, with_config
from tocsin.config import Config, SourceSettings, find
from tocsin.flow import Flow, Outcome
from tocsin.progress import Reporter, reporter
from tocsin.service import logs
from tocsin.service.rounds import after_round
from tocsin.service.stopping import stop_when_told

if TYPE_CHECKING:
    from tocsin.schedule import Planned


@click.command("run")
@click.option(
    "--once",
    is_flag=True,
    help="One round of every source, then end. Exit status 1 if a source did not reach its goal.",
)
@click.option("--source", "names", multiple=True, metavar="ID", help="Only this source; repeatable.")
@with_config
def command(once: bool, names: Sequence[str], config_path: str | None) -> None:
    """Run the sources: fetch what is new, compare it, and tell those whom it concerns."""
    config = configured(config_path)
    cards = _chosen(config, names)
    form = logged(config, is_service=not once)
    if once:
        stop_when_told()
        with after_round(config) as round_:
            round_.is_whole = run_once(config, cards, reporter(is_logged=bool(form)))
        if not round_.is_whole:
            raise click.exceptions.Exit(1)
        return
    from tocsin.schedule import Schedule

    file = find(config_path or click.get_current_context().find_root().obj)
    planned = _planned(config, cards)
    logs.log().info("service started", sources=[one.source for one in planned])
    Schedule(file, planned, archive=config.archive, log=form).run()
    logs.log().info("service stopped")


def _planned(config: Config, cards: Sequence[SourceCard]) -> list[Planned]:
    """When each source is due, as the configuration says, or its card."""
    from tocsin.expectation import cadence_of
    from tocsin.schedule import Planned

    with Archive.open(config.archive, read_only=True) as archive:
        last = ledger.last_tries(archive)
    planned = []
    for card in cards:
        said = config.sources.get(card.id, SourceSettings())
        quiet = card.configured(said.settings).quiet
        planned.append(
            Planned(
                source=card.id,
                cadence=cadence_of(card, said.every),
                quiet=(*card.quiet, *((quiet,) if quiet else ())),
                last=last.get(card.id),
                installation=f"{socket.gethostname()} {config.archive.resolve()}",
            )
        )
    return planned


def run_once(config: Config, cards: Sequence[SourceCard], report: Reporter) -> bool:
    """One round; whether every source reached its goal and every message that was due went out."""
    well = True
    with Archive.open(config.archive) as archive:
        flow = Flow(config, archive)
        for warning in flow.warnings:
            report.line(f"warning: {warning}")
        for card in cards:
            outcome = flow.run(card, report)
            well = well and outcome.complete
            if logs.is_on():
                log_outcome(outcome)
            else:
                for line in summary(outcome):
                    report.line(line)
            for failure in flow.tell():
                well = False
                report.line(failure)
    return well


def log_outcome(outcome: Outcome) -> None:
    """What became of a run as an event, each incident of it as one of its own."""
    log = logs.log().bind(source=outcome.source, run=outcome.run)
    said = {
        "outcome": "postponed" if outcome.postponed else "complete" if outcome.complete else "incomplete",
        "counts": {name: number for name, number in sorted(outcome.counts.items()) if number},
    }
    told = {"reasons": outcome.reasons, "warnings": outcome.warnings}
    (log.info if outcome.complete else log.warning)(
        "run ended", **said, **{key: value for key, value in told.items() if value}
    )
    for notice in outcome.notices:
        log.warning("incident", said=notice)


def summary(outcome: Outcome) -> list[str]:
    """What a person reads of one run: one line where all is well, a line for each reason where not."""
    counts = ", ".join(f"{number:,} {name}" for name, number in sorted(outcome.counts.items()) if number)
    ended = "complete" if outcome.complete else "INCOMPLETE"
    lines = [
        f"{outcome.source}: {'postponed' if outcome.postponed else ended}{f' ({counts})' if counts else ''}"
    ]
    lines += [f"{outcome.source}: {reason}" for reason in outcome.reasons]
    lines += [f"{outcome.source}: warning: {warning}" for warning in outcome.warnings]
    lines += [f"{outcome.source}: {notice}" for notice in outcome.notices]
    return lines


def _chosen(config: Config, names: Sequence[str]) -> list[SourceCard]:
    cards = source_cards()
    for name in names:
        if name not in cards:
            raise BadInput(
                f"no source is called {name!r}",
                thing="--source",
                mend=f"The nearest is {nearest(name, cards)!r}",
            )
    if names:
        return [cards[name] for name in dict.fromkeys(names)]
    off = {name for name, settings in config.sources.items() if not settings.enabled}
    return [
        card
        for name, card in cards.items()
        if name not in off and (card.by_default or name in config.sources)
    ]
