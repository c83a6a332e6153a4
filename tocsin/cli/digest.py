"""``tocsin digest``: the week as it was known, built, listed, shown and sent."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from alerts.language import LANGUAGES
from alerts.sending import send_due
from archive import clock, instants, ledger
from archive.errors import BadInput
from archive.store import Archive
from crawlers.card import source_cards
from tocsin.cli.deeds import deed, operator
from tocsin.cli.setup import configured, reading, with_config, write_file
from tocsin.digest import kept
from tocsin.digest.building import build
from tocsin.digest.formats import FORMATS
from tocsin.digest.manners import manner_of
from tocsin.digest.records import Digest
from tocsin.digest.sending import owe
from tocsin.digest.templating import Manner
from tocsin.digest.week import last_week, period
from tocsin.reminders import search
from tocsin.review.for_digest import reviews_for_digest
from tocsin.review.signatures import check_released

BUILD, SEND = "build a digest", "send a digest"


@click.group("digest")
def command() -> None:
    """The weekly digest: what changed, what was looked at, what is due, who was told, what nobody has decided."""


@command.command("build")
@click.option("--week", metavar="WEEK", help="Like 2026-W30; the last one that has ended if it is not said.")
@click.option(
    "--as-known",
    "known",
    metavar="INSTANT",
    help="Count what was known by then; by the end of the week if it is not said.",
)
@click.option(
    "--format", "formats", multiple=True, type=click.Choice(list(FORMATS)), help="Only these; all by default."
)
@click.option(
    "--to", "folder", metavar="DIR", type=click.Path(path_type=Path), help="Where the files go; digests/WEEK."
)
@with_config
def build_command(
    week: str | None, known: str | None, formats: Sequence[str], folder: Path | None, config_path: str | None
) -> None:
    """Build the digest of a week from the archive and write it in every format. The same week, as known at the same instant, gives the same bytes."""
    config = configured(config_path)
    now = clock.now()
    zone = config.digest.zone
    with Archive.open(config.archive) as archive:
        ledger.close_interrupted(archive, at=now)
        search(archive, now.date())
        wanted = period(week or last_week(now, zone), zone, now=now, known=_instant(known))
        told = reviews_for_digest(archive, known=wanted.known)
        digest = build(archive, wanted, titles=titles(), reviews=told)
        if is_new := kept.is_new(archive, digest):
            with deed(archive, operator(config), BUILD, subject=wanted.week) as said:
                kept.keep(archive, digest, at=now)
                said.said = f"version {kept.version_of(digest)[:12]}"
        others = kept.others(archive, digest)
    place = folder or config.folder / "digests" / wanted.week
    for written in write(digest, manner_of(config), formats or tuple(FORMATS), place):
        click.echo(written)
    click.echo(
        f"{wanted.week}, version {kept.version_of(digest)[:12]}{'' if is_new else ' (built before, the same)'}: "
        f"{digest.substantive:,} substantive changes, {len(digest.reviews.undecided):,} of them not decided",
        err=True,
    )
    for other in others:
        click.echo(
            f"warning: version {other.version[:12]}, built at {other.built:%Y-%m-%d %H:%M} UTC of the same week and instant, says something else",
            err=True,
        )


@command.command("list")
@with_config
def list_command(config_path: str | None) -> None:
    """The digests that were built, oldest first: week, version, as known when, built when."""
    with reading(config_path) as (_, archive):
        for one in kept.kept(archive):
            click.echo(
                f"{one.week}  {one.version[:12]}  as known {instants.written(one.known)}  built {one.built:%Y-%m-%d %H:%M} UTC"
            )


@command.command("show")
@click.argument("name", default="", metavar="[WEEK|VERSION]")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="md", show_default=True)
@click.option("--language", type=click.Choice(LANGUAGES), help="Of the digest's own words.")
@with_config
def show_command(name: str, form: str, language: str | None, config_path: str | None) -> None:
    """Print a digest that was built, the last one if none is named."""
    with reading(config_path) as (config, archive):
        _, digest = kept.find(archive, name)
    _, made = FORMATS[form]
    sys.stdout.buffer.write(made(digest, manner_of(config, language)))


@command.command("send")
@click.argument("name", default="", metavar="[WEEK|VERSION]")
@click.option(
    "--target", "targets", multiple=True, metavar="NAME", help="Instead of the list in the configuration."
)
@with_config
def send_command(name: str, targets: Sequence[str], config_path: str | None) -> None:
    """Send a digest that was built to the list of [digest], once to each target; where somebody signs digests, one that is signed. Exit status 1 if a
    target did not take it."""
    config = configured(config_path)
    wanted = tuple(targets) or config.digest.list
    if not wanted:
        raise BadInput(
            "nobody is on the list",
            thing="tocsin.toml",
            place="digest.list",
            mend='Write list = ["NAME"] under [digest], with a name of [targets]',
        )
    with Archive.open(config.archive) as archive:
        one, digest = kept.find(archive, name)
        if not targets:
            check_released(archive, one.version, config.people, config.digest)
        with deed(archive, operator(config), SEND, subject=one.week, said=f"to {', '.join(wanted)}"):
            owed = owe(archive, digest, manner_of(config), wanted, at=clock.now())
        sent = send_due(archive, config.targets, clock.now(), folder=config.folder)
    click.echo(
        f"{one.week}, version {one.version[:12]}: owed to {owed:,} of {len(set(wanted)):,} targets now, the others had it",
        err=True,
    )
    for failure in sent.failures:
        click.echo(failure, err=True)
    if sent.failures:
        raise click.exceptions.Exit(1)


def titles() -> dict[str, str]:
    """What each source is called."""
    return {name: card.title for name, card in source_cards().items()}


def write(digest: Digest, manner: Manner, formats: Sequence[str], folder: Path) -> list[Path]:
    """Write a digest in some formats into a folder, which is made if absent; answers the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for form in formats:
        name, made = FORMATS[form]
        path = folder / name
        write_file(path, made(digest, manner), "Free space on its disk, or name another folder by --to")
        written.append(path)
    return written


def _instant(said: str | None) -> datetime | None:
    if said is None:
        return None
    try:
        instant = datetime.fromisoformat(said)
        instants.written(instant)
    except ValueError:
        raise BadInput(
            f"{said!r} is not an instant with an offset",
            thing="--as-known",
            mend="Write it like 2026-07-27T09:00:00+00:00",
        ) from None
    return instant
