"""``tocsin ingest``: documents that a person hands in, through the same gates as those that are crawled."""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from archive import clock, editions
from archive.errors import BadInput, TocsinError
from archive.identifiers import check_work
from archive.records import Capture, Reading
from archive.store import Archive
from archive.vocabulary.nearest import nearest
from crawlers.card import source_cards
from normalize import reading as readers
from normalize.profile import Hints
from normalize.provisions_format import read_provisions
from tocsin import executors
from tocsin.cli.archive import body_of
from tocsin.cli.crawl import summary
from tocsin.cli.deeds import operator
from tocsin.cli.setup import configured, day, with_config, with_executor
from tocsin.config import Config
from tocsin.executors.ahead import read_in_order
from tocsin.executors.protocol import Executor
from tocsin.executors.tasks import Document
from tocsin.flow import Flow
from tocsin.rederive import NEUTRAL
from tocsin.review.audited import audit

BY_HAND = "by_hand"
INGEST = "hand in documents"


@click.command("ingest")
@click.option("--source", metavar="ID", help="Whose documents they are; not needed for the neutral form.")
@click.option("--as-of", required=True, callback=day, metavar="DATE", help="The date of the edition.")
@click.option(
    "--format", "form", type=click.Choice(["source", "provisions"]), default="source", show_default=True
)
@click.option(
    "--work", metavar="WORK", help="The work of a text in the neutral form, such as us/cfr/15/774/supp-1."
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@with_executor
@with_config
def command(
    source: str | None,
    as_of: date,
    form: str,
    work: str | None,
    files: Sequence[Path],
    executor: str,
    config_path: str | None,
) -> None:
    """Take FILE… in as editions of DATE: archive, read, compare, alert. Exit status 1 if one was held."""
    config = configured(config_path)
    with executors.read(executor) as workers:
        # Everything is read before anything is written: a bad file leaves no trace, and a good one beside it neither.
        if form == "provisions":
            taken = [_neutral(file, as_of, work, files, source, config) for file in files]
        else:
            taken = _documents(files, as_of, source, config, workers)
        with Archive.open(config.archive) as archive:
            flow = Flow(config, archive)
            for warning in flow.warnings:
                click.echo(f"warning: {warning}", err=True)
            files_said = ", ".join(file.name for file in files)
            audit(
                archive,
                operator(config),
                INGEST,
                subject=work or source or "",
                said=f"{files_said} of {as_of}",
            )
            outcome = flow.ingest(taken, sure=form == "provisions", executor=workers)
            failures = flow.tell()
    for line in [*summary(outcome), *failures]:
        click.echo(line, err=True)
    if failures or not outcome.complete:
        raise click.exceptions.Exit(1)


def _neutral(
    file: Path, as_of: date, work: str | None, files: Sequence[Path], source: str | None, config: Config
) -> tuple[Capture, Reading]:
    if not work:
        raise BadInput(
            "the neutral form does not say which work it is",
            thing=str(file),
            mend="Name it by --work us/cfr/15/774/supp-1",
        )
    if len(files) > 1:
        raise BadInput(
            f"{len(files)} files for one edition of one work",
            thing=str(files[1]),
            mend="Ingest one file a call",
        )
    body = body_of(file)
    with Archive.open(config.archive, read_only=True) as archive:
        held = editions.latest(archive, check_work(work))
    expression = read_provisions(
        body, work=work, as_of=as_of, thing=str(file), language=held.language if held else ""
    )
    if (
        held
    ):  # what a reader made and a person hands back in the neutral form is comparable: both are provisions
        expression = replace(expression, recipe=held.recipe)
    capture = _capture(file, body, as_of, source or BY_HAND, document=work)
    return replace(capture, meta={NEUTRAL: expression.language}), Reading(expressions=(expression,))


def _documents(
    files: Sequence[Path], as_of: date, source: str | None, config: Config, workers: Executor
) -> list[tuple[Capture, Reading]]:
    taken = []
    asked = (((file, document := _document(file, as_of, source)), document) for file in files)
    for (file, document), found in read_in_order(workers, asked):
        if isinstance(found, TocsinError):
            raise found
        read = found or readers.read(document.source, document.body, document.hints)
        _check_watched(document.source, file, read, config)
        work = read.expressions[0].work
        taken.append((_capture(file, document.body, as_of, document.source, document=work), read))
    return taken


def _document(file: Path, as_of: date, source: str | None) -> Document:
    if not source:
        raise BadInput(
            "nobody said whose document it is", thing=str(file), mend="Name its source by --source ID"
        )
    if source not in readers.sources():
        close = nearest(source, readers.sources())
        raise BadInput(f"no source is called {source!r}", thing="--source", mend=f"The nearest is {close!r}")
    hints = Hints(as_of=as_of, media_type=_media_type(file), meta={}, url=file.resolve().as_uri())
    return Document(source=source, body=body_of(file), hints=hints)


def _check_watched(source: str, file: Path, found: Reading, config: Config) -> None:
    """A document that the source would never crawl is a mistake of the hand, not an edition."""
    card = source_cards().get(source)
    if card is None or card.takes is None:
        return
    settings = config.sources.get(source)
    for expression in found.expressions:
        refusal = card.takes(expression.work, card.configured(settings.settings if settings else {}))
        if refusal:
            raise BadInput(
                refusal,
                thing=str(file),
                place=expression.work,
                mend=f"Name another file, or widen sources.{source}",
            )


def _capture(file: Path, body: bytes, as_of: date, source: str, *, document: str) -> Capture:
    return Capture(
        source=source,
        document=document,
        url=file.resolve().as_uri(),
        body=body,
        as_of=as_of,
        fetched_at=clock.now(),
        media_type=_media_type(file),
    )


def _media_type(file: Path) -> str:
    return mimetypes.guess_type(file.name)[0] or "application/octet-stream"
